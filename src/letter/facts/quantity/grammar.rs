//! The grammar of quantities: parts (count, frequency, duration), and how parts join.

use super::amount::{Amount, Bound, Duration, Frequency, Stated, TimeUnit, Unit};
use super::context;
use super::lexeme::Lexeme;
use super::unspecified;
use super::vocabulary::bounds;
use super::{LEAST_DISPENSED, Quantity};
use crate::letter::facts::drug;

/// Words between a number and its unit ("6 additional post-operative physical therapy visits").
const MOST_MODIFIERS: usize = 7;
/// A single intake is never more than this; "60 tablets twice a day" names the number handed out.
const GREATEST_DOSE: u32 = 10;
/// "2x6" reads as visits a week for weeks, within what a therapist can do.
const MOST_VISITS_A_WEEK: u32 = 7;
const MOST_WEEKS: u32 = 26;
/// How far before a "#" its drug, strength or form stands.
const DISPENSED_REACH: usize = 10;

/// The quantities of one sentence, with their contexts.
pub(super) fn quantities(lexemes: &[Lexeme]) -> Vec<Quantity> {
    let sentence = Sentence { lexemes, is_therapy: lexemes.iter().any(|lexeme| names_encounter(lexeme)) };
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
        || lexeme.is_times()
        || matches!(&*lexeme.word, "#" | "(" | "every" | "each" | "q")
        || matches!(&*lexeme.word, "no" | "not" | "without" | "do" | "does" | "did")
}

