//! Cutting a letter into blocks: runs of lines with a role.

use std::ops::Range;

use super::block::Role;
use super::decision;
use super::item_heading::{ItemHeadings, MAX_HEADING_LINES};
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
    /// The disputed item to which it belongs.
    pub item: Option<usize>,
}

/// Cuts the lines of one letter.
pub(super) fn cut(
    lines: &[Line<'_>],
    marks: &[Option<Mark>],
    layout: Layout,
    profile: &Profile,
) -> Vec<RawBlock> {
    let end = lines.len();
    let state = State { section: Section::Opening, item: None, fields_seen: Vec::new() };
    Cutter { lines, marks, layout, profile, end, state, items: 0, blocks: Vec::new() }.run(0..end)
}

/// Cuts text that is no letter into paragraphs.
pub(super) fn cut_prose(lines: &[Line<'_>], layout: Layout) -> Vec<RawBlock> {
    paragraphs(lines, layout, 0..lines.len()).into_iter().map(|lines| whole(Role::Prose, lines)).collect()
}

/// A block of whole lines that belongs to no item.
pub(super) fn whole(role: Role, lines: Range<usize>) -> RawBlock {
    RawBlock { role, lines, first_column: 0, end_column: None, item: None }
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
    /// Items opened so far.
    items: usize,
    blocks: Vec<RawBlock>,
}

/// What the cutter knows at a boundary between blocks.
struct State {
    section: Section,
    /// The open item.
    item: Option<usize>,
    /// Fields of the open item: a second one of a kind opens the next item.
    fields_seen: Vec<Field>,
}

impl Cutter<'_> {
    fn run(mut self, range: Range<usize>) -> Vec<RawBlock> {
        let header = range.clone().find(|&line| self.is_label(line));
        // "FINAL DETERMINATION" over the header is the letter's title.
        let entitles = |line: usize| header == Some(line + 1) && self.is_bare_section(line);
        let starts: Vec<usize> =
            range.clone().filter(|&line| self.cutting_mark(line).is_some() && !entitles(line)).collect();
        self.opening(range.start..starts.first().copied().unwrap_or(range.end));
        for (index, &start) in starts.iter().enumerate() {
            let next = starts.get(index + 1).copied();
            let next_field = next.and_then(|line| self.field_at(line));
            let mark = self.cutting_mark(start).expect("a start is a mark");
            self.segment(mark, start..next.unwrap_or(range.end), next_field);
        }
        self.keep_one_header();
        self.blocks
    }

    /// Of the parts of a header between which a section stands, the one with most labels is read as the header.
    fn keep_one_header(&mut self) {
        let labels = |block: &RawBlock| block.lines.clone().filter(|&line| self.is_label(line)).count();
        let headers = (0..self.blocks.len()).filter(|&block| self.blocks[block].role == Role::Header);
        let Some(kept) = headers.rev().max_by_key(|&block| labels(&self.blocks[block])) else { return };
        for (index, block) in self.blocks.iter_mut().enumerate() {
            if block.role == Role::Header && index != kept {
                block.role = Role::Prose;
            }
        }
    }

    /// The marks that begin a block of their own; titles and header labels do not.
    fn cutting_mark(&self, line: usize) -> Option<Mark> {
        self.marks[line].filter(|mark| !matches!(mark.kind, MarkKind::Header(_) | MarkKind::Title))
    }

    /// Whether a label of the header stands on a line.
    fn is_label(&self, line: usize) -> bool {
        self.marks[line].is_some_and(|mark| matches!(mark.kind, MarkKind::Header(_)))
    }

    /// Whether the heading of a section fills a line.
    fn is_bare_section(&self, line: usize) -> bool {
        self.marks[line].is_some_and(|mark| {
            let rest = &self.lines[mark.end_line].text[mark.end_column..];
            matches!(mark.kind, MarkKind::Section(_)) && rest.trim().is_empty()
        })
    }

    fn field_at(&self, line: usize) -> Option<Field> {
        match self.marks[line]?.kind {
            MarkKind::Field(field) | MarkKind::Opening(field) => Some(field),
            _ => None,
        }
    }

    /// What stands before the first cutting mark: letterhead, then the header between its first and last label, prose
    /// around it.
    fn opening(&mut self, range: Range<usize>) {
        let Some(first) = range.clone().find(|&line| self.is_label(line)) else {
            self.letterhead(range);
            return;
        };
        // A value may stand on the line before its label.
        let value_before = first > range.start
            && first == range.start + 1
            && !self.lines[first - 1].ends_sentence()
            && self.marks[first - 1].is_none();
        let first = first - usize::from(value_before);
        let last = range.clone().rfind(|&line| self.is_label(line)).unwrap_or(first);
        let after = (last + 1..range.end)
            .find(|&line| {
                self.layout.breaks_between(&self.lines[line - 1], &self.lines[line]) && self.is_prose(line)
            })
            .unwrap_or(range.end);
        self.letterhead(range.start..first);
        self.push(whole(Role::Header, first..after));
        self.push_paragraphs(Role::Prose, after..range.end);
    }

    /// Titles are the form's, what stands around them is prose.
    fn letterhead(&mut self, range: Range<usize>) {
        let mut start = range.start;
        let titles = range.clone().filter_map(|line| {
            self.marks[line].filter(|mark| mark.kind == MarkKind::Title).map(|mark| (line, mark.end_line + 1))
        });
        for (line, after) in titles.collect::<Vec<_>>() {
            self.push_paragraphs(Role::Prose, start..line);
            self.push(whole(Role::Boilerplate, line..after));
            start = after;
        }
        self.push_paragraphs(Role::Prose, start..range.end);
    }

    /// Longer than a header's value.
    fn is_prose(&self, line: usize) -> bool {
        self.lines[line].text.split_whitespace().count() > 4
    }

    fn push(&mut self, block: RawBlock) {
        let item = match block.role {
            Role::Prose | Role::Boilerplate if self.state.section != Section::Issues => None,
            Role::Prose | Role::Boilerplate | Role::ItemHeading | Role::Field(_) => self.state.item,
            _ => None,
        };
        self.blocks.push(RawBlock { item, ..block });
    }

    fn push_paragraphs(&mut self, role: Role, range: Range<usize>) {
        for lines in paragraphs(self.lines, self.layout, range) {
            self.push(whole(role, lines));
        }
    }

    fn open_item(&mut self) {
        self.state = State { section: Section::Issues, item: Some(self.items), fields_seen: Vec::new() };
        self.items += 1;
    }

    /// A mark and the lines up to the next one.
    fn segment(&mut self, mark: Mark, range: Range<usize>, next_field: Option<Field>) {
        match mark.kind {
            MarkKind::Section(section) => {
                self.state.section = section;
                if !self.profile.single_issue && !self.awaits_reasons() {
                    self.state.item = None;
                    self.state.fields_seen.clear();
                }
                self.fixed_text(Role::Heading(section), mark, range, next_field);
            }
            MarkKind::Fixed(index) if self.profile.fixed[index].is_constant() => {
                self.fixed_text(Role::Boilerplate, mark, range, next_field);
            }
            MarkKind::Fixed(_) => {
                self.paragraph_then_text(Role::Boilerplate, mark, range, next_field);
            }
            MarkKind::ItemHeading => {
                self.open_item();
                self.paragraph_then_text(Role::ItemHeading, mark, range, next_field);
            }
            MarkKind::Result => self.result(mark, range, next_field),
            MarkKind::Field(field) => self.field(field, mark, range, next_field),
            // "… did not base … on the MTUS." and "… based … on" are one field.
            MarkKind::Opening(field) if self.state.fields_seen.last() == Some(&field) => {
                self.text(range, mark.end_line + 1, Role::Field(field), next_field);
            }
            MarkKind::Opening(field) => self.field(field, mark, range, next_field),
            MarkKind::Header(_) | MarkKind::Title => {}
        }
    }

    /// A heading or fixed sentence as a block of its own, then the text under it.
    fn fixed_text(&mut self, role: Role, mark: Mark, range: Range<usize>, next_field: Option<Field>) {
        let last = mark.end_line;
        self.push(RawBlock { end_column: Some(mark.end_column), ..whole(role, range.start..last + 1) });
        let line = &self.lines[last].text;
        let rest = line[mark.end_column..].trim_start();
        let first_block = self.blocks.len();
        if rest.is_empty() {
            self.text(last + 1..range.end, last + 1, self.body_role(), next_field);
        } else {
            let role = self.body_role();
            let is_value = matches!(role, Role::ItemHeading | Role::Result);
            let is_end = |&line: &usize| self.is_label(line) || is_value && self.begins_label(line);
            let end = (last + 1..range.end).find(is_end).unwrap_or(range.end);
            // "Decision: Upheld" above a letter that goes on: its paragraph alone decides.
            let goes_on = role == Role::Result && self.profile.free_form;
            let paragraph =
                paragraphs(self.lines, self.layout, last..end).first().map_or(end, |first| first.end);
            let end = if goes_on { paragraph } else { end };
            self.text(last..end, last + 1, role, next_field.filter(|_| end == range.end));
            self.blocks[first_block].first_column = line.len() - rest.len();
            let role = if goes_on { Role::Prose } else { self.body_role() };
            self.behind_label(end..range.end, role, next_field);
        }
    }

    /// What stands behind a section that is a label: the rest of a header, where it stands among that's labels.
    fn behind_label(&mut self, range: Range<usize>, role: Role, next_field: Option<Field>) {
        let first = paragraphs(self.lines, self.layout, range.clone()).into_iter().next();
        let has_labels = |lines: &Range<usize>| {
            lines.clone().any(|line| self.is_label(line)) || lines.clone().all(|line| self.begins_label(line))
        };
        let header = first.filter(has_labels);
        let start = header.as_ref().map_or(range.start, |lines| lines.end);
        if let Some(lines) = header {
            self.push(whole(Role::Header, lines));
        }
        self.text(start..range.end, start, role, next_field);
    }

    /// Whether a line begins with some label and its value, which decides nothing: "Reason for denial: not necessary".
    fn begins_label(&self, line: usize) -> bool {
        const MOST_WORDS: usize = 6;
        let text = self.lines[line].text;
        text.split_once(": ").is_some_and(|(label, _)| {
            label.starts_with(char::is_uppercase)
                && label.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '\'' | '\u{2019}' | '-'))
                && label.split(' ').count() <= MOST_WORDS
                && decision::all(text, &self.profile.decisions).is_empty()
        })
    }

    /// A paragraph that begins with a mark, then the text under it.
    fn paragraph_then_text(
        &mut self,
        role: Role,
        mark: Mark,
        range: Range<usize>,
        next_field: Option<Field>,
    ) {
        let end = paragraphs(self.lines, self.layout, mark.end_line..range.end)
            .first()
            .map_or(range.end, |paragraph| paragraph.end);
        self.push(whole(role, range.start..end));
        self.text(end..range.end, end, self.body_role(), next_field);
    }

    /// A result ends with its decision, wherever the paragraph does.
    fn result(&mut self, mark: Mark, range: Range<usize>, next_field: Option<Field>) {
        let is_decided = |last: usize| {
            let text: Vec<&str> = self.lines[range.start..=last].iter().map(|line| line.text).collect();
            decision::at_end(&text.join("\n"), &self.profile.decisions, false).is_some()
        };
        let longest = range.end.min(mark.end_line + MAX_HEADING_LINES);
        match (mark.end_line..longest).find(|&last| is_decided(last)) {
            Some(last) => {
                self.push(whole(Role::Result, range.start..last + 1));
                self.text(last + 1..range.end, last + 1, self.body_role(), next_field);
            }
            None => self.paragraph_then_text(Role::Result, mark, range, next_field),
        }
    }

    fn body_role(&self) -> Role {
        match self.state.section {
            Section::Issues if self.profile.single_issue && self.state.item.is_none() => Role::ItemHeading,
            Section::Opening | Section::Background | Section::Issues => Role::Prose,
            Section::Decision => Role::Result,
            Section::Method | Section::Rights => Role::Boilerplate,
            Section::Documents => Role::Documents,
            Section::Summary => Role::Summary,
        }
    }

    /// A labelled field: its first block holds the label.
    fn field(&mut self, field: Field, mark: Mark, range: Range<usize>, next_field: Option<Field>) {
        let recurs = self.state.fields_seen.contains(&field) && !self.profile.single_issue;
        if self.state.item.is_none() || recurs {
            self.open_item();
        }
        self.state.section = Section::Issues;
        self.state.fields_seen.push(field);
        let value_end = self.value_end(field, mark, &range);
        if value_end < range.end {
            self.text(range.start..value_end, mark.end_line + 1, Role::Field(field), None);
            let role = self.body_role();
            return self.behind_label(value_end..range.end, role, next_field);
        }
        match self.reasons_behind(field, mark, &range, next_field) {
            Some(reasons) => {
                self.text(range.start..reasons, mark.end_line + 1, Role::Field(field), None);
                self.state.fields_seen.push(Field::Rationale);
                self.text(reasons..range.end, reasons, Role::Field(Field::Rationale), next_field);
            }
            None => self.text(range, mark.end_line + 1, Role::Field(field), next_field),
        }
    }

    /// Where what is requested ends in a form without fixed labels: at another label among those of the header.
    fn value_end(&self, field: Field, mark: Mark, range: &Range<usize>) -> usize {
        let is_given = !self.lines[mark.end_line].text[mark.end_column..].trim().is_empty();
        let may_end = self.profile.free_form && field == Field::Request && is_given;
        let mut lines = (mark.end_line + 1..range.end).filter(|_| may_end);
        lines.find(|&line| self.is_label(line) || self.begins_label(line)).unwrap_or(range.end)
    }

    /// The line on which an item's reasons begin without a label, behind the paragraph of its sources: "Guideline: …".
    fn reasons_behind(
        &self,
        field: Field,
        mark: Mark,
        range: &Range<usize>,
        next_field: Option<Field>,
    ) -> Option<usize> {
        let is_given = !self.lines[mark.end_line].text[mark.end_column..].trim().is_empty();
        if !self.profile.free_form || field != Field::ReviewerGuideline || !is_given {
            return None;
        }
        let sources = paragraphs(self.lines, self.layout, range.clone()).first()?.end;
        (next_field != Some(Field::Rationale) && sources < range.end).then_some(sources)
    }

    /// Whether an item's decision was told before the sections, and its reasons come behind them: where the form has no
    /// section for the items.
    fn awaits_reasons(&self) -> bool {
        self.profile.rank(Section::Issues) == 0
            && self.state.item.is_some()
            && !self.state.fields_seen.contains(&Field::Rationale)
    }

    /// Whether the next field can belong to a new item, so that a heading may stand before it.
    fn can_open_item(&self, field: Field) -> bool {
        let seen = &self.state.fields_seen;
        self.state.item.is_none()
            || field == Field::ClaimsGuideline
            || seen.contains(&field)
            || seen.contains(&Field::Rationale)
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
            if role == Role::ItemHeading {
                self.open_item();
                self.push(whole(role, paragraph));
                role = Role::Prose;
                continue;
            }
            let before_field =
                next_field.filter(|&field| paragraph.end == range.end && self.can_open_item(field));
            let Some(heading) = self.heading_in(&paragraph, first_heading_line, before_field) else {
                self.push(whole(role, paragraph));
                continue;
            };
            if paragraph.start < heading {
                self.push(whole(role, paragraph.start..heading));
            }
            self.open_item();
            self.push(whole(Role::ItemHeading, heading..paragraph.end));
            role = Role::Prose;
        }
    }

    /// The line on which an item's heading begins, if one ends this paragraph. A form that marks the headings, or has
    /// one item, needs no search.
    fn heading_in(
        &self,
        paragraph: &Range<usize>,
        first_heading_line: usize,
        before_field: Option<Field>,
    ) -> Option<usize> {
        let has_marks = self.profile.single_issue || !self.profile.item_headings.is_empty();
        let at_letter_end = paragraph.end == self.end;
        let in_issues = self.state.section == Section::Issues;
        if has_marks || !in_issues && before_field.is_none() {
            return None;
        }
        let first = paragraph.start.max(first_heading_line);
        let lines = first..paragraph.end;
        if lines.is_empty() {
            return None;
        }
        let headings = ItemHeadings { lines: self.lines, decisions: &self.profile.decisions };
        if headings.is_decided(&lines, before_field.is_some()) {
            let stands_alone = first == paragraph.start && lines.len() <= MAX_HEADING_LINES;
            let may_be_cut_off = before_field.is_some() || at_letter_end;
            return (may_be_cut_off || stands_alone).then(|| headings.start(&lines));
        }
        let opens_next_item = before_field == Some(Field::ClaimsGuideline) && in_issues;
        if opens_next_item { headings.undecided_start(&lines) } else { None }
    }
}
