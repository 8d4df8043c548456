//! The owner of all state: events in, in their order; diagnostics and answers out.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use tokio::sync::{mpsc, oneshot};
use tower_lsp::gen_lsp_types::{
    CodeActionParams, CodeActionResponse, DidChangeTextDocumentParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, ExecuteCommandParams, Hover, HoverParams, Uri,
};

use super::actions;
use super::commands;
use super::configuration::{Configurations, Workspace};
use super::convert::{self, Agreed};
use super::document::OpenDocument;
use super::hover;
use super::publisher::Publication;
use super::uri::key;

/// What the client says.
#[derive(Debug)]
pub(super) enum Event {
    Agree(Agreed, Workspace),
    /// Configurations may have changed on disk.
    Reconfigure,
    Open(DidOpenTextDocumentParams),
    Change(DidChangeTextDocumentParams),
    Close(DidCloseTextDocumentParams),
    CodeActions(CodeActionParams, oneshot::Sender<Option<Vec<CodeActionResponse>>>),
    Hover(HoverParams, oneshot::Sender<Option<Hover>>),
    Execute(ExecuteCommandParams, oneshot::Sender<Result<(), String>>),
}

/// Starts the owner's thread; it ends when the last sender is gone.
pub(super) fn start(publisher: mpsc::UnboundedSender<Publication>) -> Sender<Event> {
    let (sender, events) = channel();
    thread::spawn(move || {
        let owner = Owner {
            agreed: Agreed::default(),
            configurations: Configurations::default(),
            documents: HashMap::new(),
            publisher,
        };
        owner.run(&events);
    });
    sender
}

struct Owner {
    agreed: Agreed,
    configurations: Configurations,
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
            Event::Agree(agreed, workspace) => {
                self.agreed = agreed;
                self.configurations = Configurations::new(workspace);
            }
            Event::Reconfigure => self.reconfigure(),
            Event::Open(params) => {
                let opened = OpenDocument::open(params.text_document, &self.configurations);
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
                let answer = self.checked(&params.text_document.uri, |document| {
                    actions::code_actions(document, &params, agreed)
                });
                let _ = reply.send(answer);
            }
            Event::Hover(params, reply) => {
                let at = params.text_document_position_params;
                let agreed = self.agreed;
                let answer = self
                    .checked(&at.text_document.uri, |document| hover::hover(document, at.position, agreed));
                let _ = reply.send(answer.flatten());
            }
            Event::Execute(params, reply) => {
                let done = commands::execute(&params, &self.configurations);
                self.reconfigure();
                let _ = reply.send(done);
            }
        }
    }

    /// Takes what the configurations on disk now say.
    fn reconfigure(&mut self) {
        self.configurations.read_again();
        for document in self.documents.values_mut() {
            document.configure(&self.configurations);
        }
    }

    /// Reads a document whose findings are those of its present text.
    fn checked<T>(&mut self, uri: &Uri, read: impl FnOnce(&OpenDocument) -> T) -> Option<T> {
        let document = self.documents.get_mut(&key(uri))?;
        document.check();
        Some(read(document))
    }

    fn publish_changed(&mut self) {
        let mut publications = Vec::new();
        for document in self.documents.values_mut().filter(|document| !document.is_published) {
            document.check();
            document.is_published = true;
            publications.push(Publication {
                uri: document.uri.clone(),
                version: Some(document.version),
                diagnostics: convert::diagnostics(document, self.agreed),
            });
        }
        let faults = self.documents.values().filter_map(OpenDocument::fault).cloned();
        for (uri, diagnostics) in self.configurations.tell(faults) {
            publications.push(Publication { uri, version: None, diagnostics });
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
