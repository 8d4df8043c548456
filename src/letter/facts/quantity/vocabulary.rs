//! The words of quantities, by role.

use std::sync::LazyLock;

use foldhash::HashMap;

use super::amount::{Amount, Bound, Duration, Frequency, TimeUnit, Unit};
use super::context::Cue;
use crate::letter::facts::number_word;
use crate::letter::facts::phrase::{Phrases, entries, rows};
use crate::letter::facts::words::{WordMap, key};

/// Described in its header.
const TABLE: &str = include_str!("../quantity.tsv");

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

struct Vocabulary {
    words: WordMap<(&'static str, Roles)>,
    bounds: Phrases<Bound>,
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
    let mut roles: HashMap<&str, Roles> = HashMap::default();
    let mut bounds = Phrases::new();
    for row in rows(TABLE) {
        let [role, value, column] = row[..] else { continue };
        if let Some(bound) = bound(value).filter(|_| role == "bound") {
            bounds.add(column, bound);
            let first_words = entries(column).filter_map(|phrase| phrase.split(' ').next());
            first_words.for_each(|word| roles.entry(word).or_default().begins_bound = true);
        } else {
            entries(column).for_each(|word| set(roles.entry(word).or_default(), role, value));
        }
    }
    // Nothing is asked for by "zero".
    for (word, value) in number_word::words().filter(|(_, value)| *value > 0) {
        roles.entry(word).or_default().number = Some(value);
    }
    let words = roles.into_iter().map(|(word, roles)| (key(word), (word, roles))).collect();
    Vocabulary { words, bounds }
});

fn set(roles: &mut Roles, role: &str, value: &str) {
    match role {
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
    let found = VOCABULARY.words.get(&key(word)).filter(|(listed, _)| *listed == word);
    found.map_or(&NOTHING, |(_, roles)| roles)
}

/// Phrases that say how the number behind them is meant.
pub(super) fn bounds() -> &'static Phrases<Bound> {
    &VOCABULARY.bounds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        for row in rows(TABLE) {
            let [role, value, column] = row[..] else { panic!("{row:?}") };
            let mut roles = Roles::default();
            set(&mut roles, role, value);
            let is_role = format!("{roles:?}") != format!("{:?}", Roles::default());
            assert!(is_role || role == "bound" && bound(value).is_some(), "{row:?}");
            assert!(role == "bound" || entries(column).all(|word| !word.contains(' ')), "{row:?}");
        }
    }
}
