//! Wordings: lists of phrases kept as data, looked up by their first word, longest match first.
//!
//! In a wording `a|b` is either, `word?` optional; a capital makes case matter. Between its words a hyphen may
//! stand for the blank, and any word may carry a possessive.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use crate::text::{Gap, Span, Token};

/// A block's words in the form in which wordings compare them.
pub(super) struct Words<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    lower: Vec<Cow<'a, str>>,
    /// Hashes of the lower-cased token with and without its possessive, so that few words are compared letter by letter.
    keys: Vec<(u64, u64)>,
}

impl<'a> Words<'a> {
    pub fn new(text: &'a str, tokens: &'a [Token]) -> Self {
        let lower: Vec<_> = tokens.iter().map(|token| folded(&text[token.span.clone()])).collect();
        let keys = lower.iter().map(|word| (key(word), key(without_possessive(word)))).collect();
        Self { text, tokens, lower, keys }
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

/// FNV-1a.
fn key(word: &str) -> u64 {
    word.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Keys are hashes already.
#[derive(Default)]
struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

struct Slot {
    /// Words in lower case with their keys, sorted by key.
    words: Vec<(u64, String)>,
    /// Words whose case matters.
    cased: Vec<String>,
    optional: bool,
}

impl Slot {
    fn parse(text: &str) -> Self {
        let optional = text.len() > 1 && text.ends_with('?');
        let text = if optional { &text[..text.len() - 1] } else { text };
        let (cased, words): (Vec<String>, Vec<String>) =
            text.split('|').map(str::to_owned).partition(|word| word.contains(char::is_uppercase));
        let mut words: Vec<_> = words.into_iter().map(|word| (key(&word), word)).collect();
        words.sort_unstable();
        Self { words, cased, optional }
    }

    fn takes(&self, words: &Words, token: usize) -> bool {
        let Some(&(whole, stem)) = words.keys.get(token) else { return false };
        let lower = words.lower(token);
        let has = |key: u64, word: &str| {
            self.words.binary_search_by_key(&key, |wanted| wanted.0).is_ok_and(|at| self.words[at].1 == word)
        };
        if has(whole, lower) || stem != whole && has(stem, without_possessive(lower)) {
            return true;
        }
        let raw = words.raw(token);
        self.cased.iter().any(|wanted| {
            raw.strip_prefix(wanted.as_str()).is_some_and(|rest| matches!(rest, "" | "'s" | "\u{2019}s"))
        })
    }
}

/// Phrases with what they mean.
pub(super) struct Wordings<T> {
    wordings: Vec<(Vec<Slot>, T)>,
    /// Keys of lower-cased first words to wordings.
    by_first: HashMap<u64, Vec<usize>, BuildHasherDefault<KeyHasher>>,
}

impl<T: Copy> Wordings<T> {
    pub fn new() -> Self {
        Self { wordings: Vec::new(), by_first: HashMap::default() }
    }

    /// Adds the wordings of a column, which are separated by a comma and a blank.
    pub fn add(&mut self, column: &str, meaning: impl Fn(&str) -> (String, T)) {
        for wording in column.split(", ").filter(|wording| !wording.is_empty()) {
            let (wording, value) = meaning(wording);
            let slots: Vec<Slot> = wording.split(' ').map(Slot::parse).collect();
            let index = self.wordings.len();
            for first in slots
                .first()
                .into_iter()
                .flat_map(|slot| slot.words.iter().map(|word| &word.1).chain(&slot.cased))
            {
                self.by_first.entry(key(&first.to_lowercase())).or_default().push(index);
            }
            self.wordings.push((slots, value));
        }
    }

    /// The longest wording that begins at a token and ends before another, and the token behind it. The first
    /// added wins among equals.
    pub fn longest(&self, words: &Words, at: usize, end: usize) -> Option<(usize, T)> {
        let &(whole, stem) = words.keys.get(at)?;
        let stem = (stem != whole).then_some(stem);
        let mut best: Option<(usize, T)> = None;
        for &index in std::iter::once(whole).chain(stem).filter_map(|key| self.by_first.get(&key)).flatten() {
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
