//! Lexemes: a sentence's tokens as a quantity's grammar sees them. "x12" and "q6h" are cut, "b.i.d." is joined.

use std::borrow::Cow;

use super::vocabulary::{NOTHING, Roles, roles};
use crate::text::{Gap, Span, Token, TokenKind};

/// One lexeme.
#[derive(Debug, Clone)]
pub(super) struct Lexeme<'a> {
    /// Logical span.
    pub span: Span,
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
        matches!(&*self.word, "-" | "–" | "—" | "\u{2010}" | "\u{2011}")
    }
}

/// Lower-cased; most words are already.
pub(in crate::letter::facts) fn lowered(word: &str) -> Cow<'_, str> {
    let is_lower = word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_lower { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) }
}

/// Numbers beyond this are identifiers.
const GREATEST: u32 = 100_000;

/// Cuts a sentence's tokens into lexemes.
pub(super) fn lexemes<'a>(text: &'a str, tokens: &[Token]) -> Vec<Lexeme<'a>> {
    let mut lexemes = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let glued = token.gap == Gap::None;
        let written = text.get(token.span.clone()).unwrap_or_default();
        if let Some((letters, used)) = dotted(text, &tokens[at..]) {
            let span = token.span.start..tokens[at + used - 1].span.end;
            lexemes.push(Lexeme::word(Cow::Owned(letters), span, glued));
            at += used;
            continue;
        }
        match token.kind {
            TokenKind::Number => {
                lexemes.push(Lexeme::figure(Cow::Borrowed(written), token.span.clone(), glued))
            }
            TokenKind::Word => push_word(&mut lexemes, lowered(written), &token.span, glued),
            TokenKind::Mark => lexemes.push(Lexeme::word(Cow::Borrowed(written), token.span.clone(), glued)),
        }
        at += 1;
    }
    lexemes
}

impl<'a> Lexeme<'a> {
    fn word(word: Cow<'a, str>, span: Span, glued: bool) -> Self {
        let roles = roles(&word);
        Self { span, word, roles, value: None, is_figure: false, glued }
    }

    fn figure(written: Cow<'a, str>, span: Span, glued: bool) -> Self {
        let value = whole_number(&written);
        Self { span, word: written, roles: &NOTHING, value, is_figure: true, glued }
    }
}

/// Cuts "x12", "q6h" and "xwk" into their parts.
fn push_word<'a>(lexemes: &mut Vec<Lexeme<'a>>, word: Cow<'a, str>, span: &Span, glued: bool) {
    // Lower-casing may change a letter's length; such a word is none of these.
    let cut = (word.len() == span.len()).then(|| cut(&word)).flatten();
    let Some(ends) = cut else {
        lexemes.push(Lexeme::word(word, span.clone(), glued));
        return;
    };
    let mut start = 0;
    for end in ends.into_iter().filter(|&end| end > 0) {
        let (part, part_span) = (word[start..end].to_owned(), span.start + start..span.start + end);
        let glued = glued || start > 0;
        lexemes.push(if part.starts_with(|c: char| c.is_ascii_digit()) {
            Lexeme::figure(Cow::Owned(part), part_span, glued)
        } else {
            Lexeme::word(Cow::Owned(part), part_span, glued)
        });
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
fn dotted(text: &str, tokens: &[Token]) -> Option<(String, usize)> {
    let mut letters = String::new();
    let mut used = 0;
    for pair in tokens.chunks(2) {
        let letter = text.get(pair[0].span.clone())?;
        let stop = pair.get(1).map(|stop| text.get(stop.span.clone()).unwrap_or_default());
        let is_letter = letter.len() == 1
            && letter.starts_with(|c: char| c.is_ascii_alphabetic())
            && (used == 0 || pair[0].gap == Gap::None);
        if !is_letter {
            break;
        }
        letters.push_str(&letter.to_ascii_lowercase());
        used += 2;
        if stop != Some(".") || letters.len() == 3 {
            break;
        }
    }
    let roles = roles(&letters);
    (letters.len() > 1 && (roles.latin.is_some() || roles.route)).then(|| (letters, used - 1))
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
