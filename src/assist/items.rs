//! The disputed items, each in a line.

use super::place::{block_span, words};
use crate::letter::facts::Polarity;
use crate::letter::{Decision, Item, Located, Place};
use crate::text::Span;

/// A disputed item at a glance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemSummary {
    /// Its heading, else its first block, as a span of the document.
    pub heading: Span,
    /// All of it.
    pub span: Span,
    /// What is requested, on one line.
    pub request: String,
    /// What is decided, in the letter's own word.
    pub decision: Option<String>,
    /// What its rationale concludes, for a sentence.
    pub conclusion: Option<&'static str>,
}

/// The disputed items of every letter, in the order of the document.
#[must_use]
pub fn items(letters: &[Located]) -> Vec<ItemSummary> {
    letters.iter().flat_map(|letter| letter.items.iter().map(|item| summary(letter, item))).collect()
}

pub(super) fn summary(letter: &Located, item: &Item) -> ItemSummary {
    let first = item.heading.unwrap_or(item.blocks.start);
    let request = Place { block: first, span: item.request.clone() };
    ItemSummary {
        heading: block_span(letter, first),
        span: item_span(letter, item),
        request: words(letter, &request),
        decision: item.decision.as_ref().map(|(_, place)| words(letter, place)),
        conclusion: letter.conclusion(item).map(|stated| concluded(stated.value)),
    }
}

pub(super) fn item_span(letter: &Located, item: &Item) -> Span {
    let last = item.blocks.end.saturating_sub(1).max(item.blocks.start);
    block_span(letter, item.blocks.start).start..block_span(letter, last).end
}

fn concluded(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Necessary => "medically necessary",
        Polarity::NotNecessary => "not medically necessary",
        Polarity::Partial => "medically necessary in part",
        Polarity::Conditional => "medically necessary on a condition",
        Polarity::Reported => "only what others concluded",
    }
}

/// Whether what is concluded is what is decided, as far as both are plain.
pub(super) fn agrees(decision: Decision, polarity: Polarity) -> bool {
    !matches!(
        (decision, polarity),
        (Decision::Upheld, Polarity::Necessary) | (Decision::Overturned, Polarity::NotNecessary)
    )
}

#[cfg(test)]
mod tests {
    use super::super::place::tests::{letter, read};
    use super::*;

    #[test]
    fn each_item_in_a_line() {
        let text =
            letter("The patient is a 40-year-old male.", "N/A", "The request is not medically necessary.");
        let found = items(&read(&text));
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].request, "MRI of the left knee");
        assert_eq!(found[0].decision.as_deref(), Some("Upheld"));
        assert_eq!(found[0].conclusion, Some("not medically necessary"));
        assert!(text[found[0].span.clone()].starts_with("MRI of the left knee: Upheld"));
        assert!(text[found[0].span.clone()].ends_with("The request is not medically necessary."));
        assert_eq!(&text[found[1].heading.clone()], "Knee brace: Overturned");
        assert!(!agrees(Decision::Upheld, Polarity::Necessary));
        assert!(agrees(Decision::Upheld, Polarity::Conditional));
    }
}
