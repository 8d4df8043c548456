// Shared by the build script, which compiles the table of parts of speech, and its reader.

/// The letters of parts of speech in `parts.tsv`, and their names in patterns; each has the bit of its place.
const PART_NAMES: [(char, &str); 10] = [
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

/// Bytes of a record: four of a word's hash, two of its parts.
const PARTS_RECORD: usize = 6;

/// The hash of a word's key in the table.
fn parts_hash(key: u64) -> u32 {
    ((key >> 32) ^ (key & 0xffff_ffff)) as u32
}
