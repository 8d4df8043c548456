// Shared by the build script, which writes the table of misspellings, and the lint, which asks it.

/// Bits of the filter; with 93,000 words one in twelve others passes it.
const FILTER_BITS: usize = 1 << 20;

/// Lines of the table between two that hold their whole word.
const RUN: usize = 16;
