//! `detlint-baseline.json`: findings that were accepted, so that only new ones are reported. Nothing of a letter can be
//! read from it: a finding is a hash of its lint, its text and its sentence, with a count.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::ConfigError;
use crate::files::write_new_atomically;

/// The name of a baseline.
pub const FILE_NAME: &str = "detlint-baseline.json";
/// The version of its format.
const VERSION: u32 = 1;

/// Accepted findings: by letter, by fingerprint, so many.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    version: u32,
    letters: BTreeMap<String, BTreeMap<String, usize>>,
}

impl Baseline {
    /// Where a folder's baseline is.
    #[must_use]
    pub fn path(folder: &Path) -> PathBuf {
        folder.join(FILE_NAME)
    }

    /// Reads a folder's baseline; without one nothing is accepted.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(folder: &Path) -> Result<Self, ConfigError> {
        let path = Self::path(folder);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(ConfigError::new(&path, format!("it cannot be read: {error}"))),
        };
        let baseline: Self =
            serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| ConfigError {
                path: path.clone(),
                place: Some((error.line(), error.column())),
                reason: "not a baseline; write it anew with --write-baseline".to_owned(),
            })?;
        if baseline.version == VERSION {
            Ok(baseline)
        } else {
            let reason =
                format!("a baseline of version {}; write it anew with --write-baseline", baseline.version);
            Err(ConfigError::new(&path, reason))
        }
    }

    /// The accepted findings of a letter.
    #[must_use]
    pub fn accepted(&self, letter: &str) -> BTreeMap<String, usize> {
        self.letters.get(letter).cloned().unwrap_or_default()
    }

    /// Accepts exactly these findings of a letter.
    pub fn accept(&mut self, letter: &str, findings: BTreeMap<String, usize>) {
        if findings.is_empty() {
            self.letters.remove(letter);
        } else {
            self.letters.insert(letter.to_owned(), findings);
        }
    }

    /// Accepts one more finding of a letter.
    pub fn accept_one(&mut self, letter: &str, fingerprint: &str) {
        let findings = self.letters.entry(letter.to_owned()).or_default();
        *findings.entry(fingerprint.to_owned()).or_default() += 1;
    }

    /// Drops the letters that do not fit; says whether there were any.
    pub fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        self.letters.retain(|letter, _| keep(letter));
    }

    /// Writes a folder's baseline.
    ///
    /// # Errors
    /// When it cannot be written; the old one then stays.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        let written = Self { version: VERSION, letters: self.letters.clone() };
        let mut text = serde_json::to_string_pretty(&written).expect("a map of numbers is JSON");
        text.push('\n');
        write_new_atomically(&Self::path(folder), text.as_bytes())
    }
}
