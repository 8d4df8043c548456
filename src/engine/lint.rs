//! Lints: three kinds by what they may look at.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use serde::Deserialize;

use super::catalogue::Activation;
use super::finding::{Applicability, Draft, Level};
use super::frame::Frame;
use super::message::Arg;
use super::page::{Page, PageError, Source};
use super::sentence_words::SentenceWords;
use crate::letter::{Block, Content, Item, Letter, Place, Role};
use crate::text::{Gap, Span, TokenKind, WordClass, key, lowered};

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
    /// A bit for each of them, by its index; all where it looks at all.
    pub(super) looks_at: u16,
    /// Lints that speak in its place where both flag the same text.
    pub(super) yields_to: Vec<String>,
    pub(super) messages: BTreeMap<String, Arc<str>>,
    pub(super) frames: Vec<Frame>,
    pub(super) sets: WordSets,
    pub(super) check: Check,
    pub(super) source: Source,
}

/// The word classes of a lint's file, which are asked for by their names for every word of a letter.
#[derive(Debug)]
pub(super) struct WordSets {
    /// In the order of their names' slots.
    sets: Vec<NamedSet>,
    /// What their names are told apart by, in the same order.
    tags: Vec<u64>,
    /// Whether two names share a tag.
    has_twins: bool,
    /// The first set of each slot, or of a later one.
    firsts: [u8; SLOTS],
}

/// Slots for the names of sets: few names share one.
const SLOTS: usize = 64;

impl WordSets {
    /// # Panics
    /// If there are more than 255.
    pub(super) fn new(mut sets: Vec<NamedSet>) -> Self {
        sets.sort_by_key(|named| tag(&named.name));
        let tags: Vec<u64> = sets.iter().map(|named| tag(&named.name)).collect();
        let first = |of: usize| tags.partition_point(|&tag| slot(tag) < of);
        let firsts = std::array::from_fn(|of| u8::try_from(first(of)).expect("a lint has fewer sets"));
        let has_twins = tags.windows(2).any(|pair| pair[0] == pair[1]);
        Self { sets, tags, has_twins, firsts }
    }

    #[inline]
    fn get(&self, name: &str) -> Option<&NamedSet> {
        let tag = tag(name);
        let first = usize::from(self.firsts[slot(tag)]);
        let mut at = first + self.tags[first..].iter().position(|&other| other == tag)?;
        while self.has_twins && *self.sets.get(at)?.name != *name {
            at += 1;
        }
        self.sets.get(at)
    }
}

/// What tells a set's name from most others: how it begins and ends, and its length.
#[inline]
fn tag(name: &str) -> u64 {
    let name = name.as_bytes();
    let (begins, ends) = match (name.first_chunk(), name.last_chunk()) {
        (Some(first), Some(last)) => (u32::from_le_bytes(*first), u32::from_le_bytes(*last)),
        _ => (name.iter().fold(0, |tag, &byte| tag << 8 | u32::from(byte)), 0),
    };
    let ends = ends.wrapping_add(u32::try_from(name.len()).unwrap_or_default() << 24);
    (u64::from(begins) | u64::from(ends) << 32).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The slot of a tag.
#[inline]
fn slot(tag: u64) -> usize {
    (tag >> 58) as usize
}

/// What parts the words of a set where they are one text.
const WORD_BREAK: char = '\u{1f}';

/// A word class: its words, and as which they are looked up.
#[derive(Debug)]
pub(super) struct NamedSet {
    name: Cow<'static, str>,
    /// One behind the other.
    words: Cow<'static, str>,
    /// One by one, where code looks at each.
    list: OnceLock<Vec<Box<str>>>,
    /// As they are written: code asks for these.
    written: OnceLock<WordClass>,
    /// In small letters: patterns ask for these.
    small: OnceLock<Arc<WordClass>>,
}

impl NamedSet {
    pub(super) fn new(name: String, words: &[String]) -> Self {
        Self::of(name.into(), words.join(WORD_BREAK.encode_utf8(&mut [0; 4])).into())
    }

    /// A set as the build has written it down: its name, a tab, and its words.
    pub(super) fn built(line: &'static str) -> Option<Self> {
        line.split_once('\t').map(|(name, words)| Self::of(name.into(), words.into()))
    }

    fn of(name: Cow<'static, str>, words: Cow<'static, str>) -> Self {
        Self { name, words, list: OnceLock::new(), written: OnceLock::new(), small: OnceLock::new() }
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.words.split(WORD_BREAK).filter(|word| !word.is_empty())
    }

    fn written(&self) -> &WordClass {
        self.written.get_or_init(|| WordClass::new(self.words()))
    }

    fn small(&self) -> &Arc<WordClass> {
        self.small.get_or_init(|| Arc::new(WordClass::new(self.words().map(lowered))))
    }
}

/// The set of a name for a pattern.
pub(super) fn set_of_pattern(sets: &WordSets, name: &str) -> Option<Arc<WordClass>> {
    sets.get(name).map(|named| Arc::clone(named.small()))
}

#[inline]
fn named<'a>(sets: &'a WordSets, set: &str) -> &'a NamedSet {
    sets.get(set).unwrap_or_else(|| panic!("no set {set}"))
}

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
    /// Looks at the sentences of a block, one by one: at the words of one, and at no more than its neighbours beside it
    /// (`engine::memory`).
    Sentence(fn(&SentenceWords<'_>, &mut Sink)),
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
    /// Its index in the letter; 0 where a lint looks at one block, which the engine puts into the letter.
    index: usize,
    sets: &'a WordSets,
}

/// One item, as a lint sees it.
#[derive(Debug, Clone, Copy)]
pub struct ItemContext<'a> {
    /// The letter that holds it.
    pub letter: &'a Letter,
    /// The item.
    pub item: &'a Item,
    pub(super) sets: &'a WordSets,
}

