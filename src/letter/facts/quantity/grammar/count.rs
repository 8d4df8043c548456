//! Counts: "12 sessions", "QTY: 12", "#60", "x 12", "6 of the 12".

use std::ops::Range;

use super::super::amount::{Amount, Frequency, Stated, TimeUnit, Unit};
use super::super::lexeme::Lexeme;
use super::super::{LEAST_DISPENSED, Quantity};
use super::{MOST_MODIFIERS, Part, Sentence, ends_number, names_encounter};
use crate::letter::facts::drug;

/// A single intake is never more than this; "60 tablets twice a day" names the number handed out.
const GREATEST_DOSE: u32 = 10;
/// How far before a "#" its drug, strength or form stands.
const DISPENSED_REACH: usize = 10;

impl Sentence<'_> {
    /// "QTY: 12", "quantity of 60 tablets", "refills: 2".
    pub(super) fn labelled_count(&self, at: usize) -> Option<(Part, usize)> {
        let label = self.get(at)?;
        if label.roles.unit == Some(Unit::Refill) && self.is(at + 1, ":") {
            let (amount, end) = self.amount(at + 2)?;
            return Some((Part::Count(amount, Some(Unit::Refill)), end));
        }
        if !matches!(&*label.word, "qty" | "quantity") {
            return None;
        }
        let mut number = at + 1;
        while self
            .get(number)
            .is_some_and(|mark| matches!(mark.word.as_ref(), ":" | "#" | "=" | "of" | "." | "is"))
        {
            number += 1;
        }
        let (amount, end) = self.amount(number)?;
        let (unit, end) = self.unit(end).map_or((None, end), |(unit, end)| (Some(unit), end));
        let is_figure =
            self.get(end).is_some_and(|next| next.roles.time.is_some() || next.roles.is_measure());
        (!is_figure).then_some((Part::Count(amount, unit), end))
    }

    /// "#60" behind a drug, its strength or its form.
    pub(super) fn dispensed(&self, at: usize) -> Option<(Part, usize)> {
        if !self.is(at, "#") {
            return None;
        }
        let (amount, end) = self.amount(at + 1)?;
        let form =
            |lexeme: &Lexeme| lexeme.roles.unit.is_some_and(|unit| unit.is_dosage() || unit == Unit::Tube);
        let of_drug = |lexeme: &&Lexeme| {
            lexeme.roles.strength
                || lexeme.roles.latin.is_some()
                || form(lexeme)
                || drug::begins_name(&lexeme.word)
        };
        let reach = &self.lexemes[at.saturating_sub(DISPENSED_REACH)..at];
        let is_size = self.get(end).is_some_and(|next| next.roles.instrument || next.roles.length)
            || reach.iter().any(|lexeme| matches!(&*lexeme.word, "tooth" | "teeth"));
        let is_numbering = self.before(at).is_some_and(|before| before.roles.numbering);
        let is_dispensed = if amount.least < LEAST_DISPENSED {
            // "10 mcg/hr #4", "every 7 days #4"; not "Tylenol #3"
            self.before(at).is_some_and(|before| {
                let roles = before.roles;
                let is_counted = |lexeme: &Lexeme| ends_number(lexeme) || lexeme.is("/") || lexeme.is("per");
                let is_period = roles.time.is_some() && at >= 2 && is_counted(&self.lexemes[at - 2]);
                form(before) || roles.strength || is_period || roles.latin.is_some()
            })
        } else {
            reach.iter().rev().take_while(|lexeme| !lexeme.is(";")).any(|lexeme| of_drug(&lexeme))
        };
        if !is_dispensed || is_numbering || is_size {
            return None;
        }
        let (unit, end) = self.unit(end).unwrap_or((Unit::Dispensed, end));
        Some((Part::Count(amount, Some(unit)), end))
    }

    /// "x 12" behind what is counted, "x 6 weeks" anywhere.
    pub(super) fn multiplied(&self, at: usize) -> Option<(Part, usize)> {
        if !self.get(at)?.is_times()
            || self.is(at, "time")
            || self.before(at).is_some_and(|before| before.is_figure)
        {
            return None;
        }
        let (amount, end) = self.amount(at + 1)?;
        if let Some(part) = self.counted(amount, end, false).or_else(|| self.timed(amount, end)) {
            return Some(part);
        }
        let counts = self.before(at).is_some_and(|before| {
            before.roles.unit.is_some_and(|unit| unit != Unit::Unit)
                || before.roles.modifier
                || before.is(")")
        });
        if counts && self.get(end).is_some_and(|next| next.roles.time == Some(TimeUnit::Hour)) {
            return Some((Part::Count(amount, Some(Unit::Hour)), end + 1));
        }
        let is_measure = self.get(end).is_some_and(|next| next.roles.is_measure() || next.is_times());
        (counts && self.has_counted_thing(at) && !is_measure).then_some((Part::Count(amount, None), end))
    }

    /// Whether therapy, an injection or a drug's form stands shortly before.
    pub(super) fn has_counted_thing(&self, at: usize) -> bool {
        self.lexemes[at.saturating_sub(MOST_MODIFIERS)..at]
            .iter()
            .any(|lexeme| names_encounter(lexeme) || lexeme.roles.unit.is_some())
    }

    /// A number's unit, and how often where that follows.
    pub(super) fn counted(&self, amount: Amount, end: usize, is_year: bool) -> Option<(Part, usize)> {
        if let Some(part) = self.hours(amount, end) {
            return Some(part);
        }
        let (unit, end) = self.unit(end)?;
        if is_year || matches!(unit, Unit::Supply | Unit::Rental) {
            return None;
        }
        // "12 weekly sessions" says both.
        let weekly = self.get(end.saturating_sub(2)).filter(|_| unit.is_encounter());
        if let Some(per) = weekly.and_then(|lexeme| lexeme.roles.adverb) {
            return Some((Part::Dose(amount, unit, Frequency::per(Amount::exactly(1), per)), end));
        }
        let mut behind = end;
        while self.get(behind).is_some_and(|lexeme| lexeme.roles.route || (lexeme.is(".") && lexeme.glued)) {
            behind += 1;
        }
        // "six tablets of Norco 10/325 mg per day"
        if self.is(behind, "of") && unit.is_dosage() {
            behind = self.behind_drug(behind + 1);
        }
        if unit.is_encounter() {
            if let Some((per, end)) = self.period(end, false) {
                return Some((Part::Frequency(Frequency::per(amount, per), Some(unit)), end));
            }
        } else if unit.is_dosage() && amount.most <= GREATEST_DOSE {
            let often = self
                .latin(behind)
                .or_else(|| self.multiple(behind))
                .or_else(|| self.every(behind))
                .or_else(|| self.numbered_frequency(behind));
            if let Some((Part::Frequency(frequency, None), end)) = often {
                return Some((Part::Dose(amount, unit, frequency), end));
            }
            if let Some((per, end)) = self.period(behind, false) {
                return Some((Part::Dose(amount, unit, Frequency::per(Amount::exactly(1), per)), end));
            }
        }
        Some((Part::Count(amount, Some(unit)), end))
    }

    /// The lexeme behind a drug's name and strength.
    pub(super) fn behind_drug(&self, start: usize) -> usize {
        let is_drug = |at: usize| {
            self.get(at).is_some_and(|lexeme| {
                lexeme.roles.strength || lexeme.is_figure || drug::begins_name(&lexeme.word)
            })
        };
        (start..start + MOST_MODIFIERS).find(|&at| !is_drug(at)).unwrap_or(start)
    }

    /// "of the 12 requested, 6 were certified": numbers whose unit was left out.
    pub(super) fn decided_number(&self, at: usize) -> Option<(Part, usize)> {
        let (amount, end) = self.amount(at)?;
        let is_opening = self.before(at).is_none_or(|before| {
            matches!(
                before.word.as_ref(),
                "," | "and" | "the" | "of" | "only" | "but" | "all" | "these" | "those"
            )
        });
        // "items 1 and 2 were approved"
        let is_listed = at >= 2 && self.get(at - 2).is_some_and(|two_before| two_before.is_figure);
        let mut verb = end;
        while self.get(verb).is_some_and(|lexeme| {
            matches!(&*lexeme.word, "were" | "was" | "are" | "have" | "had" | "been" | "already")
        }) {
            verb += 1;
        }
        let is_decided = self.get(verb).is_some_and(|lexeme| {
            matches!(
                lexeme.word.as_ref(),
                "requested" | "certified" | "authorized" | "approved" | "completed" | "denied" | "attended"
            )
        });
        let is_listed = is_listed || self.counts_nothing(at) || self.is_year(at);
        (is_opening && is_decided && !is_listed).then_some((Part::Count(amount, None), end))
    }

    /// The number in "90 of the 120 tablets", with the unit of the whole; the whole is a quantity of its own.
    pub(super) fn part_of_whole(&self, start: usize) -> Option<(Quantity, Range<usize>)> {
        let (amount, end) = self.amount(start).filter(|_| !self.counts_nothing(start))?;
        let (_, unit) = self.amount(self.whole(end)?)?;
        let (unit, _) = self.unit(unit)?;
        let quantity = Quantity {
            span: self.lexemes[start].span.start..self.lexemes[end - 1].span.end,
            count: Some(Stated::Given(amount)),
            unit: Some(unit),
            frequency: None,
            duration: None,
            total: Some(amount),
            context: None,
        };
        Some((quantity, start..end))
    }

    /// Where the number behind "of the" stands.
    pub(super) fn whole(&self, of: usize) -> Option<usize> {
        if !self.is(of, "of") {
            return None;
        }
        let mut at = of + 1;
        while at < of + MOST_MODIFIERS
            && self.get(at).is_some_and(|lexeme| {
                matches!(&*lexeme.word, "the" | "these" | "those" | "a" | "total" | "of")
                    || lexeme.roles.cue.is_some()
            })
        {
            at += 1;
        }
        Some(at)
    }

    /// Whether a quantity is the whole of which the number before it is a part.
    pub(super) fn is_whole(&self, start: usize) -> bool {
        (start.saturating_sub(MOST_MODIFIERS)..start).any(|at| {
            self.whole(at) == Some(start)
                && self.before(at).is_some_and(|before| ends_number(before) || before.is(")"))
        })
    }
}
