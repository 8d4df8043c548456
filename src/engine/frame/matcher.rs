//! Matching a pattern on tokens, with backtracking.

use super::{Node, Step};
use crate::letter::{Content, Sentence};
use crate::text::{Gap, TokenKind};

/// One attempt to match a pattern.
pub(super) struct Matcher<'a> {
    content: &'a Content,
    sentence: &'a Sentence,
    start: usize,
    flag: (Option<usize>, Option<usize>),
}

impl<'a> Matcher<'a> {
    pub(super) fn new(content: &'a Content, sentence: &'a Sentence, start: usize) -> Self {
        Self { content, sentence, start, flag: (None, None) }
    }

    /// The first flagged token and the one after the last.
    pub(super) fn flag(&self) -> (Option<usize>, Option<usize>) {
        self.flag
    }

    /// Matches steps from a token; returns the token after the match.
    pub(super) fn run(&mut self, steps: &[Step], at: usize) -> Option<usize> {
        let Some((step, rest)) = steps.split_first() else { return Some(at) };
        match &step.node {
            Node::FlagStart => {
                let outer = self.flag;
                self.flag.0 = Some(at);
                self.run(rest, at).or_else(|| {
                    self.flag = outer;
                    None
                })
            }
            Node::FlagEnd => {
                let outer = self.flag;
                self.flag.1 = Some(at);
                self.run(rest, at).or_else(|| {
                    self.flag = outer;
                    None
                })
            }
            Node::SentenceStart => {
                if at == self.sentence.tokens.start {
                    self.run(rest, at)
                } else {
                    None
                }
            }
            Node::SentenceEnd => {
                if at == self.sentence.tokens.end {
                    self.run(rest, at)
                } else {
                    None
                }
            }
            Node::Choice { alternatives, optional } => {
                for alternative in alternatives {
                    // The alternative and what follows it are matched as one, so that a shorter one can be tried next.
                    let outer = self.flag;
                    if let Some(end) = self.run_spaced(alternative, step.spaced, at)
                        && let Some(end) = self.run(rest, end)
                    {
                        return Some(end);
                    }
                    self.flag = outer;
                }
                if *optional { self.run(rest, at) } else { None }
            }
            Node::Words { least, most } => {
                let mut end = at;
                let mut count = 0;
                loop {
                    if count >= *least
                        && let Some(end) = self.run(rest, end)
                    {
                        return Some(end);
                    }
                    if count == *most || !self.is_word(end) || !self.gap_fits(end, true) {
                        return None;
                    }
                    end += 1;
                    count += 1;
                }
            }
            node => {
                let fits = at < self.sentence.tokens.end
                    && self.gap_fits(at, step.spaced)
                    && self.token_fits(node, at);
                if fits { self.run(rest, at + 1) } else { None }
            }
        }
    }

    fn run_spaced(&mut self, steps: &[Step], spaced: bool, at: usize) -> Option<usize> {
        if !steps.is_empty() && (at >= self.sentence.tokens.end || !self.gap_fits(at, spaced)) {
            return None;
        }
        // The group's own space was checked; its first step stands right there.
        let (first, rest) = steps.split_first()?;
        match &first.node {
            node @ (Node::Word { .. } | Node::Set(_) | Node::AnyWord | Node::Number) => {
                if self.token_fits(node, at) { self.run(rest, at + 1) } else { None }
            }
            _ => self.run(steps, at),
        }
    }

    fn is_word(&self, at: usize) -> bool {
        at < self.sentence.tokens.end && self.content.tokens[at].kind != TokenKind::Mark
    }

    fn gap_fits(&self, at: usize, spaced: bool) -> bool {
        if at == self.start || at >= self.sentence.tokens.end {
            return true;
        }
        let gap = self.content.tokens[at].gap;
        if spaced { gap.is_space() } else { gap == Gap::None }
    }

    fn token_fits(&self, node: &Node, at: usize) -> bool {
        let token = &self.content.tokens[at];
        let word = self.content.word(at);
        match node {
            Node::Word { text, case_sensitive: true } => same(word, text, false),
            Node::Word { text, case_sensitive: false } => same(word, text, true),
            Node::Set(words) => words.iter().any(|text| same(word, text, true)),
            Node::AnyWord => token.kind == TokenKind::Word,
            Node::Number => {
                token.kind == TokenKind::Number || NUMBER_WORDS.contains(&word.to_lowercase().as_str())
            }
            _ => false,
        }
    }
}

const NUMBER_WORDS: &[&str] =
    &["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// Compares a letter's word with a pattern's, whose apostrophes are the typewriter's.
fn same(word: &str, pattern: &str, fold_case: bool) -> bool {
    let mut pattern = pattern.chars();
    for c in word.chars() {
        let c = if c == '\u{2019}' { '\'' } else { c };
        let Some(p) = pattern.next() else { return false };
        let equal = if fold_case { c == p || c.to_lowercase().eq(p.to_lowercase()) } else { c == p };
        if !equal {
            return false;
        }
    }
    pattern.next().is_none()
}
