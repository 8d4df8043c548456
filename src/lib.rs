//! detlint: a linter for draft medical-review determination letters.

pub mod assist;
pub mod check;
pub mod config;
pub mod engine;
pub mod files;
pub mod guideline;
pub mod letter;
pub mod lints;
pub mod server;
pub mod text;
