//! The owner of all state: events in, in their order; diagnostics and answers out.

use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use tower_lsp::Client;
use tower_lsp::gen_lsp_types::{
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, ExecuteCommandParams,
    LspAny, ProgressToken, Uri, WorkspaceDiagnosticReport, WorkspaceFoldersChangeEvent,
};

use super::agreed::Agreed;
use super::commands::{self, CHECK_FOLDER};
use super::configuration::{Configurations, Workspace};
use super::convert;
use super::document::OpenDocument;
use super::folder::{Folder, Memory};
use super::publisher::{Outgoing, Publication};
use super::scan::{Audience, Pull, Scan, Scanned};
use super::settings::EditorSettings;
use super::uri::{key, path_of, uri_of};
use crate::config::ConfigError;

/// What is done with a document whose findings are those of its present text; with none where it is not open.
pub(super) type Read = Box<dyn FnOnce(Option<&OpenDocument>, &Terms) + Send>;

/// What a read may need to know beside its document.
#[derive(Debug, Clone, Default)]
pub(super) struct Terms {
    pub agreed: Agreed,
    pub settings: EditorSettings,
}

/// What the client says.
pub(super) enum Event {
    Agree(Agreed, Workspace, EditorSettings),
    Set(EditorSettings),
    Folders(WorkspaceFoldersChangeEvent),
    /// Configurations may have changed on disk.
    Reconfigure,
    /// Letters may have changed on disk.
    LettersChanged,
    Open(DidOpenTextDocumentParams),
    Change(DidChangeTextDocumentParams),
    Close(DidCloseTextDocumentParams),
    Read(Uri, Read),
    PullFolders(Pull),
    Scanned(Scanned),
    StopProgress(ProgressToken),
    Execute(ExecuteCommandParams, oneshot::Sender<Result<LspAny, String>>),
}

/// Starts the owner's thread; it ends with the process.
pub(super) fn start(
    client: Client,
    publisher: mpsc::UnboundedSender<Outgoing>,
    runtime: Handle,
) -> Sender<Event> {
    let (sender, events) = channel();
    let own = sender.clone();
    thread::spawn(move || {
        let owner = Owner {
            terms: Terms::default(),
            configurations: Configurations::default(),
            documents: HashMap::new(),
            folders: Folders::default(),
            client,
            publisher,
            runtime,
            sender: own,
        };
        owner.run(&events);
    });
    sender
}

struct Owner {
    terms: Terms,
    configurations: Configurations,
    /// Open documents by the decoded form of their URI.
    documents: HashMap<String, OpenDocument>,
    folders: Folders,
    client: Client,
    publisher: mpsc::UnboundedSender<Outgoing>,
    runtime: Handle,
    sender: Sender<Event>,
}

/// What is known of the letters in the client's folders.
#[derive(Default)]
struct Folders {
    memory: Memory,
    /// A client that asked when it knew all there was: it is answered when something changes.
    waiting: Option<Pull>,
    /// Whether nothing changed since the client was told of every letter.
    is_told: bool,
    /// How many letters it was told of last.
    letters: usize,
    faults: Vec<ConfigError>,
    /// Documents for which something was pushed though they are not open.
    pushed: HashMap<String, Uri>,
    /// How each look that is under way is stopped.
    running: Vec<(ProgressToken, Arc<AtomicBool>)>,
    /// Numbers the progress that the client is shown.
    count: usize,
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
            Event::Agree(agreed, workspace, settings) => {
                self.terms = Terms { agreed, settings };
                self.configurations = Configurations::new(workspace);
            }
            Event::Set(settings) => self.set(settings),
            Event::Folders(change) => self.change_folders(change),
            Event::Reconfigure => self.reconfigure(),
            Event::LettersChanged => self.letters_changed(),
            Event::Open(params) => {
                let opened = OpenDocument::open(params.text_document, &self.configurations);
                let key = key(&opened.uri);
                if let Some(uri) = self.folders.pushed.remove(&key)
                    && self.terms.agreed.pulls
                {
                    self.publish(Publication { uri, version: None, diagnostics: Vec::new() });
                }
                self.documents.insert(key, opened);
            }
            Event::Change(params) => {
                let uri = &params.text_document.text_document_identifier.uri;
                if let Some(document) = self.documents.get_mut(&key(uri)) {
                    document.change(params.text_document.version, params.content_changes, self.terms.agreed);
                }
            }
            Event::Close(params) => {
                if let Some(document) = self.documents.remove(&key(&params.text_document.uri))
                    && !self.terms.agreed.pulls
                {
                    let uri = document.uri;
                    self.publish(Publication { uri, version: None, diagnostics: Vec::new() });
                }
                self.letters_changed();
            }
            Event::Read(uri, read) => {
                let document = self.documents.get_mut(&key(&uri)).map(|document| {
                    document.check();
                    &*document
                });
                read(document, &self.terms);
            }
            Event::PullFolders(pull) => self.pull_folders(pull),
            Event::Scanned(scanned) => self.scanned(scanned),
            Event::StopProgress(token) => {
                for (_, stopped) in self.folders.running.iter().filter(|(running, _)| *running == token) {
                    stopped.store(true, Ordering::Relaxed);
                }
            }
            Event::Execute(params, reply) if params.command == CHECK_FOLDER => {
                let publisher = self.publisher.clone();
                let folders = self.folders_of(params.arguments.as_deref().unwrap_or_default());
                let token = params.work_done_progress_params.work_done_token;
                self.scan(folders, token, Audience::Commanding { publisher, reply });
            }
            Event::Execute(params, reply) => {
                let done = commands::execute(&params, &self.configurations);
                self.reconfigure();
                // Whoever asked may have cancelled: then nobody waits for the answer.
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
        self.refresh();
        self.letters_changed();
    }

