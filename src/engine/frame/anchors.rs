//! Anchor words: of which one stands in every match of a pattern.

use std::ops::RangeInclusive;

use super::lexicon::WordId;
use super::{Node, Step, longest, shortest};

/// The words of which one stands in every match, and how many tokens of the match can stand before it.
#[derive(Debug, Clone)]
pub(in crate::engine) struct Anchors {
    pub words: Vec<WordId>,
    pub before: RangeInclusive<usize>,
}

/// The smallest choice of words of which one must stand in every match; a flagged word is preferred, because what is
/// wrong is rare. None if a match needs no known word.
pub(super) fn anchors(steps: &[Step]) -> Option<Anchors> {
    let mut flagged = false;
    let (mut least, mut most) = (0, 0);
    let mut best: Option<((bool, bool, usize), Anchors)> = None;
    for step in steps {
        match &step.node {
            Node::FlagStart => flagged = true,
            Node::FlagEnd => flagged = false,
            _ => {}
        }
        let one = std::slice::from_ref(step);
        if let Some((words, shortest_word)) = required_words(step) {
            let rank = (!flagged, shortest_word < 4, words.len());
            if best.as_ref().is_none_or(|(least, _)| rank < *least) {
                let before = least..=most + longest(one) - 1;
                best = Some((rank, Anchors { words, before }));
            }
        }
        least += shortest(one);
        most += longest(one);
    }
    best.map(|(_, anchors)| anchors)
}

/// Words of which one stands in every match of a step, with the length of the shortest; none when it can match without
/// a known word.
fn required_words(step: &Step) -> Option<(Vec<WordId>, usize)> {
    match &step.node {
        Node::Word { id, anchor_length: Some(length), .. } => Some((vec![*id], *length)),
        Node::Set { ids, shortest } => Some((ids.to_vec(), *shortest)),
        Node::Choice { alternatives, optional: false } => {
            let mut words = Vec::new();
            let mut shortest = usize::MAX;
            for alternative in alternatives {
                let (more, length) = alternative
                    .iter()
                    .filter_map(required_words)
                    .min_by_key(|(words, shortest)| (*shortest < 4, words.len()))?;
                words.extend(more);
                shortest = shortest.min(length);
            }
            Some((words, shortest))
        }
        _ => None,
    }
}
