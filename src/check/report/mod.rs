//! Reports: one file a format.

mod concise;
mod full;
mod github;
mod gitlab;
mod grouped;
mod json;
mod jsonl;
mod junit;
mod path;
mod place;
mod rdjson;
mod sarif;
mod statistics;

use std::io::Write;

use anyhow::Result;

use self::place::Place;
use super::output::Output;
use crate::engine::{Applicability, Catalogue, Finding, Level};
use crate::files::Parts;
use crate::letter::Unread;
use crate::text::Document;

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// An excerpt for each finding, with both sides of a conflict
    Full,
    /// One line a finding
    Concise,
    /// One line a finding, under the name of its letter
    Grouped,
    /// One JSON document
    Json,
    /// One JSON object a finding, a line each
    Jsonl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations in a GitHub workflow
    Github,
    /// GitLab's code quality report
    Gitlab,
    /// JUnit XML, for a CI's page of tests
    Junit,
    /// reviewdog's diagnostic format
    Rdjson,
}

impl Format {
    /// Whether it shows the letter's text unless told otherwise. What is read in a CI's log does not: a log is no place
    /// for patient data.
    pub(super) fn shows_source(self) -> bool {
        match self {
            Self::Full | Self::Concise | Self::Grouped | Self::Json | Self::Jsonl => true,
            Self::Sarif | Self::Github | Self::Gitlab | Self::Junit | Self::Rdjson => false,
        }
    }

    fn renderer(self) -> Box<dyn Render> {
        match self {
            Self::Full => Box::new(full::Full),
            Self::Concise => Box::new(concise::Concise),
            Self::Grouped => Box::new(grouped::Grouped),
            Self::Json => Box::new(json::Json::default()),
            Self::Jsonl => Box::new(jsonl::Jsonl),
            Self::Sarif => Box::new(sarif::Sarif::default()),
            Self::Github => Box::new(github::Github),
            Self::Gitlab => Box::new(gitlab::Gitlab::default()),
            Self::Junit => Box::new(junit::Junit),
            Self::Rdjson => Box::new(rdjson::Rdjson::default()),
        }
    }
}

/// One format. Letters come one by one and are written at once, so that memory stays flat.
trait Render {
    fn begin(&mut self, _out: &mut dyn Write) -> Result<()> {
        Ok(())
    }

    /// The findings of one letter.
    fn letter(&mut self, out: &mut dyn Write, terms: Terms, letter: &Checked<'_>) -> Result<()>;

    /// An input that could not be read; people were told on standard error.
    fn unreadable(&mut self, _out: &mut dyn Write, _name: &str, _reason: &str) -> Result<()> {
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, summary: &Summary) -> Result<()>;
}

/// What a report may show.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms {
    /// The letter's own text, in excerpts, messages and fixes.
    pub source: bool,
    pub show_hints: bool,
    /// The lowest level that fails the run.
    pub fail_on: Level,
}

/// A letter with what was found in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Checked<'a> {
    pub name: &'a str,
    pub document: &'a Document,
    /// Its pages or paragraphs.
    pub parts: &'a Parts,
    pub findings: &'a [Finding],
    /// What of each letter in it could not be read or checked.
    pub unread: &'a [Vec<Unread>],
    /// The lints of the findings.
    pub catalogue: &'a Catalogue,
}

impl<'a> Checked<'a> {
    fn lint_name(&self, finding: &Finding) -> &'a str {
        &self.catalogue.get(finding.lint).name
    }

    /// The findings that are shown: hints only where they are asked for.
    fn shown(&self, terms: Terms) -> impl Iterator<Item = &'a Finding> {
        self.findings.iter().filter(move |finding| finding.level > Level::Hint || terms.show_hints)
    }

    fn place(&self, byte: usize) -> Place {
        Place::of(self.document, self.parts, byte)
    }

    /// What is wrong, and what explains it: "“His” for a female patient; line 3: the patient is female".
    fn sentence(&self, finding: &Finding, terms: Terms) -> String {
        let mut sentence = finding.message.render(terms.source);
        for related in &finding.related {
            let place = self.place(related.span.start);
            sentence.push_str(&format!("; {place}: {}", related.message.render(terms.source)));
        }
        sentence
    }

    /// The same where the format itself tells the line: in a document without lines the place is said first.
    fn placed_sentence(&self, finding: &Finding, terms: Terms) -> String {
        let (place, sentence) = (self.place(finding.span.start), self.sentence(finding, terms));
        if place.part.is_some() { format!("{place}: {sentence}") } else { sentence }
    }

    /// Whether it has lines that a CI can show.
    fn has_lines(&self) -> bool {
        *self.parts == Parts::default()
    }
}

/// Whether an option applies a fix.
pub(super) fn is_fixable(finding: &Finding) -> bool {
    finding.fixes.first().is_some_and(|fix| fix.applicability < Applicability::Manual)
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
            self.fixable += usize::from(is_fixable(finding));
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

/// The reports of a run.
pub(super) struct Reports(pub Vec<Report>);

impl Reports {
    pub fn begin(&mut self) -> Result<()> {
        self.0.iter_mut().try_for_each(|report| report.renderer.begin(&mut report.out))
    }

    /// The findings of one letter.
    pub fn letter(&mut self, letter: &Checked<'_>) -> Result<()> {
        self.0.iter_mut().try_for_each(|report| report.renderer.letter(&mut report.out, report.terms, letter))
    }

    /// An input that could not be read; people were told on standard error.
    pub fn unreadable(&mut self, name: &str, reason: &str) -> Result<()> {
        self.0.iter_mut().try_for_each(|report| report.renderer.unreadable(&mut report.out, name, reason))
    }

    /// Text as it is: a difference between two versions.
    pub fn text(&mut self, text: &str) -> Result<()> {
        self.0.iter_mut().try_for_each(|report| Ok(report.out.write_all(text.as_bytes())?))
    }

    pub fn end(&mut self, summary: &Summary) -> Result<()> {
        self.0.iter_mut().try_for_each(|report| report.renderer.end(&mut report.out, summary))
    }

    /// Writes what is still held back, and puts files in their places.
    pub fn finish(self) -> Result<()> {
        self.0.into_iter().try_for_each(|report| report.out.finish())
    }
}

/// A report in one of the formats.
pub(super) struct Report {
    renderer: Box<dyn Render>,
    terms: Terms,
    out: Output,
}

impl Report {
    pub fn new(format: Format, terms: Terms, out: Output) -> Self {
        Self { renderer: format.renderer(), terms, out }
    }

    /// A report of counts by lint.
    pub fn statistics(terms: Terms, out: Output) -> Self {
        Self { renderer: Box::new(statistics::Statistics::default()), terms, out }
    }
}
