//! What an item's reviewer-guideline field cites: something, a placeholder, or nothing.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::guideline;
use crate::letter::block::{Block, Place, Role};
use crate::letter::profile::Field;
use crate::text::Span;

/// The state of an item's citation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CitationState {
    /// A source is named.
    Present,
    /// Words that only fill the place ("No guidelines found", "N/A", "see above").
    Placeholder,
    /// Nothing, or no field at all.
    Absent,
}

/// What an item cites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemCitation {
    /// What the reviewer-guideline field holds.
    pub state: CitationState,
    /// The placeholder, else the field's value, else its label; absent where the item has no such field.
    pub place: Option<Place>,
    /// Sources on which the rationale relies. Those it only calls silent do not count.
    pub in_rationale: Vec<Place>,
}

/// The form's own words around a citation; they cite nothing themselves, except "based … on the MTUS".
static TEMPLATE: LazyLock<Regex> = LazyLock::new(|| {
    let wordings = [
        r"The\s+(?:Expert|Physician)\s+Reviewer\s+did\s+not\s+base\s+[\w/']+\s+decision\s+on\s+the\s+MTUS",
        r"The\s+(?:Expert|Physician)\s+Reviewer\s+(?:based|bases)\s+[\w/']+\s+decision\s+on\s+the\s+MTUS",
        r"The\s+(?:Expert|Physician)\s+Reviewer\s+(?:based|bases)\s+[\w/']+\s+decision\s+on\s+recommendation(?:\(s\)|s)?\s+outside\s+of\s+the\s+MTUS(?:\s+Guidelines)?",
        r"The\s+(?:Expert|Physician)\s+Reviewer\s+(?:based|bases)\s+[\w/']+\s+decision\s+on",
        r"The\s+(?:Expert|Physician)\s+Reviewer\s+did\s+not\s+cite\s+any\s+(?:medical\s+)?evidence(?:\s+for\s+[\w/']+\s+decision)?",
        r"Decision\s+based\s+on\s+Non-MTUS\s+Citations?",
        r"Other\s+Medical\s+Treatment\s+Guidelines?\s+or\s+Medical\s+Evidence",
        r"Decision\s+based\s+on(?:\s+(?:the\s+)?MTUS)?\b",
    ];
    Regex::new(&format!("(?i-u){}", wordings.join("|"))).expect("a constant pattern")
});

/// A clause that fills the place of a citation.
static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| {
    let wordings = [
        r"none(?:\s+(?:\w+\s+)?(?:cited|found|available|applicable|given|listed|provided|identified|noted|specified|stated|located|used|needed|required))?",
        r"n\s*/\s*a|n\.a|nil|same|ditto|idem|above|as\s+above|as\s+below|unknown|unspecified|pending|to\s+follow|-+|\?+|x{3,}|_+|\.{2,}",
        r"t\.?b\.?[da]|to\s+be\s+(?:determined|added|completed|inserted|filled\s+in|supplied|provided|announced)",
        r"not\s+(?:applicable|available|found|addressed|specified|provided|given|listed|cited|stated|indicated|identified)",
        r"(?:there\s+(?:is|are|were|was)\s+)?no\s+(?:[\w-]+,?\s+){0,5}?(?:guidelines?|citations?|evidence|references?|sources?|literature|recommendations?|criteria|stud(?:y|ies)|mtus|odg|acoem)(?:\s+(?:section|chapter|citation|guidelines?|recommendations?|criteria))?(?:\s+(?:was|were|is|are|has\s+been|have\s+been|could\s+be|can\s+be))?(?:\s+(?:found|available|applicable|identified|cited|located|exists?|given|listed|provided|specified|used|apply|applies|noted|on\s+point|addressing\s+(?:this|the)\s+(?:issue|topic|request|item|treatment|service)|for\s+(?:this|the)\s+(?:issue|topic|request|item|treatment|service)|on\s+this\s+(?:topic|issue)|at\s+this\s+time)){0,3}",
        r"(?:please\s+)?(?:see|refer\s+to|same\s+as|as\s+(?:in|per|cited|stated|noted)|cited|listed|per)\s+(?:the\s+)?(?:above|below|rationale|decision\s+rationale|discussion|previous|prior|preceding|attached|first|item|issue|request|number|no|\#)\b[\s\w\#-]{0,30}",
        r"(?:please\s+)?(?:insert|add|enter)\s+(?:the\s+)?(?:guideline|citation|reference|source)[\s\w]{0,20}|(?:reference|citation|guideline|source)s?\s+(?:needed|here|pending|missing|to\s+(?:follow|come|be\s+\w+))",
        r"nothing(?:\s+(?:was|could\s+be|has\s+been))?(?:\s+(?:located|found|identified|available|applicable|cited|applies|listed|in\s+the\s+(?:mtus|odg|guidelines?)))*",
    ];
    Regex::new(&format!(r"(?i-u)^(?:{})$", wordings.join("|"))).expect("a constant pattern")
});

