//! How lists and tables of words are written for the program.

include!("../src/text/word_format.rs");

/// The most letters that a line can share with another word.
const MOST_SHARED: usize = 25;

/// How many letters two words share at their beginning, or at their end when they are read from there.
pub fn shared(one: impl Iterator<Item = u8>, other: impl Iterator<Item = u8>) -> usize {
    one.zip(other).take_while(|(one, other)| one == other).count().min(MOST_SHARED)
}

/// A number of shared letters as a letter.
pub fn letter(count: usize) -> char {
    char::from(SHARES_NONE + u8::try_from(count).expect("it is small"))
}
