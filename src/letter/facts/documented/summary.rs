//! What a text tells of a patient's care.

use std::ops::Range;

use super::cues::{CUES, Cue};
use super::topics::{TOPICS, TopicId};
use super::{Care, Documented};
use crate::letter::block::Content;
use crate::letter::facts::drug::{Context, Drug};
use crate::letter::facts::finding::Value;
use crate::letter::facts::owner::Owner;
use crate::letter::facts::words::Words;
use crate::letter::people::{Form, Who};
use crate::text::Span;

/// Marks of a sentence that may bear on one, so that reading stays linear in a sentence of any length.
const NEAR: usize = 40;

/// Words between two marks that still belong together.
const BESIDE: usize = 3;

/// Words between a denial and what it denies.
const REACH: usize = 5;

/// Words of a list between its denial and its last element: "no history of heart disease, hypertension or diabetes".
const LIST_REACH: usize = 14;

/// Tokens from a word that asks to the colon behind it, at most: "Treatment plan of 05/12/2014:".
const LABEL: usize = 12;

#[derive(Clone, Copy)]
enum What {
    /// A topic or drug by its name, which needs a word that says it was given.
    Named(Care),
    /// A topic by words that tell of it.
    Told(Care),
    Cue(Cue),
}

struct Mark {
    tokens: Range<usize>,
    what: What,
    /// Whether a colon follows: "Treatment to date: …", "Urine drug test: …".
    is_label: bool,
}

impl Content {
    /// What it tells of the patient's care, in the order of the text: what was given, done or found, not what is asked for.
    #[must_use]
    pub fn documented(&self) -> Vec<Documented> {
        let words = Words::new(self.text(), &self.tokens);
        let drugs = &self.facts().drugs;
        let mut found = Vec::new();
        for sentence in &self.sentences {
            let marks = marks(&words, &sentence.tokens, drugs);
            for (index, mark) in marks.iter().enumerate() {
                let told = match mark.what {
                    What::Named(care) => given(&marks, index).map(|has_failed| (care, has_failed)),
                    What::Told(care) => (!is_denied(&words, &marks, index)).then_some((care, false)),
                    What::Cue(_) => None,
                };
                let span = words.span(&mark.tokens);
                if let Some((care, has_failed)) = told
                    && self.is_told_of_patient(&span)
                {
                    found.push(Documented { span, care, has_failed });
                }
            }
        }
        let scores =
            self.facts().findings.iter().filter(|fact| matches!(fact.value, Some(Value::Pain { .. })));
        let of_patient = scores.filter(|fact| self.owner_of(&fact.span) == Owner::Patient);
        if let Some(topic) = TopicId::from_name("pain score") {
            let care = Care::Topic(topic);
            found.extend(of_patient.map(|fact| Documented {
                span: fact.span.clone(),
                care,
                has_failed: false,
            }));
        }
        found.sort_by_key(|told| told.span.start);
        found
    }
}

fn marks(words: &Words<'_>, sentence: &Range<usize>, drugs: &[Drug]) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        let start = words.tokens[at].span.start;
        let drug =
            drugs.iter().find(|drug| drug.name_span.start == start && drug.context != Some(Context::Allergy));
        let mut best = drug.map(|drug| {
            let stop = words.index_at(drug.name_span.end).min(sentence.end);
            (stop, What::Named(Care::Drug(drug.generic)))
        });
        let mut offer = |stop: usize, what: What| {
            if best.is_none_or(|(longest, _)| stop > longest) {
                best = Some((stop, what));
            }
        };
        if let Some((stop, topic)) = TOPICS.told.longest(words, at, sentence.end) {
            offer(stop, What::Told(Care::Topic(topic)));
        }
        if let Some((stop, topic)) = TOPICS.names.longest(words, at, sentence.end) {
            offer(stop, What::Named(Care::Topic(topic)));
        }
        if let Some((stop, cue)) =
            CUES.around.longest(words, at, sentence.end).filter(|_| !words.is_month(at))
        {
            offer(stop, What::Cue(cue));
        }
        if let Some((stop, what)) = best {
            let is_asking = matches!(what, What::Cue(Cue::Planned));
            let mut behind = (stop..sentence.end.min(stop + if is_asking { LABEL } else { 1 }))
                .take_while(|&at| !matches!(words.lower(at), ";" | "."));
            let is_label = words.lower(stop - 1) == ":" || behind.any(|at| words.lower(at) == ":");
            marks.push(Mark { tokens: at..stop, what, is_label });
            at = stop.max(at + 1);
        } else {
            at += 1;
        }
    }
    marks
}

