//! One line a finding: `path:line:column: error[lint] message`.

use std::io::Write;

use anyhow::Result;

use super::{Checked, Terms};
use crate::engine::Finding;

pub(super) fn finding(
    out: &mut dyn Write,
    terms: Terms,
    letter: &Checked<'_>,
    finding: &Finding,
) -> Result<()> {
    let Checked { name, document, .. } = *letter;
    let at = document.line_column(finding.span.start);
    let message = finding.message.render(terms.source);
    write!(
        out,
        "{name}:{}:{}: {}[{}] {message}",
        at.line,
        at.column,
        finding.level.name(),
        letter.lint_name(finding)
    )?;
    for related in &finding.related {
        let line = document.line_column(related.span.start).line;
        write!(out, "; line {line}: {}", related.message.render(terms.source))?;
    }
    Ok(writeln!(out)?)
}
