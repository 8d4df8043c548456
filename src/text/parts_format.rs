// Shared by the build script, which compiles the table of parts of speech and the patterns that ask for them, and the program.

/// The letters of parts of speech in `parts.tsv`, and their names in patterns; each has the bit of its place.
pub(crate) const PART_NAMES: [(char, &str); 10] = [
    ('n', "noun"),
    ('N', "nouns"),
    ('v', "verb"),
    ('z', "verbs"),
    ('d', "past"),
    ('e', "participle"),
    ('g', "gerund"),
    ('a', "adjective"),
    ('r', "adverb"),
    ('f', "grammar"),
];

/// The hash of a word's key in the table.
pub(crate) fn parts_hash(key: u64) -> u32 {
    ((key >> 32) ^ (key & 0xffff_ffff)) as u32
}

/// Parts of speech that a word can be, each form by itself: "reports" can be a noun in the plural and a verb in the third person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts(u16);

impl Parts {
    /// Reads names such as "noun/adjective".
    #[must_use]
    pub fn parse(names: &str) -> Option<Self> {
        names.split('/').try_fold(Self(0), |parts, name| {
            let index = PART_NAMES.iter().position(|(_, known)| known.len() == name.len() && *known == name)?;
            Some(Self(parts.0 | 1 << index))
        })
    }
}
