//! Findings and fixes.

use serde::{Deserialize, Serialize};

use super::message::{Arg, Message};
use crate::letter::Place;
use crate::text::Span;

/// How bad a finding is. Hints are for editors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Shown in editors only.
    Hint,
    /// Worth a look.
    Info,
    /// Very likely wrong.
    Warning,
    /// Would be wrong in a signed letter.
    Error,
}

impl Level {
    /// Its name in output and configuration.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Who may apply a fix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// `--fix` does: it leaves every fact's letters and digits as they are.
    Safe,
    /// `--unsafe-fixes` does: it may change what the sentence says.
    Unsafe,
    /// Only a person does, one at a time: it touches a fact, a decision, a citation or a name.
    Manual,
}

impl Applicability {
    /// Its name in output and in a lint's file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
            Self::Manual => "manual",
        }
    }
}

/// Index of a lint in its catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LintId(pub(super) usize);

/// One defect. `S` is how it says where: a [`Place`] in a letter, or a byte span of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding<S = Span> {
    /// The lint that found it.
    pub lint: LintId,
    /// The flagged text.
    pub span: S,
    /// How bad it is: the configured level, or the finding's cap where that is lower.
    pub level: Level,
    /// What is wrong.
    pub message: Message,
    /// Other places that explain it, such as the other side of a conflict.
    pub related: Vec<Related<S>>,
    /// Ways to repair it, best first.
    pub fixes: Vec<Fix<S>>,
    /// A position-free hash of the lint, the flagged text and its sentence: the same defect keeps it when text
    /// around it changes. Nothing of the letter can be read from it.
    pub fingerprint: String,
}

/// A place that explains a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related<S = Span> {
    /// Where.
    pub span: S,
    /// What stands there.
    pub message: Message,
}

/// A repair: all of its edits or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix<S = Span> {
    /// What it does, in the imperative.
    pub title: String,
    /// Who may apply it.
    pub applicability: Applicability,
    /// Its edits; they do not overlap.
    pub edits: Vec<Edit<S>>,
}

/// A replacement of one span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit<S = Span> {
    /// What is replaced; empty for an insertion.
    pub span: S,
    /// By what.
    pub new_text: String,
}

/// What a lint says before the engine has weighed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub(super) place: Place,
    pub(super) message: &'static str,
    pub(super) args: Vec<(&'static str, Arg)>,
    pub(super) related: Vec<DraftRelated>,
    pub(super) fixes: Vec<DraftFix>,
    pub(super) cap: Option<Level>,
    pub(super) raised: Option<Level>,
}

impl Draft {
    /// A finding at a place, with the message of that key in the lint's file ("message" is the plain one).
    #[must_use]
    pub fn new(place: Place, message: &'static str) -> Self {
        Self {
            place,
            message,
            args: Vec::new(),
            related: Vec::new(),
            fixes: Vec::new(),
            cap: None,
            raised: None,
        }
    }

    /// A draft of a block's own, in the block of that index.
    pub(super) fn in_block(&self, block: usize) -> Self {
        let mut draft = self.clone();
        draft.place.block = block;
        draft.related.iter_mut().for_each(|related| related.place.block = block);
        draft.fixes.iter_mut().for_each(|fix| fix.place.block = block);
        draft
    }

    /// The same draft of a block's own where its sentence stands elsewhere, `from` one offset `to` another.
    pub(super) fn moved(&self, from: usize, to: usize) -> Self {
        let mut draft = self.clone();
        let places = draft.related.iter_mut().map(|related| &mut related.place);
        let places = places.chain(draft.fixes.iter_mut().map(|fix| &mut fix.place)).chain([&mut draft.place]);
        places.for_each(|place| place.span = place.span.start + to - from..place.span.end + to - from);
        draft
    }

    /// Fills a slot of the message.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: Arg) -> Self {
        self.args.push((name, value));
        self
    }

    /// Adds a place that explains the finding, with a message of the lint's file.
    #[must_use]
    pub fn related(mut self, place: Place, message: &'static str, args: Vec<(&'static str, Arg)>) -> Self {
        self.related.push(DraftRelated { place, message, args });
        self
    }

    /// Offers a repair.
    #[must_use]
    pub fn fix(mut self, fix: DraftFix) -> Self {
        self.fixes.push(fix);
        self
    }

    /// Lowers the finding's level, whatever is configured.
    #[must_use]
    pub fn cap(mut self, level: Level) -> Self {
        self.cap = Some(level);
        self
    }

    /// Raises the finding's level, unless a house has set the lint's.
    #[must_use]
    pub fn raise(mut self, level: Level) -> Self {
        self.raised = Some(level);
        self
    }
}

/// A place that explains a finding, before its message is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DraftRelated {
    pub place: Place,
    pub message: &'static str,
    pub args: Vec<(&'static str, Arg)>,
}

/// A repair before the engine has weighed it: one replacement inside one block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftFix {
    pub(super) place: Place,
    pub(super) new_text: String,
    pub(super) applicability: Applicability,
    pub(super) title: Option<String>,
}

impl DraftFix {
    /// Replaces the text at a place.
    #[must_use]
    pub fn replace(place: Place, new_text: impl Into<String>, applicability: Applicability) -> Self {
        Self { place, new_text: new_text.into(), applicability, title: None }
    }

    /// Says what it does, where "Replace with …" does not.
    #[must_use]
    pub fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    pub(super) fn title(&self) -> String {
        match &self.title {
            Some(title) => title.clone(),
            None if self.new_text.is_empty() => "Remove it".to_owned(),
            None if self.place.span.is_empty() => format!("Insert “{}”", self.new_text.trim()),
            None => format!("Replace with “{}”", self.new_text),
        }
    }
}
