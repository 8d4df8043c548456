//! The parts of a sentence that each speak of one finding, or of a list of findings of which one thing is said.

use crate::letter::facts::finding::Examined;
use crate::letter::facts::words::Words;
use crate::letter::sentence::Sentence;
use crate::text::Span;

/// Words between two findings of a list, at most ("numbness and occasional tingling").
const BETWEEN: usize = 4;
/// Words from "with" to the second finding, at most ("tenderness with some spasm").
const WITH: usize = 2;

/// A part of a sentence with its findings.
pub(super) struct Segment<'c> {
    pub facts: Vec<&'c Examined>,
    /// Logical span.
    pub span: Span,
    /// The whole sentence.
    pub sentence: Span,
}

impl Segment<'_> {
    /// A finding with the words that say what it is, where no other finding stands between.
    pub fn core(&self, fact: &Examined) -> Span {
        let Some(cue) = &fact.cue else { return fact.span.clone() };
        let whole = fact.span.start.min(cue.start)..fact.span.end.max(cue.end);
        let others = self.facts.iter().any(|other| {
            other.span != fact.span && whole.start <= other.span.start && other.span.end <= whole.end
        });
        if others || whole.start < self.span.start || self.span.end < whole.end {
            fact.span.clone()
        } else {
            whole
        }
    }

    /// Whether more than one result is told of a test that is named once.
    pub fn is_split(&self, fact: &Examined, findings: &[Examined]) -> bool {
        let first = findings.partition_point(|other| other.span.start < fact.span.start);
        findings[first..].iter().take_while(|other| other.span.start == fact.span.start).count() > 1
    }
}

/// The parts of a sentence, in its order.
pub(super) fn of_sentence<'c>(
    words: &Words<'_>,
    sentence: &Sentence,
    findings: &'c [Examined],
) -> Vec<Segment<'c>> {
    let first = findings.partition_point(|fact| fact.span.start < sentence.span.start);
    let here = findings[first..].iter().take_while(|fact| fact.span.start < sentence.span.end);
    let here = by_result(here.collect());
    let mut segments: Vec<Segment<'c>> = Vec::new();
    for fact in here {
        let Some(last) = segments.last_mut() else {
            segments.push(Segment {
                facts: vec![fact],
                span: sentence.span.clone(),
                sentence: sentence.span.clone(),
            });
            continue;
        };
        let before = last.facts[last.facts.len() - 1];
        if is_list(words, before, fact) {
            last.facts.push(fact);
            continue;
        }
        // What is said of a finding may stand in the next sentence, where a stop is no end.
        let boundary = boundary(words, end_of(before), start_of(before, fact));
        let boundary = boundary.clamp(last.span.start, sentence.span.end);
        last.span.end = boundary;
        segments.push(Segment {
            facts: vec![fact],
            span: boundary..sentence.span.end,
            sentence: sentence.span.clone(),
        });
    }
    segments
}

/// Findings in the order in which something is said of them: "Phalen and Tinel are positive on the left and negative on the
/// right" tells first what is positive.
fn by_result(mut facts: Vec<&Examined>) -> Vec<&Examined> {
    let mut from = 0;
    while from < facts.len() {
        let results = facts[from..].iter().take_while(|fact| fact.span == facts[from].span).count();
        let mut to = from + results;
        while results > 1
            && facts.get(to..to + results).is_some_and(|next| {
                next.iter()
                    .zip(&facts[from..])
                    .all(|(one, first)| one.span == next[0].span && one.cue == first.cue)
            })
        {
            to += results;
        }
        facts[from..to].sort_by_key(|fact| fact.cue.as_ref().map(|cue| cue.start));
        from = to;
    }
    facts
}

/// Whether one thing is said of two findings.
fn is_list(words: &Words<'_>, before: &Examined, fact: &Examined) -> bool {
    // "External rotation 4/5, subscapularis 5/5": each grade is of its own muscle.
    let is_grade = |fact: &Examined| {
        words.lower(words.index_at(fact.span.start)).starts_with(|first: char| first.is_ascii_digit())
    };
    if before.span == fact.span || is_grade(before) && is_grade(fact) {
        return false;
    }
    if before.cue.is_some() || fact.cue.is_some() {
        return before.cue == fact.cue;
    }
    let between = words.tokens_of(&(before.span.end..fact.span.start));
    // "Tenderness with taut bands in the trapezius."
    let is_joined = words.lower(between.start) == "with" && between.len() <= WITH;
    is_joined
        || between.len() <= BETWEEN
            && between.clone().all(|at| {
                !matches!(words.lower(at), ";" | "but" | "on" | "in" | "of" | "over" | "at" | "with")
            })
}

/// Where the words of a finding end.
fn end_of(fact: &Examined) -> usize {
    fact.cue.as_ref().map_or(fact.span.end, |cue| cue.end.max(fact.span.end))
}

/// Where the words of a finding begin that do not belong to the one before.
fn start_of(before: &Examined, fact: &Examined) -> usize {
    let cue = fact.cue.as_ref().map_or(fact.span.start, |cue| cue.start);
    // Two results of one test: the second begins at its own words.
    let is_behind = cue >= end_of(before) && (cue < fact.span.start || fact.span.start < end_of(before));
    if before.span == fact.span || is_behind { cue } else { fact.span.start }
}

/// The last comma, "and" or other joint between two findings; the first byte of the second where there is none.
fn boundary(words: &Words<'_>, from: usize, to: usize) -> usize {
    let joints = words.tokens_of(&(from.min(to)..to)).rev().find(|&at| {
        matches!(
            words.lower(at),
            "," | ";"
                | "and"
                | "but"
                | "while"
                | "whereas"
                | "however"
                | "although"
                | "though"
                | "yet"
                | "with"
        ) && words.tokens[at].span.start >= from
    });
    joints.map_or(from.max(to), |at| words.tokens[at].span.start)
}
