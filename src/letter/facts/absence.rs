//! Absences that a letter claims of the record: "no documentation of …", "does not explain why …", "… was not provided".

mod lists;

use std::ops::Range;

use self::lists::{Class, LISTS};
use super::finding::{self, FindingId};
use super::wording::Words;
use crate::letter::sentence::Sentence;
use crate::text::{Span, Token, TokenKind};

/// Tokens around a claim that may bear on it, so that reading stays linear in a sentence of any length.
const NEAR: usize = 120;

/// A claim that the record lacks something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AbsenceClaim {
    /// The claim with what it says to be absent, in logical bytes.
    pub span: Span,
    /// What is said to be absent: a noun phrase or a clause.
    pub absent: Span,
    /// Who claims it.
    pub claimant: Claimant,
    /// The findings inside [`Self::absent`], each once.
    pub findings: Vec<FindingId>,
}

/// Who claims an absence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Claimant {
    /// The letter itself.
    Reviewer,
    /// Somebody whom the letter reports or quotes, as a rule the utilization review.
    Reported,
}

/// On which side of a claim's words that stands which is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
}

/// Reads the claims of a block, in the order of the text; they do not overlap.
#[must_use]
pub fn read(text: &str, tokens: &[Token], sentences: &[Sentence]) -> Vec<AbsenceClaim> {
    let words = Words::new(text, tokens);
    let mut claims = Vec::new();
    for sentence in sentences {
        let asks = sentence.tokens.clone().next_back().is_some_and(|last| words.lower(last) == "?");
        if !asks {
            Reader { words: &words, sentence: sentence.tokens.clone() }.read(&mut claims);
        }
    }
    claims
}

/// Words that claim an absence and begin at a token: the token behind them, and on which side the absent stands.
pub(super) fn silence_at(words: &Words, sentence: &Range<usize>, at: usize) -> Option<(usize, Side)> {
    let (stop, class) = LISTS.claims.longest(words, at, sentence.end)?;
    let reader = Reader { words, sentence: sentence.clone() };
    match class {
        Class::Noun | Class::Unclear => Some((stop, Side::After)),
        Class::Strong | Class::Weak => reader.speaks_of_record(at, class).then_some((stop, Side::After)),
        Class::After => Some((stop, Side::Before)),
        _ => None,
    }
}

struct Reader<'a> {
    words: &'a Words<'a>,
    sentence: Range<usize>,
}

impl Reader<'_> {
    fn read(&self, claims: &mut Vec<AbsenceClaim>) {
        let mut at = self.sentence.start;
        let mut free = at;
        while at < self.sentence.end {
            let Some((stop, class)) = LISTS.claims.longest(self.words, at, self.sentence.end) else {
                at += 1;
                continue;
            };
            let absent = self.absent(at..stop, class, free);
            if let Some(absent) =
                absent.filter(|absent| !absent.is_empty() && !self.is_blocked(&(at..stop), class, absent))
            {
                let start = if absent.start < at { absent.start } else { self.with_there_is(at, free) };
                let start = if class == Class::Made { start - 1 } else { start };
                let tokens = start..stop.max(absent.end);
                free = tokens.end;
                let claimant = if self.is_reported(at) { Claimant::Reported } else { Claimant::Reviewer };
                claims.push(AbsenceClaim {
                    span: self.words.span(&tokens),
                    absent: self.words.span(&absent),
                    claimant,
                    findings: finding::named(self.words, absent),
                });
            }
            at = stop.max(free);
        }
    }

    /// The first token of the sentence that may bear on a later one.
    fn near(&self, at: usize) -> usize {
        self.sentence.start.max(at.saturating_sub(NEAR))
    }

    fn context(&self, at: usize, end: usize) -> Option<(usize, Class)> {
        LISTS.context.longest(self.words, at, end)
    }

    /// The classes of the words in some tokens, in order, with where they begin.
    fn contexts(&self, tokens: Range<usize>) -> Vec<(usize, Class)> {
        let mut found = Vec::new();
        let mut at = tokens.start;
        while at < tokens.end {
            match self.context(at, tokens.end) {
                Some((stop, class)) => {
                    found.push((at, class));
                    at = stop;
                }
                None => at += 1,
            }
        }
        found
    }

    /// The tokens that are said to be absent.
    fn absent(&self, cue: Range<usize>, class: Class, free: usize) -> Option<Range<usize>> {
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

    fn joins(&self, token: usize) -> bool {
        self.words.raw(token) == "-" && self.words.tokens[token].gap == crate::text::Gap::None
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
    fn with_there_is(&self, at: usize, free: usize) -> usize {
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

    /// Whether a claim stands in a condition or a rule, or is none after all.
    fn is_blocked(&self, cue: &Range<usize>, class: Class, absent: &Range<usize>) -> bool {
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
        conditional
            || ruled
            || denied
            || concluded
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
        let is_clause = (at..absent.start).any(|token| self.words.lower(token) == "that");
        of_record || treats || is_clause
    }

    /// Whether a verb's subject is the record or its author; behind "but" or "and" that is the sentence's subject.
    fn speaks_of_record(&self, at: usize, class: Class) -> bool {
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
    fn is_reported(&self, at: usize) -> bool {
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

/// A word that opens an indirect question.
fn is_question(word: &str) -> bool {
    matches!(word, "why" | "how" | "what" | "whether")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::sentence::sentences;
    use crate::text::tokens;

    fn rendered(text: &str) -> String {
        let tokens = tokens(text);
        let claims = read(text, &tokens, &sentences(text, &tokens));
        let render = |claim: &AbsenceClaim| {
            let mut line = format!("{} » {}", &text[claim.span.clone()], &text[claim.absent.clone()]);
            if !claim.findings.is_empty() {
                let names: Vec<_> = claim.findings.iter().map(|id| id.name()).collect();
                line += &format!(" {{{}}}", names.join(", "));
            }
            if claim.claimant == Claimant::Reported {
                line += " reported";
            }
            line
        };
        claims.iter().map(render).collect::<Vec<_>>().join("; ").replace('\n', "\\n")
    }

    #[test]
    fn cases() {
        let mut failures = Vec::new();
        let mut rows = 0;
        for line in include_str!("cases/absence.tsv").lines().filter(|line| !line.starts_with('#')) {
            let Some((text, expected)) = line.split_once('\t') else { continue };
            rows += 1;
            let found = rendered(&text.replace("\\n", "\n"));
            if found != expected {
                failures.push(format!("{text}\n  expected {expected}\n  found    {found}"));
            }
        }
        assert!(rows > 60, "{rows} rows");
        assert!(failures.is_empty(), "{} of {rows} rows:\n{}", failures.len(), failures.join("\n"));
    }
}
