//! One sentence's conclusions.

use std::ops::Range;

use super::clause::{self, Clause, Tie};
use super::predicate::{self, Predicate};
use super::words::{Class, Words};
use super::{Conclusion, Polarity, Strength};
use crate::text::{Span, overlaps};

/// Reads a sentence.
pub(super) struct SentenceReader<'a> {
    pub(super) words: &'a Words<'a>,
    sentence: usize,
    pub(super) tokens: Range<usize>,
    /// The first token after the sentence's introducer.
    pub(super) start: usize,
    pub(super) introducer: Option<Range<usize>>,
}

/// Words on which a conclusion can turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Core {
    /// "medically necessary"
    Adjective { denies: bool },
    /// "medical necessity", "definition of medically necessary"
    Noun,
    /// "indicated", "denied"
    Synonym { denies: bool },
}

/// What was read at a core.
pub(super) struct Reading {
    pub(super) words: Range<usize>,
    pub(super) clause: usize,
    pub(super) polarity: Polarity,
    /// It only gives the reason for another clause.
    pub(super) is_reason: bool,
}

impl<'a> SentenceReader<'a> {
    pub(super) fn new(words: &'a Words<'a>, sentence: usize, tokens: Range<usize>) -> Self {
        // "Decision rationale: …": a label begins no clause.
        let label = (tokens.start..tokens.end.min(tokens.start + 4)).find(|&token| words.at(token) == ":");
        let begin = label.map_or(tokens.start, |label| label + 1);
        let introducer = words.introducer(begin).map(|after| begin..after);
        let mut start = introducer.as_ref().map_or(begin, |introducer| introducer.end);
        if words.at(start) == "," {
            start += 1;
        }
        Self { words, sentence, tokens, start, introducer }
    }

    pub(super) fn read(&self) -> Vec<Conclusion> {
        let end = self.tokens.end;
        if end == self.tokens.start || self.words.at(end - 1) == "?" {
            return Vec::new();
        }
        let cores = self.cores();
        let mut conclusions: Vec<Conclusion> = Vec::new();
        // What a reason lends to "so is …", and where it was said.
        let mut lent: Option<(Polarity, usize)> = None;
        for (place, core) in &cores {
            let Some(reading) = self.reading(place.clone(), *core) else { continue };
            lent = Some((reading.polarity, place.end));
            if !reading.is_reason {
                conclusions.push(self.conclusion(reading, *core));
            }
        }
        if let Some((polarity, said)) = lent {
            conclusions.extend(self.ellipsis(polarity, said));
        }
        self.settle(&mut conclusions);
        if conclusions.is_empty() {
            conclusions.extend(self.recommendation());
        }
        conclusions
    }

    /// Drops a near-synonym beside a conclusion in so many words, unless they stand against each other, and all but
    /// the last of those that share a clause ("reasonable and necessary").
    fn settle(&self, conclusions: &mut Vec<Conclusion>) {
        let firm: Vec<Span> = conclusions
            .iter()
            .filter(|conclusion| conclusion.strength == Strength::Necessity)
            .map(|conclusion| conclusion.span.clone())
            .collect();
        let is_joined = self.words.holds(self.tokens.clone(), &["and", "since", "because", "as"]);
        let mut later: Option<usize> = None;
        conclusions.reverse();
        conclusions.retain(|conclusion| {
            let is_synonym = conclusion.strength == Strength::Synonym;
            let is_weaker = firm.iter().any(|span| is_joined || overlaps(span, &conclusion.span));
            let is_repeat = later.replace(conclusion.span.end) == Some(conclusion.span.end);
            !is_synonym || !is_weaker && !is_repeat
        });
        conclusions.reverse();
    }

