//! A sentence's words that mean something to its findings, marked: findings, cues, values.

use std::ops::Range;

use super::Polarity;
use super::lexicon::{self, Cue, FindingId, Form};
use super::value::{Measured, Value};
use crate::letter::facts::absence;
use crate::letter::facts::words::Words;
use crate::letter::sentence::Sentence;
use crate::text::{Gap, Span, TokenKind};

/// A stretch of a sentence that means something here; what stands between marks are plain words.
pub(super) struct Mark {
    pub tokens: Range<usize>,
    pub what: What,
}

#[derive(Clone)]
pub(super) enum What {
    Finding(Named),
    /// Words that only look like a finding.
    Silent,
    Cue(Cue),
    /// The record is said to be silent of what follows, or of what stands before.
    SilentOf,
    SilentAfter,
    Value(Value),
}

#[derive(Clone)]
pub(super) struct Named {
    pub id: FindingId,
    pub form: Form,
    /// A motion's degrees, and what its own words say of them.
    pub motion: Option<(Value, Option<(Polarity, Span)>)>,
}

/// What is said, and by which words.
pub(super) type Said = (Polarity, Option<Span>);

/// Marks of a sentence over which a cue may reach, so that reading stays linear in a sentence of any length.
pub(super) const NEAR: usize = 60;

/// A marked sentence.
pub(super) struct Reader<'a> {
    pub words: &'a Words<'a>,
    pub marks: Vec<Mark>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(words: &'a Words<'a>, sentence: &Sentence, values: &[Measured]) -> Self {
        Self { words, marks: scan(words, sentence, values) }
    }

    /// The marks before a mark that may say something of it.
    pub(super) fn near(&self, index: usize) -> Range<usize> {
        index.saturating_sub(NEAR)..index
    }

    pub(super) fn cue(&self, index: usize) -> Option<Cue> {
        match self.marks.get(index)?.what {
            What::Cue(cue) => Some(cue),
            _ => None,
        }
    }

    pub(super) fn named(&self, index: usize) -> Option<&Named> {
        match &self.marks.get(index)?.what {
            What::Finding(named) => Some(named),
            _ => None,
        }
    }

    pub(super) fn span(&self, index: usize) -> Span {
        self.words.span(&self.marks[index].tokens)
    }

    pub(super) fn lower(&self, index: usize) -> &str {
        self.words.lower(self.marks[index].tokens.start)
    }

    /// Plain words between a mark and the next.
    pub(super) fn gap_after(&self, index: usize) -> usize {
        self.marks.get(index + 1).map_or(0, |next| next.tokens.start - self.marks[index].tokens.end)
    }

    pub(super) fn is_link(&self, index: usize) -> bool {
        self.cue(index).is_some_and(Cue::is_link)
    }

    /// Whether only words of one noun phrase stand between a mark and the next.
    pub(super) fn is_noun_phrase(&self, index: usize) -> bool {
        let Some(next) = self.marks.get(index + 1) else { return false };
        (self.marks[index].tokens.end..next.tokens.start)
            .all(|token| !is_preposition(self.words.lower(token)))
    }

    pub(super) fn follows_preposition(&self, index: usize) -> bool {
        let before = self.marks[index - 1].tokens.end;
        (before..self.marks[index].tokens.start).any(|token| is_preposition(self.words.lower(token)))
    }

    /// Whether a finding is the next member of the list of the finding before it.
    pub(super) fn is_list_member(&self, index: usize) -> bool {
        let mut at = index;
        while at > 0 && self.is_link(at - 1) {
            at -= 1;
        }
        at < index
            && at > 0
            && self.named(at - 1).is_some()
            && self.gap_after(at - 1) <= 3
            && self.gap_after(index - 1) <= 3
    }
}

