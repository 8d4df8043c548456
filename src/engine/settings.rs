//! Which lints run, at what level, and what a house accepts.

use std::collections::{BTreeMap, HashSet};

use thiserror::Error;

use super::catalogue::{Activation, Catalogue};
use super::finding::{Level, LintId};
use super::lint::Lint;
use crate::letter::Expected;

/// How a letter is checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The level of every lint; none for one that is off.
    levels: Vec<Option<Level>>,
    /// What letters there can be.
    pub expected: Expected,
    /// Words that the spelling lints accept, in lower case.
    pub words: HashSet<String>,
    /// Findings that were accepted, as counts by fingerprint: so many of each are left out.
    pub accepted: BTreeMap<String, usize>,
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
        let level = |(_, lint): (_, &Lint)| (lint.default == Activation::On).then_some(lint.level);
        Self::with_levels(catalogue.iter().map(level).collect())
    }

    fn with_levels(levels: Vec<Option<Level>>) -> Self {
        Self { levels, expected: Expected::default(), words: HashSet::new(), accepted: BTreeMap::new() }
    }

    /// Of each lint, whether it runs.
    pub(super) fn are_on(&self) -> impl Iterator<Item = bool> + '_ {
        self.levels.iter().map(Option::is_some)
    }

    /// Switches on what only letters for the public need.
    pub fn publish(&mut self, catalogue: &Catalogue) {
        for (id, lint) in catalogue.iter().filter(|(_, lint)| lint.default == Activation::Publication) {
            self.levels[id.0] = Some(lint.level);
        }
    }

    /// Every lint at its own level, those that are off by default too.
    #[must_use]
    pub fn everything(catalogue: &Catalogue) -> Self {
        Self::with_levels(catalogue.iter().map(|(_, lint)| Some(lint.level)).collect())
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

    /// Sets the level of a lint, or of a family's lints but those that are off by default; none switches off.
    ///
    /// # Errors
    /// When the name is neither a lint's nor a family's.
    pub fn set(
        &mut self,
        catalogue: &Catalogue,
        name: &str,
        level: Option<Level>,
    ) -> Result<Vec<LintId>, UnknownLint> {
        let mut ids = named(catalogue, name)?;
        // A lint that is off by default is switched on by its own name, never by its family's.
        ids.retain(|id| {
            let lint = catalogue.get(*id);
            lint.name == name || lint.default == Activation::On || self.levels[id.0].is_some()
        });
        for id in &ids {
            self.levels[id.0] = level;
        }
        Ok(ids)
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
    let nearest = nearest(name, names.map(String::as_str)).map(str::to_owned);
    UnknownLint { name: name.to_owned(), nearest }
}

/// The known name that was probably meant by an unknown one.
pub fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    known
        .into_iter()
        .map(|known| (strsim::damerau_levenshtein(known, name), known))
        .filter(|(distance, known)| *distance <= known.len() / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

impl UnknownLint {
    /// The error for a name that was looked up as a lint only.
    #[must_use]
    pub fn new(catalogue: &Catalogue, name: &str) -> Self {
        unknown(catalogue, name)
    }
}