/// What a decision may well rest on, but what is neither a guideline nor a study.
static NO_SOURCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?xi-u)^(?:(?:the|a|his|her|his/her|their|own|reviewer's|review\s+of|only|solely|and|of|in|this|case|alone|submitted|provided
            |available|clinical|professional|personal|medical|expert|years\s+of)\s+)*
          (?:experience|judge?ment|facts|records?|documentation|documents|information|file|findings|knowledge|training|
             common\s+sense|history|chart|notes|reports?)
          (?:\s+(?:alone|only|provided|submitted|reviewed|available|review|of\s+the\s+(?:case|patient|reviewer)|in\s+(?:this|the)\s+(?:case|record|field)|presented))*$",
    )
    .expect("a constant pattern")
});

/// Words with which a source is named only to say that it is silent.
const SILENCE: &[&str] = &[
    "silent",
    "not address",
    "no guideline",
    "no specific",
    "not discuss",
    "no recommendation",
    "not mention",
    "not specifically address",
];

/// Reads the citation of one item.
pub(in crate::letter) fn of_item(blocks: &[Block], item: &Range<usize>) -> ItemCitation {
    let field = item.clone().find(|&index| blocks[index].role == Role::Field(Field::ReviewerGuideline));
    let (state, place) = match field {
        None => (CitationState::Absent, None),
        Some(first) => {
            let (state, place) = of_field(blocks, first, item.end);
            (state, Some(place))
        }
    };
    ItemCitation { state, place, in_rationale: rationale_sources(blocks, item) }
}

/// Reads the field that begins with a block; it may go on in further paragraphs.
fn of_field(blocks: &[Block], first: usize, end: usize) -> (CitationState, Place) {
    let label = Place { block: first, span: 0..blocks[first].content.body_start };
    let mut fallback = label;
    let mut placeholder = None;
    let mut based_on_mtus = false;
    let paragraphs = (first..end).take_while(|&index| blocks[index].role == blocks[first].role);
    for block in paragraphs {
        let content = &blocks[block].content;
        let text = content.text();
        let body = content.body_start..text.len();
        based_on_mtus |= bases_on_mtus(&text[body.clone()]);
        for span in between_templates(text, body.clone()) {
            let value = &text[span.clone()];
            if !value.contains(char::is_alphanumeric) && !value.contains(['?', '_', '-'])
                || NO_SOURCE.is_match(value)
            {
                continue;
            }
            if !is_placeholder(value) {
                return (CitationState::Present, Place { block, span });
            }
            placeholder.get_or_insert(Place { block, span });
        }
        let value = trimmed(text, body);
        if !value.is_empty() {
            fallback = Place { block, span: value };
        }
    }
    match placeholder {
        Some(place) => (CitationState::Placeholder, place),
        None if based_on_mtus => (CitationState::Present, fallback),
        None => (CitationState::Absent, fallback),
    }
}

/// "The Expert Reviewer based their decision on the MTUS", "Decision based on MTUS …".
fn bases_on_mtus(value: &str) -> bool {
    static BASED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i-u)\bReviewer\s+(?:based|bases)\s+[\w/']+\s+decision\s+on\s+the\s+MTUS|\bbased\s+on\s+(?:the\s+)?MTUS\b")
            .expect("a constant pattern")
    });
    BASED.is_match(value)
}

