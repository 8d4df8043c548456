//! A basis that the form's words state and the citation contradicts.

use jiff::civil::Date;

use crate::engine::{Arg, Draft, ItemContext, Sink};
use crate::guideline::citation::{Citation, CitationKind, Organisation};
use crate::guideline::form::Basis;
use crate::letter::facts::{Cited, Mentioned, Purpose, StatedBasis};
use crate::letter::{Item, Letter, Place};

/// How far from an edition's first or last day its standing may be argued.
const TOLERANCE: i32 = 30;

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    let days = letter.review_days();
    let draft = outside_but_cited(letter, item, &days)
        .or_else(|| based_but_not_cited(letter, item))
        .or_else(|| nothing_but_cited(letter, item))
        .or_else(|| silent_but_cited(letter, item));
    if let Some(draft) = draft {
        sink.push(draft);
    }
}

/// "did not base … on the MTUS", or "Non-MTUS Citation", and a guideline of the MTUS.
fn outside_but_cited(letter: &Letter, item: &Item, days: &[Date]) -> Option<Draft> {
    let (cited, stated) = item.citation.cited.iter().find_map(|cited| {
        let stated = item.citation.basis_of(cited)?;
        let denies = match stated.basis {
            Basis::NotMtus | Basis::NonMtusCitation => stated,
            // "did not base … on the MTUS. Decision based on MTUS …"
            Basis::Mtus => item.citation.bases.iter().find(|other| other.basis == Basis::NotMtus)?,
            Basis::Nothing => return None,
        };
        is_of_mtus(cited, letter, days).then_some((cited, denies))
    })?;
    let found = cited.citation.label(cited.text(letter));
    Some(conflict(cited, stated, letter, "message").arg("found", Arg::letter(&found)))
}

/// Whether a citation is of a guideline that the MTUS holds.
fn is_of_mtus(cited: &Cited, letter: &Letter, days: &[Date]) -> bool {
    let citation = &cited.citation;
    let text = cited.text(letter);
    let names_mtus = matches!(citation.organisation, Some((Organisation::Mtus, _)));
    let editions = citation.editions(text);
    if names_mtus {
        return !editions.is_empty() || citation.title.is_some();
    }
    if !matches!(citation.kind, CitationKind::Mtus | CitationKind::Acoem) {
        return false;
    }
    // A title that the catalogue knows in full, or the chapter's number; "ACOEM, Low Back" may be of a later edition.
    let is_exact = citation.chapter.is_some()
        || citation.title.as_ref().is_some_and(|title| {
            let written = text[title.span.clone()].to_lowercase();
            ["complaints", "guideline", "conditions"].iter().any(|word| written.contains(word))
        });
    let is_of_year = citation.year.as_ref().is_none_or(|(year, _)| {
        editions.iter().any(|entry| entry.edition.is_some_and(|edition| edition.year == *year))
    });
    let is_other_edition = ["3rd", "third"].iter().any(|word| text[citation.span.clone()].contains(word));
    is_exact
        && is_of_year
        && !is_other_edition
        && editions.iter().any(|entry| {
            // Where the MTUS holds it, it held it on every day that counts.
            entry.is_adopted()
                && !days.is_empty()
                && days.iter().all(|&day| entry.is_in_force(day, -TOLERANCE))
        })
}

/// "based … on the MTUS", and only sources of others.
fn based_but_not_cited(letter: &Letter, item: &Item) -> Option<Draft> {
    let stated = item.citation.bases.iter().find(|stated| stated.basis == Basis::Mtus)?;
    let is_mtus = |citation: &Citation| {
        matches!(citation.kind, CitationKind::Mtus | CitationKind::Acoem)
            && (citation.title.is_some() || citation.organisation.is_some())
    };
    // The MTUS that the form's own words name is the claim, not a citation.
    let is_claim = |cited: &Cited| {
        let stated = item.citation.basis_of(cited).filter(|stated| stated.basis == Basis::Mtus);
        let span = &cited.citation.span;
        cited.citation.title.is_none()
            && cited.citation.sections.is_empty()
            && cited.citation.pages.is_empty()
            && stated.is_some_and(|stated| span.end <= stated.place.span.end)
    };
    let mut others = item.citation.cited.iter().filter(|cited| !is_claim(cited)).peekable();
    let first = *others.peek()?;
    let all_foreign = others.all(|cited| !is_mtus(&cited.citation) && is_source(&cited.citation));
    if !all_foreign {
        return None;
    }
    let found = first.citation.label(first.text(letter));
    let draft = Draft::new(stated.place.clone(), "only-others").arg("found", Arg::letter(&found));
    Some(draft.related(first.place(first.citation.span.clone()), "cited", Vec::new()))
}

