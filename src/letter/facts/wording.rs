//! Wordings: lists of phrases kept as data, looked up by their first word, longest match first.
//!
//! In a wording `a|b` is either, `word?` optional; a capital makes case matter. Between its words a hyphen may
//! stand for the blank, and any word may carry a possessive.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use crate::text::{Gap, Span, Token};

/// A block's words in the form in which wordings compare them.
pub(super) struct Words<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    lower: Vec<Cow<'a, str>>,
}

impl<'a> Words<'a> {
    pub fn new(text: &'a str, tokens: &'a [Token]) -> Self {
        let lower = tokens.iter().map(|token| folded(&text[token.span.clone()])).collect();
        Self { text, tokens, lower }
    }

    /// The token in lower case, its apostrophe the typewriter's.
    pub fn lower(&self, token: usize) -> &str {
        self.lower.get(token).map_or("", |word| word)
    }

    /// The token as it stands in the text.
    pub fn raw(&self, token: usize) -> &'a str {
        self.tokens.get(token).map_or("", |token| &self.text[token.span.clone()])
    }

    /// The logical span of some tokens; empty where there are none.
    pub fn span(&self, tokens: &Range<usize>) -> Span {
        match (self.tokens.get(tokens.start), self.tokens[..tokens.end.min(self.tokens.len())].last()) {
            (Some(first), Some(last)) if tokens.start < tokens.end => first.span.start..last.span.end,
            (Some(first), _) => first.span.start..first.span.start,
            _ => self.text.len()..self.text.len(),
        }
    }

    /// The tokens that begin inside a logical span.
    pub fn tokens_in(&self, span: &Span) -> Range<usize> {
        let at = |offset| self.tokens.partition_point(|token| token.span.start < offset);
        at(span.start)..at(span.end)
    }

    fn is_joining_hyphen(&self, token: usize) -> bool {
        matches!(self.raw(token), "-" | "\u{2010}" | "\u{2011}") && self.tokens[token].gap == Gap::None
    }
}

fn folded(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(word.to_lowercase().replace('\u{2019}', "'"))
    }
}

/// A word without its possessive.
fn without_possessive(word: &str) -> &str {
    word.strip_suffix("'s").unwrap_or(word)
}

struct Slot {
    alternatives: Vec<String>,
    optional: bool,
}

impl Slot {
    fn parse(text: &str) -> Self {
        let optional = text.len() > 1 && text.ends_with('?');
        let text = if optional { &text[..text.len() - 1] } else { text };
        let alternatives =
            if text == "|" { vec![text.to_owned()] } else { text.split('|').map(str::to_owned).collect() };
        Self { alternatives, optional }
    }

    fn takes(&self, words: &Words, token: usize) -> bool {
        let lower = words.lower(token);
        self.alternatives.iter().any(|wanted| {
            if wanted.contains(char::is_uppercase) {
                let raw = words.raw(token);
                raw == wanted || raw.strip_suffix("'s").or(raw.strip_suffix("\u{2019}s")) == Some(wanted)
            } else {
                lower == wanted || without_possessive(lower) == wanted
            }
        })
    }
}

/// Phrases with what they mean.
pub(super) struct Wordings<T> {
    wordings: Vec<(Vec<Slot>, T)>,
    /// Lower-cased first words, without a possessive of their own, to wordings.
    by_first: HashMap<String, Vec<usize>>,
}

impl<T: Copy> Wordings<T> {
    pub fn new() -> Self {
        Self { wordings: Vec::new(), by_first: HashMap::new() }
    }

    /// Adds the wordings of a column, which are separated by a comma and a blank.
    pub fn add(&mut self, column: &str, meaning: impl Fn(&str) -> (String, T)) {
        for wording in column.split(", ").filter(|wording| !wording.is_empty()) {
            let (wording, value) = meaning(wording);
            let slots: Vec<Slot> = wording.split(' ').map(Slot::parse).collect();
            let index = self.wordings.len();
            for first in slots.first().into_iter().flat_map(|slot| &slot.alternatives) {
                self.by_first.entry(first.to_lowercase()).or_default().push(index);
            }
            self.wordings.push((slots, value));
        }
    }

    /// The longest wording that begins at a token and ends before another, and the token behind it. The first
    /// added wins among equals.
    pub fn longest(&self, words: &Words, at: usize, end: usize) -> Option<(usize, T)> {
        let lower = words.lower(at);
        let stem = without_possessive(lower);
        let with_stem = (stem != lower).then_some(stem);
        let mut best: Option<(usize, T)> = None;
        for &index in
            std::iter::once(lower).chain(with_stem).filter_map(|key| self.by_first.get(key)).flatten()
        {
            let (slots, value) = &self.wordings[index];
            if let Some(stop) = matched(slots, words, at, end, true)
                && best.is_none_or(|(longest, _)| stop > longest)
            {
                best = Some((stop, *value));
            }
        }
        best
    }
}

/// The token behind the longest match of some slots.
fn matched(slots: &[Slot], words: &Words, at: usize, end: usize, first: bool) -> Option<usize> {
    let Some((slot, rest)) = slots.split_first() else { return Some(at) };
    let skipped = if slot.optional { matched(rest, words, at, end, first) } else { None };
    let token =
        if !first && at < end && words.is_joining_hyphen(at) && !slot.takes(words, at) { at + 1 } else { at };
    let taken = (token < end && slot.takes(words, token))
        .then(|| matched(rest, words, token + 1, end, false))
        .flatten();
    taken.max(skipped)
}
