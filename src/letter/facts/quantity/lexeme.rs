//! Lexemes: a sentence's tokens as a quantity's grammar sees them. "x12" and "q6h" are cut, "b.i.d." is joined.

use std::borrow::Cow;

use super::vocabulary::{NOTHING, Roles, roles};
use crate::letter::facts::words::{self, Words};
use crate::text::{Gap, Span, TokenKind};

/// One lexeme.
#[derive(Debug, Clone)]
pub(super) struct Lexeme<'a> {
    /// Logical span.
    pub span: Span,
    /// Index of its token, or of the first of them.
    pub token: usize,
    /// Lower-cased.
    pub word: Cow<'a, str>,
    /// What it can be.
    pub roles: &'static Roles,
    /// The whole number that it writes in digits.
    pub value: Option<u32>,
    /// Whether it is any number in digits: a fraction, a date, a score.
    pub is_figure: bool,
    /// Whether nothing stands between the lexeme before and this one.
    pub glued: bool,
}

impl<'a> Lexeme<'a> {
    /// Whether it is this word or mark.
    pub fn is(&self, word: &str) -> bool {
        self.word == word
    }

    /// "x", "×", "times".
    pub fn is_times(&self) -> bool {
        matches!(&*self.word, "x" | "×" | "times" | "time")
    }

    /// A hyphen or a dash.
    pub fn is_dash(&self) -> bool {
        words::is_dash(&self.word)
    }
}

/// Numbers beyond this are identifiers.
const GREATEST: u32 = 100_000;

/// Cuts a sentence's tokens into lexemes.
pub(super) fn lexemes<'a>(words: &'a Words) -> Vec<Lexeme<'a>> {
    let mut lexemes = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(token) = words.token(at) {
        let place = Place { token: at, span: token.span.clone(), glued: token.gap == Gap::None };
        if let Some((letters, used)) = dotted(words, at) {
            let span = words.span(&(at..at + used));
            lexemes.push(place.with(span).word(Cow::Owned(letters)));
            at += used;
            continue;
        }
        match token.kind {
            TokenKind::Number => lexemes.push(place.figure(Cow::Borrowed(words.raw(at)))),
            TokenKind::Word => push_word(&mut lexemes, words.lower(at), &place),
            TokenKind::Mark => lexemes.push(place.word(Cow::Borrowed(words.raw(at)))),
        }
        at += 1;
    }
    lexemes
}

/// Where a lexeme stands.
#[derive(Clone)]
struct Place {
    token: usize,
    span: Span,
    glued: bool,
}

impl Place {
    fn with(&self, span: Span) -> Self {
        Self { span, ..self.clone() }
    }

    fn word(self, word: Cow<str>) -> Lexeme {
        let Self { token, span, glued } = self;
        Lexeme { span, token, roles: roles(&word), word, value: None, is_figure: false, glued }
    }

    fn figure(self, word: Cow<str>) -> Lexeme {
        let Self { token, span, glued } = self;
        let value = whole_number(&word);
        Lexeme { span, token, word, roles: &NOTHING, value, is_figure: true, glued }
    }
}

/// Cuts "x12", "q6h" and "xwk" into their parts.
fn push_word<'a>(lexemes: &mut Vec<Lexeme<'a>>, word: &'a str, place: &Place) {
    // Lower-casing may change a letter's length; such a word is none of these.
    let cut = (word.len() == place.span.len()).then(|| cut(word)).flatten();
    let Some(ends) = cut else {
        lexemes.push(place.clone().word(Cow::Borrowed(word)));
        return;
    };
    let mut start = 0;
    for end in ends.into_iter().filter(|&end| end > 0) {
        let part = Cow::Borrowed(&word[start..end]);
        let mut place = place.with(place.span.start + start..place.span.start + end);
        place.glued |= start > 0;
        let is_figure = part.starts_with(|c: char| c.is_ascii_digit());
        lexemes.push(if is_figure { place.figure(part) } else { place.word(part) });
        start = end;
    }
}

/// Where the parts of "x12", "x6wks", "q6h", "xwk" end.
fn cut(word: &str) -> Option<[usize; 3]> {
    let rest = word.strip_prefix(['x', 'q'])?;
    let is_known = |part: &str| part.is_empty() || roles(part).time.is_some() || roles(part).unit.is_some();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let tail = &rest[digits..];
    if !is_known(tail) || rest.is_empty() || (digits == 0 && !word.starts_with('x')) {
        return None;
    }
    let number_end = if digits > 0 { 1 + digits } else { 0 };
    Some([1, number_end, if tail.is_empty() { 0 } else { word.len() }])
}

/// "b.i.d." and "q.h.s.": letters with stops between them, and how many tokens they take, without the last stop.
fn dotted(words: &Words, start: usize) -> Option<(String, usize)> {
    let mut letters = String::new();
    let mut at = start;
    while let Some(token) = words.token(at) {
        let letter = words.raw(at);
        let is_letter = letter.len() == 1
            && letter.starts_with(|c: char| c.is_ascii_alphabetic())
            && (at == start || token.gap == Gap::None);
        if !is_letter {
            break;
        }
        letters.push_str(words.lower(at));
        at += 2;
        if words.raw(at - 1) != "." || letters.len() == 3 {
            break;
        }
    }
    if letters.len() < 2 {
        return None;
    }
    let roles = roles(&letters);
    (roles.latin.is_some() || roles.route).then(|| (letters, at - 1 - start))
}

/// "12", "1,000", "60.00".
fn whole_number(written: &str) -> Option<u32> {
    let (whole, decimals) = written.split_once('.').unwrap_or((written, ""));
    if !decimals.bytes().all(|digit| digit == b'0') {
        return None;
    }
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped = whole.contains(',');
    if grouped && (first.len() > 3 || groups.any(|group| group.len() != 3)) {
        return None;
    }
    let digits: String = whole.chars().filter(|&c| c != ',').collect();
    digits.parse().ok().filter(|&value| value <= GREATEST)
}
