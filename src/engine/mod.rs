//! The engine: what a lint, a finding, a message and a fix are, and how lints are run over letters. Pure: letters
//! in, findings out.

mod apply;
mod catalogue;
mod checker;
mod examples;
mod finding;
mod frame;
mod gate;
mod harm;
mod letter_pass;
mod lint;
mod memory;
mod message;
mod page;
mod passes;
mod sentence_words;
mod settings;
mod weigh;

pub use apply::{Fixed, apply_fixes};
pub use catalogue::{Activation, Built, Catalogue, Entry};
pub use checker::{Checker, Outcome, check_document};
pub use examples::{Failure, check_examples};
pub use finding::{Applicability, Draft, DraftFix, Edit, Finding, Fix, Level, LintId, Related};
pub use frame::{BuiltFrame, BuiltFrames};
pub use lint::{BlockContext, Check, ItemContext, Kind, LetterContext, Lint, Sink};
pub use memory::Memory;
pub use message::{Arg, Message};
pub use page::{Bad, Doc, Good, LoadError, Page, PageError, Source};
pub use passes::with_case_of;
pub use sentence_words::SentenceWords;
pub use settings::{Settings, UnknownLint, nearest};

#[cfg(test)]
mod tests;
