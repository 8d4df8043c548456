// Shared by the build script, which writes tables of words, and the program, which reads them.

/// How many letters a word of a list shares with the word before it, as a letter: "A" for none.
pub(crate) const SHARES_NONE: u8 = b'A';

/// The hash of a word in small letters (FNV-1a).
pub(crate) const fn word_hash(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let mut hash = EMPTY_HASH;
    let mut at = 0;
    while at < bytes.len() {
        hash = hash_on(hash, bytes[at]);
        at += 1;
    }
    hash
}

/// The hash of a word without a letter.
const EMPTY_HASH: u64 = 0xcbf2_9ce4_8422_2325;

/// The hash of a word, from that of all before its last byte.
const fn hash_on(hash: u64, byte: u8) -> u64 {
    (hash ^ byte as u64).wrapping_mul(0x0100_0000_01b3)
}
