//! The logical text of a block: what a reader reads, with its way back to the source.
//!
//! Blanks inside a line stay (a lost name is two blanks). A wrap (trailing blanks, line breaks, empty lines of
//! a double-spaced layout, leading blanks, a page break with its furniture) is one `\n`. A hyphen at a wrap stays and
//! the wrap is dropped: "4-" / "week" reads "4-week". So does a slash between digits: "10/05/" / "2016".

use super::Span;

/// A block's text with its offset map.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Logical {
    text: String,
    /// Where verbatim runs begin, in the logical text and in the source; sorted by both.
    runs: Vec<Run>,
    wraps: Vec<Wrap>,
    page_margin: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    logical: usize,
    source: usize,
}

/// A place where the source's line ended and the sentence went on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrap {
    /// Logical offset of its `\n`, or of the character after a hyphen or slash whose wrap was dropped.
    pub at: usize,
    /// Source bytes that it stands for, relative to the block's start.
    pub source: Span,
    /// Characters on the line that ends here, without leading and trailing blanks.
    pub line_width: usize,
    /// Blanks before the line break. Many extractions leave exactly one; a lost name leaves more.
    pub trailing_blanks: usize,
    /// Whether a hyphen (or a date's slash) stood at the wrap, so that the logical text has no character for it.
    pub after_hyphen: bool,
}

impl Logical {
    /// The text, with `\n` for each wrap.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its wraps, in order.
    #[must_use]
    pub fn wraps(&self) -> &[Wrap] {
        &self.wraps
    }

    /// The widest line of the block, in characters, its last line left out: the margin that the text was set to.
    #[must_use]
    pub fn margin(&self) -> usize {
        self.wraps.iter().map(|wrap| wrap.line_width).max().unwrap_or(0)
    }

    /// Whether the line before the wrap at a logical offset ends near the block's margin: it is no heading and no line
    /// of a list.
    #[must_use]
    pub fn ends_full_line(&self, offset: usize) -> bool {
        let index = self.wraps.partition_point(|wrap| wrap.at < offset);
        index > 0 && self.wraps.len() > 1 && self.wraps[index - 1].line_width * 5 >= self.margin() * 4
    }

    /// The margin to which the whole document is set, in characters; 0 where its lines are not broken at one.
    #[must_use]
    pub fn page_margin(&self) -> usize {
        self.page_margin
    }

    /// Whether the line that holds a logical offset runs far past the document's margin: an extraction that deletes a
    /// hyphen at a line's end has joined the next line on, so that words and dates there may be glued ("fourweek").
    #[must_use]
    pub fn runs_past_margin(&self, offset: usize) -> bool {
        let line = self.wraps.partition_point(|wrap| wrap.at + usize::from(!wrap.after_hyphen) <= offset);
        let start = line.checked_sub(1).map_or(0, |before| self.line_start_after(before));
        let width = self
            .wraps
            .get(line)
            .map_or_else(|| self.text[start.min(self.text.len())..].chars().count(), |wrap| wrap.line_width);
        self.page_margin > 0 && width * 10 > self.page_margin * 11
    }

    /// Whether its lines tell nothing of its words: no hyphen stands at a wrap, and no line runs past the margin.
    #[must_use]
    pub fn has_plain_lines(&self) -> bool {
        let mut starts = (0..self.wraps.len()).map(|wrap| self.line_start_after(wrap));
        !self.wraps.iter().any(|wrap| wrap.after_hyphen)
            && (self.page_margin == 0
                || !self.runs_past_margin(0) && !starts.any(|start| self.runs_past_margin(start)))
    }

    fn line_start_after(&self, wrap: usize) -> usize {
        self.wraps[wrap].at + usize::from(!self.wraps[wrap].after_hyphen)
    }

    /// The source span of a logical span, relative to the block's start. A span that ends before a wrap does not
    /// reach over it.
    #[must_use]
    pub fn to_source(&self, span: &Span) -> Span {
        let start = self.source_offset(span.start);
        if span.is_empty() {
            return start..start;
        }
        start..self.source_offset(span.end - 1) + 1
    }

    fn source_offset(&self, logical: usize) -> usize {
        let run = self.runs.partition_point(|run| run.logical <= logical).saturating_sub(1);
        self.runs.get(run).map_or(logical, |run| run.source + (logical - run.logical))
    }

    /// The logical offset of a source offset, relative to the block's start; the next one after a wrap, where it lies in
    /// that, and the end of the text where it lies behind it.
    #[must_use]
    pub fn to_logical(&self, source: usize) -> usize {
        let next = self.runs.partition_point(|run| run.source <= source);
        let Some(run) = next.checked_sub(1).map(|index| self.runs[index]) else { return 0 };
        let end = self.runs.get(next).map_or(self.text.len(), |next| next.logical);
        (run.logical + (source - run.source)).min(end)
    }

    /// Whether replacing this logical span would have to rewrite a wrap of the source.
    #[must_use]
    pub fn touches_wrap(&self, span: &Span) -> bool {
        self.wraps.iter().any(|wrap| {
            if wrap.after_hyphen {
                span.start < wrap.at && wrap.at < span.end
            } else {
                span.start <= wrap.at && wrap.at < span.end
            }
        })
    }
}

/// Builds a [`Logical`] line by line.
#[derive(Debug, Default)]
pub struct LogicalBuilder {
    logical: Logical,
    /// Source end of what was pushed so far, and what is known of the line that ended there.
    last: Option<(usize, usize)>,
}