/// A letter, as a lint sees it.
#[derive(Debug, Clone, Copy)]
pub struct LetterContext<'a> {
    /// The letter.
    pub letter: &'a Letter,
    pub(super) sets: &'a WordSets,
}

/// Gives contexts the word sets of their lint's file.
macro_rules! know_word_sets {
    ($($context:ident),+) => {$(
        impl<'a> $context<'a> {
            /// Whether a lower-case word is in a set of the lint's file.
            ///
            /// # Panics
            /// If the file has no set of that name.
            #[must_use]
            #[inline]
            pub fn is_in(&self, set: &str, word: &str) -> bool {
                self.set(set).has(key(word))
            }

            /// A set of the lint's file, for what looks many words up in it.
            ///
            /// # Panics
            /// If the file has no set of that name.
            #[must_use]
            #[inline]
            pub fn set(&self, set: &str) -> &'a WordClass {
                named(self.sets, set).written()
            }

            /// Whether a word in small letters is in a set of the lint's file, however it is written.
            ///
            /// # Panics
            /// If the file has no set of that name.
            #[must_use]
            pub fn is_in_lower(&self, set: &str, word: &str) -> bool {
                let is_small = word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
                if is_small { self.is_in(set, word) } else { self.is_in(set, &word.to_lowercase()) }
            }

            /// The words of a set of the lint's file.
            ///
            /// # Panics
            /// If the file has no set of that name.
            pub fn words(&self, set: &str) -> impl Iterator<Item = &'a str> {
                let named = named(self.sets, set);
                named.list.get_or_init(|| named.words().map(Box::from).collect()).iter().map(|word| &**word)
            }
        }
    )+};
}

know_word_sets!(BlockContext, ItemContext, LetterContext);

/// Lets contexts of a letter read one of its blocks as a block lint does.
macro_rules! know_blocks {
    ($($context:ident),+) => {$(
        impl<'a> $context<'a> {
            /// A block of the letter, by its index; the places that it gives are in the letter.
            #[must_use]
            pub fn block(&self, index: usize) -> BlockContext<'a> {
                let block = &self.letter.blocks[index];
                BlockContext { content: &block.content, role: block.role, index, sets: self.sets }
            }
        }
    )+};
}

know_blocks!(ItemContext, LetterContext);

impl<'a> BlockContext<'a> {
    pub(super) fn new(lint: &'a Lint, block: &'a Block) -> Self {
        Self { content: &block.content, role: block.role, index: 0, sets: &lint.sets }
    }

    /// The text of a token; empty beyond the last.
    #[must_use]
    pub fn word(&self, token: usize) -> &'a str {
        self.content.tokens.get(token).map_or("", |token| &self.content.text()[token.span.clone()])
    }

    /// What a token is; nothing beyond the last.
    #[must_use]
    pub fn kind(&self, token: usize) -> Option<TokenKind> {
        self.content.tokens.get(token).map(|token| token.kind)
    }

    /// What stands before a token; nothing beyond the last.
    #[must_use]
    pub fn gap(&self, token: usize) -> Option<Gap> {
        self.content.tokens.get(token).map(|token| token.gap)
    }

    /// Whether nothing stands between a token and the one before.
    #[must_use]
    pub fn is_glued(&self, token: usize) -> bool {
        self.gap(token) == Some(Gap::None)
    }

    /// A span of this block as a place.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        Place { block: self.index, span }
    }
}

impl LetterContext<'_> {
    /// A finding at a place that says something else than an anchor: its message knows what is `{found}`, what is
    /// `{known}` and in which `{part}` of the letter, and the anchor is shown with the message "anchor".
    #[must_use]
    pub fn conflict(&self, place: Place, anchor: &Place) -> Draft {
        let found = Arg::letter(self.letter.text_at(&place));
        let known = Arg::letter(self.letter.text_at(anchor));
        Draft::new(place, "message")
            .arg("found", found)
            .arg("known", known.clone())
            .arg("part", Arg::term(self.letter.part_at(anchor)))
            .related(anchor.clone(), "anchor", vec![("known", known)])
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
        Page::parse(&self.source.text())
    }

    /// Whether it looks at blocks of a role.
    #[must_use]
    pub fn looks_at(&self, role: Role) -> bool {
        self.looks_at & 1 << role.index() != 0
    }
}
