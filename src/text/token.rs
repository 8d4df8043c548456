//! Words, numbers and marks of a logical text, with the gap before each.

use super::Span;

/// One word, number or mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Logical span.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// What stands between the token before and this one.
    pub gap: Gap,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with apostrophes inside ("patient's") and digits after the first letter ("L4").
    Word,
    /// Digits, with single stops, commas or slashes between digits ("10/325", "1,000", "02/14/2012").
    Number,
    /// Any other single character.
    Mark,
}

/// What stands between two tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// The text begins here.
    Start,
    /// Nothing.
    None,
    /// One blank.
    Blank,
    /// Two or more blanks inside a line.
    Blanks,
    /// A wrap, whatever its blanks.
    Wrap,
}

impl Gap {
    /// One blank or one wrap: what a writer calls a space.
    #[must_use]
    pub fn is_space(self) -> bool {
        matches!(self, Self::Blank | Self::Wrap)
    }
}

/// Cuts a logical text into tokens.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut chars = text.char_indices().peekable();
    let mut gap = Gap::Start;
    while let Some(&(start, first)) = chars.peek() {
        if first.is_whitespace() {
            gap = widen(gap, first, tokens.is_empty());
            chars.next();
            continue;
        }
        let rest = &text[start..];
        let (length, kind) = if first.is_alphabetic() {
            (word_length(rest), TokenKind::Word)
        } else if first.is_ascii_digit() {
            (number_length(rest), TokenKind::Number)
        } else {
            (first.len_utf8(), TokenKind::Mark)
        };
        let end = start + length;
        while chars.next_if(|&(at, _)| at < end).is_some() {}
        tokens.push(Token { span: start..end, kind, gap });
        gap = Gap::None;
    }
    tokens
}

fn widen(gap: Gap, blank: char, at_start: bool) -> Gap {
    match (gap, blank) {
        _ if at_start => Gap::Start,
        (_, '\n') | (Gap::Wrap, _) => Gap::Wrap,
        (Gap::None, _) => Gap::Blank,
        _ => Gap::Blanks,
    }
}

fn word_length(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let mut end = 0;
    while let Some((at, c)) = chars.next() {
        let joins = is_apostrophe(c) && chars.peek().is_some_and(|&(_, next)| next.is_alphabetic());
        if c.is_alphanumeric() || is_combining(c) || joins {
            end = at + c.len_utf8();
        } else {
            break;
        }
    }
    end
}

fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut end = 0;
    while end < bytes.len() {
        let joins =
            matches!(bytes[end], b'.' | b',' | b'/') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if bytes[end].is_ascii_digit() || joins {
            end += 1;
        } else {
            break;
        }
    }
    end
}

/// The typewriter's or the printer's apostrophe.
#[must_use]
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}')
}

/// Combining marks stay with their letter.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        tokens(text).into_iter().map(|token| &text[token.span]).collect()
    }

    #[test]
    fn words_numbers_and_marks() {
        assert_eq!(words("the patient’s L4-5 disc"), ["the", "patient’s", "L4", "-", "5", "disc"]);
        assert_eq!(words("on 02/14/2012, 10/325 mg."), ["on", "02/14/2012", ",", "10/325", "mg", "."]);
        assert_eq!(words("12months 's e\u{301}t"), ["12", "months", "'", "s", "e\u{301}t"]);
    }

    #[test]
    fn gaps_tell_a_lost_name_from_a_wrap() {
        let gaps: Vec<_> = tokens(" a  b\nc d.e").into_iter().map(|token| token.gap).collect();
        assert_eq!(gaps, [Gap::Start, Gap::Blanks, Gap::Wrap, Gap::Blank, Gap::None, Gap::None]);
    }
}
