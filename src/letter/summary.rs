//! The case summary as a whole.

use super::block::Role;
use super::facts::Element;
use super::facts::date::{self, DateValue};
use super::outline::Letter;
use super::profile::{HeaderField, Section};

/// A summary of so many sentences at most can leave the case to another paper.
const SHORT: usize = 3;

impl Letter {
    /// The blocks of the case summary.
    pub fn summary(&self) -> impl Iterator<Item = usize> {
        (0..self.blocks.len()).filter(|&block| self.blocks[block].role == Role::Summary)
    }

    /// What the case summary does not tell, if the letter is past it. What the header says of the patient's sex and age is told;
    /// a form without a date of injury asks neither for that nor for how it happened.
    #[must_use]
    pub fn summary_gaps(&self) -> Vec<Element> {
        let Some(profile) = self.profile else { return Vec::new() };
        let blocks: Vec<usize> = self.summary().collect();
        let Some(&last) = blocks.last() else { return Vec::new() };
        // Where no form prescribes a summary, the case may be told in another part.
        let is_prescribed =
            profile.section.iter().any(|mark| mark.section == Section::Summary && !mark.optional);
        let has_heading = self.sections().any(|(section, _)| section == Section::Summary);
        let is_past = self.blocks[last + 1..].iter().any(|block| {
            matches!(block.role, Role::Heading(_) | Role::ItemHeading | Role::Field(_) | Role::Result)
        });
        let contents = || blocks.iter().map(|&block| &self.blocks[block].content);
        let sentences: usize = contents().map(|content| content.sentences.len()).sum();
        let is_elsewhere = sentences <= SHORT && contents().any(|content| content.is_told_elsewhere());
        if !is_prescribed || !has_heading || !is_past || is_elsewhere {
            return Vec::new();
        }
        let of_injuries = profile.header.iter().any(|mark| mark.field == HeaderField::InjuryDate);
        let tells = |element: Element| {
            let in_summary = contents().any(|content| content.tells(element));
            in_summary
                || match element {
                    Element::Age => self.header_tells_age(),
                    Element::Sex => self.header_value(HeaderField::Sex).is_some(),
                    Element::InjuryDate => !of_injuries || self.summary_names_injury_date(&blocks),
                    Element::Mechanism => !of_injuries,
                    _ => false,
                }
        };
        Element::ALL.into_iter().filter(|element| !tells(*element)).collect()
    }

    fn header_tells_age(&self) -> bool {
        self.header_block().is_some_and(|block| self.blocks[block].content.tells(Element::Age))
    }

    /// Whether the summary has the header's date of injury, whatever it says of it.
    fn summary_names_injury_date(&self, blocks: &[usize]) -> bool {
        let Some(injury) = self.header_value(HeaderField::InjuryDate).and_then(date::parse) else {
            return false;
        };
        let covers =
            |value: DateValue| value.earliest() <= injury.earliest() && injury.latest() <= value.latest();
        blocks
            .iter()
            .flat_map(|&block| &self.blocks[block].content.facts().dates)
            .any(|date| covers(date.date.value))
    }
}
