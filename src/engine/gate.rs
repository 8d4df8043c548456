//! The gate: one automaton over the words that patterns require, so that a text without them costs one scan.

use aho_corasick::AhoCorasick;

use super::lint::Lint;
use crate::letter::Content;

/// Finds the patterns worth trying.
#[derive(Debug)]
pub(super) struct Gate {
    automaton: AhoCorasick,
    /// For each word of the automaton: the patterns that require it, as indices of lint and frame.
    patterns: Vec<Vec<(usize, usize)>>,
}

/// A pattern and a token around which it may match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candidate {
    pub lint: usize,
    pub frame: usize,
    pub token: usize,
}

impl Gate {
    pub(super) fn new(lints: &[Lint]) -> Self {
        let mut words: Vec<&str> = Vec::new();
        let mut patterns: Vec<Vec<(usize, usize)>> = Vec::new();
        for (lint_index, lint) in lints.iter().enumerate() {
            for (frame_index, frame) in lint.frames.iter().enumerate() {
                for anchor in frame.anchors() {
                    let at = words.iter().position(|word| word == anchor).unwrap_or_else(|| {
                        words.push(anchor);
                        patterns.push(Vec::new());
                        words.len() - 1
                    });
                    patterns[at].push((lint_index, frame_index));
                }
            }
        }
        let automaton = AhoCorasick::new(&words).expect("words of patterns are few and short");
        Self { automaton, patterns }
    }

    /// The patterns whose required word stands in a text as a whole word, in the order of the text.
    pub(super) fn candidates(&self, content: &Content) -> Vec<Candidate> {
        if self.patterns.is_empty() {
            return Vec::new();
        }
        let folded = fold(content.text());
        let mut candidates = Vec::new();
        for found in self.automaton.find_overlapping_iter(folded.as_bytes()) {
            let token = content.tokens.partition_point(|token| token.span.start < found.start());
            let is_word = content
                .tokens
                .get(token)
                .is_some_and(|token| token.span.start == found.start() && token.span.end == found.end());
            if is_word {
                let patterns = &self.patterns[found.pattern().as_usize()];
                candidates.extend(patterns.iter().map(|&(lint, frame)| Candidate { lint, frame, token }));
            }
        }
        candidates
    }
}

/// Lower case, byte for byte: only ASCII letters change, so that offsets stay.
fn fold(text: &str) -> String {
    text.to_ascii_lowercase()
}
