//! Guidelines that are called silent, and sentences that give no ground at all.

use std::ops::Range;
use std::sync::LazyLock;

use super::{GroundKind, Reading};
use crate::letter::facts::phrase::Phrases;
use crate::letter::sentence_kind::SentenceKind;

const TABLE: &str = include_str!("silence.tsv");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Guideline,
    Other,
    Active,
    Bare,
    Denied,
    Passive,
    Own,
    Position,
    Unexplained,
    Introduces,
    Denies,
    Unreasoned,
    Asked,
    Since,
    Thus,
    Refuses,
}

static PHRASES: LazyLock<[Phrases<Class>; 16]> = LazyLock::new(|| {
    [
        ("guideline", Class::Guideline),
        ("other", Class::Other),
        ("active", Class::Active),
        ("bare", Class::Bare),
        ("denied", Class::Denied),
        ("passive", Class::Passive),
        ("self", Class::Own),
        ("position", Class::Position),
        ("unexplained", Class::Unexplained),
        ("introduces", Class::Introduces),
        ("denies", Class::Denies),
        ("unreasoned", Class::Unreasoned),
        ("asked", Class::Asked),
        ("since", Class::Since),
        ("thus", Class::Thus),
        ("refuses", Class::Refuses),
    ]
    .map(|(kind, class)| Phrases::of_kind(TABLE, kind, class))
});

/// The sentence's silence, or that it gives no ground; absent where it may give one.
pub(super) fn read(reading: &Reading<'_>) -> Option<(Range<usize>, GroundKind)> {
    if let Some(cue) = own_silence(reading) {
        let says_more = position(reading, &cue) || has_own_reason(reading, &cue);
        return (!says_more).then_some((cue, GroundKind::Silence));
    }
    if let Some(cue) = unreasoned(reading) {
        return Some((cue, GroundKind::Unexplained));
    }
    is_neutral(reading).then(|| (reading.sentence.tokens.clone(), GroundKind::Neutral))
}

/// What a sentence makes follow from a silence, in it or before it ("What is not addressed cannot be approved").
pub(super) fn consequence(reading: &Reading<'_>) -> Option<(Range<usize>, GroundKind)> {
    const LONGEST: usize = 18;
    let tokens = reading.sentence.tokens.clone();
    let refuses = || first(reading, tokens.clone(), Class::Refuses);
    let found = if let Some(cue) = own_silence(reading) {
        if position(reading, &cue) || has_own_reason(reading, &cue) {
            return None;
        }
        let refuses = refuses();
        let is_since = first(reading, tokens.start..cue.end, Class::Since).is_some()
            || refuses.as_ref().is_some_and(|refuses| stands_back_to_silence(reading, refuses.start));
        let is_reason = is_since || first(reading, cue.end..tokens.end, Class::Thus).is_some();
        refuses.or_else(|| reading.concluded().next().map(|_| cue)).filter(|_| is_reason)
    } else {
        // A sentence of its own: whether it follows from a silence, what stands before it tells.
        let is_bare = tokens.len() <= LONGEST
            && reading.concluded().next().is_none()
            && !is_told(reading)
            && !reading.holds(&super::REASON_WORDS);
        refuses().filter(|cue| is_bare && !position(reading, cue) && !has_own_reason(reading, cue))
    };
    found.map(|cue| (cue, GroundKind::Consequence))
}

/// Whether a second clause has the silence for its reason ("…, and where it does not speak nothing can be approved").
fn stands_back_to_silence(reading: &Reading<'_>, refuses: usize) -> bool {
    const REACH: usize = 14;
    let start = refuses.saturating_sub(REACH).max(reading.sentence.tokens.start);
    let Some(since) = last(reading, start..refuses, Class::Since) else { return false };
    let denies = |at| stands(reading, at, Class::Denies).is_some() || reading.words.bare(at) == "silent";
    (since.start..refuses).any(denies) && first(reading, since.end..refuses, Class::Other).is_none()
}

/// Whether somebody else says it.
fn is_told(reading: &Reading<'_>) -> bool {
    reading.sentence.kind == SentenceKind::Attributed
        || reading.holds(&["utilization", "ur", "administrator", "carrier"])
}

fn own_silence(reading: &Reading<'_>) -> Option<Range<usize>> {
    silence(reading).filter(|_| !is_told(reading))
}

/// That no reason was given for the request; a guideline beside it, or a second clause of another kind, may be one.
fn unreasoned(reading: &Reading<'_>) -> Option<Range<usize>> {
    let tokens = reading.sentence.tokens.clone();
    let cue = first(reading, tokens.clone(), Class::Unreasoned)?;
    // "why traction failed" asks something else.
    let is_of_request = reading.words.bare(cue.end - 1) != "why"
        || first(reading, cue.end..tokens.end, Class::Asked).is_some();
    let is_alone = is_of_request
        && !is_told(reading)
        && reading.sentence.kind == SentenceKind::Statement
        && reading.concluded().next().is_none()
        && first(reading, tokens, Class::Guideline).is_none()
        && !has_own_reason(reading, &cue);
    is_alone.then_some(cue)
}

