//! Reasons outside the question of medical necessity: causation and the extent of the claim, coverage, cost.

use std::ops::Range;
use std::sync::LazyLock;

use super::{GroundKind, REASON_WORDS, Reading};
use crate::letter::facts::phrase::Phrases;
use crate::letter::sentence_kind::SentenceKind;

const TABLE: &str = include_str!("scope.tsv");

/// What makes a phrase a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    /// Nothing else.
    Plain,
    /// The injury, the claim or the work behind it.
    WithObject,
    /// That, and words before it by which it is not shown.
    Unproven,
    /// A judgement of a claim behind it.
    Claimed,
    /// A judgement of a cost behind it.
    Priced,
    /// A word near it that denies it or leaves it open.
    Open,
    /// A conclusion that is joined to it.
    Joined,
}

static REASONS: LazyLock<Vec<(Phrases<()>, GroundKind, Weight)>> = LazyLock::new(|| {
    [
        ("causation", GroundKind::Causation, Weight::Plain),
        ("causation-to", GroundKind::Causation, Weight::WithObject),
        ("causation-unproven", GroundKind::Causation, Weight::Unproven),
        ("causation-judged", GroundKind::Causation, Weight::Claimed),
        ("causation-open", GroundKind::Causation, Weight::Open),
        ("coverage", GroundKind::Coverage, Weight::Plain),
        ("cost", GroundKind::Cost, Weight::Plain),
        ("cost-judged", GroundKind::Cost, Weight::Priced),
        ("causation-joined", GroundKind::Causation, Weight::Joined),
        ("coverage-joined", GroundKind::Coverage, Weight::Joined),
        ("cost-joined", GroundKind::Cost, Weight::Joined),
    ]
    .map(|(kind, ground, weight)| (Phrases::of_kind(TABLE, kind, ()), ground, weight))
    .into()
});

fn class(kind: &str) -> Phrases<()> {
    Phrases::of_kind(TABLE, kind, ())
}

static OBJECTS: LazyLock<Phrases<()>> = LazyLock::new(|| class("causation-object"));
static UNPROVEN: LazyLock<Phrases<()>> = LazyLock::new(|| class("unproven"));
static CLAIM_JUDGEMENTS: LazyLock<Phrases<()>> = LazyLock::new(|| class("claim-judgement"));
static COST_JUDGEMENTS: LazyLock<Phrases<()>> = LazyLock::new(|| class("cost-judgement"));
static OPEN: LazyLock<Phrases<()>> = LazyLock::new(|| class("open"));
static DISCLAIMERS: LazyLock<Phrases<()>> = LazyLock::new(|| class("disclaimer"));
static TELLERS: LazyLock<Phrases<()>> = LazyLock::new(|| class("teller"));
static TELLS: LazyLock<Phrases<()>> = LazyLock::new(|| class("tells"));

pub(super) fn read(reading: &Reading<'_>) -> Option<(Range<usize>, GroundKind)> {
    const NEAR: usize = 10;
    const CLOSE: usize = 6;
    let tokens = reading.sentence.tokens.clone();
    let words = reading.words;
    let found = tokens.clone().find_map(|at| {
        REASONS.iter().find_map(|(phrases, kind, weight)| {
            let (end, ()) = phrases.longest(words, at, tokens.end)?;
            let near = |phrases: &Phrases<()>, range: Range<usize>| {
                range.into_iter().any(|other| phrases.stands_at(words, other))
            };
            let around = at.saturating_sub(NEAR).max(tokens.start)..tokens.end.min(end + NEAR);
            let holds = match weight {
                Weight::Plain => !is_of_conclusion(reading, at) || reading.is_reason_of_conclusion(at),
                Weight::WithObject => near(&OBJECTS, end..around.end),
                Weight::Unproven => near(&OBJECTS, end..around.end) && near(&UNPROVEN, around.start..at),
                Weight::Claimed => near(&CLAIM_JUDGEMENTS, end..tokens.end.min(end + CLOSE)),
                Weight::Priced => {
                    near(&COST_JUDGEMENTS, end..around.end) && !is_of_conclusion(reading, at)
                        || is_after_reason(reading, at)
                }
                Weight::Open => near(&OPEN, around),
                Weight::Joined => {
                    reading.is_reason_of_conclusion(at)
                        || reading.leads_to_conclusion() && !near(&OBJECTS, end..tokens.end.min(end + 1))
                }
            };
            // "at a high cost to the hands"
            let is_price =
                words.lower(end) != "to" || !matches!(words.bare(end - 1), "cost" | "costs" | "price");
            (holds && is_price).then_some((at..end, *kind))
        })
    })?;
    (!is_of_others(reading, found.0.start)).then_some(found)
}

/// Whether a word stands inside the clause that concludes, or names the request: "The request for the less costly drug is …".
fn is_of_conclusion(reading: &Reading<'_>, at: usize) -> bool {
    const NEAR: usize = 5;
    let first = at.saturating_sub(NEAR).max(reading.sentence.tokens.start);
    if (first..at).any(|word| reading.words.bare(word).starts_with("request")) {
        return true;
    }
    let start = reading.words.span(&(at..at + 1)).start;
    !is_after_reason(reading, at) && reading.concluded().any(|conclusion| conclusion.span.contains(&start))
}

/// Whether "due to", "because" or their like lead up to a word.
fn is_after_reason(reading: &Reading<'_>, at: usize) -> bool {
    const NEAR: usize = 6;
    let first = at.saturating_sub(NEAR).max(reading.sentence.tokens.start);
    (first..at).any(|word| REASON_WORDS.contains(&reading.words.bare(word)))
}

/// Whether somebody else gives the reason, a guideline does, or the sentence keeps off it.
fn is_of_others(reading: &Reading<'_>, cue: usize) -> bool {
    let tokens = reading.sentence.tokens.clone();
    let stands = |phrases: &Phrases<()>, range: Range<usize>| {
        range.into_iter().any(|at| phrases.stands_at(reading.words, at))
    };
    let first_teller = (tokens.start..cue).find(|&at| TELLERS.stands_at(reading.words, at));
    let is_told = first_teller.is_some_and(|teller| stands(&TELLS, teller..cue));
    let asks = tokens.clone().next_back().is_some_and(|last| reading.words.lower(last) == "?");
    let concludes = reading.concluded().next().is_some();
    // "The patient has not accepted a referral."
    let accepts = first_teller.is_some_and(|teller| {
        cue.saturating_sub(teller) <= 3
            && matches!(reading.words.bare(teller), "patient" | "claimant" | "worker")
    }) && (cue..cue + 3).any(|at| reading.words.bare(at) == "accepted");
    reading.sentence.kind == SentenceKind::Attributed && !concludes
        || is_told
        || accepts
        || asks
        || stands(&DISCLAIMERS, tokens)
}
