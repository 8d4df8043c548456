//! The outline: letters, their header, blocks and disputed items.

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use regex::Regex;

use super::block::{Block, Content, Role};
use super::cut::{RawBlock, cut, cut_prose};
use super::decision::{self, Decision};
use super::facts::citation::{self, ItemCitation};
use super::header::{self, HeaderValue};
use super::layout::{Layout, Line, text_lines};
use super::marks::{Mark, MarkKind};
use super::profile::{Field, HeaderField, Profile, Section};
use super::recognise::best_profile;
use crate::text::{Document, LogicalBuilder, Span};

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
}

/// A disputed item: what is requested, what is decided, and why.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its blocks, as indices among the letter's.
    pub blocks: Range<usize>,
    /// The block of its heading.
    pub heading: Option<usize>,
    /// The request, as a logical span of the heading.
    pub request: Span,
    /// The decision with its logical span in the heading.
    pub decision: Option<(Decision, Span)>,
    /// What it cites.
    pub citation: ItemCitation,
    /// For a service that goes with another item (an assistant surgeon, a cold therapy unit): that item's index.
    pub main_item: Option<usize>,
    /// Whether the reviewer is past it: another item follows, or its rationale is begun.
    pub is_drafted: bool,
}

impl Letter {
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
}

/// Reads a document. Text that is no letter becomes one "letter" of prose; an empty document has none.
#[must_use]
pub fn parse(document: &Document) -> Vec<Letter> {
    let lines = text_lines(document);
    if lines.is_empty() {
        return Vec::new();
    }
    let Some((profile, marks)) = best_profile(&lines) else {
        let layout = Layout::of(&lines, |_| false);
        let raw = cut_prose(&lines, layout);
        return vec![Letter {
            profile: None,
            blocks: read_blocks(&lines, &raw, &[]),
            header: Vec::new(),
            items: Vec::new(),
        }];
    };
    let layout = Layout::of(&lines, |line| marks[line].is_some());
    letter_ranges(&marks, lines.len())
        .into_iter()
        .map(|range| {
            let raw = cut(&lines, &marks, layout, profile, range);
            let blocks = read_blocks(&lines, &raw, &marks);
            let header = blocks
                .iter()
                .find(|block| block.role == Role::Header)
                .map(|block| header::read(block.content.text(), profile))
                .unwrap_or_default();
            let items = items(&blocks, profile);
            Letter { profile: Some(profile), blocks, header, items }
        })
        .collect()
}

/// A text as one block of a given role: an example of a lint that looks at blocks.
#[must_use]
pub fn single_block(document: &Document, role: Role) -> Letter {
    let lines = text_lines(document);
    let raw = RawBlock { role, lines: 0..lines.len(), first_column: 0, end_column: None, opens_item: false };
    let blocks = if lines.is_empty() { Vec::new() } else { read_blocks(&lines, &[raw], &[]) };
    Letter { profile: None, blocks, header: Vec::new(), items: Vec::new() }
}

/// A document may hold several letters: a new one begins where a section's heading recurs that precedes those
/// already seen, with the header that stands before it.
fn letter_ranges(marks: &[Option<Mark>], end: usize) -> Vec<Range<usize>> {
    let mut starts = vec![0];
    let mut furthest = Section::Opening;
    let mut header_start = None;
    for (line, mark) in marks.iter().enumerate() {
        match mark.map(|mark| mark.kind) {
            Some(MarkKind::Header(HeaderField::CaseNumber)) if furthest > Section::Method => {
                header_start = Some(line);
            }
            Some(MarkKind::Section(section)) => {
                if section <= furthest {
                    starts.push(header_start.unwrap_or(line));
                }
                furthest = section;
                header_start = None;
            }
            _ => {}
        }
    }
    let ends = starts.iter().skip(1).copied().chain([end]).collect::<Vec<_>>();
    starts.into_iter().zip(ends).map(|(start, end)| start..end).collect()
}

