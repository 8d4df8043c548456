//! "A recent study shows that …": research that a sentence rests on without saying which.

use std::ops::Range;

use crate::engine::ItemContext;
use crate::guideline::catalogue::{self, Kind};
use crate::letter::facts::date::DateValue;
use crate::letter::{Content, Sentence};
use crate::text::Span;

/// How many words may stand before a study's noun and belong to it.
const BEFORE: usize = 7;
/// How many words may stand between a study's noun and what it found.
const BETWEEN: usize = 12;
/// How many words a journal's name has at most.
const JOURNAL: usize = 7;
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
        let start = self.sentence.tokens.start;
        let is_absent = first > start && self.is("absence", first - 1)
            || first > start + 1 && self.content.lower(first - 1) == "of" && self.is("want", first - 2);
        let is_examination = (first..noun).any(|token| self.is("examinations", token));
        if is_absent || is_examination || self.is_patients_own(first, noun) || self.is_anothers(noun) {
            return None;
        }
        let standing = self.standing(first, noun, &word)?;
        let end = self.sentence.tokens.end;
        let is_finding = self.context.is_in("findings", &word);
        let is_certain = (first..noun).any(|token| self.is("certain", token));
        let follows = |word: &str| noun + 1 < end && self.content.lower(noun + 1) == word;
        if is_finding && (!is_certain || follows("-")) {
            return None;
        }
        let verb = (noun + 1..end.min(noun + 1 + BETWEEN))
            .take_while(|&token| !matches!(&*self.content.lower(token), ";" | ":"))
            .find(|&token| self.is("finds", token))
            .or_else(|| self.verdict(standing, noun));
        let found = verb.map(|verb| self.results(verb));
        // "A study shows that her brace is of no use" is of research, "… no benefit for her" may not be.
        let states =
            found.clone().is_some_and(|mut found| found.any(|token| self.content.lower(token) == "that"));
        let told = if states { first..verb.unwrap_or(end) } else { self.sentence.tokens.clone() };
        let is_told = match (standing, found.clone()) {
            (Standing::Research, Some(_)) => true,
            (Standing::Research, None) => !is_finding && self.is_led(first) && !self.is_told_by_name(noun),
            (Standing::Perhaps, Some(found)) => !found.is_empty() && !self.names_patient(told),
            // "It has been shown in several studies that …"
            (Standing::Perhaps, None) => self.is_led(first) && follows("that") && !self.names_patient(told),
        };
        if !is_told || verb.is_some_and(|verb| (noun + 1..verb).any(|token| self.is("asides", token))) {
            return None;
        }
        let last = found.and_then(|found| found.last()).or(verb).unwrap_or(noun);
        Some(self.content.tokens[first].span.start..self.content.tokens[last].span.end)
    }

    /// "The literature is clear", "The published data are not supportive": what is said of research as a whole.
    fn verdict(&self, standing: Standing, noun: usize) -> Option<usize> {
        const REACH: usize = 4;
        let end = self.sentence.tokens.end.min(noun + 1 + REACH);
        let is_said = standing == Standing::Research && noun + 1 < end && self.is("copulas", noun + 1);
        is_said.then(|| (noun + 2..end).find(|&token| self.is("verdicts", token))).flatten()
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
        let is_of_field = self.is("always", noun);
        let belongs = |&token: &usize| {
            self.is("rigour", token)
                || is_of_field && self.is("fields", token)
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
        if self.is_published(first, noun) {
            return Some(Standing::Research);
        }
        let has_adjective =
            (first..noun).any(|token| self.is("adjectives", token) && !self.is("articles", token));
        let is_bare = first == noun && word.ends_with('s') && !is_review;
        (has_adjective || is_bare).then_some(Standing::Perhaps)
    }

    /// "A 2014 study in Spine": with a year, and in a journal.
    fn is_published(&self, first: usize, noun: usize) -> bool {
        let is_year = |token: usize| {
            self.content.lower(token).parse::<u16>().is_ok_and(|year| (1950..2100).contains(&year))
        };
        let end = self.sentence.tokens.end;
        let is_small =
            |token: usize| matches!(&*self.content.lower(token), "published" | "in" | "from" | "the");
        let Some(name) = (noun + 1..end).find(|&token| !is_small(token)).filter(|&name| name > noun + 1)
        else {
            return false;
        };
        let tokens = &self.content.tokens;
        let is_journal = (name..end.min(name + JOURNAL)).any(|last| {
            let written = &self.content.text()[tokens[name].span.start..tokens[last].span.end];
            catalogue::named(written).iter().any(|entry| entry.kind == Kind::Journal)
        });
        (first..noun).any(is_year) && is_journal
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
        let before = self.sentence.tokens.start..noun;
        // "The guideline notes that published trials …": it says on which.
        let of_guideline = before.clone().find(|&token| self.is("guidelines", token));
        of_guideline.is_some_and(|at| (at..noun).any(|token| self.content.lower(token) == "that"))
            || before.into_iter().any(|token| self.is("others", token))
            || (noun..self.sentence.tokens.end).any(|token| self.content.lower(token) == "submitted")
    }

    fn names_patient(&self, mut within: Range<usize>) -> bool {
        within.any(|token| self.is("patient", token))
    }
}
