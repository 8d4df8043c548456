//! Hover: a finding with its lint's page.

use tower_lsp::gen_lsp_types::{Contents, Hover, MarkupContent, MarkupKind, Position};

use super::convert::{Agreed, offset, range};
use super::document::OpenDocument;

pub(super) fn hover(document: &OpenDocument, position: Position, agreed: Agreed) -> Option<Hover> {
    let at = offset(&document.text, position, agreed);
    let finding =
        document.findings().iter().find(|finding| finding.span.start <= at && at <= finding.span.end)?;
    let lint = document.lint(finding);
    let doc = lint.page().ok()?.doc;
    let value = format!(
        "**{}** · {} · {}\n\n{}\n\n**Why.** {}\n\n**Source.** {}\n\n**Limits.** {}",
        lint.name,
        finding.level.name(),
        finding.message.text(),
        doc.what.trim(),
        doc.why.trim(),
        doc.source.trim(),
        doc.limits.trim(),
    );
    Some(Hover {
        contents: Contents::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value }),
        range: Some(range(&document.text, &finding.span, agreed)),
    })
}
