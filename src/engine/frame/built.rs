//! The product's own patterns, as the build has written them down: one text, one list of words, and numbers that point into
//! these. Pointers in their place would all have to be put right whenever the program starts.

use std::ops::Range;

use super::anchors::Beside;
use crate::text::Key;

/// What parts the columns of a pattern's line.
const COLUMNS: char = '\t';
/// What parts the entries of a column.
const ENTRIES: char = '\u{1f}';

/// The patterns of a lint.
#[derive(Debug)]
pub struct BuiltFrames {
    /// A line a pattern: the pattern, what should stand in place of what it flags, and the patterns that make it right.
    pub text: &'static str,
    /// Words to which the patterns point.
    pub words: &'static [Key],
    /// What is known of each pattern.
    pub frames: &'static [BuiltFrame],
}

/// A pattern whose anchors the build has found.
#[derive(Debug)]
pub struct BuiltFrame {
    /// Where its line is in the text.
    pub line: Range<u32>,
    /// Where the words are of which one stands in every match.
    pub anchors: Range<u32>,
    /// How many tokens of a match can stand before that word, from and to.
    pub before: (u8, u8),
    /// How far from that word, in tokens, one of further words always stands, and where these are; 0 where there are none.
    pub beside: (i8, Range<u32>),
}

/// The parts of a pattern's line.
pub(super) struct Line {
    pub pattern: &'static str,
    pub replace: Vec<&'static str>,
    pub unless: Vec<&'static str>,
}

impl BuiltFrames {
    pub(super) fn line(&self, frame: &BuiltFrame) -> Line {
        let mut columns = self.text[indices(&frame.line)].split(COLUMNS);
        let pattern = columns.next().unwrap_or_default();
        let mut entries = || {
            let column = columns.next().unwrap_or_default();
            column.split(ENTRIES).filter(|entry| !entry.is_empty()).collect()
        };
        Line { pattern, replace: entries(), unless: entries() }
    }

    /// The words of which one stands in every match of a pattern.
    pub(in crate::engine) fn anchors(&self, frame: &BuiltFrame) -> &'static [Key] {
        &self.words[indices(&frame.anchors)]
    }

    pub(super) fn beside(&self, frame: &BuiltFrame) -> Option<Beside> {
        let (offset, words) = &frame.beside;
        let words = &self.words[indices(words)];
        (*offset != 0).then(|| Beside { offset: (*offset).into(), words: words.into() })
    }
}

fn indices(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}
