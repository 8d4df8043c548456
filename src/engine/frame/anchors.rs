//! Anchor words: of which one stands in every match of a pattern.

use std::ops::RangeInclusive;

use super::syntax::{Node, Step, longest, shortest};
use crate::text::Key;

/// The words of which one stands in every match, and how many tokens of the match can stand before it.
#[derive(Debug, Clone)]
pub(super) struct Anchors {
    pub words: Vec<Key>,
    pub before: RangeInclusive<usize>,
}

/// How good words are as anchors, the least first: whether they are not flagged, whether one is short, how many they are.
type Rank = (bool, bool, usize);

/// The smallest choice of words of which one must stand in every match; a flagged word is preferred, because what is
/// wrong is rare. None if a match needs no known word.
pub(super) fn anchors(steps: &[Step]) -> Option<Anchors> {
    let mut flagged = false;
    let (mut least, mut most) = (0, 0);
    let mut best: Option<(Rank, &Step, RangeInclusive<usize>)> = None;
    for step in steps {
        match &step.node {
            Node::FlagStart => flagged = true,
            Node::FlagEnd => flagged = false,
            _ => {}
        }
        let one = std::slice::from_ref(step);
        if let Some((count, shortest_word)) = required(step) {
            let rank = (!flagged, shortest_word < 4, count);
            if best.as_ref().is_none_or(|(least, ..)| rank < *least) {
                best = Some((rank, step, least..=most + longest(one) - 1));
            }
        }
        least += shortest(one);
        most += longest(one);
    }
    best.map(|((.., count), step, before)| {
        let mut words = Vec::with_capacity(count);
        push_words(step, &mut words);
        Anchors { words, before }
    })
}

/// How many words there are of which one stands in every match of a step, and the length of the shortest; none when it
/// can match without a known word.
fn required(step: &Step) -> Option<(usize, usize)> {
    match &step.node {
        Node::Word { anchor_length: Some(length), .. } => Some((1, *length)),
        Node::Set(class) => Some((class.keys().len(), class.shortest())),
        Node::Choice { alternatives, optional: false } => {
            let mut all = (0, usize::MAX);
            for alternative in alternatives {
                let (_, (count, shortest)) = rarest(alternative)?;
                all = (all.0 + count, all.1.min(shortest));
            }
            Some(all)
        }
        _ => None,
    }
}

/// The step of an alternative whose words are required of it.
fn rarest(steps: &[Step]) -> Option<(&Step, (usize, usize))> {
    let required = steps.iter().filter_map(|step| Some((step, required(step)?)));
    required.min_by_key(|(_, (count, shortest))| (*shortest < 4, *count))
}

/// Adds the words that [`required`] counts.
fn push_words(step: &Step, words: &mut Vec<Key>) {
    match &step.node {
        Node::Word { key, .. } => words.push(*key),
        Node::Set(class) => words.extend(class.keys()),
        Node::Choice { alternatives, .. } => {
            alternatives
                .iter()
                .filter_map(|steps| rarest(steps))
                .for_each(|(step, _)| push_words(step, words));
        }
        _ => {}
    }
}
