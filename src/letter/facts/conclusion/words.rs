//! The words by which conclusions are read, and a block's words beside its tokens.

use std::ops::Range;
use std::sync::LazyLock;

use crate::text::{Span, Token, TokenKind, WordMap, key};

const TABLE: &str = include_str!("../conclusion.tsv");

/// The classes of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Finite,
    Predicate,
    Adverb,
    Necessary,
    Governing,
    Saying,
    Judging,
    Doubtful,
    Grounds,
    Doubt,
    Person,
    Review,
    Guideline,
    Establishing,
    Missing,
    Favourable,
    Unfavourable,
    Advice,
    Follower,
    Condition,
    Opening,
}

impl Class {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "finite" => Self::Finite,
            "predicate" => Self::Predicate,
            "adverb" => Self::Adverb,
            "necessary" => Self::Necessary,
            "governing" => Self::Governing,
            "saying" => Self::Saying,
            "judging" => Self::Judging,
            "doubtful" => Self::Doubtful,
            "grounds" => Self::Grounds,
            "doubt" => Self::Doubt,
            "person" => Self::Person,
            "review" => Self::Review,
            "guideline" => Self::Guideline,
            "establishing" => Self::Establishing,
            "missing" => Self::Missing,
            "favourable" => Self::Favourable,
            "unfavourable" => Self::Unfavourable,
            "advice" => Self::Advice,
            "follower" => Self::Follower,
            "condition" => Self::Condition,
            "opening" => Self::Opening,
            _ => return None,
        })
    }
}

/// Each word's classes, one bit a class.
static WORDS: LazyLock<WordMap<u32>> = LazyLock::new(|| {
    let mut words = WordMap::default();
    for (class, word) in rows().filter(|&(class, _)| class != "introducer") {
        let class = Class::named(class).unwrap_or_else(|| panic!("conclusion.tsv: {class}"));
        *words.entry(key(word)).or_default() |= 1_u32 << class as u32;
    }
    words
});

/// Phrases that introduce a conclusion, the longest first.
static INTRODUCERS: LazyLock<Vec<Vec<&'static str>>> = LazyLock::new(|| {
    let mut phrases: Vec<Vec<&str>> = rows()
        .filter(|&(class, _)| class == "introducer")
        .map(|(_, words)| words.split(' ').collect())
        .collect();
    phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
    phrases
});

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .flat_map(|(class, words)| words.split('|').map(move |word| (class, word)))
}

/// A block's words in lower case with the printer's apostrophe made plain, by token.
pub(in crate::letter::facts) struct Words<'a> {
    text: &'a str,
    tokens: &'a [Token],
}

impl<'a> Words<'a> {
    pub(in crate::letter::facts) fn new(text: &'a str, tokens: &'a [Token]) -> Self {
        Self { text, tokens }
    }

    /// The word of a token; empty beyond the last.
    pub(in crate::letter::facts) fn at(&self, token: usize) -> &'a str {
        self.tokens.get(token).map_or("", |token| token.small(self.text))
    }

    pub(super) fn is(&self, token: usize, class: Class) -> bool {
        let classes = self.tokens.get(token).and_then(|token| WORDS.get(&token.key));
        classes.is_some_and(|classes| classes & (1 << class as u32) != 0)
    }

    pub(super) fn any(&self, range: Range<usize>, class: Class) -> bool {
        range.into_iter().any(|token| self.is(token, class))
    }

    pub(super) fn is_mark(&self, token: usize) -> bool {
        self.tokens.get(token).is_some_and(|token| token.kind == TokenKind::Mark)
    }

    /// Adverbs: those of the table, and words in "-ly".
    pub(super) fn is_adverb(&self, token: usize) -> bool {
        let word = self.at(token);
        self.is(token, Class::Adverb) || word.len() > 4 && word.ends_with("ly")
    }

    /// Whether a token is a verb that carries time or mood, and whether it holds a negation ("cannot", "isn't").
    pub(super) fn finite(&self, token: usize) -> Option<bool> {
        let word = self.at(token);
        if word == "cannot" || word == "can't" || word == "won't" {
            return Some(true);
        }
        if let Some(verb) = word.strip_suffix("n't") {
            return WORDS
                .get(&key(verb))
                .is_some_and(|classes| classes & (1 << Class::Finite as u32) != 0)
                .then_some(true);
        }
        self.is(token, Class::Finite).then_some(false)
    }

    /// Whether a word that can be a conjunction is one: not "records provided", "once daily".
    pub(super) fn is_conjunction(&self, token: usize) -> bool {
        match self.at(token) {
            "provided" => {
                self.at(token + 1) == "that"
                    || token == 0
                    || matches!(self.at(token - 1), "," | "." | ";" | "necessary")
            }
            "once" => !matches!(
                self.at(token + 1),
                "daily" | "a" | "per" | "weekly" | "nightly" | "every" | "again"
            ),
            _ => true,
        }
    }

    /// The token after the phrase that introduces a conclusion at a token.
    pub(in crate::letter::facts) fn introducer(&self, at: usize) -> Option<usize> {
        INTRODUCERS
            .iter()
            .find(|phrase| phrase.iter().enumerate().all(|(index, word)| self.at(at + index) == *word))
            .map(|phrase| at + phrase.len())
    }

    /// Whether a range of tokens holds a word.
    pub(in crate::letter::facts) fn holds(&self, range: Range<usize>, words: &[&str]) -> bool {
        range.into_iter().any(|token| words.contains(&self.at(token)))
    }

    /// The span of some tokens.
    pub(in crate::letter::facts) fn span(&self, range: Range<usize>) -> Span {
        match (self.tokens.get(range.start), range.end.checked_sub(1).and_then(|last| self.tokens.get(last)))
        {
            (Some(first), Some(last)) if range.start < range.end => first.span.start..last.span.end,
            (Some(first), _) => first.span.start..first.span.start,
            _ => 0..0,
        }
    }
}
