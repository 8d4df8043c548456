//! One line a finding: `path:line:column: error[lint] message`.

use std::io::Write;

use anyhow::Result;

use super::{Terms, lint_name};
use crate::engine::Finding;
use crate::text::Document;

pub(super) fn finding(
    out: &mut dyn Write,
    terms: Terms,
    name: &str,
    document: &Document,
    finding: &Finding,
) -> Result<()> {
    let at = document.line_column(finding.span.start);
    let message = finding.message.render(terms.source);
    write!(
        out,
        "{name}:{}:{}: {}[{}] {message}",
        at.line,
        at.column,
        finding.level.name(),
        lint_name(finding)
    )?;
    for related in &finding.related {
        let line = document.line_column(related.span.start).line;
        write!(out, "; line {line}: {}", related.message.render(terms.source))?;
    }
    Ok(writeln!(out)?)
}
