//! Sentences of a logical text.

use std::ops::Range;

use super::sentence_kind::{SentenceKind, kinds};
use crate::text::{Gap, Span, Token, TokenKind};

/// A sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Logical span, from its first to its last token.
    pub span: Span,
    /// Indices of its tokens.
    pub tokens: Range<usize>,
    /// What it is for.
    pub kind: SentenceKind,
}

/// Words whose stop ends no sentence, whatever follows: titles and Latin.
const TITLES: &[&str] =
    &["dr", "drs", "mr", "mrs", "ms", "prof", "st", "vs", "e.g", "i.e", "eg", "ie", "cf", "approx", "dept"];

/// Words whose stop ends no sentence before a number: references and months.
const REFERENCES: &[&str] = &[
    "no", "nos", "fig", "figs", "p", "pp", "vol", "ch", "sec", "ext", "al", "jan", "feb", "mar", "apr",
    "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
];

/// Words whose stop ends a sentence only when a capital follows.
const ABBREVIATIONS: &[&str] = &[
    "etc", "inc", "co", "corp", "ltd", "jr", "sr", "m.d", "d.o", "d.o.i", "d.o.b", "d.c", "ph.d", "psy.d",
    "d.p.m", "l.ac", "r.n", "u.s", "a.m", "p.m", "y.o", "t.i.d", "b.i.d", "q.i.d", "q.d", "q.h.s", "p.r.n",
    "h.s", "p.o", "i.m", "i.v", "mg", "ml", "tab", "tabs", "cap", "caps", "wk", "wks", "hr", "hrs", "min",
    "mins", "yr", "yrs", "mo", "mos", "lb", "lbs", "in", "ft", "cm", "mm", "dx", "hx", "tx", "rx", "s.p",
    "a.k.a", "incl", "resp", "temp", "max", "est", "pt", "pts",
];

/// Words whose stop stands within a name, unless a sentence begins behind it.
const PARTS_OF_NAMES: &[&str] = &["u.s", "engl", "med", "surg"];

/// First words of a sentence that no name has: after them a single capital was no initial ("hepatitis C. The …").
const OPENERS: &[&str] = &[
    "the",
    "he",
    "she",
    "it",
    "this",
    "there",
    "they",
    "these",
    "in",
    "on",
    "no",
    "his",
    "her",
    "an",
    "at",
    "as",
    "however",
    "therefore",
];

/// Whether the stop after this word marks an abbreviation rather than a sentence's end, when no capital follows.
#[must_use]
pub fn is_abbreviation(word: &str) -> bool {
    let word = word.to_lowercase();
    is_initial(&word)
        || [TITLES, REFERENCES, ABBREVIATIONS].iter().any(|words| words.contains(&word.as_str()))
}

/// Whether the stop after this word ends no sentence, whatever follows ("Dr", "vs").
pub(super) fn is_title(word: &str) -> bool {
    TITLES.contains(&word.to_lowercase().as_str())
}

/// Whether a word opens sentences and no name or request.
pub(super) fn opens_sentence(word: &str) -> bool {
    OPENERS.contains(&word.to_lowercase().as_str())
}

/// "J", "d": a letter by itself.
fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

/// Cuts tokens into sentences.
#[must_use]
pub fn sentences(text: &str, tokens: &[Token]) -> Vec<Sentence> {
    let mut ranges = Vec::new();
    let mut cutter = Cutter { text, tokens, start: 0, list_number: 0 };
    for index in 0..tokens.len() {
        if cutter.ends_sentence(index) {
            ranges.push(cutter.start..index + 1);
            cutter.start = index + 1;
        }
    }
    if cutter.start < tokens.len() {
        ranges.push(cutter.start..tokens.len());
    }
    let kinds = kinds(text, tokens, &ranges);
    let sentence = |(range, kind): (Range<usize>, SentenceKind)| Sentence {
        span: tokens[range.start].span.start..tokens[range.end - 1].span.end,
        tokens: range,
        kind,
    };
    ranges.into_iter().zip(kinds).map(sentence).collect()
}

/// Goes through the tokens of a block.
struct Cutter<'a> {
    text: &'a str,
    tokens: &'a [Token],
    /// The first token of the present sentence.
    start: usize,
    /// The last number of a list that was seen ("2." of "1. … 2. …"); 0 where none was.
    list_number: usize,
}

