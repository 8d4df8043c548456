//! The words around findings, as data.

use std::sync::LazyLock;

use foldhash::HashSet;

use crate::letter::facts::finding::FindingId;
use crate::letter::facts::phrase::{Phrases, entries, rows, words_of};

/// Described in its header.
const TABLE: &str = include_str!("../observation.tsv");

pub(super) struct Lists {
    pub complaint: Phrases<()>,
    pub examination: Phrases<()>,
    pub changes: Phrases<()>,
    pub steady: Phrases<()>,
    pub except: Phrases<()>,
    pub bound: Phrases<()>,
    pub turn: Phrases<()>,
    pub of_day: Phrases<()>,
    pub study: Phrases<()>,
    pub position: Phrases<()>,
    pub movement: Phrases<()>,
    pub reflex: Phrases<()>,
    pub modality: Phrases<()>,
    pub direction: Phrases<()>,
    pub usual: HashSet<&'static str>,
    pub whole: HashSet<&'static str>,
    pub asserts: Phrases<()>,
    pub shows: Phrases<()>,
    pub exists: Phrases<()>,
    pub recorded: Phrases<()>,
    /// Findings that are said by a verb, which says at once that they are there.
    pub verbal: Phrases<()>,
    /// Other words by which a finding is told.
    pub told: Phrases<FindingId>,
    pub akin: Vec<HashSet<&'static str>>,
    pub neural: HashSet<&'static str>,
    pub subjective: HashSet<&'static str>,
    pub diagnosis: HashSet<&'static str>,
    pub deficit: HashSet<&'static str>,
    pub moved: HashSet<&'static str>,
    pub felt: HashSet<&'static str>,
    pub stressed: HashSet<&'static str>,
}

pub(super) static WORDS: LazyLock<Lists> = LazyLock::new(|| {
    let phrases = |kind| Phrases::of_kind(TABLE, kind, ());
    let mut told = Phrases::new();
    for row in rows(TABLE) {
        if let [name, "told", wordings] = row[..]
            && let Some(id) = FindingId::from_name(name)
        {
            told.add(wordings, id);
        }
    }
    Lists {
        told,
        asserts: phrases("asserts"),
        shows: phrases("shows"),
        exists: phrases("exists"),
        recorded: phrases("recorded"),
        verbal: phrases("verbal"),
        complaint: phrases("complaint"),
        examination: phrases("examination"),
        changes: phrases("changes"),
        steady: phrases("steady"),
        except: phrases("except"),
        bound: phrases("bound"),
        turn: phrases("turn"),
        of_day: phrases("of-day"),
        study: phrases("study"),
        position: phrases("position"),
        movement: phrases("movement"),
        reflex: phrases("reflex"),
        modality: phrases("modality"),
        direction: phrases("direction"),
        usual: words_of(TABLE, "usual"),
        whole: words_of(TABLE, "whole"),
        akin: rows(TABLE).filter(|row| row[0] == "akin").map(|row| entries(row[1]).collect()).collect(),
        neural: words_of(TABLE, "neural"),
        subjective: words_of(TABLE, "subjective"),
        diagnosis: words_of(TABLE, "diagnosis"),
        deficit: words_of(TABLE, "deficit"),
        moved: words_of(TABLE, "moved"),
        felt: words_of(TABLE, "felt"),
        stressed: words_of(TABLE, "stressed"),
    }
});

/// Whether one of two findings may be told by naming the other: swelling and effusion.
#[must_use]
pub fn is_akin(one: FindingId, two: FindingId) -> bool {
    one == two || WORDS.akin.iter().any(|group| group.contains(one.name()) && group.contains(two.name()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listed_findings_exist() {
        for name in WORDS
            .neural
            .iter()
            .chain(&WORDS.subjective)
            .chain(&WORDS.diagnosis)
            .chain(&WORDS.deficit)
            .chain(&WORDS.moved)
            .chain(&WORDS.felt)
            .chain(&WORDS.stressed)
            .chain(WORDS.akin.iter().flatten())
        {
            assert!(FindingId::from_name(name).is_some(), "{name}");
        }
        for row in rows(TABLE).filter(|row| row.len() > 2) {
            assert!(row[1] == "told" && FindingId::from_name(row[0]).is_some(), "{row:?}");
        }
    }
}
