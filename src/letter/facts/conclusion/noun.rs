//! Conclusions whose words are "medical necessity", as the subject or the object of a verb.

use std::ops::Range;

use super::Polarity;
use super::clause::{self, Clause, Tie};
use super::predicate::{self, Predicate};
use super::reader::{Reading, SentenceReader};
use super::words::Class;

/// Words that may stand before "medical necessity" in its noun phrase.
const NOUN_ARTICLES: &[&str] =
    &["the", "any", "this", "its", "continued", "continuing", "ongoing", "current", "further", "overall"];

impl SentenceReader<'_> {
    /// "Medical necessity has not been established", "… does not meet the criteria for medical necessity".
    pub(super) fn noun(&self, clause: &Clause, place: Range<usize>) -> Option<Reading> {
        self.noun_as_subject(clause, &place).or_else(|| self.noun_as_object(clause, &place))
    }

    fn noun_as_subject(&self, clause: &Clause, place: &Range<usize>) -> Option<Reading> {
        let words = self.words;
        let end = clause::end(words, place.end, self.tokens.end);
        let verb = (place.end..end).find(|&token| words.finite(token).is_some())?;
        // The subject begins a clause, or is what somebody says; elsewhere the noun is an object.
        let mut before = place.start;
        while before > clause.start && NOUN_ARTICLES.contains(&words.at(before - 1)) {
            before -= 1;
        }
        let is_subject = before == clause.start
            || matches!(words.at(before - 1), "," | "and" | "so" | "that" | "no")
            || words.is(before - 1, Class::Saying);
        if !is_subject {
            return None;
        }
        let denied = before > clause.start && words.at(before - 1) == "no";
        let mut negations = usize::from(denied);
        for token in verb..end {
            let is_negated = words.finite(token);
            if words.is(token, Class::Establishing) || words.is(token, Class::Missing) {
                negations += usize::from(words.is(token, Class::Missing));
                let is_open =
                    matches!(words.at(token), "determined" | "ascertained" | "verified" | "affirmed");
                if is_open && negations == 0 {
                    return None;
                }
                let predicate = Predicate { is_finite: true, ..predicate::before(words, verb, token) };
                let polarity =
                    self.polarity(clause, &predicate, &(place.start..token + 1), negations % 2 == 1);
                let first = if denied { before - 1 } else { place.start };
                return Some(Reading {
                    words: first..token + 1,
                    clause: clause.start,
                    polarity,
                    is_reason: clause.tie == Tie::Reason,
                });
            }
            match words.at(token) {
                "not" | "never" | "neither" => negations += 1,
                "be" | "been" | "being" | "to" | "," => {}
                _ if is_negated.is_some() => negations += usize::from(is_negated == Some(true)),
                _ if words.is_adverb(token) => {}
                _ => return None,
            }
        }
        None
    }

    fn noun_as_object(&self, clause: &Clause, place: &Range<usize>) -> Option<Reading> {
        let words = self.words;
        let from = place.start.saturating_sub(9).max(clause.start);
        if words.at(place.start.wrapping_sub(1)) == "no" && place.start > clause.start {
            let there = (clause.start..place.start).any(|token| words.at(token) == "there");
            return there.then(|| self.read_noun(clause, place.start - 1..place.end, true));
        }
        // "is a medical necessity", "there is medical necessity"
        let article = place.start.saturating_sub(1);
        let there = words.at(clause.start) == "there";
        if article > clause.start && (words.at(article) == "a" || there) {
            let end = if there { place.start } else { article };
            let predicate = predicate::before(words, clause.start, end);
            if predicate.is_finite && (!there || predicate.first == clause.start + 1) {
                return Some(self.weighed(clause, &predicate, None, predicate.first..place.end, false));
            }
        }
        let verb = (from..place.start).rev().find(|&token| {
            words.is(token, Class::Establishing) || matches!(words.at(token), "lacks" | "lack" | "lacked")
        })?;
        let is_apart = (verb + 1..place.start)
            .any(|token| matches!(words.at(token), "," | "and") || words.finite(token).is_some());
        if is_apart {
            return None;
        }
        let mut negations = usize::from(words.at(verb).starts_with("lack"));
        let (mut at, mut first, mut is_infinitive) = (verb, verb, false);
        while at > clause.start {
            let token = at - 1;
            match words.at(token) {
                "not" | "never" | "fails" | "failed" | "fail" | "unable" | "insufficient" | "inadequate" => {
                    negations += 1;
                    first = token;
                }
                "to" => is_infinitive = true,
                _ => match words.finite(token) {
                    Some(is_negated) => {
                        negations += usize::from(is_negated);
                        first = token;
                    }
                    None if words.is_adverb(token) => {}
                    None => break,
                },
            }
            at = token;
        }
        if is_infinitive && negations == 0 {
            // "insufficient documentation to support", "sufficient to establish": else it is only a purpose.
            let context = clause.start..at;
            let denial = context.clone().rev().take(5).find(|&token| {
                matches!(
                    words.at(token),
                    "no" | "insufficient" | "inadequate" | "lack" | "not" | "without" | "little"
                ) || words.finite(token) == Some(true)
            });
            let suffices = context
                .rev()
                .take(4)
                .any(|token| matches!(words.at(token), "sufficient" | "adequate" | "enough"));
            match denial {
                Some(token) => {
                    negations += 1;
                    first = token;
                }
                None if suffices => {}
                None => return None,
            }
        } else if let Some(denial) = predicate::denial_of_subject(words, clause.start, first) {
            negations += 1;
            first = denial;
        }
        Some(self.read_noun(clause, first..place.end, negations % 2 == 1))
    }

    fn read_noun(&self, clause: &Clause, place: Range<usize>, is_negative: bool) -> Reading {
        let predicate = predicate::before(self.words, clause.start, place.start);
        let polarity = self.polarity(clause, &predicate, &place, is_negative);
        Reading { words: place, clause: clause.start, polarity, is_reason: clause.tie == Tie::Reason }
    }

    fn polarity(
        &self,
        clause: &Clause,
        predicate: &Predicate,
        place: &Range<usize>,
        is_negative: bool,
    ) -> Polarity {
        let whole = Predicate { first: place.start, is_finite: true, ..*predicate };
        let governor = predicate::governor(self.words, clause.start, &whole);
        let is_negative = is_negative ^ governor.is_some_and(|governor| governor.is_negated);
        if governor.is_some_and(|governor| governor.is_reported)
            || self.is_attributed(clause, predicate, place)
        {
            Polarity::Reported
        } else if self.is_conditional(clause, predicate, place, is_negative) {
            Polarity::Conditional
        } else if is_negative {
            Polarity::NotNecessary
        } else {
            Polarity::Necessary
        }
    }
}
