//! A date's sentence as words, with the cues in it.

use std::ops::Range;

use super::DateRole;
use super::cue::{ARTICLE, CONTEXT, Class, Kind, LINK, NAMED, STOP, STRONG};
use crate::guideline;
use crate::letter::facts::words::Words;
use crate::letter::sentence::Sentence;
use crate::text::Token;

/// A date among the words of its sentence.
pub(super) struct Place {
    /// Where the date before it ends.
    pub before: usize,
    /// Its own words.
    pub date: Range<usize>,
    /// Where the date behind it begins.
    pub end: usize,
    /// Whether it has a last day.
    pub is_range: bool,
}

/// What ties a date to the words before it.
pub(super) struct Link {
    /// Where it begins.
    pub start: usize,
    /// How closely it ties.
    pub strength: Strength,
}

/// How closely.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strength {
    /// "dated", "of", a bracket: the nearest noun's date.
    Strong,
    /// "on", "in": the noun's or the verb's.
    Weak,
    /// Nothing.
    None,
    /// The date opens its clause: ", on 09/22/2016 he reported".
    Fronted,
}

/// Words that tell what happened on a date near them.
#[derive(Debug, Clone)]
pub(super) struct Cue {
    pub words: Range<usize>,
    pub kind: Kind,
    pub role: DateRole,
}

/// A sentence as words, with the cues in it.
pub(super) struct Clause<'t> {
    pub words: Words<'t>,
    /// In order, without those that only hide words.
    pub cues: Vec<Cue>,
    /// Which words belong to a cue.
    covered: Vec<bool>,
    /// Who denies when a verb of denial stands alone.
    pub names_utilization_review: bool,
}

impl<'t> Clause<'t> {
    /// Reads a sentence.
    pub fn read(text: &'t str, tokens: &'t [Token], sentence: &Sentence) -> Self {
        let words = Words::new(text, &tokens[sentence.tokens.clone()]);
        let mut clause = Self {
            covered: vec![false; words.len()],
            words,
            cues: Vec::new(),
            names_utilization_review: false,
        };
        let mut at = 0;
        while at < clause.words.len() {
            clause.names_utilization_review |= CONTEXT.stands_at(&clause.words, at);
            let Some((end, (kind, role))) = NAMED.longest(&clause.words, at, clause.words.len()) else {
                at += 1;
                continue;
            };
            clause.covered[at..end].fill(true);
            if let Some(role) = role {
                clause.names_utilization_review |= role == DateRole::UrDecision && kind == Kind::Noun;
                clause.cues.push(Cue { words: at..end, kind, role });
            }
            at = end;
        }
        let start = sentence.span.start;
        for name in guideline::names(&text[sentence.span.clone()]) {
            let words = clause.words.tokens_of(&(start + name.start..start + name.end));
            clause.cues.retain(|cue| cue.words.end <= words.start || words.end <= cue.words.start);
            let at = clause.cues.partition_point(|cue| cue.words.start < words.start);
            clause.cues.insert(at, Cue { words, kind: Kind::Noun, role: DateRole::Guideline });
        }
        clause
    }

    /// A word in small letters without its possessive; empty beyond the sentence.
    pub fn word(&self, at: usize) -> &str {
        self.words.bare(at)
    }

    /// The cues behind a date.
    pub fn cues_behind(&self, place: &Place) -> &[Cue] {
        &self.cues[self.cues.partition_point(|cue| cue.words.start < place.date.end)..]
    }

    /// The cues between the date before and a word.
    pub fn cues_up_to(&self, place: &Place, end: usize) -> &[Cue] {
        let last = self.cues.partition_point(|cue| cue.words.end <= end);
        let first = self.cues[..last].partition_point(|cue| cue.words.start < place.before);
        &self.cues[first..last]
    }

    /// Whether a word of a class stands among some words.
    pub fn has(&self, range: Range<usize>, class: &Class) -> bool {
        self.words.bare_in(range).any(|word| class.has(word))
    }

    /// "the 09/18/2014 report": the noun whose attribute the date is.
    pub fn noun_behind(&self, place: &Place) -> Option<&Cue> {
        let opens = place.date.start == 0;
        let before = place.date.start.checked_sub(1).filter(|&at| at >= place.before);
        let attributive =
            opens || before.is_some_and(|at| ARTICLE.has(self.word(at)) || self.words.is_possessive(at));
        let cue = self.cues_behind(place).first()?;
        let near = cue.words.start <= place.date.end + 2 && cue.words.end <= place.end;
        let between = place.date.end..cue.words.start;
        let joined = !self
            .words
            .bare_in(between)
            .any(|word| STOP.has(word) || LINK.has(word) || STRONG.has(word) || matches!(word, "." | "and"));
        (attributive && near && joined && cue.kind != Kind::Verb).then_some(cue)
    }

    /// "who slipped on 02/14/2012 and injured her back"
    pub fn injures_behind(&self, place: &Place) -> bool {
        let verb = place.date.end + 1;
        self.word(place.date.end) == "and"
            && self.cues_behind(place).first().is_some_and(|cue| {
                cue.words.start == verb && cue.kind == Kind::Verb && cue.role == DateRole::Injury
            })
    }

    /// What ties a date to the words before it.
    pub fn link(&self, place: &Place) -> Link {
        let mut start = place.date.start;
        let mut strength = Strength::None;
        let mut preposition = None;
        while start > place.before && !self.covered[start - 1] {
            let word = self.word(start - 1);
            if STRONG.has(word) {
                strength = Strength::Strong;
            } else if matches!(word, "," | "and" | "but") && preposition == Some(start) {
                return Link { start, strength: Strength::Fronted };
            } else if !LINK.has(word) {
                break;
            } else if strength == Strength::None && word != "," {
                strength = Strength::Weak;
            }
            start -= 1;
            if matches!(word, "on" | "in" | "at" | "during") {
                preposition = Some(start);
            }
        }
        let opens = start == 0 && strength != Strength::Strong;
        Link { start, strength: if opens { Strength::Fronted } else { strength } }
    }
}
