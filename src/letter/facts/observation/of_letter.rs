//! The observations of a letter: those of its summary, and those of an item's rationale.

use super::Observation;
use crate::letter::block::Role;
use crate::letter::facts::region::RegionId;
use crate::letter::outline::{Item, Letter};

impl Letter {
    /// What the summary tells of the patient, each with its block.
    #[must_use]
    pub fn summary_observations(&self) -> Vec<(usize, Observation<'_>)> {
        let summary = self.blocks.iter().enumerate().filter(|(_, block)| block.role == Role::Summary);
        summary
            .flat_map(|(index, block)| block.content.observations(&[]).into_iter().map(move |seen| (index, seen)))
            .collect()
    }

    /// What an item's rationale tells of the patient, each with its block. Where it names no part of the body it speaks of
    /// those that the request names.
    #[must_use]
    pub fn rationale_observations(&self, item: &Item) -> Vec<(usize, Observation<'_>)> {
        let about = self.requested_regions(item);
        self.rationale(item)
            .flat_map(|index| {
                let observations = self.blocks[index].content.observations(&about);
                observations.into_iter().map(move |seen| (index, seen))
            })
            .collect()
    }

    /// The parts of the body that an item's request names.
    #[must_use]
    pub fn requested_regions(&self, item: &Item) -> Vec<RegionId> {
        let Some(heading) = item.heading else { return Vec::new() };
        let regions = self.blocks[heading].content.facts().regions.iter();
        regions
            .filter(|region| item.request.start <= region.span.start && region.span.end <= item.request.end)
            .map(|region| region.id)
            .collect()
    }
}
