//! The words of quantities, by role.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::amount::{Amount, Bound, Duration, Frequency, TimeUnit, Unit};
use super::context::Cue;

const WORDS: &str = include_str!("../quantity.tsv");

/// What a word can be in a quantity; a word may be several things.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Roles {
    pub number: Option<u32>,
    pub time: Option<TimeUnit>,
    pub unit: Option<Unit>,
    /// Once in the time that it names ("weekly").
    pub adverb: Option<TimeUnit>,
    /// "once", "twice".
    pub multiple: Option<u32>,
    /// "bid".
    pub latin: Option<Frequency>,
    pub cue: Option<Cue>,
    pub noun: Option<Noun>,
    /// Whether a bound's phrase begins with it.
    pub begins_bound: bool,
    pub modifier: bool,
    /// A treatment that one comes for.
    pub therapy: bool,
    pub route: bool,
    pub strength: bool,
    pub length: bool,
    pub numbering: bool,
    /// Sized with a "#" ("#15 blade").
    pub instrument: bool,
    pub aside: bool,
    pub point: bool,
    pub missing: bool,
    pub given: bool,
}

impl Roles {
    /// The unit of a strength or of a length.
    pub fn is_measure(&self) -> bool {
        self.strength || self.length
    }
}

/// A kind of value, by its noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Noun {
    Count,
    Frequency,
    Duration,
    /// A drug's, which is no quantity; it may stand in a list with them.
    Dose,
}

/// A phrase that says how the number behind it is meant.
#[derive(Debug)]
pub(super) struct BoundPhrase {
    pub words: Vec<&'static str>,
    pub bound: Bound,
}

#[derive(Debug, Default)]
struct Vocabulary {
    words: HashMap<&'static str, Roles>,
    /// By first word, the longest first.
    bounds: HashMap<&'static str, Vec<BoundPhrase>>,
}

/// A word that is nothing of a quantity.
pub(super) static NOTHING: Roles = Roles {
    number: None,
    time: None,
    unit: None,
    adverb: None,
    multiple: None,
    latin: None,
    cue: None,
    noun: None,
    begins_bound: false,
    modifier: false,
    therapy: false,
    route: false,
    strength: false,
    length: false,
    numbering: false,
    instrument: false,
    aside: false,
    point: false,
    missing: false,
    given: false,
};

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut vocabulary = Vocabulary::default();
    for line in WORDS.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let (Some(word), Some(role)) = (columns.next(), columns.next()) else { continue };
        let value = columns.next().unwrap_or_default();
        if role == "bound" {
            let words: Vec<_> = word.split(' ').collect();
            vocabulary.words.entry(words[0]).or_default().begins_bound = true;
            let phrases = vocabulary.bounds.entry(words[0]).or_default();
            phrases.extend(bound(value).map(|bound| BoundPhrase { words, bound }));
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
        } else {
            set(vocabulary.words.entry(word).or_default(), role, value);
        }
    }
    vocabulary
});

fn set(roles: &mut Roles, role: &str, value: &str) {
    match role {
        "number" => roles.number = value.parse().ok(),
        "time" => roles.time = time(value),
        "unit" => roles.unit = Unit::from_name(value),
        "adverb" => roles.adverb = time(value),
        "multiple" => roles.multiple = value.parse().ok(),
        "latin" => roles.latin = latin(value),
        "cue" => roles.cue = Cue::from_name(value),
        "noun" => {
            roles.noun = match value {
                "count" => Some(Noun::Count),
                "frequency" => Some(Noun::Frequency),
                "dose" => Some(Noun::Dose),
                _ => Some(Noun::Duration),
            }
        }
        "modifier" => roles.modifier = true,
        "therapy" => roles.therapy = true,
        "route" => roles.route = true,
        "strength" => roles.strength = true,
        "length" => roles.length = true,
        "instrument" => roles.instrument = true,
        "numbering" => roles.numbering = true,
        "aside" => roles.aside = true,
        "point" => roles.point = true,
        "missing" => roles.missing = true,
        "given" => roles.given = true,
        _ => {}
    }
}

fn time(name: &str) -> Option<TimeUnit> {
    Some(match name {
        "hour" => TimeUnit::Hour,
        "day" => TimeUnit::Day,
        "week" => TimeUnit::Week,
        "month" => TimeUnit::Month,
        "year" => TimeUnit::Year,
        _ => return None,
    })
}

/// "2/1 day": twice in one day.
fn latin(value: &str) -> Option<Frequency> {
    let (times, period) = value.split_once('/')?;
    let (amount, unit) = period.split_once(' ')?;
    let amount = Amount::exactly(amount.parse().ok()?);
    Some(Frequency {
        times: Amount::exactly(times.parse().ok()?),
        per: Duration { amount, unit: time(unit)? },
    })
}

fn bound(name: &str) -> Option<Bound> {
    Some(match name {
        "at-most" => Bound::AtMost,
        "at-least" => Bound::AtLeast,
        "more-than" => Bound::MoreThan,
        "less-than" => Bound::LessThan,
        "about" => Bound::About,
        _ => return None,
    })
}

/// What a lower-cased word can be.
pub(super) fn roles(word: &str) -> &'static Roles {
    VOCABULARY.words.get(word).unwrap_or(&NOTHING)
}

/// The bounds that begin with a lower-cased word, the longest first.
pub(super) fn bounds(first: &str) -> &'static [BoundPhrase] {
    VOCABULARY.bounds.get(first).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_understood() {
        let known = |line: &str| {
            let columns: Vec<_> = line.split('\t').collect();
            let mut roles = Roles::default();
            set(&mut roles, columns[1], columns.get(2).copied().unwrap_or_default());
            columns[1] == "bound" && bound(columns[2]).is_some()
                || format!("{roles:?}") != format!("{:?}", Roles::default())
        };
        let unknown: Vec<_> = WORDS.lines().filter(|line| !line.starts_with('#') && !known(line)).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }
}
