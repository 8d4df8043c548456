//! Which lints run, and at what level.

use thiserror::Error;

use super::catalogue::Catalogue;
use super::finding::{Level, LintId};

/// The level of every lint; none for one that is off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    levels: Vec<Option<Level>>,
}

/// A name that is neither a lint nor a family.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("no lint or family is called “{name}”{}", nearest.as_ref().map(|nearest| format!("; did you mean “{nearest}”?")).unwrap_or_default())]
pub struct UnknownLint {
    /// What was asked for.
    pub name: String,
    /// The name that is most like it.
    pub nearest: Option<String>,
}

impl Settings {
    /// What the lints' own files say.
    #[must_use]
    pub fn defaults(catalogue: &Catalogue) -> Self {
        Self { levels: catalogue.iter().map(|(_, lint)| lint.default.then_some(lint.level)).collect() }
    }

    /// Every lint at its own level, those that are off by default too.
    #[must_use]
    pub fn everything(catalogue: &Catalogue) -> Self {
        Self { levels: catalogue.iter().map(|(_, lint)| Some(lint.level)).collect() }
    }

    /// Keeps only the lints and families that are named. A lint that is off by default is switched on by its own
    /// name, never by its family's.
    ///
    /// # Errors
    /// When a name is neither.
    pub fn select(&mut self, catalogue: &Catalogue, names: &[String]) -> Result<(), UnknownLint> {
        let mut selected = vec![None; self.levels.len()];
        for name in names {
            for id in named(catalogue, name)? {
                let lint = catalogue.get(id);
                selected[id.0] = if lint.name == *name {
                    Some(self.levels[id.0].unwrap_or(lint.level))
                } else {
                    selected[id.0].or(self.levels[id.0])
                };
            }
        }
        self.levels = selected;
        Ok(())
    }

    /// Switches off the lints and families that are named.
    ///
    /// # Errors
    /// When a name is neither.
    pub fn ignore(&mut self, catalogue: &Catalogue, names: &[String]) -> Result<(), UnknownLint> {
        for name in names {
            for id in named(catalogue, name)? {
                self.levels[id.0] = None;
            }
        }
        Ok(())
    }

    /// The level of a lint; none when it is off.
    #[must_use]
    pub fn level(&self, id: LintId) -> Option<Level> {
        self.levels[id.0]
    }
}

fn named(catalogue: &Catalogue, name: &str) -> Result<Vec<LintId>, UnknownLint> {
    let ids: Vec<LintId> = catalogue
        .iter()
        .filter(|(_, lint)| lint.name == name || lint.family == name)
        .map(|(id, _)| id)
        .collect();
    if ids.is_empty() { Err(unknown(catalogue, name)) } else { Ok(ids) }
}

fn unknown(catalogue: &Catalogue, name: &str) -> UnknownLint {
    let names = catalogue.iter().flat_map(|(_, lint)| [&lint.name, &lint.family]);
    let nearest = names
        .map(|known| (strsim::damerau_levenshtein(known, name), known))
        .filter(|(distance, known)| *distance <= known.len() / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known.clone());
    UnknownLint { name: name.to_owned(), nearest }
}

impl UnknownLint {
    /// The error for a name that was looked up as a lint only.
    #[must_use]
    pub fn new(catalogue: &Catalogue, name: &str) -> Self {
        unknown(catalogue, name)
    }
}
