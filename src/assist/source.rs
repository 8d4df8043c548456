//! What the catalogue knows of the source that a letter cites at a place.

use super::place::At;
use crate::guideline::catalogue::{Entry, Kind, entries};
use crate::guideline::citation::{Citation, Organisation, in_prose, parse};

use crate::letter::{Field, Located, Role};
use crate::text::Span;

/// A citation at a place, with the rows of the catalogue that it can mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitedSource {
    /// The citation, as a span of the document.
    pub span: Span,
    /// The rows: the editions of a guideline, a chapter, a section of the regulations, else who publishes it.
    pub entries: Vec<&'static Entry>,
}

/// The source that is cited at an offset of the document; none where none is, or the catalogue does not know it.
#[must_use]
pub fn cited_source(letters: &[Located], offset: usize) -> Option<CitedSource> {
    let at = At::find(letters, offset)?;
    let citation = citations(&at).into_iter().find(|citation| at.is_on(&citation.span))?;
    let entries = entries_of(&citation, at.text());
    (!entries.is_empty()).then(|| CitedSource { span: at.span(&citation.span), entries })
}

/// What a block cites, with logical spans.
pub(super) fn citations(at: &At<'_>) -> Vec<Citation> {
    let content = &at.block().content;
    match at.block().role {
        Role::Field(Field::ReviewerGuideline | Field::ClaimsGuideline) => {
            parse(&content.text()[content.body_start..])
                .into_iter()
                .map(|citation| citation.shifted(content.body_start))
                .collect()
        }
        Role::Header | Role::Heading(_) | Role::Boilerplate | Role::ItemHeading => Vec::new(),
        _ => in_prose(content.text()),
    }
}

fn entries_of(citation: &Citation, text: &str) -> Vec<&'static Entry> {
    let editions = citation.editions(text);
    if !editions.is_empty() {
        return editions;
    }
    let key = match citation.organisation {
        Some((Organisation::Mtus, _)) => "mtus",
        Some((Organisation::Acoem, _)) => "acoem",
        Some((Organisation::Odg, _)) => "odg",
        Some((Organisation::Other(Some(entry)), _)) => entry.key,
        Some((Organisation::Other(None), _)) | None => return regulation(&text[citation.span.clone()]),
    };
    entries().iter().filter(|entry| entry.key == key).collect()
}

/// The rows of the section that a text names ("8 CCR 9792.24.2").
fn regulation(text: &str) -> Vec<&'static Entry> {
    let names = |entry: &&Entry| {
        !entry.regulation.is_empty()
            && entry.kind != Kind::Topic
            && text.match_indices(entry.regulation).any(|(start, found)| {
                let rest = text[start + found.len()..].trim_start_matches('.');
                !rest.starts_with(|c: char| c.is_ascii_digit())
            })
    };
    entries().iter().filter(names).collect()
}

#[cfg(test)]
mod tests {
    use super::super::place::tests::{letter, marked, read};
    use super::*;

    fn cited(guideline: &str, rationale: &str) -> Vec<&'static str> {
        let (text, at) = marked(&letter("The patient is a 40-year-old male.", guideline, rationale));
        let found = cited_source(&read(&text), at).map(|source| source.entries).unwrap_or_default();
        found.into_iter().map(|entry| entry.key).collect()
    }

    #[test]
    fn in_the_field_and_in_prose() {
        assert_eq!(cited("Decision based on MTUS Knee ^Complaints 2004.", "No."), ["knee@2004"]);
        assert_eq!(cited("N/A", "The ^MTUS is silent."), ["mtus"]);
        assert_eq!(cited("N/A", "Per the ODG, ^the brace helps."), [""; 0]);
        assert!(cited("N/A", "See 8 CCR 9792.24.^2 for this.").contains(&"chronic-pain@2009"));
        assert_eq!(cited("^N/A", "No."), [""; 0]);
    }
}
