//! Parts of the body that a text names, and which is part of which.

use std::sync::LazyLock;

use foldhash::HashSet;

use super::phrase::{Phrases, entries, rows};
use super::words::{Words, sentence_around};
use crate::letter::Sentence;
use crate::text::{Span, Token, tokens};

/// The regions, their names and the words for them.
const TABLE: &str = include_str!("region.tsv");

/// The column that stands where words name no region.
const NO_REGION: &str = "-";

/// A part of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegionId(u8);

/// A part of the body where a text names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// Logical span of the name, without side.
    pub span: Span,
    /// Which.
    pub id: RegionId,
}

struct Definition {
    key: &'static str,
    name: &'static str,
    parents: Vec<RegionId>,
}

struct Anatomy {
    definitions: Vec<Definition>,
    phrases: Phrases<Option<RegionId>>,
    /// Words in whose sentence "cervical" is of the womb.
    cervix: HashSet<&'static str>,
}

static ANATOMY: LazyLock<Anatomy> = LazyLock::new(|| {
    let mut definitions: Vec<Definition> = Vec::new();
    for row in rows(TABLE) {
        if let [key, "name", name] = row[..] {
            definitions.push(Definition { key, name, parents: Vec::new() });
        }
    }
    let id = |key: &str| {
        let index = definitions.iter().position(|region| region.key == key);
        index.and_then(|index| u8::try_from(index).ok()).map(RegionId)
    };
    let mut parents = Vec::new();
    let mut phrases = Phrases::new();
    let mut cervix = HashSet::default();
    for row in rows(TABLE) {
        match row[..] {
            [_, "name", _] => {}
            [_, "cervix", words] => cervix.extend(entries(words)),
            [key, "part-of", parent_keys] => {
                parents.extend(entries(parent_keys).filter_map(|parent| Some((id(key)?, id(parent)?))));
            }
            [key, _, names] => phrases.add(names, id(key).filter(|_| key != NO_REGION)),
            _ => {}
        }
    }
    for (region, parent) in parents {
        definitions[usize::from(region.0)].parents.push(parent);
    }
    Anatomy { definitions, phrases, cervix }
});

impl RegionId {
    /// The region with a key of the table ("low-back").
    ///
    /// # Panics
    /// If the table has no such key.
    pub(super) fn of(key: &str) -> Self {
        let index = ANATOMY.definitions.iter().position(|region| region.key == key);
        index.and_then(|index| u8::try_from(index).ok()).map(Self).expect("a key of the table")
    }

    /// The region that a word or phrase by itself means ("low back", "lumbar"), or that is called so.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let named = ANATOMY.definitions.iter().position(|region| region.name.eq_ignore_ascii_case(name));
        if let Some(id) = named.and_then(|index| u8::try_from(index).ok()) {
            return Some(Self(id));
        }
        let tokens = tokens(name);
        let words = Words::new(name, &tokens);
        let (end, region) = ANATOMY.phrases.longest(&words, 0, words.len())?;
        region.filter(|_| end == words.len())
    }

    /// Its name for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.definition().name
    }

    /// Whether it is the other region or a part of it, at any depth.
    #[must_use]
    pub fn is_part_of(self, other: Self) -> bool {
        self == other || self.definition().parents.iter().any(|parent| parent.is_part_of(other))
    }

    /// Whether it is a whole arm or leg, or the whole spine: a name for many parts.
    #[must_use]
    pub fn is_large(self) -> bool {
        matches!(self.definition().key, "upper-extremity" | "lower-extremity" | "spine")
    }

    fn definition(self) -> &'static Definition {
        &ANATOMY.definitions[usize::from(self.0)]
    }
}

/// Whether one of two regions is the other or a part of it.
#[must_use]
pub fn related(a: RegionId, b: RegionId) -> bool {
    a.is_part_of(b) || b.is_part_of(a)
}

/// Whether two regions are related, and neither is a whole limb, with which no smaller one could be confused.
#[must_use]
pub fn are_one_part(a: RegionId, b: RegionId) -> bool {
    a == b || related(a, b) && !a.is_large() && !b.is_large()
}

/// A half of the body that nerves from one part of the spine reach, with the names that mean all of it.
struct Half {
    whole: Vec<RegionId>,
    general: HashSet<RegionId>,
}

static HALVES: LazyLock<[Half; 2]> = LazyLock::new(|| {
    let half = |keys: &[&str], general: &[&str]| Half {
        whole: keys.iter().map(|key| RegionId::of(key)).collect(),
        general: general.iter().map(|key| RegionId::of(key)).collect(),
    };
    [
        half(&["neck", "upper-extremity"], &["neck", "cervical-spine", "upper-extremity"]),
        half(
            &["low-back", "lower-extremity", "hip"],
            &["low-back", "lumbar-spine", "back", "lower-extremity"],
        ),
    ]
});

/// The limbs.
pub(super) static LIMBS: LazyLock<[RegionId; 2]> =
    LazyLock::new(|| ["upper-extremity", "lower-extremity"].map(RegionId::of));

/// Whether the second of two regions means all of a half of the body, spine and limb, in which the first lies.
#[must_use]
pub fn is_of_half(part: RegionId, whole: RegionId) -> bool {
    HALVES.iter().any(|half| half.holds(part) && half.general.contains(&whole))
}

