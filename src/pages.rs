//! `detlint lints` and `detlint explain`: the lints' own files, for people.

use std::io::Write;

use anyhow::Result;
use detlint::engine::{Activation, Applicability, UnknownLint};
use detlint::lints::catalogue;

/// Lists the lints: name, level, fix, and whether it is on.
pub fn list() -> Result<()> {
    let mut out = anstream::stdout().lock();
    let width = catalogue().iter().map(|(_, lint)| lint.name.len()).max().unwrap_or(0);
    for (_, lint) in catalogue().iter() {
        let fix = lint.fix.map_or("no fix", fix_words);
        let off = match lint.default {
            Activation::On => "",
            Activation::Off => ", off",
            Activation::Publication => ", for publication",
        };
        writeln!(out, "{:width$}  {:11}  {:7}  {fix}{off}", lint.name, lint.family, lint.level.name())?;
    }
    Ok(())
}

fn fix_words(fix: Applicability) -> &'static str {
    match fix {
        Applicability::Safe => "safe fix",
        Applicability::Unsafe => "unsafe fix",
        Applicability::Manual => "manual fix",
    }
}

/// Shows the page of a lint.
pub fn explain(name: &str) -> Result<()> {
    let (_, lint) = catalogue().find(name).ok_or_else(|| UnknownLint::new(catalogue(), name))?;
    let page = lint.page()?;
    let mut out = anstream::stdout().lock();
    writeln!(out, "{} ({}, {})\n", lint.name, lint.family, lint.level.name())?;
    for (title, text) in [
        ("", &page.doc.what),
        ("Why: ", &page.doc.why),
        ("Source: ", &page.doc.source),
        ("Limits: ", &page.doc.limits),
    ] {
        writeln!(out, "{title}{}\n", text.trim())?;
    }
    writeln!(out, "Flagged:")?;
    for bad in &page.bad {
        match (&bad.text, &bad.letter) {
            (Some(text), _) => writeln!(out, "  {}", indented(text))?,
            (None, Some(letter)) => writeln!(out, "  {}", indented(&marked_paragraphs(letter)))?,
            (None, None) => {}
        }
    }
    writeln!(out, "\nNot flagged:")?;
    for good in &page.good {
        if let Some(text) = &good.text {
            writeln!(out, "  {}  ({})", indented(text), good.because)?;
        } else {
            writeln!(out, "  {}", good.because)?;
        }
    }
    Ok(())
}

/// The paragraphs of an example letter that hold something marked.
fn marked_paragraphs(letter: &str) -> String {
    let is_marked = |paragraph: &&str| paragraph.contains(['«', '‹']);
    letter.split("\n\n").filter(is_marked).map(str::trim).collect::<Vec<_>>().join("\n")
}

fn indented(text: &str) -> String {
    text.trim().replace('\n', "\n  ")
}
