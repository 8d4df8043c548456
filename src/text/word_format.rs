// Shared by the build script, which writes tables of words, and the program, which reads them.

/// How many letters a word of a list shares with the word before it, as a letter: "A" for none.
pub(crate) const SHARES_NONE: u8 = b'A';

/// The hash of a word in small letters (FNV-1a).
pub(crate) const fn word_hash(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let mut hash = 0xcbf2_9ce4_8422_2325;
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0100_0000_01b3);
        at += 1;
    }
    hash
}