fn is_source(citation: &Citation) -> bool {
    use CitationKind::{Odg, OtherGuideline, Reference, Study};
    match citation.kind {
        Odg | Study | Reference => true,
        // An unknown title may be the MTUS's in other words.
        OtherGuideline => citation.organisation.is_some(),
        _ => false,
    }
}

/// "did not cite any medical evidence", and evidence.
fn nothing_but_cited(letter: &Letter, item: &Item) -> Option<Draft> {
    let stated = item.citation.bases.iter().find(|stated| stated.basis == Basis::Nothing)?;
    let cited = item.citation.cited.iter().find(|cited| {
        let citation = &cited.citation;
        is_source(citation) || matches!(citation.kind, CitationKind::Mtus | CitationKind::Acoem)
    })?;
    let found = cited.citation.label(cited.text(letter));
    Some(conflict(cited, stated, letter, "nothing").arg("found", Arg::letter(&found)))
}

/// "The MTUS is silent", and nothing but the MTUS is cited.
fn silent_but_cited(letter: &Letter, item: &Item) -> Option<Draft> {
    let cited = &item.citation.cited;
    let first = cited.first()?;
    let all_mtus =
        cited.iter().all(|cited| matches!(cited.citation.kind, CitationKind::Mtus | CitationKind::Acoem));
    let is_titled = cited.iter().any(|cited| cited.citation.title.is_some());
    if !all_mtus || !is_titled {
        return None;
    }
    let silent =
        item.citation.mentioned.iter().find(|mentioned| is_silence_of_mtus(mentioned, letter, item))?;
    let found = first.citation.label(first.text(letter));
    let place = silent.source.place(silent.source.citation.span.clone());
    let draft = Draft::new(place, "silent").arg("found", Arg::letter(&found));
    Some(draft.related(first.place(first.citation.span.clone()), "cited", Vec::new()))
}

/// "The MTUS is silent." or "… is silent on" the request: not of a detail, and not together with the others.
fn is_silence_of_mtus(mentioned: &Mentioned, letter: &Letter, item: &Item) -> bool {
    let source = &mentioned.source;
    let is_whole = source.citation.kind == CitationKind::Mtus && source.citation.title.is_none();
    if mentioned.purpose != Purpose::Silence || !is_whole {
        return false;
    }
    let content = &letter.blocks[source.block].content;
    let Some(sentence) = content.sentence_at(source.citation.span.start) else { return false };
    let names_others = item.citation.mentioned.iter().any(|other| {
        other.source.block == source.block
            && other.source.citation.kind != CitationKind::Mtus
            && sentence.span.contains(&other.source.citation.span.start)
    });
    let text = content.text()[sentence.span.clone()].to_lowercase().replace('\n', " ");
    let is_partial =
        ["chapter", "chronic pain", "specific", "detail", "duration", "frequency", "number of", "however"]
            .iter()
            .any(|word| text.contains(word));
    let request = match item.heading {
        Some(heading) => letter.blocks[heading].content.text()[item.request.clone()].to_lowercase(),
        None => String::new(),
    };
    let ends_so = ["silent.", "silent,", "silent;", "silent here"].iter().any(|end| text.contains(end));
    let is_of_request =
        request.split(|c: char| !c.is_alphanumeric()).any(|word| word.len() > 3 && text.contains(word))
            || ["this ", "the request", "requested", "the treatment"].iter().any(|word| text.contains(word));
    !names_others && !is_partial && (ends_so || is_of_request)
}

fn conflict(cited: &Cited, stated: &StatedBasis, letter: &Letter, message: &'static str) -> Draft {
    let Place { block, span } = &stated.place;
    let words = &letter.blocks[*block].content.text()[span.clone()];
    Draft::new(cited.place(cited.citation.span.clone()), message).arg("stated", Arg::letter(words)).related(
        stated.place.clone(),
        "stated",
        Vec::new(),
    )
}
