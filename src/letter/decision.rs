//! The decision at the end of an item's heading.

use super::profile::DecisionWords;
use crate::text::Span;

/// What an item's heading decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// The utilization review decision stands: not medically necessary.
    Upheld,
    /// The utilization review decision falls: medically necessary.
    Overturned,
    /// Part of the request is medically necessary.
    Partial,
}

/// The decision in which a text ends, with its span. It stands after a colon, a dash or "is", or alone; before a
/// field's label (`lenient`) a capital is enough ("MRI of the knee Upheld").
pub(super) fn at_end(text: &str, words: &DecisionWords, lenient: bool) -> Option<(Decision, Span)> {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || c == '.');
    let kinds = [
        (&words.partial, Decision::Partial),
        (&words.upheld, Decision::Upheld),
        (&words.overturned, Decision::Overturned),
    ];
    for (words, decision) in kinds {
        for word in words {
            let Some(start) = text.len().checked_sub(word.len()).filter(|&at| text.is_char_boundary(at))
            else {
                continue;
            };
            let (before, found) = text.split_at(start);
            if found.eq_ignore_ascii_case(word)
                && (introduces(before) || lenient && capitalised_word(before, found))
            {
                return Some((decision, start..text.len()));
            }
        }
    }
    None
}

fn introduces(before: &str) -> bool {
    let line_start = before.is_empty() || before.ends_with('\n');
    let before = before.trim_end();
    line_start || before.ends_with([':', '-', '\u{2013}', '\u{2014}']) || before.ends_with(" is")
}

fn capitalised_word(before: &str, found: &str) -> bool {
    before.ends_with(char::is_whitespace) && found.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::super::profile::profiles;
    use super::*;

    fn decided(text: &str, lenient: bool) -> Option<Decision> {
        at_end(text, &profiles()[0].decisions, lenient).map(|(decision, _)| decision)
    }

    #[test]
    fn after_a_colon_a_dash_or_on_its_own_line() {
        assert_eq!(decided("6 visits of acupuncture:  Upheld", false), Some(Decision::Upheld));
        assert_eq!(decided("MRI QTY: 2: OVERTURNED.", false), Some(Decision::Overturned));
        assert_eq!(decided("Norco #60 is:\nUpheld", false), Some(Decision::Upheld));
        assert_eq!(decided("Norco #60: Partially Overturned", false), Some(Decision::Partial));
    }

    #[test]
    fn a_word_of_a_sentence_decides_nothing() {
        assert_eq!(decided("the prior denial was upheld.", true), None);
        assert_eq!(decided("MRI of the knee Upheld", false), None);
        assert_eq!(decided("MRI of the knee Upheld", true), Some(Decision::Upheld));
    }
}