impl LogicalBuilder {
    /// A builder for a text of a document that is set to a margin, in characters (0: to none).
    #[must_use]
    pub fn with_margin(page_margin: usize) -> Self {
        Self { logical: Logical { page_margin, ..Logical::default() }, last: None }
    }

    /// The length of the logical text so far.
    #[must_use]
    pub fn text_len(&self) -> usize {
        self.logical.text.len()
    }

    /// Adds a line: its text without leading and trailing blanks, the source offset (relative to the block) at
    /// which that begins, and the number of blanks that followed it on its line.
    pub fn push_line(&mut self, text: &str, source: usize, trailing_blanks: usize) {
        let logical = &mut self.logical;
        if let Some((end, previous_trailing)) = self.last {
            let after_hyphen = joins_over_wrap(&logical.text, text);
            let line_start =
                logical.wraps.len().checked_sub(1).map_or(0, |last| logical.line_start_after(last));
            let line_width = logical.text[line_start..].chars().count();
            let at = logical.text.len();
            logical.wraps.push(Wrap {
                at,
                source: end..source,
                line_width,
                trailing_blanks: previous_trailing,
                after_hyphen,
            });
            if !after_hyphen {
                logical.runs.push(Run { logical: at, source: end });
                logical.text.push('\n');
            }
        }
        logical.runs.push(Run { logical: logical.text.len(), source });
        logical.text.push_str(text);
        self.last = Some((source + text.len(), trailing_blanks));
    }

    /// The finished text.
    #[must_use]
    pub fn finish(self) -> Logical {
        self.logical
    }
}

/// Whether a word goes on over a wrap: "4-" / "week", "10/05/" / "2016"; not a dash between blanks, nor "short-" /
/// "and long-term".
fn joins_over_wrap(before: &str, after: &str) -> bool {
    let ends_in = |mark: char, inside: fn(char) -> bool| {
        before.strip_suffix(mark).is_some_and(|before| before.ends_with(inside))
    };
    let next_word = after.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let is_suspended = matches!(next_word, "and" | "or" | "to");
    ends_in('-', char::is_alphanumeric) && after.starts_with(char::is_alphanumeric) && !is_suspended
        || ends_in('/', |c| c.is_ascii_digit()) && after.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sample letter's form: each line ends in a blank and is followed by an empty line.
    fn double_spaced() -> Logical {
        let mut builder = LogicalBuilder::default();
        builder.push_line("pain in her", 0, 1);
        builder.push_line("slower back, a 4-", 14, 1);
        builder.push_line("week trial", 34, 0);
        builder.finish()
    }

    #[test]
    fn a_wrap_is_one_line_feed_and_a_hyphen_drops_it() {
        let logical = double_spaced();
        assert_eq!(logical.text(), "pain in her\nslower back, a 4-week trial");
        assert_eq!(logical.margin(), 17);
        assert_eq!(logical.wraps()[0].trailing_blanks, 1);
    }

    #[test]
    fn spans_find_their_way_back() {
        let logical = double_spaced();
        let slower = logical.text().find("slower").unwrap();
        assert_eq!(logical.to_source(&(slower..slower + 6)), 14..20);
        assert_eq!(logical.to_source(&(0..11)), 0..11, "a span that ends at a wrap does not reach over it");
        let four_week = logical.text().find("4-week").unwrap();
        assert_eq!(logical.to_source(&(four_week..four_week + 6)), 29..38);
        assert_eq!(logical.to_source(&(slower..slower)), 14..14);
    }

    #[test]
    fn offsets_of_the_source_are_found() {
        let logical = double_spaced();
        for at in [0, 5, 11, 12, 20, logical.text().len()] {
            assert_eq!(logical.to_logical(logical.to_source(&(at..at)).start), at);
        }
        assert_eq!(logical.to_logical(13), 12, "inside a wrap");
        assert_eq!(logical.to_logical(99), logical.text().len());
        assert_eq!(Logical::default().to_logical(3), 0);
    }

    #[test]
    fn a_word_goes_on_over_a_wrap() {
        let joined = |before: &str, after: &str| {
            let mut builder = LogicalBuilder::default();
            builder.push_line(before, 0, 0);
            builder.push_line(after, before.len() + 1, 0);
            builder.finish().text().to_owned()
        };
        assert_eq!(joined("seen on 10/05/", "2016 and"), "seen on 10/05/2016 and");
        assert_eq!(joined("for short-", "and long-term use"), "for short-\nand long-term use");
        assert_eq!(joined("the pain -", "he said"), "the pain -\nhe said");
        assert_eq!(joined("his/", "her"), "his/\nher");
    }

    #[test]
    fn joined_lines_run_past_the_margin() {
        let mut builder = LogicalBuilder::with_margin(20);
        builder.push_line("twenty characters ok", 0, 0);
        builder.push_line("a fourweek trial of a new drug", 21, 0);
        builder.push_line("ends here.", 52, 0);
        let logical = builder.finish();
        let past = |word: &str| logical.runs_past_margin(logical.text().find(word).unwrap());
        assert_eq!([past("characters"), past("fourweek"), past("ends")], [false, true, false]);
        assert!(!LogicalBuilder::default().finish().runs_past_margin(0), "no margin, no line past it");
    }

    #[test]
    fn edits_over_a_wrap_are_told_apart() {
        let logical = double_spaced();
        assert!(logical.touches_wrap(&(8..18)));
        assert!(!logical.touches_wrap(&(12..18)));
        let four_week = logical.text().find("4-week").unwrap();
        assert!(logical.touches_wrap(&(four_week..four_week + 6)));
        assert!(!logical.touches_wrap(&(four_week + 2..four_week + 6)));
    }
}
