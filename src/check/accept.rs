//! Accepting findings: `--write-baseline`, and what of a baseline is out of date.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::{BASELINE_NAME, Config};
use crate::engine::Outcome;

/// What was found and accepted over a run, by the folder of its baseline.
#[derive(Debug)]
pub(super) struct Acceptance {
    /// Whether baselines are to be written: otherwise nothing is kept of each letter, of which there may be a million.
    writes: bool,
    folders: BTreeMap<PathBuf, Folder>,
}

#[derive(Debug)]
struct Folder {
    config: Arc<Config>,
    /// Counts by fingerprint of what is to be accepted, by letter.
    found: BTreeMap<String, BTreeMap<String, usize>>,
    /// Accepted findings that are gone.
    stale: usize,
}

impl Acceptance {
    /// `writes` tells whether baselines are to be written.
    pub fn new(writes: bool) -> Self {
        Self { writes, folders: BTreeMap::new() }
    }

    /// Adds what came of a letter.
    pub fn add(&mut self, config: &Arc<Config>, letter: &Path, outcome: &Outcome) {
        let folder = self.folders.entry(config.folder.clone()).or_insert_with(|| Folder {
            config: config.clone(),
            found: BTreeMap::new(),
            stale: 0,
        });
        let key = config.key(letter);
        let remembered: usize = config.baseline.accepted(&key).values().sum();
        folder.stale += remembered.saturating_sub(outcome.accepted.values().sum());
        if !self.writes {
            return;
        }
        let counts = folder.found.entry(key).or_default();
        for finding in &outcome.findings {
            *counts.entry(finding.fingerprint.clone()).or_default() += 1;
        }
    }

    /// Writes the baselines: exactly what was found in the letters of this run, and what stands there of letters that
    /// still exist. What to tell of each.
    pub fn write(&self) -> Vec<Result<String, String>> {
        let write = |(path, folder): (&PathBuf, &Folder)| {
            let mut baseline = folder.config.baseline.clone();
            baseline.retain(|letter| path.join(letter).is_file());
            for (letter, counts) in &folder.found {
                baseline.accept(letter, counts.clone());
            }
            let name = path.join(BASELINE_NAME);
            let accepted: usize = folder.found.values().flat_map(BTreeMap::values).sum();
            match baseline.write(path) {
                Ok(()) => Ok(format!("{}: {accepted} findings accepted", name.display())),
                Err(error) => Err(format!("{}: it cannot be written: {error}", name.display())),
            }
        };
        self.folders.iter().map(write).collect()
    }

    /// What to tell of baselines that accept what is gone.
    pub fn stale(&self) -> Vec<Result<String, String>> {
        let stale = self.folders.iter().filter(|(_, folder)| folder.stale > 0);
        stale
            .map(|(path, folder)| {
                let (count, name) = (folder.stale, path.join(BASELINE_NAME));
                Ok(format!(
                    "{}: accepted findings that are gone: {count}; --write-baseline takes them out",
                    name.display()
                ))
            })
            .collect()
    }
}
