//! Requests and notifications, handed to the owner.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;

use serde_json::json;
use tokio::sync::oneshot;
use tower_lsp::gen_lsp_types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, CodeActionParams, CodeActionProvider,
    CodeActionResponse, DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, ExecuteCommandOptions, ExecuteCommandParams, Hover,
    HoverParams, HoverProvider, InitializeParams, InitializeResult, InitializedParams, LspAny, Registration,
    Save, ServerCapabilities, ServerInfo, TextDocumentSync, TextDocumentSyncKind, TextDocumentSyncOptions,
};
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::{Client, LanguageServer};

use super::commands::COMMANDS;
use super::configuration::Workspace;
use super::convert::{Agreed, FIX_ALL};
use super::owner::{self, Event};
use super::publisher;
use crate::config::BASELINE_NAME;

/// The protocol's code for a request that was understood and could not be done.
const REQUEST_FAILED: i64 = -32803;

/// The framework's side of the server.
#[derive(Debug)]
pub(super) struct Handlers {
    owner: Sender<Event>,
    client: Client,
    /// Whether the client can be asked to watch files.
    watches_files: AtomicBool,
}

impl Handlers {
    /// Starts the owner and the publisher.
    pub(super) fn start(client: Client) -> Self {
        let owner = owner::start(publisher::start(client.clone()));
        Self { owner, client, watches_files: AtomicBool::new(false) }
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
        self.tell(Event::Agree(agreed, Workspace::of(&params)));
        self.watches_files.store(can_watch_files(&params.capabilities), Ordering::Relaxed);
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
                    save: Some(Save::Bool(true)),
                    ..TextDocumentSyncOptions::default()
                })),
                code_action_provider: Some(CodeActionProvider::CodeActionOptions(CodeActionOptions {
                    code_action_kinds: Some(vec![CodeActionKind::QuickFix, FIX_ALL]),
                    ..CodeActionOptions::default()
                })),
                hover_provider: Some(HoverProvider::Bool(true)),
                execute_command_provider: Some(ExecuteCommandOptions {
                    commands: COMMANDS.map(str::to_owned).to_vec(),
                    ..ExecuteCommandOptions::default()
                }),
                ..ServerCapabilities::default()
            },
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        if self.watches_files.load(Ordering::Relaxed) {
            // A client that refuses still has its configurations read again when a document is saved.
            let _ = self.client.register_capability(vec![watch_configurations()]).await;
        }
    }

    async fn did_change_watched_files(&self, _: DidChangeWatchedFilesParams) {
        self.tell(Event::Reconfigure);
    }

    async fn did_save(&self, _: DidSaveTextDocumentParams) {
        self.tell(Event::Reconfigure);
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

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LspAny>> {
        let done = self.ask(|reply| Event::Execute(params, reply)).await?;
        done.map(|()| None).map_err(|reason| Error {
            code: ErrorCode::ServerError(REQUEST_FAILED),
            message: reason.into(),
            data: None,
        })
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        self.ask(|reply| Event::Hover(params, reply)).await
    }
}

fn can_watch_files(client: &ClientCapabilities) -> bool {
    let workspace = client.workspace.as_ref();
    let watching = workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref());
    watching.is_some_and(|watching| watching.dynamic_registration == Some(true))
}

/// Everything that a configuration can be made of.
fn watch_configurations() -> Registration {
    let files = ["**/*.toml", &format!("**/{BASELINE_NAME}")].map(|glob| json!({ "globPattern": glob }));
    Registration {
        id: "configurations".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: Some(json!({ "watchers": files })),
    }
}
