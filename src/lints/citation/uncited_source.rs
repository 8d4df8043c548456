//! A source on which the rationale relies and which the guideline field does not name.

use std::borrow::Cow;

use crate::engine::{Arg, Draft, ItemContext, Sink};
use crate::guideline::citation::{CitationKind, Organisation};
use crate::letter::facts::{CitationState, Cited, Purpose};
use crate::letter::{Item, Letter};

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = *context;
    if item.citation.state != CitationState::Present {
        return;
    }
    let mut told: Vec<Cow<'_, str>> = Vec::new();
    for mentioned in &item.citation.mentioned {
        let Some(source) = source(&mentioned.source, letter) else { continue };
        let is_relied_on =
            mentioned.purpose == Purpose::Reliance && !context.is_in("mentioned-only", &source);
        if !is_relied_on
            || told.contains(&source)
            || is_named(&source, letter, item)
            || is_perhaps_by_society(context, &mentioned.source)
        {
            continue;
        }
        told.push(source);
        let citation = &mentioned.source.citation;
        let text = mentioned.source.text(letter);
        let mut draft = Draft::new(mentioned.source.place(citation.span.clone()), "message")
            .arg("source", Arg::letter(&text[citation.span.clone()]));
        if let Some(cited) = item.citation.cited.first() {
            let label = cited.citation.label(cited.text(letter));
            draft = draft.related(
                cited.place(cited.citation.span.clone()),
                "field",
                vec![("cited", Arg::letter(&label))],
            );
        }
        sink.push(draft);
    }
}

/// Whether the field cites an article, which may be the guideline of the society that is named: "the guideline of the
/// American College of Gastroenterology" stands in its journal.
fn is_perhaps_by_society(context: &ItemContext<'_>, mentioned: &Cited) -> bool {
    let ItemContext { letter, item, .. } = *context;
    let name = mentioned.text(letter)[mentioned.citation.span.clone()].to_lowercase();
    let is_society = name.split_whitespace().any(|word| context.is_in("society", word));
    is_society && item.citation.cited.iter().any(|cited| cited.citation.kind == CitationKind::Study)
}

/// Who publishes a source, by the catalogue's key or, where it has none, in small letters; the MTUS and ACOEM, whose
/// chapters it adopts, count as one.
fn source<'l>(cited: &Cited, letter: &'l Letter) -> Option<Cow<'l, str>> {
    match (&cited.citation.organisation, cited.citation.kind) {
        (Some((Organisation::Other(Some(row)), _)), _) => Some(Cow::Borrowed(row.key)),
        (Some((Organisation::Other(None), span)), _) => {
            let name = cited.text(letter)[span.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
            Some(Cow::Owned(name.to_lowercase()))
        }
        (_, CitationKind::Reference) => Some(Cow::Borrowed(cited.citation.title.as_ref()?.entry?.key)),
        (_, CitationKind::Mtus | CitationKind::Acoem) => Some(Cow::Borrowed("mtus")),
        (_, CitationKind::Odg) => Some(Cow::Borrowed("odg")),
        _ => None,
    }
}

/// Whether the field names a source, or the item with which this one goes does.
fn is_named(wanted: &str, letter: &Letter, item: &Item) -> bool {
    let main = item.main_item.map(|main| &letter.items[main]);
    let items = std::iter::once(item).chain(main);
    items.flat_map(|item| &item.citation.cited).any(|cited| names(cited, wanted, letter))
}

fn names(cited: &Cited, wanted: &str, letter: &Letter) -> bool {
    let text = &cited.text(letter)[cited.citation.span.clone()];
    source(cited, letter).is_some_and(|source| source == wanted)
        // In the name of a citation that is read otherwise.
        || match wanted {
            "odg" => text.contains("ODG") || text.contains("Disability Guidelines"),
            "mtus" => text.contains("MTUS") || text.contains("ACOEM"),
            _ => text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase().contains(wanted),
        }
}
