//! The outline: letters, their header, blocks and disputed items.

mod item;
mod split;

use std::sync::Arc;

use super::block::{Block, Content, Role};
use super::cut::{RawBlock, cut, cut_prose, whole};
use super::header::{self, HeaderValue};
use super::layout::{Layout, Line};
use super::marks::{Mark, MarkKind};
use super::profile::{Field, HeaderField, Profile, Section};
use super::recognise::{Reading, read};
use crate::text::{Document, LogicalBuilder, Span};

pub use item::{Item, ItemNumber};

/// One determination letter, or a text that is none.
#[derive(Debug, Clone)]
pub struct Letter {
    /// What kind of letter it is; absent for other text, which is prose throughout.
    pub profile: Option<&'static Profile>,
    /// Its blocks in the order of the document.
    pub blocks: Vec<Block>,
    /// The header's fields, in logical spans of the header block.
    pub header: Vec<HeaderValue>,
    /// The disputed items.
    pub items: Vec<Item>,
    /// Page numbers, running heads and footers, as spans of the document. They belong to no block; where they stand
    /// inside one, its logical text has a wrap for them.
    pub furniture: Vec<Span>,
    /// Whether the first mark of its form stands: a header label, or the first heading where there is no header.
    pub has_first_mark: bool,
    /// Whether the last mark of its form stands: a rationale's label, or the last heading.
    pub has_last_mark: bool,
}

impl Letter {
    /// Whether the letter is written from end to end, so that what is absent is missing and not still to come.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.has_first_mark && self.has_last_mark
    }

    /// The block that holds the header.
    #[must_use]
    pub fn header_block(&self) -> Option<usize> {
        self.blocks.iter().position(|block| block.role == Role::Header)
    }

    /// The text of a header field's value.
    #[must_use]
    pub fn header_value(&self, field: HeaderField) -> Option<&str> {
        let header = &self.blocks[self.header_block()?].content;
        let value = self.header.iter().find(|value| value.field == field)?;
        Some(&header.text()[value.value.clone()?])
    }

    /// The sections whose headings stand, in the order of the letter, with the heading's block.
    pub fn sections(&self) -> impl Iterator<Item = (Section, usize)> {
        self.blocks.iter().enumerate().filter_map(|(index, block)| match block.role {
            Role::Heading(section) => Some((section, index)),
            _ => None,
        })
    }
}

/// Reads a document. Text that is no letter becomes one "letter" of prose; an empty document has none.
#[must_use]
pub fn parse(document: &Document) -> Vec<Letter> {
    let Reading { lines, furniture, recognised } = read(document);
    let Some((profile, marks)) = recognised else {
        let layout = Layout::of(&lines, |_| false);
        let blocks = read_blocks(&lines, &cut_prose(&lines, layout), layout, &[]);
        let nothing = blocks.is_empty() && furniture.is_empty();
        let letter = Letter { furniture, ..prose(blocks) };
        return if nothing { Vec::new() } else { vec![letter] };
    };
    let layout = Layout::of(&lines, |line| marks[line].is_some());
    let ranges = split::letter_ranges(&lines, &marks, profile);
    let mut furniture = furniture.into_iter().peekable();
    let mut letters = Vec::with_capacity(ranges.len());
    for range in ranges {
        let end = lines.get(range.end).map_or(document.len(), |line| line.start);
        let raw = cut(&lines, &marks, layout, profile, range.clone());
        let blocks = read_blocks(&lines, &raw, layout, &marks);
        let header = blocks
            .iter()
            .find(|block| block.role == Role::Header)
            .map(|block| header::read(block.content.text(), profile))
            .unwrap_or_default();
        let marks = &marks[range];
        letters.push(Letter {
            profile: Some(profile),
            header,
            items: item::items(&blocks, profile),
            blocks,
            furniture: std::iter::from_fn(|| furniture.next_if(|span| span.start < end)).collect(),
            has_first_mark: has_first_mark(marks, profile),
            has_last_mark: has_last_mark(marks, profile),
        });
    }
    letters
}

/// A text as one block of a given role: an example of a lint that looks at blocks.
#[must_use]
pub fn single_block(document: &Document, role: Role) -> Letter {
    let lines = super::layout::text_lines(document);
    let layout = Layout::of(&lines, |_| false);
    let raw = (!lines.is_empty()).then(|| whole(role, 0..lines.len()));
    prose(read_blocks(&lines, raw.as_slice(), layout, &[]))
}

fn prose(blocks: Vec<Block>) -> Letter {
    Letter {
        profile: None,
        blocks,
        header: Vec::new(),
        items: Vec::new(),
        furniture: Vec::new(),
        has_first_mark: false,
        has_last_mark: false,
    }
}

fn has_first_mark(marks: &[Option<Mark>], profile: &Profile) -> bool {
    let first_section = profile.section.first().map(|mark| MarkKind::Section(mark.section));
    let mut kinds = marks.iter().flatten().map(|mark| mark.kind).filter(|kind| *kind != MarkKind::Title);
    kinds.next().is_some_and(|kind| {
        matches!(kind, MarkKind::Header(_)) || profile.header.is_empty() && Some(kind) == first_section
    })
}

fn has_last_mark(marks: &[Option<Mark>], profile: &Profile) -> bool {
    let last = profile.last_section.map_or(MarkKind::Field(Field::Rationale), MarkKind::Section);
    marks.iter().flatten().any(|mark| mark.kind == last)
}

fn read_blocks(lines: &[Line<'_>], raw: &[RawBlock], layout: Layout, marks: &[Option<Mark>]) -> Vec<Block> {
    raw.iter().map(|raw| read_block(lines, raw, layout, marks)).collect()
}

fn read_block(lines: &[Line<'_>], raw: &RawBlock, layout: Layout, marks: &[Option<Mark>]) -> Block {
    let start = lines[raw.lines.start].start + raw.first_column;
    let label = match raw.role {
        Role::Field(_) => marks.get(raw.lines.start).copied().flatten(),
        _ => None,
    };
    let mut builder = LogicalBuilder::with_margin(layout.margin);
    let mut body_start = 0;
    for index in raw.lines.clone() {
        let line = &lines[index];
        let first = if index == raw.lines.start { raw.first_column } else { 0 };
        let last = raw.end_column.filter(|_| index + 1 == raw.lines.end).unwrap_or(line.text.len());
        builder.push_line(&line.text[first..last], line.start + first - start, line.trailing_blanks);
        if let Some(label) = label.filter(|label| label.end_line == index) {
            body_start = builder.text_len() - (last - label.end_column);
        }
    }
    let logical = builder.finish();
    let after_label = logical.text()[body_start..].len() - logical.text()[body_start..].trim_start().len();
    let content = Content::read(logical, raw.role, body_start + after_label);
    Block { role: raw.role, start, item: raw.item, content: Arc::new(content) }
}

#[cfg(test)]
mod tests;