fn scan(words: &Words, sentence: &Sentence, values: &[Measured]) -> Vec<Mark> {
    let end = sentence.tokens.end;
    let mut marks = Vec::new();
    let mut values = values[values.partition_point(|value| value.tokens.start < sentence.tokens.start)..]
        .iter()
        .peekable();
    let mut at = sentence.tokens.start;
    let is_graded = values
        .clone()
        .take_while(|value| value.tokens.start < end)
        .any(|value| matches!(value.value, Value::Strength { .. }));
    while at < end {
        while values.next_if(|value| value.tokens.start < at).is_some() {}
        let (stop, what) = match values.peek() {
            Some(measured) if measured.tokens.start == at && measured.tokens.end <= end => {
                (measured.tokens.end, Some(of_measured(words, measured)))
            }
            next => {
                let (stop, what) = mark_at(words, sentence, at);
                // "Knee flexion of 120 degrees" is a value, and no muscle that is graded.
                let is_cut = next.is_some_and(|next| at < next.tokens.start && next.tokens.start < stop);
                // "Knee flexion is limited" tells of motion where no strength is graded.
                let is_motion = !is_graded && matches!(what, Some(What::Cue(Cue::Muscle)));
                if is_cut || is_motion { (at + 1, None) } else { (stop, what) }
            }
        };
        if let Some(what) = what {
            marks.push(Mark { tokens: at..stop, what });
        }
        at = stop.max(at + 1);
    }
    marks
}

fn of_measured(words: &Words, measured: &Measured) -> What {
    let value = measured.value;
    let Value::Motion { .. } = value else { return What::Value(value) };
    let Some(id) = FindingId::from_name("range of motion") else { return What::Silent };
    let judged = measured.judged.clone().map(|span| {
        let full = matches!(words.text[span.clone()].to_lowercase().as_str(), "full" | "normal");
        (if full { Polarity::Normal } else { Polarity::Present }, span)
    });
    let compared = measured.compared.clone().map(|span| (value.polarity(), span));
    What::Finding(Named { id, form: Form::Neutral, motion: Some((value, judged.or(compared))) })
}

/// The longest of what may begin at a token.
fn mark_at(words: &Words, sentence: &Sentence, at: usize) -> (usize, Option<What>) {
    let end = sentence.tokens.end;
    let mut best = (at + 1, None);
    if let Some((stop, wording)) = lexicon::longest(words, at, end)
        && !is_surname(words, at)
    {
        let named = wording.id.map(|id| What::Finding(Named { id, form: wording.form, motion: None }));
        best = (stop, Some(named.unwrap_or(What::Silent)));
    }
    if let Some((stop, side)) = absence::silence_at(words, &sentence.tokens, at)
        && (best.1.is_none() || stop > best.0)
    {
        best = (stop, Some(if side == absence::Side::Before { What::SilentAfter } else { What::SilentOf }));
    }
    if let Some((stop, cue)) = lexicon::longest_cue(words, at, end)
        && (best.1.is_none() || stop > best.0)
        && !is_number_sign(words, at)
    {
        best = (stop, Some(What::Cue(cue)));
    }
    if best.1.is_none() && is_dash(words, at) {
        best.1 = Some(What::Cue(Cue::Break));
    }
    best
}

/// "Dr. Hawkins".
fn is_surname(words: &Words, at: usize) -> bool {
    let before = |steps: usize| at.checked_sub(steps).map_or("", |token| words.lower(token));
    matches!(before(1), "dr" | "mr" | "ms" | "mrs")
        || before(1) == "." && matches!(before(2), "dr" | "mr" | "ms" | "mrs")
}

/// "No. 3".
fn is_number_sign(words: &Words, at: usize) -> bool {
    words.lower(at) == "no"
        && words.lower(at + 1) == "."
        && words.tokens.get(at + 2).is_none_or(|token| token.kind == TokenKind::Number)
}

/// A hyphen between blanks.
fn is_dash(words: &Words, at: usize) -> bool {
    words.raw(at) == "-"
        && words.tokens[at].gap != Gap::None
        && words.tokens.get(at + 1).is_some_and(|next| next.gap != Gap::None)
}

pub(super) fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "of" | "to"
            | "on"
            | "in"
            | "at"
            | "for"
            | "with"
            | "by"
            | "from"
            | "over"
            | "upon"
            | "under"
            | "into"
            | "about"
            | "across"
            | "within"
    )
}
