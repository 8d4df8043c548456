//! Semantic tokens: the form's own words, decisions, sources and conclusions.

use tower_lsp::gen_lsp_types::{SemanticToken, SemanticTokens};

use crate::assist::{Color, coloring};
use crate::server::agreed::Agreed;
use crate::server::convert::protocol_number;
use crate::server::document::OpenDocument;
use crate::text::Span;

/// The legend: types that every client's themes know.
pub(in crate::server) const TYPES: [&str; 5] = ["keyword", "enumMember", "string", "comment", "property"];

fn type_of(color: Color) -> u32 {
    match color {
        Color::Form => 0,
        Color::Decision => 1,
        Color::Source => 2,
        Color::Boilerplate => 3,
        Color::Conclusion => 4,
    }
}

pub(in crate::server) fn tokens(document: &OpenDocument, agreed: Agreed) -> SemanticTokens {
    let mut data = Vec::new();
    let (mut line, mut column) = (0, 0);
    for run in coloring(document.letters()) {
        for span in on_lines(document, run.span) {
            let start = document.text.position(span.start, agreed.unit);
            let end = document.text.position(span.end, agreed.unit);
            let delta_start = if start.line == line { start.column - column } else { start.column };
            data.push(SemanticToken {
                delta_line: protocol_number(start.line - line),
                delta_start: protocol_number(delta_start),
                length: protocol_number(end.column - start.column),
                token_type: type_of(run.color),
                token_modifiers_bitset: 0,
            });
            (line, column) = (start.line, start.column);
        }
    }
    SemanticTokens { result_id: None, data }
}

/// A span as one on each of its lines, without blanks around: few clients take a token that runs over a line's end.
fn on_lines(document: &OpenDocument, span: Span) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = span.start;
    while start < span.end {
        let rest = document.text.slice(start..span.end);
        let blanks = rest.len() - rest.trim_start().len();
        if blanks == rest.len() {
            break;
        }
        start += blanks;
        let (_, line_end) = document.text.line_bounds(start, start);
        let end = line_end.min(span.end);
        let written = document.text.slice(start..end).trim_end().len();
        spans.push(start..start + written);
        start = end.max(start + 1);
    }
    spans
}
