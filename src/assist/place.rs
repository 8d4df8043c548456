//! A place of the document as one of a block.

use crate::letter::{Block, Located, Place};
use crate::text::Span;

/// A document offset as one of the block that it is in, or that stands before it.
#[derive(Debug, Clone, Copy)]
pub(super) struct At<'l> {
    pub letter: &'l Located,
    /// Index of the block among the letter's.
    pub index: usize,
    /// Offset in the block's logical text.
    pub offset: usize,
}

impl<'l> At<'l> {
    /// Absent before the first block.
    pub fn find(letters: &'l [Located], offset: usize) -> Option<Self> {
        let letter =
            letters.iter().rev().find(|letter| letter.start <= offset && !letter.blocks.is_empty())?;
        let own = offset - letter.start;
        let index = letter.blocks.partition_point(|block| block.start <= own).checked_sub(1)?;
        let block = &letter.blocks[index];
        Some(Self { letter, index, offset: block.content.logical.to_logical(own - block.start) })
    }

    pub fn block(&self) -> &'l Block {
        &self.letter.blocks[self.index]
    }

    pub fn text(&self) -> &'l str {
        self.block().content.text()
    }

    /// A logical span of the block as one of the document.
    pub fn span(&self, span: &Span) -> Span {
        self.letter.to_document(&Place { block: self.index, span: span.clone() })
    }

    /// Whether a logical span holds the offset, its end included: a caret behind a word is on it.
    pub fn is_on(&self, span: &Span) -> bool {
        span.start <= self.offset && self.offset <= span.end
    }
}

/// The document span of a whole block.
pub(super) fn block_span(letter: &Located, block: usize) -> Span {
    letter.to_document(&Place { block, span: 0..letter.blocks[block].content.text().len() })
}

/// A letter's words at a place, on one line.
pub(super) fn words(letter: &Located, place: &Place) -> String {
    let text = &letter.blocks[place.block].content.text()[place.span.clone()];
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is read in tests: a document and its letters.
#[cfg(test)]
pub(super) mod tests {
    use crate::letter::{Located, parse};
    use crate::text::{Document, Span};

    /// A letter of two items; `{summary}`, `{guideline}` and `{rationale}` stand for what a test puts there.
    const LETTER: &str = "Case Number: CM14-0012345\nDate of Injury: 02/14/2013\nUR Denial Date: 10/06/2014\n\n\
        CLINICAL CASE SUMMARY\n\n{summary}\n\nIMR ISSUES, DECISIONS AND RATIONALES\n\nMRI of the left knee: Upheld\n\n\
        MAXIMUS guideline: {guideline}\n\nDecision rationale: {rationale}\n\nKnee brace: Overturned\n\n\
        MAXIMUS guideline: Decision based on MTUS Knee Complaints 2004.\n\n\
        Decision rationale: The knee brace is medically necessary.\n";

    pub fn letter(summary: &str, guideline: &str, rationale: &str) -> String {
        LETTER
            .replace("{summary}", summary)
            .replace("{guideline}", guideline)
            .replace("{rationale}", rationale)
    }

    /// A text in which `^` marks a place, without the mark; the place.
    pub fn marked(text: &str) -> (String, usize) {
        let at = text.find('^').expect("a place is marked");
        (text.replacen('^', "", 1), at)
    }

    pub fn read(text: &str) -> Vec<Located> {
        parse(&Document::new(text))
    }

    pub fn texts<'t>(text: &'t str, spans: &[Span]) -> Vec<&'t str> {
        spans.iter().map(|span| &text[span.clone()]).collect()
    }
}