/// What is left of a field's value when the form's words are taken out.
fn between_templates(text: &str, body: Span) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = body.start;
    for template in TEMPLATE.find_iter(&text[body.clone()]) {
        spans.push(start..body.start + template.start());
        start = body.start + template.end();
    }
    spans.push(start..body.end);
    spans.into_iter().map(|span| trimmed(text, span)).filter(|span| !span.is_empty()).collect()
}

/// Without blanks and marks around it; brackets and question marks stay.
fn trimmed(text: &str, span: Span) -> Span {
    let is_edge = |c: char| c.is_whitespace() || matches!(c, '.' | ':' | ';' | ',');
    let start = span.end - text[span.clone()].trim_start_matches(is_edge).len();
    let end = span.start + text[span.clone()].trim_end_matches(is_edge).len();
    start..end.max(start)
}

fn is_placeholder(value: &str) -> bool {
    let clauses: Vec<&str> = value
        .split(['.', ';'])
        .map(|clause| {
            clause.trim_matches(|c: char| {
                c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | '<' | '>' | ',' | ':')
            })
        })
        .filter(|clause| !clause.is_empty())
        .collect();
    let is_abbreviated = PLACEHOLDER.is_match(value.trim_matches(['[', ']', '(', ')', '.']));
    is_abbreviated || (!clauses.is_empty() && clauses.iter().all(|clause| PLACEHOLDER.is_match(clause)))
}

fn rationale_sources(blocks: &[Block], item: &Range<usize>) -> Vec<Place> {
    let mut places = Vec::new();
    for block in item.clone().filter(|&index| blocks[index].role == Role::Field(Field::Rationale)) {
        let content = &blocks[block].content;
        for source in guideline::sources(content.text()) {
            let silent = content.sentence_at(source.span.start).is_some_and(|sentence| {
                let text = content.text()[sentence.span.clone()].to_lowercase().replace('\n', " ");
                SILENCE.iter().any(|word| text.contains(word))
            });
            if !silent {
                places.push(Place { block, span: source.span });
            }
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders() {
        for value in [
            "No guidelines found",
            "None",
            "none cited",
            "N/A",
            "n.a.",
            "TBD",
            "See above",
            "same as above",
            "Same",
            "No MTUS or ODG guidelines were found for this request",
            "Not applicable",
            "[insert citation]",
            "See rationale below",
            "To be determined",
            "???",
            "No applicable guideline",
            "None. See above.",
            "No evidence-based guideline could be identified",
            "No citation",
            "Nothing located",
            "[reference to follow]",
        ] {
            assert!(is_placeholder(value), "{value}");
        }
    }

    #[test]
    fn citations() {
        for value in [
            "Official Disability Guidelines (ODG) Low back chapter, gym memberships",
            "www.aaos.org",
            "ACOEM",
            "No Fault Medicine Quarterly 2012;3:4-9",
            "Low Back Complaints 2004, Section(s): Physical Methods",
            "Campbell's Orthopaedics",
            "See Smith J. Knee pain. Spine 2011",
            "Same-day surgery guideline, AAOS",
        ] {
            assert!(!is_placeholder(value), "{value}");
        }
    }

    #[test]
    fn grounds_that_are_no_source() {
        for value in [
            "clinical experience",
            "the records alone",
            "the clinical facts of the case",
            "his/her own professional judgment",
        ] {
            assert!(NO_SOURCE.is_match(value), "{value}");
        }
        for value in [
            "Clinical practice guideline",
            "Medical Letter 2012",
            "generally accepted standards of medical practice",
        ] {
            assert!(!NO_SOURCE.is_match(value), "{value}");
        }
    }

    #[test]
    fn the_forms_words_cite_nothing() {
        let text = "The Expert Reviewer did not base their decision on the MTUS.\nDecision based on Non-MTUS Citation Other \
                    Medical Treatment Guideline or Medical\nEvidence:  No guidelines found";
        let spans = between_templates(text, 0..text.len());
        assert_eq!(spans.into_iter().map(|span| &text[span]).collect::<Vec<_>>(), ["No guidelines found"]);
        assert!(!bases_on_mtus(text));
        assert!(bases_on_mtus("Decision based on MTUS Knee Complaints 2004."));
    }
}