    /// Takes the client's settings. What columns count was agreed upon once and for all.
    fn set(&mut self, settings: EditorSettings) {
        if settings == self.terms.settings {
            return;
        }
        self.configurations.workspace.config.clone_from(&settings.config);
        self.terms.settings = settings;
        self.reconfigure();
    }

    fn change_folders(&mut self, change: WorkspaceFoldersChangeEvent) {
        let removed: HashSet<String> = change.removed.iter().map(|folder| key(&folder.uri)).collect();
        let folders = &mut self.configurations.workspace.folders;
        folders.retain(|folder| !removed.contains(&key(&uri_of(folder))));
        folders.extend(change.added.iter().filter_map(|folder| path_of(&folder.uri)));
        self.reconfigure();
    }

    /// Has the client ask again, if it is one that asks.
    fn refresh(&self) {
        // The publisher ends with the connection.
        let _ = self.publisher.send(Outgoing::Refresh(self.terms.agreed));
    }

    /// What was told of the letters on disk may hold no more.
    fn letters_changed(&mut self) {
        self.folders.is_told = false;
        if let Some(pull) = self.folders.waiting.take() {
            self.pull_folders(pull);
        }
    }

    /// Answers a client that asks for all letters, now or, if it knows them all, when that changes: clients ask again
    /// as soon as they are answered.
    fn pull_folders(&mut self, pull: Pull) {
        let holds_none = pull.params.previous_result_ids.is_empty() && self.folders.letters > 0;
        if self.folders.is_told && !holds_none {
            if let Some(before) = self.folders.waiting.replace(pull) {
                let _ = before.reply.send(WorkspaceDiagnosticReport { items: Vec::new() });
            }
            return;
        }
        self.folders.is_told = true;
        let token = pull.params.work_done_progress_params.work_done_token.clone();
        let folders = self.configurations.workspace.folders.clone();
        self.scan(folders, token, Audience::Asking(pull));
    }

    /// The client's folders; of a client that works in none, that of the document which a command names.
    fn folders_of(&self, arguments: &[LspAny]) -> Vec<PathBuf> {
        let folders = &self.configurations.workspace.folders;
        if !folders.is_empty() {
            return folders.clone();
        }
        let document =
            arguments.first().and_then(LspAny::as_str).and_then(|uri| path_of(&Uri(uri.to_owned())));
        document.and_then(|path| path.parent().map(Path::to_owned)).into_iter().collect()
    }

    fn scan(&mut self, folders: Vec<PathBuf>, token: Option<ProgressToken>, audience: Audience) {
        let agreed = self.terms.agreed;
        let is_new_token = token.is_none() && agreed.shows_progress;
        self.folders.count += 1;
        let token = token.or_else(|| {
            is_new_token.then(|| ProgressToken::String(format!("detlint/letters/{}", self.folders.count)))
        });
        let stopped = Arc::new(AtomicBool::new(false));
        self.folders.running.extend(token.clone().map(|token| (token, Arc::clone(&stopped))));
        let folder = Folder {
            folders,
            reading: self.configurations.reading().clone(),
            open: self.documents.keys().cloned().collect(),
            agreed,
            memory: Arc::clone(&self.folders.memory),
            stopped,
        };
        let (client, owner) = (self.client.clone(), self.sender.clone());
        Scan { folder, audience, client, token, is_new_token, owner }.start(self.runtime.clone());
    }

    fn scanned(&mut self, scanned: Scanned) {
        let Scanned { is_whole, is_stopped, letters, faults, pushed, token } = scanned;
        // One that a person stopped is not begun again by itself; one that the client dropped is.
        self.folders.is_told &= is_whole || is_stopped;
        self.folders.letters = letters;
        self.folders.faults = faults;
        self.folders.running.retain(|(running, _)| Some(running) != token.as_ref());
        for uri in pushed {
            let key = key(&uri);
            match self.documents.get_mut(&key) {
                // It was opened meanwhile: what the client has counts.
                Some(document) => document.is_published = false,
                None => {
                    self.folders.pushed.insert(key, uri);
                }
            }
        }
        // Whoever asked while this one was dropped waits for nothing.
        if !self.folders.is_told
            && let Some(pull) = self.folders.waiting.take()
        {
            self.pull_folders(pull);
        }
    }

    fn publish_changed(&mut self) {
        let mut publications = Vec::new();
        if !self.terms.agreed.pulls {
            for document in self.documents.values_mut().filter(|document| !document.is_published) {
                document.check();
                document.is_published = true;
                publications.push(Publication {
                    uri: document.uri.clone(),
                    version: Some(document.version),
                    diagnostics: convert::diagnostics(&document.checked(), self.terms.agreed),
                });
            }
        }
        let faults =
            self.documents.values().filter_map(OpenDocument::fault).chain(&self.folders.faults).cloned();
        for (uri, diagnostics) in self.configurations.tell(faults) {
            publications.push(Publication { uri, version: None, diagnostics });
        }
        for publication in publications {
            self.publish(publication);
        }
    }

    fn publish(&self, publication: Publication) {
        // The publisher ends with the connection.
        let _ = self.publisher.send(Outgoing::Publish(publication));
    }
}
