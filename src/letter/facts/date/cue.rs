//! The words around a date that tell what happened on it, as data.

use std::sync::LazyLock;

use foldhash::HashSet;

use super::DateRole;
use crate::letter::facts::phrase::{Phrases, rows, words_of};

/// Described in its header.
const TABLE: &str = include_str!("roles.tsv");

/// What sort of words a cue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A thing that has a date.
    Noun,
    /// A noun whose date may be a range.
    Period,
    /// An event.
    Verb,
}

/// A cue's kind, and its role; a phrase without one only hides the words in it ("injured worker").
pub(super) type Named = (Kind, Option<DateRole>);

/// The nouns and verbs.
pub(super) static NAMED: LazyLock<Phrases<Named>> = LazyLock::new(|| {
    let mut named = Phrases::new();
    for row in rows(TABLE) {
        let [role, kind, phrases] = row[..] else { continue };
        let kind = match kind {
            "noun" => Kind::Noun,
            "period" => Kind::Period,
            "verb" => Kind::Verb,
            _ => continue,
        };
        named.add(phrases, (kind, role_named(role)));
    }
    named
});

/// Phrases that name the utilization review in other words.
pub(super) static CONTEXT: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::of_kind(TABLE, "context", ()));

/// The single words of one kind.
pub(super) struct Class(LazyLock<HashSet<&'static str>>);

impl Class {
    /// Whether a word is one of them.
    pub fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

pub(super) static STRONG: Class = Class(LazyLock::new(|| words_of(TABLE, "strong")));
pub(super) static LINK: Class = Class(LazyLock::new(|| words_of(TABLE, "link")));
pub(super) static STOP: Class = Class(LazyLock::new(|| words_of(TABLE, "stop")));
pub(super) static ARTICLE: Class = Class(LazyLock::new(|| words_of(TABLE, "article")));
pub(super) static BESIDE_IN_TIME: Class = Class(LazyLock::new(|| words_of(TABLE, "beside-in-time")));
pub(super) static ADDRESSES: Class = Class(LazyLock::new(|| words_of(TABLE, "addresses")));
pub(super) static NOT_ADDRESSED: Class = Class(LazyLock::new(|| words_of(TABLE, "not-addressed")));
pub(super) static OTHER_ONE: Class = Class(LazyLock::new(|| words_of(TABLE, "other-one")));
pub(super) static COMPLEMENT: Class = Class(LazyLock::new(|| words_of(TABLE, "complement")));
pub(super) static TIME_UNIT: Class = Class(LazyLock::new(|| words_of(TABLE, "time-unit")));
pub(super) static SUFFER: Class = Class(LazyLock::new(|| words_of(TABLE, "suffer")));
pub(super) static RELATIVE: Class = Class(LazyLock::new(|| words_of(TABLE, "relative")));
pub(super) static YEAR: Class = Class(LazyLock::new(|| words_of(TABLE, "year")));
pub(super) static COUNTED: Class = Class(LazyLock::new(|| words_of(TABLE, "counted")));

fn role_named(name: &str) -> Option<DateRole> {
    Some(match name {
        "injury" => DateRole::Injury,
        "ur" => DateRole::UrDecision,
        "assigned" => DateRole::Assigned,
        "received" => DateRole::ApplicationReceived,
        "decision" => DateRole::Decision,
        "record" => DateRole::Record,
        "procedure" => DateRole::Procedure,
        "birth" => DateRole::Birth,
        "guideline" => DateRole::Guideline,
        "accessed" => DateRole::Accessed,
        "request" => DateRole::Request,
        "other" => DateRole::Other,
        _ => return None,
    })
}
