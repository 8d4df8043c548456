//! reviewdog's diagnostic format: one JSON document.

use std::io::Write;

use anyhow::Result;
use serde::Serialize;

use super::path::repository_path;
use super::{Checked, Render, Summary, Terms};
use crate::engine::{Finding, Fix, Level};
use crate::text::{ColumnUnit, Document, Span};

#[derive(Default)]
pub(super) struct Rdjson {
    diagnostics: usize,
}

#[derive(Serialize)]
struct Diagnostic<'a> {
    message: String,
    location: Location<'a>,
    severity: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<Code<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
}

#[derive(Serialize)]
struct Suggestion {
    range: Range,
    text: String,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

/// From 1; the column in bytes.
#[derive(Serialize)]
struct Position {
    line: usize,
    column: usize,
}

impl Render for Rdjson {
    fn begin(&mut self, out: &mut dyn Write) -> Result<()> {
        Ok(write!(out, r#"{{"source": {{"name": "detlint"}}, "diagnostics": ["#)?)
    }

    fn letter(&mut self, out: &mut dyn Write, terms: Terms, letter: &Checked<'_>) -> Result<()> {
        let path = repository_path(letter.name);
        for finding in letter.shown(terms) {
            self.diagnostic(
                out,
                &Diagnostic {
                    message: letter.placed_sentence(finding, terms),
                    location: Location {
                        path: &path,
                        range: letter.has_lines().then(|| range(letter.document, &finding.span)),
                    },
                    severity: match finding.level {
                        Level::Error => "ERROR",
                        Level::Warning => "WARNING",
                        Level::Info | Level::Hint => "INFO",
                    },
                    code: Some(Code { value: letter.lint_name(finding) }),
                    suggestions: suggestions(letter, finding, terms),
                },
            )?;
        }
        Ok(())
    }

    fn unreadable(&mut self, out: &mut dyn Write, name: &str, reason: &str) -> Result<()> {
        let path = repository_path(name);
        self.diagnostic(
            out,
            &Diagnostic {
                message: reason.to_owned(),
                location: Location { path: &path, range: None },
                severity: "ERROR",
                code: None,
                suggestions: Vec::new(),
            },
        )
    }

    fn end(&mut self, out: &mut dyn Write, _summary: &Summary) -> Result<()> {
        Ok(writeln!(out, "\n]}}")?)
    }
}

impl Rdjson {
    fn diagnostic(&mut self, out: &mut dyn Write, diagnostic: &Diagnostic<'_>) -> Result<()> {
        out.write_all(if self.diagnostics == 0 { b"\n  " } else { b",\n  " })?;
        self.diagnostics += 1;
        Ok(serde_json::to_writer(&mut *out, diagnostic)?)
    }
}

/// A suggestion is one replacement: a fix of several edits has none, nor has a document without lines.
fn suggestions(letter: &Checked<'_>, finding: &Finding, terms: Terms) -> Vec<Suggestion> {
    let suggestion = |fix: &Fix| match fix.edits.as_slice() {
        [edit] => Some(Suggestion { range: range(letter.document, &edit.span), text: edit.new_text.clone() }),
        _ => None,
    };
    finding.fixes.iter().filter(|_| terms.source && letter.has_lines()).filter_map(suggestion).collect()
}

fn range(document: &Document, span: &Span) -> Range {
    let position = |byte| {
        let at = document.position(byte, ColumnUnit::Utf8);
        Position { line: at.line + 1, column: at.column + 1 }
    };
    Range { start: position(span.start), end: position(span.end) }
}
