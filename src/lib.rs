//! detlint: a linter for draft medical-review determination letters.

pub mod engine;
pub mod guideline;
pub mod letter;
pub mod lints;
pub mod text;
