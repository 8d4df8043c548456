//! "A recent study shows that …": research that a sentence rests on without saying which.

use std::ops::Range;

use crate::engine::ItemContext;
use crate::letter::facts::date::DateValue;
use crate::letter::{Content, Sentence};
use crate::text::Span;

/// How many words may stand before a study's noun and belong to it.
const BEFORE: usize = 7;
/// How many words may stand between a study's noun and what it found.
const BETWEEN: usize = 12;
/// How many words behind "showed" tell that it is a finding of research.
const OBJECT: usize = 4;

/// Where a sentence tells of research that it does not name.
pub(super) fn in_sentence(context: &ItemContext<'_>, content: &Content, sentence: &Sentence) -> Option<Span> {
    let reading = Reading { context, content, sentence };
    sentence.tokens.clone().find_map(|noun| reading.unnamed_at(noun))
}

struct Reading<'c, 'l> {
    context: &'c ItemContext<'l>,
    content: &'c Content,
    sentence: &'c Sentence,
}

/// How sure it is that a noun means research and no examination or therapy of the patient.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// "randomized trial", "the medical literature".
    Research,
    /// "a recent trial", "studies".
    Perhaps,
}

impl Reading<'_, '_> {
    fn is(&self, set: &str, token: usize) -> bool {
        let word = self.content.lower(token);
        self.context.is_in(set, &word)
            || word.contains('-') && word.split('-').any(|part| self.context.is_in(set, part))
    }

    fn unnamed_at(&self, noun: usize) -> Option<Span> {
        let word = self.content.lower(noun).into_owned();
        if !self.context.is_in("papers", &word) {
            return None;
        }
        let first = self.phrase_start(noun);
        let is_absent = first > self.sentence.tokens.start && self.is("absence", first - 1);
        let is_examination = (first..noun).any(|token| self.is("examinations", token));
        if is_absent || is_examination || self.is_patients_own(first, noun) || self.is_anothers(noun) {
            return None;
        }
        let standing = self.standing(first, noun, &word)?;
        let end = self.sentence.tokens.end;
        let verb = (noun + 1..end.min(noun + 1 + BETWEEN))
            .take_while(|&token| !matches!(&*self.content.lower(token), ";" | ":"))
            .find(|&token| self.is("finds", token));
        let found = verb.map(|verb| self.results(verb));
        // "A study shows that her brace is of no use" is of research, "… no benefit for her" may not be.
        let states =
            found.clone().is_some_and(|mut found| found.any(|token| self.content.lower(token) == "that"));
        let told = if states { first..verb.unwrap_or(end) } else { self.sentence.tokens.clone() };
        let is_told = match (standing, found.clone()) {
            (Standing::Research, Some(_)) => true,
            (Standing::Research, None) => self.is_led(first) && !self.is_told_by_name(noun),
            (Standing::Perhaps, Some(found)) => !found.is_empty() && !self.names_patient(told),
            (Standing::Perhaps, None) => false,
        };
        if !is_told || verb.is_some_and(|verb| (noun + 1..verb).any(|token| self.is("asides", token))) {
            return None;
        }
        let last = found.and_then(|found| found.last()).or(verb).unwrap_or(noun);
        Some(self.content.tokens[first].span.start..self.content.tokens[last].span.end)
    }

    /// What is found behind a verb: "that", "no benefit".
    fn results(&self, verb: usize) -> Range<usize> {
        let end = self.sentence.tokens.end.min(verb + 1 + OBJECT);
        let first = (verb + 1..end).find(|&token| self.is("results", token)).unwrap_or(end);
        let last = (first..end).find(|&token| !self.is("results", token)).unwrap_or(end);
        first..last
    }

    /// Where the words begin that belong to a study's noun: its article, its adjectives and its year.
    fn phrase_start(&self, noun: usize) -> usize {
        let floor = self.sentence.tokens.start.max(noun.saturating_sub(BEFORE));
        let belongs = |&token: &usize| {
            self.is("rigour", token)
                || self.is("adjectives", token)
                || self.is("examinations", token)
                || matches!(&*self.content.lower(token), "-" | "–")
                || self.content.lower(token) == "," && !self.is("articles", token + 1)
                || self.content.lower(token).parse::<u32>().is_ok()
        };
        let first = (floor..noun).rev().take_while(belongs).last().unwrap_or(noun);
        (first..noun).find(|&token| self.content.lower(token) != ",").unwrap_or(noun)
    }

    fn standing(&self, first: usize, noun: usize, word: &str) -> Option<Standing> {
        let is_rigorous = (first..noun).any(|token| self.is("rigour", token));
        let next = self.sentence.tokens.contains(&(noun + 1)).then(|| self.content.lower(noun + 1));
        let takes_of = next.as_deref() == Some("of");
        let is_review = self.context.is_in("reviews", word);
        let is_trial = self.context.is_in("trials", word);
        if is_rigorous || self.context.is_in("always", word) {
            // "A controlled trial of exercise" may be this patient's.
            let is_vague = is_trial && takes_of && !(first..noun).any(|token| self.is("certain", token));
            return Some(if is_vague { Standing::Perhaps } else { Standing::Research });
        }
        if is_trial && takes_of || is_review && (takes_of || next.as_deref() == Some("by")) {
            return None;
        }
        let has_adjective =
            (first..noun).any(|token| self.is("adjectives", token) && !self.is("articles", token));
        let is_bare = first == noun && word.ends_with('s') && !is_review;
        (has_adjective || is_bare).then_some(Standing::Perhaps)
    }

    /// "In a 2012 randomized trial, …", "Per one systematic review, …".
    fn is_led(&self, first: usize) -> bool {
        first > self.sentence.tokens.start && self.is("leads", first - 1)
    }

    /// "a randomized trial by Poe", "(Poe, 2012)": what follows says which.
    fn is_told_by_name(&self, noun: usize) -> bool {
        self.sentence.tokens.contains(&(noun + 1)) && matches!(&*self.content.lower(noun + 1), "by" | "(")
    }

    /// "her sleep study", "the study of 03/02/2014", "studies of her spine".
    fn is_patients_own(&self, first: usize, noun: usize) -> bool {
        let from = first.saturating_sub(1).max(self.sentence.tokens.start);
        let near = (from..first).chain(noun + 1..self.sentence.tokens.end.min(noun + 4));
        let mut near = near;
        let of_patient = near.any(|token| self.is("patient", token));
        let span = self.content.tokens[first].span.start..self.content.tokens[noun].span.end + 24;
        let is_dated =
            self.content.facts().dates.iter().any(|date| {
                span.contains(&date.span.start) && !matches!(date.date.value, DateValue::Year(_))
            });
        of_patient || is_dated
    }

    /// "The provider cites literature that supports …".
    fn is_anothers(&self, noun: usize) -> bool {
        (self.sentence.tokens.start..noun).any(|token| self.is("others", token))
            || (noun..self.sentence.tokens.end).any(|token| self.content.lower(token) == "submitted")
    }

    fn names_patient(&self, mut within: Range<usize>) -> bool {
        within.any(|token| self.is("patient", token))
    }
}
