//! What the command line asks for.

use std::path::PathBuf;

use super::report::Format;
use crate::engine::Level;

/// What the command line asks for.
#[derive(Debug, Clone)]
pub struct Options {
    /// Files, folders, or `-` for standard input.
    pub paths: Vec<PathBuf>,
    /// Which fixes are applied.
    pub fix: FixMode,
    /// Show what the fixes would change, and write nothing.
    pub diff: bool,
    /// Lints and families to run; all that are on by default when empty.
    pub select: Vec<String>,
    /// Lints and families to leave out.
    pub ignore: Vec<String>,
    /// The lowest level that fails the run.
    pub fail_on: Level,
    /// Findings do not fail the run.
    pub exit_zero: bool,
    /// The reports; one at most goes to standard output.
    pub outputs: Vec<Target>,
    /// Counts by lint in place of the findings.
    pub statistics: bool,
    /// How the input is written.
    pub input_format: InputFormat,
    /// What standard input is called in output.
    pub stdin_filename: Option<String>,
    /// Threads; one a core when absent.
    pub jobs: Option<usize>,
    /// Whether the letter's text may be shown; the format decides when absent.
    pub source: Option<bool>,
    /// Whether terminal formats show hints.
    pub show_hints: bool,
    /// The configuration for every letter; the nearest above each when absent.
    pub config: Option<PathBuf>,
    /// Accept all that is found, so that only new findings are reported from now on.
    pub write_baseline: bool,
    /// Only files that changed since a revision of their git repository.
    pub since: Option<String>,
    /// Check again what changes, until the user ends it.
    pub watch: bool,
}

/// How and where findings are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// How.
    pub format: Format,
    /// The file; standard output when absent.
    pub file: Option<PathBuf>,
}

/// Which fixes are applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FixMode {
    /// None.
    None,
    /// Safe ones.
    Safe,
    /// Safe and unsafe ones.
    Unsafe,
}

/// How the input is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum InputFormat {
    /// Each file is a text
    Text,
    /// Each line is a record: {"path": "…", "text": "…"}
    Jsonl,
}

impl Options {
    /// Whether the fixed text of standard input goes to standard output, and the report to standard error.
    pub(super) fn fixes_stdin(&self) -> bool {
        self.fix != FixMode::None && !self.diff && self.paths.iter().any(|path| path.as_os_str() == "-")
    }
}
