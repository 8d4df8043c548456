//! The words around findings, as data.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::letter::facts::finding::FindingId;
use crate::letter::facts::phrase::{Phrases, words_of};

/// Described in its header.
const TABLE: &str = include_str!("../observation.tsv");

pub(super) struct Lists {
    pub complaint: Phrases<()>,
    pub examination: Phrases<()>,
    pub changes: Phrases<()>,
    pub except: Phrases<()>,
    pub position: Phrases<()>,
    pub movement: Phrases<()>,
    pub reflex: Phrases<()>,
    pub modality: Phrases<()>,
    pub whole: HashSet<&'static str>,
    pub neural: HashSet<&'static str>,
    pub subjective: HashSet<&'static str>,
    pub diagnosis: HashSet<&'static str>,
}

pub(super) static WORDS: LazyLock<Lists> = LazyLock::new(|| {
    let phrases = |kind| Phrases::of_kind(TABLE, kind, ());
    Lists {
        complaint: phrases("complaint"),
        examination: phrases("examination"),
        changes: phrases("changes"),
        except: phrases("except"),
        position: phrases("position"),
        movement: phrases("movement"),
        reflex: phrases("reflex"),
        modality: phrases("modality"),
        whole: words_of(TABLE, "whole"),
        neural: words_of(TABLE, "neural"),
        subjective: words_of(TABLE, "subjective"),
        diagnosis: words_of(TABLE, "diagnosis"),
    }
});

/// Whether a finding is a conclusion or a study, and not seen or felt by itself.
#[must_use]
pub fn is_conclusion(id: FindingId) -> bool {
    WORDS.diagnosis.contains(id.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listed_findings_exist() {
        for name in WORDS.neural.iter().chain(&WORDS.subjective).chain(&WORDS.diagnosis) {
            assert!(FindingId::from_name(name).is_some(), "{name}");
        }
    }
}