    fn conclusion(&self, reading: Reading, core: Core) -> Conclusion {
        let end = clause::end(self.words, reading.words.end, self.tokens.end);
        Conclusion {
            span: self.words.span(reading.clause.min(reading.words.start)..end),
            words: self.words.span(reading.words.clone()),
            polarity: reading.polarity,
            strength: match core {
                Core::Synonym { .. } => Strength::Synonym,
                Core::Adjective { .. } | Core::Noun => Strength::Necessity,
            },
            introducer: self.introducer(reading.clause, reading.words.end),
            sentence: self.sentence,
        }
    }

    /// What introduces a clause: at the sentence's beginning, or before or inside the clause.
    fn introducer(&self, clause: usize, end: usize) -> Option<Span> {
        let inner = (clause.saturating_sub(2).max(self.start)..end).find(|&token| {
            matches!(self.words.at(token), "therefore" | "thus" | "hence" | "consequently" | "accordingly")
        });
        let range = self.introducer.clone().or(inner.map(|token| token..token + 1));
        range.map(|range| self.words.span(range))
    }

    fn cores(&self) -> Vec<(Range<usize>, Core)> {
        let mut cores = Vec::new();
        let mut at = self.start;
        while at < self.tokens.end {
            let found = self.core(at);
            at = found.as_ref().map_or(at + 1, |(place, _)| place.end);
            cores.extend(found);
        }
        cores
    }

    fn core(&self, at: usize) -> Option<(Range<usize>, Core)> {
        let words = self.words;
        let skip_hyphen = |token: usize| if words.at(token) == "-" { token + 1 } else { token };
        match words.at(at) {
            "medically" | "medical" | "notmedically" => {
                let mut next = skip_hyphen(at + 1);
                let denies = words.at(at) == "notmedically";
                if words.at(next) == "necessity" {
                    return Some((at..next + 1, Core::Noun));
                }
                // "medically reasonable and necessary"
                let is_other = words.is(next, Class::Favourable) && !words.is(next, Class::Necessary);
                if is_other && matches!(words.at(next + 1), "and" | "or" | ",") {
                    next += 2;
                }
                let is_core = words.is(next, Class::Necessary) || words.at(next) == "unnecessary";
                let of = (at.saturating_sub(2)..at).any(|token| matches!(words.at(token), "of" | "for"))
                    && words.holds(
                        at.saturating_sub(4)..at,
                        &["definition", "criteria", "standard", "standards", "criterion"],
                    );
                is_core.then(|| {
                    let core = if of {
                        Core::Noun
                    } else {
                        Core::Adjective { denies: denies ^ (words.at(next) == "unnecessary") }
                    };
                    (at..next + 1, core)
                })
            }
            "non" if words.at(at + 1) == "-" && matches!(words.at(at + 2), "certified" | "authorized") => {
                Some((at..at + 3, Core::Synonym { denies: true }))
            }
            "upheld" | "overturned" | "affirmed" | "reversed" | "sustained" => Some((
                at..at + 1,
                Core::Synonym { denies: !matches!(words.at(at), "overturned" | "reversed") },
            )),
            _ if words.is(at, Class::Favourable) => Some((at..at + 1, Core::Synonym { denies: false })),
            _ if words.is(at, Class::Unfavourable) => Some((at..at + 1, Core::Synonym { denies: true })),
            _ => None,
        }
    }

    fn reading(&self, place: Range<usize>, core: Core) -> Option<Reading> {
        let clause = clause::at(self.words, self.start, place.start);
        if clause.tie == Tie::Dependent {
            return None;
        }
        match core {
            Core::Adjective { denies } => self.adjective(&clause, place, denies),
            Core::Noun => self.noun(&clause, place),
            Core::Synonym { denies } => self.synonym(&clause, place, denies),
        }
    }

