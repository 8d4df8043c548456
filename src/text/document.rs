//! The document: the only file that names ropey.

use std::borrow::Cow;

use ropey::Rope;

use super::Span;

/// A decoded text without its byte order mark. Offsets are bytes of it; lines end at LF, CR LF or CR, as in
/// the Language Server Protocol (a form feed ends none).
#[derive(Debug, Clone)]
pub struct Document {
    rope: Rope,
}

/// A place for people: line and column from 1, the column in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in Unicode scalar values, from 1.
    pub column: usize,
}

/// What a column counts: the protocol's position encodings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnUnit {
    /// Bytes.
    Utf8,
    /// UTF-16 code units.
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

/// A place for programs: line and column from 0, the column in the unit agreed upon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 0.
    pub line: usize,
    /// Column, from 0.
    pub column: usize,
}

impl Document {
    /// Takes a decoded text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { rope: Rope::from_str(text) }
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rope.len_bytes()
    }

    /// Whether the document has no byte.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The text of a byte range; borrowed where it lies in one chunk of the rope.
    ///
    /// # Panics
    /// If the range is out of bounds or cuts a character.
    #[must_use]
    pub fn slice(&self, span: Span) -> Cow<'_, str> {
        self.rope.byte_slice(span).into()
    }

    /// Line and column of a byte offset.
    ///
    /// # Panics
    /// If the offset is beyond the end.
    #[must_use]
    pub fn line_column(&self, byte: usize) -> LineColumn {
        let char_index = self.rope.byte_to_char(byte);
        let line = self.rope.char_to_line(char_index);
        LineColumn { line: line + 1, column: char_index - self.rope.line_to_char(line) + 1 }
    }

    /// The position of a byte offset.
    ///
    /// # Panics
    /// If the offset is beyond the end.
    #[must_use]
    pub fn position(&self, byte: usize, unit: ColumnUnit) -> Position {
        let line = self.rope.byte_to_line(byte);
        let start = self.rope.line_to_byte(line);
        let column = match unit {
            ColumnUnit::Utf8 => byte - start,
            ColumnUnit::Utf32 => self.rope.byte_to_char(byte) - self.rope.byte_to_char(start),
            ColumnUnit::Utf16 => {
                let units = |byte: usize| self.rope.char_to_utf16_cu(self.rope.byte_to_char(byte));
                units(byte) - units(start)
            }
        };
        Position { line, column }
    }

    /// The byte offset of a position. As the protocol asks, a column beyond a line's end is its end (before the line
    /// break); a line beyond the last is the end of the text; a column inside a character is its start.
    #[must_use]
    pub fn offset(&self, position: Position, unit: ColumnUnit) -> usize {
        if position.line >= self.rope.len_lines() {
            return self.len();
        }
        let start = self.rope.line_to_byte(position.line);
        let (_, end) = self.line_bounds(start, start);
        let first = self.rope.byte_to_char(start);
        let char_index = match unit {
            ColumnUnit::Utf8 => self.rope.byte_to_char((start + position.column).min(end)),
            ColumnUnit::Utf32 => first + position.column,
            ColumnUnit::Utf16 => {
                let wanted = self.rope.char_to_utf16_cu(first) + position.column;
                self.rope.utf16_cu_to_char(wanted.min(self.rope.len_utf16_cu()))
            }
        };
        self.rope.char_to_byte(char_index.min(self.rope.len_chars())).min(end)
    }

    /// Replaces a byte range.
    ///
    /// # Panics
    /// If the range is out of bounds or cuts a character.
    pub fn replace(&mut self, span: Span, text: &str) {
        let chars = self.rope.byte_to_char(span.start)..self.rope.byte_to_char(span.end);
        self.rope.remove(chars.clone());
        self.rope.insert(chars.start, text);
    }

    /// The byte range of the lines that hold the bytes `first` to `last`, without the last line break.
    ///
    /// # Panics
    /// If one of them is beyond the end.
    #[must_use]
    pub fn line_bounds(&self, first: usize, last: usize) -> (usize, usize) {
        let start = self.rope.line_to_byte(self.rope.byte_to_line(first));
        let last_line = self.rope.byte_to_line(last);
        let line = self.rope.line(last_line);
        let breaks =
            line.chars_at(line.len_chars()).reversed().take_while(|c| matches!(c, '\n' | '\r')).count();
        (start, self.rope.line_to_byte(last_line) + line.len_bytes() - breaks)
    }
}

impl From<&Document> for String {
    fn from(document: &Document) -> Self {
        Self::from(&document.rope)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_in_every_unit_lead_back() {
        let text = "ab\r\n90° 😀x\r\n\n";
        let document = Document::new(text);
        for unit in [ColumnUnit::Utf8, ColumnUnit::Utf16, ColumnUnit::Utf32] {
            for (byte, _) in text.char_indices().filter(|(_, c)| !matches!(c, '\r' | '\n')) {
                assert_eq!(document.offset(document.position(byte, unit), unit), byte);
            }
        }
        let x = text.find('x').unwrap();
        let column = |unit| document.position(x, unit).column;
        assert_eq!(
            [column(ColumnUnit::Utf8), column(ColumnUnit::Utf16), column(ColumnUnit::Utf32)],
            [9, 6, 5]
        );
    }

    #[test]
    fn positions_beyond_the_text_are_taken_in() {
        let document = Document::new("ab\r\n😀x");
        let offset = |line, column| document.offset(Position { line, column }, ColumnUnit::Utf16);
        assert_eq!(offset(0, 99), 2, "before the line break");
        assert_eq!(offset(9, 0), document.len());
        assert_eq!(offset(1, 1), 4, "inside a character is its start");
        assert_eq!(offset(1, 99), document.len());
    }

    #[test]
    fn a_range_is_replaced() {
        let mut document = Document::new("His gait.\r\n");
        document.replace(0..3, "Her");
        assert_eq!(String::from(&document), "Her gait.\r\n");
    }

    #[test]
    fn columns_count_characters() {
        let document = Document::new("ab\r\n90° 😀x");
        assert_eq!(document.line_column(0), LineColumn { line: 1, column: 1 });
        let x = "ab\r\n90° 😀".len();
        assert_eq!(document.line_column(x), LineColumn { line: 2, column: 6 });
        assert_eq!(document.line_column(document.len()), LineColumn { line: 2, column: 7 });
    }
}
