//! Inlay hints, where the client's settings ask for them.

use tower_lsp::gen_lsp_types::{InlayHint, Label, Range};

use crate::assist::{Hint, hints};
use crate::server::convert::{range, span_of};
use crate::server::document::OpenDocument;
use crate::server::owner::Terms;

pub(in crate::server) fn inlay_hints(
    document: &OpenDocument,
    asked: &Range,
    terms: &Terms,
) -> Vec<InlayHint> {
    if !terms.settings.inlay_hints {
        return Vec::new();
    }
    let asked = span_of(&document.text, asked, terms.agreed);
    let hint = |hint: Hint| InlayHint {
        position: range(&document.text, &(hint.at..hint.at), terms.agreed).start,
        label: Label::String(hint.text),
        kind: None,
        text_edits: None,
        tooltip: None,
        padding_left: Some(true),
        padding_right: None,
        data: None,
    };
    let found = hints(document.letters()).into_iter();
    found.filter(|hint| asked.start <= hint.at && hint.at <= asked.end).map(hint).collect()
}
