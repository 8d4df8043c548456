//! Cutting a letter into blocks: runs of lines with a role.

use std::ops::Range;

use super::block::Role;
use super::decision;
use super::layout::{Layout, Line};
use super::marks::{Mark, MarkKind};
use super::profile::{Field, Profile, Section};

/// A block before its text is read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct RawBlock {
    pub role: Role,
    /// Indices of its lines.
    pub lines: Range<usize>,
    /// Where it begins within its first line.
    pub first_column: usize,
    /// Where it ends within its last line; its end if absent.
    pub end_column: Option<usize>,
    /// Whether a disputed item begins with it.
    pub opens_item: bool,
}

/// No request takes more lines; the longest of 438 published headings took five.
const MAX_HEADING_LINES: usize = 6;

/// Cuts the lines of one letter.
pub(super) fn cut(
    lines: &[Line<'_>],
    marks: &[Option<Mark>],
    layout: Layout,
    profile: &Profile,
    range: Range<usize>,
) -> Vec<RawBlock> {
    let end = range.end;
    let state = State { section: Section::Opening, item_open: false, fields_seen: Vec::new() };
    Cutter { lines, marks, layout, profile, end, state, blocks: Vec::new() }.run(range)
}

/// Cuts text that is no letter into paragraphs.
pub(super) fn cut_prose(lines: &[Line<'_>], layout: Layout) -> Vec<RawBlock> {
    paragraphs(lines, layout, 0..lines.len()).into_iter().map(|lines| whole(Role::Prose, lines)).collect()
}

fn whole(role: Role, lines: Range<usize>) -> RawBlock {
    RawBlock { role, lines, first_column: 0, end_column: None, opens_item: false }
}

fn paragraphs(lines: &[Line<'_>], layout: Layout, range: Range<usize>) -> Vec<Range<usize>> {
    let mut paragraphs = Vec::new();
    let mut start = range.start;
    for next in range.start + 1..range.end {
        if layout.breaks_between(&lines[next - 1], &lines[next]) {
            paragraphs.push(start..next);
            start = next;
        }
    }
    if start < range.end {
        paragraphs.push(start..range.end);
    }
    paragraphs
}

struct Cutter<'a> {
    lines: &'a [Line<'a>],
    marks: &'a [Option<Mark>],
    layout: Layout,
    profile: &'a Profile,
    /// Index after the letter's last line.
    end: usize,
    state: State,
    blocks: Vec<RawBlock>,
}

/// What the cutter knows at a boundary between blocks.
struct State {
    section: Section,
    item_open: bool,
    /// Fields of the open item: a second one of a kind opens the next item.
    fields_seen: Vec<Field>,
}

impl Cutter<'_> {
    fn run(mut self, range: Range<usize>) -> Vec<RawBlock> {
        let starts: Vec<usize> = range.clone().filter(|&line| self.cutting_mark(line).is_some()).collect();
        self.opening(range.start..starts.first().copied().unwrap_or(range.end));
        for (index, &start) in starts.iter().enumerate() {
            let next = starts.get(index + 1).copied();
            let next_field = next.and_then(|line| self.field_at(line));
            let mark = self.cutting_mark(start).expect("a start is a mark");
            self.segment(mark, start..next.unwrap_or(range.end), next_field);
        }
        self.blocks
    }

    /// The marks that begin a block of their own; header labels do not.
    fn cutting_mark(&self, line: usize) -> Option<Mark> {
        self.marks[line].filter(|mark| !matches!(mark.kind, MarkKind::Header(_)))
    }

    fn field_at(&self, line: usize) -> Option<Field> {
        match self.marks[line]?.kind {
            MarkKind::Field(field) => Some(field),
            _ => None,
        }
    }

    /// What stands before the first mark: the header between its first and last line, prose around it.
    fn opening(&mut self, range: Range<usize>) {
        let is_label =
            |&line: &usize| self.marks[line].is_some_and(|mark| matches!(mark.kind, MarkKind::Header(_)));
        let Some(first) = range.clone().find(is_label) else {
            self.push_paragraphs(Role::Prose, range);
            return;
        };
        // A value may stand on the line before its label.
        let first =
            if first > range.start && !self.lines[first - 1].ends_sentence() && first == range.start + 1 {
                first - 1
            } else {
                first
            };
        let last = range.clone().rfind(is_label).unwrap_or(first);
        let after = (last + 1..range.end)
            .find(|&line| {
                self.layout.breaks_between(&self.lines[line - 1], &self.lines[line]) && self.is_prose(line)
            })
            .unwrap_or(range.end);
        self.push_paragraphs(Role::Prose, range.start..first);
        self.blocks.push(whole(Role::Header, first..after));
        self.push_paragraphs(Role::Prose, after..range.end);
    }

    /// Longer than a header's value.
    fn is_prose(&self, line: usize) -> bool {
        self.lines[line].text.split_whitespace().count() > 4
    }

    fn push_paragraphs(&mut self, role: Role, range: Range<usize>) {
        for lines in paragraphs(self.lines, self.layout, range) {
            self.blocks.push(whole(role, lines));
        }
    }

    /// A mark and the lines up to the next one.
    fn segment(&mut self, mark: Mark, range: Range<usize>, next_field: Option<Field>) {
        match mark.kind {
            MarkKind::Section(section) => {
                self.state = State { section, item_open: false, fields_seen: Vec::new() };
                self.fixed_text(Role::Heading(section), mark, range, next_field);
            }
            MarkKind::Fixed => self.fixed_text(Role::Boilerplate, mark, range, next_field),
            MarkKind::Field(field) => self.field(field, mark, range, next_field),
            MarkKind::Header(_) => {}
        }
    }

    /// A heading or fixed sentence as a block of its own, then the text under it.
    fn fixed_text(&mut self, role: Role, mark: Mark, range: Range<usize>, next_field: Option<Field>) {
        let last = mark.end_line;
        self.blocks
            .push(RawBlock { end_column: Some(mark.end_column), ..whole(role, range.start..last + 1) });
        let line = &self.lines[last].text;
        let rest = line[mark.end_column..].trim_start();
        let first_block = self.blocks.len();
        if rest.is_empty() {
            self.text(last + 1..range.end, last + 1, self.body_role(), next_field);
        } else {
            self.text(last..range.end, last + 1, self.body_role(), next_field);
            self.blocks[first_block].first_column = line.len() - rest.len();
        }
    }

    fn body_role(&self) -> Role {
        match self.state.section {
            Section::Opening | Section::Issues => Role::Prose,
            Section::Method => Role::Boilerplate,
            Section::Documents => Role::Documents,
            Section::Summary => Role::Summary,
        }
    }

    /// A labelled field: its first block holds the label.
    fn field(&mut self, field: Field, mark: Mark, range: Range<usize>, next_field: Option<Field>) {
        let opens_item = !self.state.item_open || self.state.fields_seen.contains(&field);
        self.state.section = Section::Issues;
        self.state.item_open = true;
        if opens_item {
            self.state.fields_seen.clear();
        }
        self.state.fields_seen.push(field);
        let first_block = self.blocks.len();
        self.text(range, mark.end_line + 1, Role::Field(field), next_field);
        self.blocks[first_block].opens_item = opens_item;
    }

    /// Paragraphs with a role; where a disputed item's heading ends one, that is cut off.
    /// `first_heading_line` is the first line that can begin a heading.
    fn text(
        &mut self,
        range: Range<usize>,
        first_heading_line: usize,
        role: Role,
        next_field: Option<Field>,
    ) {
        let mut role = role;
        for paragraph in paragraphs(self.lines, self.layout, range.clone()) {
            let before_field = next_field.filter(|_| paragraph.end == range.end);
            let Some(heading) = self.heading_in(&paragraph, first_heading_line, before_field) else {
                self.blocks.push(whole(role, paragraph));
                continue;
            };
            if paragraph.start < heading {
                self.blocks.push(whole(role, paragraph.start..heading));
            }
            self.blocks
                .push(RawBlock { opens_item: true, ..whole(Role::ItemHeading, heading..paragraph.end) });
            self.state = State { section: Section::Issues, item_open: true, fields_seen: Vec::new() };
            role = Role::Prose;
        }
    }

    /// The line on which an item's heading begins, if one ends this paragraph.
    fn heading_in(
        &self,
        paragraph: &Range<usize>,
        first_heading_line: usize,
        before_field: Option<Field>,
    ) -> Option<usize> {
        let at_letter_end = paragraph.end == self.end;
        let in_issues = self.state.section == Section::Issues;
        if !in_issues && before_field.is_none() {
            return None;
        }
        let first = paragraph.start.max(first_heading_line);
        let lines = first..paragraph.end;
        if lines.is_empty() {
            return None;
        }
        if self.is_decided(&lines, before_field.is_some()) {
            let stands_alone = first == paragraph.start && lines.len() <= MAX_HEADING_LINES;
            let may_be_cut_off = before_field.is_some() || at_letter_end;
            return (may_be_cut_off || stands_alone).then(|| self.heading_start(&lines));
        }
        let opens_next_item = before_field == Some(Field::ClaimsGuideline) && in_issues;
        if opens_next_item { self.undecided_heading(&lines) } else { None }
    }

    /// Whether the last lines end in a decision ("MRI: Upheld", "… is:" / "Overturned").
    fn is_decided(&self, lines: &Range<usize>, before_field: bool) -> bool {
        let last_two = lines.end.saturating_sub(2).max(lines.start)..lines.end;
        let text = self.lines[last_two].iter().map(|line| &*line.text).collect::<Vec<_>>().join("\n");
        decision::at_end(&text, &self.profile.decisions, before_field).is_some()
    }

    /// A heading that ends in a decision begins after the end of the sentence before it. Partial approvals are
    /// sentences themselves ("Norco 10/325mg #120. Authorized #60."): they belong to it after a conclusion.
    fn heading_start(&self, lines: &Range<usize>) -> usize {
        let earliest = lines.end.saturating_sub(MAX_HEADING_LINES).max(lines.start);
        let sentence_end = (earliest..lines.end - 1).rfind(|&line| self.lines[line].ends_sentence());
        let Some(sentence_end) = sentence_end else {
            // Without any stop above, a conclusion that lost its own is the best mark.
            let conclusion = (earliest..lines.end - 1).rfind(|&line| concludes(&self.lines[line].text));
            return conclusion.map_or(earliest, |line| line + 1);
        };
        let conclusion = (earliest.saturating_sub(1).max(lines.start)..lines.end - 1)
            .rfind(|&line| concludes(&self.lines[line].text) && self.lines[line].ends_sentence());
        match conclusion {
            Some(line) if self.names_quantity(line + 1..sentence_end + 1) => line + 1,
            _ => sentence_end + 1,
        }
    }

    /// Whether lines read like a request with its amounts, not like reasoning.
    fn names_quantity(&self, lines: Range<usize>) -> bool {
        let text =
            self.lines[lines].iter().map(|line| &*line.text).collect::<Vec<_>>().join(" ").to_lowercase();
        let has_amount = ["#", "mg", "qty", "sessions", "visits", " x ", "refill", "tablets", "units"]
            .iter()
            .any(|amount| text.contains(amount));
        let reasons = ["patient", "claimant", "worker", "guideline", "recommend", "necessary", "medical"]
            .iter()
            .any(|reason| text.contains(reason));
        has_amount && !reasons
    }

    /// A heading without a decision: a short paragraph of its own, or the lines after the last sentence.
    fn undecided_heading(&self, lines: &Range<usize>) -> Option<usize> {
        let last = &self.lines[lines.end - 1];
        if last.ends_sentence() {
            return None;
        }
        let start = lines
            .clone()
            .rfind(|&line| self.lines[line].ends_sentence())
            .map_or(lines.start, |line| line + 1);
        let text = &self.lines[start..lines.end];
        let is_short =
            text.len() < MAX_HEADING_LINES && text.iter().map(|line| line.text.len()).sum::<usize>() < 400;
        (is_short && !text.iter().any(|line| concludes(&line.text))).then_some(start)
    }
}

/// Whether a line ends in the words of a conclusion ("… is not medically necessary.").
fn concludes(line: &str) -> bool {
    let line = line.trim_end_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
    ["necessary", "necessity", "appropriate", "warranted", "indicated", "supported"]
        .iter()
        .any(|word| line.ends_with(word))
}
