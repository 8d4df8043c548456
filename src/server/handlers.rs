//! Requests and notifications, handed to the owner.

use std::sync::mpsc::Sender;

use tokio::sync::oneshot;
use tower_lsp::gen_lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionParams, CodeActionProvider, CodeActionResponse,
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, Hover, HoverParams,
    HoverProvider, InitializeParams, InitializeResult, ServerCapabilities, ServerInfo, TextDocumentSync,
    TextDocumentSyncKind, TextDocumentSyncOptions,
};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::{Client, LanguageServer};

use super::convert::{Agreed, FIX_ALL};
use super::owner::{self, Event};
use super::publisher;

/// The framework's side of the server.
#[derive(Debug)]
pub(super) struct Handlers {
    owner: Sender<Event>,
}

impl Handlers {
    /// Starts the owner and the publisher.
    pub(super) fn start(client: Client) -> Self {
        Self { owner: owner::start(publisher::start(client)) }
    }

    /// Tells the owner. It ends only with the process, so that nobody is there to hear of a failure.
    fn tell(&self, event: Event) {
        let _ = self.owner.send(event);
    }

    async fn ask<T>(&self, event: impl FnOnce(oneshot::Sender<T>) -> Event) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        self.tell(event(reply));
        answer.await.map_err(|_| Error::internal_error())
    }
}

impl LanguageServer for Handlers {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let agreed = Agreed::with(&params.capabilities);
        self.tell(Event::Agree(agreed));
        Ok(InitializeResult {
            server_info: Some(ServerInfo {
                name: "detlint".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
            capabilities: ServerCapabilities {
                position_encoding: Some(agreed.encoding_kind()),
                text_document_sync: Some(TextDocumentSync::Options(TextDocumentSyncOptions {
                    open_close: Some(true),
                    change: Some(TextDocumentSyncKind::Incremental),
                    ..TextDocumentSyncOptions::default()
                })),
                code_action_provider: Some(CodeActionProvider::CodeActionOptions(CodeActionOptions {
                    code_action_kinds: Some(vec![CodeActionKind::QuickFix, FIX_ALL]),
                    ..CodeActionOptions::default()
                })),
                hover_provider: Some(HoverProvider::Bool(true)),
                ..ServerCapabilities::default()
            },
        })
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        self.tell(Event::Open(params));
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        self.tell(Event::Change(params));
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.tell(Event::Close(params));
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<Vec<CodeActionResponse>>> {
        self.ask(|reply| Event::CodeActions(params, reply)).await
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        self.ask(|reply| Event::Hover(params, reply)).await
    }
}
