//! A protected trait of the patient as the reason.

use std::ops::Range;
use std::sync::LazyLock;

use super::{GroundKind, Reading};
use crate::letter::facts::phrase::Phrases;
use crate::letter::sentence_kind::SentenceKind;

const TABLE: &str = include_str!("bias.tsv");

fn class(kind: &str) -> Phrases<()> {
    Phrases::of_kind(TABLE, kind, ())
}

static OPENERS: LazyLock<Phrases<()>> = LazyLock::new(|| class("opener"));
static BETWEEN: LazyLock<Phrases<()>> = LazyLock::new(|| class("between"));
static AGES: LazyLock<Phrases<()>> = LazyLock::new(|| class("age"));
static TRAITS: LazyLock<Phrases<()>> = LazyLock::new(|| class("trait"));
static GENERAL: LazyLock<Phrases<()>> = LazyLock::new(|| class("general"));
static GENERAL_AGE: LazyLock<Phrases<()>> = LazyLock::new(|| class("general-age"));
static SURE: LazyLock<Phrases<()>> = LazyLock::new(|| class("sure"));
static SUBJECTS: LazyLock<Phrases<()>> = LazyLock::new(|| class("subject"));
static BEFORE_SUBJECT: LazyLock<Phrases<()>> = LazyLock::new(|| class("before-subject"));
static SUBJECT_BEHIND: LazyLock<Phrases<()>> = LazyLock::new(|| class("subject-behind"));
static ASIDES: LazyLock<Phrases<()>> = LazyLock::new(|| class("aside"));
static VERDICTS: LazyLock<Phrases<()>> = LazyLock::new(|| class("verdict"));
static BEHIND: LazyLock<Phrases<()>> = LazyLock::new(|| class("behind"));
static CLINICAL: LazyLock<Phrases<()>> = LazyLock::new(|| class("clinical"));
static CITED: LazyLock<Phrases<()>> = LazyLock::new(|| class("cited"));

pub(super) fn read(reading: &Reading<'_>) -> Option<(Range<usize>, GroundKind)> {
    let tokens = reading.sentence.tokens.clone();
    let stands = |phrases: &Phrases<()>| tokens.clone().any(|at| phrases.stands_at(reading.words, at));
    let surely = told_to_reason(reading);
    let is_sure = surely.is_some();
    let found = tokens.clone().find_map(|at| generally(reading, at).or_else(|| given(reading, at)));
    // "At her age and as a woman": the trait is more than the age.
    let is_beside = |age: &Range<usize>| surely.as_ref().is_some_and(|(cue, _)| cue.start >= age.end);
    let found = found.filter(|(cue, kind)| *kind == GroundKind::Trait || !is_beside(cue)).or(surely);
    let (cue, kind) = found?;
    // "Because of her sex, …": a trait with which a sentence begins to reason.
    let is_sure = is_sure
        || kind == GroundKind::Trait
            && cue.start == reading.first_word()
            && !cue.clone().any(|at| reading.words.is_number(at));
    let is_reason =
        is_sure || stands(&VERDICTS) || reading.leads_to_conclusion() || reading.concluded().next().is_some();
    let is_told =
        reading.sentence.kind == SentenceKind::Attributed || reading.holds(&["utilization", "ur", "reports"]);
    let is_clinical = stands(&CITED) || stands(&CLINICAL);
    (is_reason && !is_told && !is_clinical && !stands(&ASIDES)).then_some((cue, kind))
}

/// "Women tolerate cold badly", "His religion forbids …", "As a gay man he …": nothing but a reason is told so.
fn told_to_reason(reading: &Reading<'_>) -> Option<(Range<usize>, GroundKind)> {
    let tokens = reading.sentence.tokens.clone();
    let first = reading.first_word();
    let opens = BEFORE_SUBJECT.longest(reading.words, first, tokens.end);
    let subject = opens.map_or(first, |(end, ())| end + usize::from(reading.words.lower(end) == ","));
    let of = |phrases: &Phrases<()>, at: usize| {
        let (end, ()) = phrases.longest(reading.words, at, tokens.end)?;
        (!BEHIND.stands_at(reading.words, end)).then_some((at..end, GroundKind::Trait))
    };
    let of_all = of(&SUBJECTS, subject).filter(|(cue, _)| !SUBJECT_BEHIND.stands_at(reading.words, cue.end));
    of_all.or_else(|| tokens.clone().find_map(|at| of(&SURE, at)))
}

/// "Women tend to …", "a man of her age", "too old".
fn generally(reading: &Reading<'_>, at: usize) -> Option<(Range<usize>, GroundKind)> {
    let end = reading.sentence.tokens.end;
    let of = |phrases: &Phrases<()>, kind| {
        phrases.longest(reading.words, at, end).map(|(end, ())| (at..end, kind))
    };
    of(&GENERAL, GroundKind::Trait).or_else(|| of(&GENERAL_AGE, GroundKind::Age))
}

/// "Given her age and sex", "because the patient is an elderly woman".
fn given(reading: &Reading<'_>, at: usize) -> Option<(Range<usize>, GroundKind)> {
    const LONGEST: usize = 10;
    let words = reading.words;
    let end = reading.sentence.tokens.end;
    let (mut next, ()) = OPENERS.longest(words, at, end)?;
    let limit = end.min(next + LONGEST);
    let mut found: Option<(usize, GroundKind)> = None;
    while next < limit {
        let trait_end = TRAITS.longest(words, next, end).map(|(end, ())| (end, GroundKind::Trait));
        let age_end = AGES.longest(words, next, end).map(|(end, ())| (end, GroundKind::Age));
        // The longer: "old" is an age, "an elderly woman" goes on to a sex.
        let longer = match (trait_end, age_end) {
            (Some(a), Some(b)) if b.0 > a.0 => Some(b),
            (a, b) => a.or(b),
        };
        if let Some((after, kind)) = longer {
            let is_other = words.lower(after) == "-" || BEHIND.stands_at(words, after);
            if is_other {
                return None;
            }
            let is_trait =
                kind == GroundKind::Trait || found.is_some_and(|(_, kind)| kind == GroundKind::Trait);
            found = Some((after, if is_trait { GroundKind::Trait } else { GroundKind::Age }));
            next = after;
        } else if let Some((after, ())) = BETWEEN.longest(words, next, end) {
            next = after;
        } else {
            break;
        }
    }
    // "Since the patient is a 62-year-old man with a torn cuff, …": what follows is the reason.
    let (after, kind) = found?;
    let describes = (at..after).any(|token| words.is_number(token));
    let goes_on = matches!(words.lower(after), "with" | "presents" | "presenting")
        || describes && matches!(words.lower(after), "who" | "whose");
    (!goes_on).then_some((at..after, kind))
}
