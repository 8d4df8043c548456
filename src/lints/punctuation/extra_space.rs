//! Blanks too many: two or more inside a sentence, one before a mark, one on one side of a slash.

use std::collections::BTreeMap;

use crate::engine::{Applicability, BlockContext, Draft, DraftFix, Sink};
use crate::text::{Gap, Logical, Token, TokenKind, Wrap};

/// More blanks than these align columns.
const MOST_BLANKS: usize = 5;
/// A share of wide gaps above which a line is set to both margins, or in columns.
const LAYOUT_SHARE: usize = 8;
/// Tokens of the longest row of a table.
const LONGEST_ROW: usize = 24;
/// A share of lines that reach the margin above which a text is set to both margins: four of five.
const FULL_SHARE: (usize, usize) = (4, 5);

pub fn check(context: &BlockContext<'_>, sink: &mut Sink) {
    let is_justified = is_justified(&context.content.logical);
    let columns = columns(&context.content.tokens);
    let mut start = 0;
    for line in context.content.tokens.chunk_by(|_, next| next.gap != Gap::Wrap) {
        let is_last = start + line.len() == context.content.tokens.len();
        let is_aligned = || wide_gaps(line).any(|(column, _)| columns.contains(&column));
        let is_layout = is_justified && !is_last || is_layout(line) || is_aligned();
        for at in (start + 1)..(start + line.len()) {
            let reader = Reader { context, at };
            let key_and_text =
                if reader.is_before_mark() || reader.is_in_bracket() || reader.is_beside_slash() {
                    Some(("mark", ""))
                } else if !is_layout && reader.is_between_words() {
                    Some(("message", " "))
                } else {
                    None
                };
            if let Some((key, new_text)) = key_and_text {
                sink.push(reader.draft(key, new_text));
            }
        }
        start += line.len();
    }
}

/// Whether a text is set to both margins: every line but the last has the same width.
fn is_justified(logical: &Logical) -> bool {
    let is_full = |wrap: &&Wrap| match logical.wraps().len() {
        1 => wrap.line_width == logical.page_margin(),
        _ => wrap.line_width == logical.margin(),
    };
    let wraps = logical.wraps();
    !wraps.is_empty() && wraps.iter().filter(is_full).count() * FULL_SHARE.1 >= wraps.len() * FULL_SHARE.0
}

/// Where in a line what follows more than one blank begins, and how many blanks those are.
fn wide_gaps(line: &[Token]) -> impl Iterator<Item = (usize, usize)> {
    let gaps = line.windows(2).filter(|pair| pair[1].gap == Gap::Blanks);
    gaps.map(|pair| (pair[1].span.start - line[0].span.start, pair[1].span.start - pair[0].span.end))
}

/// The columns in which two lines or more begin anew, one of them behind more than two blanks: those of a table.
fn columns(tokens: &[Token]) -> Vec<usize> {
    let mut found: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (column, width) in tokens.chunk_by(|_, next| next.gap != Gap::Wrap).flat_map(wide_gaps) {
        let (lines, widest) = found.entry(column).or_default();
        (*lines, *widest) = (*lines + 1, width.max(*widest));
    }
    found.retain(|_, (lines, widest)| *lines > 1 && *widest > 2);
    found.into_keys().collect()
}

fn is_layout(line: &[Token]) -> bool {
    let is_wide = |pair: &&[Token]| {
        pair[1].gap == Gap::Blanks && pair.iter().all(|token| token.kind != TokenKind::Mark)
    };
    let wide = line.windows(2).filter(is_wide).count();
    // "  Left bend  35          45": a row of a table.
    let gaps = || line.windows(2).filter(|pair| pair[1].gap == Gap::Blanks);
    let is_row = line.len() <= LONGEST_ROW
        && gaps().count() > 1
        && gaps().any(|pair| pair[1].span.start > pair[0].span.end + 2);
    // "Films 02/10/2023   no fracture": a date, and what was found.
    let is_dated_row = || {
        const LABEL: usize = 8;
        let mut gaps = line.windows(2).take(LABEL).filter(|pair| pair[1].gap == Gap::Blanks);
        gaps.next().is_some_and(|pair| {
            pair[0].kind == TokenKind::Number && pair[1].span.start > pair[0].span.end + 2
        })
    };
    is_row || is_dated_row() || wide > 2 && wide * LAYOUT_SHARE > line.len()
}

/// Looks at the gap before one token.
struct Reader<'a> {
    context: &'a BlockContext<'a>,
    at: usize,
}