/// Whether two regions are related, or one means the spine or the limb to which the nerves of the other go.
#[must_use]
pub fn are_of_one_half(a: RegionId, b: RegionId) -> bool {
    related(a, b) || is_of_half(a, b) || is_of_half(b, a)
}

/// Whether two regions are parts of the same limb.
#[must_use]
pub fn are_of_one_limb(a: RegionId, b: RegionId) -> bool {
    LIMBS.iter().any(|&limb| a.is_part_of(limb) && b.is_part_of(limb))
}

/// The upper half of the body, as [`half_of`] counts them.
pub(super) const UPPER: usize = 0;

/// In which half of the body, neck and arms or low back and legs, a region lies.
pub(super) fn half_of(region: RegionId) -> Option<usize> {
    HALVES.iter().position(|half| half.holds(region))
}

/// The regions that make up a half of the body.
pub(super) fn wholes_of_half(half: usize) -> &'static [RegionId] {
    HALVES.get(half).map_or(&[], |half| &half.whole)
}

impl Half {
    fn holds(&self, part: RegionId) -> bool {
        self.whole.iter().any(|&whole| part.is_part_of(whole)) || self.general.contains(&part)
    }
}

/// Finds the regions that a text names, in order.
#[must_use]
pub fn read(text: &str, tokens: &[Token], sentences: &[Sentence]) -> Vec<Region> {
    let words = Words::new(text, tokens);
    let mut regions = Vec::new();
    let mut index = 0;
    while index < words.len() {
        let Some((end, region)) = ANATOMY.phrases.longest(&words, index, words.len()) else {
            index += 1;
            continue;
        };
        if let Some(id) =
            region.filter(|_| !is_surname(&words, index) && !is_of_cervix(&words, index, sentences))
        {
            regions.push(Region { span: words.span(&(index..end)), id });
        }
        index = end;
    }
    regions
}

/// "Dr. Head", "Ms. Foote-Hand": a capital behind a title.
fn is_surname(words: &Words<'_>, index: usize) -> bool {
    let title = |at: usize| matches!(words.lower(at), "dr" | "drs" | "mr" | "mrs" | "ms" | "prof");
    let before = index.checked_sub(1).filter(|&at| words.lower(at) == ".").unwrap_or(index);
    words.raw(index).starts_with(char::is_uppercase) && before.checked_sub(1).is_some_and(title)
}

/// "Cervical" in a sentence that speaks of the womb.
fn is_of_cervix(words: &Words<'_>, index: usize, sentences: &[Sentence]) -> bool {
    words.lower(index) == "cervical"
        && sentence_around(sentences, index).any(|at| ANATOMY.cervix.contains(words.lower(at)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::facts::cases;

    #[test]
    fn regions_are_found_where_named() {
        cases::check(include_str!("cases/region.tsv"), |text| {
            let words = |span: Span| text[span].replace('\n', " ");
            let regions = cases::read(text, read);
            let rendered = regions
                .into_iter()
                .map(|region| format!("{}={}", region.id.definition().key, words(region.span)));
            rendered.collect::<Vec<_>>().join("; ")
        });
    }

    fn region(name: &str) -> RegionId {
        RegionId::parse(name).unwrap_or_else(|| panic!("{name} is a region"))
    }

    #[test]
    fn parts_belong_to_their_wholes() {
        for (part, whole) in [
            ("rotator cuff", "shoulder"),
            ("rotator cuff", "upper extremity"),
            ("lumbar spine", "low back"),
            ("lumbar spine", "spine"),
            ("cervical", "neck"),
            ("meniscus", "knee"),
            ("ACL", "lower extremity"),
            ("carpal tunnel", "wrist"),
            ("thumb", "hand"),
            ("wrist", "hand"),
            ("ankle", "foot"),
            ("sacroiliac joint", "low back"),
            ("sacroiliac joint", "hip"),
            ("TMJ", "head"),
            ("knee", "knee"),
        ] {
            assert!(region(part).is_part_of(region(whole)), "{part} is part of {whole}");
            assert!(related(region(whole), region(part)), "{whole} is related to {part}");
        }
        for (a, b) in [("cervical", "lumbar"), ("knee", "shoulder"), ("neck", "low back"), ("thumb", "toe")] {
            assert!(!related(region(a), region(b)), "{a} and {b}");
        }
        assert!(!region("shoulder").is_part_of(region("rotator cuff")));
    }

    #[test]
    fn names_are_parsed_whole() {
        assert_eq!(region("low-back").name(), "low back");
        assert_eq!(RegionId::parse("lumbar facets of"), None);
        assert_eq!(RegionId::parse("urine drug screen"), None);
        assert_eq!(RegionId::parse(""), None);
    }

    #[test]
    fn the_table_is_sound() {
        let anatomy = &*ANATOMY;
        let known = |key: &str| anatomy.definitions.iter().any(|region| region.key == key);
        for row in rows(TABLE) {
            assert_eq!(row.len(), 3, "{row:?}");
            assert!(row[0] == NO_REGION || known(row[0]), "{row:?}");
            if row[1] == "part-of" {
                assert!(entries(row[2]).all(known), "{row:?}");
            }
        }
        for region in &anatomy.definitions {
            assert_eq!(RegionId::parse(region.name).map(RegionId::name), Some(region.name));
        }
    }
}
