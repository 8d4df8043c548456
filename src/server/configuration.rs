//! The configurations of open documents: the last good one is kept when a file breaks.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tower_lsp::gen_lsp_types::{
    Diagnostic, DiagnosticSeverity, InitializeParams, Message, Position, Range, Uri,
};

use super::uri::{path_of, uri_of};
use crate::config::{Config, ConfigError, Resolver};

/// Where the client works, and which configuration it names.
#[derive(Debug, Clone, Default)]
pub(super) struct Workspace {
    /// The folder of documents that are no files.
    pub folder: Option<PathBuf>,
    /// The configuration for every document, from the client's settings.
    pub config: Option<PathBuf>,
}

impl Workspace {
    pub fn of(params: &InitializeParams) -> Self {
        let first = params
            .workspace_folders_initialize_params
            .workspace_folders
            .iter()
            .flat_map(|folders| serde_json::to_value(folders).ok())
            .find_map(|folders| folders.get(0)?.get("uri")?.as_str().map(|uri| Uri(uri.to_owned())));
        let settings = params.initialization_options.as_ref().and_then(|all| serde_json::to_value(all).ok());
        let config = settings.as_ref().and_then(|all| all.get("config")?.as_str().map(PathBuf::from));
        Self {
            folder: first.and_then(|uri| path_of(&uri)),
            config: config.filter(|path| path != Path::new("")),
        }
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

/// The configurations on disk, read anew when the client says that they may have changed.
#[derive(Debug, Default)]
pub(super) struct Configurations {
    workspace: Workspace,
    resolver: Resolver,
    /// What is wrong with the configuration that the client names.
    fault: Option<ConfigError>,
    /// The files that have a diagnostic at the client.
    told: BTreeMap<PathBuf, ConfigError>,
}

impl Configurations {
    pub fn new(workspace: Workspace) -> Self {
        let mut configurations = Self { workspace, ..Self::default() };
        configurations.read_again();
        configurations
    }

    pub fn read_again(&mut self) {
        self.fault = None;
        self.resolver = Resolver::default();
        if let Some(path) = &self.workspace.config {
            match Resolver::with(path) {
                Ok(resolver) => self.resolver = resolver,
                Err(error) => self.fault = Some(error),
            }
        }
    }

    /// What applies to a letter.
    pub fn of(&self, letter: &Path) -> Result<Arc<Config>, ConfigError> {
        match &self.fault {
            Some(fault) => Err(fault.clone()),
            None => self.resolver.of(letter),
        }
    }

    /// What now applies to a document to which something applied before.
    pub fn apply(&self, uri: &Uri, before: &Applied) -> Applied {
        let path = path_of(uri).or_else(|| self.workspace.folder.clone());
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
