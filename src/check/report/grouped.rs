//! One line a finding, under the name of its letter, in columns.

use std::io::Write;

use anyhow::Result;

use super::{Checked, Render, Summary, Terms};

pub(super) struct Grouped;

impl Render for Grouped {
    fn letter(&mut self, out: &mut dyn Write, terms: Terms, letter: &Checked<'_>) -> Result<()> {
        let rows: Vec<[String; 4]> = letter
            .shown(terms)
            .map(|finding| {
                [
                    letter.place(finding.span.start).short(),
                    finding.level.name().to_owned(),
                    letter.lint_name(finding).to_owned(),
                    letter.sentence(finding, terms),
                ]
            })
            .collect();
        if rows.is_empty() {
            return Ok(());
        }
        let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
        let (place, level, lint) = (width(0), width(1), width(2));
        writeln!(out, "{}", letter.name)?;
        for [at, severity, name, sentence] in &rows {
            writeln!(out, "  {at:>place$}  {severity:level$}  {name:lint$}  {sentence}")?;
        }
        Ok(writeln!(out)?)
    }

    fn end(&mut self, out: &mut dyn Write, summary: &Summary) -> Result<()> {
        Ok(writeln!(out, "{}", summary.sentence())?)
    }
}
