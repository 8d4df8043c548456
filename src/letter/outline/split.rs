//! Several letters in one document.

use std::ops::Range;

use crate::letter::layout::Line;
use crate::letter::marks::{Mark, MarkKind};
use crate::letter::profile::{HeaderField, Profile, Section};

/// Header labels that follow each other and make a new letter's header by themselves.
const HEADER: usize = 3;
/// Lines between two labels of one header, at most.
const HEADER_GAP: usize = 4;

/// The lines of each letter: a new one begins where a mark recurs that precedes those already seen, with the marks
/// before it that precede them too (a title, a header). A section out of its order begins none.
pub(in crate::letter) fn letter_ranges(
    lines: &[Line<'_>],
    marks: &[Option<Mark>],
    profile: &Profile,
) -> Vec<Range<usize>> {
    let mut splitter = Splitter { lines, marks, profile, starts: vec![0], seen: Seen::default() };
    for (line, mark) in marks.iter().enumerate() {
        match mark.map(|mark| mark.kind) {
            Some(MarkKind::Title) => splitter.goes_back(line),
            Some(MarkKind::Header(field)) => splitter.header(line, field),
            Some(MarkKind::Section(section)) => splitter.section(line, section),
            Some(MarkKind::Field(_) | MarkKind::Opening(_)) => {
                splitter.seen.has_fields = true;
                splitter.seen.forget_return();
            }
            _ => {}
        }
    }
    let starts = splitter.starts;
    let ends = starts.iter().skip(1).copied().chain([lines.len()]).collect::<Vec<_>>();
    starts.into_iter().zip(ends).map(|(start, end)| start..end).collect()
}

struct Splitter<'a> {
    lines: &'a [Line<'a>],
    marks: &'a [Option<Mark>],
    profile: &'a Profile,
    starts: Vec<usize>,
    seen: Seen,
}

/// What was seen of the present letter.
#[derive(Default)]
struct Seen {
    sections: Vec<Section>,
    /// The rank of the section that stands furthest back in the form.
    furthest: usize,
    has_fields: bool,
    /// The first of the latest marks that precede the furthest section.
    returns_at: Option<usize>,
    /// Header labels among these marks, and the line of the last.
    labels: Vec<HeaderField>,
    last_label: usize,
}

impl Seen {
    fn forget_return(&mut self) {
        self.returns_at = None;
        self.labels.clear();
    }
}

impl Splitter<'_> {
    fn goes_back(&mut self, line: usize) {
        if self.seen.furthest > 0 {
            self.seen.returns_at.get_or_insert(line);
        }
    }

    fn header(&mut self, line: usize, field: HeaderField) {
        // In a form of one's own, labels stand anywhere.
        let is_within = self.profile.free_form && self.seen.returns_at.is_none();
        if self.seen.furthest == 0 || is_within {
            return;
        }
        if !self.seen.labels.is_empty() && line - self.seen.last_label > HEADER_GAP {
            self.seen.forget_return();
        }
        self.goes_back(line);
        self.seen.last_label = line;
        if !self.seen.labels.contains(&field) {
            self.seen.labels.push(field);
        }
        if self.seen.labels.len() == HEADER && self.seen.has_fields {
            self.start(line);
        }
    }

    fn section(&mut self, line: usize, section: Section) {
        let rank = self.profile.rank(section);
        // Two headings of one section may follow each other.
        let goes_on = self.seen.sections.last() == Some(&section) && !self.seen.has_fields;
        let recurs = self.seen.sections.contains(&section) && rank <= self.seen.furthest && !goes_on;
        // Who has a form of their own may use a heading twice, and in any order, but not the title.
        let is_free = self.profile.free_form;
        if recurs && (!is_free || self.seen.returns_at.is_some()) {
            self.start(line);
        } else if !is_free && rank < self.seen.furthest {
            self.goes_back(line);
        } else if !is_free {
            self.seen.forget_return();
        }
        self.seen.furthest = self.seen.furthest.max(rank);
        self.seen.sections.push(section);
    }

    /// Begins a letter where the marks went back, else at a line.
    fn start(&mut self, line: usize) {
        let start = self.seen.returns_at.unwrap_or(line);
        self.starts.push(self.with_values_before(start));
        self.seen = Seen::default();
    }

    /// A header's first values may stand before its first label.
    fn with_values_before(&self, mut start: usize) -> usize {
        let least = start.saturating_sub(2);
        while start > least && self.marks[start].is_some_and(|mark| matches!(mark.kind, MarkKind::Header(_)))
        {
            let before = &self.lines[start - 1];
            let is_value = before.text.len() < 20
                && before.text.contains(|c: char| c.is_ascii_digit())
                && !before.ends_sentence()
                && self.marks[start - 1].is_none();
            if !is_value {
                break;
            }
            start -= 1;
        }
        start
    }
}
