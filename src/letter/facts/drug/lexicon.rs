//! The drugs and their names, and the words around a name.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::strength::StrengthUnit;
use super::{Form, Release};
use crate::letter::facts::quantity::lowered;
use crate::text::{Token, TokenKind, tokens};

const DRUGS: &str = include_str!("../drug.tsv");
const WORDS: &str = include_str!("../drug-words.tsv");

/// Letters from which on a first word of several tells a brand ("Sentra PM"; not "Icy Hot").
const LEAST_TELLING: usize = 5;

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
        listed(self.row().brands).map(|name| name.trim_start_matches('*'))
    }

    /// The forms that it usually is handed out as.
    pub fn usual_forms(self) -> impl Iterator<Item = Form> {
        listed(self.row().forms).filter_map(form)
    }

    /// The drug that a generic or brand name means, in any case.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let tokens = tokens(name);
        let found = name_at(name, &tokens, 0)?;
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

/// A spelling of a drug's name.
#[derive(Debug)]
struct Name {
    /// Its tokens behind the first, lower-cased, without hyphens.
    rest: Vec<String>,
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

#[derive(Debug, Default)]
struct Lexicon {
    rows: Vec<Row>,
    /// By first token, the longest first.
    names: HashMap<String, Vec<Name>>,
    /// First tokens that by themselves tell that a drug is named.
    telling: HashSet<String>,
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
    let mut lexicon = Lexicon::default();
    for (line, index) in DRUGS.lines().filter(|line| !line.starts_with('#')).zip(0..) {
        let row = row(line);
        let id = DrugId(index);
        let mut parts: Vec<&str> = row.generic.split('/').collect();
        if parts.len() > 1 {
            parts.sort_unstable();
            lexicon.combinations.insert(parts.join("/"), id);
        }
        for spelling in row_names(&row) {
            let mut words = spelled(spelling.text);
            if words.is_empty() {
                continue;
            }
            let first = words.remove(0);
            let is_telling = words.is_empty() || spelling.is_brand && first.len() >= LEAST_TELLING;
            if is_telling && spelling.guard == Guard::Free {
                lexicon.telling.insert(first.clone());
            }
            let name = Name { rest: words, id, is_brand: spelling.is_brand, guard: spelling.guard };
            lexicon.names.entry(first).or_default().push(name);
        }
        lexicon.rows.push(row);
    }
    for names in lexicon.names.values_mut() {
        names.sort_by_key(|name| (std::cmp::Reverse(name.rest.len()), !name.is_brand));
    }
    for line in WORDS.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let (Some(word), Some(role)) = (columns.next(), columns.next()) else { continue };
        lexicon.words.extend(role_of(role, columns.next().unwrap_or_default()).map(|role| (word, role)));
    }
    lexicon
});

fn row(line: &'static str) -> Row {
    let mut columns = line.split('\t');
    let mut column = || columns.next().unwrap_or_default();
    let generic = column();
    Row {
        generic: generic.trim_start_matches('~'),
        is_substance: generic.starts_with('~'),
        brands: column(),
        class: column(),
        forms: column(),
        others: column(),
    }
}

fn row_names(row: &Row) -> impl Iterator<Item = Spelling> + use<> {
    let is_substance = row.is_substance;
    let generic = std::iter::once((row.generic, false)).chain(listed(row.others).map(|name| (name, false)));
    generic.chain(listed(row.brands).map(|name| (name, true))).map(move |(name, is_brand)| {
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

fn listed(column: &'static str) -> impl Iterator<Item = &'static str> {
    column.split(", ").filter(|name| !name.is_empty())
}

fn spelled(name: &str) -> Vec<String> {
    let words = tokens(name).into_iter().map(|token| name[token.span].to_lowercase());
    words.filter(|word| !is_hyphen(word)).collect()
}

fn is_hyphen(word: &str) -> bool {
    matches!(word, "-" | "\u{2010}" | "\u{2011}" | "–" | "®" | "™")
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
    LEXICON.telling.contains(word)
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
pub(super) fn has_name(text: &str, tokens: &[Token]) -> bool {
    (0..tokens.len()).any(|at| name_at(text, tokens, at).is_some())
}

/// The longest name that begins at a token.
pub(super) fn name_at(text: &str, tokens: &[Token], at: usize) -> Option<Found> {
    let first = tokens.get(at).filter(|token| token.kind == TokenKind::Word)?;
    let written = text.get(first.span.clone())?;
    let bare = written.strip_suffix("'s").or_else(|| written.strip_suffix("’s")).unwrap_or(written);
    if bare.len() < 3 && tokens.len() == at + 1 {
        return None;
    }
    LEXICON.names.get(lowered(bare).as_ref())?.iter().find_map(|name| {
        let end = spelled_from(text, tokens, at + 1, &name.rest)?;
        let is_written = match name.guard {
            Guard::Capitals => bare.chars().all(char::is_uppercase),
            Guard::OrdinaryWord => bare.starts_with(char::is_uppercase),
            Guard::Free | Guard::Substance => true,
        };
        is_written.then_some(Found { id: name.id, is_brand: name.is_brand, guard: name.guard, end })
    })
}

fn spelled_from(text: &str, tokens: &[Token], start: usize, rest: &[String]) -> Option<usize> {
    let mut at = start;
    for word in rest {
        let written = |at: usize| tokens.get(at).and_then(|token: &Token| text.get(token.span.clone()));
        // A combination is written with slashes or with hyphens.
        let is_link = word == "/" && written(at).is_some_and(is_hyphen);
        while !is_link && written(at).is_some_and(is_hyphen) {
            at += 1;
        }
        if !is_link && lowered(written(at)?) != *word {
            return None;
        }
        at += 1;
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_understood() {
        for line in WORDS.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<_> = line.split('\t').collect();
            assert!(role_of(columns[1], columns.get(2).copied().unwrap_or_default()).is_some(), "{line}");
        }
        for row in &LEXICON.rows {
            assert!(!row.class.is_empty(), "{row:?}");
            assert!(listed(row.forms).all(|name| form(name).is_some()), "{row:?}");
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