    /// "… is (not) medically necessary".
    fn adjective(&self, clause: &Clause, place: Range<usize>, denies: bool) -> Option<Reading> {
        if self.is_attribute(place.end) {
            return None;
        }
        let predicate = predicate::before(self.words, clause.start, place.start);
        let before = predicate.first.checked_sub(1).filter(|&token| token >= clause.start);
        match before.map_or("", |token| self.words.at(token)) {
            "as" | "when" | "the" | "(" if predicate.first == place.start => return None,
            "that" if self.is_relative(predicate.first - 1) => {
                let noun = predicate.first - 2;
                let is_one = noun > clause.start && self.words.at(noun) == "one";
                let main = predicate::before(self.words, clause.start, noun);
                return is_one.then(|| {
                    self.weighed(clause, &main, None, place, denies ^ (predicate.negations % 2 == 1))
                });
            }
            _ => {}
        }
        let governor = predicate::governor(self.words, clause.start, &predicate);
        // "Request not medically necessary.": a verb of another kind may turn the sense, as "not approved as" does.
        let is_fragment = place.end - clause.start <= 12
            && self.closes(place.end)
            && (clause.start..predicate.first).all(|token| self.words.finite(token).is_none());
        if !predicate.is_finite && governor.is_none() && !is_fragment {
            return None;
        }
        let unknown = (clause.start + 1..predicate.first).find(|&token| {
            self.words.at(token) == "that" && self.is_relative(token) && !self.words.is_mark(token - 1)
        });
        let is_denied = |end: usize| {
            (clause.start..end).any(|token| {
                matches!(self.words.at(token), "not" | "no" | "never" | "hardly")
                    || self.words.finite(token) == Some(true)
            })
        };
        if governor.is_none() && unknown.is_some_and(is_denied) {
            return None;
        }
        Some(self.weighed(clause, &predicate, governor, place, denies))
    }

    /// Whether a "that" begins a relative clause rather than what somebody says or what there is evidence of.
    fn is_relative(&self, that: usize) -> bool {
        that > self.start && !predicate::governs_that(self.words, that - 1)
    }

    /// The polarity of a predicate with what governs it.
    pub(super) fn weighed(
        &self,
        clause: &Clause,
        predicate: &Predicate,
        governor: Option<predicate::Governor>,
        place: Range<usize>,
        denies: bool,
    ) -> Reading {
        let words = self.words;
        let mut first = predicate.first;
        let mut negations = predicate.negations + usize::from(denies);
        let mut subject = clause.start;
        if let Some(governor) = governor {
            if governor.is_negated {
                negations += 1;
                first = governor.first;
            }
            subject = governor.after;
        }
        if let Some(denial) = predicate::denial_of_subject(words, subject, predicate.first) {
            negations += 1;
            first = first.min(denial);
        }
        let is_negative = negations % 2 == 1;
        let polarity = if governor.is_some_and(|governor| governor.is_reported)
            || self.is_attributed(clause, predicate, &place)
        {
            Polarity::Reported
        } else if self.is_partial(clause, &place, is_negative) {
            Polarity::Partial
        } else if self.is_conditional(clause, predicate, &place, is_negative) {
            Polarity::Conditional
        } else if is_negative {
            Polarity::NotNecessary
        } else {
            Polarity::Necessary
        };
        Reading {
            words: first..place.end,
            clause: clause.start,
            polarity,
            is_reason: clause.tie == Tie::Reason,
        }
    }

    /// "The request is not supported": only of the request, or where the sentence says that it concludes.
    fn synonym(&self, clause: &Clause, place: Range<usize>, denies: bool) -> Option<Reading> {
        let words = self.words;
        if self.is_attribute(place.end) || clause.tie == Tie::Reason && self.introducer.is_some() {
            return None;
        }
        let predicate = predicate::before(words, clause.start, place.start);
        let subject = clause.start..predicate.first;
        if !predicate.is_finite || subject.is_empty() {
            return None;
        }
        let is_request = words.holds(subject.clone(), &["request", "requests", "requested"]);
        let is_decision = words.holds(subject.clone(), &["denial", "determination", "decision"]);
        let needs_decision =
            matches!(words.at(place.start), "upheld" | "overturned" | "affirmed" | "reversed" | "sustained");
        let is_past = words.holds(predicate.first..place.start, &["was", "were", "had"]);
        let is_joined = self.introducer.is_some() && !self.is_pronoun(&subject);
        if needs_decision != is_decision
            || !(is_request && !is_past || is_joined || needs_decision && !is_past)
            || !is_request && words.any(subject.clone(), Class::Advice)
            || words.any(subject.clone(), Class::Guideline)
            || words.any(subject, Class::Governing) && !is_request
        {
            return None;
        }
        let governor = predicate::governor(words, clause.start, &predicate);
        let reading = self.weighed(clause, &predicate, governor, place, denies);
        // What others decided about a request is its history.
        (reading.polarity != Polarity::Reported).then_some(reading)
    }

