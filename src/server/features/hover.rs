//! Hover: each finding with its lint's page, a citation with its entry in the catalogue, a word for a person with whom it was
//! taken to mean.

use tower_lsp::gen_lsp_types::{Contents, Hover, MarkupContent, MarkupKind, Position};

use crate::assist::{CitedSource, cited_source, meaning, regulation_url};
use crate::engine::Finding;
use crate::guideline::catalogue::Entry;
use crate::guideline::describe::{heading, lines};
use crate::server::agreed::Agreed;
use crate::server::commands::page;
use crate::server::convert::{offset, range};
use crate::server::document::OpenDocument;
use crate::text::Span;

/// More editions than these are counted, not shown.
const MOST_ENTRIES: usize = 4;

pub(in crate::server) fn hover(document: &OpenDocument, position: Position, agreed: Agreed) -> Option<Hover> {
    let at = offset(&document.text, position, agreed);
    let findings = document.findings().iter();
    let mut here: Vec<&Finding> =
        findings.filter(|finding| finding.span.start <= at && at <= finding.span.end).collect();
    // What is said of the word before what is said of its sentence.
    here.sort_by_key(|finding| finding.span.len());
    let letters = document.letters();
    let mut parts: Vec<(Span, String)> = Vec::new();
    parts.extend(here.iter().map(|finding| (finding.span.clone(), of_finding(document, finding))));
    parts.extend(cited_source(letters, at).map(|cited| (cited.span.clone(), of_source(&cited))));
    parts.extend(meaning(letters, at).map(|meant| {
        let word = document.text.slice(meant.span.clone()).into_owned();
        (meant.span, format!("“{word}” was taken as **{}**: {}", meant.who, meant.why))
    }));
    // What is general comes last: a hover shows little at once.
    parts.extend(here.iter().filter_map(|finding| Some((finding.span.clone(), page_of(document, finding)?))));
    let (span, _) = parts.first()?.clone();
    let value = parts.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("\n\n---\n\n");
    Some(Hover {
        contents: Contents::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value }),
        range: Some(range(&document.text, &span, agreed)),
    })
}

/// Why a finding's lint matters, and whose rule it is.
fn page_of(document: &OpenDocument, finding: &Finding) -> Option<String> {
    Some(page(&document.lint(finding).page().ok()?.doc))
}

/// What is wrong, and against what.
fn of_finding(document: &OpenDocument, finding: &Finding) -> String {
    let lint = document.lint(finding);
    let mut text = format!("**{}** · {} · {}", lint.name, finding.level.name(), finding.message.text());
    for related in &finding.related {
        let line = document.text.line_column(related.span.start).line;
        text.push_str(&format!("\n\n- {} (line {line})", related.message.text()));
    }
    text
}

fn of_source(cited: &CitedSource) -> String {
    let mut shown: Vec<String> =
        cited.entries.iter().take(MOST_ENTRIES).map(|entry| of_entry(entry)).collect();
    if cited.entries.len() > MOST_ENTRIES {
        shown.push(format!("and {} more", cited.entries.len() - MOST_ENTRIES));
    }
    shown.join("\n\n")
}

fn of_entry(entry: &'static Entry) -> String {
    let mut text = format!("**{}**", heading(entry));
    for (label, line) in lines(entry) {
        text.push_str(&format!("\n- {label}: {line}"));
    }
    if !entry.regulation.is_empty() {
        let section = entry.regulation;
        text.push_str(&format!("\n- text: [8 CCR § {section}]({})", regulation_url(section)));
    }
    text
}
