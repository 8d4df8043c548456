//! Texts that the program carries deflated.

use flate2::{Decompress, FlushDecompress};

/// A text that the build has deflated, behind its length in four bytes, the lowest first; nothing of other bytes.
#[must_use]
pub fn inflated(deflated: &[u8]) -> Option<String> {
    let (length, deflated) = deflated.split_first_chunk()?;
    let mut text = Vec::with_capacity(usize::try_from(u32::from_le_bytes(*length)).ok()?);
    Decompress::new(false).decompress_vec(deflated, &mut text, FlushDecompress::Finish).ok()?;
    String::from_utf8(text).ok()
}
