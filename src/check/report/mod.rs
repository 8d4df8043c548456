//! Reports: one file a format.

mod concise;
mod full;
mod json;

use std::io::Write;

use anyhow::Result;

use crate::engine::{Applicability, Catalogue, Finding, Level};
use crate::text::Document;

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// An excerpt for each finding, with both sides of a conflict.
    Full,
    /// One line a finding.
    Concise,
    /// One JSON document.
    Json,
}

/// What a report may show.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms {
    /// The letter's own text, in excerpts, messages and fixes.
    pub source: bool,
    pub show_hints: bool,
}

/// A letter with what was found in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Checked<'a> {
    pub name: &'a str,
    pub document: &'a Document,
    pub findings: &'a [Finding],
    /// The lints of the findings.
    pub catalogue: &'a Catalogue,
}

impl<'a> Checked<'a> {
    fn lint_name(&self, finding: &Finding) -> &'a str {
        &self.catalogue.get(finding.lint).name
    }
}

/// Counts over a run.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Summary {
    pub files: usize,
    pub errors: usize,
    pub warnings: usize,
    pub infos: usize,
    pub hints: usize,
    pub unreadable: usize,
    /// Findings whose first fix is safe or unsafe.
    pub fixable: usize,
    /// Fixes that were applied.
    pub fixed: usize,
}

impl Summary {
    /// Counts a letter's findings.
    pub fn add(&mut self, findings: &[Finding]) {
        self.files += 1;
        for finding in findings {
            match finding.level {
                Level::Error => self.errors += 1,
                Level::Warning => self.warnings += 1,
                Level::Info => self.infos += 1,
                Level::Hint => self.hints += 1,
            }
            self.fixable += usize::from(
                finding.fixes.first().is_some_and(|fix| fix.applicability < Applicability::Manual),
            );
        }
    }

    /// "3 letters: 2 errors, 1 warning".
    fn sentence(&self) -> String {
        let count = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
        let parts: Vec<String> = [(self.errors, "error"), (self.warnings, "warning"), (self.infos, "info")]
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, one)| count(number, one))
            .collect();
        let findings = if parts.is_empty() { "nothing found".to_owned() } else { parts.join(", ") };
        let mut sentence = format!("{}: {findings}", count(self.files, "letter"));
        if self.fixed > 0 {
            sentence.push_str(&format!("; {} fixed", self.fixed));
        }
        if self.fixable > 0 {
            sentence.push_str(&format!("; {} fixable (--fix, --unsafe-fixes)", self.fixable));
        }
        if self.unreadable > 0 {
            sentence.push_str(&format!("; {} unreadable", self.unreadable));
        }
        sentence
    }
}

/// A report in one of the formats.
pub(super) struct Report {
    format: Format,
    terms: Terms,
    out: Box<dyn Write>,
    json_files: usize,
}

impl Report {
    pub fn new(format: Format, terms: Terms, out: Box<dyn Write>) -> Self {
        Self { format, terms, out, json_files: 0 }
    }

    pub fn begin(&mut self) -> Result<()> {
        if self.format == Format::Json {
            json::begin(&mut self.out)?;
        }
        Ok(())
    }

    /// The findings of one letter.
    pub fn letter(&mut self, letter: &Checked<'_>) -> Result<()> {
        let shown = |finding: &&Finding| finding.level > Level::Hint || self.terms.show_hints;
        match self.format {
            Format::Full => {
                for finding in letter.findings.iter().filter(shown) {
                    full::finding(&mut self.out, self.terms, letter, finding)?;
                }
            }
            Format::Concise => {
                for finding in letter.findings.iter().filter(shown) {
                    concise::finding(&mut self.out, self.terms, letter, finding)?;
                }
            }
            Format::Json => {
                json::file(&mut self.out, self.json_files == 0, &json::checked(letter, self.terms))?;
                self.json_files += 1;
            }
        }
        Ok(())
    }

    /// An input that could not be read; people were told on standard error.
    pub fn unreadable(&mut self, name: &str, reason: &str) -> Result<()> {
        if self.format == Format::Json {
            json::file(&mut self.out, self.json_files == 0, &json::unreadable(name, reason))?;
            self.json_files += 1;
        }
        Ok(())
    }

    /// Text as it is: a difference between two versions.
    pub fn text(&mut self, text: &str) -> Result<()> {
        Ok(self.out.write_all(text.as_bytes())?)
    }

    pub fn end(&mut self, summary: &Summary) -> Result<()> {
        match self.format {
            Format::Full | Format::Concise => writeln!(self.out, "{}", summary.sentence())?,
            Format::Json => json::end(&mut self.out, summary)?,
        }
        Ok(())
    }

    pub fn flush(&mut self) -> Result<()> {
        Ok(self.out.flush()?)
    }
}
