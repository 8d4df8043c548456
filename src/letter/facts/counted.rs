//! Numbers before the nouns that they count, whatever these are ("three custom gloves", "160 hours").

use std::sync::LazyLock;

use foldhash::HashSet;

use super::number_word;
use super::phrase::words_of;
use crate::text::{Gap, Span, Token, TokenKind};

/// The words around numbers.
const TABLE: &str = include_str!("counted.tsv");

/// So many words behind a number are looked at.
const REACH: usize = 4;

/// A number, and the words behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Logical span, from the number to the last of the words.
    pub span: Span,
    /// The number.
    pub number: u32,
    /// The words in small letters and without the ending of the plural; none where the number stands alone ("QTY: 2").
    pub nouns: Vec<String>,
    /// Whether it counts time or a measure.
    pub is_measure: bool,
}

struct Vocabulary {
    stops: HashSet<&'static str>,
    strengths: HashSet<&'static str>,
    adjectives: HashSet<&'static str>,
    measures: HashSet<&'static str>,
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary {
    stops: words_of(TABLE, "stop"),
    strengths: words_of(TABLE, "strength"),
    adjectives: words_of(TABLE, "adjective"),
    measures: words_of(TABLE, "measure"),
});

/// A noun without the ending of its plural; the abbreviations of a gram are one.
#[must_use]
pub fn singular(word: &str) -> String {
    let word = word.to_lowercase();
    match word.as_str() {
        "g" | "gm" | "gms" => return "gram".to_owned(),
        "hr" | "hrs" => return "hour".to_owned(),
        _ => {}
    }
    let stem = word.strip_suffix('s').filter(|stem| stem.len() > 2 && !stem.ends_with(['s', 'i', 'u']));
    stem.map_or(word.clone(), str::to_owned)
}

/// Reads the numbers of a text in a logical span, in order.
#[must_use]
pub fn read(text: &str, tokens: &[Token], within: &Span) -> Vec<Counted> {
    let start = tokens.partition_point(|token| token.span.start < within.start);
    let end = tokens.partition_point(|token| token.span.end <= within.end).max(start);
    let reader = Reader { text, tokens: &tokens[start..end] };
    (0..end - start).filter_map(|at| reader.counted(at)).collect()
}

struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token],
}

impl Reader<'_> {
    fn word(&self, at: usize) -> Option<&str> {
        self.tokens.get(at).map(|token| &self.text[token.span.clone()])
    }

    fn counted(&self, at: usize) -> Option<Counted> {
        let number = number_word::parse(self.word(at)?)?;
        let touches_before = self.tokens[at].gap == Gap::None && at > 0;
        let before = at.checked_sub(1).and_then(|before| self.word(before)).unwrap_or_default();
        // "C6-7", "10/325", "#30", "1.5": no number by itself.
        if touches_before && matches!(before, "-" | "/" | "#" | "." | "," | "\u{2013}") || before == "#" {
            return None;
        }
        let mut nouns = Vec::new();
        let mut last = at;
        let mut next = at + 1;
        while next < self.tokens.len() && next <= at + REACH {
            let token = &self.tokens[next];
            let word = self.word(next).unwrap_or_default();
            let lower = word.to_lowercase();
            if next == at + 1 && token.gap == Gap::None && matches!(word, "-" | "\u{2010}") {
                next += 1;
                continue;
            }
            if token.kind != TokenKind::Word || VOCABULARY.stops.contains(lower.as_str()) {
                // "10-20", "5%", "12/14"
                if next == at + 1 && token.gap == Gap::None && matches!(word, "%" | "/" | "\u{2013}")
                    || token.kind == TokenKind::Number && next == at + 2 && self.word(at + 1) == Some("-")
                {
                    return None;
                }
                break;
            }
            if nouns.is_empty() && VOCABULARY.strengths.contains(lower.as_str()) {
                return None;
            }
            if !VOCABULARY.adjectives.contains(lower.as_str()) {
                nouns.push(singular(word));
                last = next;
            }
            next += 1;
        }
        let is_measure = nouns.first().is_some_and(|noun| VOCABULARY.measures.contains(noun.as_str()));
        let span = self.tokens[at].span.start..self.tokens[last].span.end;
        Some(Counted { span, number, nouns, is_measure })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::facts::cases;

    #[test]
    fn what_is_counted() {
        for (text, expected) in [
            ("three custom gloves", "3 custom glove"),
            ("Gloves, quantity 2", "2"),
            ("160 hours of the program", "160 hour*"),
            ("180 grams; 180 gm", "180 gram*; 180 gram*"),
            ("a 30-day rental", "30 day rental*"),
            ("the remaining 12 additional visits", "12 visit"),
            ("C6-7, L4-5 and 10/325 mg #90", ""),
            ("5% patch, 20 mg, 1.5 tesla", ""),
            ("six of the twelve visits", "6; 12 visit"),
        ] {
            let found = cases::read(text, |text, tokens, _| read(text, tokens, &(0..text.len())));
            let shown = found.iter().map(|counted| {
                let mark = if counted.is_measure { "*" } else { "" };
                format!("{} {}{mark}", counted.number, counted.nouns.join(" ")).trim().to_owned()
            });
            assert_eq!(shown.collect::<Vec<_>>().join("; "), expected, "{text}");
        }
    }
}
