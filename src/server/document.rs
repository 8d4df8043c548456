//! An open document: its text as the client has it, and what was found in that text.

use tower_lsp::gen_lsp_types::{TextDocumentContentChangeEvent, TextDocumentItem, Uri};

use super::convert::{Agreed, span_of};
use crate::engine::{Outcome, Settings, check_document};
use crate::letter::recognise;
use crate::lints::catalogue;
use crate::text::Document;

/// The language of a document that is a letter whatever it looks like.
const LETTER_LANGUAGE: &str = "determination-letter";

/// A document that the client has open.
#[derive(Debug)]
pub(super) struct OpenDocument {
    /// As the client wrote it.
    pub uri: Uri,
    pub version: i32,
    pub text: Document,
    /// Whether it is checked even when it is not recognised as a letter.
    named: bool,
    /// What was found in the present text, once that was looked at.
    outcome: Option<Outcome>,
    pub is_published: bool,
}

impl OpenDocument {
    pub fn open(item: TextDocumentItem) -> Self {
        let language = serde_json::to_value(&item.language_id).unwrap_or_default();
        Self {
            uri: item.uri,
            version: item.version,
            text: Document::new(&item.text),
            named: language == LETTER_LANGUAGE,
            outcome: None,
            is_published: false,
        }
    }

    /// Applies the client's edits, in their order.
    pub fn change(&mut self, version: i32, changes: Vec<TextDocumentContentChangeEvent>, agreed: Agreed) {
        for change in changes {
            match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(change) => {
                    let span = span_of(&self.text, &change.range, agreed);
                    self.text.replace(span, &change.text);
                }
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(change) => {
                    self.text = Document::new(&change.text);
                }
            }
        }
        self.version = version;
        self.outcome = None;
        self.is_published = false;
    }

    /// Checks the present text, unless that was done.
    pub fn check(&mut self, settings: &Settings) {
        if self.outcome.is_none() {
            let is_letter = self.named || recognise(&self.text).is_some();
            let outcome = is_letter.then(|| check_document(catalogue(), settings, &self.text));
            self.outcome = Some(outcome.unwrap_or_default());
        }
    }

    /// What was found; empty before the first check.
    pub fn findings(&self) -> &[crate::engine::Finding] {
        self.outcome.as_ref().map_or(&[], |outcome| &outcome.findings)
    }
}
