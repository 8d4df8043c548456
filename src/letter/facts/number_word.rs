//! Numbers below a hundred in words: "six", "forty-two".

use std::sync::LazyLock;

use super::phrase::rows;

/// Described in its header.
const TABLE: &str = include_str!("number_word.tsv");

static WORDS: LazyLock<Vec<(&str, u32)>> = LazyLock::new(|| {
    rows(TABLE).filter_map(|row| Some((*row.get(1)?, row.first()?.parse().ok()?))).collect()
});

/// The single words, and what they mean.
pub(super) fn words() -> impl DoubleEndedIterator<Item = (&'static str, u32)> {
    WORDS.iter().copied()
}

/// A pattern of a number from one on in words, for use inside a larger pattern that ignores case.
pub(super) fn pattern() -> String {
    let among = |range: std::ops::Range<u32>| {
        // "sixteen" before "six"
        let found = words().filter(|(_, value)| range.contains(value)).rev().map(|(word, _)| word);
        found.collect::<Vec<_>>().join("|")
    };
    let (ones, teens, tens) = (among(1..10), among(10..20), among(20..100));
    format!(r"(?:{tens})(?:[\s-](?:{ones}))?|{teens}|{ones}")
}

/// The value of a number in digits or in words.
pub(crate) fn parse(text: &str) -> Option<u32> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let lower = text.to_lowercase();
    let value = |word: &str| words().find(|(listed, _)| *listed == word).map(|(_, value)| value);
    match lower.split_once(|c: char| c == '-' || c.is_whitespace()) {
        Some((tens, ones)) => join(value(tens)?, value(ones)?),
        None => value(&lower),
    }
}

/// "Forty" and "two".
pub(super) fn join(tens: u32, ones: u32) -> Option<u32> {
    (tens >= 20 && ones < 10).then_some(tens + ones)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_digits_and_in_words() {
        for (text, value) in
            [("42", 42), ("forty-two", 42), ("Forty two", 42), ("six", 6), ("nineteen", 19), ("thirty", 30)]
        {
            assert_eq!(parse(text), Some(value), "{text}");
        }
        for text in ["six two", "forty-forty", "", "old", "4.2", "forty-two-one"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_pattern_takes_what_is_parsed() {
        let pattern = regex::Regex::new(&format!("(?i)^(?:{})$", pattern())).unwrap();
        for (word, value) in words() {
            assert_eq!(pattern.is_match(word), value > 0, "{word}");
        }
        assert!(pattern.is_match("Forty-two") && !pattern.is_match("forty-twelve"));
    }
}
