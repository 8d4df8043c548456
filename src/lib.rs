//! detlint: a linter for draft medical-review determination letters.

pub mod text;
