//! Links to the statutes and regulations that a letter names.

use tower_lsp::gen_lsp_types::{DocumentLink, Uri};

use crate::assist::{Statute, statutes};
use crate::server::agreed::Agreed;
use crate::server::convert::range;
use crate::server::document::OpenDocument;

pub(in crate::server) fn links(document: &OpenDocument, agreed: Agreed) -> Vec<DocumentLink> {
    if document.letters().is_empty() {
        return Vec::new();
    }
    let found = statutes(&String::from(&document.text)).into_iter();
    let link = |statute: Statute| DocumentLink {
        range: range(&document.text, &statute.span, agreed),
        target: Some(Uri(statute.url)),
        tooltip: Some(statute.name),
        data: None,
    };
    found.map(link).collect()
}
