//! What was understood of a letter, and what could not be read or checked: silence must not look like a clean bill.

use std::fmt;

use super::anchors::Stated;
use super::block::{Place, Role};
use super::facts::{Conclusion, Owner, Polarity, RegionId, SideContext, SideValue, final_conclusion};
use super::outline::{Item, Letter};
use super::profile::{Field, HeaderField, Section};

/// How far a side stands from its part at most, in bytes ("bilateral wrists", "right-sided low back").
const NEXT_TO: usize = 16;

/// Something that could not be read, so that lints which need it are silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// The text is not recognised as a determination letter: it is read as prose.
    Form,
    /// The letter is still being written, or is an excerpt: what is absent is not missed.
    Incomplete,
    /// The header is cut off.
    Header,
    /// A header field has no value that can be read.
    HeaderField(HeaderField),
    /// The clinical case summary.
    Summary,
    /// The disputed items.
    Items,
    /// The patient's sex: pronouns are not checked.
    Sex,
    /// The patient's age.
    Age,
    /// The date of injury.
    InjuryDate,
    /// The date of the utilization review decision.
    ReviewDate,
    /// The request of an item, by its index.
    Request(usize),
    /// The decision of an item, by its index.
    Decision(usize),
    /// The rationale of an item, by its index.
    Rationale(usize),
    /// What an item's rationale concludes, by the item's index.
    Conclusion(usize),
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form => f.write_str("its form is not known, so it is read as plain text"),
            Self::Incomplete => f.write_str("it is unfinished or an excerpt"),
            Self::Header => f.write_str("it has no header"),
            Self::HeaderField(field) => write!(f, "its header has no {}", field.name()),
            Self::Summary => f.write_str("it has no case summary"),
            Self::Items => f.write_str("it has no disputed item"),
            Self::Sex => f.write_str("no sex is stated, so pronouns are not checked"),
            Self::Age => f.write_str("no age is stated"),
            Self::InjuryDate => f.write_str("no date of injury is stated"),
            Self::ReviewDate => f.write_str("no date of the utilization review is stated"),
            Self::Request(item) => write!(f, "item {} has no request", item + 1),
            Self::Decision(item) => write!(f, "item {} has no decision", item + 1),
            Self::Rationale(item) => write!(f, "item {} has no rationale", item + 1),
            Self::Conclusion(item) => write!(f, "what item {} concludes is not understood", item + 1),
        }
    }
}

impl Letter {
    /// What could not be read, in the order of the form.
    #[must_use]
    pub fn unread(&self) -> Vec<Unread> {
        let mut unread = Vec::new();
        let mut note = |missing: bool, what: Unread| {
            if missing {
                unread.push(what);
            }
        };
        let Some(profile) = self.profile else {
            note(true, Unread::Form);
            note(self.sex().is_none(), Unread::Sex);
            return unread;
        };
        let wants = |field: HeaderField| profile.header.iter().any(|mark| mark.field == field);
        let has_section =
            |section: Section| self.blocks.iter().any(|block| block.role == Role::Heading(section));
        let has_summary = self.blocks.iter().any(|block| block.role == Role::Summary);
        note(!self.is_complete(), Unread::Incomplete);
        note(!profile.header.is_empty() && self.header.is_empty(), Unread::Header);
        for value in self.header.iter().filter(|value| value.value.is_none()) {
            note(true, Unread::HeaderField(value.field));
        }
        let forms_summary =
            profile.section.iter().any(|mark| mark.section == Section::Summary && !mark.optional);
        note(forms_summary && !has_summary && !has_section(Section::Summary), Unread::Summary);
        note(self.items.is_empty(), Unread::Items);
        note(self.sex().is_none(), Unread::Sex);
        note(has_summary && self.age().is_none(), Unread::Age);
        let tells_of_injury = profile.is_workers_compensation() && wants(HeaderField::InjuryDate);
        note(tells_of_injury && self.injury_date().is_none(), Unread::InjuryDate);
        note(wants(HeaderField::ReviewDate) && self.review_date().is_none(), Unread::ReviewDate);
        for (index, item) in self.items.iter().enumerate() {
            let has_rationale = self.rationale(item).next().is_some();
            note(item.request.is_empty(), Unread::Request(index));
            note(item.decision.is_none() && !item.is_unfinished, Unread::Decision(index));
            note(!has_rationale, Unread::Rationale(index));
            note(
                has_rationale && self.conclusion(item).is_none() && !item.is_unfinished,
                Unread::Conclusion(index),
            );
        }
        unread
    }

