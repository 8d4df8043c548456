//! Absences that a letter claims of the record: "no documentation of …", "does not explain why …", "… was not provided".

mod extent;
mod judgement;
mod lists;

use std::ops::Range;

use self::lists::{Class, LISTS};
use super::finding::{self, FindingId};
use super::words::Words;
use crate::letter::sentence::Sentence;
use crate::text::{Span, Token};

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

/// Whether a token stands in what a sentence reports of somebody else, as a rule the utilization review.
pub(super) fn is_reported(words: &Words, sentence: &Range<usize>, at: usize) -> bool {
    Reader { words, sentence: sentence.clone() }.is_reported(at)
}

/// Reads one sentence.
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::facts::cases;

    fn rendered(text: &str) -> String {
        let claims = cases::read(text, read);
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
        claims.iter().map(render).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn cases() {
        cases::check(include_str!("cases/absence.tsv"), rendered);
    }

    #[test]
    fn any_text() {
        let spans =
            |text: &str| cases::read(text, read).into_iter().map(|claim| claim.span).collect::<Vec<_>>();
        cases::check_any_text(include_str!("cases/absence.tsv"), spans);
        for text in ["no documentation of ", "is not documented "] {
            assert!(spans(&text.repeat(1000)).iter().all(|span| !span.is_empty()));
        }
    }
}
