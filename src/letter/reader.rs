//! Reading a document as letters, and reading it again after an edit.
//!
//! Lines, marks and the bounds of letters are found anew each time. A letter whose lines are the same is kept whole;
//! in one that changed, blocks whose text is the same are kept. What is kept is exactly what would be read: a letter is
//! made of nothing but its [`Source`], and a block's content of nothing but its text and role.

use std::hash::BuildHasher;
use std::ops::{Deref, Range};
use std::sync::Arc;

use foldhash::HashMap;

use super::block::{Content, Place, Role};
use super::expected::Expected;
use super::layout::{Layout, Line};
use super::marks::Mark;
use super::outline::split::letter_ranges;
use super::outline::{Letter, Source, read_block_of_role, read_letter};
use super::profile::Profile;
use super::recognise::{self, Reading};
use crate::text::{Document, Logical, Span};

/// A letter, and where it stands in its document.
#[derive(Debug, Clone)]
pub struct Located {
    /// Document offset from which the letter's blocks count.
    pub start: usize,
    /// Page numbers, running heads and footers, as spans of the document. They belong to no block; where they stand
    /// inside one, its logical text has a wrap for them.
    pub furniture: Vec<Span>,
    /// The letter.
    pub letter: Arc<Letter>,
}

impl Located {
    /// The document span of a logical span of one of the letter's blocks.
    #[must_use]
    pub fn to_document(&self, place: &Place) -> Span {
        let block = &self.letter.blocks[place.block];
        let source = block.content.logical.to_source(&place.span);
        let start = self.start + block.start;
        start + source.start..start + source.end
    }
}

impl Deref for Located {
    type Target = Letter;

    fn deref(&self) -> &Letter {
        &self.letter
    }
}

/// Reads a document. Text that is no letter becomes one "letter" of prose; an empty document has none.
#[must_use]
pub fn parse(document: &Document) -> Vec<Located> {
    Reader::new(Expected::default()).read(document)
}

/// A document as one block of a given role: an example of a lint that looks at blocks.
#[must_use]
pub fn single_block(document: &Document, role: Role) -> Located {
    let letter = Arc::new(read_block_of_role(&String::from(document), role));
    Located { start: 0, furniture: Vec::new(), letter }
}

/// Reads a document after each of its edits.
#[derive(Debug)]
pub struct Reader {
    expected: Expected,
    /// The letters as they were read last.
    kept: Vec<Kept>,
}

/// A letter and what it was read from.
#[derive(Debug)]
struct Kept {
    source: OwnedSource,
    letter: Arc<Letter>,
}

impl Reader {
    /// A reader that has seen no document.
    #[must_use]
    pub fn new(expected: Expected) -> Self {
        Self { expected, kept: Vec::new() }
    }

    /// Reads the document as it is now.
    pub fn read(&mut self, document: &Document) -> Vec<Located> {
        let text = String::from(document);
        let Reading { lines, furniture, recognised } = recognise::read(&text, self.expected);
        let (profile, marks) = recognised
            .map_or_else(|| (None, vec![None; lines.len()]), |(profile, marks)| (Some(profile), marks));
        let layout = Layout::of(&lines, |line| marks[line].is_some());
        let ranges = match profile {
            Some(profile) => letter_ranges(&lines, &marks, profile),
            None if lines.is_empty() && furniture.is_empty() => Vec::new(),
            None => std::iter::once(0..lines.len()).collect(),
        };
        let ends = ranges.iter().map(|range| lines.get(range.end).map_or(text.len(), |line| line.start));
        let mut furniture = furniture.into_iter().peekable();
        let furniture: Vec<Vec<Span>> = ends
            .map(|end| std::iter::from_fn(|| furniture.next_if(|span| span.start < end)).collect())
            .collect();
        let starts = ranges.iter().map(|range| lines.get(range.start).map_or(0, |line| line.start));
        let starts: Vec<usize> = starts.collect();
        let sources: Vec<Source<'_>> = ranges
            .iter()
            .map(|range| source(&lines[range.clone()], &marks[range.clone()], range.start, layout, profile))
            .collect();
        self.keep_or_read(&sources);
        let letters = self.kept.iter().map(|kept| Arc::clone(&kept.letter));
        letters
            .zip(starts)
            .zip(furniture)
            .map(|((letter, start), furniture)| Located { start, furniture, letter })
            .collect()
    }