fn cue(mark: &Mark) -> Option<Cue> {
    match mark.what {
        What::Cue(cue) => Some(cue),
        _ => None,
    }
}

/// Words between two marks.
fn gap(marks: &[Mark], before: usize, after: usize) -> usize {
    marks[after].tokens.start.saturating_sub(marks[before].tokens.end)
}

/// Whether something that is named was given, and then whether it failed.
fn given(marks: &[Mark], index: usize) -> Option<bool> {
    let clause_start = (index.saturating_sub(NEAR)..index)
        .rev()
        .find(|&at| cue(&marks[at]) == Some(Cue::Break))
        .map_or(index.saturating_sub(NEAR), |at| at + 1);
    let clause_end = (index + 1..marks.len().min(index + NEAR))
        .find(|&at| cue(&marks[at]) == Some(Cue::Break))
        .unwrap_or(marks.len().min(index + NEAR));
    let has_failed = (clause_start..clause_end).any(|at| cue(&marks[at]) == Some(Cue::Failed));
    let before = cue_before(marks, clause_start..index);
    let is_given = match before.and_then(|at| Some((at, cue(&marks[at])?))) {
        Some((_, Cue::Counted)) if is_asked_before(marks, clause_start) => false,
        Some((at, Cue::Done | Cue::Counted | Cue::Shown)) => {
            // "has not had", "requested a trial of"
            let near = (clause_start..at).rev().take_while(|&other| gap(marks, other, other + 1) <= BESIDE);
            let chain: Vec<Cue> = near.map_while(|other| cue(&marks[other])).collect();
            // "Plan: an injection, a first trial of".
            let mut labels = marks[..at].iter().rev().filter(|mark| mark.is_label).map(cue);
            let is_planned = labels.next() == Some(Some(Cue::Planned));
            !is_planned && !chain.iter().any(|cue| matches!(cue, Cue::Not | Cue::Planned))
        }
        Some((_, Cue::Failed)) => true,
        Some(_) => false,
        None => {
            let chain = cues_behind(marks, index, clause_end);
            let is_asked = is_asked_before(marks, clause_start);
            let is_listed = !is_asked
                && marks[..clause_start].iter().any(|mark| mark.is_label && cue(mark) == Some(Cue::Done));
            let chain = if is_asked { uncounted(chain) } else { chain };
            let is_label = marks[index].is_label && index == 0;
            let Some(first) = chain.first() else { return (is_listed || is_label).then_some(has_failed) };
            *first == Cue::Shown
                || matches!(first, Cue::Done | Cue::Counted | Cue::Failed)
                    && !chain.iter().any(|cue| matches!(cue, Cue::Not | Cue::Planned))
        }
    };
    is_given.then_some(has_failed)
}

/// The last cue before a topic; a number of visits only where nothing else tells whether they were made.
fn cue_before(marks: &[Mark], clause: Range<usize>) -> Option<usize> {
    let is_cue = |at: &usize| cue(&marks[*at]).is_some();
    let tells = |at: &usize| is_cue(at) && cue(&marks[*at]) != Some(Cue::Counted);
    clause.clone().rev().find(tells).or_else(|| clause.rev().find(is_cue))
}

/// Whether the clauses before one ask for what they list, and it may go on with that: "Treatment plan: acupuncture, 6
/// visits; a brace", "The surgeon requests an MRI; therapy, 6 visits".
fn is_asked_before(marks: &[Mark], clause_start: usize) -> bool {
    let before = &marks[clause_start.saturating_sub(NEAR)..clause_start];
    let mut labels = before.iter().rev().filter(|mark| mark.is_label);
    let label = labels.find_map(|mark| match cue(mark) {
        Some(Cue::Planned) => Some(true),
        Some(Cue::Done) => Some(false),
        _ => None,
    });
    label.unwrap_or_else(|| {
        let mut cues = before.iter().rev().filter_map(cue);
        cues.find(|cue| !matches!(cue, Cue::Counted | Cue::Break)) == Some(Cue::Planned)
    })
}

