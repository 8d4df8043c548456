//! Every mention of what stands at a place: highlighted, or listed.

use tower_lsp::gen_lsp_types::{DocumentHighlight, DocumentHighlightKind, Location, Position};

use crate::assist::mentions;
use crate::server::agreed::Agreed;
use crate::server::convert::{offset, range};
use crate::server::document::OpenDocument;

pub(in crate::server) fn highlights(
    document: &OpenDocument,
    position: Position,
    agreed: Agreed,
) -> Vec<DocumentHighlight> {
    let spans = mentions(document.letters(), offset(&document.text, position, agreed));
    let highlight = |span| DocumentHighlight {
        range: range(&document.text, &span, agreed),
        kind: Some(DocumentHighlightKind::Read),
    };
    spans.into_iter().map(highlight).collect()
}

pub(in crate::server) fn references(
    document: &OpenDocument,
    position: Position,
    agreed: Agreed,
) -> Vec<Location> {
    let spans = mentions(document.letters(), offset(&document.text, position, agreed));
    let location = |span| Location { uri: document.uri.clone(), range: range(&document.text, &span, agreed) };
    spans.into_iter().map(location).collect()
}
