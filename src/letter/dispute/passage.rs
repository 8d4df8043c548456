//! Passages of a letter's lines, from one position to another.

use crate::letter::cut::RawBlock;
use crate::letter::item_heading::MAX_HEADING_LINES;
use crate::letter::label::Label;
use crate::letter::layout::Line;
use crate::letter::sentence::is_abbreviation;

/// No title of a service has more words.
const MOST_TITLE_WORDS: usize = 30;
/// Words that make a title a sentence.
const VERBS: &[&str] = &[
    "is", "are", "was", "were", "has", "have", "had", "does", "do", "did", "not", "no", "should", "would",
    "must", "can", "may", "will",
];

/// A place in the lines of a letter: a line and a column in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Position {
    pub line: usize,
    pub column: usize,
}

/// The lines of a letter.
#[derive(Clone, Copy)]
pub(super) struct Lines<'a> {
    pub lines: &'a [Line<'a>],
}

impl<'a> Lines<'a> {
    /// The first text from a position on.
    pub fn next_text(&self, from: Position, end: Position) -> Option<Position> {
        let rest = self.rest(from);
        let column = from.column + (rest.len() - rest.trim_start().len());
        let next = if rest.trim_start().is_empty() {
            Position { line: from.line + 1, column: 0 }
        } else {
            Position { column, ..from }
        };
        (next < end).then_some(next)
    }

    /// Where a block ends.
    pub fn end(&self, block: &RawBlock) -> Position {
        let line = block.lines.end - 1;
        Position { line, column: block.end_column.unwrap_or(self.lines[line].text.len()) }
    }

    /// The rest of a line.
    pub fn rest(&self, from: Position) -> &'a str {
        &self.lines[from.line].text[from.column..]
    }

    /// The words between two positions in small letters, without a label and without articles.
    pub fn words(&self, start: Position, end: Position) -> Vec<String> {
        let mut words = Vec::new();
        for line in start.line..=end.line.min(start.line + MAX_HEADING_LINES) {
            let text = self.lines[line].text;
            let last = if line == end.line { end.column } else { text.len() };
            let mut first = if line == start.line { start.column } else { 0 };
            if line == start.line {
                first += Label::at_start(&text[first..last]).map_or(0, |label| label.len);
            }
            let split = text[first..last].split(|c: char| !c.is_alphanumeric() && c != '-');
            words.extend(split.map(str::to_lowercase).filter(|word| {
                !word.is_empty() && !matches!(word.as_str(), "the" | "a" | "an" | "requested" | "proposed")
            }));
        }
        words
    }

    /// Where the title of a service ends: at its colon, at its stop, or with its paragraph.
    pub fn title_end(&self, start: Position, block: &RawBlock) -> Option<Position> {
        let last = block.lines.end.min(start.line + MAX_HEADING_LINES);
        let stop = (start.line..last).find_map(|line| {
            let from = if line == start.line { start.column } else { 0 };
            let text = self.lines[line].text;
            stop_in(&text[from..]).map(|column| Position { line, column: from + column })
        });
        let end = stop.or_else(|| (last == block.lines.end).then(|| self.end(block)))?;
        let words = self.words(start, end);
        let is_title = (1..=MOST_TITLE_WORDS).contains(&words.len())
            && !words.iter().any(|word| VERBS.contains(&word.as_str()))
            && self.rest(start).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        is_title.then_some(end)
    }
}

/// Where a title's stop ends: a colon, or a full stop behind a word before a new sentence.
fn stop_in(text: &str) -> Option<usize> {
    text.char_indices().filter(|(_, c)| matches!(c, '.' | ':')).map(|(at, _)| at).find_map(|at| {
        let (before, after) = (&text[..at], &text[at + 1..]);
        let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        // "Teeth F and G." ends where "Dr." does not.
        let ends_word = word.len() == 1 || !word.is_empty() && !is_abbreviation(word);
        let begins_next = after.is_empty()
            || after.starts_with(' ')
                && after.trim_start().starts_with(|c: char| c.is_uppercase() || c == '"');
        let is_stop = text[at..].starts_with(':') && (after.is_empty() || after.starts_with(' '));
        (is_stop || ends_word && begins_next).then_some(at + 1)
    })
}
