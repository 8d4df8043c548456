//! Configuration: `detlint.toml`, `detlint-baseline.json` and a house's own lints; one resolver for the command line and
//! the language server.

mod baseline;
mod edit;
mod error;
mod file;
mod house;
mod resolve;

pub use baseline::{Baseline, FILE_NAME as BASELINE_NAME};
pub use edit::{accept_word, set_level};
pub use error::ConfigError;
pub use file::{Audience, ConfigFile, LintLevel, Override};
pub use house::{lint_files, load_house};
pub use resolve::{Config, FILE_NAME as CONFIG_NAME, Origin, Resolver};

/// A commented configuration to start from.
pub const TEMPLATE: &str = include_str!("template.toml");
