//! Matching a pattern on tokens, with backtracking.

use std::sync::LazyLock;

use super::Read;
use super::syntax::{Certainty, Node, Step};
use crate::text::{Gap, Parts, TokenKind, WordClass};

/// Numbers that are written out.
static NUMBERS: LazyLock<WordClass> = LazyLock::new(|| {
    WordClass::new([
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    ])
});

/// One attempt to match a pattern.
pub(super) struct Matcher<'a> {
    read: Read<'a>,
    start: usize,
    flag: (Option<usize>, Option<usize>),
}

impl<'a> Matcher<'a> {
    pub(super) fn new(read: Read<'a>, start: usize) -> Self {
        Self { read, start, flag: (None, None) }
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
                if at == self.read.sentence.tokens.start {
                    self.run(rest, at)
                } else {
                    None
                }
            }
            Node::SentenceEnd => {
                if at == self.read.sentence.tokens.end {
                    self.run(rest, at)
                } else {
                    None
                }
            }
            Node::Choice { alternatives, optional } => {
                let word = self.read.tokens.get(at).map(|token| token.key);
                for alternative in alternatives {
                    // Most alternatives begin with another word.
                    if let Some(Step { node: Node::Word { key, .. }, .. }) = alternative.first()
                        && word != Some(*key)
                    {
                        continue;
                    }
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
                let fits = at < self.read.sentence.tokens.end
                    && self.gap_fits(at, step.spaced)
                    && self.token_fits(node, at);
                if fits { self.run(rest, at + 1) } else { None }
            }
        }
    }

    fn run_spaced(&mut self, steps: &[Step], spaced: bool, at: usize) -> Option<usize> {
        if !steps.is_empty() && (at >= self.read.sentence.tokens.end || !self.gap_fits(at, spaced)) {
            return None;
        }
        // The group's own space was checked; its first step stands right there.
        let (first, rest) = steps.split_first()?;
        match &first.node {
            node @ (Node::Word { .. } | Node::Set(_) | Node::Part { .. } | Node::AnyWord | Node::Number) => {
                if self.token_fits(node, at) {
                    self.run(rest, at + 1)
                } else {
                    None
                }
            }
            _ => self.run(steps, at),
        }
    }

    fn is_word(&self, at: usize) -> bool {
        at < self.read.sentence.tokens.end && self.read.tokens[at].kind != TokenKind::Mark
    }

    fn gap_fits(&self, at: usize, spaced: bool) -> bool {
        if at == self.start || at >= self.read.sentence.tokens.end {
            return true;
        }
        let gap = self.read.tokens[at].gap;
        if spaced { gap.is_space() } else { gap == Gap::None }
    }

    /// Whether a word is written as no name and no abbreviation is.
    fn is_common(&self, at: usize) -> bool {
        let mut capitals = self.read.content.word(at).chars().map(char::is_uppercase);
        let is_capital = capitals.next() == Some(true);
        !is_capital || at == self.read.sentence.tokens.start && capitals.next() != Some(true)
    }

    fn part_fits(&self, wanted: Parts, certainty: Certainty, at: usize) -> bool {
        let found = Parts::of(self.read.tokens[at].key);
        match certainty {
            Certainty::Only => found.is_some_and(|found| found.is_within(wanted)),
            Certainty::Maybe => found.is_none_or(|found| found.meets(wanted)),
            Certainty::Never => found.is_some_and(|found| !found.meets(wanted)),
        }
    }

    fn token_fits(&self, node: &Node, at: usize) -> bool {
        let Read { content, tokens, .. } = self.read;
        let (kind, word) = (tokens[at].kind, tokens[at].key);
        match node {
            Node::Word { key, written, .. } => {
                word == *key && written.as_ref().is_none_or(|written| is_written(content.word(at), written))
            }
            Node::Set(class) => class.has(word),
            Node::Part { wanted, certainty } => {
                kind == TokenKind::Word && self.is_common(at) && self.part_fits(*wanted, *certainty, at)
            }
            Node::AnyWord => kind == TokenKind::Word,
            Node::Number => kind == TokenKind::Number || NUMBERS.has(word),
            _ => false,
        }
    }
}

/// Whether a letter's word is a pattern's, whose apostrophes are the typewriter's, with its capitals.
fn is_written(word: &str, pattern: &str) -> bool {
    word.chars().map(|c| if c == '\u{2019}' { '\'' } else { c }).eq(pattern.chars())
}
