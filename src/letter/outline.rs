//! The outline: letters, their header, blocks and disputed items.

mod decided;
mod item;
pub(super) mod split;

use std::sync::Arc;

use super::block::{Block, Content, Role};
use super::cut::{RawBlock, cut, cut_prose, whole};
use super::dispute::divide;
use super::expected::Scope;
use super::header::{self, HeaderFault, HeaderValue};
use super::layout::{Layout, Line};
use super::marks::{Mark, MarkKind};
use super::profile::{Field, HeaderField, Profile, Section};
use crate::text::{Logical, LogicalBuilder};

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
    /// Whether the first mark of its form stands: a header label, or the first heading where there is no header. Letters
    /// that are known to be whole, or parts, are taken to have it, or not.
    pub has_first_mark: bool,
    /// Whether the last mark of its form stands: a rationale's label, or the last heading. The same holds for it.
    pub has_last_mark: bool,
}

impl Letter {
    /// Whether the letter is written from end to end, so that what is absent is missing and not still to come.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.has_first_mark && self.has_last_mark
    }

    /// Whether several items rest on sources that are given once for all of them.
    #[must_use]
    pub fn shares_sources(&self) -> bool {
        let with_field = self.items.iter().filter(|item| item.citation.place.is_some()).count();
        self.profile.is_some_and(|profile| !profile.is_workers_compensation_review())
            && self.items.len() > 1
            && with_field == 1
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

    /// What is wrong with the header, with spans of its block.
    #[must_use]
    pub fn header_faults(&self) -> Vec<HeaderFault> {
        let (Some(profile), Some(block)) = (self.profile, self.header_block()) else { return Vec::new() };
        header::faults(self.blocks[block].content.text(), profile, &self.header, self.is_complete())
    }

    /// The sections whose headings stand, in the order of the letter, with the heading's block.
    pub fn sections(&self) -> impl Iterator<Item = (Section, usize)> {
        self.blocks.iter().enumerate().filter_map(|(index, block)| match block.role {
            Role::Heading(section) => Some((section, index)),
            _ => None,
        })
    }
}

/// A letter whose lines are known, before its blocks are read.
#[derive(Debug, Clone)]
pub(super) struct Source<'d> {
    /// Its lines; they begin at bytes of the letter.
    pub lines: Vec<Line<'d>>,
    /// The mark of each line.
    pub marks: Vec<Option<Mark>>,
    pub layout: Layout,
    /// Absent for a text that is no letter.
    pub profile: Option<&'static Profile>,
}

/// Reads a letter; `content` reads a block's text, or knows it from before.
pub(super) fn read_letter(
    source: &Source<'_>,
    scope: Scope,
    mut content: impl FnMut(Logical, Role, usize) -> Arc<Content>,
) -> Letter {
    let Source { lines, marks, layout, profile } = source;
    let raw = match profile {
        Some(profile) => divide(cut(lines, marks, *layout, profile), lines, marks, profile),
        None => cut_prose(lines, *layout),
    };
    let blocks: Vec<Block> = raw.iter().map(|raw| read_block(source, raw, &mut content)).collect();
    let Some(profile) = *profile else { return prose(blocks) };
    let header = blocks
        .iter()
        .find(|block| block.role == Role::Header)
        .map(|block| header::read(block.content.text(), profile))
        .unwrap_or_default();
    Letter {
        profile: Some(profile),
        has_first_mark: begins(scope, marks, &header, profile),
        header,
        items: item::items(&blocks, profile),
        blocks,
        has_last_mark: ends(scope, marks, profile),
    }
}

/// A text as one block of a given role.
pub(super) fn read_block_of_role(text: &str, role: Role) -> Letter {
    let lines = super::layout::text_lines(text);
    let layout = Layout::of(&lines, |_| false);
    let marks = vec![None; lines.len()];
    let raw = (!lines.is_empty()).then(|| whole(role, 0..lines.len()));
    let source = Source { lines, marks, layout, profile: None };
    let mut content = |logical, role, body_start| Arc::new(Content::read(logical, role, body_start));
    prose(raw.iter().map(|raw| read_block(&source, raw, &mut content)).collect())
}

fn prose(blocks: Vec<Block>) -> Letter {
    Letter {
        profile: None,
        blocks,
        header: Vec::new(),
        items: Vec::new(),
        has_first_mark: false,
        has_last_mark: false,
    }
}

/// Whether the letter begins where its form does.
fn begins(scope: Scope, marks: &[Option<Mark>], header: &[HeaderValue], profile: &Profile) -> bool {
    match scope {
        Scope::Auto => has_first_mark(marks, header, profile),
        Scope::Full => true,
        Scope::Excerpt => false,
    }
}

/// Whether the letter ends where its form does.
fn ends(scope: Scope, marks: &[Option<Mark>], profile: &Profile) -> bool {
    match scope {
        Scope::Auto => has_last_mark(marks, profile),
        Scope::Full => true,
        Scope::Excerpt => false,
    }
}

fn has_first_mark(marks: &[Option<Mark>], header: &[HeaderValue], profile: &Profile) -> bool {
    let first_section = profile.section.first().map(|mark| MarkKind::Section(mark.section));
    let mut kinds = marks.iter().flatten().map(|mark| mark.kind).filter(|kind| *kind != MarkKind::Title);
    kinds.next().is_some_and(|kind| {
        matches!(kind, MarkKind::Header(_)) && !header::is_shortened(header, profile)
            || profile.header.is_empty() && Some(kind) == first_section
    })
}

fn has_last_mark(marks: &[Option<Mark>], profile: &Profile) -> bool {
    let last = profile.last_section.map_or(MarkKind::Field(Field::Rationale), MarkKind::Section);
    marks.iter().flatten().any(|mark| mark.kind == last)
}

fn read_block(
    source: &Source<'_>,
    raw: &RawBlock,
    content: &mut impl FnMut(Logical, Role, usize) -> Arc<Content>,
) -> Block {
    let Source { lines, marks, layout, .. } = source;
    let start = lines[raw.lines.start].start + raw.first_column;
    let label = match raw.role {
        Role::Field(_) if raw.first_column == 0 => {
            marks[raw.lines.start].filter(|mark| !matches!(mark.kind, MarkKind::Opening(_)))
        }
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
    Block {
        role: raw.role,
        start,
        item: raw.item,
        content: content(logical, raw.role, body_start + after_label),
    }
}

#[cfg(test)]
mod tests;
