//! Files: finding letters, decoding them, and writing them back atomically.

mod decode;
mod walk;
mod write;

pub use decode::{DecodeError, Encoding, Fallback, Source, decode, read};
pub use walk::{Found, find};
pub use write::{Draft, write_atomically, write_new_atomically};
