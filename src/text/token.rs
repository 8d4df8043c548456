//! Words, numbers and marks of a logical text, with the gap before each.

use std::borrow::Cow;

use super::Span;
use super::word::{Key, key, lowered, without_possessive};

/// One word, number or mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Logical span.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// What stands between the token before and this one.
    pub gap: Gap,
    /// The key of [`Self::small`].
    pub key: Key,
    /// The key of [`Self::bare`].
    pub bare_key: Key,
    /// As tables of words have it, where it is not written so.
    small: Option<Box<str>>,
}

impl Token {
    fn new(text: &str, span: Span, kind: TokenKind, gap: Gap) -> Self {
        let written = &text[span.clone()];
        let small = match lowered(written) {
            Cow::Borrowed(_) => None,
            Cow::Owned(small) => Some(small.into_boxed_str()),
        };
        let whole = small.as_deref().unwrap_or(written);
        let bare = without_possessive(whole);
        let whole_key = key(whole);
        let bare_key = if bare.len() < whole.len() { key(bare) } else { whole_key };
        Self { span, kind, gap, key: whole_key, bare_key, small }
    }

    /// In small letters, with the typewriter's apostrophe; of the text that it was cut from.
    #[must_use]
    pub fn small<'a>(&'a self, text: &'a str) -> &'a str {
        self.small.as_deref().unwrap_or_else(|| &text[self.span.clone()])
    }

    /// [`Self::small`] without the "'s" of a possessive.
    #[must_use]
    pub fn bare<'a>(&'a self, text: &'a str) -> &'a str {
        without_possessive(self.small(text))
    }

    /// The token in a text that begins so many bytes earlier.
    #[must_use]
    pub fn shifted(mut self, by: usize) -> Self {
        self.span = self.span.start + by..self.span.end + by;
        self
    }
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
    let bytes = text.as_bytes();
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut gap = Gap::Start;
    let mut start = 0;
    while let Some(first) = char_at(text, start) {
        if first.is_whitespace() {
            gap = widen(gap, first, tokens.is_empty());
            start += first.len_utf8();
            continue;
        }
        let (end, kind) = if first.is_alphabetic() {
            (word_end(text, start), TokenKind::Word)
        } else if first.is_ascii_digit() {
            (number_end(bytes, start), TokenKind::Number)
        } else {
            (start + first.len_utf8(), TokenKind::Mark)
        };
        tokens.push(Token::new(text, start..end, kind, gap));
        gap = Gap::None;
        start = end;
    }
    tokens
}

/// The character at an offset; most are of one byte.
fn char_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at) {
        Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
        Some(_) => text[at..].chars().next(),
        None => None,
    }
}

fn widen(gap: Gap, blank: char, at_start: bool) -> Gap {
    match (gap, blank) {
        _ if at_start => Gap::Start,
        (_, '\n') | (Gap::Wrap, _) => Gap::Wrap,
        (Gap::None, _) => Gap::Blank,
        _ => Gap::Blanks,
    }
}

fn word_end(text: &str, start: usize) -> usize {
    let mut end = start;
    while let Some(c) = char_at(text, end) {
        let next = end + c.len_utf8();
        let joins = || is_apostrophe(c) && char_at(text, next).is_some_and(char::is_alphabetic);
        if c.is_alphanumeric() || is_combining(c) || joins() {
            end = next;
        } else {
            break;
        }
    }
    end
}

fn number_end(bytes: &[u8], start: usize) -> usize {
    let mut end = start;
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
    fn tokens_know_themselves_in_small_letters() {
        let text = "The PATIENT\u{2019}S pain";
        let tokens = tokens(text);
        assert_eq!((tokens[1].small(text), tokens[1].bare(text)), ("patient's", "patient"));
        assert_eq!((tokens[1].key, tokens[1].bare_key), (key("patient's"), key("patient")));
        assert_eq!((tokens[2].key, tokens[2].bare_key), (key("pain"), key("pain")));
    }

    #[test]
    fn gaps_tell_a_lost_name_from_a_wrap() {
        let gaps: Vec<_> = tokens(" a  b\nc d.e").into_iter().map(|token| token.gap).collect();
        assert_eq!(gaps, [Gap::Start, Gap::Blanks, Gap::Wrap, Gap::Blank, Gap::None, Gap::None]);
    }
}
