//! The drugs and their names, and the words around a name.

use std::borrow::Cow;
use std::sync::LazyLock;

use foldhash::HashMap;

use super::strength::StrengthUnit;
use super::{Form, Release};
use crate::letter::facts::phrase::{Phrases, entries, rows};
use crate::letter::facts::words::{Words, is_dash, without_possessive};
use crate::text::{TokenKind, WordSet, key, lowered, tokens};

/// Described in their headers.
static DRUGS: &str = include_str!("../drug.tsv");
const WORDS: &str = include_str!("../drug-words.tsv");

/// What may stand for the slash of a combination.
const SLASH: &str = "/|-|\u{2010}|\u{2011}|\u{2013}";

/// Letters from which on a first word of several tells a brand ("Sentra PM"; not "Icy Hot").
const LEAST_TELLING: usize = 5;

/// Letters of the shortest name that may be all that follows in a sentence.
const LEAST_ALONE: usize = 3;

/// A drug of the table, by its generic; a combination is a drug of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DrugId(u16);

impl DrugId {
    /// The generic name, of a combination with slashes ("hydrocodone/acetaminophen").
    #[must_use]
    pub fn generic_name(self) -> &'static str {
        self.row().generic
    }

    /// The therapeutic class.
    #[must_use]
    pub fn class(self) -> &'static str {
        self.row().class
    }

    /// Brands sold in the United States.
    pub fn brands(self) -> impl Iterator<Item = &'static str> {
        entries(self.row().brands).map(|name| name.trim_start_matches('*'))
    }

    /// The forms that it usually is handed out as.
    pub fn usual_forms(self) -> impl Iterator<Item = Form> {
        entries(self.row().forms).filter_map(form)
    }

    /// The drug that a generic or brand name means, in any case.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let tokens = tokens(name);
        let found = name_at(&Words::new(name, &tokens), 0)?;
        (found.end == tokens.len()).then_some(found.id)
    }

    /// How many drugs it combines.
    pub(super) fn ingredient_count(self) -> usize {
        self.generic_name().split('/').count()
    }

    /// The combination of these drugs, in whatever order.
    pub(super) fn combination(ingredients: &[Self]) -> Option<Self> {
        let mut names: Vec<&str> = ingredients.iter().map(|id| id.generic_name()).collect();
        names.sort_unstable();
        LEXICON.combinations.get(&names.join("/")).copied()
    }

    /// Its combination with acetaminophen.
    pub(super) fn with_acetaminophen(self) -> Option<Self> {
        Self::combination(&[self, Self::from_name("acetaminophen")?])
    }

    fn row(self) -> &'static Row {
        &LEXICON.rows[usize::from(self.0)]
    }
}

/// Every generic and brand name of the table, with its drug.
pub fn names() -> impl Iterator<Item = (&'static str, DrugId)> {
    LEXICON
        .rows
        .iter()
        .zip(0..)
        .flat_map(|(row, index)| row_names(row).map(move |name| (name.text, DrugId(index))))
}

#[derive(Debug)]
struct Row {
    generic: &'static str,
    is_substance: bool,
    brands: &'static str,
    class: &'static str,
    forms: &'static str,
    others: &'static str,
}

/// What a name means.
#[derive(Debug, Clone, Copy)]
struct Name {
    id: DrugId,
    is_brand: bool,
    guard: Guard,
}

/// What a name needs to be a drug's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Guard {
    /// Nothing.
    Free,
    /// Capitals ("ASA").
    Capitals,
    /// A strength, a form or a count.
    Substance,
    /// A capital and a strength.
    OrdinaryWord,
}

struct Lexicon {
    rows: Vec<Row>,
    names: Phrases<Name>,
    /// First tokens that by themselves tell that a drug is named.
    telling: WordSet,
    /// By the sorted generics of their ingredients.
    combinations: HashMap<String, DrugId>,
    words: HashMap<&'static str, Word>,
}

/// What a word around a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Salt,
    Release(Release),
    Form(Form),
    Unit(StrengthUnit),
    Filler,
    Direction,
    Cue(Cue),
    Other,
}

/// What a word says of a drug near it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    Allergy,
    Takes,
    Past,
    Taper,
    Authorized,
}

struct Spelling {
    text: &'static str,
    is_brand: bool,
    guard: Guard,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let rows_of_drugs: Vec<Row> = rows(DRUGS).filter_map(|columns| row(&columns)).collect();
    let mut combinations = HashMap::default();
    let mut telling = WordSet::default();
    let mut names = Phrases::new();
    let slash = format!(" {SLASH} ");
    for (row, index) in rows_of_drugs.iter().zip(0..) {
        let mut parts: Vec<&str> = row.generic.split('/').collect();
        if parts.len() > 1 {
            parts.sort_unstable();
            combinations.insert(parts.join("/"), DrugId(index));
        }
    }
    // Of a brand and a generic of one name the first is meant.
    for is_brand in [true, false] {
        for (row, index) in rows_of_drugs.iter().zip(0..) {
            for spelling in row_names(row).filter(|spelling| spelling.is_brand == is_brand) {
                let mut words = spelled(spelling.text);
                let Some(first) = words.first() else { continue };
                let is_telling = words.len() == 1 || is_brand && first.len() >= LEAST_TELLING;
                if is_telling && spelling.guard == Guard::Free {
                    telling.insert(key(first));
                }
                let name = Name { id: DrugId(index), is_brand, guard: spelling.guard };
                if words.len() == 1 {
                    names.add_phrase(words.remove(0), name);
                } else {
                    names.add_phrase(words.join(" ").replace(" / ", &slash), name);
                }
            }
        }
    }
    let mut words = HashMap::default();
    for row in rows(WORDS) {
        let [role, value, column] = row[..] else { continue };
        words.extend(
            role_of(role, value).into_iter().flat_map(|role| entries(column).map(move |word| (word, role))),
        );
    }
    Lexicon { rows: rows_of_drugs, names, telling, combinations, words }
});

