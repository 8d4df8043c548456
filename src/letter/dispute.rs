//! One dispute about several services: which words ask for each of them, and where its reasons begin.
//!
//! The forms outside of California's workers' compensation have one place for the request, one for the decision and one
//! for the reasons. Where these hold several services, they are divided into items: by their labels ("2.", "Service B:"),
//! or by the words with which both the request and its reasons begin.

mod passage;

use std::ops::Range;

use passage::{Lines, Position};

use super::block::Role;
use super::cut::RawBlock;
use super::decision;
use super::item_heading::MAX_HEADING_LINES;
use super::label::Label;
use super::layout::Line;
use super::marks::Mark;
use super::profile::{Field, Profile, Section};

/// Blocks of a service before its reasons, at most: its heading, its decision and what it cites.
const FIELDS: usize = 5;
/// Words of a request that tell it from another where no label does.
const TELLING_WORDS: usize = 3;

/// Divides the blocks of a letter about one dispute into the items of its services, if it tells of several.
pub(super) fn divide(
    mut blocks: Vec<RawBlock>,
    lines: &[Line<'_>],
    marks: &[Option<Mark>],
    profile: &Profile,
) -> Vec<RawBlock> {
    let has_one_item = blocks.iter().all(|block| block.item.is_none_or(|item| item == 0));
    if profile.is_workers_compensation_review() || !has_one_item {
        return blocks;
    }
    let dispute = Dispute { text: Lines { lines }, marks, profile };
    if dispute.repeats_fields(&mut blocks) {
        return blocks;
    }
    let requests = dispute.requests(&blocks);
    let reasons = dispute.reasons(&blocks, &requests);
    if reasons.len() < 2 { blocks } else { dispute.divided(blocks, &requests, &reasons) }
}

/// A service of which a list asks or decides.
#[derive(Debug)]
struct Request {
    /// Index of the block in which it stands.
    block: usize,
    start: Position,
    end: Position,
    /// The value of its label.
    label: Option<usize>,
    /// The words behind that.
    words: Vec<String>,
}

/// Where the reasons for one service begin.
#[derive(Debug)]
struct Reasons {
    /// Index of the block that they begin.
    block: usize,
    start: Position,
    /// Where their title ends, if they have one and it is not the rest of a sentence.
    title_end: Option<Position>,
    /// Index of the request that they are for.
    request: Option<usize>,
}

struct Dispute<'a> {
    text: Lines<'a>,
    marks: &'a [Option<Mark>],
    profile: &'a Profile,
}

