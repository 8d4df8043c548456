//! The gate: which patterns are worth trying at which word, so that a text without their words costs a look-up each.

use super::frame::{Lexicon, WordId};
use super::lint::Lint;

/// Finds the patterns worth trying.
#[derive(Debug)]
pub(super) struct Gate {
    pub lexicon: Lexicon,
    /// For each word, by its index: the patterns that require it, as indices of lint and frame.
    patterns: Vec<Vec<(usize, usize)>>,
}

/// A pattern and a token that may be its anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candidate {
    pub lint: usize,
    pub frame: usize,
    pub token: usize,
}

impl Gate {
    pub(super) fn new(lints: &[Lint], lexicon: Lexicon) -> Self {
        let mut patterns = vec![Vec::new(); lexicon.len()];
        for (lint_index, lint) in lints.iter().enumerate() {
            for (frame_index, frame) in lint.frames.iter().enumerate() {
                for anchor in &frame.anchors().words {
                    patterns[anchor.index()].push((lint_index, frame_index));
                }
            }
        }
        Self { lexicon, patterns }
    }

    /// The patterns whose required word stands in a text, in the order of its words.
    pub(super) fn candidates(&self, words: &[WordId]) -> impl Iterator<Item = Candidate> {
        words.iter().enumerate().flat_map(|(token, word)| {
            self.patterns[word.index()].iter().map(move |&(lint, frame)| Candidate { lint, frame, token })
        })
    }
}
