//! Files: finding letters, reading their text, and writing them back atomically.

mod decode;
mod docx;
mod git;
mod parts;
mod pdf;
mod walk;
mod write;

pub use decode::{DecodeError, Encoding, Fallback, Source, Storage, decode, read, told};
pub use git::changed_since;
pub use parts::{Part, Parts};
pub use pdf::PDF_THREAD;
pub use walk::{Found, find};
pub use write::{Draft, replace, write_new_atomically};
