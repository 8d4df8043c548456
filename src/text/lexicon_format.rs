// Shared by the build script, which compiles the lexicon, and the lints, which ask it.

/// Bits of the filter of known words; with 310,000 words one other word in 400 passes it.
const KNOWN_BITS: u64 = 1 << 22;
/// Bits of the filter of frequent words; with 40,000 words fewer pass it.
const FREQUENT_BITS: u64 = 1 << 20;
/// Bits that each word sets.
const LEXICON_PROBES: u64 = 6;

/// Which of a filter's bits a word in small letters sets.
fn lexicon_bits(word: &str, bits: u64) -> impl Iterator<Item = usize> {
    let hash = word_hash(word);
    // The last letters reach the upper bits of this hash only after another turn.
    let mixed = (hash ^ (hash >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let (first, step) = (mixed >> 32, (mixed & 0xffff_ffff) | 1);
    (0..LEXICON_PROBES).map(move |probe| (first.wrapping_add(probe.wrapping_mul(step)) % bits) as usize)
}