    /// Keeps the letters at the document's start and end that are as they were, and reads those between.
    fn keep_or_read(&mut self, sources: &[Source<'_>]) {
        let same = |(kept, source): &(&Kept, &Source<'_>)| kept.source.is(source);
        let first = self.kept.iter().zip(sources).take_while(same).count();
        let rest = self.kept[first..].iter().rev().zip(sources[first..].iter().rev());
        let last = rest.take_while(same).count();
        let (new, old) = (first..sources.len() - last, first..self.kept.len() - last);
        let known = Contents::of(&self.kept[old.clone()]);
        let read = |source: &Source<'_>| Kept {
            letter: Arc::new(read_letter(source, self.expected.scope, |logical, role, body_start| {
                known
                    .get(&logical, role, body_start)
                    .unwrap_or_else(|| Arc::new(Content::read(logical, role, body_start)))
            })),
            source: OwnedSource::of(source),
        };
        let letters: Vec<Kept> = sources[new].iter().map(read).collect();
        self.kept.splice(old, letters);
    }
}

/// The lines of one letter, counted from its own beginning.
fn source<'d>(
    lines: &[Line<'d>],
    marks: &[Option<Mark>],
    first_line: usize,
    layout: Layout,
    profile: Option<&'static Profile>,
) -> Source<'d> {
    let start = lines.first().map_or(0, |line| line.start);
    let own_line = |line: &Line<'d>| Line { start: line.start - start, ..line.clone() };
    let own_mark = |mark: Mark| {
        let end_line = mark.end_line - first_line;
        // A heading does not reach into the next letter.
        match lines.get(end_line) {
            Some(_) => Mark { end_line, ..mark },
            None => Mark { end_line: lines.len() - 1, end_column: lines[lines.len() - 1].text.len(), ..mark },
        }
    };
    Source {
        lines: lines.iter().map(own_line).collect(),
        marks: marks.iter().map(|mark| mark.map(own_mark)).collect(),
        layout,
        profile,
    }
}

/// A [`Source`] that outlives its document.
#[derive(Debug)]
struct OwnedSource {
    /// The lines' texts, one behind the other.
    text: String,
    /// Where in it each line's text stands, and the line without it.
    lines: Vec<(Range<usize>, Line<'static>)>,
    marks: Vec<Option<Mark>>,
    layout: Layout,
    profile: Option<&'static Profile>,
}

impl OwnedSource {
    fn of(source: &Source<'_>) -> Self {
        let mut text = String::new();
        let mut lines = Vec::with_capacity(source.lines.len());
        for line in &source.lines {
            let start = text.len();
            text.push_str(line.text);
            lines.push((start..text.len(), line.without_text()));
        }
        Self { text, lines, marks: source.marks.clone(), layout: source.layout, profile: source.profile }
    }

    fn is(&self, source: &Source<'_>) -> bool {
        let same_line = |((span, own), line): (&(Range<usize>, Line<'static>), &Line<'_>)| {
            self.text[span.clone()] == *line.text && *own == line.without_text()
        };
        let name = |profile: Option<&'static Profile>| profile.map(|profile| &*profile.name);
        self.lines.len() == source.lines.len()
            && self.layout == source.layout
            && name(self.profile) == name(source.profile)
            && self.marks == source.marks
            && self.lines.iter().zip(&source.lines).all(same_line)
    }
}

/// The contents of letters, by their text.
#[derive(Debug, Default)]
struct Contents {
    by_text: HashMap<u64, Vec<Arc<Content>>>,
}

impl Contents {
    fn of(letters: &[Kept]) -> Self {
        let mut contents = Self::default();
        for block in letters.iter().flat_map(|kept| &kept.letter.blocks) {
            let key = contents.key(block.content.text());
            contents.by_text.entry(key).or_default().push(Arc::clone(&block.content));
        }
        contents
    }

    fn get(&self, logical: &Logical, role: Role, body_start: usize) -> Option<Arc<Content>> {
        let known = self.by_text.get(&self.key(logical.text()))?;
        known.iter().find(|content| content.is_read_from(logical, role, body_start)).cloned()
    }

    fn key(&self, text: &str) -> u64 {
        self.by_text.hasher().hash_one(text)
    }
}
