//! Requests and notifications, handed to the owner.

use std::sync::OnceLock;
use std::sync::mpsc::Sender;

use serde_json::{Value, json};
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tower_lsp::gen_lsp_types::{
    CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams, CompletionParams, CompletionResponse,
    ConfigurationItem, DidChangeConfigurationParams, DidChangeTextDocumentParams,
    DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, DocumentDiagnosticParams, DocumentDiagnosticReport,
    DocumentHighlight, DocumentHighlightParams, DocumentLink, DocumentLinkParams, DocumentSymbolParams,
    DocumentSymbolResponse, ExecuteCommandParams, FoldingRange, FoldingRangeParams, Hover, HoverParams,
    InitializeParams, InitializeResult, InitializedParams, InlayHint, InlayHintParams, Location, LspAny,
    ReferenceParams, Registration, SelectionRange, SelectionRangeParams, SemanticTokens,
    SemanticTokensParams, ServerInfo, Uri, WorkDoneProgressCancelParams, WorkspaceDiagnosticParams,
    WorkspaceDiagnosticReport,
};
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::{Client, LanguageServer};

use super::agreed::Agreed;
use super::capabilities::capabilities;
use super::configuration::Workspace;
use super::document::OpenDocument;
use super::features::{actions, completion, hints, hover, lenses, links, mentions, outline, tokens};
use super::owner::{self, Event, Terms};
use super::publisher;
use super::pull;
use super::scan::Pull;
use super::settings::{EditorSettings, SECTION};

/// The protocol's code for a request that was understood and could not be done.
const REQUEST_FAILED: i64 = -32803;

/// The framework's side of the server.
#[derive(Debug)]
pub(super) struct Handlers {
    owner: Sender<Event>,
    client: Client,
    agreed: OnceLock<Agreed>,
}

impl Handlers {
    /// Starts the owner and the publisher.
    pub(super) fn start(client: Client) -> Self {
        let publisher = publisher::start(client.clone());
        let owner = owner::start(client.clone(), publisher, Handle::current());
        Self { owner, client, agreed: OnceLock::new() }
    }

    /// The person at the client wants to wait no longer.
    pub(super) async fn stop_progress(&self, params: WorkDoneProgressCancelParams) {
        self.tell(Event::StopProgress(params.token));
    }

    /// A message was no JSON.
    pub(super) async fn refuse_malformed(&self) -> Result<()> {
        Err(Error::parse_error())
    }

    /// A message was JSON and no message.
    pub(super) async fn refuse_invalid(&self) -> Result<()> {
        Err(Error::invalid_request())
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

    /// Reads an open document, whose findings are those of its present text; none where it is not open.
    async fn read<T: Send + 'static>(
        &self,
        uri: Uri,
        read: impl FnOnce(&OpenDocument, &Terms) -> T + Send + 'static,
    ) -> Result<Option<T>> {
        self.ask(|reply| {
            let answer = move |document: Option<&OpenDocument>, terms: &Terms| {
                // Whoever asked may have cancelled: then nobody waits for the answer.
                if !reply.is_closed() {
                    let _ = reply.send(document.map(|document| read(document, terms)));
                }
            };
            Event::Read(uri, Box::new(answer))
        })
        .await
    }

    fn agreed(&self) -> Agreed {
        self.agreed.get().copied().unwrap_or_default()
    }
}

