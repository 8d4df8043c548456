//! A web address, slides or a commercial page in the place of a guideline.

use std::sync::LazyLock;

use regex::Regex;

use crate::engine::{Arg, Draft, ItemContext, Sink};
use crate::guideline::citation::{Citation, CitationKind};
use crate::text;

/// Pages that nobody reviews, and papers of the trade.
static WEAK: LazyLock<Regex> = LazyLock::new(|| {
    text::pattern(
        r"(?xi)(?-u:\b)(?:wiki(?:pedia)?|web\s?md|healthline|verywell(?:\s?health)?|livestrong|youtube|facebook|amazon|google(?:\s+(?:search|scholar))?
          |drugs\.com|rxlist|everyday\s?health|about\.com|ehow|spine-?health(?:\.com)?|medicine\s?net|blog|forum|yahoo|internet(?:\s+search)?|(?:patient|class)\s+handout|handout|chat\s?gpt
          |(?:power\s?point|slide|lecture|conference)\s+(?:slides?|presentations?|notes?|handouts?|deck)|power\s?point|slides?|slide\s?show
          |(?:manufacturer|vendor|company|product|sales)(?:'s|\u{2019}s)?\s+(?:web\s?site|web\s?page|brochure|literature|information|page|insert|materials?|flyer|catalog(?:ue)?)
          |brochure|flyer|advertisement|advertorial|press\s+release|newspaper|magazine\s+article)(?-u:\b)",
    )
});

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    let cited = &item.citation.cited;
    let weakness = |citation: &Citation, written: &str| {
        let is_open = matches!(
            citation.kind,
            CitationKind::OtherGuideline | CitationKind::Reference | CitationKind::Web
        );
        match citation.kind {
            _ if is_open && WEAK.is_match(written) => Some("message"),
            CitationKind::Web => Some("address"),
            _ => None,
        }
    };
    let found: Vec<_> = cited
        .iter()
        .map(|cited| (cited, weakness(&cited.citation, &cited.text(letter)[cited.citation.span.clone()])))
        .collect();
    // Beside a source that holds, a weak one does no harm.
    if found.iter().any(|(_, weakness)| weakness.is_none()) {
        return;
    }
    for (cited, weakness) in found {
        let Some(message) = weakness else { continue };
        let span = cited.citation.span.clone();
        let written = Arg::letter(&cited.text(letter)[span.clone()]);
        sink.push(Draft::new(cited.place(span), message).arg("found", written));
    }
}
