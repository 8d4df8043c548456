//! Text as the rest of the program sees it: the document in its rope, positions, a block's logical text with
//! its way back to the source, tokens, and the words that are known. Knows nothing of letters.

mod changes;
mod deflated;
mod document;
pub mod hashes;
pub mod lexicon;
mod lines;
mod logical;
mod parts;
mod pattern;
mod token;
pub mod verb;
mod word;

pub use changes::line_changes;
pub use deflated::inflated;
pub use document::{ColumnUnit, Document, LineColumn, Position};
pub use lines::{lines, lines_with_breaks};
pub use logical::{Logical, LogicalBuilder, Wrap};
pub use parts::Parts;
pub use pattern::{Pattern, pattern};
pub use token::{Gap, Token, TokenKind, tokens};
pub(crate) use word::SHARES_NONE;
pub use word::{Filter, Key, WordClass, WordMap, WordSet, beginnings, key, lowered, without_possessive};

/// A half-open range of byte offsets: of the decoded document, or of a block's logical text, as the field or
/// parameter that holds it says.
pub type Span = std::ops::Range<usize>;

/// Whether two spans share a byte, or touch when one of them is empty.
#[must_use]
pub fn overlaps(a: &Span, b: &Span) -> bool {
    if a.is_empty() || b.is_empty() {
        a.start <= b.end && b.start <= a.end
    } else {
        a.start < b.end && b.start < a.end
    }
}
