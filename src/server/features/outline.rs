//! Document symbols, folding, and selections that grow.

use tower_lsp::gen_lsp_types::{
    DocumentSymbol, DocumentSymbolResponse, FoldingRange, FoldingRangeKind, Position, SelectionRange,
    SymbolKind as ProtocolKind,
};

use crate::assist::{Fold, Symbol, SymbolKind, enclosing, folds, symbols};
use crate::server::agreed::Agreed;
use crate::server::convert::{offset, protocol_number, range};
use crate::server::document::OpenDocument;

pub(in crate::server) fn document_symbols(document: &OpenDocument, agreed: Agreed) -> DocumentSymbolResponse {
    let found = symbols(document.letters()).into_iter();
    DocumentSymbolResponse::DocumentSymbolList(found.map(|found| symbol(document, found, agreed)).collect())
}

#[expect(deprecated, reason = "the protocol's type has a field that is no more used")]
fn symbol(document: &OpenDocument, found: Symbol, agreed: Agreed) -> DocumentSymbol {
    let children =
        found.children.into_iter().map(|child| symbol(document, child, agreed)).collect::<Vec<_>>();
    DocumentSymbol {
        name: found.name,
        detail: found.detail,
        kind: match found.kind {
            SymbolKind::Header => ProtocolKind::Module,
            SymbolKind::HeaderField => ProtocolKind::Property,
            SymbolKind::Section => ProtocolKind::Namespace,
            SymbolKind::Item => ProtocolKind::Class,
            SymbolKind::Field => ProtocolKind::Field,
        },
        tags: None,
        deprecated: None,
        range: range(&document.text, &found.span, agreed),
        selection_range: range(&document.text, &found.heading, agreed),
        children: (!children.is_empty()).then_some(children),
    }
}

pub(in crate::server) fn folding_ranges(document: &OpenDocument) -> Vec<FoldingRange> {
    let found = folds(&document.text, document.letters()).into_iter();
    let fold = |fold: Fold| FoldingRange {
        start_line: protocol_number(fold.first),
        end_line: protocol_number(fold.last),
        kind: Some(FoldingRangeKind::Region),
        ..FoldingRange::default()
    };
    found.map(fold).collect()
}

/// For each position what encloses it; a place in no letter is enclosed by nothing but itself.
pub(in crate::server) fn selection_ranges(
    document: &OpenDocument,
    positions: &[Position],
    agreed: Agreed,
) -> Vec<SelectionRange> {
    let selection = |position: &Position| {
        let at = offset(&document.text, *position, agreed);
        let spans = enclosing(document.letters(), at);
        let outermost = spans.iter().rev().fold(None, |parent: Option<SelectionRange>, span| {
            Some(SelectionRange { range: range(&document.text, span, agreed), parent: parent.map(Box::new) })
        });
        outermost.unwrap_or_else(|| SelectionRange {
            range: range(&document.text, &(at..at), agreed),
            parent: None,
        })
    };
    positions.iter().map(selection).collect()
}
