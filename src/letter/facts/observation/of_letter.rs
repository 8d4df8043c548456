//! The observations of a letter: those of its summary, and those of an item's rationale.

use super::Observation;
use crate::letter::block::Role;
use crate::letter::facts::finding::{FindingKind, Polarity};
use crate::letter::facts::level::Level;
use crate::letter::facts::region::{self, RegionId};
use crate::letter::facts::side::SideValue;
use crate::letter::outline::{Item, Letter};
use crate::text::Span;

impl Letter {
    /// What the summary tells of the patient, each with its block.
    #[must_use]
    pub fn summary_observations(&self) -> Vec<(usize, Observation<'_>)> {
        let summary = self.blocks.iter().enumerate().filter(|(_, block)| block.role == Role::Summary);
        let observations = summary.flat_map(|(index, block)| {
            // The summary tells of one visit after the other: what follows a day is of that day.
            let observations = block.content.observations(&[]).into_iter();
            observations.map(move |seen| (index, Observation { is_dated: seen.date.is_some(), ..seen }))
        });
        self.on_affected_side(observations.collect())
    }

    /// What an item's rationale tells of the patient, each with its block. Where it names no part of the body it speaks of
    /// those that the request names, else of the only one of which the patient complains.
    #[must_use]
    pub fn rationale_observations(&self, item: &Item) -> Vec<(usize, Observation<'_>)> {
        let mut about = self.requested_regions(item);
        if about.is_empty() {
            about = self.only_complaint();
        }
        let side = self.requested_side(item).filter(|side| *side != SideValue::Bilateral);
        let summary = side.map(|_| self.summary_observations()).unwrap_or_default();
        // Where the summary tells a finding of the other side too, one without a side is told of the one in dispute.
        let is_of_sides = |id| {
            summary.iter().any(|(_, seen)| seen.fact.id == id && seen.side.is_some() && seen.side != side)
        };
        let mut observations = Vec::new();
        for index in self.rationale(item) {
            for seen in self.blocks[index].content.observations(&about) {
                let is_disputed = is_of_sides(seen.fact.id) || is_open(&seen) && is_test_of(&seen, &about);
                let side = seen.side.or(side.filter(|_| is_disputed));
                observations.push((index, Observation { side, ..seen }));
            }
        }
        self.on_affected_side(observations)
    }

    /// The side that an item's request names, if that is one.
    fn requested_side(&self, item: &Item) -> Option<SideValue> {
        let facts = self.blocks[item.heading?].content.facts();
        let is_inside = |span: &Span| item.request.start <= span.start && span.end <= item.request.end;
        let mut sides = facts.sides.iter().filter(|side| is_inside(&side.span)).map(|side| side.value);
        let first = sides.next()?;
        sides.all(|side| side == first).then_some(first)
    }

    /// A test that is positive where no side is told was done on the side of which the patient complains, if that is one.
    fn on_affected_side<'l>(
        &'l self,
        mut observations: Vec<(usize, Observation<'l>)>,
    ) -> Vec<(usize, Observation<'l>)> {
        if observations.iter().any(|(_, seen)| is_open(seen)) {
            let complaints: Vec<(RegionId, Option<SideValue>)> =
                self.body_parts().into_iter().map(|told| told.value).collect();
            for (_, seen) in observations.iter_mut().filter(|(_, seen)| is_open(seen)) {
                let places = places(seen);
                let is_there = |region: RegionId| places.iter().any(|&part| region::related(region, part));
                let mut sides =
                    complaints.iter().filter(|(region, _)| is_there(*region)).filter_map(|(_, side)| *side);
                let first = sides.next();
                seen.side = first.filter(|first| sides.all(|side| side == *first));
            }
        }
        observations
    }

    /// The parts of the body of which the patient complains, if they belong together.
    pub(crate) fn only_complaint(&self) -> Vec<RegionId> {
        let complaints: Vec<RegionId> = self.body_parts().iter().map(|told| told.value.0).collect();
        let related =
            complaints.iter().all(|&one| complaints.iter().all(|&other| region::are_of_one_half(one, other)));
        if related { complaints } else { Vec::new() }
    }

    /// The parts of the body that an item's request names, and those of the spinal levels that it names.
    #[must_use]
    pub fn requested_regions(&self, item: &Item) -> Vec<RegionId> {
        let Some(heading) = item.heading else { return Vec::new() };
        let facts = self.blocks[heading].content.facts();
        let is_inside = |span: &Span| item.request.start <= span.start && span.end <= item.request.end;
        let regions = facts.regions.iter().filter(|region| is_inside(&region.span)).map(|region| region.id);
        let levels = facts.levels.iter().filter(|level| is_inside(&level.span)).map(lumbosacral);
        regions.chain(levels).collect()
    }
}

/// The region of a level; what leaves the sacrum are the nerves of the low back.
fn lumbosacral(level: &Level) -> RegionId {
    let region = level.region();
    if region.name() == "sacrum" { RegionId::parse("lumbar spine").unwrap_or(region) } else { region }
}

/// Whether it is a test that is positive on a side that is not told.
fn is_open(seen: &Observation<'_>) -> bool {
    seen.side.is_none() && seen.fact.kind == FindingKind::Test && seen.fact.polarity == Polarity::Present
}

/// Whether a test is one of some parts of the body.
fn is_test_of(seen: &Observation<'_>, parts: &[RegionId]) -> bool {
    places(seen).iter().any(|&own| parts.iter().any(|&part| region::related(part, own)))
}

/// The part of the body to which a test belongs, else those of which it is told.
fn places(seen: &Observation<'_>) -> Vec<RegionId> {
    let own = seen.fact.id.part().and_then(RegionId::parse);
    own.map_or_else(|| seen.regions.iter().map(|part| part.id).collect(), |part| vec![part])
}
