//! JUnit XML: a suite a letter, a test a finding. A finding below the level that fails the run is a test that passed.

use std::io::Write;

use anyhow::Result;

use super::path::repository_path;
use super::{Checked, Render, Summary, Terms};
use crate::engine::Finding;

pub(super) struct Junit;

impl Render for Junit {
    fn begin(&mut self, out: &mut dyn Write) -> Result<()> {
        Ok(writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"detlint\">")?)
    }

    fn letter(&mut self, out: &mut dyn Write, terms: Terms, letter: &Checked<'_>) -> Result<()> {
        let path = escaped(&repository_path(letter.name));
        let shown: Vec<&Finding> = letter.shown(terms).collect();
        let fails = |finding: &Finding| finding.level >= terms.fail_on;
        let failures = shown.iter().filter(|finding| fails(finding)).count();
        // A suite without a test counts as a fault in some readers.
        let tests = shown.len().max(1);
        writeln!(
            out,
            "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">"
        )?;
        if shown.is_empty() {
            writeln!(out, "    <testcase name=\"detlint\" classname=\"{path}\"/>")?;
        }
        for finding in shown {
            let place = letter.place(finding.span.start);
            let name = escaped(letter.lint_name(finding));
            let level = finding.level.name();
            let sentence = escaped(&letter.sentence(finding, terms));
            let column =
                if letter.has_lines() { format!(", column {}", place.column) } else { String::new() };
            let told = format!("{place}{column}: {level}: {sentence}");
            let outcome = if fails(finding) {
                format!("<failure type=\"{level}\" message=\"{sentence}\">{told}</failure>")
            } else {
                format!("<system-out>{told}</system-out>")
            };
            writeln!(
                out,
                "    <testcase name=\"{name} ({})\" classname=\"{path}\">{outcome}</testcase>",
                place.short()
            )?;
        }
        Ok(writeln!(out, "  </testsuite>")?)
    }

    fn unreadable(&mut self, out: &mut dyn Write, name: &str, reason: &str) -> Result<()> {
        let (path, reason) = (escaped(&repository_path(name)), escaped(reason));
        Ok(writeln!(
            out,
            "  <testsuite name=\"{path}\" tests=\"1\" failures=\"0\" errors=\"1\">\n    \
             <testcase name=\"detlint\" classname=\"{path}\"><error type=\"unreadable\" message=\"{reason}\"/></testcase>\n  \
             </testsuite>"
        )?)
    }

    fn end(&mut self, out: &mut dyn Write, _summary: &Summary) -> Result<()> {
        Ok(writeln!(out, "</testsuites>")?)
    }
}

/// Text for an element or an attribute. XML has no form feed and few other control characters.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_has_not_is_replaced() {
        assert_eq!(escaped("a < b & \"c\"\u{c}\n"), "a &lt; b &amp; &quot;c&quot;\u{fffd} ");
    }
}
