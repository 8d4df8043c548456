//! Diagnostics that the client asks for: a report has a name made of nothing but its content, so that a client that
//! holds it is told that nothing changed.

use sha2::{Digest, Sha256};
use tower_lsp::gen_lsp_types::{
    Diagnostic, DocumentDiagnosticReport, FullDocumentDiagnosticReport, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport,
};

use super::agreed::Agreed;
use super::convert::diagnostics;
use super::document::OpenDocument;

/// As many bytes of the hash as tell any two reports apart.
const NAME_BYTES: usize = 12;

/// The report's name: reports with the same diagnostics share it.
pub(super) fn result_id(diagnostics: &[Diagnostic]) -> String {
    // Diagnostics are plain data and always become JSON.
    let written = serde_json::to_vec(diagnostics).unwrap_or_default();
    Sha256::digest(written).iter().take(NAME_BYTES).map(|byte| format!("{byte:02x}")).collect()
}

/// The diagnostics of an open document, unless the client holds them already.
pub(super) fn report(
    document: &OpenDocument,
    previous: Option<&str>,
    agreed: Agreed,
) -> DocumentDiagnosticReport {
    let items = diagnostics(&document.checked(), agreed);
    let result_id = result_id(&items);
    if previous == Some(result_id.as_str()) {
        return DocumentDiagnosticReport::RelatedUnchangedDocumentDiagnosticReport(
            RelatedUnchangedDocumentDiagnosticReport {
                related_documents: None,
                unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
            },
        );
    }
    full(Some(result_id), items)
}

/// The report on a document that is not open: nothing is known of it.
pub(super) fn nothing() -> DocumentDiagnosticReport {
    full(None, Vec::new())
}

fn full(result_id: Option<String>, items: Vec<Diagnostic>) -> DocumentDiagnosticReport {
    DocumentDiagnosticReport::RelatedFullDocumentDiagnosticReport(RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id, items },
    })
}
