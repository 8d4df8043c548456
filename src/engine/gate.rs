//! The gate: which patterns are worth trying at which word, so that a text without their words costs a look-up each.

use std::ops::Range;

use crate::letter::Content;
use crate::text::{Key, WordMap};

/// Finds the patterns worth trying.
#[derive(Debug, Default)]
pub(super) struct Gate {
    /// The patterns that require a word, as indices of lint and frame.
    patterns: WordMap<Vec<(u16, u16)>>,
}

/// A pattern and a token that may be its anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candidate {
    pub lint: usize,
    pub frame: usize,
    pub token: usize,
}

impl Gate {
    /// Adds a pattern that requires one of some words.
    ///
    /// # Panics
    /// If there are more than 65,536 lints, or patterns of one lint.
    pub(super) fn add(&mut self, lint: usize, frame: usize, anchors: impl Iterator<Item = Key>) {
        let index = |index: usize| u16::try_from(index).expect("there are fewer");
        for anchor in anchors {
            self.patterns.entry(anchor).or_default().push((index(lint), index(frame)));
        }
    }

    /// The patterns whose required word is one of some tokens, in the order of these.
    pub(super) fn candidates<'a>(
        &'a self,
        content: &'a Content,
        tokens: &Range<usize>,
    ) -> impl Iterator<Item = Candidate> + 'a {
        tokens.clone().zip(&content.tokens[tokens.clone()]).flat_map(|(token, word)| {
            let patterns = self.patterns.get(&word.key).map_or(&[][..], Vec::as_slice);
            patterns.iter().map(move |&(lint, frame)| Candidate {
                lint: lint.into(),
                frame: frame.into(),
                token,
            })
        })
    }
}
