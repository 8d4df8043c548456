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
    Diagnostic, DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    ExecuteCommandParams, FileChangeType, FileEvent, LspAny, ProgressToken, Uri, WorkspaceDiagnosticReport,
    WorkspaceFoldersChangeEvent,
};

use super::agreed::Agreed;
use super::commands::{self, CHECK_FOLDER};
use super::configuration::{Configurations, Workspace};
use super::convert;
use super::document::OpenDocument;
use super::folder::{Folder, Memory, knows_under};
use super::publisher::{Outgoing, Publication};
use super::scan::{Audience, Pull, Scan, Scanned};
use super::settings::EditorSettings;
use super::uri::{key, path_of, uri_of};
use crate::config::{BASELINE_NAME, CONFIG_NAME, ConfigError};

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
    /// These files came, changed or went on disk.
    FilesChanged(Vec<FileEvent>),
    /// What is now found on disk in letters for which something was pushed; empty for those that are no more.
    Renewed(Vec<(Uri, Vec<Diagnostic>)>),
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
    thread::spawn(move || Owner::new(client, publisher, runtime, own).run(&events));
    sender
}

struct Owner {
    terms: Terms,
    configurations: Configurations,
    /// Open documents by the decoded form of their URI.
    documents: HashMap<String, OpenDocument>,
    folders: Folders,
    /// The lints of which the client was told that they failed.
    crashed: HashSet<String>,
    client: Client,
    publisher: mpsc::UnboundedSender<Outgoing>,
    runtime: Handle,
    sender: Sender<Event>,
}

/// Whether a configuration, its baseline or a house's lint can be in a file.
fn is_setting(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "toml")
        || path.file_name().is_some_and(|name| name == BASELINE_NAME)
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
    /// The folders that were looked through by command.
    commanded: Vec<PathBuf>,
    /// Documents for which something was pushed though they are not open.
    pushed: HashMap<String, Uri>,
    /// How each look that is under way is stopped.
    running: Vec<(ProgressToken, Arc<AtomicBool>)>,
    /// Numbers the progress that the client is shown.
    count: usize,
}

