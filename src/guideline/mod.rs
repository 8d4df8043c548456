//! Guidelines and other sources: which are known, and where and how a text cites one.

pub mod catalogue;
pub mod citation;
pub mod describe;
pub mod form;
mod names;
pub mod nearest;
mod study;

use crate::text::Span;
use citation::{Citation, CitationKind};

/// Of what a text cites, the guidelines, organisations, references and studies.
pub fn sources(cited: &[Citation]) -> impl Iterator<Item = &Citation> {
    cited.iter().filter(|citation| !matches!(citation.kind, CitationKind::Regulation | CitationKind::Web))
}

/// Finds the names of guidelines in a sentence: organisation and title without the year behind them.
#[must_use]
pub fn names(text: &str) -> Vec<Span> {
    let cited = citation::in_prose(text).into_iter();
    cited.filter_map(|citation| name(&citation)).collect()
}

fn name(citation: &Citation) -> Option<Span> {
    use CitationKind::{Acoem, Mtus, Odg, OtherGuideline};
    if !matches!(citation.kind, Mtus | Acoem | Odg | OtherGuideline) {
        return None;
    }
    let organisation = citation.organisation.as_ref().map(|(_, span)| span.clone());
    let title = citation.title.as_ref().map(|title| title.span.clone());
    let parts = organisation.into_iter().chain(title);
    let whole = parts.reduce(|a, b| a.start.min(b.start)..a.end.max(b.end))?;
    // "ODG 2015, Knee Chapter": the year stands inside.
    let year = citation.year.as_ref().map(|(_, span)| span.start).filter(|&year| whole.start < year);
    Some(whole.start..year.map_or(whole.end, |year| whole.end.min(year)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Vec<&str> {
        sources(&citation::in_prose(text)).map(|source| &text[source.span.clone()]).collect()
    }

    #[test]
    fn organisations_titles_and_studies() {
        assert_eq!(
            named("Per the MTUS and the Official\nDisability Guidelines,"),
            ["MTUS", "Official\nDisability Guidelines"]
        );
        assert_eq!(named("ODG (Low back, 2014) does not."), ["ODG (Low back, 2014)"]);
        assert_eq!(named("benefit was shown (Chou, 2007)."), ["(Chou, 2007)"]);
        assert_eq!(
            named("The American Academy of Pain Medicine says"),
            ["American Academy of Pain Medicine"]
        );
    }

    #[test]
    fn no_source() {
        assert_eq!(named("The request is not supported by the record."), [""; 0]);
        assert_eq!(named("It is nice that her low back and her chronic pain are better."), [""; 0]);
    }
}
