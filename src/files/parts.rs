//! Where a text has pages or paragraphs: a place in it is told by these, not by a line that nobody can see.

use std::fmt;

/// A part of a document that is not plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A page of a PDF, from 1.
    Page(usize),
    /// A paragraph of a Word document, from 1; empty ones count.
    Paragraph(usize),
    /// What a Word document sets above its pages.
    Header,
    /// What a Word document sets below its pages.
    Footer,
}

/// The parts of a text with the bytes at which they begin; none in plain text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts(Vec<(usize, Part)>);

impl Parts {
    /// Adds the part that begins at a byte, after those before it.
    pub fn push(&mut self, start: usize, part: Part) {
        self.0.push((start, part));
    }

    /// The part that holds a byte, and where it begins; none in plain text.
    #[must_use]
    pub fn at(&self, byte: usize) -> Option<(usize, Part)> {
        let after = self.0.partition_point(|(start, _)| *start <= byte);
        after.checked_sub(1).map(|index| self.0[index])
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Page(number) => write!(f, "page {number}"),
            Self::Paragraph(number) => write!(f, "paragraph {number}"),
            Self::Header => f.write_str("header"),
            Self::Footer => f.write_str("footer"),
        }
    }
}
