//! Lints: three kinds by what they may look at.

use std::collections::BTreeMap;
use std::sync::Arc;

use foldhash::{HashMap, HashSet};
use serde::Deserialize;

use super::catalogue::Activation;
use super::finding::{Applicability, Draft, Level};
use super::frame::Frame;
use super::page::{Page, PageError};
use crate::letter::{Block, Content, Item, Letter, Place, Role};
use crate::text::Span;

/// A lint: what its file says, and its code if it has any.
#[derive(Debug)]
pub struct Lint {
    /// Its name: the defect's.
    pub name: String,
    /// The folder it lives in.
    pub family: String,
    /// Its level unless configured otherwise.
    pub level: Level,
    /// The highest applicability that any of its fixes has; absent for a lint without fixes.
    pub fix: Option<Applicability>,
    /// What it looks at.
    pub kind: Kind,
    /// Whether it runs unless configured otherwise.
    pub default: Activation,
    /// The roles of the blocks that it looks at; all when empty.
    pub(super) roles: Vec<String>,
    /// Lints that speak in its place where both flag the same text.
    pub(super) yields_to: Vec<String>,
    pub(super) messages: BTreeMap<String, Arc<str>>,
    pub(super) frames: Vec<Frame>,
    pub(super) sets: WordSets,
    pub(super) check: Check,
    pub(super) source: Arc<str>,
}

/// The word classes of a lint's file, by name.
pub(super) type WordSets = HashMap<String, HashSet<String>>;

/// What a lint may look at; that decides when its findings can be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// One block and its role.
    Block,
    /// The letter's anchors and one item.
    Item,
    /// The outline and the facts of the whole letter.
    Letter,
}

/// The code half of a lint.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// None: the patterns of its file say all.
    Patterns,
    /// Looks at one block.
    Block(fn(&BlockContext<'_>, &mut Sink)),
    /// Looks at one item.
    Item(fn(&ItemContext<'_>, &mut Sink)),
    /// Looks at a letter.
    Letter(fn(&LetterContext<'_>, &mut Sink)),
}

/// One block, as a lint sees it.
#[derive(Debug, Clone, Copy)]
pub struct BlockContext<'a> {
    /// What was read in it.
    pub content: &'a Content,
    /// What it is for.
    pub role: Role,
    pub(super) sets: &'a WordSets,
}

impl<'a> BlockContext<'a> {
    pub(super) fn new(lint: &'a Lint, block: &'a Block) -> Self {
        Self { content: &block.content, role: block.role, sets: &lint.sets }
    }

    /// Whether a lower-case word is in a set of the lint's file.
    ///
    /// # Panics
    /// If the file has no set of that name.
    #[must_use]
    pub fn is_in(&self, set: &str, word: &str) -> bool {
        self.sets[set].contains(word)
    }

    /// A span of this block as a place, which the engine puts into the letter.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        Place { block: 0, span }
    }
}

/// One item, as a lint sees it.
#[derive(Debug, Clone, Copy)]
pub struct ItemContext<'a> {
    /// The letter that holds it.
    pub letter: &'a Letter,
    /// The item.
    pub item: &'a Item,
}

/// A letter, as a lint sees it.
#[derive(Debug, Clone, Copy)]
pub struct LetterContext<'a> {
    /// The letter.
    pub letter: &'a Letter,
    pub(super) sets: &'a WordSets,
}

impl LetterContext<'_> {
    /// Whether a lower-case word is in a set of the lint's file.
    ///
    /// # Panics
    /// If the file has no set of that name.
    #[must_use]
    pub fn is_in(&self, set: &str, word: &str) -> bool {
        self.sets[set].contains(word)
    }
}

/// Takes what lints say.
#[derive(Debug, Default)]
pub struct Sink {
    pub(super) drafts: Vec<Draft>,
}

impl Sink {
    /// Adds a finding.
    pub fn push(&mut self, draft: Draft) {
        self.drafts.push(draft);
    }
}

impl Lint {
    /// Its documentation and examples, parsed on demand.
    ///
    /// # Errors
    /// When its file is not what the format asks for.
    pub fn page(&self) -> Result<Page, PageError> {
        Page::parse(&self.source)
    }

    /// Whether it looks at blocks of a role.
    #[must_use]
    pub fn looks_at(&self, role: Role) -> bool {
        self.roles.is_empty() || self.roles.iter().any(|name| name == role.name())
    }
}
