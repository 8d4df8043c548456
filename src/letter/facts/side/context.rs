//! In what connection a side is named.

use std::ops::Range;

use super::reader::{Beside, Named, Reader};
use super::vocabulary::Cue;
use super::{SideContext, SideValue};
use crate::letter::facts::region;
use crate::letter::facts::words::sentence_around;

impl Reader<'_> {
    /// In what connection a side is named, among all that were found.
    pub(super) fn context(&self, side: &Named, all: &[Named]) -> SideContext {
        let Range { start, end } = sentence_around(self.sentences, side.first);
        let first = all.partition_point(|other| other.first < start);
        let near = &all[first..first + all[first..].partition_point(|other| other.first < end)];
        let turn = |at: &usize| self.is(Cue::Turn, *at);
        let clause_start = (start..side.first).rfind(turn).map_or(start, |turn| turn + 1);
        let clause_end = (side.last + 1..end).find(turn).unwrap_or(end);
        let before = |cue, reach: usize| {
            (clause_start.max(side.first.saturating_sub(reach))..side.first).any(|at| self.is(cue, at))
        };
        let after = |cue, reach: usize| {
            (side.last + 1..clause_end.min(side.last + 1 + reach)).any(|at| self.is(cue, at))
        };
        let weighs = |at: &usize| self.is(Cue::Versus, *at) || self.is(Cue::Than, *at);
        let is_weighed = || {
            let Some(versus) = (side.last + 1..clause_end).find(weighs) else { return false };
            near.iter().any(|other| (versus..clause_end).contains(&other.first) && other.value != side.value)
        };
        let is_only_compared = || is_beside_other(side, near);
        if before(Cue::Than, 3)
            || before(Cue::Versus, 8)
            || before(Cue::Elsewhere, 4)
            || after(Cue::Elsewhere, 4)
            || after(Cue::Aside, 14)
            || before(Cue::Sparing, 5)
            || is_weighed()
            || self.is_normal(side, clause_start..clause_end)
            || is_only_compared()
        {
            SideContext::Comparison
        } else if before(Cue::Radiation, 12) || self.is_radicular(side) {
            SideContext::Radiation
        } else if before(Cue::Overuse, 10) || after(Cue::Overuse, 10) {
            SideContext::Compensatory
        } else if before(Cue::History, 8) || before(Cue::Past, 3) && self.is_behind(side, Cue::Event, 4) {
            SideContext::History
        } else {
            SideContext::Plain
        }
    }

    /// "Normal on the left", "5/5 on the left", "the left hip was normal".
    fn is_normal(&self, side: &Named, clause: Range<usize>) -> bool {
        let Some(beside) = &side.beside else {
            let near = side.first.saturating_sub(10).max(clause.start)..(side.last + 7).min(clause.end);
            let full_strength = side.first.saturating_sub(4).max(clause.start)..side.first;
            return near.into_iter().any(|at| self.is(Cue::Normal, at))
                || full_strength.into_iter().any(|at| self.words.lower(at) == "5/5");
        };
        let verb = self.tail(beside).take(3).find(|&at| {
            matches!(
                self.words.lower(at),
                "is" | "was" | "are" | "were" | "appears" | "appeared" | "remains" | "remained"
            )
        });
        verb.is_some_and(|verb| (verb + 1..(verb + 4).min(clause.end)).any(|at| self.is(Cue::Normal, at)))
    }

    /// "Left leg radicular pain": a limb, and what comes from the spine.
    fn is_radicular(&self, side: &Named) -> bool {
        let is_limb = |beside: &Beside| region::LIMBS.iter().any(|&limb| beside.id.is_part_of(limb));
        side.beside.as_ref().is_some_and(is_limb) && self.is_behind(side, Cue::Radicular, 3)
    }

    /// Whether a phrase of a kind begins within some words behind the side's region.
    fn is_behind(&self, side: &Named, cue: Cue, reach: usize) -> bool {
        side.beside.as_ref().is_some_and(|beside| self.tail(beside).take(reach).any(|at| self.is(cue, at)))
    }

    /// The tokens behind a region.
    fn tail(&self, beside: &Beside) -> Range<usize> {
        self.words.index_at(beside.span.end)..self.words.len()
    }
}

/// "4/5 on the right and 5/5 on the left": both sides in one sentence, and no region beside either.
fn is_beside_other(side: &Named, near: &[Named]) -> bool {
    let is_one = |named: &Named| named.beside.is_none() && named.value != SideValue::Bilateral;
    is_one(side) && near.iter().any(|other| is_one(other) && other.value != side.value)
}
