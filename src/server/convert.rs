//! Between the engine's terms and the protocol's.

use tower_lsp::gen_lsp_types::{
    ClientCapabilities, Code, CodeActionKind, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity,
    Location, Message, Position, PositionEncodingKind, Range,
};

use super::document::OpenDocument;
use crate::engine::{Finding, Level};
use crate::text::{self, ColumnUnit, Document, Span};

/// The kind of the action that applies every safe fix.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::SourceFixAll;

/// Diagnostics a document: the framework turns each into a value first, and nobody reads more.
const MAX_DIAGNOSTICS: usize = 1000;

/// What client and server agreed upon.
#[derive(Debug, Clone, Copy)]
pub(super) struct Agreed {
    unit: ColumnUnit,
    related_information: bool,
    /// Whether edits name the version that they are for.
    pub versioned_edits: bool,
}

impl Default for Agreed {
    fn default() -> Self {
        Self { unit: ColumnUnit::Utf16, related_information: false, versioned_edits: false }
    }
}

impl Agreed {
    /// The first encoding of the client's list that is not the costly default, UTF-16.
    pub fn with(client: &ClientCapabilities) -> Self {
        let offered = client.general.as_ref().and_then(|general| general.position_encodings.as_ref());
        let unit = offered.into_iter().flatten().find_map(|kind| match kind {
            PositionEncodingKind::UTF8 => Some(ColumnUnit::Utf8),
            PositionEncodingKind::UTF32 => Some(ColumnUnit::Utf32),
            _ => None,
        });
        let documents = client.text_document.as_ref();
        let published = documents.and_then(|documents| documents.publish_diagnostics.as_ref());
        let edits = client.workspace.as_ref().and_then(|workspace| workspace.workspace_edit.as_ref());
        Self {
            unit: unit.unwrap_or(ColumnUnit::Utf16),
            related_information: published.is_some_and(|published| {
                published.diagnostics_capabilities.related_information == Some(true)
            }),
            versioned_edits: edits.is_some_and(|edits| edits.document_changes == Some(true)),
        }
    }

    pub fn encoding_kind(self) -> PositionEncodingKind {
        match self.unit {
            ColumnUnit::Utf8 => PositionEncodingKind::UTF8,
            ColumnUnit::Utf16 => PositionEncodingKind::UTF16,
            ColumnUnit::Utf32 => PositionEncodingKind::UTF32,
        }
    }
}

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
fn protocol_number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// A document's diagnostics in the order of the text, the worst ones where there are too many.
pub(super) fn diagnostics(document: &OpenDocument, agreed: Agreed) -> Vec<Diagnostic> {
    let findings = document.findings();
    let mut shown: Vec<&Finding> = findings.iter().collect();
    if shown.len() > MAX_DIAGNOSTICS {
        shown.sort_by_key(|finding| std::cmp::Reverse(finding.level));
        shown.truncate(MAX_DIAGNOSTICS - 1);
        shown.sort_by_key(|finding| finding.span.start);
    }
    let left_out = findings.len() - shown.len();
    let mut diagnostics: Vec<Diagnostic> =
        shown.into_iter().map(|finding| diagnostic(document, finding, agreed)).collect();
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
pub(super) fn diagnostic(document: &OpenDocument, finding: &Finding, agreed: Agreed) -> Diagnostic {
    let OpenDocument { uri, text, .. } = document;
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
        code: Some(Code::String(document.lint(finding).name.clone())),
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
