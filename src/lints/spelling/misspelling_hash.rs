// Shared by the build script, which writes the filter of the table of misspellings, and the lint, which asks it.

/// Bits of the filter; with 80,000 words one in fourteen others passes it.
const FILTER_BITS: usize = 1 << 20;

/// FNV-1a, 64 bits.
fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
