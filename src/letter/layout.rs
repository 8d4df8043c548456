//! Layout: the lines of a document, where a line's end is a wrap and where it ends a paragraph, and the margin.

use memchr::memchr;

use super::sentence::is_abbreviation;
use crate::text;

/// A line that holds text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// Document offset of its first character that is no blank.
    pub start: usize,
    /// Its text without leading and trailing blanks and form feeds.
    pub text: &'a str,
    /// Blanks before its text, a tab counting as four.
    pub indent: usize,
    /// Blanks after it, before the line break.
    pub trailing_blanks: usize,
    /// Lines without text between the text line before and this one.
    pub blank_lines_before: usize,
    /// Whether a form feed stands between the text line before and this one.
    pub page_break_before: bool,
}

impl Line<'_> {
    /// What is known of it beside its text.
    pub fn without_text(&self) -> Line<'static> {
        Line { text: "", ..*self }
    }

    /// Whether its last mark ends a sentence.
    pub fn ends_sentence(&self) -> bool {
        self.text.trim_end_matches(['"', '\u{201d}', ')', '\'']).ends_with(['.', '!', '?'])
    }

    /// Whether its last stop is that of an abbreviation ("at 3 p.m.").
    fn ends_in_abbreviation(&self) -> bool {
        let last_word = self.text.rsplit(char::is_whitespace).next().unwrap_or_default();
        last_word.strip_suffix('.').is_some_and(is_abbreviation)
    }

    fn starts_lower(&self) -> bool {
        self.text.starts_with(char::is_lowercase)
    }

    /// Whether a page ends before it: at a form feed, or at blank lines that nothing else leaves.
    pub fn starts_page(&self) -> bool {
        self.page_break_before || self.blank_lines_before >= PAGE_END_BLANK_LINES
    }
}

/// The lines of a document that hold text. A form feed ends one too, should an extraction have left it inside.
pub(super) fn text_lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut blank_lines = 0;
    let mut page_break = false;
    for (start, line) in text::lines(text) {
        let before = lines.len();
        let mut piece_start = 0;
        loop {
            let piece_end = memchr(b'\x0c', &line.as_bytes()[piece_start..]).map(|at| piece_start + at);
            let piece = &line[piece_start..piece_end.unwrap_or(line.len())];
            let text = piece.trim();
            if !text.is_empty() {
                let leading = &piece[..piece.len() - piece.trim_start().len()];
                lines.push(Line {
                    start: start + piece_start + leading.len(),
                    indent: leading.chars().map(|c| if c == '\t' { 4 } else { 1 }).sum(),
                    trailing_blanks: piece.len() - leading.len() - text.len(),
                    text,
                    blank_lines_before: blank_lines,
                    page_break_before: page_break,
                });
                blank_lines = 0;
                page_break = false;
            }
            let Some(end) = piece_end else { break };
            page_break = true;
            piece_start = end + 1;
        }
        blank_lines += usize::from(lines.len() == before);
    }
    lines
}

/// How a document is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    /// Every visual line is followed by an empty one (an extraction from a PDF), so one empty line ends nothing.
    pub double_spaced: bool,
    /// Lines are broken at a margin. Otherwise each line is a paragraph.
    pub wrapped: bool,
    /// The margin, in characters: four of five long lines keep to it. 0 where lines are not broken at one.
    pub margin: usize,
}

/// Lines shorter than this (in bytes) are headings, labels and list elements: they do not tell the layout.
const LONG_LINE: usize = 40;
/// Blank lines that only the end of a page leaves.
const PAGE_END_BLANK_LINES: usize = 4;

