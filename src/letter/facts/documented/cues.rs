//! The words around a topic, as data.

use std::sync::LazyLock;

use foldhash::HashSet;

use crate::letter::facts::phrase::{Phrases, words_of};

const TABLE: &str = include_str!("cues.tsv");

/// What a word in a sentence of the summary says of the topics beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    Done,
    /// A number of visits, which may be of what was done or of what is asked for.
    Counted,
    /// What a study found.
    Shown,
    Planned,
    Not,
    Failed,
    Break,
}

pub(super) struct Cues {
    pub around: Phrases<Cue>,
    pub trial: Phrases<()>,
    pub failure: Phrases<()>,
    pub untried: Phrases<()>,
    pub left_untried: Phrases<()>,
    pub none_done: Phrases<()>,
    pub unexamined: Phrases<()>,
    pub light: Phrases<()>,
    pub tail: Phrases<()>,
    pub failing: Phrases<()>,
    pub narrow: HashSet<&'static str>,
    pub common: HashSet<&'static str>,
}

pub(super) static CUES: LazyLock<Cues> = LazyLock::new(|| {
    let mut around = Phrases::new();
    let kinds = [
        ("failed", Cue::Failed),
        ("planned", Cue::Planned),
        ("not", Cue::Not),
        ("done", Cue::Done),
        ("counted", Cue::Counted),
        ("shown", Cue::Shown),
        ("break", Cue::Break),
    ];
    for (kind, cue) in kinds {
        for words in crate::letter::facts::phrase::rows(TABLE).filter(|row| row[0] == kind) {
            around.add(words[1], cue);
        }
    }
    let phrases = |kind| Phrases::of_kind(TABLE, kind, ());
    Cues {
        around,
        trial: phrases("trial"),
        failure: phrases("failure"),
        untried: phrases("untried"),
        left_untried: phrases("left-untried"),
        none_done: phrases("none-done"),
        unexamined: phrases("unexamined"),
        light: phrases("light"),
        tail: phrases("tail"),
        failing: phrases("failing"),
        narrow: words_of(TABLE, "narrow"),
        common: words_of(TABLE, "common"),
    }
});
