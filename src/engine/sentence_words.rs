//! The words of one sentence, as lints of grammar ask for them.

use super::lint::BlockContext;
use crate::letter::Sentence;
use crate::text::{Gap, Parts, Token, TokenKind};

/// A sentence of a block, for what a word says together with its neighbours: what a sentence lint looks at.
#[derive(Clone, Copy)]
pub struct SentenceWords<'a> {
    /// Its block.
    pub context: &'a BlockContext<'a>,
    /// The sentence.
    pub sentence: &'a Sentence,
}

impl<'a> SentenceWords<'a> {
    /// The word of a token in small letters; empty where the sentence has none there, or where more than a space stands
    /// before it.
    #[must_use]
    pub fn word(&self, at: usize) -> &'a str {
        self.token(at).map_or("", |token| token.small(self.context.content.text()))
    }

    fn token(&self, at: usize) -> Option<&'a Token> {
        let token = self.context.content.tokens.get(at).filter(|_| self.sentence.tokens.contains(&at));
        token.filter(|token| {
            token.kind == TokenKind::Word && (token.gap.is_space() || at == self.sentence.tokens.start)
        })
    }

    /// The word before a token, if only a space stands between them.
    #[must_use]
    pub fn before(&self, at: usize) -> &'a str {
        let is_spaced = self.context.gap(at).is_some_and(Gap::is_space);
        at.checked_sub(1).filter(|_| is_spaced).map_or("", |before| self.word(before))
    }

    /// Whether a set of the lint has a word in small letters.
    #[must_use]
    pub fn is_in(&self, set: &str, word: &str) -> bool {
        self.context.is_in(set, word)
    }

    /// Whether a set of the lint has the word of a token, as [`Self::word`] has it.
    #[must_use]
    pub fn is_at(&self, set: &str, at: usize) -> bool {
        self.token(at).is_some_and(|token| self.context.set(set).has(token.key))
    }

    /// Whether a set of the lint has the word before a token, as [`Self::before`] has it.
    #[must_use]
    pub fn is_before(&self, set: &str, at: usize) -> bool {
        let is_spaced = self.context.gap(at).is_some_and(Gap::is_space);
        at.checked_sub(1).filter(|_| is_spaced).is_some_and(|before| self.is_at(set, before))
    }

    /// Whether the sentence has a word of a set of the lint, whatever stands before it.
    #[must_use]
    pub fn has_word(&self, set: &str) -> bool {
        let content = self.context.content;
        self.sentence.tokens.clone().any(|at| self.is_in(set, &content.lower(at)))
    }

    /// The parts of speech of a token's word, as [`Self::word`] has it; none where nothing is known of it.
    #[must_use]
    pub fn parts(&self, at: usize) -> Option<Parts> {
        Parts::of(self.token(at)?.key)
    }

    /// Whether the word of a token can be one of some named parts of speech ("verb/past").
    #[must_use]
    pub fn can_be(&self, at: usize, names: &str) -> bool {
        self.parts(at).zip(Parts::parse(names)).is_some_and(|(parts, wanted)| parts.meets(wanted))
    }

    /// Whether the word of a token can be nothing but some named parts of speech.
    #[must_use]
    pub fn can_only_be(&self, at: usize, names: &str) -> bool {
        self.parts(at).zip(Parts::parse(names)).is_some_and(|(parts, wanted)| parts.is_within(wanted))
    }
}
