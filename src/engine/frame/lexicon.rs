//! The words of all patterns as numbers, so that a letter's word is looked up once and then compared as a number.

use crate::letter::Content;
use crate::text::{Key, WordMap, key, lowered};

/// A word of some pattern, whatever its case and its apostrophe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::engine) struct WordId(u32);

/// Any word that stands in no pattern.
const UNKNOWN: WordId = WordId(0);

/// Numbers that are written out; they are the first words of every lexicon.
const NUMBER_WORDS: [&str; 12] =
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

impl WordId {
    /// Its place in a table of the lexicon's words.
    pub(in crate::engine) fn index(self) -> usize {
        self.0 as usize
    }

    pub(super) fn is_number(self) -> bool {
        (1..=NUMBER_WORDS.len()).contains(&self.index())
    }
}

/// The words of all patterns of a catalogue.
#[derive(Debug)]
pub(in crate::engine) struct Lexicon {
    ids: WordMap<WordId>,
}

impl Default for Lexicon {
    fn default() -> Self {
        let mut lexicon = Self { ids: WordMap::default() };
        for word in NUMBER_WORDS {
            lexicon.intern(word);
        }
        lexicon
    }
}

impl Lexicon {
    /// The number of a pattern's word.
    ///
    /// # Panics
    /// If there are more than four thousand million words.
    pub(super) fn intern(&mut self, word: &str) -> WordId {
        self.number(key(&lowered(word)))
    }

    /// The number of a pattern's word, by its key.
    pub(super) fn number(&mut self, word: Key) -> WordId {
        let next = u32::try_from(self.ids.len() + 1).expect("patterns have fewer words");
        *self.ids.entry(word).or_insert(WordId(next))
    }

    /// One more than the largest index of a word.
    pub(in crate::engine) fn len(&self) -> usize {
        self.ids.len() + 1
    }

    /// The words of a text, one for each token.
    pub(in crate::engine) fn read(&self, content: &Content) -> Vec<WordId> {
        content.tokens.iter().map(|token| self.ids.get(&token.key).copied().unwrap_or(UNKNOWN)).collect()
    }
}