    /// The blocks of an item's rationale.
    pub fn rationale(&self, item: &Item) -> impl Iterator<Item = usize> {
        item.blocks.clone().filter(|&block| self.blocks[block].role == Role::Field(Field::Rationale))
    }

    /// What the letter determines behind an item's rationale, where it is about one service.
    pub fn determined(&self, item: &Item) -> impl Iterator<Item = usize> {
        let is_alone = self.items.len() == 1 && self.profile.is_some_and(|profile| profile.single_issue);
        let last = self.rationale(item).last().filter(|_| is_alone).unwrap_or(self.blocks.len());
        (last..self.blocks.len()).filter(|&block| self.blocks[block].role == Role::Result)
    }

    /// The conclusions that decide an item, with their block: those of the last paragraph of its rationale in which
    /// any is as firm as the firmest, or else of what is determined behind it.
    #[must_use]
    pub fn deciding(&self, item: &Item) -> Vec<(usize, &Conclusion)> {
        let firmest = |blocks: &mut dyn Iterator<Item = usize>| {
            let of =
                |block: usize| (block, final_conclusion(&self.blocks[block].content.facts().conclusions));
            let paragraphs: Vec<(usize, Vec<&Conclusion>)> = blocks.map(of).collect();
            let firmness = |conclusions: &[&Conclusion]| conclusions.last().map(|last| last.firmness());
            let concluding = paragraphs.into_iter().filter(|(_, conclusions)| !conclusions.is_empty());
            // Of several as firm, the last.
            concluding.max_by_key(|(_, conclusions)| firmness(conclusions))
        };
        let found = firmest(&mut self.rationale(item)).or_else(|| firmest(&mut self.determined(item)));
        let Some((block, conclusions)) = found else { return Vec::new() };
        conclusions.into_iter().map(|conclusion| (block, conclusion)).collect()
    }

    /// What an item's rationale concludes. Components that are decided differently make it partial.
    #[must_use]
    pub fn conclusion(&self, item: &Item) -> Option<Stated<Polarity>> {
        let deciding = self.deciding(item);
        let (block, last) = deciding.last()?;
        let agree = deciding.iter().all(|(_, conclusion)| conclusion.polarity == last.polarity);
        let value = if agree { last.polarity } else { Polarity::Partial };
        Some(Stated { place: Place { block: *block, span: last.span.clone() }, value })
    }

    /// The parts of the body of which the summary speaks for the patient, each once with its first place.
    #[must_use]
    pub fn body_parts(&self) -> Vec<Stated<(RegionId, Option<SideValue>)>> {
        let mut body_parts: Vec<Stated<(RegionId, Option<SideValue>)>> = Vec::new();
        let summary = self.blocks.iter().enumerate().filter(|(_, block)| block.role == Role::Summary);
        for (block, content) in summary.map(|(index, block)| (index, &block.content)) {
            for region in &content.facts().regions {
                // The side that stands next to the part: it reads "left knee", or stands within a word of it.
                let side = content
                    .facts()
                    .sides
                    .iter()
                    .filter(|side| side.region == Some(region.id) && side.context == SideContext::Plain)
                    .find(|side| side.span.start.abs_diff(region.span.start) <= NEXT_TO);
                let value = (region.id, side.map(|side| side.value));
                let is_known = body_parts.iter().any(|known| known.value == value);
                if !is_known && content.owner_of(&region.span) == Owner::Patient {
                    body_parts.push(Stated { place: Place { block, span: region.span.clone() }, value });
                }
            }
        }
        body_parts
    }
}
