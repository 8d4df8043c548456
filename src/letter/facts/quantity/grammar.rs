//! The grammar of quantities: parts (count, frequency, duration), and how parts join.

mod count;
mod join;
mod number;
mod time;

use std::ops::Range;

use super::Quantity;
use super::amount::{Amount, Duration, Frequency, Stated, Unit};
use super::context;
use super::lexeme::Lexeme;
use super::unspecified;
use crate::letter::facts::words::Words;

/// Words between a number and its unit ("6 additional post-operative physical therapy visits").
const MOST_MODIFIERS: usize = 7;
/// The quantities of one sentence, with their contexts.
pub(super) fn quantities(words: &Words, lexemes: &[Lexeme]) -> Vec<Quantity> {
    let sentence =
        Sentence { words, lexemes, is_therapy: lexemes.iter().any(|lexeme| names_encounter(lexeme)) };
    let mut quantities = Vec::new();
    let mut at = 0;
    while at < lexemes.len() {
        if !may_begin(&lexemes[at]) {
            at += 1;
            continue;
        }
        let found = unspecified::read(lexemes, at)
            .or_else(|| sentence.part_of_whole(at))
            .or_else(|| sentence.quantity(at));
        if let Some((mut quantity, range)) = found {
            quantity.context = match quantities.last().filter(|_| sentence.is_whole(range.start)) {
                Some(part) => Some(context::of_whole(lexemes, range.clone(), part)),
                None => context::read(lexemes, range.clone()),
            };
            at = range.end.max(at + 1);
            quantities.push(quantity);
        } else {
            at += 1;
        }
    }
    quantities
}

/// Whether a quantity may begin with it: most words are passed by.
fn may_begin(lexeme: &Lexeme) -> bool {
    let roles = lexeme.roles;
    lexeme.is_figure
        || roles.number.is_some()
        || roles.multiple.is_some()
        || roles.latin.is_some()
        || roles.noun.is_some()
        || roles.missing
        || roles.begins_bound
        || roles.unit == Some(Unit::Refill)
        || lexeme.is_times()
        || matches!(&*lexeme.word, "#" | "(" | "every" | "each" | "q")
        || matches!(&*lexeme.word, "no" | "not" | "without" | "do" | "does" | "did")
}

/// "sessions", "physical therapy": something one comes for.
fn names_encounter(lexeme: &Lexeme) -> bool {
    lexeme.roles.therapy || lexeme.roles.unit.is_some_and(Unit::is_encounter)
}

/// Whether it is a number.
fn ends_number(lexeme: &Lexeme) -> bool {
    lexeme.is_figure || lexeme.roles.number.is_some()
}

/// One part of a quantity.
#[derive(Debug, Clone, Copy)]
enum Part {
    Count(Amount, Option<Unit>),
    Frequency(Frequency, Option<Unit>),
    /// A dose or hours: how many at a time, and how often.
    Dose(Amount, Unit, Frequency),
    Duration(Duration, Option<Unit>),
    /// "2x6": visits a week, for weeks.
    Course(Frequency, Duration),
}

struct Sentence<'a> {
    words: &'a Words<'a>,
    lexemes: &'a [Lexeme<'a>],
    is_therapy: bool,
}

impl Sentence<'_> {
    fn get(&self, at: usize) -> Option<&Lexeme<'_>> {
        self.lexemes.get(at)
    }

    fn is(&self, at: usize, word: &str) -> bool {
        self.get(at).is_some_and(|lexeme| lexeme.is(word))
    }

    fn before(&self, at: usize) -> Option<&Lexeme<'_>> {
        at.checked_sub(1).and_then(|before| self.get(before))
    }

    /// The quantity that begins here, and its lexemes.
    fn quantity(&self, start: usize) -> Option<(Quantity, Range<usize>)> {
        let (part, mut end) = self.first_part(start)?;
        let mut quantity = Quantity {
            span: 0..0,
            count: None,
            unit: None,
            frequency: None,
            duration: None,
            total: None,
            context: None,
        };
        add(&mut quantity, part);
        while let Some((part, next)) = self.joined_part(end, &quantity) {
            add(&mut quantity, part);
            end = next;
        }
        quantity.span = self.lexemes[start].span.start..self.lexemes[end - 1].span.end;
        quantity.total = match quantity.count {
            Some(Stated::Given(amount)) if !quantity.is_dose() => Some(amount),
            Some(_) => None,
            None => quantity.derived_total(),
        };
        Some((quantity, start..end))
    }

    /// A part that can stand by itself.
    fn first_part(&self, at: usize) -> Option<(Part, usize)> {
        let lexeme = self.get(at)?;
        if lexeme.roles.latin.is_some() {
            return self.is_prescribed(at).then(|| self.latin(at)).flatten();
        }
        self.labelled_count(at)
            .or_else(|| self.dispensed(at))
            .or_else(|| self.multiplied(at))
            .or_else(|| self.multiple(at))
            .or_else(|| {
                self.every(at).filter(|_| self.get(at + 1).is_some_and(|next| next.roles.time.is_none()))
            })
            .or_else(|| self.numbered(at, false))
            .or_else(|| self.decided_number(at))
    }
}

fn add(quantity: &mut Quantity, part: Part) {
    match part {
        Part::Count(amount, unit) => {
            quantity.count = Some(Stated::Given(amount));
            quantity.unit = unit.or(quantity.unit);
        }
        Part::Frequency(frequency, unit) => {
            quantity.frequency = Some(Stated::Given(frequency));
            quantity.unit = unit.or(quantity.unit);
        }
        Part::Dose(amount, unit, frequency) => {
            quantity.count = Some(Stated::Given(amount));
            quantity.unit = Some(unit);
            quantity.frequency = Some(Stated::Given(frequency));
        }
        Part::Duration(duration, unit) => {
            quantity.duration = Some(Stated::Given(duration));
            quantity.unit = unit.or(quantity.unit);
        }
        Part::Course(frequency, duration) => {
            quantity.frequency = Some(Stated::Given(frequency));
            quantity.duration = Some(Stated::Given(duration));
        }
    }
}
