//! A look through the client's folders on a thread of its own: with progress, and until nobody wants it any more.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;

use serde_json::json;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use tower_lsp::Client;
use tower_lsp::gen_lsp_types::{
    Diagnostic, FullDocumentDiagnosticReport, LspAny, ProgressToken, UnchangedDocumentDiagnosticReport, Uri,
    WorkspaceDiagnosticParams, WorkspaceDiagnosticReport, WorkspaceDiagnosticReportPartialResult,
    WorkspaceDiagnosticRequest, WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
    WorkspaceUnchangedDocumentDiagnosticReport,
};

use super::folder::{Folder, Report};
use super::owner::Event;
use super::publisher::{Outgoing, Publication};
use super::uri::key;
use crate::config::ConfigError;

/// Files after which progress is told, and what was found is sent to a client that takes it in parts.
const BATCH: usize = 32;

/// A client that asks for the diagnostics of its folders.
#[derive(Debug)]
pub(super) struct Pull {
    pub params: WorkspaceDiagnosticParams,
    pub reply: oneshot::Sender<WorkspaceDiagnosticReport>,
}

/// Who wants to know.
#[derive(Debug)]
pub(super) enum Audience {
    /// A client that asked.
    Asking(Pull),
    /// A person who gave the command: what is found is pushed. The answer says how much there was.
    Commanding { publisher: mpsc::UnboundedSender<Outgoing>, reply: oneshot::Sender<Result<LspAny, String>> },
}

impl Audience {
    fn is_gone(&self) -> bool {
        match self {
            Self::Asking(pull) => pull.reply.is_closed(),
            Self::Commanding { reply, .. } => reply.is_closed(),
        }
    }
}

/// What came of it, for the owner.
#[derive(Debug)]
pub(super) struct Scanned {
    /// Whether every file was looked at.
    pub is_whole: bool,
    /// Whether a person stopped it.
    pub is_stopped: bool,
    /// How many letters the client was told of.
    pub letters: usize,
    /// The configurations that cannot be used.
    pub faults: Vec<ConfigError>,
    /// The files for which something was pushed; absent where nothing is pushed.
    pub pushed: Option<Vec<Uri>>,
    pub token: Option<ProgressToken>,
}

/// One look through the folders.
pub(super) struct Scan {
    pub folder: Folder,
    pub audience: Audience,
    pub client: Client,
    /// Under which its progress is shown, if the client shows any.
    pub token: Option<ProgressToken>,
    /// Whether the client does not know the token yet.
    pub is_new_token: bool,
    pub owner: Sender<Event>,
}

impl Scan {
    /// Starts it.
    pub fn start(self, runtime: Handle) {
        thread::spawn(move || runtime.block_on(self.run()));
    }

    async fn run(self) {
        let Self { folder, audience, client, token, is_new_token, owner } = self;
        let (files, faults) = folder.files();
        let mut telling = Telling::to(audience, client.clone());
        let mut is_whole = !folder.is_stopped();
        let mut unshown = token.clone();
        let mut progress = None;
        let mut read = 0;
        for (index, path) in files.iter().enumerate() {
            if folder.is_stopped() || telling.audience.is_gone() {
                is_whole = false;
                break;
            }
            let look = folder.report(path);
            read += usize::from(!look.is_known);
            if let Some(report) = &look.report {
                telling.tell(report);
            }
            if (index + 1) % BATCH == 0 {
                telling.send_part().await;
                // A look at letters that are known is over before anybody could read of it.
                if read >= BATCH
                    && let Some(token) = unshown.take()
                    && (!is_new_token || client.create_work_done_progress(token.clone()).await.is_ok())
                {
                    let new = client.progress(token, "Checking letters").with_percentage(0);
                    progress = Some(new.with_cancel_button().begin().await);
                }
                if let Some(progress) = &progress {
                    let percentage = u32::try_from((index + 1) * 100 / files.len()).unwrap_or(100);
                    let message = format!("{} of {} files", index + 1, files.len());
                    progress.report_with_message(message, percentage, Some(true)).await;
                }
            }
        }
        if let Some(progress) = progress {
            progress.finish().await;
        }
        let is_open = |key: &str| folder.open.contains(key);
        let (letters, pushed) = telling.finish(is_whole, is_open);
        let scanned = Scanned { is_whole, is_stopped: folder.is_stopped(), letters, faults, pushed, token };
        // The owner ends with the process.
        let _ = owner.send(Event::Scanned(scanned));
    }
}

