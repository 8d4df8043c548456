//! What was read of a letter, and whether the same would be read of the letter after an edit.

use std::sync::Arc;

use super::block::Block;
use super::outline::{Item, Letter};

/// What was read of a letter beside its outline: blocks and items, by their indices.
#[derive(Debug)]
pub struct Reads {
    blocks: Vec<usize>,
    citations: Vec<usize>,
}

impl Letter {
    /// What was read of the letter since this was last asked for.
    #[must_use]
    pub fn take_reads(&self) -> Reads {
        let blocks = self.blocks.iter().enumerate().filter(|(_, block)| block.content.mark().is_set());
        let items = self.items.iter().enumerate().filter(|(_, item)| item.citation.mark().is_set());
        let reads = Reads {
            blocks: blocks.map(|(index, _)| index).collect(),
            citations: items.map(|(index, _)| index).collect(),
        };
        // Blocks of the same text may share their content, and so its mark.
        reads.blocks.iter().for_each(|&block| self.blocks[block].content.mark().clear());
        reads.citations.iter().for_each(|&item| self.items[item].citation.mark().clear());
        reads
    }

    /// What an edit changed that made this letter of another; nothing is known of that where it changed the outline.
    #[must_use]
    pub fn changes_from(&self, before: &Self) -> Option<Changes> {
        let same_content = |(one, two): (&Block, &Block)| Arc::ptr_eq(&one.content, &two.content);
        let same_citation = |(one, two): (&Item, &Item)| one.citation == two.citation;
        self.has_outline_of(before).then(|| Changes {
            blocks: self.blocks.iter().zip(&before.blocks).map(|pair| !same_content(pair)).collect(),
            citations: self.items.iter().zip(&before.items).map(|pair| !same_citation(pair)).collect(),
        })
    }

    /// Whether it has the same blocks and items as another, whatever the blocks say and the items cite.
    fn has_outline_of(&self, other: &Self) -> bool {
        let name = |letter: &Self| letter.profile.map(|profile| &*profile.name);
        let same_block = |(one, two): (&Block, &Block)| {
            one.role == two.role && one.item == two.item && one.content.body_start == two.content.body_start
        };
        name(self) == name(other)
            && self.header == other.header
            && self.has_first_mark == other.has_first_mark
            && self.has_last_mark == other.has_last_mark
            && self.blocks.len() == other.blocks.len()
            && self.blocks.iter().zip(&other.blocks).all(same_block)
            && self.items.len() == other.items.len()
            && self.items.iter().zip(&other.items).all(|(one, two)| is_same_item(one, two))
    }
}

/// What an edit changed in a letter: its blocks and what its items cite, by their indices.
#[derive(Debug)]
pub struct Changes {
    blocks: Vec<bool>,
    citations: Vec<bool>,
}

impl Changes {
    /// Whether something is changed that was read.
    #[must_use]
    pub fn touch(&self, reads: &Reads) -> bool {
        reads.blocks.iter().any(|&block| self.blocks[block])
            || reads.citations.iter().any(|&item| self.citations[item])
    }
}

/// Whether two items are the same but for what they cite.
fn is_same_item(one: &Item, two: &Item) -> bool {
    let Item { blocks, heading, number, request, disputed, decision, main_item, .. } = one;
    *blocks == two.blocks
        && *heading == two.heading
        && *number == two.number
        && *request == two.request
        && *disputed == two.disputed
        && *decision == two.decision
        && *main_item == two.main_item
        && one.is_drafted == two.is_drafted
        && one.is_unfinished == two.is_unfinished
}