    fn is_pronoun(&self, subject: &Range<usize>) -> bool {
        subject.len() == 1 && matches!(self.words.at(subject.start), "he" | "she" | "they" | "there")
    }

    /// "Recommend non-certification.", "I recommend approval."
    fn recommendation(&self) -> Option<Conclusion> {
        let words = self.words;
        let verb = (self.start..self.tokens.end.min(self.start + 4))
            .find(|&token| words.at(token) == "recommend")?;
        let is_own = (self.start..verb)
            .all(|token| matches!(words.at(token), "i" | "we" | "would" | "this" | "reviewer"));
        let object = (verb + 1..self.tokens.end.min(verb + 5)).find(|&token| {
            matches!(
                words.at(token),
                "certification" | "approval" | "authorization" | "noncertification" | "denial"
            )
        })?;
        let denies = matches!(words.at(object), "noncertification" | "denial")
            || words.holds(verb + 1..object, &["non"]);
        is_own.then(|| {
            let polarity = if denies { Polarity::NotNecessary } else { Polarity::Necessary };
            let reading = Reading { words: verb..object + 1, clause: self.start, polarity, is_reason: false };
            self.conclusion(reading, Core::Synonym { denies })
        })
    }

    /// "so is the aftercare", "neither is the sling", "none of the services are", "the rest is not".
    fn ellipsis(&self, polarity: Polarity, said: usize) -> Option<Conclusion> {
        let words = self.words;
        let last = clause::end(words, said, self.tokens.end);
        let end = clause::end(words, last.max(said), self.tokens.end).max(last);
        let end =
            (end..self.tokens.end).rev().find(|&token| !words.is_mark(token)).map_or(end, |token| token + 1);
        let rest = said..end;
        let is_be =
            |token: usize| matches!(words.at(token), "is" | "are" | "was" | "were" | "isn't" | "aren't");
        let verb = |turn: usize| if words.at(turn + 1) == "too" { turn + 2 } else { turn + 1 };
        let turn = rest
            .clone()
            .find(|&token| matches!(words.at(token), "so" | "neither" | "nor") && is_be(verb(token)));
        let closing = end.saturating_sub(1);
        let (place, polarity) = if let Some(turn) = turn {
            let polarity = if words.at(turn) == "so" { polarity } else { Polarity::NotNecessary };
            (turn..verb(turn) + 1, polarity)
        } else if rest.len() < 3 {
            return None;
        } else if matches!(words.at(closing), "too" | "likewise") && is_be(closing - 1) {
            (closing - 1..end, polarity)
        } else if words.at(closing) == "not" && is_be(closing - 1) {
            (closing - 1..end, Polarity::NotNecessary)
        } else if words.finite(closing) == Some(true) && is_be(closing) {
            (closing..end, Polarity::NotNecessary)
        } else {
            let none = rest.clone().find(|&token| words.at(token) == "none").filter(|_| is_be(closing))?;
            (none..end, Polarity::NotNecessary)
        };
        let clause = clause::at(words, self.start, place.start).start.max(said);
        let clause = if self.words.is_mark(clause) { clause + 1 } else { clause };
        let reading = Reading { words: place, clause, polarity, is_reason: false };
        Some(self.conclusion(reading, Core::Noun))
    }
}
