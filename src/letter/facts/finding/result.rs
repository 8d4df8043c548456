//! The results of tests, functions and studies: the adjective before, the predicate behind.

use super::Polarity;
use super::lexicon::{Cue, FindingId, FindingKind};
use super::negation::REACH;
use super::sentence::{Named, Reader, Said, What, is_preposition};
use super::value::Value;
use crate::text::{Span, TokenKind};

impl Reader<'_> {
    /// What is said of a test or function: its adjective, else what follows, else an adjective of its list, else a
    /// negation.
    pub(super) fn results(&self, index: usize, named: &Named) -> Vec<Said> {
        let kind = named.id.kind();
        if let Some((_, Some((polarity, cue)))) = &named.motion {
            return vec![(*polarity, Some(cue.clone()))];
        }
        if let Some(at) = self.adjective(index) {
            return vec![self.adjective_said(at, kind)];
        }
        let after = if named.motion.is_some() { Vec::new() } else { self.results_after(index, named.id) };
        if let Some(first) = after.first() {
            // "Neither Tinel's nor Phalen's was positive."
            return match self.scope_before(index) {
                Some(at)
                    if matches!(self.lower(at), "neither" | "nor") || self.is_none_of(at, index, first) =>
                {
                    vec![(turned(first.0, kind), Some(self.span(at)))]
                }
                _ => after,
            };
        }
        if let Some(at) = self.shared_adjective(index) {
            return vec![self.adjective_said(at, kind)];
        }
        match self.before(index) {
            Some((Polarity::Absent, cue)) if kind != FindingKind::Test => vec![(Polarity::Unknown, cue)],
            Some(said) => vec![said],
            // "His gait was mildly antalgic": the words that follow state it.
            None if named.motion.is_none() && self.is_stated_next(index, named.id) => Vec::new(),
            None => vec![(Polarity::Unknown, None)],
        }
    }

    /// "No Hoffmann sign could be elicited."
    fn is_none_of(&self, at: usize, index: usize, said: &Said) -> bool {
        let is_found = |cue: &Span| {
            let found = (index + 1..self.marks.len()).find(|&mark| self.span(mark) == *cue);
            matches!(found.and_then(|mark| self.cue(mark)), Some(Cue::Elicited | Cue::Participle))
        };
        at + 1 == index
            && self.lower(at) == "no"
            && self.gap_after(at) <= 1
            && said.1.as_ref().is_some_and(is_found)
    }

    fn is_stated_next(&self, index: usize, id: FindingId) -> bool {
        let clause = (index + 1..self.marks.len())
            .take_while(|&at| !matches!(self.cue(at), Some(Cue::Break | Cue::Comma)));
        clause.into_iter().find_map(|at| self.named(at)).is_some_and(|next| next.id == id)
    }

    /// The result that stands as an adjective directly before a finding.
    pub(super) fn adjective(&self, index: usize) -> Option<usize> {
        let at = index.checked_sub(1)?;
        let result = self.cue(at).is_some_and(Cue::is_result);
        (result && self.gap_after(at) <= 4 && self.is_noun_phrase(at)).then_some(at)
    }

    /// The adjective of the finding before it in a list: "positive Tinel's and Phalen's".
    fn shared_adjective(&self, index: usize) -> Option<usize> {
        let mut at = index;
        loop {
            let mut before = at.checked_sub(1)?;
            if !self.is_link(before) || self.gap_after(before) > 2 {
                return None;
            }
            while before > 0 && self.is_link(before) {
                before -= 1;
            }
            self.named(before)?;
            if self.gap_after(before) > 2 || !self.is_noun_phrase(at - 1) {
                return None;
            }
            if let Some(found) = self.adjective(before) {
                return Some(found);
            }
            at = before;
        }
    }

    /// "No crepitation, with full range of motion."
    fn follows_with(&self, index: usize) -> bool {
        let before = self.marks[index].tokens.start.checked_sub(1);
        before.is_some_and(|token| self.words.lower(token) == "with")
    }

    /// What an adjective says, with the negation before it: "no decreased sensation".
    fn adjective_said(&self, at: usize, kind: FindingKind) -> Said {
        let polarity = self.cue(at).map_or(Polarity::Unknown, |cue| outcome(cue, kind));
        // Behind a comma a normal or negative result is no member of a negated list, and a positive one may be either.
        let link = at.checked_sub(1).and_then(|before| self.cue(before));
        let joined = matches!(link, Some(Cue::Comma | Cue::And)) || self.follows_with(at);
        match self.before(at) {
            Some(_) if joined && polarity != Polarity::Present => (polarity, Some(self.span(at))),
            Some((Polarity::Absent, _)) if joined => (Polarity::Unknown, None),
            Some((Polarity::Absent, cue)) => (turned(polarity, kind), cue),
            Some(said) => said,
            None => (polarity, Some(self.span(at))),
        }
    }

    /// The results that follow a test or function in its clause.
    fn results_after(&self, index: usize, id: FindingId) -> Vec<Said> {
        let kind = id.kind();
        let mut said: Vec<Said> = Vec::new();
        let mut copula = false;
        let mut reach = 0;
        let mut at = index;
        while at + 1 < self.marks.len() {
            reach += self.gap_after(at);
            at += 1;
            if reach > 2 * REACH {
                break;
            }
            match &self.marks[at].what {
                What::Finding(_) if !said.is_empty() => break,
                What::Finding(other) if other.id == id && at == index + 1 && self.gap_after(index) == 0 => {}
                // "The squeeze test was painful."
                What::Finding(other)
                    if copula
                        && kind == FindingKind::Test
                        && other.id.name() == "pain"
                        && self.lower(at) == "painful" =>
                {
                    said.push((Polarity::Present, Some(self.span(at))));
                    break;
                }
                What::Finding(_) => {
                    let aside = !copula
                        && self.cue(at - 1).is_none_or(|cue| !cue.is_link())
                        && self.follows_preposition(at);
                    if !aside && (copula || !self.is_list_member(at)) {
                        break;
                    }
                }
                What::Value(Value::Strength { .. }) if id.name() == "weakness" && said.is_empty() => break,
                What::Value(_) | What::Silent => {}
                What::SilentAfter => {
                    said.push((Polarity::Unknown, Some(self.span(at))));
                    break;
                }
                What::SilentOf => break,
                What::Cue(cue) => match cue {
                    _ if cue.is_result() => {
                        if !self.is_predicate(at, copula) {
                            break;
                        }
                        let polarity = outcome(*cue, kind);
                        if polarity == Polarity::Unknown {
                            break;
                        }
                        if said.is_empty() || said.iter().all(|other| other.0 != polarity) {
                            said.push((polarity, Some(self.span(at))));
                        }
                        copula = false;
                    }
                    // "EMG was negative for radiculopathy" tells of the radiculopathy, and that there is a result.
                    Cue::Negates
                        if said.is_empty() && matches!(self.lower(at), "negative" | "unremarkable") =>
                    {
                        let test = kind == FindingKind::Test;
                        let polarity = if test { Polarity::Absent } else { Polarity::Unknown };
                        said.push((polarity, Some(self.span(at))));
                        break;
                    }
                    Cue::Affirms
                        if said.is_empty() && matches!(kind, FindingKind::Study | FindingKind::Test) =>
                    {
                        said.push((Polarity::Present, Some(self.span(at))));
                        break;
                    }
                    Cue::Shows if said.is_empty() && kind == FindingKind::Study => {
                        said.push((Polarity::Unknown, Some(self.span(at))));
                        break;
                    }
                    Cue::Participle
                        if kind == FindingKind::Test
                            && self.lower(at) == "present"
                            && (copula || at == index + 1 && self.gap_after(index) == 0) =>
                    {
                        said.push((Polarity::Present, Some(self.span(at))));
                        break;
                    }
                    // "A Hoffmann sign was elicited."
                    Cue::Elicited if kind == FindingKind::Test && said.is_empty() => {
                        said.push((Polarity::Present, Some(self.span(at))));
                        break;
                    }
                    Cue::Verb | Cue::Colon | Cue::Shows => copula = true,
                    Cue::Comma | Cue::And | Cue::Or | Cue::Participle | Cue::Parenthesis | Cue::Not => {}
                    // "negative on the left but positive on the right"
                    Cue::Break
                        if !said.is_empty()
                            && self.cue(at + 1).is_some_and(Cue::is_result)
                            && self.gap_after(at) == 0 => {}
                    _ => break,
                },
            }
        }
        said
    }

    /// Whether a result is said of what stands before it, and is no adjective of what follows.
    pub(super) fn is_predicate(&self, index: usize, copula: bool) -> bool {
        let modifies_next = self.named(index + 1).is_some_and(|named| named.motion.is_none())
            && self.gap_after(index) <= 4
            && self.is_noun_phrase(index);
        if modifies_next {
            return false;
        }
        let next = self.marks[index].tokens.end;
        copula
            || self.marks.get(index + 1).is_some_and(|mark| mark.tokens.start == next)
            || self.words.tokens.get(next).is_none_or(|token| token.kind != TokenKind::Word)
            || is_preposition(self.words.lower(next))
            || self.words.lower(next).ends_with("ly")
            || matches!(self.words.lower(next), "bilateral" | "left" | "right" | "throughout")
    }
}

/// A result that is negated: "no decreased sensation", "nor was Phalen's positive".
fn turned(polarity: Polarity, kind: FindingKind) -> Polarity {
    match polarity {
        Polarity::Present if kind == FindingKind::Test => Polarity::Absent,
        Polarity::Present => Polarity::Normal,
        Polarity::Normal => Polarity::Present,
        _ => Polarity::Unknown,
    }
}

/// What a result says of a finding of a kind.
fn outcome(cue: Cue, kind: FindingKind) -> Polarity {
    match (cue, kind) {
        (Cue::Positive | Cue::Excess, _) | (Cue::Graded, FindingKind::Test) => Polarity::Present,
        (Cue::Negative | Cue::Absent, FindingKind::Test) => Polarity::Absent,
        // "Reflexes are absent."
        (Cue::Absent, FindingKind::Sign) => Polarity::Present,
        (Cue::Absent, FindingKind::Study) => Polarity::Unknown,
        (Cue::Absent, FindingKind::Symptom) => Polarity::Absent,
        (Cue::Normal | Cue::Negative | Cue::Graded, _) => Polarity::Normal,
        _ => Polarity::Unknown,
    }
}
