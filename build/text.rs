//! What the patterns' parser knows of words, as in the program.

#[path = "../src/text/token.rs"]
mod token;
#[path = "../src/text/word.rs"]
mod word;

pub use token::tokens;
pub use word::{Key, WordClass, key};

include!("../src/text/parts_format.rs");

pub type Span = std::ops::Range<usize>;
