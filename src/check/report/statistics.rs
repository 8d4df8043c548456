//! Counts by lint, in place of the findings.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Result;

use super::{Checked, Render, Summary, Terms, is_fixable};

#[derive(Default)]
pub(super) struct Statistics {
    lints: BTreeMap<String, Count>,
}

#[derive(Default)]
struct Count {
    findings: usize,
    letters: usize,
    fixable: usize,
}

impl Render for Statistics {
    fn letter(&mut self, _out: &mut dyn Write, terms: Terms, letter: &Checked<'_>) -> Result<()> {
        let mut here: BTreeMap<&str, Count> = BTreeMap::new();
        for finding in letter.shown(terms) {
            let count = here.entry(letter.lint_name(finding)).or_default();
            count.findings += 1;
            count.fixable += usize::from(is_fixable(finding));
        }
        for (lint, count) in here {
            let sum = self.lints.entry(lint.to_owned()).or_default();
            sum.findings += count.findings;
            sum.fixable += count.fixable;
            sum.letters += 1;
        }
        Ok(())
    }

    /// The most frequent first; equal ones by name.
    fn end(&mut self, out: &mut dyn Write, summary: &Summary) -> Result<()> {
        let mut lints: Vec<(&String, &Count)> = self.lints.iter().collect();
        lints.sort_by_key(|(_, count)| Reverse(count.findings));
        if !lints.is_empty() {
            writeln!(out, "findings  letters  fixable  lint")?;
        }
        for (lint, count) in lints {
            let Count { findings, letters, fixable } = count;
            writeln!(out, "{findings:>8}  {letters:>7}  {fixable:>7}  {lint}")?;
        }
        Ok(writeln!(out, "{}", summary.sentence())?)
    }
}
