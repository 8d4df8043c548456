//! The configurations of open documents: the last good one is kept when a file breaks.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tower_lsp::gen_lsp_types::{
    Diagnostic, DiagnosticSeverity, InitializeParams, Message, Position, Range, RootPath, Uri,
    WorkspaceFolders,
};

use super::settings::EditorSettings;
use super::uri::{path_of, uri_of};
use crate::config::{Config, ConfigError, Resolver};

/// The name of a document that is no file.
pub(super) const UNTITLED: &str = "untitled";

/// Where the client works.
#[derive(Debug, Clone, Default)]
pub(super) struct Workspace {
    /// Its folders; documents that are no files belong to the first.
    pub folders: Vec<PathBuf>,
    /// The configuration for every document, from the client's settings.
    pub config: Option<PathBuf>,
}

impl Workspace {
    /// Clients that know no several folders name one.
    #[expect(deprecated, reason = "older clients name their folder so")]
    pub fn of(params: &InitializeParams, settings: &EditorSettings) -> Self {
        let folders = match &params.workspace_folders_initialize_params.workspace_folders {
            Some(WorkspaceFolders::WorkspaceFolderList(folders)) => {
                folders.iter().filter_map(|folder| path_of(&folder.uri)).collect()
            }
            _ => Vec::new(),
        };
        let only = || match (&params.root_uri, &params.root_path) {
            (Some(uri), _) => path_of(uri),
            (None, Some(RootPath::String(path))) => Some(PathBuf::from(path)),
            (None, _) => None,
        };
        let folders = if folders.is_empty() { only().into_iter().collect() } else { folders };
        Self { folders, config: settings.config.clone() }
    }
}

/// What applies to one document.
#[derive(Debug, Clone, Default)]
pub(super) struct Applied {
    /// The last configuration that could be used.
    pub good: Option<Arc<Config>>,
    /// What is wrong with the present one. Then no fix is offered.
    pub fault: Option<ConfigError>,
}

/// What the configurations on disk said when they were read.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading {
    resolver: Arc<Resolver>,
    /// What is wrong with the configuration that the client names.
    fault: Option<ConfigError>,
}

impl Reading {
    fn of(workspace: &Workspace) -> Self {
        let Some(path) = &workspace.config else { return Self::default() };
        let path = workspace.folders.first().map_or_else(|| path.clone(), |folder| folder.join(path));
        match Resolver::with(&path) {
            Ok(resolver) => Self { resolver: Arc::new(resolver), fault: None },
            Err(fault) => Self { fault: Some(fault), ..Self::default() },
        }
    }

    /// What applies to a letter.
    pub fn config_of(&self, letter: &Path) -> Result<Arc<Config>, ConfigError> {
        match &self.fault {
            Some(fault) => Err(fault.clone()),
            None => self.resolver.of(letter),
        }
    }
}

/// The configurations on disk, read anew when the client says that they may have changed.
#[derive(Debug, Default)]
pub(super) struct Configurations {
    pub workspace: Workspace,
    reading: Reading,
    /// The files that have a diagnostic at the client.
    told: BTreeMap<PathBuf, ConfigError>,
}

impl Configurations {
    pub fn new(workspace: Workspace) -> Self {
        Self { reading: Reading::of(&workspace), workspace, told: BTreeMap::new() }
    }

    /// Those of one resolver.
    #[cfg(test)]
    pub fn fixed(resolver: Resolver) -> Self {
        Self { reading: Reading { resolver: Arc::new(resolver), fault: None }, ..Self::default() }
    }

    pub fn read_again(&mut self) {
        self.reading = Reading::of(&self.workspace);
    }

    /// What was read last.
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// What applies to a letter.
    pub fn of(&self, letter: &Path) -> Result<Arc<Config>, ConfigError> {
        self.reading.config_of(letter)
    }

    /// What now applies to a document to which something applied before.
    pub fn apply(&self, uri: &Uri, before: &Applied) -> Applied {
        let path =
            path_of(uri).or_else(|| self.workspace.folders.first().map(|folder| folder.join(UNTITLED)));
        match self.of(path.as_deref().unwrap_or_else(|| Path::new("."))) {
            Ok(config) => Applied { good: Some(config), fault: None },
            Err(fault) => Applied { good: before.good.clone(), fault: Some(fault) },
        }
    }

    /// What has to be published so that the client shows just these faults, each in its file.
    pub fn tell(&mut self, faults: impl Iterator<Item = ConfigError>) -> Vec<(Uri, Vec<Diagnostic>)> {
        let now: BTreeMap<PathBuf, ConfigError> = faults.map(|fault| (fault.path.clone(), fault)).collect();
        let gone =
            self.told.keys().filter(|path| !now.contains_key(*path)).map(|path| (uri_of(path), Vec::new()));
        let new = now.iter().filter(|(path, fault)| self.told.get(*path) != Some(fault));
        let publications =
            gone.chain(new.map(|(path, fault)| (uri_of(path), vec![diagnostic(fault)]))).collect();
        self.told = now;
        publications
    }
}

fn diagnostic(fault: &ConfigError) -> Diagnostic {
    // A place of a configuration is for people: from 1, and a column at which every encoding agrees for ASCII.
    let (line, column) = fault.place.unwrap_or((1, 1));
    let position = |column: usize| Position {
        line: u32::try_from(line.saturating_sub(1)).unwrap_or(u32::MAX),
        character: u32::try_from(column).unwrap_or(u32::MAX),
    };
    Diagnostic {
        range: Range { start: position(column.saturating_sub(1)), end: position(column) },
        severity: Some(DiagnosticSeverity::Error),
        source: Some("detlint".to_owned()),
        message: Message::String(format!("{}; until then no fix is offered", fault.reason)),
        ..Diagnostic::default()
    }
}
