//! Whether words that look like a claim are one, and whose.

use std::ops::Range;

use super::lists::Class;
use super::{NEAR, Reader};

impl Reader<'_> {
    /// Whether a claim stands in a condition or a rule, or is none after all.
    pub(super) fn is_blocked(&self, cue: &Range<usize>, class: Class, absent: &Range<usize>) -> bool {
        let at = cue.start;
        let before = self.contexts(self.near(at)..at);
        let all = || self.contexts(self.near(at)..self.sentence.end.min(at + NEAR));
        let turn = before.iter().rposition(|(_, class)| *class == Class::Contrast).map_or(0, |turn| turn + 1);
        let clause = &before[turn..];
        let comma_after = |token: usize| (token..at).any(|token| self.words.lower(token) == ",");
        let conditional = clause
            .iter()
            .any(|&(token, class)| class == Class::Condition || class == Class::Time && !comma_after(token));
        let ruled = clause.iter().enumerate().any(|(nth, (_, class))| {
            *class == Class::Guideline && clause[nth + 1..].iter().any(|(_, later)| *later == Class::Rule)
        });
        let concluded = matches!(class, Class::Strong | Class::Weak | Class::Evidence | Class::Proof)
            && self.contexts(absent.clone()).iter().any(|(_, class)| *class == Class::Conclusion);
        let denied = at > self.sentence.start && matches!(self.words.lower(at - 1), "not" | "no" | "without");
        // "The gait is not described as abnormal": what it is said not to be.
        let is_predicate = class == Class::After
            && self.words.lower(cue.end) == "as"
            && self.words.lower(cue.end + 1) != "to";
        conditional
            || ruled
            || denied
            || concluded
            || is_predicate
            || match class {
                Class::Strong | Class::Weak => !self.speaks_of_record(at, class),
                Class::Evidence => !self.is_evidence_of_record(at, clause, &all(), absent),
                // "has not been shown to help" judges a treatment.
                Class::Proof => {
                    self.words.lower(cue.end) == "to"
                        || all().iter().any(|(_, class)| *class == Class::Guideline)
                }
                Class::After | Class::Made => {
                    let silent_guideline = self
                        .contexts(absent.end.max(at)..self.sentence.end.min(absent.end.max(at) + NEAR))
                        .iter()
                        .any(|(_, class)| *class == Class::Guideline);
                    let supplied = self.words.lower(cue.end) == "with";
                    silent_guideline || supplied || self.is_pronoun(absent)
                }
                _ => false,
            }
    }

    /// "This is not addressed": what is absent is not named.
    fn is_pronoun(&self, tokens: &Range<usize>) -> bool {
        tokens.len() == 1
            && matches!(
                self.words.lower(tokens.start),
                "this" | "it" | "these" | "they" | "that" | "he" | "she" | "which" | "there" | "what"
            )
    }

    /// Whether "no evidence of …" is said of the record and not of a study, an examination or the literature.
    fn is_evidence_of_record(
        &self,
        at: usize,
        clause: &[(usize, Class)],
        all: &[(usize, Class)],
        absent: &Range<usize>,
    ) -> bool {
        let any = |class: Class| all.iter().any(|(_, other)| *other == class);
        if any(Class::Study) || any(Class::Guideline) {
            return false;
        }
        let of_record = clause.iter().any(|(_, class)| *class == Class::Record)
            || all.iter().any(|&(token, class)| class == Class::Place && token > at);
        let treats = self.contexts(absent.clone()).iter().any(|(_, class)| *class == Class::Treatment);
        // "There is no evidence of instability."
        let there = self.with_there_is(at, self.sentence.start);
        let begins = there == self.sentence.start || self.words.lower(there - 1) == ":";
        let opens = there < at && begins && self.words.lower(at + 1) == "evidence";
        let is_clause = opens || (at..absent.start).any(|token| self.words.lower(token) == "that");
        of_record || treats || is_clause
    }

    /// Whether a verb's subject is the record or its author; behind "but" or "and" that is the sentence's subject.
    pub(super) fn speaks_of_record(&self, at: usize, class: Class) -> bool {
        let before = self.contexts(self.near(at)..at);
        let mut subjects = before.iter().filter(|(_, class)| {
            matches!(class, Class::Record | Class::Patient | Class::Study | Class::Guideline | Class::Speaker)
        });
        let joined = at > self.sentence.start
            && matches!(self.words.lower(at - 1), "but" | "and" | "," | "or" | "nor");
        let subject = if joined { subjects.next() } else { subjects.next_back() };
        match subject {
            Some(&(token, Class::Record)) => {
                // "The x-ray report does not show …" speaks of the x-ray.
                let of_study = before
                    .iter()
                    .any(|&(other, class)| class == Class::Study && other < token && token - other <= 4);
                class == Class::Strong || !of_study
            }
            Some((_, Class::Study)) | None => class == Class::Strong,
            Some(_) => false,
        }
    }

    /// Whether the claim is somebody else's: the utilization review's, or a quotation's.
    pub(super) fn is_reported(&self, at: usize) -> bool {
        let before = self.contexts(self.near(at)..at);
        let turn = before.iter().rposition(|(_, class)| *class == Class::Contrast).map_or(0, |turn| turn + 1);
        let spoken = before[turn..].iter().any(|(_, class)| *class == Class::Speaker);
        let mut quoted = false;
        for token in self.near(at)..at {
            match self.words.raw(token) {
                "\"" => quoted = !quoted,
                "\u{201c}" => quoted = true,
                "\u{201d}" => quoted = false,
                _ => {}
            }
        }
        spoken || quoted
    }
}
