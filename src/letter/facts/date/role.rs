//! What happened on a date, told by the nearest words that say so in its clause.

use std::ops::Range;

use super::clause::{Clause, Cue, Link, Place, Strength};
use super::cue::{
    ADDRESSES, ARTICLE, BESIDE_IN_TIME, COMPLEMENT, COUNTED, Kind, NOT_ADDRESSED, OTHER_ONE, RELATIVE, STOP,
    SUFFER, TIME_UNIT, YEAR,
};
use super::form::{Found, Need};
use super::{DateFact, DateRole};
use crate::letter::sentence::Sentence;
use crate::text::{Span, Token};

/// How far a noun or verb reaches to its date, in words.
const REACH: usize = 10;
/// How far it reaches where no "on" or "dated" stands before the date ("MRI lumbar spine 06/14/2016").
const SHORT_REACH: usize = 5;
/// How far behind a date that opens its clause the verb is looked for.
const FRONTED_REACH: usize = 14;
/// How far a verb and its object stand apart ("denied the MRI").
const OBJECT_REACH: usize = 8;

/// Gives each date its role and drops what is no date after all.
pub(super) fn assign(
    text: &str,
    tokens: &[Token],
    sentences: &[Sentence],
    found: Vec<Found>,
) -> Vec<DateFact> {
    let mut facts = Vec::with_capacity(found.len());
    let mut clause: Option<(usize, Clause)> = None;
    let mut previous: Option<(usize, DateRole)> = None;
    let spans: Vec<Span> = found.iter().map(Found::span).collect();
    for (index, date) in found.into_iter().enumerate() {
        let span = spans[index].clone();
        let at = sentences.partition_point(|sentence| sentence.span.end <= span.start);
        let Some(sentence) = sentences.get(at) else { continue };
        if clause.as_ref().is_none_or(|(of, _)| *of != at) {
            clause = Some((at, Clause::read(text, tokens, sentence)));
            previous = None;
        }
        let Some((_, clause)) = &clause else { continue };
        let words = clause.words.tokens_of(&span);
        let end = spans.get(index + 1).map_or(clause.words.len(), |next| clause.words.tokens_of(next).start);
        let before = previous.map_or(0, |(end, _)| end).min(words.start);
        let place =
            Place { before, date: words.clone(), end: end.max(words.end), is_range: date.until.is_some() };
        let is_count = date.countable && COUNTED.has(clause.word(words.end));
        let role = clause.role(&place, previous.map(|(_, role)| role));
        let is_date = match date.need {
            Need::Nothing => true,
            Need::Role => role != DateRole::Other,
            Need::YearWording => clause.is_year(&place, role),
        };
        if !is_count && is_date {
            facts.push(DateFact { span, date: date.written, until: date.until, role });
            previous = Some((words.end, role));
        }
    }
    facts
}

