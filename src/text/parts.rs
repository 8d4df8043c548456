//! Parts of speech: what a form of a common word can be.

use super::hashes::place_of;
use super::word::Key;

include!("parts_format.rs");

/// Bytes of a record: four of a word's hash, two of its parts.
const RECORD: usize = 6;
/// The hashes of the forms, sorted, each with its parts of speech behind it.
static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/parts.bin"));

impl Parts {
    /// Those of a word; none when nothing is known of it, as of names, drugs and rare words.
    #[must_use]
    pub fn of(word: Key) -> Option<Self> {
        let wanted = parts_hash(word.bits());
        let (records, _) = TABLE.as_chunks::<RECORD>();
        let hash =
            |at: usize| u32::from_le_bytes([records[at][0], records[at][1], records[at][2], records[at][3]]);
        let found = &records[place_of(wanted, records.len(), hash)?];
        Some(Self(u16::from_le_bytes([found[4], found[5]])))
    }

    /// Whether a word can be one of some named parts ("verb/past"); not where nothing is known of it.
    #[must_use]
    pub fn can_be(word: Key, names: &str) -> bool {
        Self::of(word).zip(Self::parse(names)).is_some_and(|(parts, wanted)| parts.meets(wanted))
    }

    /// Whether a word can be nothing but some named parts.
    #[must_use]
    pub fn can_only_be(word: Key, names: &str) -> bool {
        Self::of(word).zip(Self::parse(names)).is_some_and(|(parts, wanted)| parts.is_within(wanted))
    }

    /// Whether a word of these parts can be nothing but some others.
    #[must_use]
    pub fn is_within(self, others: Self) -> bool {
        self.0 & !others.0 == 0
    }

    /// Whether a word of these parts can be one of some others.
    #[must_use]
    pub fn meets(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::key;

    #[test]
    fn forms_are_what_they_can_be() {
        let of = |word: &str| Parts::of(key(word));
        assert_eq!(of("reports"), Parts::parse("nouns/verbs"));
        assert_eq!(of("undergo"), Parts::parse("verb"));
        assert_eq!(of("went"), Parts::parse("past"));
        assert_eq!(of("the"), Parts::parse("grammar"));
        assert_eq!(of("metoprolol"), None);
        assert_eq!(Parts::parse("noun/preposition"), None);
    }

    #[test]
    fn what_can_be_two_things_is_neither_only() {
        let reports = Parts::of(key("reports")).unwrap();
        let nouns = Parts::parse("nouns").unwrap();
        assert!(reports.meets(nouns) && !reports.is_within(nouns));
    }
}
