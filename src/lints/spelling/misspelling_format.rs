// Shared by the build script, which writes the table of misspellings, and the lint, which asks it.

/// Bits of the filter; with 93,000 words one in twelve others passes it.
const FILTER_BITS: usize = 1 << 20;

/// Lines of the table between two that hold their whole word.
const RUN: usize = 16;

/// How many letters a word shares with another, as a letter of the table: "A" for none.
const SHARES_NONE: u8 = b'A';

/// FNV-1a, 64 bits.
fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