/// The words of a class that begin at a token.
fn stands(reading: &Reading<'_>, at: usize, class: Class) -> Option<Range<usize>> {
    let (end, _) = PHRASES[class as usize].longest(reading.words, at, reading.sentence.tokens.end)?;
    Some(at..end)
}

fn first(reading: &Reading<'_>, mut within: Range<usize>, class: Class) -> Option<Range<usize>> {
    within.find_map(|at| stands(reading, at, class))
}

fn last(reading: &Reading<'_>, within: Range<usize>, class: Class) -> Option<Range<usize>> {
    within.rev().find_map(|at| stands(reading, at, class))
}

fn silence(reading: &Reading<'_>) -> Option<Range<usize>> {
    const NEAR: usize = 14;
    let tokens = reading.sentence.tokens.clone();
    tokens.clone().find_map(|at| {
        if let Some(cue) = stands(reading, at, Class::Own) {
            return Some(cue);
        }
        let guideline_before = || last(reading, tokens.start..at, Class::Guideline);
        let active = stands(reading, at, Class::Active).or_else(|| {
            stands(reading, at, Class::Bare)
                .filter(|_| first(reading, tokens.start..at, Class::Denied).is_some())
        });
        if let Some(cue) = active {
            let other = last(reading, tokens.start..at, Class::Other);
            let subject = guideline_before()?;
            return other.is_none_or(|other| other.start < subject.start).then_some(cue);
        }
        let cue = stands(reading, at, Class::Passive)?;
        let behind = first(reading, cue.end..tokens.end.min(cue.end + NEAR), Class::Guideline);
        let other = first(reading, cue.end..tokens.end.min(cue.end + NEAR), Class::Other);
        let is_behind = behind.is_some_and(|behind| other.is_none_or(|other| behind.start < other.start));
        // "Per the MTUS, it is not addressed." A record that stands between speaks for itself.
        let is_before = guideline_before().is_some_and(|guideline| at - guideline.end <= NEAR)
            && last(reading, tokens.start..at, Class::Other).is_none();
        (is_behind || is_before).then_some(cue)
    })
}

/// Whether a guideline has a say in the same sentence ("…, while the ODG recommends it").
fn position(reading: &Reading<'_>, cue: &Range<usize>) -> bool {
    let words = reading.words;
    reading.sentence.tokens.clone().any(|at| {
        let is_denied = (at.saturating_sub(3)..at).any(|before| {
            matches!(
                words.bare(before),
                "or" | "nor" | "neither" | "not" | "cannot" | "to" | "that" | "no" | "of"
            )
        });
        // "No guideline recommends it" has no say.
        let is_of_none = cue.end == at && stands(reading, cue.start, Class::Own).is_some();
        !cue.contains(&at)
            && !is_denied
            && !is_of_none
            && stands(reading, at, Class::Position).is_some()
            && !concludes_at(reading, at)
    })
}

fn concludes_at(reading: &Reading<'_>, at: usize) -> bool {
    let start = reading.words.span(&(at..at + 1)).start;
    reading.concluded().any(|conclusion| conclusion.span.contains(&start))
}

/// Whether a reason of another kind stands beside the silence ("…, and the record shows no trial").
fn has_own_reason(reading: &Reading<'_>, cue: &Range<usize>) -> bool {
    const RECORD: [&str; 16] = [
        "record",
        "records",
        "documentation",
        "documented",
        "examination",
        "trial",
        "improvement",
        "benefit",
        "evidence",
        "literature",
        "efficacy",
        "effective",
        "risk",
        "safety",
        "experimental",
        "function",
    ];
    reading.sentence.tokens.clone().any(|at| !cue.contains(&at) && RECORD.contains(&reading.words.bare(at)))
}

/// Whether the sentence only introduces the case or the request, leaves it unexplained, or concludes.
fn is_neutral(reading: &Reading<'_>) -> bool {
    const OPENING: usize = 14;
    const LONGEST_REASON: usize = 5;
    let tokens = reading.sentence.tokens.clone();
    if let Some(conclusion) = reading.concluded().next() {
        let opening = reading.sentence.span.start;
        let introduced = conclusion.introducer.as_ref().filter(|introducer| introducer.start == opening);
        let from = introduced.map_or(opening, |introducer| introducer.end).min(conclusion.span.start);
        let before = reading.words.tokens_in(&(from..conclusion.span.start)).len();
        let gives_reason =
            reading.words.tokens_in(&(conclusion.words.end..reading.sentence.span.end)).any(|at| {
                matches!(
                    reading.words.bare(at),
                    "because" | "since" | "as" | "given" | "due" | "without" | "until" | "unless"
                )
            });
        return before <= LONGEST_REASON && !gives_reason;
    }
    if reading.sentence.kind == SentenceKind::Attributed || reading.holds(&["utilization", "ur"]) {
        return true;
    }
    if first(reading, tokens.clone(), Class::Unexplained).is_some() {
        return true;
    }
    let opening = tokens.start..tokens.end.min(tokens.start + OPENING);
    reading.sentence.kind == SentenceKind::Statement
        && first(reading, opening, Class::Introduces).is_some()
        && first(reading, tokens.clone(), Class::Denies).is_none()
        && first(reading, tokens, Class::Guideline).is_none()
}