/// Without the numbers of visits that are asked for.
fn uncounted(mut cues: Vec<Cue>) -> Vec<Cue> {
    cues.retain(|cue| *cue != Cue::Counted);
    cues
}

/// The first cue behind a topic and those that belong to it: "has not been done", not "shows a tear, and no atrophy".
fn cues_behind(marks: &[Mark], index: usize, end: usize) -> Vec<Cue> {
    let mut cues = Vec::new();
    let mut last = index;
    for at in index + 1..end {
        let Some(cue) = cue(&marks[at]) else { continue };
        if !cues.is_empty() && gap(marks, last, at) > BESIDE {
            break;
        }
        cues.push(cue);
        last = at;
    }
    cues
}

/// Whether words that tell of a topic are denied, or only hoped for.
fn is_denied(words: &Words<'_>, marks: &[Mark], index: usize) -> bool {
    let Range { start, end } = marks[index].tokens;
    // "Sleep hygiene has not been discussed."
    if end < words.len() && matches!(words.lower(end), "not" | "never" | "yet") {
        return true;
    }
    let is_last_of_list = start > 0 && matches!(words.lower(start - 1), "or" | "nor");
    let reach = if is_last_of_list { LIST_REACH } else { REACH };
    let mut distance = 0;
    for at in (index.saturating_sub(NEAR)..index).rev() {
        distance += gap(marks, at, at + 1);
        match cue(&marks[at]) {
            Some(Cue::Break) => return false,
            Some(Cue::Not | Cue::Failed) if distance <= reach => return true,
            Some(Cue::Planned) => return true,
            _ => distance += marks[at].tokens.len(),
        }
    }
    false
}

impl Content {
    /// Whether the writer, or a clinician whom the writer reports, tells it of the patient.
    fn is_told_of_patient(&self, span: &Span) -> bool {
        let reports = || {
            let start = self.sentence_at(span.start).map_or(0, |sentence| sentence.span.start);
            let mut speakers = self.mentions().iter().filter(|mention| {
                start <= mention.span.start
                    && mention.span.end <= span.start
                    && mention.form == Form::Noun
                    && mention.who != Who::Patient
            });
            speakers.clone().next().is_some() && speakers.all(|speaker| speaker.who == Who::Clinician)
        };
        match self.owner_of(span) {
            Owner::Patient => true,
            Owner::Reported => reports(),
            _ => false,
        }
    }

    /// Where a phrase stands in a statement about the patient that is neither denied nor asked for.
    #[must_use]
    pub fn affirms(&self, phrase: &[String]) -> Option<Span> {
        let words = Words::new(self.text(), &self.tokens);
        let drugs = &self.facts().drugs;
        self.sentences.iter().find_map(|sentence| {
            let tokens = sentence.tokens.clone();
            let stands = |&at: &usize| {
                at + phrase.len() <= tokens.end
                    && phrase.iter().enumerate().all(|(nth, word)| same_word(words.lower(at + nth), word))
            };
            let at = tokens.clone().find(stands)?;
            let marks = marks(&words, &(tokens.start..at), drugs);
            // "A high score, and no pending surgery": what is planned is denied.
            let is_denied_plan = |token: usize| token > at && words.lower(token - 1) == "no";
            let is_asked = (at..tokens.end).any(|token| {
                let cue = CUES.around.longest(&words, token, tokens.end);
                cue.is_some_and(|(_, cue)| cue == Cue::Planned) && !is_denied_plan(token)
            });
            let is_denied = marks.iter().any(|mark| matches!(cue(mark), Some(Cue::Not | Cue::Planned)));
            let span = words.span(&(at..at + phrase.len()));
            (!is_asked && !is_denied && self.owner_of(&span) == Owner::Patient).then_some(span)
        })
    }
}

/// The same word, whatever its number.
fn same_word(one: &str, two: &str) -> bool {
    one.trim_end_matches('s') == two.trim_end_matches('s')
}
