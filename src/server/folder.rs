//! Every letter of the client's folders, read from disk: what the command line finds there.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use tower_lsp::gen_lsp_types::{Diagnostic, DiagnosticSeverity, Message, Uri};

use super::agreed::Agreed;
use super::configuration::Reading;
use super::convert::{Checked, diagnostics};
use super::pull::result_id;
use super::uri::{key, uri_of};
use crate::config::{Config, ConfigError};
use crate::engine::{Checker, Outcome};
use crate::files::{find, read};
use crate::text::Document;

/// What was found in one file.
#[derive(Debug)]
pub(super) struct Report {
    pub uri: Uri,
    pub result_id: String,
    pub diagnostics: Vec<Diagnostic>,
}

/// A look at one file.
#[derive(Debug, Default)]
pub(super) struct Look {
    /// Absent for a text that is no letter.
    pub report: Option<Arc<Report>>,
    /// Whether the file is the same as at the last look, so that it was not read again.
    pub is_known: bool,
}

/// A file as it was checked last.
#[derive(Debug)]
pub(super) struct Known {
    modified: Option<SystemTime>,
    length: u64,
    config: Arc<Config>,
    /// Absent for a text that is no letter.
    report: Option<Arc<Report>>,
}

/// What was found when the folders were looked through before.
pub(super) type Memory = Arc<Mutex<BTreeMap<PathBuf, Known>>>;

/// Whether a file at or under a path was looked at.
pub(super) fn knows_under(memory: &Memory, path: &Path) -> bool {
    let known = memory.lock().unwrap_or_else(PoisonError::into_inner);
    known.range(path.to_owned()..).next().is_some_and(|(known, _)| known.starts_with(path))
}

/// The letters of some folders.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    pub folders: Vec<PathBuf>,
    pub reading: Reading,
    /// The open documents, by the decoded form of their URI: what the client has of them is not what is on disk.
    pub open: HashSet<String>,
    pub agreed: Agreed,
    pub memory: Memory,
    /// Set when nobody wants to know any more.
    pub stopped: Arc<AtomicBool>,
}

impl Folder {
    /// The files that can be letters, each once, and the configurations that cannot be used.
    pub fn files(&self) -> (Vec<PathBuf>, Vec<ConfigError>) {
        let mut faults = HashMap::new();
        let mut files = BTreeSet::new();
        for folder in &self.folders {
            if self.is_stopped() {
                break;
            }
            let found = find(folder, |path| match self.reading.config_of(path) {
                Ok(config) => config.includes(path),
                Err(_) => path.extension().is_some_and(|extension| extension == "txt"),
            });
            // What cannot be listed cannot be shown at a letter either.
            files.extend(found.into_iter().flatten().map(|found| found.path));
        }
        files.retain(|path| !self.open.contains(&key(&uri_of(path))));
        for path in &files {
            if let Err(fault) = self.reading.config_of(path) {
                faults.insert(fault.path.clone(), fault);
            }
        }
        (files.into_iter().collect(), faults.into_values().collect())
    }

    pub fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// What is found in a file; nothing where it is no letter, or no configuration can be used.
    pub fn report(&self, path: &Path) -> Look {
        let Ok(config) = self.reading.config_of(path) else { return Look::default() };
        let stored = std::fs::metadata(path).ok();
        let modified = stored.as_ref().and_then(|stored| stored.modified().ok());
        let length = stored.map_or(0, |stored| stored.len());
        let is_same = |known: &Known| {
            known.modified == modified && known.length == length && Arc::ptr_eq(&known.config, &config)
        };
        if let Some(known) = self.remembered().get(path).filter(|known| is_same(known)) {
            return Look { report: known.report.clone(), is_known: true };
        }
        // A fault of ours on one letter must not end the look at the others.
        let checked = catch_unwind(AssertUnwindSafe(|| self.check(path, &config)));
        let report = checked.unwrap_or_else(|_| Some(Self::failed(path))).map(Arc::new);
        let known = Known { modified, length, config, report: report.clone() };
        self.remembered().insert(path.to_owned(), known);
        Look { report, is_known: false }
    }

    fn failed(path: &Path) -> Report {
        let diagnostics = vec![unreadable("a fault of detlint")];
        Report { uri: uri_of(path), result_id: result_id(&diagnostics), diagnostics }
    }

    fn remembered(&self) -> MutexGuard<'_, BTreeMap<PathBuf, Known>> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn check(&self, path: &Path, config: &Config) -> Option<Report> {
        let uri = uri_of(path);
        let diagnostics = match read(path, config.fallback) {
            Err(reason) => vec![unreadable(&reason)],
            Ok(source) => {
                let text = Document::new(&source.text);
                let settings = config.settings(path);
                let Outcome { findings, .. } =
                    Checker::new(&*config.catalogue, &settings).check_recognised(&text)?;
                let catalogue = &*config.catalogue;
                diagnostics(&Checked { uri: &uri, text: &text, catalogue, findings: &findings }, self.agreed)
            }
        };
        Some(Report { result_id: result_id(&diagnostics), uri, diagnostics })
    }
}

fn unreadable(reason: &str) -> Diagnostic {
    Diagnostic {
        severity: Some(DiagnosticSeverity::Error),
        source: Some("detlint".to_owned()),
        message: Message::String(format!("it could not be read: {reason}")),
        ..Diagnostic::default()
    }
}
