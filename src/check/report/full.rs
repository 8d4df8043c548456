//! An excerpt for each finding, with the span marked and both sides of a conflict.

use std::io::Write;

use annotate_snippets::{AnnotationKind, Group, Level as Title, Renderer, Snippet};
use anyhow::Result;

use super::{Checked, Render, Summary, Terms};
use crate::engine::{Applicability, Finding, Level};
use crate::text::{Document, Span};

pub(super) struct Full;

impl Render for Full {
    fn letter(&mut self, out: &mut dyn Write, terms: Terms, letter: &Checked<'_>) -> Result<()> {
        letter.shown(terms).try_for_each(|shown| finding(out, terms, letter, shown))
    }

    fn end(&mut self, out: &mut dyn Write, summary: &Summary) -> Result<()> {
        Ok(writeln!(out, "{}", summary.sentence())?)
    }
}

fn finding(out: &mut dyn Write, terms: Terms, letter: &Checked<'_>, finding: &Finding) -> Result<()> {
    let Checked { name, document, .. } = *letter;
    let level = match finding.level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
        Level::Info => Title::INFO,
        Level::Hint => Title::NOTE.with_name("hint"),
    };
    let message = finding.message.render(terms.source);
    let related: Vec<(Span, String)> = finding
        .related
        .iter()
        .map(|related| (related.span.clone(), related.message.render(terms.source)))
        .collect();
    let excerpt = Excerpt::around(document, finding);
    let title = level.primary_title(&message).id(letter.lint_name(finding));
    let mut group = if terms.source {
        let mut snippet = Snippet::source(&excerpt.text)
            .line_start(excerpt.first_line)
            .path(name)
            .annotation(AnnotationKind::Primary.span(excerpt.local(&finding.span)));
        for (span, label) in &related {
            snippet = snippet.annotation(AnnotationKind::Context.span(excerpt.local(span)).label(label));
        }
        title.element(snippet)
    } else {
        let at = document.line_column(finding.span.start);
        let origin = annotate_snippets::Origin::path(name).line(at.line).char_column(at.column);
        Group::with_title(title).element(origin)
    };
    let mut notes: Vec<(Title<'_>, String)> = Vec::new();
    if terms.source {
        notes.extend(finding.fixes.iter().map(|fix| {
            let how = match fix.applicability {
                Applicability::Safe => "--fix",
                Applicability::Unsafe => "--unsafe-fixes",
                Applicability::Manual => "by hand",
            };
            (Title::HELP, format!("{} ({how})", fix.title))
        }));
    } else {
        notes.extend(related.iter().map(|(span, label)| {
            (Title::NOTE, format!("line {}: {label}", document.line_column(span.start).line))
        }));
    }
    for (level, note) in notes {
        group = group.element(level.message(note));
    }
    Ok(writeln!(out, "{}\n", Renderer::styled().render(&[group]))?)
}

/// The lines from the first to the last that a finding names.
struct Excerpt {
    text: String,
    start: usize,
    first_line: usize,
}

impl Excerpt {
    fn around(document: &Document, finding: &Finding) -> Self {
        let spans = || finding.related.iter().map(|related| &related.span).chain([&finding.span]);
        let first = spans().map(|span| span.start).min().unwrap_or(0);
        let last = spans().map(|span| span.end).max().unwrap_or(0);
        let (start, end) = document.line_bounds(first, last);
        let text = document.slice(start..end).into_owned();
        Self { text: with_line_feeds(text), start, first_line: document.line_column(first).line }
    }

    fn local(&self, span: &Span) -> Span {
        span.start - self.start..span.end - self.start
    }
}

/// A lone carriage return ends a line in the protocol, but not for the renderer.
fn with_line_feeds(text: String) -> String {
    if !text.contains('\r') {
        return text;
    }
    let mut bytes = text.into_bytes();
    for at in 0..bytes.len() {
        if bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n') {
            bytes[at] = b'\n';
        }
    }
    String::from_utf8(bytes).expect("one ASCII character for another")
}