impl Dispute<'_> {
    /// Divides a letter that repeats its fields for each service; `false` where it has them once. A service begins with
    /// the field that asks for it, or with the heading before its reasons.
    fn repeats_fields(&self, blocks: &mut [RawBlock]) -> bool {
        let labelled = |field: Field| -> Vec<usize> {
            let has_label =
                |block: &RawBlock| block.first_column == 0 && self.marks[block.lines.start].is_some();
            let is_of = |block: &RawBlock| block.role == Role::Field(field) && has_label(block);
            (0..blocks.len()).filter(|&block| is_of(&blocks[block])).collect()
        };
        let requests = labelled(Field::Request);
        let reasons = labelled(Field::Rationale);
        let headings: Option<Vec<usize>> = reasons
            .iter()
            .enumerate()
            .map(|(nth, &reason)| {
                let after = nth.checked_sub(1).map_or(0, |before| reasons[before] + 1);
                self.heading_before(&blocks[after..reason]).map(|heading| after + heading)
            })
            .collect();
        let starts: Vec<usize> = if requests.len() > 1 {
            requests
        } else if let Some(headings) = headings.filter(|_| reasons.len() > 1) {
            headings
        } else {
            return false;
        };
        for (index, block) in blocks.iter_mut().enumerate() {
            let begun = starts.iter().rposition(|&start| start <= index);
            if starts.contains(&index) && block.role != Role::Field(Field::Request) {
                block.role = Role::ItemHeading;
            }
            let belongs = matches!(block.role, Role::Field(_) | Role::Result | Role::ItemHeading);
            block.item = begun.filter(|_| belongs);
        }
        true
    }

    /// The last heading of a service among the blocks before its reasons, with at most its other fields between them: a
    /// labelled one before one that only decides.
    fn heading_before(&self, blocks: &[RawBlock]) -> Option<usize> {
        let near = blocks.len().saturating_sub(FIELDS)..blocks.len();
        let headings = near.rev().filter(|&block| self.is_heading_of_service(&blocks[block]));
        let mut headings = headings.peekable();
        let nearest = headings.peek().copied()?;
        let labelled =
            |&block: &usize| Label::at_start(self.text.lines[blocks[block].lines.start].text).is_some();
        Some(headings.find(labelled).unwrap_or(nearest))
    }

    /// Whether a block is a line that ends in a decision and is no sentence: "A. Inpatient stay, 3 days: Certified".
    fn is_decided_line(&self, block: &RawBlock) -> bool {
        let text = self.text.lines[block.lines.start].text;
        let is_line = block.lines.len() == 1 && !self.text.lines[block.lines.start].ends_sentence();
        is_line && decision::at_end(text, &self.profile.decisions, false).is_some()
    }

    /// Whether a block is the heading of a service: it has a label, or a decision.
    fn is_heading_of_service(&self, block: &RawBlock) -> bool {
        let text: Vec<&str> = self.text.lines[block.lines.clone()].iter().map(|line| line.text).collect();
        let text = text.join("\n");
        let is_decided = decision::at_end(&text, &self.profile.decisions, false).is_some();
        let is_text = !matches!(block.role, Role::Heading(_) | Role::Header | Role::Boilerplate);
        is_text && block.lines.len() <= MAX_HEADING_LINES && (is_decided || Label::at_start(&text).is_some())
    }

    /// The services that the section of the request lists, or else the lines that decide one each.
    fn requests(&self, blocks: &[RawBlock]) -> Vec<Request> {
        let after = blocks.iter().position(|block| block.role == Role::Heading(Section::Issues));
        let listing = after.map_or(0..0, |heading| {
            let is_list = |block: &&RawBlock| matches!(block.role, Role::ItemHeading | Role::Prose);
            heading + 1..heading + 1 + blocks[heading + 1..].iter().take_while(is_list).count()
        });
        let listed = self.labelled(blocks, listing);
        let results = (0..blocks.len()).filter(|&block| blocks[block].role == Role::Result);
        let decided: Vec<Request> = results.flat_map(|block| self.decided(blocks, block)).collect();
        if listed.len() > 1 { listed } else { decided }
    }

    /// A list's elements, each from its label to the next one.
    fn labelled(&self, blocks: &[RawBlock], within: Range<usize>) -> Vec<Request> {
        let mut requests: Vec<Request> = Vec::new();
        for block in within {
            let end = self.text.end(&blocks[block]);
            for start in self.labels(&blocks[block]) {
                let label = Label::at_start(self.text.rest(start)).map(|label| label.value);
                if label != Some(requests.len() + 1) {
                    continue;
                }
                if let Some(last) = requests.last_mut().filter(|last| last.block == block) {
                    last.end = start;
                }
                requests.push(Request { block, start, end, label, words: Vec::new() });
            }
        }
        for request in &mut requests {
            request.words = self.text.words(request.start, request.end);
        }
        requests
    }

    /// Where labels may stand in a block: at the start of a line, or a bare one within it.
    fn labels(&self, block: &RawBlock) -> Vec<Position> {
        let mut positions = Vec::new();
        for line in block.lines.clone() {
            let text = self.text.lines[line].text;
            let first = if line == block.lines.start { block.first_column } else { 0 };
            let words = text.match_indices(' ').map(|(at, _)| at + 1).filter(|&at| at > first);
            let is_label = |column: &usize| {
                let label = Label::at_start(&text[*column..]);
                label.is_some_and(|label| *column == first || !label.is_named)
            };
            let columns = std::iter::once(first).chain(words).filter(is_label);
            positions.extend(columns.map(|column| Position { line, column }));
        }
        positions
    }

    /// The lines of a block that each decide a service ("Sleep test at home: Overturned"), if all do.
    fn decided(&self, blocks: &[RawBlock], block: usize) -> Vec<Request> {
        let lines = blocks[block].lines.clone();
        let requests = lines.map(|line| {
            let text = self.text.lines[line].text;
            let decided = decision::all(text, &self.profile.decisions);
            let [(_, decision)] = decided.as_slice() else { return None };
            let request = decision::request_before(&text[..decision.start])?;
            let start = Position { line, column: 0 };
            let label = Label::at_start(request).map(|label| label.value);
            let words = self.text.words(start, Position { line, column: request.len() });
            let end = Position { line, column: text.len() };
            (!words.is_empty()).then_some(Request { block, start, end, label, words })
        });
        requests.collect::<Option<_>>().unwrap_or_default()
    }

    /// Where the reasons for each service begin; fewer than two where they cannot be told apart.
    fn reasons(&self, blocks: &[RawBlock], requests: &[Request]) -> Vec<Reasons> {
        let begun = blocks.iter().position(|block| block.role == Role::Field(Field::Rationale));
        let fields = (begun.unwrap_or(blocks.len())..blocks.len())
            .filter(|&block| matches!(blocks[block].role, Role::Field(_)));
        let beginnings = fields.flat_map(|block| {
            self.beginnings(&blocks[block], requests).into_iter().map(move |start| (block, start))
        });
        let mut found: Vec<Reasons> = Vec::new();
        let mut bare = false;
        for (block, start) in beginnings {
            let label = Label::at_start(self.text.rest(start));
            let request = match label {
                Some(label) => requests.iter().position(|request| request.label == Some(label.value)),
                None => self.named(start, &blocks[block], requests),
            };
            let is_next = match label {
                // More than are asked for are sources, or the points of an argument.
                Some(label) => {
                    label.value == found.len() + 1 && (requests.len() < 2 || label.value <= requests.len())
                }
                None => request.is_some() && found.iter().all(|reasons| reasons.request != request),
            };
            if !is_next {
                continue;
            }
            bare |= label.is_some_and(|label| !label.is_named);
            // What asks for a service tells it; a line of its own that names it again is no sentence.
            let title_end = label.and_then(|label| {
                let begin = Position { column: start.column + label.len, ..start };
                let is_sentence = self.text.lines[blocks[block].lines.end - 1].ends_sentence();
                let fills_block = |end: &Position| !is_sentence && *end == self.text.end(&blocks[block]);
                let title = self.text.title_end(begin, &blocks[block]);
                title.filter(|end| request.is_none() || fills_block(end)).or_else(|| {
                    let end = self.text.end(&blocks[block]);
                    self.is_decided_line(&blocks[block]).then_some(end)
                })
            });
            found.push(Reasons { block, start, title_end, request });
        }
        let each_is_asked =
            found.len() == requests.len() && found.iter().all(|reasons| reasons.request.is_some());
        let are_told = !bare || each_is_asked || self.are_of_services(blocks, &found);
        if are_told { found } else { Vec::new() }
    }

    /// Where reasons can begin in a block: with its text, or behind the end of a sentence with what tells their service,
    /// where the layout does not tell paragraphs.
    fn beginnings(&self, block: &RawBlock, requests: &[Request]) -> Vec<Position> {
        let Some(body) = self.body(block) else { return Vec::new() };
        let within = (body.line + 1..block.lines.end).filter(|&line| {
            self.text.lines[line - 1].ends_sentence()
                && (Label::at_start(self.text.lines[line].text).is_some()
                    || self.named(Position { line, column: 0 }, block, requests).is_some())
        });
        std::iter::once(body).chain(within.map(|line| Position { line, column: 0 })).collect()
    }

    /// Whether what bare numbers begin are services, and not the points of an argument: each is found necessary or not,
    /// and is named before it is spoken of.
    fn are_of_services(&self, blocks: &[RawBlock], found: &[Reasons]) -> bool {
        let end = blocks.last().map_or(0, |block| block.lines.end);
        found.iter().enumerate().all(|(index, reasons)| {
            let next = found.get(index + 1).map_or(end, |next| next.start.line);
            let concludes = self.text.lines[reasons.start.line..next].iter().any(|line| {
                let text = line.text.to_ascii_lowercase();
                ["necessary", "necessity", "overturned", "upheld"].iter().any(|word| text.contains(word))
            });
            concludes && (reasons.request.is_some() || reasons.title_end.is_some())
        })
    }

    /// The one request that a block begins with: it has the words of its title, or the first of its own stand there.
    fn named(&self, start: Position, block: &RawBlock, requests: &[Request]) -> Option<usize> {
        let end = self.text.end(block);
        let title = self.text.title_end(start, block).filter(|title_end| *title_end < end);
        let title = title.map_or_else(Vec::new, |title_end| self.text.words(start, title_end));
        let written = self.text.words(start, end);
        let mut like = requests.iter().enumerate().filter(|(_, request)| {
            let wanted = request.words.len().min(TELLING_WORDS);
            let is_title = written == request.words;
            let begins = wanted > 0
                && (written.len() > wanted || is_title)
                && written[..wanted] == request.words[..wanted];
            let has_title = !title.is_empty() && title.iter().all(|word| request.words.contains(word));
            begins || has_title
        });
        let (index, _) = like.next()?;
        like.next().is_none().then_some(index)
    }

    /// The blocks with each request and each service's reasons as blocks of their item.
    fn divided(&self, blocks: Vec<RawBlock>, requests: &[Request], reasons: &[Reasons]) -> Vec<RawBlock> {
        let mut divided = Vec::with_capacity(blocks.len() + 2 * reasons.len());
        let item_of = |request: usize| reasons.iter().position(|reasons| reasons.request == Some(request));
        for (index, block) in blocks.into_iter().enumerate() {
            let listed: Vec<usize> =
                (0..requests.len()).filter(|&request| requests[request].block == index).collect();
            if let Some(&first) = listed.first() {
                let role = if block.role == Role::Result { Role::Result } else { Role::ItemHeading };
                let start = Position { line: block.lines.start, column: block.first_column };
                if start < requests[first].start {
                    divided.push(self.part(Role::Prose, None, start, requests[first].start));
                }
                divided.extend(listed.into_iter().map(|request| {
                    self.part(role, item_of(request), requests[request].start, requests[request].end)
                }));
                continue;
            }
            let mut begun = reasons.iter().rposition(|reasons| reasons.block < index);
            let within = (0..reasons.len()).filter(|&item| reasons[item].block == index);
            let end = self.text.end(&block);
            let mut start = Position { line: block.lines.start, column: block.first_column };
            for item in within {
                if start < reasons[item].start {
                    let before = Self::item_of_field(&block, begun, reasons);
                    divided.push(self.part(block.role, before, start, reasons[item].start));
                }
                begun = Some(item);
                start = reasons[item].start;
                if let Some(title_end) = reasons[item].title_end {
                    divided.push(self.part(Role::ItemHeading, begun, start, title_end));
                    start = self.text.next_text(title_end, end).unwrap_or(end);
                }
            }
            if start < end {
                let item = Self::item_of_field(&block, begun, reasons);
                divided.push(self.part(block.role, item, start, end));
            }
        }
        divided
    }

    /// The item of a block behind the request: the service whose reasons are begun. The decision that follows the last of
    /// them is of all.
    fn item_of_field(block: &RawBlock, begun: Option<usize>, reasons: &[Reasons]) -> Option<usize> {
        block.item?;
        match (block.role, begun) {
            (Role::Field(Field::Rationale), None) => None,
            (Role::Field(Field::Determination), Some(begun)) => {
                Some(begun).filter(|begun| begun + 1 < reasons.len())
            }
            (Role::Field(_), begun) => begun,
            _ => None,
        }
    }

    /// A part of a block as a block of its own.
    fn part(&self, role: Role, item: Option<usize>, start: Position, end: Position) -> RawBlock {
        let last = if end.column == 0 { end.line - 1 } else { end.line };
        let end_column =
            Some(end.column).filter(|&column| column > 0 && column < self.text.lines[last].text.len());
        let end_column = end_column.map(|column| self.text.lines[last].text[..column].trim_end().len());
        RawBlock { role, item, lines: start.line..last + 1, first_column: start.column, end_column }
    }

    /// Where the text of a block begins, behind its label.
    fn body(&self, block: &RawBlock) -> Option<Position> {
        let start = Position { line: block.lines.start, column: block.first_column };
        let behind_label = match self.marks[block.lines.start] {
            Some(mark) if start.column == 0 => Position { line: mark.end_line, column: mark.end_column },
            _ => start,
        };
        self.text.next_text(behind_label, self.text.end(block))
    }
}
