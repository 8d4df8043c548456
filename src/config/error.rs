//! What is wrong with a configuration, and where.

use std::fmt;
use std::path::{Path, PathBuf};

/// A configuration that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// The file.
    pub path: PathBuf,
    /// Line and column from 1, where the fault has a place.
    pub place: Option<(usize, usize)>,
    /// What is wrong, with the remedy.
    pub reason: String,
}

impl ConfigError {
    /// A fault of a whole file.
    pub(super) fn new(path: &Path, reason: impl Into<String>) -> Self {
        Self { path: path.to_owned(), place: None, reason: reason.into() }
    }

    /// A fault at a byte of a file's text.
    pub(super) fn at(path: &Path, text: &str, byte: Option<usize>, reason: impl Into<String>) -> Self {
        let place = byte.map(|byte| line_column(text, byte));
        Self { path: path.to_owned(), place, reason: reason.into() }
    }
}

/// Line and column, from 1, of a byte; the column in characters.
pub(super) fn line_column(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.path.display())?;
        if let Some((line, column)) = self.place {
            write!(f, "{line}:{column}:")?;
        }
        write!(f, " {}", self.reason)
    }
}

impl std::error::Error for ConfigError {}
