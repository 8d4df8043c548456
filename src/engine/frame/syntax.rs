//! What a pattern is made of. The build reads patterns too, to learn their anchors.

use std::sync::Arc;

use crate::text::{Key, Parts, WordClass};

#[derive(Debug)]
pub(super) struct Step {
    /// Whether a space stands before it in the pattern.
    pub spaced: bool,
    pub node: Node,
}

#[derive(Debug)]
pub(super) enum Node {
    Word {
        /// The key of the word in small letters.
        key: Key,
        /// As it must be written, where its case matters.
        written: Option<Box<str>>,
        /// Its length in bytes, if it can be an anchor.
        anchor_length: Option<usize>,
    },
    Set(Arc<WordClass>),
    Part {
        wanted: Parts,
        certainty: Certainty,
    },
    AnyWord,
    Number,
    Choice {
        alternatives: Vec<Vec<Step>>,
        optional: bool,
    },
    Words {
        least: usize,
        most: usize,
    },
    FlagStart,
    FlagEnd,
    SentenceStart,
    SentenceEnd,
}

/// How a word's parts of speech have to lie to the wanted ones.
#[derive(Debug, Clone, Copy)]
pub(super) enum Certainty {
    /// It can be nothing else.
    Only,
    /// It can be one of them, or nothing is known of it.
    Maybe,
    /// It can be none of them.
    Never,
}

/// The most tokens that steps can match.
pub(super) fn longest(steps: &[Step]) -> usize {
    steps
        .iter()
        .map(|step| match &step.node {
            Node::Choice { alternatives, .. } => {
                alternatives.iter().map(|steps| longest(steps)).max().unwrap_or(0)
            }
            Node::Words { most, .. } => *most,
            Node::Word { .. } | Node::Set(_) | Node::Part { .. } | Node::AnyWord | Node::Number => 1,
            Node::FlagStart | Node::FlagEnd | Node::SentenceStart | Node::SentenceEnd => 0,
        })
        .sum()
}

/// The fewest tokens that steps can match.
pub(super) fn shortest(steps: &[Step]) -> usize {
    steps
        .iter()
        .map(|step| match &step.node {
            Node::Choice { optional: true, .. } => 0,
            Node::Choice { alternatives, .. } => {
                alternatives.iter().map(|steps| shortest(steps)).min().unwrap_or(0)
            }
            Node::Words { least, .. } => *least,
            Node::Word { .. } | Node::Set(_) | Node::Part { .. } | Node::AnyWord | Node::Number => 1,
            Node::FlagStart | Node::FlagEnd | Node::SentenceStart | Node::SentenceEnd => 0,
        })
        .sum()
}