impl LanguageServer for Handlers {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let settings = params.initialization_options.as_ref().map(EditorSettings::read).unwrap_or_default();
        let agreed = Agreed::with(&params.capabilities, &settings);
        self.tell(Event::Agree(agreed, Workspace::of(&params, &settings), settings));
        // A client initializes once; the framework refuses a second time.
        let _ = self.agreed.set(agreed);
        Ok(InitializeResult {
            server_info: Some(ServerInfo {
                name: "detlint".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
            capabilities: capabilities(agreed),
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        if self.agreed().watches_files {
            // A client that refuses still has its configurations read again when a document is saved.
            let _ = self.client.register_capability(vec![watched_files()]).await;
        }
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        self.tell(Event::FilesChanged(params.changes));
    }

    async fn did_save(&self, _: DidSaveTextDocumentParams) {
        // A client that watches files says by itself what was saved.
        if !self.agreed().watches_files {
            self.tell(Event::Reconfigure);
        }
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        let own = params.settings.get(SECTION).filter(|own| own.is_object());
        if let Some(own) = own {
            self.tell(Event::Set(EditorSettings::read(own)));
        } else if self.agreed().has_settings {
            let item = ConfigurationItem { scope_uri: None, section: Some(SECTION.to_owned()) };
            if let Ok(sections) = self.client.configuration(vec![item]).await
                && let Some(own) = sections.first().filter(|own| own.is_object())
            {
                self.tell(Event::Set(EditorSettings::read(own)));
            }
        }
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        self.tell(Event::Folders(params.event));
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

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReport> {
        let previous = params.previous_result_id;
        let report = self
            .read(params.text_document.uri, move |document, terms| {
                pull::report(document, previous.as_deref(), terms.agreed)
            })
            .await?;
        Ok(report.unwrap_or_else(pull::nothing))
    }

    async fn workspace_diagnostic(
        &self,
        params: WorkspaceDiagnosticParams,
    ) -> Result<WorkspaceDiagnosticReport> {
        self.ask(|reply| Event::PullFolders(Pull { params, reply })).await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<Vec<CodeActionResponse>>> {
        self.read(params.text_document.uri.clone(), move |document, terms| {
            actions::code_actions(document, &params, terms.agreed)
        })
        .await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LspAny>> {
        let done = self.ask(|reply| Event::Execute(params, reply)).await?;
        done.map(|answer| Some(answer).filter(|answer| *answer != Value::Null)).map_err(|reason| Error {
            code: ErrorCode::ServerError(REQUEST_FAILED),
            message: reason.into(),
            data: None,
        })
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let at = params.text_document_position_params;
        let hover = self
            .read(at.text_document.uri, move |document, terms| {
                hover::hover(document, at.position, terms.agreed)
            })
            .await?;
        Ok(hover.flatten())
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let at = params.text_document_position_params;
        let found = self
            .read(at.text_document.uri, move |document, terms| {
                completion::completion(document, at.position, terms.agreed)
            })
            .await?;
        Ok(found.flatten())
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.read(params.text_document.uri, |document, terms| {
            outline::document_symbols(document, terms.agreed)
        })
        .await
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.read(params.text_document.uri, |document, _| outline::folding_ranges(document)).await
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        let positions = params.positions;
        self.read(params.text_document.uri, move |document, terms| {
            outline::selection_ranges(document, &positions, terms.agreed)
        })
        .await
    }

    async fn document_highlight(
        &self,
        params: DocumentHighlightParams,
    ) -> Result<Option<Vec<DocumentHighlight>>> {
        let at = params.text_document_position_params;
        self.read(at.text_document.uri, move |document, terms| {
            mentions::highlights(document, at.position, terms.agreed)
        })
        .await
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let at = params.text_document_position_params;
        self.read(at.text_document.uri, move |document, terms| {
            mentions::references(document, at.position, terms.agreed)
        })
        .await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.read(params.text_document.uri, |document, terms| links::links(document, terms.agreed)).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.read(params.text_document.uri, |document, terms| lenses::lenses(document, terms.agreed)).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        self.read(params.text_document.uri, move |document, terms| {
            hints::inlay_hints(document, &params.range, terms)
        })
        .await
    }

    async fn semantic_tokens_full(&self, params: SemanticTokensParams) -> Result<Option<SemanticTokens>> {
        self.read(params.text_document.uri, |document, terms| tokens::tokens(document, terms.agreed)).await
    }
}

/// Everything: a folder that goes is told of by its own name, and the settings say which files are letters.
fn watched_files() -> Registration {
    Registration {
        id: "files".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: Some(json!({ "watchers": [{ "globPattern": "**/*" }] })),
    }
}