impl Reader<'_> {
    fn before(&self) -> &str {
        self.context.word(self.at - 1)
    }

    fn has_blank(&self, token: usize) -> bool {
        matches!(self.context.gap(token), Some(Gap::Blank | Gap::Blanks))
    }

    fn is_text(&self, token: usize) -> bool {
        matches!(self.context.kind(token), Some(TokenKind::Word | TokenKind::Number))
    }

    fn blanks(&self) -> &str {
        let tokens = &self.context.content.tokens;
        &self.context.content.text()[tokens[self.at - 1].span.end..tokens[self.at].span.start]
    }

    /// "pain , numbness"; not where a name may be lost ("seen by , who"), and no mark of another notation (".5", ": )").
    fn is_before_mark(&self) -> bool {
        if !self.has_blank(self.at) || !matches!(self.context.word(self.at), "," | "." | ";" | ":") {
            return false;
        }
        let next = self.at + 1;
        let stands_apart = self.context.gap(next) != Some(Gap::None) || self.context.word(next) == ")";
        let follows_text = self.is_text(self.at - 1) || matches!(self.before(), ")" | "%" | "]");
        let between_numbers = self.context.kind(self.at - 1) == Some(TokenKind::Number)
            && self.context.kind(next) == Some(TokenKind::Number);
        let is_ellipsis = self.context.word(next) == "." || self.before() == ".";
        let may_be_lost = self.context.is_in_lower("wants-name", self.before())
            || self.context.is_in_lower("after-name", self.context.word(next))
            || self.context.is_in_lower("names", self.before())
            || self.context.gap(self.at) == Some(Gap::Blanks);
        stands_apart && follows_text && !between_numbers && !is_ellipsis && !may_be_lost
    }

    /// "( a narrow canal", "canal )"; not "( )", "( x )".
    fn is_in_bracket(&self) -> bool {
        if self.context.gap(self.at) != Some(Gap::Blank) {
            return false;
        }
        let is_long = |token: usize| self.is_text(token) && self.context.word(token).len() > 1;
        self.before() == "(" && is_long(self.at) && self.context.word(self.at + 1) != ")"
            || self.context.word(self.at) == ")"
                && is_long(self.at - 1)
                && !self.context.is_in_lower("wants-name", self.before())
    }

    /// "spinal/ lumbar", "and /or"; a slash between blanks is a style, and "w/ pain" a short form.
    fn is_beside_slash(&self) -> bool {
        if self.context.gap(self.at) != Some(Gap::Blank) {
            return false;
        }
        let slash = if self.before() == "/" {
            self.at - 1
        } else if self.context.word(self.at) == "/" {
            self.at
        } else {
            return false;
        };
        let is_word = |token: usize| {
            self.context.kind(token) == Some(TokenKind::Word) && self.context.word(token).chars().count() > 1
        };
        let is_lopsided = self.has_blank(slash) != self.has_blank(slash + 1);
        slash > 0
            && is_lopsided
            && is_word(slash - 1)
            && is_word(slash + 1)
            && [slash, slash + 1].iter().all(|&token| self.context.gap(token) != Some(Gap::Wrap))
    }

    /// "not  limited"; not behind a stop, a colon or a list's number, and not where a name may be lost.
    fn is_between_words(&self) -> bool {
        if self.context.gap(self.at) != Some(Gap::Blanks) {
            return false;
        }
        let blanks = self.blanks();
        let is_plain = blanks.chars().count() <= MOST_BLANKS && blanks.chars().all(|c| c == ' ');
        let (before, after) = (self.before(), self.context.word(self.at));
        let begins_small = |word: &str| word.starts_with(char::is_lowercase);
        let are_words = self.is_text(self.at) && (self.is_text(self.at - 1) || before == ",");
        // Two words with capitals, or a value and the next label, stand in columns.
        let runs_on = begins_small(before) || begins_small(after) || before == "," && begins_small(after);
        is_plain && are_words && runs_on && !self.may_hold_name()
    }

    /// Whether a name may have stood in the gap: behind "by", before what a person does, between an article and a report.
    fn may_hold_name(&self) -> bool {
        let (before, after) = (self.before(), self.context.word(self.at));
        let is_determined = self.context.is_in_lower("determiners", after);
        // "In  wrote", "of  clinic": what follows can stand behind the name only.
        let goes_on = ["done", "documents", "linking"].iter().any(|set| self.context.is_in_lower(set, after))
            || !after.starts_with(char::is_lowercase);
        let is_infinitive = before == "to" && !goes_on && !is_determined;
        // "Was seen  in May": who saw the patient would stand behind "by".
        let is_passive = before == "seen"
            && after != "by"
            && self.at > 1
            && self.context.is_in_lower("passive", self.context.word(self.at - 2));
        if is_passive {
            return false;
        }
        self.context.is_in_lower("names", before) && !is_infinitive
            || before.ends_with("ist")
            || self.context.is_in_lower("wants-name", before) && !is_determined && goes_on
            || self.context.is_in_lower("articles", before)
                && (self.context.is_in_lower("documents", after) || self.context.is_in_lower("done", after))
            || self.context.is_in_lower("done", after) && !self.context.is_in_lower("subjects", before)
            || self.context.is_in_lower("after-name", after)
            || after.starts_with(['\'', '\u{2019}'])
    }

    fn draft(&self, key: &'static str, new_text: &str) -> Draft {
        let tokens = &self.context.content.tokens;
        let span = tokens[self.at - 1].span.start..tokens[self.at].span.end;
        let gap = tokens[self.at - 1].span.end..tokens[self.at].span.start;
        let fix = DraftFix::replace(self.context.place(gap), new_text, Applicability::Safe);
        Draft::new(self.context.place(span), key).fix(fix.titled("Remove the extra space"))
    }
}
