//! The conclusion that agrees with an item's decision.

use super::{Completion, CompletionKind, continues, typed_span};
use crate::assist::place::{At, words};
use crate::letter::{Decision, Place};
use crate::text::Document;

/// Longer requests are not said again, in characters.
const LONGEST_REQUEST: usize = 120;

/// At the start of a sentence, or where one of these is begun.
pub(super) fn completions(at: &At<'_>, document: &Document, offset: usize) -> Vec<Completion> {
    let Some(item) = at.block().item.and_then(|item| at.letter.items.get(item)) else { return Vec::new() };
    let Some((decision, _)) = item.decision else { return Vec::new() };
    let content = &at.block().content;
    let body = content.body_start.min(at.offset);
    let before = &at.text()[body..at.offset];
    let start = before.rfind(['.', ';', '!', '?']).map_or(0, |stop| stop + 1);
    let typed = before[start..].trim_start();
    // A beginning that runs over a line's end cannot be replaced on one line.
    if typed.contains('\n') {
        return Vec::new();
    }
    let replaces = typed_span(document, typed, offset);
    let verdict = match decision {
        Decision::Upheld => "is not medically necessary",
        Decision::Overturned => "is medically necessary",
        Decision::Partial => "is medically necessary in part",
    };
    let request = item.heading.map(|block| words(at.letter, &Place { block, span: item.disputed.clone() }));
    let request = request.filter(|request| !request.is_empty() && request.chars().count() <= LONGEST_REQUEST);
    let named =
        request.map_or_else(|| "the request".to_owned(), |request| format!("the request for {request}"));
    [format!("Therefore, {named} {verdict}."), format!("The request {verdict}.")]
        .into_iter()
        .filter(|text| continues(text, typed))
        .map(|text| Completion {
            label: text.clone(),
            text,
            kind: CompletionKind::Conclusion,
            detail: item.decision.as_ref().map(|(_, place)| format!("decision: {}", words(at.letter, place))),
            replaces: replaces.clone(),
        })
        .collect()
}
