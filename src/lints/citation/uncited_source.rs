//! A source on which the rationale relies and which the guideline field does not name.

use crate::engine::{Arg, Draft, ItemContext, Sink};
use crate::guideline::citation::{Citation, CitationKind, Organisation};
use crate::letter::facts::{CitationState, Cited, Purpose};
use crate::letter::{Item, Letter};

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = *context;
    if item.citation.state != CitationState::Present {
        return;
    }
    let mut told: Vec<&'static str> = Vec::new();
    for mentioned in &item.citation.mentioned {
        let Some(source) = source(&mentioned.source.citation) else { continue };
        let is_relied_on = mentioned.purpose == Purpose::Reliance && !context.is_in("mentioned-only", source);
        if !is_relied_on || told.contains(&source) || is_named(source, letter, item) {
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

/// Who publishes a source; the MTUS and ACOEM, whose chapters it adopts, count as one.
fn source(citation: &Citation) -> Option<&'static str> {
    match (&citation.organisation, citation.kind) {
        (Some((Organisation::Other(row), _)), _) => row.map(|row| row.key),
        (_, CitationKind::Mtus | CitationKind::Acoem) => Some("mtus"),
        (_, CitationKind::Odg) => Some("odg"),
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
    source(&cited.citation) == Some(wanted)
        // In the name of a citation that is read otherwise.
        || match wanted {
            "odg" => text.contains("ODG") || text.contains("Disability Guidelines"),
            "mtus" => text.contains("MTUS") || text.contains("ACOEM"),
            _ => text.to_lowercase().contains(wanted),
        }
}
