//! Between the engine's terms and the protocol's.

use tower_lsp::gen_lsp_types::{
    Code, CodeActionKind, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, Message,
    Position, Range, Uri,
};

use super::agreed::Agreed;
use crate::engine::{Catalogue, Finding, Level};
use crate::text::{self, Document, Span};

/// A text and what was found in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Checked<'a> {
    pub uri: &'a Uri,
    pub text: &'a Document,
    /// The lints that found it.
    pub catalogue: &'a Catalogue,
    pub findings: &'a [Finding],
}

/// The kind of the action that applies every safe fix.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::SourceFixAll;

/// Diagnostics a document: the framework turns each into a value first, and nobody reads more.
const MAX_DIAGNOSTICS: usize = 1000;

/// A byte span as a range.
pub(super) fn range(document: &Document, span: &Span, agreed: Agreed) -> Range {
    let position = |byte: usize| {
        let at = document.position(byte, agreed.unit);
        Position { line: protocol_number(at.line), character: protocol_number(at.column) }
    };
    Range { start: position(span.start), end: position(span.end) }
}

/// A range as a byte span; one whose ends are the wrong way round is taken as its start.
pub(super) fn span_of(document: &Document, range: &Range, agreed: Agreed) -> Span {
    let start = offset(document, range.start, agreed);
    start..offset(document, range.end, agreed).max(start)
}

/// A position as a byte offset.
pub(super) fn offset(document: &Document, position: Position, agreed: Agreed) -> usize {
    let at = text::Position { line: position.line as usize, column: position.character as usize };
    document.offset(at, agreed.unit)
}

/// The protocol's numbers have 32 bits; no letter has as many lines.
pub(super) fn protocol_number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// A document's diagnostics in the order of the text, the worst ones where there are too many.
pub(super) fn diagnostics(checked: &Checked<'_>, agreed: Agreed) -> Vec<Diagnostic> {
    let findings = checked.findings;
    let mut shown: Vec<&Finding> = findings.iter().collect();
    if shown.len() > MAX_DIAGNOSTICS {
        shown.sort_by_key(|finding| std::cmp::Reverse(finding.level));
        shown.truncate(MAX_DIAGNOSTICS - 1);
        shown.sort_by_key(|finding| finding.span.start);
    }
    let left_out = findings.len() - shown.len();
    let mut diagnostics: Vec<Diagnostic> =
        shown.into_iter().map(|finding| diagnostic(checked, finding, agreed)).collect();
    if left_out > 0 {
        diagnostics.push(Diagnostic {
            severity: Some(DiagnosticSeverity::Information),
            source: Some("detlint".to_owned()),
            message: Message::String(format!("{left_out} more findings are not shown")),
            ..Diagnostic::default()
        });
    }
    diagnostics
}

/// A finding as a diagnostic.
pub(super) fn diagnostic(checked: &Checked<'_>, finding: &Finding, agreed: Agreed) -> Diagnostic {
    let Checked { uri, text, catalogue, .. } = *checked;
    let related = || {
        let informations = finding.related.iter().map(|related| DiagnosticRelatedInformation {
            location: Location { uri: uri.clone(), range: range(text, &related.span, agreed) },
            message: related.message.text(),
        });
        informations.collect::<Vec<_>>()
    };
    Diagnostic {
        range: range(text, &finding.span, agreed),
        severity: Some(severity(finding.level)),
        code: Some(Code::String(catalogue.get(finding.lint).name.clone())),
        source: Some("detlint".to_owned()),
        message: Message::String(finding.message.text()),
        related_information: (agreed.related_information && !finding.related.is_empty()).then(related),
        ..Diagnostic::default()
    }
}

fn severity(level: Level) -> DiagnosticSeverity {
    match level {
        Level::Error => DiagnosticSeverity::Error,
        Level::Warning => DiagnosticSeverity::Warning,
        Level::Info => DiagnosticSeverity::Information,
        Level::Hint => DiagnosticSeverity::Hint,
    }
}
