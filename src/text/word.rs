//! Words in the form in which tables of words compare them: in small letters, with the typewriter's apostrophe, each with
//! a key by which it is looked up.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

include!("word_format.rs");

/// The hash of a word in small letters (FNV-1a), which stands for it: of all the words of a language no two share one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(u64);

/// Spreads the keys' bits: an odd number without a pattern.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// The key of a word that is in small letters.
#[must_use]
pub const fn key(word: &str) -> Key {
    Key(word_hash(word))
}

/// The keys of a word's beginnings, each with its length in bytes, from one byte to the whole.
pub fn beginnings(word: &str) -> impl Iterator<Item = (usize, Key)> + '_ {
    let mut hash = EMPTY_HASH;
    word.bytes().zip(1..).map(move |(byte, length)| {
        hash = hash_on(hash, byte);
        (length, Key(hash))
    })
}

impl Key {
    pub(crate) const fn bits(self) -> u64 {
        self.0
    }

    /// The key whose bits the build has written down.
    pub(crate) const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// One of 64 bits, which it shares with others.
    #[must_use]
    pub const fn mark(self) -> u64 {
        1 << (self.0.wrapping_mul(SPREAD) >> 58)
    }

    /// One of so many words of 64 bits, and one of its bits.
    #[inline]
    fn bit(self, words: usize) -> (usize, u64) {
        let spread = self.0.wrapping_mul(SPREAD);
        ((spread >> 48) as usize % words, 1 << (spread >> 58))
    }
}

/// Tells of most words that they are not among some others, for less than a look-up costs: a table of `N` times 64 bits,
/// of which few should be taken.
#[derive(Debug, Clone, Copy)]
pub struct Filter<const N: usize>([u64; N]);

impl<const N: usize> Default for Filter<N> {
    fn default() -> Self {
        Self([0; N])
    }
}

impl<const N: usize> Filter<N> {
    /// Adds a word.
    pub fn add(&mut self, key: Key) {
        let (at, bit) = key.bit(N);
        self.0[at] |= bit;
    }

    /// Whether a word may be among those that were added.
    #[must_use]
    #[inline]
    pub fn may_have(&self, key: Key) -> bool {
        let (at, bit) = key.bit(N);
        self.0[at] & bit != 0
    }
}

/// What is known of words, by their keys.
pub type WordMap<V> = HashMap<Key, V, BuildHasherDefault<KeyHasher>>;

/// Words, by their keys.
pub type WordSet = HashSet<Key, BuildHasherDefault<KeyHasher>>;

/// Takes keys as they are: they are hashes already.
#[derive(Debug, Default)]
pub struct KeyHasher(u64);

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

/// Some words, which are asked for far more often than they are met.
#[derive(Debug, Default)]
pub struct WordClass {
    filter: Filter<16>,
    keys: WordSet,
    shortest: usize,
}

impl WordClass {
    /// A class of these words, each as it is to be asked for.
    #[must_use]
    pub fn new<W: AsRef<str>>(words: impl IntoIterator<Item = W>) -> Self {
        let mut class = Self { shortest: usize::MAX, ..Self::default() };
        for word in words {
            let key = key(word.as_ref());
            class.filter.add(key);
            class.keys.insert(key);
            class.shortest = class.shortest.min(word.as_ref().len());
        }
        class
    }

    /// Whether a word is one of them.
    #[must_use]
    pub fn has(&self, word: Key) -> bool {
        self.filter.may_have(word) && self.keys.contains(&word)
    }

    /// The keys of its words.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = Key> + '_ {
        self.keys.iter().copied()
    }

    /// The length of its shortest word in bytes.
    #[must_use]
    pub fn shortest(&self) -> usize {
        self.shortest
    }
}

/// In small letters, with the typewriter's apostrophe; most words are already.
#[must_use]
pub fn lowered(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        Cow::Borrowed(word)
    } else if word.is_ascii() {
        Cow::Owned(word.to_ascii_lowercase())
    } else {
        Cow::Owned(word.to_lowercase().replace('\u{2019}', "'"))
    }
}

/// A word, in any case, without the "'s" of its possessive.
#[must_use]
pub fn without_possessive(word: &str) -> &str {
    let owner = word.strip_suffix(['s', 'S']).unwrap_or_default();
    owner.strip_suffix(['\'', '\u{2019}']).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_s_beginnings_have_the_keys_of_words() {
        let keys: Vec<(usize, Key)> = beginnings("ofthe").collect();
        assert_eq!(keys.len(), 5);
        assert_eq!((keys[1], keys[4]), ((2, key("of")), (5, key("ofthe"))));
    }
}
