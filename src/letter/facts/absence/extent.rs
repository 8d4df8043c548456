//! What a claim says to be absent: the phrase or clause behind its words, or the noun phrase before them.

use std::ops::Range;

use super::Reader;
use super::lists::Class;
use crate::text::{Gap, TokenKind};

/// Words between the commas of an aside, at most.
const LONGEST_ASIDE: usize = 3;

impl Reader<'_> {
    /// The tokens that are said to be absent.
    pub(super) fn absent(&self, cue: Range<usize>, class: Class, free: usize) -> Option<Range<usize>> {
        match class {
            Class::None => None,
            Class::After | Class::Proof => Some(self.noun_phrase_before(cue.start, free)),
            Class::Made => self.after_no(cue.start, free),
            _ => Some(self.phrase_after(&cue, class)),
        }
    }

    /// What follows a claim up to the end of its phrase or clause.
    fn phrase_after(&self, cue: &Range<usize>, class: Class) -> Range<usize> {
        // "why" and "how" belong to what is absent, "that" and "whether" do not.
        let asks = matches!(self.words.lower(cue.end - 1), "why" | "how" | "what" | "when" | "which");
        let mut start = if asks { cue.end - 1 } else { cue.end };
        while matches!(self.words.lower(start), "that" | "any") && start < self.sentence.end {
            start += 1;
        }
        let opens_clause = |token: usize| {
            matches!(
                self.words.lower(token),
                "that"
                    | "why"
                    | "whether"
                    | "if"
                    | "how"
                    | "what"
                    | "when"
                    | "which"
                    | "where"
                    | "indicating"
                    | "showing"
            )
        };
        let mut is_clause = class == Class::Unclear
            || opens_clause(cue.end - 1)
            || opens_clause(cue.end)
            || opens_clause(start);
        let mut at = start;
        while at < self.sentence.end {
            if self.ends_phrase(at, is_clause) {
                break;
            }
            // "special equipment, why he cannot exercise at home and how he is supervised"
            is_clause |= is_question(self.words.lower(at));
            at = match self.context(at, self.sentence.end) {
                Some((stop, Class::Plain)) => stop,
                _ => at + 1,
            };
        }
        while at > start
            && self.words.tokens[at - 1].kind == TokenKind::Mark
            && !matches!(self.words.lower(at - 1), "%" | ")" | "\"" | "\u{201d}")
        {
            at -= 1;
        }
        start..at
    }

    fn ends_phrase(&self, at: usize, is_clause: bool) -> bool {
        let lower = self.words.lower(at);
        if matches!(lower, "(" | ":" | "?" | "\"" | "\u{201d}") || lower == "." && at + 1 == self.sentence.end
        {
            return true;
        }
        match self.context(at, self.sentence.end) {
            Some((_, Class::Contrast | Class::Cause | Class::Purpose | Class::Place | Class::Adverbial)) => {
                true
            }
            Some((_, Class::Verb)) => !is_clause,
            _ => matches!(lower, "," | "and") && self.begins_clause(at + 1, is_clause),
        }
    }

    /// Whether a new clause begins behind a comma or "and".
    fn begins_clause(&self, at: usize, is_clause: bool) -> bool {
        let at = if self.words.lower(at) == "and" { at + 1 } else { at };
        let noun = if matches!(self.words.lower(at), "the" | "this") { at + 1 } else { at };
        if matches!(self.words.lower(at), "it" | "there" | "he" | "she" | "therefore" | "thus" | "no")
            || matches!(self.words.lower(noun), "request" | "requested")
        {
            return true;
        }
        match self.context(noun, self.sentence.end) {
            Some((
                _,
                Class::Record
                | Class::Patient
                | Class::Guideline
                | Class::Speaker
                | Class::Contrast
                | Class::Cause,
            )) => noun > at || !is_clause,
            _ => {
                !is_clause
                    && !is_question(self.words.lower(at))
                    && (at..self.sentence.end)
                        .take_while(|&token| self.words.lower(token) != ",")
                        .any(|token| matches!(self.context(token, self.sentence.end), Some((_, Class::Verb))))
            }
        }
    }

    /// The noun phrase, or the list of them, that ends before a token.
    fn noun_phrase_before(&self, end: usize, free: usize) -> Range<usize> {
        let end = self.before_aside(end, free);
        let mut start = free.max(self.near(end));
        let opening = self.contexts(start..end).into_iter().rfind(|(_, class)| {
            matches!(class, Class::Contrast | Class::Cause | Class::Verb | Class::Condition | Class::Time)
        });
        if let Some((token, class)) = opening {
            let behind = self.context(token, end).map_or(token + 1, |found| found.0);
            // "Pain is noted and weakness is not documented": the noun phrase begins behind the "and".
            let link = if class == Class::Verb { self.after_link(behind, end) } else { None };
            start = link.unwrap_or(behind);
        }
        let is_edge = |&token: &usize| {
            matches!(
                self.words.lower(token),
                ":" | "that" | "(" | "\"" | "\u{201c}" | "-" | "\u{2013}" | "\u{2014}"
            ) && !self.joins(token)
        };
        start = (start..end).rfind(is_edge).map_or(start, |token| token + 1);
        let is_introduced =
            |&token: &usize| self.words.lower(token) == "," && !self.is_list_element(token, start);
        start = (start..end).rfind(is_introduced).map_or(start, |token| token + 1);
        while start < end && matches!(self.words.lower(start), "," | "and" | "also" | "or" | "nor") {
            start += 1;
        }
        start..end
    }

    /// "Side effects, by contrast, are not described": the end of what stands before some words between commas.
    fn before_aside(&self, end: usize, free: usize) -> usize {
        let comma = |token: usize| self.words.lower(token) == ",";
        if end <= free + 2 || !comma(end - 1) {
            return end;
        }
        let opens =
            (free.max(end - 2 - LONGEST_ASIDE.min(end - 2))..end - 1).rev().find(|&token| comma(token));
        opens.filter(|&token| token > free).unwrap_or(end)
    }

    fn joins(&self, token: usize) -> bool {
        self.words.raw(token) == "-" && self.words.tokens[token].gap == Gap::None
    }

    /// The token behind the first comma or "and" of a stretch.
    fn after_link(&self, start: usize, end: usize) -> Option<usize> {
        (start..end).find(|&token| matches!(self.words.lower(token), "," | "and")).map(|token| token + 1)
    }

    /// Whether what stands before a comma is a member of a list rather than an introduction or a clause.
    fn is_list_element(&self, comma: usize, low: usize) -> bool {
        let first = (low..comma)
            .rev()
            .find(|&token| matches!(self.words.lower(token), "," | ";"))
            .map_or(low, |token| token + 1);
        first < comma
            && !matches!(
                self.context(first, comma),
                Some((_, Class::Opening | Class::Place | Class::Adverbial | Class::Cause | Class::Contrast))
            )
            && self.contexts(first..comma).iter().all(|(_, class)| {
                !matches!(
                    class,
                    Class::Verb | Class::Contrast | Class::Cause | Class::Condition | Class::Time
                )
            })
    }

    /// "No rationale was provided": what stands between the "no" and the verb.
    fn after_no(&self, verb: usize, free: usize) -> Option<Range<usize>> {
        let low = free.max(self.sentence.start).max(verb.saturating_sub(12));
        let no = (low..verb).rev().find(|&token| self.words.lower(token) == "no")?;
        let clause = self.contexts(no + 1..verb);
        let breaks =
            clause.iter().any(|(_, class)| matches!(class, Class::Verb | Class::Contrast | Class::Cause));
        let broken = breaks || (no + 1..verb).any(|token| matches!(self.words.lower(token), "," | ";" | ":"));
        (!broken).then_some(no + 1..verb)
    }

    /// "There is" before a claim belongs to it.
    pub(super) fn with_there_is(&self, at: usize, free: usize) -> usize {
        let Some(there) = (at.saturating_sub(3)..at).rev().find(|&token| self.words.lower(token) == "there")
        else {
            return at;
        };
        let verbs = (there + 1..at).all(|token| {
            matches!(
                self.words.lower(token),
                "is" | "are" | "was" | "were" | "has" | "have" | "been" | "also"
            )
        });
        if verbs && there >= free { there } else { at }
    }
}

/// A word that opens an indirect question.
fn is_question(word: &str) -> bool {
    matches!(word, "why" | "how" | "what" | "whether")
}
