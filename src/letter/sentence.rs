//! Sentences of a logical text.

use std::ops::Range;

use crate::text::{Gap, Span, Token, TokenKind};

/// A sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Logical span, from its first to its last token.
    pub span: Span,
    /// Indices of its tokens.
    pub tokens: Range<usize>,
}

/// Words whose stop ends no sentence, whatever follows (`domain.md` 8.5: titles and Latin).
const TITLES: &[&str] = &[
    "dr", "drs", "mr", "mrs", "ms", "prof", "st", "vs", "e.g", "i.e", "eg", "ie", "cf", "no", "nos", "fig",
    "p", "pp", "vol", "ch", "sec", "approx", "al", "dept", "ext", "jan", "feb", "mar", "apr", "jun", "jul",
    "aug", "sep", "sept", "oct", "nov", "dec",
];

/// Words whose stop ends a sentence only when a capital follows.
const ABBREVIATIONS: &[&str] = &[
    "etc", "inc", "co", "corp", "ltd", "jr", "sr", "m.d", "d.o", "d.c", "ph.d", "psy.d", "d.p.m", "l.ac",
    "r.n", "u.s", "a.m", "p.m", "t.i.d", "b.i.d", "q.i.d", "q.d", "q.h.s", "p.r.n", "h.s", "p.o", "i.m",
    "i.v", "mg", "ml", "tab", "tabs", "cap", "caps", "wk", "wks", "hr", "hrs", "min", "mins", "yr", "yrs",
    "mo", "mos", "lb", "lbs", "in", "ft", "cm", "mm", "dx", "hx", "tx", "rx", "s.p", "a.k.a", "incl", "resp",
    "temp", "max", "est", "pt", "pts",
];

/// Whether the stop after this word marks an abbreviation rather than a sentence's end, when no capital follows.
#[must_use]
pub fn is_abbreviation(word: &str) -> bool {
    let word = word.to_lowercase();
    is_initial(&word) || TITLES.contains(&word.as_str()) || ABBREVIATIONS.contains(&word.as_str())
}

/// Whether the stop after this word ends no sentence, whatever follows ("Dr", "vs").
pub(super) fn is_title(word: &str) -> bool {
    TITLES.contains(&word.to_lowercase().as_str())
}

/// "J", "d": a letter by itself.
fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

/// Cuts tokens into sentences.
#[must_use]
pub fn sentences(text: &str, tokens: &[Token]) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for index in 0..tokens.len() {
        if ends_sentence(text, tokens, index) {
            push(&mut sentences, tokens, start..index + 1);
            start = index + 1;
        }
    }
    push(&mut sentences, tokens, start..tokens.len());
    sentences
}

fn push(sentences: &mut Vec<Sentence>, tokens: &[Token], range: Range<usize>) {
    if let (Some(first), Some(last)) = (tokens.get(range.start), tokens[range.clone()].last()) {
        sentences.push(Sentence { span: first.span.start..last.span.end, tokens: range });
    }
}

/// Whether a sentence ends after this token: at its stop, or at the quotation mark or bracket behind the stop.
fn ends_sentence(text: &str, tokens: &[Token], index: usize) -> bool {
    let word = |at: usize| &text[tokens[at].span.clone()];
    let Some(next) = tokens.get(index + 1) else { return false };
    let closes = index > 0 && next.gap != Gap::None && matches!(word(index), "\"" | "\u{201d}" | ")");
    let stop = if closes && tokens[index].gap == Gap::None { index - 1 } else { index };
    match word(stop) {
        "!" | "?" => next.gap != Gap::None,
        "." => ends_at_stop(text, tokens, stop, index + 1),
        _ => false,
    }
}

fn ends_at_stop(text: &str, tokens: &[Token], stop: usize, next: usize) -> bool {
    let word = |at: usize| &text[tokens[at].span.clone()];
    let Some(before) = stop.checked_sub(1) else { return false };
    let next_word = word(next);
    if next_word == "." {
        return false;
    }
    let capital =
        next_word.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '\u{201c}' | '(' | '['));
    let digit = next_word.starts_with(|c: char| c.is_ascii_digit());
    let previous = abbreviation_before(text, tokens, stop);
    if tokens[next].gap == Gap::None {
        // "mild.The": the space was lost, the sentence ended all the same.
        let ends_word = tokens[before].kind == TokenKind::Word && word(before).ends_with(char::is_lowercase);
        return capital
            && next_word.len() > 1
            && next_word.chars().nth(1).is_some_and(char::is_lowercase)
            && ends_word
            && previous.chars().count() > 1
            && !is_abbreviation(&previous);
    }
    let lower = previous.to_lowercase();
    if TITLES.contains(&lower.as_str()) || (is_initial(&previous) && previous.chars().all(char::is_uppercase))
    {
        return false;
    }
    if capital {
        return true;
    }
    if is_abbreviation(&previous) {
        return false;
    }
    // A sentence whose first word was lost begins with a small letter.
    digit
        || next_word.starts_with(char::is_alphabetic) && tokens[before].kind != TokenKind::Mark
        || !next_word.starts_with(char::is_alphanumeric)
}

/// The word before a stop, with the dotted letters before it ("p.m", "Ph.D").
pub(super) fn abbreviation_before(text: &str, tokens: &[Token], stop: usize) -> String {
    let mut first = stop.saturating_sub(1);
    while first >= 2
        && tokens[first].gap == Gap::None
        && &text[tokens[first - 1].span.clone()] == "."
        && tokens[first - 1].gap == Gap::None
        && tokens[first - 2].kind == TokenKind::Word
    {
        first -= 2;
    }
    let end = tokens[stop.saturating_sub(1)].span.end;
    text.get(tokens[first].span.start..end).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens;

    fn cut(text: &str) -> Vec<&str> {
        let tokens = tokens(text);
        sentences(text, &tokens).into_iter().map(|sentence| &text[sentence.span]).collect()
    }

    #[test]
    fn stops_that_end_a_sentence() {
        assert_eq!(
            cut("Pain is 7/10. He rests.  Gait\nis normal."),
            ["Pain is 7/10.", "He rests.", "Gait\nis normal."]
        );
        assert_eq!(cut("The pain is mild.The gait is normal."), ["The pain is mild.", "The gait is normal."]);
        assert_eq!(cut("\"It hurts.\" She rests."), ["\"It hurts.\"", "She rests."]);
        assert_eq!(cut("dated 09/15/2014.  is the provider."), ["dated 09/15/2014.", "is the provider."]);
        assert_eq!(cut("seen at 3 p.m. The gait"), ["seen at 3 p.m.", "The gait"]);
    }

    #[test]
    fn stops_that_end_none() {
        for text in [
            "Dr. Ng and J. Doe agree.",
            "at 3 p.m. on Monday",
            "e.g. Norco 5 mg. daily",
            "a dose of 2.5 mg",
            "pain ... severe",
            "the U.S. guideline",
            "ACOEM vs. ODG",
        ] {
            assert_eq!(cut(text).len(), 1, "{text}");
        }
    }
}
