//! One line a finding: `path:line:column: error[lint] message`.

use std::io::Write;

use anyhow::Result;

use super::{Checked, Render, Summary, Terms};

pub(super) struct Concise;

impl Render for Concise {
    fn letter(&mut self, out: &mut dyn Write, terms: Terms, letter: &Checked<'_>) -> Result<()> {
        for finding in letter.shown(terms) {
            writeln!(
                out,
                "{}:{}: {}[{}] {}",
                letter.name,
                letter.place(finding.span.start).short(),
                finding.level.name(),
                letter.lint_name(finding),
                letter.sentence(finding, terms)
            )?;
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, summary: &Summary) -> Result<()> {
        Ok(writeln!(out, "{}", summary.sentence())?)
    }
}
