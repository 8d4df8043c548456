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

    /// Every line with its break, and the byte at which it starts. The text after the last break is a line,
    /// even when it is empty.
    pub fn lines(&self) -> impl Iterator<Item = (usize, Cow<'_, str>)> {
        let mut start = 0;
        self.rope.lines().map(move |line| {
            let here = start;
            start += line.len_bytes();
            (here, line.into())
        })
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
    fn lines_end_where_the_protocol_says_and_nowhere_else() {
        let document = Document::new("a\nb\r\nc\rd\u{c}e\u{2028}f");
        let lines: Vec<_> = document.lines().map(|(start, text)| (start, text.into_owned())).collect();
        let expected = [(0, "a\n"), (2, "b\r\n"), (5, "c\r"), (7, "d\u{c}e\u{2028}f")];
        assert_eq!(lines, expected.map(|(start, text)| (start, text.to_owned())));
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
