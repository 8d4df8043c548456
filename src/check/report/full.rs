//! An excerpt for each finding, with the span marked and both sides of a conflict.

use std::io::Write;

use annotate_snippets::{AnnotationKind, Group, Level as Title, Origin, Renderer, Snippet};
use anyhow::Result;

use super::place::Place;
use super::{Checked, Render, Summary, Terms};
use crate::engine::{Applicability, Finding, Level};
use crate::text::Span;

pub(super) struct Full;

impl Render for Full {
    fn letter(&mut self, out: &mut dyn Write, terms: Terms, letter: &Checked<'_>) -> Result<()> {
        letter.shown(terms).try_for_each(|shown| finding(out, terms, letter, shown))?;
        unread(out, letter)
    }

    fn end(&mut self, out: &mut dyn Write, summary: &Summary) -> Result<()> {
        Ok(writeln!(out, "{}", summary.sentence())?)
    }
}

/// Says what was not read or could not be checked: silence must not look like a clean bill.
fn unread(out: &mut dyn Write, letter: &Checked<'_>) -> Result<()> {
    for (index, unread) in letter.unread.iter().enumerate().filter(|(_, unread)| !unread.is_empty()) {
        let reasons: Vec<String> = unread.iter().map(ToString::to_string).collect();
        let which = if letter.unread.len() > 1 { format!("letter {}: ", index + 1) } else { String::new() };
        writeln!(out, "{}: {which}not checked: {}\n", letter.name, reasons.join("; "))?;
    }
    Ok(())
}

fn finding(out: &mut dyn Write, terms: Terms, letter: &Checked<'_>, finding: &Finding) -> Result<()> {
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
    let excerpts = excerpts(letter, finding);
    let title = level.primary_title(&message).id(letter.lint_name(finding));
    let mut group = Group::with_title(title);
    if terms.source {
        for excerpt in &excerpts {
            let mut snippet =
                Snippet::source(&excerpt.text).line_start(excerpt.first_line).path(excerpt.path.as_str());
            if excerpt.holds(&finding.span) {
                snippet = snippet.annotation(AnnotationKind::Primary.span(excerpt.local(&finding.span)));
            }
            for (span, label) in related.iter().filter(|(span, _)| excerpt.holds(span)) {
                snippet = snippet.annotation(AnnotationKind::Context.span(excerpt.local(span)).label(label));
            }
            group = group.element(snippet);
        }
    } else {
        let place = letter.place(finding.span.start);
        let path = path(letter, place);
        group = group.element(Origin::path(path).line(place.line).char_column(place.column));
    }
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
        notes.extend(
            related
                .iter()
                .map(|(span, label)| (Title::NOTE, format!("{}: {label}", letter.place(span.start)))),
        );
    }
    for (level, note) in notes {
        group = group.element(level.message(note));
    }
    Ok(writeln!(out, "{}\n", Renderer::styled().render(&[group]))?)
}

/// The lines of what a finding names: in plain text from the first to the last; where there are pages or paragraphs,
/// each by itself, as they are numbered each by itself.
fn excerpts(letter: &Checked<'_>, finding: &Finding) -> Vec<Excerpt> {
    let spans: Vec<&Span> =
        [&finding.span].into_iter().chain(finding.related.iter().map(|related| &related.span)).collect();
    if letter.has_lines() {
        return vec![Excerpt::around(letter, &spans)];
    }
    let mut excerpts: Vec<Excerpt> = Vec::new();
    for span in spans {
        if !excerpts.iter().any(|excerpt| excerpt.holds(span)) {
            excerpts.push(Excerpt::around(letter, &[span]));
        }
    }
    excerpts
}

/// The file, and which part of it.
fn path(letter: &Checked<'_>, place: Place) -> String {
    place.part.map_or_else(|| letter.name.to_owned(), |part| format!("{}, {part}", letter.name))
}

/// Whole lines of a letter.
struct Excerpt {
    text: String,
    start: usize,
    end: usize,
    first_line: usize,
    path: String,
}

impl Excerpt {
    fn around(letter: &Checked<'_>, spans: &[&Span]) -> Self {
        let first = spans.iter().map(|span| span.start).min().unwrap_or(0);
        let last = spans.iter().map(|span| span.end).max().unwrap_or(0);
        let (start, end) = letter.document.line_bounds(first, last);
        let text = with_line_feeds(letter.document.slice(start..end).into_owned());
        let place = letter.place(first);
        Self { text, start, end, first_line: place.line, path: path(letter, place) }
    }

    fn holds(&self, span: &Span) -> bool {
        self.start <= span.start && span.end <= self.end
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
