//! The wordings of absence claims and of what stands around them, as data.

use std::sync::LazyLock;

use crate::letter::facts::phrase::{Phrases, Sets, entries, rows};

/// Described in its header.
const TABLE: &str = include_str!("../absence.tsv");

/// What some words do; the table describes each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Noun,
    Evidence,
    Strong,
    Weak,
    After,
    Proof,
    Made,
    Unclear,
    None,
    Record,
    Patient,
    Study,
    Guideline,
    Rule,
    Speaker,
    Condition,
    Time,
    Contrast,
    Cause,
    Verb,
    Purpose,
    Place,
    Adverbial,
    Opening,
    Treatment,
    Plain,
    Conclusion,
}

const CLASSES: [(&str, Class); 27] = [
    ("noun", Class::Noun),
    ("evidence", Class::Evidence),
    ("strong", Class::Strong),
    ("weak", Class::Weak),
    ("after", Class::After),
    ("proof", Class::Proof),
    ("made", Class::Made),
    ("unclear", Class::Unclear),
    ("none", Class::None),
    ("record", Class::Record),
    ("patient", Class::Patient),
    ("study", Class::Study),
    ("guideline", Class::Guideline),
    ("rule", Class::Rule),
    ("speaker", Class::Speaker),
    ("condition", Class::Condition),
    ("time", Class::Time),
    ("contrast", Class::Contrast),
    ("cause", Class::Cause),
    ("verb", Class::Verb),
    ("purpose", Class::Purpose),
    ("place", Class::Place),
    ("adverbial", Class::Adverbial),
    ("opening", Class::Opening),
    ("treatment", Class::Treatment),
    ("plain", Class::Plain),
    ("conclusion", Class::Conclusion),
];

impl Class {
    fn is_claim(self) -> bool {
        matches!(
            self,
            Self::Noun
                | Self::Evidence
                | Self::Strong
                | Self::Weak
                | Self::After
                | Self::Proof
                | Self::Made
                | Self::Unclear
                | Self::None
        )
    }
}

pub(super) struct Lists {
    pub claims: Phrases<Class>,
    pub context: Phrases<Class>,
}

pub(super) static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let mut lists = Lists { claims: Phrases::new(), context: Phrases::new() };
    let sets = Sets::of(TABLE);
    for row in rows(TABLE) {
        let [name, wordings] = row[..] else { continue };
        if let Some(&(_, class)) = CLASSES.iter().find(|(other, _)| *other == name) {
            let list = if class.is_claim() { &mut lists.claims } else { &mut lists.context };
            for wording in entries(wordings) {
                list.add_phrase(sets.spell_out(wording), class);
            }
        }
    }
    lists
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_is_known() {
        for row in rows(TABLE).filter(|row| row[0] != "set") {
            assert!(row.len() == 2 && CLASSES.iter().any(|(name, _)| *name == row[0]), "{row:?}");
        }
    }
}