fn row(columns: &[&'static str]) -> Option<Row> {
    let column = |index: usize| columns.get(index).copied().unwrap_or_default();
    let generic = *columns.first()?;
    Some(Row {
        generic: generic.trim_start_matches('~'),
        is_substance: generic.starts_with('~'),
        brands: column(1),
        class: column(2),
        forms: column(3),
        others: column(4),
    })
}

fn row_names(row: &Row) -> impl Iterator<Item = Spelling> + use<> {
    let is_substance = row.is_substance;
    let generic = std::iter::once((row.generic, false)).chain(entries(row.others).map(|name| (name, false)));
    generic.chain(entries(row.brands).map(|name| (name, true))).map(move |(name, is_brand)| {
        let text = name.trim_start_matches('*');
        let guard = if text != name {
            Guard::OrdinaryWord
        } else if is_substance && !is_brand {
            Guard::Substance
        } else if text.len() <= 3 && text.chars().all(|c| c.is_ascii_uppercase()) {
            Guard::Capitals
        } else {
            Guard::Free
        };
        Spelling { text, is_brand, guard }
    })
}

/// A name's tokens, lower-cased, without hyphens.
fn spelled(name: &'static str) -> Vec<Cow<'static, str>> {
    // Most names, and there are many.
    if name.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return vec![lowered(name)];
    }
    let words = tokens(name).into_iter().map(|token| lowered(&name[token.span]));
    words.filter(|word| !is_dash(word)).collect()
}

fn role_of(role: &str, value: &str) -> Option<Word> {
    Some(match role {
        "salt" => Word::Salt,
        "release" => Word::Release(match value {
            "extended" => Release::Extended,
            "immediate" => Release::Immediate,
            "delayed" => Release::Delayed,
            "disintegrating" => Release::Disintegrating,
            _ => return None,
        }),
        "form" => Word::Form(form(value)?),
        "unit" => Word::Unit(StrengthUnit::from_name(value)?),
        "filler" => Word::Filler,
        "direction" => Word::Direction,
        "cue" => Word::Cue(match value {
            "allergy" => Cue::Allergy,
            "takes" => Cue::Takes,
            "past" => Cue::Past,
            "taper" => Cue::Taper,
            "authorized" => Cue::Authorized,
            _ => return None,
        }),
        "other" => Word::Other,
        _ => return None,
    })
}

fn form(name: &str) -> Option<Form> {
    Some(match name {
        "tablet" => Form::Tablet,
        "capsule" => Form::Capsule,
        "patch" => Form::Patch,
        "cream" => Form::Cream,
        "gel" => Form::Gel,
        "ointment" => Form::Ointment,
        "lotion" => Form::Lotion,
        "solution" => Form::Solution,
        "liquid" => Form::Liquid,
        "powder" => Form::Powder,
        "injection" => Form::Injection,
        "spray" => Form::Spray,
        "inhaler" => Form::Inhaler,
        "suppository" => Form::Suppository,
        "film" => Form::Film,
        "lozenge" => Form::Lozenge,
        "gum" => Form::Gum,
        "drops" => Form::Drops,
        _ => return None,
    })
}

/// Whether a lower-cased word by itself is a drug's name, or can only begin one.
#[must_use]
pub fn begins_name(word: &str) -> bool {
    LEXICON.telling.contains(&key(word))
}

/// What a lower-cased word around a name is.
pub(super) fn word(word: &str) -> Option<Word> {
    LEXICON.words.get(word).copied()
}

/// A name found in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub id: DrugId,
    pub is_brand: bool,
    pub guard: Guard,
    /// Index of the token behind it.
    pub end: usize,
}

/// Whether any of a sentence's words may begin a name.
pub(super) fn has_name(words: &Words) -> bool {
    (0..words.len()).any(|at| name_at(words, at).is_some())
}

/// The longest name that begins at a token.
pub(super) fn name_at(words: &Words, at: usize) -> Option<Found> {
    words.token(at).filter(|token| token.kind == TokenKind::Word)?;
    let is_so_written = |name: Name| match name.guard {
        Guard::Capitals => without_possessive(words.raw(at)).chars().all(char::is_uppercase),
        Guard::OrdinaryWord => words.raw(at).starts_with(char::is_uppercase),
        Guard::Free | Guard::Substance => true,
    };
    if words.bare(at).len() < LEAST_ALONE && words.len() == at + 1 {
        return None;
    }
    let (end, name) = LEXICON.names.longest_where(words, at, words.len(), is_so_written)?;
    Some(Found { id: name.id, is_brand: name.is_brand, guard: name.guard, end })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_understood() {
        for row in rows(WORDS) {
            assert!(row.len() == 3 && role_of(row[0], row[1]).is_some(), "{row:?}");
        }
        for row in &LEXICON.rows {
            assert!(!row.class.is_empty(), "{row:?}");
            assert!(entries(row.forms).all(|name| form(name).is_some()), "{row:?}");
        }
    }

    #[test]
    fn every_name_means_one_drug() {
        for (name, id) in names() {
            assert_eq!(DrugId::from_name(name).map(DrugId::generic_name), Some(id.generic_name()), "{name}");
        }
        assert!(LEXICON.rows.len() >= 350);
    }
}
