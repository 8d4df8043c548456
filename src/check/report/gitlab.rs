//! GitLab's code quality report: one JSON array.

use std::collections::HashMap;
use std::io::Write;

use anyhow::Result;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::path::repository_path;
use super::{Checked, Render, Summary, Terms};
use crate::engine::Level;

#[derive(Default)]
pub(super) struct Gitlab {
    issues: usize,
}

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

impl Render for Gitlab {
    fn begin(&mut self, out: &mut dyn Write) -> Result<()> {
        Ok(write!(out, "[")?)
    }

    fn letter(&mut self, out: &mut dyn Write, terms: Terms, letter: &Checked<'_>) -> Result<()> {
        let path = repository_path(letter.name);
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for finding in letter.shown(terms) {
            let nth = seen.entry(&finding.fingerprint).or_default();
            *nth += 1;
            // The format knows no place without a line.
            let line = |byte| if letter.has_lines() { letter.document.line_column(byte).line } else { 1 };
            let issue = Issue {
                description: letter.placed_sentence(finding, terms),
                check_name: letter.lint_name(finding),
                fingerprint: fingerprint(&path, &finding.fingerprint, *nth),
                severity: match finding.level {
                    Level::Error => "critical",
                    Level::Warning => "major",
                    Level::Info => "minor",
                    Level::Hint => "info",
                },
                location: Location {
                    path: &path,
                    lines: Lines { begin: line(finding.span.start), end: line(finding.span.end) },
                },
            };
            self.issue(out, &issue)?;
        }
        Ok(())
    }

    fn unreadable(&mut self, out: &mut dyn Write, name: &str, reason: &str) -> Result<()> {
        let path = repository_path(name);
        let issue = Issue {
            description: reason.to_owned(),
            check_name: "unreadable",
            fingerprint: fingerprint(&path, reason, 1),
            severity: "blocker",
            location: Location { path: &path, lines: Lines { begin: 1, end: 1 } },
        };
        self.issue(out, &issue)
    }

    fn end(&mut self, out: &mut dyn Write, _summary: &Summary) -> Result<()> {
        Ok(writeln!(out, "\n]")?)
    }
}

impl Gitlab {
    fn issue(&mut self, out: &mut dyn Write, issue: &Issue<'_>) -> Result<()> {
        out.write_all(if self.issues == 0 { b"\n  " } else { b",\n  " })?;
        self.issues += 1;
        Ok(serde_json::to_writer(&mut *out, issue)?)
    }
}

/// GitLab shows one issue a fingerprint, so the same slip in two letters, or twice in one, has two.
fn fingerprint(path: &str, finding: &str, nth: usize) -> String {
    let mut hasher = Sha256::new();
    for part in [path, finding, &nth.to_string()] {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    hasher.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