impl Owner {
    fn new(
        client: Client,
        publisher: mpsc::UnboundedSender<Outgoing>,
        runtime: Handle,
        sender: Sender<Event>,
    ) -> Self {
        Self {
            terms: Terms::default(),
            configurations: Configurations::default(),
            documents: HashMap::new(),
            folders: Folders::default(),
            crashed: HashSet::new(),
            client,
            publisher,
            runtime,
            sender,
        }
    }

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
            Event::FilesChanged(changes) => self.files_changed(&changes),
            Event::Renewed(renewed) => self.push_letters(renewed),
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
                if let Some(path) = path_of(&params.text_document.uri)
                    && self.folders.commanded.iter().any(|folder| path.starts_with(folder))
                {
                    self.renew(vec![path]);
                }
            }
            Event::Read(uri, read) => {
                let document = self.documents.get_mut(&key(&uri)).map(|document| {
                    document.check();
                    &*document
                });
                read(document, &self.terms);
                self.warn_of_crashed();
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
                self.folders.commanded.clone_from(&folders);
                let token = params.work_done_progress_params.work_done_token;
                self.scan(folders, token, Audience::Commanding { publisher, reply });
            }
            Event::Execute(params, reply) => {
                let done = commands::execute(&params, &self.configurations);
                if commands::writes(&params.command) {
                    self.reconfigure();
                }
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

    fn files_changed(&mut self, changes: &[FileEvent]) {
        let changed: Vec<(PathBuf, &FileChangeType)> =
            changes.iter().filter_map(|change| Some((path_of(&change.uri)?, &change.kind))).collect();
        if changed.iter().any(|(path, _)| self.concerns_settings(path)) {
            self.reconfigure();
        } else if changes.is_empty() || changed.iter().any(|(path, kind)| self.concerns_letters(path, kind)) {
            // A client that names no file wants all of them looked at again.
            self.letters_changed();
        }
        let is_changed = |path: &PathBuf| changed.iter().any(|(changed, _)| path.starts_with(changed));
        self.renew(self.folders.pushed.values().filter_map(path_of).filter(is_changed).collect());
    }

    /// Whether what applies to letters is made of a file, or of one right in a folder.
    fn concerns_settings(&self, changed: &Path) -> bool {
        let mut in_use = self.documents.values().filter_map(OpenDocument::config);
        is_setting(changed)
            || in_use.any(|config| config.reads_words_of(changed))
            // Of a broken one nobody can say what would mend it.
            || self.configurations.of(changed).map_or(true, |config| config.reads_words_of(changed))
            || [CONFIG_NAME, BASELINE_NAME].iter().any(|name| changed.join(name).is_file())
    }

    /// Whether a file can be a letter, or a folder can hold some.
    fn concerns_letters(&self, changed: &Path, kind: &FileChangeType) -> bool {
        self.configurations.of(changed).is_ok_and(|config| config.includes(changed))
            || *kind == FileChangeType::Created && changed.is_dir()
            || *kind == FileChangeType::Deleted && knows_under(&self.folders.memory, changed)
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
        let is_new_token = token.is_none() && self.terms.agreed.shows_progress;
        self.folders.count += 1;
        let token = token.or_else(|| {
            is_new_token.then(|| ProgressToken::String(format!("detlint/letters/{}", self.folders.count)))
        });
        let folder = self.folder(folders);
        self.folders.running.extend(token.clone().map(|token| (token, Arc::clone(&folder.stopped))));
        let (client, owner) = (self.client.clone(), self.sender.clone());
        Scan { folder, audience, client, token, is_new_token, owner }.start(self.runtime.clone());
    }

    /// Some folders as they are now.
    fn folder(&self, folders: Vec<PathBuf>) -> Folder {
        Folder {
            folders,
            reading: self.configurations.reading().clone(),
            open: self.documents.keys().cloned().collect(),
            agreed: self.terms.agreed,
            memory: Arc::clone(&self.folders.memory),
            stopped: Arc::default(),
        }
    }

    fn scanned(&mut self, scanned: Scanned) {
        let Scanned { is_whole, is_stopped, letters, faults, pushed, token } = scanned;
        // One that a person stopped is not begun again by itself; one that the client dropped is.
        self.folders.is_told &= is_whole || is_stopped;
        self.folders.letters = letters;
        self.folders.faults = faults;
        self.folders.running.retain(|(running, _)| Some(running) != token.as_ref());
        if let Some(pushed) = pushed {
            self.pushed_again(pushed, is_whole);
        }
        // Whoever asked while this one was dropped waits for nothing.
        if !self.folders.is_told
            && let Some(pull) = self.folders.waiting.take()
        {
            self.pull_folders(pull);
        }
    }

    /// Takes in for which letters a look pushed something. Those before that it did not come upon are no more.
    fn pushed_again(&mut self, pushed: Vec<Uri>, is_whole: bool) {
        let now = pushed.into_iter().map(|uri| (key(&uri), uri)).collect();
        let before = std::mem::replace(&mut self.folders.pushed, now);
        for (key, uri) in before {
            if self.folders.pushed.contains_key(&key) {
                continue;
            }
            if is_whole {
                self.publish(Publication { uri, version: None, diagnostics: Vec::new() });
            } else {
                self.folders.pushed.insert(key, uri);
            }
        }
        for (key, document) in &mut self.documents {
            // It was opened meanwhile: what the client has counts.
            document.is_published &= self.folders.pushed.remove(key).is_none();
        }
    }

    /// Looks again, on a thread of its own, at letters for which something was pushed.
    fn renew(&self, paths: Vec<PathBuf>) {
        if paths.is_empty() {
            return;
        }
        let (folder, owner) = (self.folder(Vec::new()), self.sender.clone());
        thread::spawn(move || {
            let renewed = paths.iter().map(|path| {
                let found = path.is_file().then(|| folder.report(path).report).flatten();
                (uri_of(path), found.map_or_else(Vec::new, |report| report.diagnostics.clone()))
            });
            // The owner ends with the process.
            let _ = owner.send(Event::Renewed(renewed.collect()));
        });
    }

    fn push_letters(&mut self, renewed: Vec<(Uri, Vec<Diagnostic>)>) {
        for (uri, diagnostics) in renewed {
            // Of one that was opened meanwhile the client's text counts.
            if !self.documents.contains_key(&key(&uri)) {
                self.folders.pushed.insert(key(&uri), uri.clone());
                self.publish(Publication { uri, version: None, diagnostics });
            }
        }
    }

    /// Tells once of each lint that failed.
    fn warn_of_crashed(&mut self) {
        for lint in self.documents.values().flat_map(OpenDocument::crashed) {
            if self.crashed.insert(lint.to_owned()) {
                let words = format!(
                    "detlint: {lint} failed on this letter (a fault of detlint; its other lints ran)"
                );
                // The publisher ends with the connection.
                let _ = self.publisher.send(Outgoing::Warn(words));
            }
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
        self.warn_of_crashed();
    }

    fn publish(&self, publication: Publication) {
        // The publisher ends with the connection.
        let _ = self.publisher.send(Outgoing::Publish(publication));
    }
}

#[cfg(test)]
mod tests {

    use tower_lsp::gen_lsp_types::{InitializeParams, InitializeResult, TextDocumentItem};
    use tower_lsp::jsonrpc::Result;
    use tower_lsp::{LanguageServer, LspService};

    use super::*;
    use crate::config::{Config, Resolver};
    use crate::engine::{BlockContext, Catalogue, Check, Draft, Entry, Sink, Source};

    /// Nobody at the other end.
    struct Nobody;

    impl LanguageServer for Nobody {
        async fn initialize(&self, _: InitializeParams) -> Result<InitializeResult> {
            Ok(InitializeResult::default())
        }

        async fn shutdown(&self) -> Result<()> {
            Ok(())
        }
    }

    fn panics(_: &BlockContext<'_>, _: &mut Sink) {
        panic!("a fault of the lint");
    }

    fn speaks(context: &BlockContext<'_>, sink: &mut Sink) {
        sink.push(Draft::new(context.place(0..1), "message"));
    }

    fn lint(name: &str, check: Check) -> Entry {
        let doc = "[doc]\nwhat = \"w\"\nwhy = \"w\"\nsource = \"s\"\nlimits = \"l\"\n";
        let head =
            "family = \"test\"\nlevel = \"error\"\nfix = \"none\"\nkind = \"block\"\ndefault = \"on\"\n";
        let source = format!("name = \"{name}\"\n{head}message = \"m\"\n{doc}");
        Entry { source: Source::Text(source.into()), built: None, check }
    }

    /// An owner whose only lints are one that panics and one that does not, and what it says.
    fn owner() -> (Sender<Event>, mpsc::UnboundedReceiver<Outgoing>) {
        let lints = [lint("broken", Check::Block(panics)), lint("sound", Check::Block(speaks))];
        let mut config = Config::without_file(PathBuf::from("/nowhere")).unwrap();
        config.catalogue = Arc::new(Catalogue::load(&lints).unwrap());
        let configurations = Configurations::fixed(Resolver::fixed(config));
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let mut client = None;
        let _ = LspService::new(|own| {
            client = Some(own);
            Nobody
        });
        let (publisher, said) = mpsc::unbounded_channel();
        let (sender, events) = channel();
        let mut owner = Owner::new(client.unwrap(), publisher, runtime.handle().clone(), sender.clone());
        owner.configurations = configurations;
        thread::spawn(move || owner.run(&events));
        (sender, said)
    }

    fn next(said: &mut mpsc::UnboundedReceiver<Outgoing>) -> Outgoing {
        said.blocking_recv().expect("the owner goes on")
    }

    #[test]
    fn a_panic_ends_neither_the_server_nor_the_other_lints() {
        let (owner, mut said) = owner();
        let uri = Uri("file:///nowhere/draft".to_owned());
        let open = |version, text: &str| {
            let item = TextDocumentItem {
                uri: uri.clone(),
                language_id: serde_json::from_value("determination-letter".into()).unwrap(),
                version,
                text: text.to_owned(),
            };
            owner.send(Event::Open(DidOpenTextDocumentParams { text_document: item })).unwrap();
        };
        open(1, "Text.");
        let Outgoing::Publish(published) = next(&mut said) else { panic!("the findings come first") };
        assert_eq!((published.version, published.diagnostics.len()), (Some(1), 1), "of the sound lint");
        let Outgoing::Warn(words) = next(&mut said) else { panic!("the failure is told") };
        assert!(words.contains("broken failed"), "{words}");

        // A fault in what reads a document.
        let (reply, answer) = oneshot::channel::<()>();
        let read: Read = Box::new(move |_, _| {
            let _reply = reply;
            panic!("a fault of a feature");
        });
        owner.send(Event::Read(uri.clone(), read)).unwrap();
        assert!(answer.blocking_recv().is_err(), "whoever asked waits no longer");

        open(2, "More text.");
        let Outgoing::Publish(published) = next(&mut said) else { panic!("and no second warning") };
        assert_eq!((published.version, published.diagnostics.len()), (Some(2), 1));
    }
}