impl Layout {
    /// Reads the layout off the lines. `is_mark` says which lines begin a heading, a label or a fixed sentence.
    pub fn of(lines: &[Line<'_>], is_mark: impl Fn(usize) -> bool) -> Self {
        let mut spaced = 0;
        let mut single = Pairs::default();
        let mut double = Pairs::default();
        for (index, pair) in lines.windows(2).enumerate() {
            spaced += usize::from(pair[1].blank_lines_before > 0);
            if pair[0].text.len() < LONG_LINE || is_mark(index + 1) {
                continue;
            }
            match pair[1].blank_lines_before {
                0 => single.count(&pair[0]),
                1 => double.count(&pair[0]),
                _ => {}
            }
        }
        // A typed draft of one line a paragraph has the empty lines too, but its lines end with their sentence.
        let double_spaced =
            lines.len() > 2 && spaced * 5 > (lines.len() - 1) * 4 && double.mostly_mid_sentence();
        let margin = margin(lines);
        let wrapped = double_spaced || single.mostly_mid_sentence() && margin > 0;
        Self { double_spaced, wrapped, margin: if wrapped { margin } else { 0 } }
    }

    /// Whether a paragraph ends between two text lines that follow each other.
    pub fn breaks_between(self, before: &Line<'_>, after: &Line<'_>) -> bool {
        let blanks = after.blank_lines_before;
        let goes_on = after.starts_lower() && (!before.ends_sentence() || before.ends_in_abbreviation());
        if after.starts_page() && (goes_on || self.is_full(before, after)) {
            return false;
        }
        // The blank line before a form feed belongs to the page, not to the text.
        let blanks = if after.page_break_before && blanks <= 1 { 0 } else { blanks };
        match (self.double_spaced, blanks) {
            (true, blanks) => blanks > 1,
            (false, 0) => !(self.wrapped || goes_on),
            (false, _) => true,
        }
    }

    /// Whether a line without an end goes on because the next line's first word found no room on it.
    fn is_full(self, before: &Line<'_>, after: &Line<'_>) -> bool {
        let first_word = after.text.split_whitespace().next().unwrap_or_default();
        let width = before.text.chars().count() + 1 + first_word.chars().count();
        !before.ends_sentence() && (before.text.ends_with(',') || self.margin > 0 && width > self.margin)
    }
}

/// No page is set wider than this, in characters: longer lines are paragraphs.
const WIDEST_MARGIN: usize = 160;

/// The width that four of five long lines keep to: the others were joined by an extraction. 0 where lines
/// are too long for a page.
fn margin(lines: &[Line<'_>]) -> usize {
    let mut widths: Vec<usize> =
        lines.iter().map(|line| line.text.chars().count()).filter(|&width| width >= LONG_LINE).collect();
    widths.sort_unstable();
    widths.get(widths.len() * 4 / 5).copied().filter(|&margin| margin <= WIDEST_MARGIN).unwrap_or(0)
}

/// Pairs of neighbouring lines of which the first is long: how many are broken in mid-sentence?
#[derive(Default)]
struct Pairs {
    all: usize,
    mid_sentence: usize,
}

impl Pairs {
    fn count(&mut self, line: &Line<'_>) {
        self.all += 1;
        self.mid_sentence += usize::from(!line.ends_sentence());
    }

    fn mostly_mid_sentence(&self) -> bool {
        self.mid_sentence * 2 >= self.all && self.mid_sentence > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether it is double-spaced, and whether it is wrapped.
    fn layout(text: &str) -> (bool, bool) {
        let layout = Layout::of(&text_lines(text), |_| false);
        assert_eq!(layout.wrapped, layout.margin > 0);
        (layout.double_spaced, layout.wrapped)
    }

    #[test]
    fn double_spaced_by_an_extraction() {
        let text = "The worker fell from a ladder and landed on the \n\nright hip, which has been painful at night and \n\n\
                    while walking ever since that day. \n\n \n\nPhysical therapy helped for a while. \n";
        assert_eq!(layout(text), (true, true));
    }

    #[test]
    fn a_typed_draft_of_one_line_a_paragraph_is_not_double_spaced() {
        let text = "The worker fell from a ladder and landed on the right hip.\n\nPhysical therapy helped for some weeks only.\n\n\
                    The request is for an injection of the right hip joint.\n\n";
        assert_eq!(layout(text), (false, false));
    }

    #[test]
    fn set_to_a_margin_without_empty_lines() {
        let text = "The worker fell from a ladder and landed on the right hip, which has\nbeen painful at night and while \
                    walking ever since that day in March,\nin spite of therapy.";
        assert_eq!(layout(text), (false, true));
    }

    #[test]
    fn the_end_of_a_page_is_no_paragraph() {
        let lines = text_lines("the patient was seen in\n\n\u{c}clinic on\n03/04/2016.\n\u{c}");
        assert!(lines[1].page_break_before);
        assert_eq!(lines[1].text, "clinic on");
        let layout = Layout { double_spaced: false, wrapped: true, margin: 80 };
        assert!(!layout.breaks_between(&lines[0], &lines[1]));
        let lines: Vec<_> = text_lines("seen in \u{c}  clinic\u{c}\u{c}\n\u{c}on")
            .into_iter()
            .map(|line| {
                (line.text.to_owned(), line.trailing_blanks, line.page_break_before, line.blank_lines_before)
            })
            .collect();
        let expected = [("seen in", 1, false, 0), ("clinic", 0, true, 0), ("on", 0, true, 0)];
        assert_eq!(lines, expected.map(|(text, blanks, page, lines)| (text.to_owned(), blanks, page, lines)));
    }
}
