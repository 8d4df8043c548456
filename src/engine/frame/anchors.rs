//! Anchor words: of which one stands in every match of a pattern.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use super::syntax::{Node, Step, longest, shortest};
use crate::text::Key;

/// The words of which one stands in every match, and how many tokens of the match can stand before it.
#[derive(Debug, Clone)]
pub(super) struct Anchors {
    pub words: Vec<Key>,
    pub before: RangeInclusive<usize>,
    pub beside: Option<Beside>,
}

/// Words of which one always stands next to an anchor: a place without one needs no closer look.
#[derive(Debug, Clone)]
pub(crate) struct Beside {
    /// How many tokens from the anchor: the token before it or the one behind.
    pub offset: isize,
    pub words: Cow<'static, [Key]>,
}

impl Beside {
    /// Whether one of the words stands where it must beside the anchor at a token; `key_of` knows the tokens' words.
    pub(super) fn stands(&self, anchor: usize, key_of: impl Fn(usize) -> Option<Key>) -> bool {
        let word = anchor.checked_add_signed(self.offset).and_then(key_of);
        word.is_some_and(|word| self.words.contains(&word))
    }
}

/// The most words of which one has to stand beside an anchor: to look for many is no saving.
const MOST_BESIDE: usize = 6;

/// How good words are as anchors, the least first: whether they are not flagged, whether one is short, how many they are.
type Rank = (bool, bool, usize);

/// The smallest choice of words of which one must stand in every match; a flagged word is preferred, because what is
/// wrong is rare. None if a match needs no known word.
pub(super) fn anchors(steps: &[Step]) -> Option<Anchors> {
    let mut flagged = false;
    let (mut least, mut most) = (0, 0);
    let mut best: Option<(Rank, usize, RangeInclusive<usize>)> = None;
    for (index, step) in steps.iter().enumerate() {
        match &step.node {
            Node::FlagStart => flagged = true,
            Node::FlagEnd => flagged = false,
            _ => {}
        }
        let one = std::slice::from_ref(step);
        if let Some((count, shortest_word)) = required(step) {
            let rank = (!flagged, shortest_word < 4, count);
            if best.as_ref().is_none_or(|(least, ..)| rank < *least) {
                best = Some((rank, index, least..=most + longest(one) - 1));
            }
        }
        least += shortest(one);
        most += longest(one);
    }
    best.map(|((.., count), index, before)| {
        let mut words = Vec::with_capacity(count);
        push_words(&steps[index], &mut words);
        Anchors { words, before, beside: beside(steps, index) }
    })
}

/// The fewest words of which one stands next to the anchor of a step, before it or behind.
fn beside(steps: &[Step], anchor: usize) -> Option<Beside> {
    let one = std::slice::from_ref(&steps[anchor]);
    if (shortest(one), longest(one)) != (1, 1) {
        return None;
    }
    let before = edge(steps[..anchor].iter().rev(), Edge::Last).map(|words| (-1, words));
    let behind = edge(steps[anchor + 1..].iter(), Edge::First).map(|words| (1, words));
    let fewest = before.into_iter().chain(behind).min_by_key(|(_, words)| words.len());
    fewest.map(|(offset, words)| Beside { offset, words: words.into() })
}

/// An end of a run of steps.
#[derive(Debug, Clone, Copy)]
enum Edge {
    First,
    Last,
}

/// The words of which one stands at the edge from which the steps are told, if there are but few.
fn edge<'s>(mut steps: impl Iterator<Item = &'s Step>, edge_of: Edge) -> Option<Vec<Key>> {
    let step = steps.find(|step| !matches!(step.node, Node::FlagStart | Node::FlagEnd))?;
    let words: Vec<Key> = match &step.node {
        Node::Word { key, .. } => vec![*key],
        Node::Set(class) => class.keys().take(MOST_BESIDE + 1).collect(),
        Node::Choice { alternatives, optional: false } => {
            let words = alternatives.iter().map(|steps| match edge_of {
                Edge::First => edge(steps.iter(), edge_of),
                Edge::Last => edge(steps.iter().rev(), edge_of),
            });
            words.collect::<Option<Vec<_>>>()?.concat()
        }
        _ => return None,
    };
    (words.len() <= MOST_BESIDE).then_some(words)
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
