//! SARIF 2.1.0. Results are written as letters are checked; the lints they name follow them.

use std::collections::HashMap;
use std::io::Write;

use anyhow::Result;
use serde::Serialize;
use serde_json::{Value, json};

use super::path::repository_uri;
use super::{Checked, Render, Summary, Terms};
use crate::engine::{Finding, Fix, Level, Lint, Related};
use crate::text::{Document, Span};

#[derive(Default)]
pub(super) struct Sarif {
    results: usize,
    /// What is said of each lint that was named, in that order.
    rules: Vec<Value>,
    /// Their places in that list, by name.
    places: HashMap<String, usize>,
    /// What could not be read.
    notifications: Vec<Value>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: &'static str,
    message: Text,
    locations: [Value; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Value>,
    partial_fingerprints: Value,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Value>,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

impl Render for Sarif {
    fn begin(&mut self, out: &mut dyn Write) -> Result<()> {
        let schema =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
        Ok(write!(
            out,
            r#"{{"$schema": "{schema}", "version": "2.1.0", "runs": [{{"columnKind": "unicodeCodePoints", "results": ["#
        )?)
    }

    fn letter(&mut self, out: &mut dyn Write, terms: Terms, letter: &Checked<'_>) -> Result<()> {
        let uri = repository_uri(letter.name);
        for finding in letter.shown(terms) {
            let lint = letter.catalogue.get(finding.lint);
            let outcome = Outcome {
                rule_id: &lint.name,
                rule_index: self.place_of(lint),
                level: level(finding.level),
                message: Text { text: message(letter, finding, terms) },
                locations: [location(&uri, letter, &finding.span, terms)],
                related_locations: related(&uri, letter, finding, terms),
                partial_fingerprints: json!({ "detlint/v1": finding.fingerprint }),
                fixes: finding
                    .fixes
                    .iter()
                    .filter(|_| terms.source && letter.has_lines())
                    .map(|fix| sarif_fix(&uri, letter.document, fix))
                    .collect(),
            };
            out.write_all(if self.results == 0 { b"\n  " } else { b",\n  " })?;
            self.results += 1;
            serde_json::to_writer(&mut *out, &outcome)?;
        }
        Ok(())
    }

    fn unreadable(&mut self, _out: &mut dyn Write, name: &str, reason: &str) -> Result<()> {
        let place = json!({ "physicalLocation": { "artifactLocation": { "uri": repository_uri(name) } } });
        self.notifications.push(json!({
            "level": "error",
            "message": { "text": reason },
            "locations": [place],
        }));
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, _summary: &Summary) -> Result<()> {
        let mut driver = json!({
            "name": "detlint",
            "version": env!("CARGO_PKG_VERSION"),
            "rules": self.rules,
        });
        let homepage = env!("CARGO_PKG_HOMEPAGE");
        if !homepage.is_empty() {
            driver["informationUri"] = json!(homepage);
        }
        let invocation = json!({
            "executionSuccessful": self.notifications.is_empty(),
            "toolExecutionNotifications": self.notifications,
        });
        Ok(writeln!(out, "\n], \"tool\": {{\"driver\": {driver}}}, \"invocations\": [{invocation}]}}]}}")?)
    }
}

impl Sarif {
    fn place_of(&mut self, lint: &Lint) -> usize {
        if let Some(&place) = self.places.get(&lint.name) {
            return place;
        }
        let place = self.rules.len();
        self.rules.push(rule(lint));
        self.places.insert(lint.name.clone(), place);
        place
    }
}

/// A lint and its page.
fn rule(lint: &Lint) -> Value {
    let mut rule = json!({
        "id": lint.name,
        "defaultConfiguration": { "level": level(lint.level) },
        "properties": { "tags": [lint.family] },
    });
    // The pages of the catalogue's own lints are tested; a house's that has none is listed without it.
    if let Ok(page) = lint.page() {
        let what = page.doc.what.trim();
        rule["shortDescription"] = json!({ "text": what });
        rule["fullDescription"] = json!({ "text": what });
        let help = format!("{what}\n\n{}\n\n{}", page.doc.why.trim(), page.doc.limits.trim());
        rule["help"] = json!({ "text": help, "markdown": help });
    }
    rule
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info | Level::Hint => "note",
    }
}

/// What is wrong; in a document without lines, also where.
fn message(letter: &Checked<'_>, finding: &Finding, terms: Terms) -> String {
    if letter.has_lines() {
        finding.message.render(terms.source)
    } else {
        letter.placed_sentence(finding, terms)
    }
}

fn location(uri: &str, letter: &Checked<'_>, span: &Span, terms: Terms) -> Value {
    let mut place = json!({ "artifactLocation": { "uri": uri } });
    if letter.has_lines() {
        let mut region = region(letter.document, span);
        if terms.source {
            region["snippet"] = json!({ "text": letter.document.slice(span.clone()) });
        }
        place["region"] = region;
    }
    json!({ "physicalLocation": place })
}

fn related(uri: &str, letter: &Checked<'_>, finding: &Finding, terms: Terms) -> Vec<Value> {
    let place = |(id, related): (usize, &Related)| {
        let mut place = location(uri, letter, &related.span, terms);
        place["id"] = json!(id);
        place["message"] = json!({ "text": related.message.render(terms.source) });
        place
    };
    finding.related.iter().enumerate().map(place).collect()
}

fn sarif_fix(uri: &str, document: &Document, fix: &Fix) -> Value {
    let replacements: Vec<Value> = fix
        .edits
        .iter()
        .map(|edit| {
            json!({
                "deletedRegion": region(document, &edit.span),
                "insertedContent": { "text": edit.new_text },
            })
        })
        .collect();
    json!({
        "description": { "text": fix.title },
        "artifactChanges": [{ "artifactLocation": { "uri": uri }, "replacements": replacements }],
    })
}

/// Lines and columns from 1; the end is exclusive.
fn region(document: &Document, span: &Span) -> Value {
    let start = document.line_column(span.start);
    let end = document.line_column(span.end);
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}
