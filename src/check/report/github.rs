//! Workflow commands, which GitHub shows as annotations on the lines of a letter.

use std::io::Write;

use anyhow::Result;

use super::path::repository_path;
use super::{Checked, Render, Summary, Terms};
use crate::engine::Level;

pub(super) struct Github;

impl Render for Github {
    fn letter(&mut self, out: &mut dyn Write, terms: Terms, letter: &Checked<'_>) -> Result<()> {
        let file = property(&repository_path(letter.name));
        for finding in letter.shown(terms) {
            let command = match finding.level {
                Level::Error => "error",
                Level::Warning => "warning",
                Level::Info | Level::Hint => "notice",
            };
            write!(out, "::{command} file={file}")?;
            if letter.has_lines() {
                let start = letter.document.line_column(finding.span.start);
                let end = letter.document.line_column(finding.span.end);
                write!(out, ",line={},endLine={}", start.line, end.line)?;
                // GitHub takes columns only where an annotation keeps to one line.
                if start.line == end.line {
                    write!(out, ",col={},endColumn={}", start.column, end.column)?;
                }
            }
            let title = property(&format!("detlint: {}", letter.lint_name(finding)));
            writeln!(out, ",title={title}::{}", data(&letter.placed_sentence(finding, terms)))?;
        }
        Ok(())
    }

    fn unreadable(&mut self, out: &mut dyn Write, name: &str, reason: &str) -> Result<()> {
        let file = property(&repository_path(name));
        Ok(writeln!(out, "::error file={file},title=detlint::{}", data(reason))?)
    }

    /// A line of the log that is no command.
    fn end(&mut self, out: &mut dyn Write, summary: &Summary) -> Result<()> {
        Ok(writeln!(out, "{}", summary.sentence())?)
    }
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
