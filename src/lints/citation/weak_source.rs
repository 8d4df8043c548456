//! A web address, slides or a commercial page in the place of a guideline.

use std::sync::LazyLock;

use regex::Regex;

use crate::engine::{Arg, Draft, ItemContext, Sink};
use crate::guideline::citation::{Citation, CitationKind};
use crate::letter::facts::Purpose;
use crate::letter::{Content, Field, Letter, Place, Role};
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
    check_field(context, sink);
    let ItemContext { letter, item, .. } = context;
    let is_rationale = |&block: &usize| letter.blocks[block].role == Role::Field(Field::Rationale);
    for block in item.blocks.clone().filter(is_rationale) {
        let content = &letter.blocks[block].content;
        for (citation, purpose) in content.mentioned() {
            let is_relied_on = *purpose == Purpose::Reliance && citation.kind == CitationKind::Web;
            if is_relied_on && is_shop(citation, content, context) {
                tell(Place { block, span: citation.span.clone() }, "message", letter, sink);
            }
        }
    }
}

/// What the field for the guideline cites.
fn check_field(context: &ItemContext<'_>, sink: &mut Sink) {
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
        if let Some(message) = weakness {
            tell(cited.place(cited.citation.span.clone()), message, letter, sink);
        }
    }
}

/// "A vendor's page (www.example.com) supports …": a company's address in a rationale, in a sentence that names no other source.
fn is_shop(cited: &Citation, content: &Content, context: &ItemContext<'_>) -> bool {
    let start = cited.span.start;
    let written = content.text()[cited.span.clone()].to_lowercase();
    let host = written.rsplit("//").next().unwrap_or(&written).trim_start_matches("www.");
    let host = host.split(['/', '?', '#']).next().unwrap_or(host);
    let Some(name) = host.strip_suffix(".com") else { return false };
    let Some(sentence) = content.sentence_at(start) else { return false };
    let stands_by = content
        .mentioned()
        .iter()
        .any(|(other, _)| other.kind != CitationKind::Web && sentence.span.contains(&other.span.start));
    let is_publisher = name.rsplit('.').next().is_some_and(|name| context.is_in("publishers", name));
    !is_publisher && !stands_by
}

fn tell(place: Place, message: &'static str, letter: &Letter, sink: &mut Sink) {
    let written = Arg::letter(&letter.blocks[place.block].content.text()[place.span.clone()]);
    sink.push(Draft::new(place, message).arg("found", written));
}