fn read_blocks(lines: &[Line<'_>], raw: &[RawBlock], marks: &[Option<Mark>]) -> Vec<Block> {
    let mut item = None;
    raw.iter()
        .map(|raw| {
            if raw.opens_item {
                item = Some(item.map_or(0, |item| item + 1));
            } else if matches!(raw.role, Role::Heading(_)) {
                item = None;
            }
            read_block(lines, raw, item, marks)
        })
        .collect()
}

fn read_block(lines: &[Line<'_>], raw: &RawBlock, item: Option<usize>, marks: &[Option<Mark>]) -> Block {
    let start = lines[raw.lines.start].start + raw.first_column;
    let mut builder = LogicalBuilder::default();
    let mut body_start = 0;
    let mut length = 0;
    for index in raw.lines.clone() {
        let line = &lines[index];
        let first = if index == raw.lines.start { raw.first_column } else { 0 };
        let last = raw.end_column.filter(|_| index + 1 == raw.lines.end).unwrap_or(line.text.len());
        builder.push_line(&line.text[first..last], line.start + first - start, line.trailing_blanks);
        if let (Role::Field(_), Some(Some(mark))) = (raw.role, marks.get(raw.lines.start))
            && mark.end_line == index
        {
            body_start = length + mark.end_column;
        }
        length += last - first + 1;
    }
    let logical = builder.finish();
    let after_label = logical.text()[body_start..].len() - logical.text()[body_start..].trim_start().len();
    let content = Content::read(logical, raw.role, body_start + after_label);
    Block { role: raw.role, start, item, content: Arc::new(content) }
}

fn items(blocks: &[Block], profile: &Profile) -> Vec<Item> {
    let count = blocks.iter().filter_map(|block| block.item).max().map_or(0, |last| last + 1);
    let mut items: Vec<Item> = Vec::with_capacity(count);
    for index in 0..count {
        let first = blocks.iter().position(|block| block.item == Some(index)).unwrap_or(0);
        let last = blocks.iter().rposition(|block| block.item == Some(index)).unwrap_or(first);
        let range = first..last + 1;
        let heading = (blocks[first].role == Role::ItemHeading).then_some(first);
        let text = heading.map_or("", |block| blocks[block].content.text());
        let decision = decision::at_end(text, &profile.decisions, true);
        let request = request(text, decision.as_ref().map_or(text.len(), |(_, span)| span.start));
        let main_item = rests_on_other(blocks, &range, text)
            .then(|| items.iter().rposition(|item| item.main_item.is_none()))
            .flatten();
        items.push(Item {
            is_drafted: index + 1 < count || has_rationale(blocks, &range),
            citation: citation::of_item(blocks, &range),
            blocks: range,
            heading,
            request,
            decision,
            main_item,
        });
    }
    items
}

/// The request without the item's number before it and the colon after it.
fn request(heading: &str, end: usize) -> Span {
    static NUMBER: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?-u)^\d{1,2}[.)]\s+").expect("a constant pattern"));
    let start = NUMBER.find(heading).map_or(0, |number| number.end());
    let request = heading[..end].trim_end();
    let request = request.strip_suffix("Decision:").unwrap_or(request);
    let request = request.strip_suffix("is:").or_else(|| request.strip_suffix(" is")).unwrap_or(request);
    let request = request
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '\u{2013}' | '\u{2014}'));
    start..request.len().max(start)
}

fn has_rationale(blocks: &[Block], item: &Range<usize>) -> bool {
    blocks[item.clone()].iter().any(|block| {
        block.role == Role::Field(Field::Rationale) && block.content.text().len() > block.content.body_start
    })
}

/// Whether an item is a service that goes with another one and is decided with it.
fn rests_on_other(blocks: &[Block], item: &Range<usize>, heading: &str) -> bool {
    static RESTS: LazyLock<Regex> = LazyLock::new(|| {
        let service = r"(?:procedure|surgery|surgical\s+procedure|operation|service|request|item|injection|intervention|\w+(?:ectomy|otomy|plasty|oscopy|desis)|fusion|repair|decompression|replacement|release|block)s?";
        let patterns = [
            format!(r"(?:since|as|because|given\s+that|given\s+the\s+fact\s+that|inasmuch\s+as|when|with)\s+(?:\w+[\s-]+){{0,8}}{service}\s+(?:\w+\s+){{0,4}}(?:is|are|was|were|has|have|being)\b"),
            r"\b(?:none|all|any)\s+of\s+the\s+associated\b".to_owned(),
            r"\b(?:primary|main|index|associated|underlying|principal)\s+(?:\w+\s+)?(?:procedure|surgery|request|operation|service|item)".to_owned(),
            format!(r"\b(?:{service})\s+(?:itself\s+)?(?:is|was|has\s+been|having\s+been|being)\s+(?:not\s+|also\s+)?(?:found\s+|deemed\s+|determined\s+to\s+be\s+)?(?:not\s+)?(?:medically\s+)?(?:necessary|approved|authorized|certified|overturned|upheld|supported),"),
        ];
        Regex::new(&format!("(?i-u){}", patterns.join("|"))).expect("a constant pattern")
    });
    if heading
        .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' '))
        .starts_with("Associated")
    {
        return true;
    }
    let cites_nothing = blocks[item.clone()].iter().any(|block| {
        block.role == Role::Field(Field::ReviewerGuideline) && {
            let text = block.content.text().replace('\n', " ");
            text.contains("did not cite any") || text.len() <= block.content.body_start
        }
    });
    cites_nothing
        && blocks[item.clone()]
            .iter()
            .any(|block| block.role == Role::Field(Field::Rationale) && RESTS.is_match(block.content.text()))
}

#[cfg(test)]
mod tests;
