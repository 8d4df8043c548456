//! The pairs of words that are met beside each other, and how common words are.

use crate::text::hashes::place_of;

/// Little-endian numbers, sorted, each 27 bits of the hash of two words or one, four of a level, and one: of a pair, whether it is
/// strong; of a word, whether it is common in such letters.
static TABLE: &[u8] = include_bytes!("../../../../lints/spelling/unlikely-word-pairs.bin");
/// The bits that are not the hash's.
const TOLD: u32 = 0b1_1111;

/// What `unlikely-word.py` makes of a level: a step is a factor, and the first level a weight.
const PAIR_STEP: f32 = 1.587_401;
const PAIR_FIRST: f32 = 0.25;
const WORD_STEP: f32 = 2.5;
const WORD_FIRST: f32 = 1e-8;

/// How far a pair is met, or how common a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Met(u32);

/// What is told of a pair of words, or of one; nothing of a pair that is never met, and of a word that no list has.
pub fn met(words: &[&str]) -> Option<Met> {
    let (records, _) = TABLE.as_chunks();
    let record = |at: usize| u32::from_le_bytes(records[at]);
    place_of(number(words), records.len(), |at| record(at) & !TOLD).map(|at| Met(record(at) & TOLD))
}

impl Met {
    /// Of a pair: whether it is met often, and far more often than by chance; of a word: whether such letters have it.
    pub fn is_marked(self) -> bool {
        self.0 & 1 == 1
    }

    /// How often a pair is met, of some fixed amount of text.
    pub fn count(self) -> f32 {
        PAIR_FIRST * PAIR_STEP.powi(self.level() - 1)
    }

    /// The share of a word among all words.
    pub fn share(self) -> f32 {
        WORD_FIRST * WORD_STEP.powi(self.level() - 1)
    }

    fn level(self) -> i32 {
        i32::try_from(self.0 >> 1).unwrap_or_default()
    }
}

/// FNV-1a of the words in small letters with a blank between; its upper 27 bits.
fn number(words: &[&str]) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut take = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            take(b' ');
        }
        // A typographic apostrophe counts as a plain one.
        word.chars().for_each(|c| match c {
            '\u{2019}' => take(b'\''),
            c if c.is_ascii() => take(c.to_ascii_lowercase() as u8),
            c => c.to_lowercase().for_each(|c| c.encode_utf8(&mut [0; 4]).bytes().for_each(&mut take)),
        });
    }
    (hash >> 32) as u32 & !TOLD
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_and_words_are_told() {
        let pair = |first, second| met(&[first, second]);
        assert!(pair("Low", "back").is_some_and(Met::is_marked));
        assert!(pair("low", "back").map(Met::count) > pair("back", "pains").map(Met::count));
        assert_eq!(pair("slow", "lumbar"), None);
        assert!(met(&["change"]).map(Met::share) > met(&["chance"]).map(Met::share));
        assert_eq!(met(&["zzzz"]), None);
        assert_eq!(pair("patient’s", "pain"), pair("patient's", "pain"));
    }
}
