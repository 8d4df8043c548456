//! How a part goes on with what was said before.

use super::super::Quantity;
use super::super::amount::{Amount, Bound, Duration, Frequency, Stated, TimeUnit, Unit};
use super::super::lexeme::Lexeme;
use super::{Part, Sentence};

impl Sentence<'_> {
    /// A part that goes on with what was said before.
    pub(super) fn joined_part(&self, end: usize, so_far: &Quantity) -> Option<(Part, usize)> {
        let mut at = end;
        // "12 sessions of physical therapy, 2 times a week"
        if self.is(at, "of") && so_far.count.is_some() && so_far.unit.is_some_and(Unit::is_encounter) {
            at += 1;
            while self.get(at).is_some_and(|lexeme| lexeme.roles.modifier && lexeme.roles.number.is_none()) {
                at += 1;
            }
        }
        let comma = self.is(at, ",");
        at += usize::from(comma);
        let bracket = self.is(at, "(");
        at += usize::from(bracket);
        let (part, end) = self.next_part(at, so_far, comma || bracket)?;
        let closes = self.is(end, ")");
        (closes || !bracket).then_some((part, end + usize::from(bracket)))
    }

    pub(super) fn next_part(&self, at: usize, so_far: &Quantity, is_apart: bool) -> Option<(Part, usize)> {
        let word = self.get(at)?.word.as_ref();
        let has_frequency = so_far.frequency.is_some();
        if so_far.duration.is_none()
            && so_far.unit.is_none_or(|unit| unit.is_encounter() || unit == Unit::Hour)
            && (has_frequency || so_far.count.is_some())
        {
            let leads =
                matches!(word, "for" | "over" | "x" | "×" | "times" | "in" | "within" | "during" | "/");
            let number = at + usize::from(leads);
            if leads || has_frequency {
                let (bound, start) =
                    self.bound(number).map_or((Bound::Exactly, number), |(bound, end)| (bound, end));
                if let Some((amount, end)) = self.amount(start) {
                    let amount = Amount { bound, ..amount };
                    if let Some((part @ Part::Duration(_, None), end)) = self.timed(amount, end) {
                        return Some((part, end));
                    }
                    let per = match so_far.frequency {
                        Some(Stated::Given(frequency)) => Some(frequency.per.unit),
                        _ => None,
                    };
                    // "once a week x 6"
                    let is_weeks = self.get(at).is_some_and(Lexeme::is_times) && self.unit(end).is_none();
                    if let Some(unit @ (TimeUnit::Week | TimeUnit::Month)) = per.filter(|_| is_weeks) {
                        return Some((Part::Duration(Duration { amount, unit }, None), end));
                    }
                }
            }
        }
        if so_far.count.is_none() && has_frequency {
            if let Some(part @ (Part::Count(..), _)) = self.dispensed(at).or_else(|| self.labelled_count(at))
            {
                return Some(part);
            }
            if so_far.unit.is_none_or(Unit::is_encounter) {
                return self.restated_total(at, is_apart);
            }
        }
        if !has_frequency && so_far.unit.is_none_or(|unit| unit.is_encounter() || unit == Unit::Dispensed) {
            let start = at + usize::from(word == "at");
            return self
                .latin(start)
                .or_else(|| self.multiple(start))
                .or_else(|| self.every(start))
                .or_else(|| self.numbered_frequency(start))
                .or_else(|| {
                    let per = self.get(start)?.roles.adverb?;
                    Some((Part::Frequency(Frequency::per(Amount::exactly(1), per), None), start + 1))
                });
        }
        None
    }

    /// "(12 sessions)", "= 12", "total of 8 visits", ", 12 total".
    pub(super) fn restated_total(&self, at: usize, is_apart: bool) -> Option<(Part, usize)> {
        let mut start = at;
        let mut says_total = false;
        while let Some(word) = self.get(start).map(|lexeme| lexeme.word.as_ref()) {
            if matches!(word, "=" | "total" | "totaling" | "totalling") {
                says_total = true;
            } else if !matches!(word, "a" | "for" | "of" | ":") {
                break;
            }
            start += 1;
        }
        let (amount, end) = self.amount(start)?;
        if let Some((unit, end)) = self.unit(end).filter(|(unit, _)| unit.is_encounter()) {
            let end = end + usize::from(self.is(end, "total"));
            return (says_total || is_apart).then_some((Part::Count(amount, Some(unit)), end));
        }
        let total_behind = self.is(end, "total");
        let is_timed = self.get(end).is_some_and(|next| next.roles.time.is_some() || next.roles.is_measure());
        ((says_total || total_behind) && !is_timed)
            .then_some((Part::Count(amount, None), end + usize::from(total_behind)))
    }
}
