//! Completion: with places to fill in where the client has such.

use tower_lsp::gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemTextEdit, CompletionResponse, InsertTextFormat,
    Position, TextEdit,
};

use crate::assist::{Completion, CompletionKind, Part, completions, parts};
use crate::server::agreed::Agreed;
use crate::server::convert::{offset, range};
use crate::server::document::OpenDocument;

pub(in crate::server) fn completion(
    document: &OpenDocument,
    position: Position,
    agreed: Agreed,
) -> Option<CompletionResponse> {
    let expected = document.expected_profile()?;
    let at = offset(&document.text, position, agreed);
    let found = completions(&document.text, document.letters(), at, expected);
    let items = found.into_iter().enumerate();
    Some(CompletionResponse::CompletionItemList(
        items.map(|(index, completion)| item(document, index, completion, agreed)).collect(),
    ))
}

fn item(document: &OpenDocument, index: usize, completion: Completion, agreed: Agreed) -> CompletionItem {
    let typed = document.text.slice(completion.replaces.clone()).into_owned();
    let has_slots = parts(&completion.text).any(|part| matches!(part, Part::Slot(_)));
    let is_snippet = has_slots && agreed.snippets;
    let new_text = if is_snippet { snippet(&completion.text) } else { plain(&completion.text) };
    CompletionItem {
        label: completion.label,
        kind: Some(match completion.kind {
            CompletionKind::Form => CompletionItemKind::Keyword,
            CompletionKind::Boilerplate => CompletionItemKind::Snippet,
            CompletionKind::Source => CompletionItemKind::Reference,
            CompletionKind::Decision => CompletionItemKind::EnumMember,
            CompletionKind::Conclusion => CompletionItemKind::Text,
        }),
        detail: completion.detail,
        // What is offered fits what is typed; a client that filters again, by other words, would hide some of it.
        filter_text: Some(typed),
        sort_text: Some(format!("{index:04}")),
        insert_text_format: Some(if is_snippet {
            InsertTextFormat::Snippet
        } else {
            InsertTextFormat::PlainText
        }),
        text_edit: Some(CompletionItemTextEdit::TextEdit(TextEdit {
            range: range(&document.text, &completion.replaces, agreed),
            new_text,
        })),
        ..CompletionItem::default()
    }
}

/// The words as a snippet: a place for each slot, with its name to be typed over.
fn snippet(text: &str) -> String {
    let mut count = 0;
    let part = |part: Part<'_>| match part {
        Part::Words(words) => words.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}"),
        Part::Slot(name) => {
            count += 1;
            format!("${{{count}:{name}}}")
        }
    };
    parts(text).map(part).collect()
}

/// The words with each slot in brackets, which a lint finds where they stay.
fn plain(text: &str) -> String {
    let part = |part: Part<'_>| match part {
        Part::Words(words) => words.to_owned(),
        Part::Slot(name) => format!("[{name}]"),
    };
    parts(text).map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_in_both_forms() {
        assert_eq!(snippet("in {state}, for $5 {what}."), "in ${1:state}, for \\$5 ${2:what}.");
        assert_eq!(plain("in {state}."), "in [state].");
    }
}
