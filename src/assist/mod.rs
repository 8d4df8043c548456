//! What a writer at work can be shown of a letter: where things stand, what a word was taken to mean, what could be
//! written next. Pure: letters and an offset of the document in, document spans and words out.

mod coloring;
mod completion;
mod hints;
mod items;
mod mentions;
mod outline;
mod place;
mod pronoun;
mod source;
mod statutes;

pub use coloring::{Color, Colored, coloring};
pub use completion::{Completion, CompletionKind, Part, completions, parts};
pub use hints::{Hint, hints};
pub use items::{ItemSummary, items};
pub use mentions::mentions;
pub use outline::{Fold, Symbol, SymbolKind, enclosing, folds, symbols};
pub use pronoun::{MeantBy, meaning};
pub use source::{CitedSource, cited_source};
pub use statutes::{Statute, regulation_url, statutes};