impl Clause<'_> {
    fn role(&self, place: &Place, previous: Option<DateRole>) -> DateRole {
        if let Some(cue) = self.noun_behind(place) {
            return self.checked(cue, place);
        }
        let mut between = self.words.bare_in(place.before..place.date.start);
        if let Some(previous) = previous
            && between.all(|word| matches!(word, "," | "and" | "&" | "or"))
        {
            return previous;
        }
        if self.injures_behind(place) {
            return DateRole::Injury;
        }
        let link = self.link(place);
        match link.strength {
            Strength::Fronted => self.fronted(place),
            _ => self.cue_before(place, &link),
        }
    }

    fn cue_before(&self, place: &Place, link: &Link) -> DateRole {
        let Some((cue, others)) = self.cues_up_to(place, link.start).split_last() else {
            return DateRole::Other;
        };
        let gap = cue.words.end..link.start;
        let reach = match (link.strength, cue.role) {
            (Strength::None, DateRole::Record | DateRole::Procedure | DateRole::Guideline) => SHORT_REACH,
            (Strength::None, _) => 0,
            _ => REACH,
        };
        let apart =
            link.strength != Strength::Strong && self.words.bare_in(gap.clone()).any(|word| word == ",");
        let dated_edition = cue.role == DateRole::Guideline
            && self.words.bare_in(link.start..place.date.start).any(|word| word == "on");
        if link.strength == Strength::Weak && self.is_denied(place, link) {
            return DateRole::UrDecision;
        }
        if gap.len() > reach
            || apart
            || self.is_only_earlier_or_later(cue, place)
            || dated_edition
            || self.has(gap.clone(), &STOP)
            || !self.reaches(cue, gap, link)
        {
            return DateRole::Other;
        }
        let joined = |other: &&Cue| {
            let between = other.words.end..cue.words.start;
            between.len() <= OBJECT_REACH && !self.has(between, &STOP)
        };
        let mut others = others.iter().rev();
        if cue.kind == Kind::Verb {
            // "The UR physician wrote on 09/15/2014."
            let by_reviewer = others.next().filter(joined).is_some_and(|noun| {
                noun.role == DateRole::UrDecision
                    && matches!(cue.role, DateRole::Record | DateRole::UrDecision)
            });
            return if by_reviewer { DateRole::UrDecision } else { self.checked(cue, place) };
        }
        match others.find(|other| other.kind == Kind::Verb).filter(joined) {
            Some(verb) if link.strength == Strength::Weak => self.of_both(verb, cue, place),
            _ => self.checked(cue, place),
        }
    }

    /// "The last report before the utilization review is that of 03/18/2014": the date is the report's.
    fn is_only_earlier_or_later(&self, cue: &Cue, place: &Place) -> bool {
        let mut before = (0..cue.words.start).rev().map(|at| self.word(at));
        let is_behind_time =
            before.find(|word| !ARTICLE.has(word)).is_some_and(|word| BESIDE_IN_TIME.has(word));
        cue.role == DateRole::UrDecision
            && cue.kind == Kind::Noun
            && is_behind_time
            && self.words.bare_in(cue.words.end..place.date.start).any(|word| matches!(word, "," | "that"))
    }

    /// "Utilization review denied the surgery, the brace and the Norco on 09/15/2014."
    fn is_denied(&self, place: &Place, link: &Link) -> bool {
        let mut verbs =
            self.cues_up_to(place, link.start).iter().rev().skip_while(|cue| cue.kind != Kind::Verb);
        let Some(verb) = verbs.next().filter(|verb| verb.role == DateRole::UrDecision) else { return false };
        let subject =
            verbs.next().filter(|noun| noun.role == DateRole::UrDecision && noun.kind == Kind::Noun);
        subject.is_some_and(|subject| verb.words.start - subject.words.end <= 1)
            && !self.has(verb.words.end..link.start, &STOP)
    }

    /// Whether the words between an injury or a utilization review and its date are about nothing else: a wrong
    /// date of these two is an alarm.
    fn reaches(&self, cue: &Cue, gap: Range<usize>, link: &Link) -> bool {
        let first = self.word(gap.start);
        let dated =
            || self.words.bare_in(link.start..link.start + 4).any(|word| matches!(word, "dated" | "issued"));
        let received = || {
            self.words.bare_in(link.start..link.start + 4).any(|word| matches!(word, "received" | "filed"))
        };
        let is_later_day = || {
            let before = cue.words.start.saturating_sub(OBJECT_REACH)..cue.words.start;
            cue.kind != Kind::Verb && link.strength == Strength::Weak && self.has(before, &TIME_UNIT)
        };
        match (cue.role, cue.kind) {
            (DateRole::UrDecision, _) if received() => false,
            (DateRole::Injury, _) if is_later_day() => false,
            _ if gap.is_empty() => true,
            (DateRole::Injury, Kind::Verb) => !matches!(first, "and" | "or" | ","),
            (DateRole::Injury, _) => COMPLEMENT.has(first),
            (DateRole::UrDecision, Kind::Noun | Kind::Period) => gap.len() <= 4 && dated(),
            _ => true,
        }
    }

    /// "On 09/22/2016 he reported pain": told by what comes behind.
    fn fronted(&self, place: &Place) -> DateRole {
        let end = place.end.min(place.date.end + FRONTED_REACH);
        let end = (place.date.end..end).find(|&at| self.word(at) == ";").unwrap_or(end);
        let mut behind = self.cues_behind(place).iter().take_while(|cue| cue.words.end <= end);
        if self.is_decided_in_part(place, end) {
            return DateRole::UrDecision;
        }
        let Some(first) = behind.next() else { return DateRole::Other };
        let second = behind.next().filter(|second| {
            second.words.start.saturating_sub(first.words.end) <= OBJECT_REACH
                && (second.kind == Kind::Verb) != (first.kind == Kind::Verb)
        });
        let lead = place.date.end..first.words.start;
        match first.role {
            DateRole::Injury if first.kind == Kind::Verb && self.has(lead.clone(), &RELATIVE) => {
                return DateRole::Other;
            }
            // "On 03/04/2014 the pain from the injury was worse."
            DateRole::Injury if first.kind != Kind::Verb && !self.has(lead, &SUFFER) => {
                return DateRole::Other;
            }
            DateRole::UrDecision if first.words.start > place.date.end + 3 => return DateRole::Other,
            _ => {}
        }
        match second {
            Some(second) if second.kind == Kind::Verb => self.of_both(second, first, place),
            Some(second) => self.of_both(first, second, place),
            None => self.checked(first, place),
        }
    }

    /// "On 06/24/2015 utilization review certified the sertraline and denied the alprazolam."
    fn is_decided_in_part(&self, place: &Place, end: usize) -> bool {
        let cues = self.cues_behind(place);
        let allows = cues.iter().find(|cue| cue.kind == Kind::Verb);
        let allows = allows.filter(|cue| {
            cue.role == DateRole::Other
                && matches!(self.word(cue.words.start), "certified" | "approved" | "authorized")
        });
        let denies = |cue: &Cue| cue.kind == Kind::Verb && cue.role == DateRole::UrDecision;
        let is_near =
            |allows: &Cue| allows.words.start <= end && allows.words.start <= place.date.end + SHORT_REACH;
        self.names_utilization_review && allows.is_some_and(is_near) && cues.iter().any(denies)
    }

    /// The role of a date that belongs to a verb or to its noun: "denied the MRI on", "underwent an MRI on".
    fn of_both(&self, verb: &Cue, noun: &Cue, place: &Place) -> DateRole {
        match (self.checked(verb, place), self.checked(noun, place)) {
            (role @ (DateRole::Request | DateRole::UrDecision), _) => role,
            (DateRole::Record, DateRole::Injury | DateRole::Procedure) | (DateRole::Other, _) => {
                DateRole::Other
            }
            (_, role) => role,
        }
    }

    /// A cue's role, where the words beside the cue do not deny it.
    fn checked(&self, cue: &Cue, place: &Place) -> DateRole {
        let before = cue.words.start.saturating_sub(3)..cue.words.start;
        let is_other_one = before.into_iter().any(|at| {
            let tells_time = matches!(self.word(at + 1), "to");
            OTHER_ONE.has(self.word(at)) && !tells_time
        });
        match cue.role {
            DateRole::Injury if is_other_one || place.is_range && cue.kind != Kind::Period => DateRole::Other,
            DateRole::UrDecision if cue.kind == Kind::Noun && self.is_addressed(cue) => DateRole::Other,
            DateRole::UrDecision if cue.kind == Kind::Verb && !self.names_utilization_review => {
                DateRole::Other
            }
            DateRole::Guideline if cue.kind == Kind::Verb && !self.names_guideline(cue.words.start) => {
                DateRole::Other
            }
            role => role,
        }
    }

    /// "wrote to the utilization review physician on", "sent for utilization review on", "the reply to the UR is dated": not
    /// "prior to the utilization review".
    fn is_addressed(&self, cue: &Cue) -> bool {
        let article =
            usize::from(cue.words.start.checked_sub(1).is_some_and(|before| ARTICLE.has(self.word(before))));
        let Some(before) = cue.words.start.checked_sub(1 + article) else { return false };
        let leads = before.checked_sub(1).map_or("", |at| self.word(at));
        let addresses = ADDRESSES.has(self.word(before)) || article == 0 && self.word(before) == "for";
        addresses && !NOT_ADDRESSED.has(leads)
    }

    fn names_guideline(&self, before: usize) -> bool {
        self.cues
            .iter()
            .any(|cue| cue.words.end <= before && cue.kind == Kind::Noun && cue.role == DateRole::Guideline)
    }

    /// Whether a number of four digits is a year: "in 2012", "the 2013 MRI", "ODG 2015".
    fn is_year(&self, place: &Place, role: DateRole) -> bool {
        let before = place.date.start.checked_sub(1).map_or("", |at| self.word(at));
        let opens_range = place.is_range && before == "between";
        YEAR.has(before) || opens_range || role == DateRole::Guideline || self.noun_behind(place).is_some()
    }
}