/// "sessions", "physical therapy": something one comes for.
fn names_encounter(lexeme: &Lexeme) -> bool {
    lexeme.roles.unit.is_some_and(Unit::is_encounter)
        || matches!(
            lexeme.word.as_ref(),
            "therapy" | "physiotherapy" | "pt" | "ot" | "acupuncture" | "chiropractic" | "chiro" | "massage"
        )
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
    fn quantity(&self, start: usize) -> Option<(Quantity, std::ops::Range<usize>)> {
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

    /// The number in "90 of the 120 tablets", with the unit of the whole; the whole is a quantity of its own.
    fn part_of_whole(&self, start: usize) -> Option<(Quantity, std::ops::Range<usize>)> {
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
    fn whole(&self, of: usize) -> Option<usize> {
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
    fn is_whole(&self, start: usize) -> bool {
        (start.saturating_sub(MOST_MODIFIERS)..start).any(|at| {
            self.whole(at) == Some(start)
                && self.before(at).is_some_and(|before| ends_number(before) || before.is(")"))
        })
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

    /// "bid" may also be a verb.
    fn is_prescribed(&self, at: usize) -> bool {
        let subject =
            |word: &str| matches!(word, "he" | "she" | "they" | "to" | "a" | "the" | "would" | "will");
        !self.is(at, "bid") || !self.before(at).is_some_and(|before| subject(&before.word))
    }

    fn latin(&self, at: usize) -> Option<(Part, usize)> {
        Some((Part::Frequency(self.get(at)?.roles.latin?, None), at + 1))
    }

    /// "QTY: 12", "quantity of 60 tablets".
    fn labelled_count(&self, at: usize) -> Option<(Part, usize)> {
        if !matches!(self.get(at)?.word.as_ref(), "qty" | "quantity") {
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
    fn dispensed(&self, at: usize) -> Option<(Part, usize)> {
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
            self.before(at).is_some_and(form)
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
    fn multiplied(&self, at: usize) -> Option<(Part, usize)> {
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
        let is_measure = self.get(end).is_some_and(|next| next.roles.is_measure() || next.is_times());
        (counts && self.has_counted_thing(at) && !is_measure).then_some((Part::Count(amount, None), end))
    }

    /// Whether therapy, an injection or a drug's form stands shortly before.
    fn has_counted_thing(&self, at: usize) -> bool {
        self.lexemes[at.saturating_sub(MOST_MODIFIERS)..at].iter().any(|lexeme| {
            names_encounter(lexeme) || lexeme.roles.unit.is_some() || matches!(&*lexeme.word, "training")
        })
    }

    /// "twice a week", "once daily", "once every 3 months".
    fn multiple(&self, at: usize) -> Option<(Part, usize)> {
        let times = Amount::exactly(self.get(at)?.roles.multiple?);
        if let Some((Part::Frequency(every, unit), end)) = self.every(at + 1) {
            return Some((Part::Frequency(Frequency { times, ..every }, unit), end));
        }
        let (unit, end) = self.period(at + 1, true)?;
        Some((Part::Frequency(Frequency::per(times, unit), None), end))
    }

    /// "every 3 months", "every other day", "every week", "q 4-6 hours".
    fn every(&self, at: usize) -> Option<(Part, usize)> {
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
    fn period(&self, at: usize, may_be_bare: bool) -> Option<(TimeUnit, usize)> {
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

    /// A part that begins with a number, or with a bound and a number.
    fn numbered(&self, at: usize, is_joined: bool) -> Option<(Part, usize)> {
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

    /// "in 6 weeks", "at the age of 53 years": a time before which such a word stands is a point in time.
    fn is_point(&self, at: usize) -> bool {
        let Some(before) = self.before(at) else { return false };
        if bounds(&before.word).iter().any(|phrase| phrase.bound == Bound::About) {
            return self.is_point(at - 1);
        }
        let of_age = before.is("of") && at >= 2 && self.is(at - 2, "age");
        before.roles.point || of_age
    }

    /// "2 times a week", "2x/week", "2/week", "2xwk".
    fn times_per(&self, amount: Amount, end: usize) -> Option<(TimeUnit, usize)> {
        let times = self.get(end)?;
        if times.is_times() {
            return self.period(end + 1, true);
        }
        let is_marked = matches!(times.word.as_ref(), "a" | "per" | "/");
        if is_marked && amount.most <= MOST_WEEKS { self.period(end, false) } else { None }
    }

    /// "2x6", "2 x 6 weeks" where the sentence is about therapy, and nothing is measured.
    fn course(&self, times: Amount, start: usize, end: usize) -> Option<(Part, usize)> {
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

    /// A number's unit, and how often where that follows.
    fn counted(&self, amount: Amount, end: usize, is_year: bool) -> Option<(Part, usize)> {
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

    fn numbered_frequency(&self, at: usize) -> Option<(Part, usize)> {
        self.numbered(at, true).filter(|(part, _)| matches!(part, Part::Frequency(_, None)))
    }

    /// "4 hours a day", and "5 days a week" behind it; "5 days a week" by itself.
    fn hours(&self, amount: Amount, end: usize) -> Option<(Part, usize)> {
        let unit = self.get(end)?.roles.time?;
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
    fn timed(&self, amount: Amount, end: usize) -> Option<(Part, usize)> {
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

    /// "of the 12 requested, 6 were certified": numbers whose unit was left out.
    fn decided_number(&self, at: usize) -> Option<(Part, usize)> {
        let (amount, end) = self.amount(at)?;
        let is_opening = self.before(at).is_none_or(|before| {
            matches!(before.word.as_ref(), "," | "the" | "of" | "only" | "but" | "all" | "these" | "those")
        });
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
        let is_listed = self.counts_nothing(at) || self.is_year(at);
        (is_opening && is_decided && !is_listed).then_some((Part::Count(amount, None), end))
    }

    /// A part that goes on with what was said before.
    fn joined_part(&self, end: usize, so_far: &Quantity) -> Option<(Part, usize)> {
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

    fn next_part(&self, at: usize, so_far: &Quantity, is_apart: bool) -> Option<(Part, usize)> {
        let word = self.get(at)?.word.as_ref();
        let has_frequency = so_far.frequency.is_some();
        if so_far.duration.is_none()
            && so_far.unit.is_none_or(Unit::is_encounter)
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
    fn restated_total(&self, at: usize, is_apart: bool) -> Option<(Part, usize)> {
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

    /// A unit behind modifiers, and where it ends.
    fn unit(&self, start: usize) -> Option<(Unit, usize)> {
        for at in start..start + MOST_MODIFIERS {
            let lexeme = self.get(at)?;
            if let Some(unit) = lexeme.roles.unit {
                // "2 TENS units" are things, "5 lumbar units" nothing; "Refills: 0" is a label.
                let is_label = self.is(at + 1, ":") && self.get(at + 2).is_some_and(|next| next.is_figure);
                return (!is_label && (at == start || unit != Unit::Unit)).then_some((unit, at + 1));
            }
            let joins =
                (lexeme.is_dash() || lexeme.is("/")) && lexeme.glued && at > start || lexeme.is_dash();
            if !lexeme.roles.modifier && !joins && !drug::begins_name(&lexeme.word) {
                return None;
            }
        }
        None
    }

    /// A bound, and where it ends.
    fn bound(&self, at: usize) -> Option<(Bound, usize)> {
        let first = self.get(at)?;
        bounds(&first.word).iter().find_map(|phrase| {
            let matches = phrase.words.iter().enumerate().all(|(skip, word)| self.is(at + skip, word));
            matches.then_some((phrase.bound, at + phrase.words.len()))
        })
    }

    /// A number or a range, and where it ends.
    fn amount(&self, at: usize) -> Option<(Amount, usize)> {
        let (least, end) = self.number(at)?;
        let exactly = (Amount::exactly(least), end);
        let Some(link) = self.get(end) else { return Some(exactly) };
        let next = if link.is_dash() && self.is(end + 1, "to") {
            end + 2
        } else if link.is_dash() || matches!(link.word.as_ref(), "to" | "or") {
            end + 1
        } else {
            return Some(exactly);
        };
        match self.number(next) {
            Some((most, end)) if most > least => Some((Amount { least, most, bound: Bound::Exactly }, end)),
            // "12-8" is a table's number; "4 or 2 weeks" is no range.
            Some(_) => None,
            None => Some(exactly),
        }
    }

    /// A number in digits or words, with its repetition in brackets: "12 (twelve)".
    fn number(&self, at: usize) -> Option<(u32, usize)> {
        let is_bracketed = self.is(at, "(") && self.is(at + 2, ")");
        if is_bracketed {
            return self.number_word(at + 1).map(|(value, _)| (value, at + 3));
        }
        let (value, end) = self.number_word(at)?;
        if self.is(end, "(")
            && let Some((repeated, close)) = self.number_word(end + 1)
            && repeated == value
            && self.is(close, ")")
        {
            return Some((value, close + 1));
        }
        Some((value, end))
    }

    fn number_word(&self, at: usize) -> Option<(u32, usize)> {
        let lexeme = self.get(at)?;
        if let Some(value) = lexeme.value {
            return Some((value, at + 1));
        }
        let value = lexeme.roles.number?;
        // "twenty-four"
        let ones = if self.get(at + 1).is_some_and(Lexeme::is_dash) { at + 2 } else { at + 1 };
        let joins = |ones: &Lexeme| value >= 20 && ones.roles.number.is_some_and(|ones| ones < 10);
        match self.get(ones).filter(|lexeme| joins(lexeme)) {
            Some(lexeme) => Some((value + lexeme.roles.number.unwrap_or_default(), ones + 1)),
            None => Some((value, at + 1)),
        }
    }

    /// Whether what stands before a number makes it part of a level, a date, a table's number or a fraction.
    fn counts_nothing(&self, at: usize) -> bool {
        let Some(before) = self.before(at) else { return false };
        if self.get(at).is_some_and(|number| number.is_figure && number.glued)
            && !before.is("(")
            && !before.is_times()
        {
            return true;
        }
        let is_level = |lexeme: &Lexeme| {
            let mut chars = lexeme.word.chars();
            chars.next().is_some_and(|c| matches!(c, 'c' | 't' | 'l' | 's'))
                && chars.clone().next().is_some()
                && chars.all(|c| c.is_ascii_digit())
        };
        let two_before = at.checked_sub(2).and_then(|at| self.get(at));
        let is_numbering = before.roles.numbering && !two_before.is_some_and(|lexeme| lexeme.is("/"));
        is_numbering
            || is_level(before)
            || matches!(before.word.as_ref(), "$" | "§" | "#" | "+")
            || before.is(",") && two_before.is_some_and(is_level)
            || before.is(".") && two_before.is_some_and(|lexeme| lexeme.roles.numbering)
            || before.is("in") && two_before.is_some_and(|lexeme| lexeme.is_figure)
            || before.is_dash() && two_before.is_some_and(|lexeme| lexeme.is("in"))
            || before.is("of") && two_before.is_some_and(|lexeme| lexeme.is("out"))
            || matches!(before.word.as_ref(), "to" | "or")
                && two_before.is_some_and(|lexeme| ends_number(lexeme) || lexeme.is_dash())
    }

    /// "the 2014 visits"
    fn is_year(&self, at: usize) -> bool {
        self.get(at).and_then(|lexeme| lexeme.value).is_some_and(|value| (1900..2100).contains(&value))
            && !self.get(at).is_some_and(|lexeme| lexeme.word.contains(','))
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