/// What the audience knows, and what it is still to be told.
struct Telling {
    audience: Audience,
    client: Client,
    /// What the client said that it holds, by the decoded form of its URI.
    held: HashMap<String, (Uri, String)>,
    items: Vec<WorkspaceDocumentDiagnosticReport>,
    pushed: Option<Vec<Uri>>,
    letters: usize,
    findings: usize,
}

impl Telling {
    fn to(audience: Audience, client: Client) -> Self {
        let (held, pushed) = match &audience {
            Audience::Asking(pull) => {
                let previous = pull.params.previous_result_ids.iter();
                let held = previous.map(|held| (key(&held.uri), (held.uri.clone(), held.value.clone())));
                (held.collect(), None)
            }
            Audience::Commanding { .. } => (HashMap::new(), Some(Vec::new())),
        };
        Self { audience, client, held, items: Vec::new(), pushed, letters: 0, findings: 0 }
    }

    fn tell(&mut self, report: &Arc<Report>) {
        self.letters += 1;
        self.findings += report.diagnostics.len();
        let held = self.held.remove(&key(&report.uri));
        match &self.audience {
            Audience::Asking(_) => self.items.push(match held {
                Some((uri, value)) if value == report.result_id => unchanged(uri, value),
                held => full(held.map_or_else(|| report.uri.clone(), |(uri, _)| uri), report),
            }),
            Audience::Commanding { publisher, .. } => {
                self.pushed.get_or_insert_default().push(report.uri.clone());
                // The publisher ends with the connection.
                let _ = publisher.send(Outgoing::Publish(Publication {
                    uri: report.uri.clone(),
                    version: None,
                    diagnostics: report.diagnostics.clone(),
                }));
            }
        }
    }

    /// Sends what there is to a client that takes it in parts.
    async fn send_part(&mut self) {
        let Audience::Asking(pull) = &self.audience else { return };
        let Some(token) = &pull.params.partial_result_params.partial_result_token else { return };
        let items = std::mem::take(&mut self.items);
        let part = WorkspaceDiagnosticReportPartialResult { items };
        self.client.send_partial_result::<WorkspaceDiagnosticRequest>(token.clone(), part).await;
    }

    /// Answers. Of letters that the client holds and that are no more, nothing is found.
    fn finish(mut self, is_whole: bool, is_open: impl Fn(&str) -> bool) -> (usize, Option<Vec<Uri>>) {
        // Whoever asked may have cancelled: then nobody waits for the answer.
        match self.audience {
            Audience::Asking(pull) => {
                let gone = self.held.into_iter().filter(|(key, _)| is_whole && !is_open(key));
                self.items.extend(gone.map(|(_, (uri, _))| nothing(uri)));
                let _ = pull.reply.send(WorkspaceDiagnosticReport { items: self.items });
            }
            Audience::Commanding { reply, .. } => {
                let said = json!({ "letters": self.letters, "findings": self.findings, "whole": is_whole });
                let _ = reply.send(Ok(said));
            }
        }
        (self.letters, self.pushed)
    }
}

fn unchanged(uri: Uri, result_id: String) -> WorkspaceDocumentDiagnosticReport {
    WorkspaceDocumentDiagnosticReport::WorkspaceUnchangedDocumentDiagnosticReport(
        WorkspaceUnchangedDocumentDiagnosticReport {
            uri,
            version: None,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
        },
    )
}

fn full(uri: Uri, report: &Report) -> WorkspaceDocumentDiagnosticReport {
    full_report(uri, Some(report.result_id.clone()), report.diagnostics.clone())
}

fn nothing(uri: Uri) -> WorkspaceDocumentDiagnosticReport {
    full_report(uri, None, Vec::new())
}

fn full_report(
    uri: Uri,
    result_id: Option<String>,
    items: Vec<Diagnostic>,
) -> WorkspaceDocumentDiagnosticReport {
    WorkspaceDocumentDiagnosticReport::WorkspaceFullDocumentDiagnosticReport(
        WorkspaceFullDocumentDiagnosticReport {
            uri,
            version: None,
            full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id, items },
        },
    )
}
