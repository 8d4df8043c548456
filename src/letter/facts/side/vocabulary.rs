//! Words for sides, and the words around them.

use std::sync::LazyLock;

use super::SideValue;
use crate::letter::facts::phrase::{Phrases, rows};

/// Described in its header.
const TABLE: &str = include_str!("../side.tsv");

/// What a word or phrase for a side needs to be one.
#[derive(Clone, Copy)]
pub(super) enum Form {
    /// A side, wherever it stands.
    Always(SideValue),
    /// A side if its company says so.
    Word(SideValue),
    /// A side before a region or in brackets.
    Mark(SideValue),
    /// Two sides before a region in the plural.
    Both,
    /// No side.
    Not,
}

/// What words around a side say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    Sided,
    Filler,
    Stop,
    Subject,
    Company,
    Versus,
    Than,
    Elsewhere,
    Aside,
    Sparing,
    Normal,
    Radiation,
    Radicular,
    History,
    Past,
    Event,
    Extent,
    Overuse,
    Turn,
}

impl Cue {
    /// Its place in a token's set of cues.
    pub(super) fn bit(self) -> u32 {
        1 << self as u32
    }
}

pub(super) struct Vocabulary {
    pub(super) forms: Phrases<Form>,
    pub(super) cues: Phrases<Cue>,
}

pub(super) static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    use SideValue::{Bilateral, Left, Right};
    let mut forms = Phrases::new();
    let mut cues = Phrases::new();
    for row in rows(TABLE) {
        let [kind, entries] = row[..] else { continue };
        let form = match kind {
            "left" => Some(Form::Word(Left)),
            "right" => Some(Form::Word(Right)),
            "left-mark" => Some(Form::Mark(Left)),
            "right-mark" => Some(Form::Mark(Right)),
            "both-mark" => Some(Form::Mark(Bilateral)),
            "left-always" => Some(Form::Always(Left)),
            "right-always" => Some(Form::Always(Right)),
            "both-always" => Some(Form::Always(Bilateral)),
            "both" => Some(Form::Both),
            "not" => Some(Form::Not),
            _ => None,
        };
        match (form, cue(kind)) {
            (Some(form), _) => forms.add(entries, form),
            (None, Some(cue)) => cues.add(entries, cue),
            (None, None) => {}
        }
    }
    Vocabulary { forms, cues }
});

fn cue(kind: &str) -> Option<Cue> {
    Some(match kind {
        "sided" => Cue::Sided,
        "filler" => Cue::Filler,
        "stop" => Cue::Stop,
        "subject" => Cue::Subject,
        "company" => Cue::Company,
        "versus" => Cue::Versus,
        "than" => Cue::Than,
        "elsewhere" => Cue::Elsewhere,
        "aside" => Cue::Aside,
        "sparing" => Cue::Sparing,
        "normal" => Cue::Normal,
        "radiation" => Cue::Radiation,
        "radicular" => Cue::Radicular,
        "history" => Cue::History,
        "past" => Cue::Past,
        "event" => Cue::Event,
        "extent" => Cue::Extent,
        "overuse" => Cue::Overuse,
        "turn" => Cue::Turn,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        let forms = [
            "left",
            "right",
            "left-mark",
            "right-mark",
            "both-mark",
            "left-always",
            "right-always",
            "both-always",
            "both",
            "not",
        ];
        for row in rows(TABLE) {
            assert_eq!(row.len(), 2, "{row:?}");
            assert!(forms.contains(&row[0]) || cue(row[0]).is_some(), "{row:?}");
        }
    }
}
