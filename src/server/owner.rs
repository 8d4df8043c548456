//! The owner of all state: events in, in their order; diagnostics and answers out.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use tokio::sync::{mpsc, oneshot};
use tower_lsp::gen_lsp_types::{
    CodeActionParams, CodeActionResponse, DidChangeTextDocumentParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, Hover, HoverParams, Uri,
};

use super::actions;
use super::convert::{self, Agreed};
use super::document::OpenDocument;
use super::hover;
use super::publisher::Publication;
use crate::engine::Settings;
use crate::lints::catalogue;

/// What the client says.
#[derive(Debug)]
pub(super) enum Event {
    Agree(Agreed),
    Open(DidOpenTextDocumentParams),
    Change(DidChangeTextDocumentParams),
    Close(DidCloseTextDocumentParams),
    CodeActions(CodeActionParams, oneshot::Sender<Option<Vec<CodeActionResponse>>>),
    Hover(HoverParams, oneshot::Sender<Option<Hover>>),
}

/// Starts the owner's thread; it ends when the last sender is gone.
pub(super) fn start(publisher: mpsc::UnboundedSender<Publication>) -> Sender<Event> {
    let (sender, events) = channel();
    thread::spawn(move || {
        let owner = Owner {
            agreed: Agreed::default(),
            settings: Settings::defaults(catalogue()),
            documents: HashMap::new(),
            publisher,
        };
        owner.run(&events);
    });
    sender
}

struct Owner {
    agreed: Agreed,
    settings: Settings,
    /// Open documents by the decoded form of their URI.
    documents: HashMap<String, OpenDocument>,
    publisher: mpsc::UnboundedSender<Publication>,
}

impl Owner {
    fn run(mut self, events: &Receiver<Event>) {
        while let Ok(event) = events.recv() {
            self.survive(|owner| owner.take(event));
            // Latest wins: all that waits is taken in before a text is checked.
            while let Ok(event) = events.try_recv() {
                self.survive(|owner| owner.take(event));
            }
            self.survive(Self::publish_changed);
        }
    }

    /// A fault of ours in one step must not end the server: whoever asked hears of an internal error, and the panic's
    /// place is told on standard error.
    fn survive(&mut self, step: impl FnOnce(&mut Self)) {
        let _ = catch_unwind(AssertUnwindSafe(|| step(self)));
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Agree(agreed) => self.agreed = agreed,
            Event::Open(params) => {
                let opened = OpenDocument::open(params.text_document);
                self.documents.insert(key(&opened.uri), opened);
            }
            Event::Change(params) => {
                let uri = &params.text_document.text_document_identifier.uri;
                if let Some(document) = self.documents.get_mut(&key(uri)) {
                    document.change(params.text_document.version, params.content_changes, self.agreed);
                }
            }
            Event::Close(params) => {
                if let Some(document) = self.documents.remove(&key(&params.text_document.uri)) {
                    self.publish(Publication { uri: document.uri, version: None, diagnostics: Vec::new() });
                }
            }
            // Whoever asked may have cancelled: then nobody waits for the answer.
            Event::CodeActions(params, reply) => {
                let agreed = self.agreed;
                let answer = self.checked(&params.text_document.uri, |document, settings| {
                    actions::code_actions(document, settings, &params, agreed)
                });
                let _ = reply.send(answer);
            }
            Event::Hover(params, reply) => {
                let at = params.text_document_position_params;
                let agreed = self.agreed;
                let answer = self.checked(&at.text_document.uri, |document, _| {
                    hover::hover(document, at.position, agreed)
                });
                let _ = reply.send(answer.flatten());
            }
        }
    }

    /// Reads a document whose findings are those of its present text.
    fn checked<T>(&mut self, uri: &Uri, read: impl FnOnce(&OpenDocument, &Settings) -> T) -> Option<T> {
        let document = self.documents.get_mut(&key(uri))?;
        document.check(&self.settings);
        Some(read(document, &self.settings))
    }

    fn publish_changed(&mut self) {
        let mut publications = Vec::new();
        for document in self.documents.values_mut().filter(|document| !document.is_published) {
            document.check(&self.settings);
            document.is_published = true;
            publications.push(Publication {
                uri: document.uri.clone(),
                version: Some(document.version),
                diagnostics: convert::diagnostics(document, self.agreed),
            });
        }
        for publication in publications {
            self.publish(publication);
        }
    }

    fn publish(&self, publication: Publication) {
        // The publisher ends with the connection.
        let _ = self.publisher.send(publication);
    }
}

/// Clients escape the same URI differently: documents are found by its decoded bytes.
fn key(uri: &Uri) -> String {
    let text = uri.0.as_bytes();
    let mut decoded = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let escaped = (text[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        let byte = escaped.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        decoded.push(byte.unwrap_or(text[at]));
        at += if byte.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_document_under_every_spelling_of_its_uri() {
        let plain = key(&Uri("file:///letters/a b[1].txt".to_owned()));
        assert_eq!(key(&Uri("file:///letters/a%20b%5b1%5D.txt".to_owned())), plain);
        assert_eq!(key(&Uri("file:///100%.txt".to_owned())), "file:///100%.txt");
    }
}