impl<'a> Cutter<'a> {
    fn word(&self, token: usize) -> &'a str {
        &self.text[self.tokens[token].span.clone()]
    }

    /// Whether a sentence ends after this token: at its stop, or at the quotation mark or bracket behind the stop.
    fn ends_sentence(&mut self, index: usize) -> bool {
        let Some(next) = self.tokens.get(index + 1) else { return false };
        let closes =
            index > 0 && next.gap != Gap::None && matches!(self.word(index), "\"" | "\u{201d}" | ")" | "]");
        let stop = if closes && self.tokens[index].gap == Gap::None { index - 1 } else { index };
        let next_word = self.word(index + 1);
        match self.word(stop) {
            "!" | "?" => next.gap != Gap::None && !next_word.starts_with(char::is_lowercase),
            "\u{2026}" => next.gap != Gap::None && next_word.starts_with(char::is_uppercase),
            "." => !self.is_list_number(stop) && self.ends_at_stop(stop, index + 1),
            _ => false,
        }
    }

    /// Whether a stop belongs to the number of a list: at the start of a sentence, after a colon, or next in the list.
    fn is_list_number(&mut self, stop: usize) -> bool {
        let Some(number) = stop.checked_sub(1).filter(|&at| self.tokens[at].kind == TokenKind::Number) else {
            return false;
        };
        let Ok(value) = self.word(number).parse::<usize>() else { return false };
        let opens = number == self.start || number > 0 && matches!(self.word(number - 1), ":" | ";");
        let is_next = self.list_number > 0 && value == self.list_number + 1;
        let is_one = value < 100 && self.tokens[stop].gap == Gap::None && (opens || is_next);
        if is_one {
            self.list_number = value;
        }
        is_one
    }

    fn ends_at_stop(&self, stop: usize, next: usize) -> bool {
        let Some(before) = stop.checked_sub(1) else { return false };
        let next_word = self.word(next);
        if next_word == "." {
            return false;
        }
        let bracket = matches!(next_word, "(" | "[");
        let capital =
            bracket || next_word.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '\u{201c}'));
        let digit = next_word.starts_with(|c: char| c.is_ascii_digit());
        let previous = abbreviation_before(self.text, self.tokens, stop);
        if self.tokens[next].gap == Gap::None {
            // "mild.The": the space was lost, the sentence ended all the same.
            let ends_word = self.tokens[before].kind == TokenKind::Word
                && self.word(before).ends_with(char::is_lowercase);
            return capital
                && next_word.len() > 1
                && next_word.chars().nth(1).is_some_and(char::is_lowercase)
                && ends_word
                && previous.chars().count() > 1
                && !is_abbreviation(&previous);
        }
        let lower = previous.to_lowercase();
        if is_title(&previous) || (digit || bracket) && REFERENCES.contains(&lower.as_str()) {
            return false;
        }
        let opens = opens_sentence(next_word);
        if is_initial(&previous) && previous.chars().all(char::is_uppercase) {
            return opens && !self.follows_initial(stop);
        }
        if PARTS_OF_NAMES.contains(&lower.as_str()) {
            return capital && opens;
        }
        if capital {
            return true;
        }
        if is_abbreviation(&previous) {
            return false;
        }
        // A sentence whose first word was lost begins with a small letter.
        digit
            || next_word.starts_with(char::is_alphabetic) && self.tokens[before].kind != TokenKind::Mark
            || !next_word.starts_with(char::is_alphanumeric)
    }

    /// "J. R.": an initial stands before the one at this stop.
    fn follows_initial(&self, stop: usize) -> bool {
        stop >= 3 && self.word(stop - 2) == "." && is_initial(self.word(stop - 3))
    }
}

/// Dotted parts of an abbreviation, at most.
const LONGEST_ABBREVIATION: usize = 5;

/// The word before a stop, with the dotted letters before it ("p.m", "Ph.D").
fn abbreviation_before(text: &str, tokens: &[Token], stop: usize) -> String {
    let mut first = stop.saturating_sub(1);
    while first >= 2
        && stop - first < 2 * LONGEST_ABBREVIATION
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

    #[test]
    fn where_sentences_end() {
        let mut faults = Vec::new();
        for case in include_str!("cases/sentences.tsv").lines().filter(|line| !line.starts_with('#')) {
            let case = case.replace("\\n", "\n");
            let expected: Vec<&str> = case.split('|').map(str::trim).collect();
            let text = case.replace("| ", "");
            let tokens = tokens(&text);
            let found: Vec<&str> =
                sentences(&text, &tokens).into_iter().map(|sentence| &text[sentence.span]).collect();
            if found != expected {
                faults.push(format!("{found:#?}"));
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    #[test]
    fn a_lost_space_ends_a_sentence_all_the_same() {
        let text = "The pain is mild.The gait is normal.";
        assert_eq!(sentences(text, &tokens(text)).len(), 2);
    }
}
