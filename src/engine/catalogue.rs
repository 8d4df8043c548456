//! The catalogue: lints loaded from their files, the product's and a user's by the same loader.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use super::finding::{Applicability, Level, LintId};
use super::frame::{BuiltFrames, Frame, FrameSource};
use super::gate::Gate;
use super::lint::{Check, Kind, Lint, NamedSet, WordSets, set_of_pattern};
use super::page::{LoadError, Source, split};
use crate::letter::Role;

/// The lints of a run.
#[derive(Debug)]
pub struct Catalogue {
    lints: Vec<Lint>,
    pub(super) gate: Gate,
}

/// One line of a registry: a lint's file and its code.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The text of `lints/<family>/<name>.toml`, or of a user's file.
    pub source: Source,
    /// Of the product's own: what of it is needed to run it.
    pub built: Option<&'static Built>,
    /// Its code half.
    pub check: Check,
}

/// What the build makes of a lint's file.
#[derive(Debug)]
pub struct Built {
    /// Its head without its patterns and its sets, as JSON.
    pub head: &'static str,
    /// A line a set: its name, a tab, and its words.
    pub sets: &'static str,
    /// Its patterns.
    pub frames: BuiltFrames,
}

/// The part of a lint's file that is needed to run it. It ends where `[doc]` begins.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    name: String,
    family: String,
    level: Level,
    fix: FixLevel,
    kind: Kind,
    default: Activation,
    #[serde(default)]
    roles: Vec<String>,
    #[serde(default)]
    yields_to: Vec<String>,
    message: String,
    /// Further messages, by the key under which the lint's code asks for them.
    #[serde(default)]
    messages: BTreeMap<String, String>,
    /// Word classes, which patterns use as `<name>` and code asks for by name.
    #[serde(default)]
    sets: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    frame: Vec<FrameSource>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum FixLevel {
    Safe,
    Unsafe,
    Manual,
    None,
}

/// Whether a lint runs unless configured otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Activation {
    /// It does.
    On,
    /// It does not: it speaks too often, or of a matter of style.
    Off,
    /// Only in letters for the public.
    Publication,
}

impl Catalogue {
    /// Loads lints.
    ///
    /// # Errors
    /// When a file is not what the format asks for, or two lints have one name.
    pub fn load(entries: &[Entry]) -> Result<Self, LoadError> {
        let mut lints: Vec<Lint> = Vec::with_capacity(entries.len());
        let mut gate = Gate::default();
        for (index, entry) in entries.iter().enumerate() {
            let lint = load(entry, index, &mut gate).map_err(|(line, reason)| LoadError {
                entry: index,
                line,
                reason,
            })?;
            if lints.iter().any(|other| other.name == lint.name) {
                let reason = format!("there are two lints called “{}”", lint.name);
                return Err(LoadError { entry: index, line: None, reason });
            }
            lints.push(lint);
        }
        Ok(Self { lints, gate })
    }

    /// Every lint with its index.
    pub fn iter(&self) -> impl Iterator<Item = (LintId, &Lint)> {
        self.lints.iter().enumerate().map(|(index, lint)| (LintId(index), lint))
    }

    /// The lint of a finding.
    #[must_use]
    pub fn get(&self, id: LintId) -> &Lint {
        &self.lints[id.0]
    }

    /// A lint by name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<(LintId, &Lint)> {
        self.iter().find(|(_, lint)| lint.name == name)
    }

    /// How many lints there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lints.len()
    }

    /// Whether there is no lint.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lints.is_empty()
    }
}

/// Loads one lint. A fault is told with its line, from 1, where it has one.
fn load(entry: &Entry, index: usize, gate: &mut Gate) -> Result<Lint, (Option<usize>, String)> {
    let Entry { source, built, check } = entry;
    let from_build = built.and_then(|built| Some((serde_json::from_str(built.head).ok()?, Some(built))));
    let (head, built): (Head, Option<&'static Built>) = match from_build {
        Some(from_build) => from_build,
        None => (read_head(&source.text())?, None),
    };
    let fail = |reason: String| Err((None, reason));
    if let Some(role) = head.roles.iter().find(|role| !Role::NAMES.contains(&role.as_str())) {
        return fail(format!("no role is called “{role}”; there are {}", Role::NAMES.join(", ")));
    }
    let kind_fits = match *check {
        Check::Patterns => {
            let has_none = head.frame.is_empty() && built.is_none_or(|built| built.frames.frames.is_empty());
            head.kind == Kind::Block && !has_none
        }
        Check::Sentence(_) | Check::Block(_) => head.kind == Kind::Block,
        Check::Item(_) => head.kind == Kind::Item,
        Check::Letter(_) => head.kind == Kind::Letter,
    };
    if !kind_fits {
        return fail("its kind does not fit its code, or it has neither code nor patterns".to_owned());
    }
    if head.sets.len() > usize::from(u8::MAX) {
        return fail("it has more than 255 sets".to_owned());
    }
    let sets = head.sets.into_iter().map(|(name, words)| NamedSet::new(name, &words));
    let built_sets = built.iter().flat_map(|built| built.sets.lines()).filter_map(NamedSet::built);
    let sets = WordSets::new(sets.chain(built_sets).collect());
    let mut frames: Vec<Frame> = Vec::new();
    for built in built.iter().map(|built| &built.frames) {
        frames.reserve_exact(built.frames.len());
        for frame in built.frames {
            gate.add(index, frames.len(), built.anchors(frame).iter().copied());
            frames.push(Frame::built(built, frame));
        }
    }
    for source in &head.frame {
        let set = |name: &str| set_of_pattern(&sets, name);
        let (frame, anchors) = Frame::parse(source, &set).map_err(|reason| (None, reason))?;
        gate.add(index, frames.len(), anchors.into_iter());
        frames.push(frame);
    }
    let fix = match head.fix {
        FixLevel::Safe => Some(Applicability::Safe),
        FixLevel::Unsafe => Some(Applicability::Unsafe),
        FixLevel::Manual => Some(Applicability::Manual),
        FixLevel::None => None,
    };
    let mut messages: BTreeMap<String, Arc<str>> =
        head.messages.into_iter().map(|(key, text)| (key, text.into())).collect();
    messages.insert("message".to_owned(), head.message.into());
    Ok(Lint {
        name: head.name,
        family: head.family,
        level: head.level,
        fix,
        kind: head.kind,
        default: head.default,
        looks_at: bits_of(&head.roles),
        roles: head.roles,
        yields_to: head.yields_to,
        messages,
        frames,
        sets,
        check: *check,
        source: source.clone(),
    })
}

/// A bit for each role by its index; all where none is named.
fn bits_of(roles: &[String]) -> u16 {
    let index = |name: &String| Role::NAMES.iter().position(|known| known == name);
    let named = roles.iter().filter_map(index).fold(0, |bits, index| bits | 1 << index);
    if roles.is_empty() { u16::MAX } else { named }
}

fn read_head(source: &str) -> Result<Head, (Option<usize>, String)> {
    let (head, _) = split(source);
    toml::from_str(head).map_err(|error| {
        let line = error.span().map(|span| head[..span.start].matches('\n').count() + 1);
        (line, error.message().trim().to_owned())
    })
}
