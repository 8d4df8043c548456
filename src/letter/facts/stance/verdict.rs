//! Verdicts: what a reviewer says of the request itself ("is not reasonable", "lies outside those limits"), or of the case against
//! a guideline ("none of the exclusions applies").

use std::ops::Range;
use std::sync::LazyLock;

use super::Stance;
use super::classes::{HYPOTHETICAL, MODAL, NEGATOR, OTHER_TIME, TURN};
use super::reading::Reading;
use crate::letter::facts::phrase::{Phrases, Sets, columns_of, entries};

pub(super) const TABLE: &str = include_str!("verdict.tsv");

/// A kind of verdicts.
struct Kind {
    phrases: LazyLock<Phrases<()>>,
    /// The side that they take.
    stance: Stance,
    /// Whether they count only of what is asked for.
    needs_request: bool,
    /// Whether a denial in them or before them turns their side.
    is_turned: bool,
}

impl Kind {
    const fn new(phrases: fn() -> Phrases<()>, stance: Stance, needs_request: bool, is_turned: bool) -> Self {
        Self { phrases: LazyLock::new(phrases), stance, needs_request, is_turned }
    }
}

static KINDS: [Kind; 7] = [
    Kind::new(|| class("fit"), Stance::For, true, true),
    Kind::new(|| class("unfit"), Stance::Against, true, true),
    Kind::new(|| class("refused"), Stance::Against, true, false),
    Kind::new(|| class("met"), Stance::For, false, true),
    Kind::new(|| class("unmet"), Stance::Against, false, true),
    Kind::new(|| class("cleared"), Stance::For, false, false),
    Kind::new(|| class("missed"), Stance::Against, false, false),
];
static ASKED: LazyLock<Phrases<()>> = LazyLock::new(|| class("asked"));
static POINTING: LazyLock<Phrases<()>> = LazyLock::new(|| class("pointing"));

fn class(kind: &str) -> Phrases<()> {
    let sets = Sets::of(TABLE);
    let mut phrases = Phrases::new();
    for entry in columns_of(TABLE, kind).flat_map(entries) {
        phrases.add_phrase(sets.spell_out(entry), ());
    }
    phrases
}

impl Reading<'_> {
    /// The verdict whose words begin at a token, and the side that it takes.
    pub(super) fn verdict(&self, at: usize, end: usize) -> Option<(Range<usize>, Stance)> {
        let found = KINDS.iter().filter_map(|kind| {
            let (after, ()) = kind.phrases.longest(self.words, at, end)?;
            Some((kind, at..after))
        });
        let (kind, tokens) = found.max_by_key(|(_, tokens)| tokens.end)?;
        let subject = self.clause(at).start..at;
        // "Twelve are what the chapter recommends": perhaps fewer than are asked for.
        let is_counted = subject.clone().any(|at| self.words.is_number(at));
        if kind.needs_request && (is_counted || !self.is_request(&subject)) {
            return None;
        }
        // "No further visit is justified", "not a deficit of the kind that the guideline names"; but not "a chair that prevents
        // a fall is justified".
        let is_denied = self.first(&NEGATOR, subject.clone()).is_some();
        let reaches = !kind.needs_request || NEGATOR.stands_at(self.words, subject.start);
        if is_denied && !(reaches && kind.is_turned) {
            return None;
        }
        let is_turned = kind.is_turned && (self.first(&NEGATOR, tokens.clone()).is_some() != is_denied);
        let turned = if kind.stance == Stance::For { Stance::Against } else { Stance::For };
        Some((tokens, if is_turned { turned } else { kind.stance }))
    }

    /// The verdicts of a sentence that sets no condition.
    pub(super) fn verdicts(&self) -> Vec<(Range<usize>, Stance)> {
        let all = 0..self.words.len();
        if [&HYPOTHETICAL, &MODAL].into_iter().any(|phrases| self.first(phrases, all.clone()).is_some()) {
            return Vec::new();
        }
        let found = all.clone().filter_map(|at| self.verdict(at, all.end));
        // "The worker meets the criteria for entry": one condition that is met is not all that count.
        let decides = |(tokens, stance): &(Range<usize>, Stance)| {
            let subject = self.clause(tokens.start).start..tokens.start;
            *stance == Stance::Against || self.is_request(&subject)
        };
        let is_now = |(tokens, _): &(Range<usize>, Stance)| {
            self.first(&OTHER_TIME, self.clause(tokens.start)).is_none()
        };
        found.filter(decides).filter(is_now).collect()
    }

    /// Whether a sentence turns within some tokens, other than by the words of a verdict ("two of the listed exclusions").
    pub(super) fn turns(&self, mut within: Range<usize>) -> bool {
        let end = within.end;
        within.any(|at| TURN.stands_at(self.words, at) && self.verdict(at, end).is_none())
    }

    /// Whether the subject of a predicate is what is asked for.
    fn is_request(&self, subject: &Range<usize>) -> bool {
        let points = subject.len() == 1 && POINTING.stands_at(self.words, subject.start);
        points || self.first(&ASKED, subject.clone()).is_some() || self.is_named(subject)
    }
}
