//! Files: finding letters, decoding them, and writing them back atomically.

mod decode;
mod walk;
mod write;

pub use decode::{DecodeError, Encoding, Source, decode};
pub use walk::{Found, find};
pub use write::write_atomically;
