//! detlint: a linter for draft medical-review determination letters.

pub mod guideline;
pub mod letter;
pub mod text;
