//! Where something stands, as people look it up.

use std::fmt;

use crate::files::{Part, Parts};
use crate::text::Document;

/// A place: by line and column in plain text, on a page or in a paragraph of what has these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub part: Option<Part>,
    /// Line of the text or of the part, from 1. On a page only lines that hold something count, as nobody sees others.
    pub line: usize,
    /// Column in Unicode scalar values, from 1.
    pub column: usize,
}

impl Place {
    /// # Panics
    /// If the byte is beyond the end of the document.
    pub fn of(document: &Document, parts: &Parts, byte: usize) -> Self {
        let at = document.line_column(byte);
        let Some((start, part)) = parts.at(byte) else {
            return Self { part: None, line: at.line, column: at.column };
        };
        let first = document.line_column(start);
        let line = match part {
            Part::Page(_) => {
                let before = document.slice(start..byte);
                let (whole, last) = before.rsplit_once('\n').unwrap_or(("", &before));
                let column = last.chars().count() + 1;
                let line = whole.lines().filter(|line| !line.trim().is_empty()).count() + 1;
                return Self { part: Some(part), line, column };
            }
            _ => at.line - first.line + 1,
        };
        Self { part: Some(part), line, column: at.column }
    }

    /// "5:8", "page 2, line 5" or "paragraph 7": without spaces to be read by programs where it can be.
    pub fn short(self) -> String {
        match self.part {
            None => format!("{}:{}", self.line, self.column),
            Some(_) => self.to_string(),
        }
    }
}

/// "line 5", "page 2, line 5" or "paragraph 7".
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part {
            None => write!(f, "line {}", self.line),
            Some(part @ Part::Page(_)) => write!(f, "{part}, line {}", self.line),
            Some(part) => write!(f, "{part}"),
        }
    }
}
