//! Letters with what a careful reader finds in them: `*.txt` beside `*.expected.tsv`.

use std::fs;
use std::path::{Path, PathBuf};

use detlint::engine::{Finding, Settings, check_document};
use detlint::lints::catalogue;
use detlint::text::Document;

/// A row of an expectation file.
#[derive(Debug, Clone)]
pub struct Row {
    /// Line from 1; none for the whole letter.
    pub line: Option<usize>,
    pub verdict: Verdict,
    /// A lint's name, or `*` for all.
    pub lint: String,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Missing it would be a fault.
    Must,
    /// Finding it is welcome.
    Should,
    /// Silence is asked for.
    MustNot,
}

/// A letter with its rows and what detlint says of it.
pub struct Judged {
    pub path: PathBuf,
    pub rows: Vec<Row>,
    pub findings: Vec<Seen>,
}

/// A finding as a row sees it.
#[derive(Debug, Clone)]
pub struct Seen {
    pub lint: &'static str,
    pub first_line: usize,
    pub last_line: usize,
    pub text: String,
}

/// How far, in lines, a finding may begin from where the reader put it.
const TOLERANCE: usize = 2;

impl Judged {
    /// Whether a row is met.
    pub fn holds(&self, row: &Row) -> bool {
        let of_lint = |seen: &&Seen| row.lint == "*" || seen.lint == row.lint;
        let on_line =
            |seen: &&Seen| row.line.is_none_or(|line| (seen.first_line..=seen.last_line).contains(&line));
        let near = |seen: &&Seen| row.line.is_none_or(|line| seen.first_line.abs_diff(line) <= TOLERANCE);
        match row.verdict {
            Verdict::Must | Verdict::Should => self.findings.iter().filter(of_lint).any(|seen| near(&seen)),
            Verdict::MustNot => !self.findings.iter().filter(of_lint).any(|seen| on_line(&seen)),
        }
    }

    /// Rows whose lint is not registered yet say nothing.
    pub fn is_registered(row: &Row) -> bool {
        row.lint == "*" || catalogue().find(&row.lint).is_some()
    }
}

/// The letters of a folder that have expectations, in the order of their names.
pub fn judge_folder(folder: &Path) -> Vec<Judged> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .filter(|path| path.with_extension("expected.tsv").exists())
        .collect();
    paths.sort();
    paths.into_iter().map(judge).collect()
}

fn judge(path: PathBuf) -> Judged {
    let text = fs::read_to_string(&path).expect("a letter in UTF-8");
    let document = Document::new(text.strip_prefix('\u{feff}').unwrap_or(&text));
    let outcome = check_document(catalogue(), &Settings::defaults(catalogue()), &document);
    assert!(outcome.crashed.is_empty(), "{}: a lint panicked", path.display());
    let findings = outcome.findings.iter().map(|finding| seen(&document, finding)).collect();
    let rows = rows(&path.with_extension("expected.tsv"));
    Judged { path, rows, findings }
}

fn seen(document: &Document, finding: &Finding) -> Seen {
    let last = finding.span.end.saturating_sub(1).max(finding.span.start);
    Seen {
        lint: &catalogue().get(finding.lint).name,
        first_line: document.line_column(finding.span.start).line,
        last_line: document.line_column(last).line,
        text: document.slice(finding.span.clone()).into_owned(),
    }
}

fn rows(path: &Path) -> Vec<Row> {
    let text = fs::read_to_string(path).expect("an expectation file in UTF-8");
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#') && !line.starts_with("line\t"))
        .map(|line| {
            let columns: Vec<&str> = line.split('\t').collect();
            let [line_number, verdict, lint, text] = columns[..] else {
                panic!("{}: {line}", path.display())
            };
            Row {
                line: (line_number != "*").then(|| line_number.parse().expect("a line number")),
                verdict: match verdict {
                    "must" => Verdict::Must,
                    "should" => Verdict::Should,
                    "must-not" => Verdict::MustNot,
                    other => panic!("{}: no verdict is called {other}", path.display()),
                },
                lint: lint.to_owned(),
                text: text.to_owned(),
            }
        })
        .collect()
}
