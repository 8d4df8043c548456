//! Frequencies and durations: "2 times a week", "every 3 months", "2x6", "6 weeks".

use super::super::amount::{Amount, Bound, Duration, Frequency, TimeUnit, Unit};
use super::super::lexeme::Lexeme;
use super::{Part, Sentence};

/// "2x6" reads as visits a week for weeks, within what a therapist can do.
const MOST_VISITS_A_WEEK: u32 = 7;
const MOST_WEEKS: u32 = 26;

impl Sentence<'_> {
    /// "bid" may also be a verb.
    pub(super) fn is_prescribed(&self, at: usize) -> bool {
        let subject =
            |word: &str| matches!(word, "he" | "she" | "they" | "to" | "a" | "the" | "would" | "will");
        !self.is(at, "bid") || !self.before(at).is_some_and(|before| subject(&before.word))
    }

    pub(super) fn latin(&self, at: usize) -> Option<(Part, usize)> {
        Some((Part::Frequency(self.get(at)?.roles.latin?, None), at + 1))
    }

    /// "twice a week", "once daily", "once every 3 months".
    pub(super) fn multiple(&self, at: usize) -> Option<(Part, usize)> {
        let times = Amount::exactly(self.get(at)?.roles.multiple?);
        if let Some((Part::Frequency(every, unit), end)) = self.every(at + 1) {
            return Some((Part::Frequency(Frequency { times, ..every }, unit), end));
        }
        let (unit, end) = self.period(at + 1, true)?;
        Some((Part::Frequency(Frequency::per(times, unit), None), end))
    }

    /// "every 3 months", "every other day", "every week", "q 4-6 hours".
    pub(super) fn every(&self, at: usize) -> Option<(Part, usize)> {
        let first = self.get(at)?;
        if !matches!(first.word.as_ref(), "every" | "each" | "q") {
            return None;
        }
        let mut next = at + 1;
        if first.is("q") && self.is(next, ".") {
            next += 1;
        }
        let (amount, next) = if self.is(next, "other") {
            (Amount::exactly(2), next + 1)
        } else {
            self.amount(next).unwrap_or((Amount::exactly(1), next))
        };
        let time = self.get(next).filter(|lexeme| !lexeme.is("d") || lexeme.glued)?;
        let per = Duration { amount, unit: time.roles.time? };
        Some((Part::Frequency(Frequency { times: Amount::exactly(1), per }, None), next + 1))
    }

    /// What follows a count of times: "a week", "per week", "/week", "weekly", "week"; the time and where it ends.
    pub(super) fn period(&self, at: usize, may_be_bare: bool) -> Option<(TimeUnit, usize)> {
        let first = self.get(at)?;
        if let Some(unit) = first.roles.adverb {
            return Some((unit, at + 1));
        }
        let marked = matches!(first.word.as_ref(), "a" | "an" | "per" | "/" | "each" | "every");
        let time = if marked { at + 1 } else { at };
        let unit = self.get(time)?.roles.time.filter(|_| marked || may_be_bare)?;
        // "3 times a day" is a frequency, "2/3 days" is not.
        let is_hour = unit == TimeUnit::Hour && first.is("a");
        (!is_hour).then_some((unit, time + 1))
    }

    /// "2 times a week", "2x/week", "2/week", "2xwk".
    pub(super) fn times_per(&self, amount: Amount, end: usize) -> Option<(TimeUnit, usize)> {
        let times = self.get(end)?;
        if times.is_times() {
            return self.period(end + 1, true);
        }
        let is_marked = matches!(times.word.as_ref(), "a" | "per" | "/");
        if is_marked && amount.most <= MOST_WEEKS { self.period(end, false) } else { None }
    }

    /// "2x6", "2 x 6 weeks" where the sentence is about therapy, and nothing is measured.
    pub(super) fn course(&self, times: Amount, start: usize, end: usize) -> Option<(Part, usize)> {
        let by_x = self.get(end).is_some_and(|lexeme| matches!(&*lexeme.word, "x" | "×"));
        if !by_x || !self.is_therapy || times.most > MOST_VISITS_A_WEEK || times.least == 0 {
            return None;
        }
        let (weeks, mut end) = self.amount(end + 1)?;
        if weeks.most > MOST_WEEKS || weeks.least == 0 {
            return None;
        }
        match self.get(end).and_then(|next| next.roles.time) {
            Some(TimeUnit::Week) => end += 1,
            Some(_) => return None,
            None => {}
        }
        let is_other = |lexeme: &Lexeme| {
            lexeme.roles.is_measure()
                || lexeme.roles.unit.is_some()
                || lexeme.is_times()
                || lexeme.is_figure
                || matches!(
                    lexeme.word.as_ref(),
                    "gauze" | "pads" | "sponge" | "sponges" | "\"" | "”" | "'" | "’"
                )
        };
        let is_measure = self.get(end).is_some_and(is_other)
            || self.before(start).is_some_and(|before| before.is_times() || before.is_figure);
        let frequency = Frequency::per(times, TimeUnit::Week);
        let duration = Duration { amount: weeks, unit: TimeUnit::Week };
        (!is_measure).then_some((Part::Course(frequency, duration), end))
    }

    /// A part that begins with a number, or with a bound and a number.
    pub(super) fn numbered(&self, at: usize, is_joined: bool) -> Option<(Part, usize)> {
        let (bound, number) = self.bound(at).map_or((None, at), |(bound, end)| (Some(bound), end));
        let (mut amount, end) = self.amount(number)?;
        if bound.is_none() && !is_joined && self.counts_nothing(number) {
            return None;
        }
        // "from 6 to 12 visits" is a change, no range.
        if amount.least < amount.most && self.before(number).is_some_and(|before| before.is("from")) {
            return None;
        }
        amount.bound = bound.unwrap_or(Bound::Exactly);
        if let Some(part) = self.course(amount, at, end) {
            return Some(part);
        }
        if let Some((unit, end)) = self.times_per(amount, end) {
            return Some((Part::Frequency(Frequency::per(amount, unit), None), end));
        }
        self.counted(amount, end, bound.is_none() && self.is_year(number)).or_else(|| {
            let is_open = matches!(bound, None | Some(Bound::About));
            let is_point = !is_joined && is_open && self.is_point(at);
            self.timed(amount, end).filter(|_| !is_point)
        })
    }

    pub(super) fn numbered_frequency(&self, at: usize) -> Option<(Part, usize)> {
        self.numbered(at, true).filter(|(part, _)| matches!(part, Part::Frequency(_, None)))
    }

    /// "4 hours a day", and "5 days a week" behind it; "5 days a week" by itself.
    pub(super) fn hours(&self, amount: Amount, end: usize) -> Option<(Part, usize)> {
        let unit = self.get(end)?.roles.time?;
        // "80 hours of a functional restoration program"
        let of_what = end + 2 + usize::from(self.is(end + 2, "a") || self.is(end + 2, "the"));
        let is_program = self.get(of_what).is_some_and(|lexeme| lexeme.roles.modifier);
        if unit == TimeUnit::Hour && self.is(end + 1, "of") && is_program {
            return Some((Part::Count(amount, Some(Unit::Hour)), end + 1));
        }
        let (per, end) = self.period(end + 1, false)?;
        if unit == TimeUnit::Day && per != TimeUnit::Day {
            return Some((Part::Frequency(Frequency::per(amount, per), None), end));
        }
        if unit != TimeUnit::Hour {
            return None;
        }
        let comma = usize::from(self.is(end, ","));
        if let Some((Part::Frequency(days, None), end)) = self.numbered_frequency(end + comma) {
            return Some((Part::Dose(amount, Unit::Hour, days), end));
        }
        Some((Part::Dose(amount, Unit::Hour, Frequency::per(Amount::exactly(1), per)), end))
    }

    /// "6 weeks", "6-week", "30-day rental"; not an age or a point in time.
    pub(super) fn timed(&self, amount: Amount, end: usize) -> Option<(Part, usize)> {
        let time = if self.get(end).is_some_and(Lexeme::is_dash) { end + 1 } else { end };
        let unit = self.get(time)?.roles.time.filter(|&unit| unit != TimeUnit::Hour)?;
        let end = time + 1;
        let duration = Duration { amount, unit };
        let behind = |skip: usize| self.get(end + skip);
        if let Some(kind) = behind(0).and_then(|next| next.roles.unit)
            && matches!(kind, Unit::Supply | Unit::Rental)
        {
            return Some((Part::Duration(duration, Some(kind)), end + 1));
        }
        let is_mark =
            behind(0).is_some_and(|mark| mark.is_dash() || mark.is("of") || mark.is("/") || mark.is("'"));
        let is_aside = behind(0).is_some_and(|next| next.roles.aside || next.is("’"))
            || is_mark && behind(1).is_some_and(|next| next.roles.aside || next.is("o"));
        (!is_aside).then_some((Part::Duration(duration, None), end))
    }
}
