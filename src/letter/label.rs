//! Labels of listed things: "1.", "(b)", "Service 3:", "Request #2", "The second request".

use std::sync::LazyLock;

use regex::Regex;

use crate::text;

/// A label at the start of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label {
    /// Its place in the list, from 1.
    pub value: usize,
    /// Whether it says what it counts ("Service 2"): a bare number may count anything.
    pub is_named: bool,
    /// The bytes before what it labels.
    pub len: usize,
}

const ORDINALS: [&str; 8] = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"];
/// What labels count.
const COUNTED: [&str; 7] = ["disputed", "service", "request", "item", "issue", "treatment", "procedure"];
/// Words up to an ordinal, at most: "with regard to the second".
const LEAD_IN: usize = 5;
const ROMAN: [&str; 8] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"];

impl Label {
    /// The label with which a text begins.
    pub fn at_start(text: &str) -> Option<Self> {
        static LABEL: LazyLock<Regex> = LazyLock::new(|| {
            text::pattern(
                r"(?x)^
                (?P<noun> (?i:(?:disputed\s+)?(?:service|request|item|issue|treatment|procedure)\s+(?:\#|no\.|number)?\s*) )?
                [\[(]? (?P<value> \d{1,2} | [A-Ha-h] | [IV]{1,4} ) (?:\s+of\s+\d{1,2})?
                (?P<mark> [.,):\]]{1,2} | \s*[-\x{2013}\x{2014}] )? (?:\s+|$)",
            )
        });
        let found = if can_begin(text) { LABEL.captures(text) } else { None };
        let Some(found) = found else { return Self::ordinal(text) };
        let is_named = found.name("noun").is_some();
        let is_marked = found.name("mark").is_some();
        let value = value(found.name("value")?.as_str())?;
        // "B, C and D" counts nothing.
        let is_marked = is_marked && !found["mark"].starts_with(',');
        (is_named || is_marked).then(|| Self { value, is_named, len: found[0].len() })
    }

    /// "As to the second request", "Second:".
    fn ordinal(text: &str) -> Option<Self> {
        static ORDINAL: LazyLock<Regex> = LazyLock::new(|| {
            text::pattern(
                r"(?x)^(?i: (?:(?:as\s+(?:to|for)|regarding|concerning|turning\s+to|for|(?:with|in)\s+(?:regard|respect)\s+to)\s+)?
                (?:the\s+)? (?P<value>\w+)
                (?: \s+(?:(?:disputed|adverse)\s+)?(?:service|request|item|issue|denial|question)\b [,:.]? | : ) (?:\s+|$) )",
            )
        });
        let mut first = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let is_ordinal = |word: &str| ORDINALS.iter().any(|ordinal| ordinal.eq_ignore_ascii_case(word));
        if !first.by_ref().take(LEAD_IN).any(is_ordinal) {
            return None;
        }
        let found = ORDINAL.captures(text)?;
        let word = found.name("value")?.as_str();
        let index = ORDINALS.iter().position(|ordinal| ordinal.eq_ignore_ascii_case(word))?;
        Some(Self { value: index + 1, is_named: true, len: found[0].len() })
    }
}

/// Whether a text begins with what a label counts, or with its number or letter and no more of a word: of most texts that
/// tells that they have none, so that the pattern need not be made.
fn can_begin(text: &str) -> bool {
    let bare = text.trim_start_matches(['[', '(']);
    let letters = bare.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let (word, rest) = bare.split_at(letters);
    let is_short = (1..=4).contains(&letters) && !rest.starts_with(char::is_alphanumeric);
    let is_number =
        is_short && (letters == 1 || word.bytes().all(|c| c.is_ascii_digit() || c == b'I' || c == b'V'));
    // "Service#2", "request2".
    let counts = |noun: &str| bare.get(..noun.len()).is_some_and(|begins| begins.eq_ignore_ascii_case(noun));
    is_number || COUNTED.iter().any(|noun| counts(noun))
}

fn value(written: &str) -> Option<usize> {
    if let Ok(number) = written.parse() {
        return Some(number);
    }
    if let Some(index) = ROMAN.iter().position(|roman| *roman == written) {
        return Some(index + 1);
    }
    let letter = written.bytes().next().filter(|_| written.len() == 1)?.to_ascii_uppercase();
    Some(usize::from(letter.checked_sub(b'A')?) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value_of(text: &str) -> Option<usize> {
        Label::at_start(text).map(|label| label.value)
    }

    #[test]
    fn labels_are_numbers_letters_and_ordinals() {
        for (text, value) in [
            ("2. Knee brace", 2),
            ("(b) Knee brace", 2),
            ("B: Overturned.", 2),
            ("II. Knee brace", 2),
            ("Service 2 is Upheld", 2),
            ("Request #2: knee brace", 2),
            ("Item 2 of 3 - knee brace", 2),
            ("As to the second request, the brace", 2),
            ("The second disputed service: brace", 2),
            ("The second denial. The brace", 2),
            ("Second: knee brace", 2),
            ("Request #2, by contrast,", 2),
        ] {
            assert_eq!(value_of(text), Some(value), "{text}");
        }
    }

    #[test]
    fn other_beginnings_are_none() {
        for text in [
            "A knee brace",
            "2 visits",
            "2.5 mg daily",
            "I agree",
            "The second visit",
            "The second opinion request",
            "B, C and D",
            "12/3/2019 visit",
            "E5 is absent",
        ] {
            assert_eq!(value_of(text), None, "{text}");
        }
    }
}
