//! A letter that does not say what its reviewer is.

use std::sync::LazyLock;

use regex::Regex;

use crate::engine::{Arg, Draft, LetterContext, Sink};
use crate::letter::{Letter, Place, Role, Section};
use crate::text;

static LICENCE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\blicen[sc](?:e|es|ed|ee|ure|ures)\b"));
static SPECIALTY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\bboard[\s-]+(?:certified|eligible)|\bcertifications?\b|\bcertified\b|\b(?:sub)?specialty\b|\bspeciali[sz]|\bdiplomate\b
        |\b(?:chiropract|psycholog|psychiatr|podiatr|dentist|acupunctur|optometr)|\bfellowship\b|\bresidency\b",
    )
});

/// Slots that hold nothing: the first group is what is flagged.
static UNFILLED: LazyLock<[(Regex, &str); 5]> = LazyLock::new(|| {
    let nothing = r"(?:n\s*/\s*a\b|none\b|tbd\b|unknown\b|-+|\?+|)\s*";
    [
        (r"(\bboard[\s-]+certified(?:\s+in)?)\s*(?:[,.;]|\band\s+(?:is\s+)?(?:currently\s+)?licensed\b|\bhas\s+a\s+sub|\bwith\s+a\s+sub|$)".to_owned(), "specialty"),
        (r"(\b(?:has\s+a\s+)?sub-?specialty\s+in)\s*(?:[,.;]|\band\s+is\s+licensed\b|$)".to_owned(), "subspecialty"),
        (r"(\blicensed(?:\s+to\s+practice(?:\s+medicine)?)?(?:\s+in(?:\s+the\s+state\s+of)?)?)\s*(?:[.,;]|\bhe/she\b|$)".to_owned(), "state of the licence"),
        (format!(r"(\bstates?(?:\(s\))?\s+of\s+licensure:?)\s*{nothing}(?:$|\bcertification\(s\)/specialty:(?:[^\S\n]*\S|\s*$))"), "state of the licence"),
        (format!(r"(\bcertifications?(?:\(s\))?\s*/\s*specialty:?)\s*{nothing}$"), "specialty"),
    ]
    .map(|(text, what)| (pattern(&text), what))
});

/// For text in small letters.
fn pattern(text: &str) -> Regex {
    text::pattern(&format!("(?x){text}"))
}

pub fn check(context: &LetterContext<'_>, sink: &mut Sink) {
    let letter = context.letter;
    let Some((heading, blocks)) = section(letter) else { return };
    let mut is_told = false;
    for (index, &block) in blocks.iter().enumerate() {
        let next = blocks.get(index + 1).map(|&next| letter.blocks[next].content.text());
        for (place, what) in unfilled(letter, block, next) {
            is_told = true;
            sink.push(Draft::new(place, "unfilled").arg("what", Arg::term(what)));
        }
    }
    let has =
        |wanted: &Regex| blocks.iter().any(|&block| wanted.is_match(letter.blocks[block].content.small()));
    let lacks: Vec<&str> = [(&*LICENCE, "licence"), (&*SPECIALTY, "specialty")]
        .into_iter()
        .filter(|(wanted, _)| !has(wanted))
        .map(|(_, name)| name)
        .collect();
    if !is_told && !lacks.is_empty() {
        let (place, next) = beside(letter, heading, &blocks);
        let draft = Draft::new(place, "message").arg("what", Arg::term(lacks.join(" and no ")));
        sink.push(next.into_iter().fold(draft, |draft, place| draft.related(place, "beside", Vec::new())));
    }
}

/// The heading under which the form describes its reviewer, and the blocks below it, in a letter that is past it.
fn section(letter: &Letter) -> Option<(usize, Vec<usize>)> {
    let headings: Vec<usize> = letter
        .sections()
        .filter(|(section, _)| *section == Section::Method)
        .map(|(_, block)| block)
        .collect();
    let &[heading] = headings.as_slice() else { return None };
    let below: Vec<usize> = (heading + 1..letter.blocks.len())
        .take_while(|&block| matches!(letter.blocks[block].role, Role::Boilerplate | Role::Prose))
        .collect();
    let end = heading + 1 + below.len();
    (end < letter.blocks.len() || letter.is_complete()).then_some((heading, below))
}

/// Slots of the reviewer's description that hold nothing, with what belongs there. A label's value may be the next block.
fn unfilled(letter: &Letter, block: usize, next: Option<&str>) -> Vec<(Place, &'static str)> {
    let text = letter.blocks[block].content.small();
    let value_follows = next.is_some_and(|next| {
        let first = next.split_whitespace().next().unwrap_or_default();
        !first.starts_with("Certification") && !first.starts_with("State") && !first.starts_with("He/she")
    });
    UNFILLED
        .iter()
        .filter_map(|(slot, what)| {
            let found = slot.captures(text)?;
            let at_end =
                found.get(0).is_some_and(|all| text[all.start()..].trim_end().len() == found[1].len());
            let span = found.get(1)?.range();
            (!(at_end && value_follows)).then_some((Place { block, span }, *what))
        })
        .collect()
}

/// Where a reader looks for the credentials: the sentence that announces them, else the second of the reviewer's
/// description; and what stands beside it.
fn beside(letter: &Letter, heading: usize, blocks: &[usize]) -> (Place, Vec<Place>) {
    let mut sentences = blocks.iter().flat_map(|&block| {
        let content = &letter.blocks[block].content;
        content.sentences.iter().map(move |sentence| (block, content, sentence.span.clone()))
    });
    let announces = sentences
        .clone()
        .find(|(_, content, span)| content.text()[span.clone()].contains("credentials"))
        .or_else(|| {
            sentences.clone().find(|(_, content, span)| content.text()[span.clone()].contains("affiliation"))
        })
        .or_else(|| sentences.next());
    let title = Place { block: heading, span: 0..letter.blocks[heading].content.text().len() };
    let Some((block, content, span)) = announces else { return (title, Vec::new()) };
    let after = content.sentences.iter().find(|sentence| sentence.span.start >= span.end);
    let next_block = blocks.iter().copied().find(|&next| next > block);
    let next = after.map(|sentence| Place { block, span: sentence.span.clone() }).or_else(|| {
        next_block.map(|block| Place { block, span: 0..letter.blocks[block].content.text().len() })
    });
    (Place { block, span }, [Some(title), next].into_iter().flatten().collect())
}
