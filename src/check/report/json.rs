//! One JSON document, written as letters are checked. Its schema is `json.schema.json` beside this file.

use std::io::Write;

use anyhow::Result;
use serde::Serialize;

use super::place::Place;
use super::{Checked, Render, Summary, Terms};
use crate::engine::{Finding, Fix, Related};
use crate::files::Part;
use crate::text::Span;

#[derive(Default)]
pub(super) struct Json {
    files: usize,
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    findings: Option<Vec<JsonFinding<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
}

/// A finding as programs read it.
#[derive(Serialize)]
pub(super) struct JsonFinding<'a> {
    lint: &'a str,
    family: &'a str,
    severity: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    fingerprint: String,
    range: Range,
    related: Vec<JsonRelated>,
    fixes: Vec<JsonFix>,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paragraph: Option<usize>,
    line: usize,
    column: usize,
    byte: usize,
}

#[derive(Serialize)]
struct JsonRelated {
    message: String,
    range: Range,
}

#[derive(Serialize)]
struct JsonFix {
    title: String,
    applicability: &'static str,
    edits: Vec<JsonEdit>,
}

#[derive(Serialize)]
struct JsonEdit {
    range: Range,
    new_text: String,
}

#[derive(Serialize)]
struct JsonSummary {
    files: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    hints: usize,
    unreadable: usize,
    fixable: usize,
}

impl Render for Json {
    fn begin(&mut self, out: &mut dyn Write) -> Result<()> {
        let version = env!("CARGO_PKG_VERSION");
        Ok(write!(
            out,
            r#"{{"version": 1, "tool": {{"name": "detlint", "version": "{version}"}}, "files": ["#
        )?)
    }

    fn letter(&mut self, out: &mut dyn Write, terms: Terms, letter: &Checked<'_>) -> Result<()> {
        let findings = letter.findings.iter().map(|finding| json_finding(letter, finding, terms)).collect();
        self.file(out, &File { path: letter.name, findings: Some(findings), error: None })
    }

    fn unreadable(&mut self, out: &mut dyn Write, name: &str, reason: &str) -> Result<()> {
        self.file(out, &File { path: name, findings: None, error: Some(reason) })
    }

    fn end(&mut self, out: &mut dyn Write, summary: &Summary) -> Result<()> {
        let summary = JsonSummary {
            files: summary.files,
            errors: summary.errors,
            warnings: summary.warnings,
            infos: summary.infos,
            hints: summary.hints,
            unreadable: summary.unreadable,
            fixable: summary.fixable,
        };
        write!(out, "\n], \"summary\": ")?;
        serde_json::to_writer(&mut *out, &summary)?;
        Ok(writeln!(out, "}}")?)
    }
}

impl Json {
    fn file(&mut self, out: &mut dyn Write, file: &File<'_>) -> Result<()> {
        out.write_all(if self.files == 0 { b"\n  " } else { b",\n  " })?;
        self.files += 1;
        Ok(serde_json::to_writer(&mut *out, file)?)
    }
}

pub(super) fn json_finding<'a>(letter: &Checked<'a>, finding: &Finding, terms: Terms) -> JsonFinding<'a> {
    let lint = letter.catalogue.get(finding.lint);
    JsonFinding {
        lint: &lint.name,
        family: &lint.family,
        severity: finding.level.name(),
        message: finding.message.render(terms.source),
        text: terms.source.then(|| letter.document.slice(finding.span.clone()).into_owned()),
        fingerprint: finding.fingerprint.clone(),
        range: range(letter, &finding.span),
        related: finding.related.iter().map(|related| json_related(letter, related, terms)).collect(),
        fixes: finding.fixes.iter().filter(|_| terms.source).map(|fix| json_fix(letter, fix)).collect(),
    }
}

fn json_related(letter: &Checked<'_>, related: &Related, terms: Terms) -> JsonRelated {
    JsonRelated { message: related.message.render(terms.source), range: range(letter, &related.span) }
}

fn json_fix(letter: &Checked<'_>, fix: &Fix) -> JsonFix {
    let edits = fix
        .edits
        .iter()
        .map(|edit| JsonEdit { range: range(letter, &edit.span), new_text: edit.new_text.clone() })
        .collect();
    JsonFix { title: fix.title.clone(), applicability: fix.applicability.name(), edits }
}

fn range(letter: &Checked<'_>, span: &Span) -> Range {
    Range { start: position(letter, span.start), end: position(letter, span.end) }
}

fn position(letter: &Checked<'_>, byte: usize) -> Position {
    let Place { part, line, column } = letter.place(byte);
    let (page, paragraph) = match part {
        Some(Part::Page(page)) => (Some(page), None),
        Some(Part::Paragraph(paragraph)) => (None, Some(paragraph)),
        Some(Part::Header | Part::Footer) | None => (None, None),
    };
    Position { page, paragraph, line, column, byte }
}
