//! The decision at the end of an item's heading, or in a sentence that states it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::profile::DecisionWords;
use crate::text::Span;

/// What is decided of an item. The names are those of an independent review; another kind of letter says it in
/// words of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// Not medically necessary: a denial stands ("Upheld"), or is made ("Denied", "Non-certified").
    Upheld,
    /// Medically necessary: a denial falls ("Overturned"), or an approval is given ("Certified").
    Overturned,
    /// Part of the request is medically necessary.
    Partial,
}

/// The words of every decision, those first that hold another one's ("Partially Overturned").
fn kinds(words: &DecisionWords) -> [(&[String], Decision); 3] {
    [
        (&words.partial, Decision::Partial),
        (&words.upheld, Decision::Upheld),
        (&words.overturned, Decision::Overturned),
    ]
}

/// The decision in which a text ends, with its span. It stands after a colon, a dash or "is", or alone; before a
/// field's label (`lenient`) a capital is enough ("MRI of the knee Upheld").
pub(super) fn at_end(text: &str, words: &DecisionWords, lenient: bool) -> Option<(Decision, Span)> {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || c == '.');
    for (words, decision) in kinds(words) {
        for word in words {
            let Some(start) = start_of_last_words(text, word) else {
                if let Some(span) = (decision == Decision::Partial).then(|| modified_to(text, word)).flatten()
                {
                    return Some((decision, span));
                }
                continue;
            };
            let (before, found) = text.split_at(start);
            let starts_upper = |text: &str| text.starts_with(char::is_uppercase);
            let as_written = starts_upper(found) || !starts_upper(word);
            if introduces(before, as_written) || lenient && capitalised_word(before, found) {
                return Some((decision, start..text.len()));
            }
        }
    }
    None
}

/// A partial decision after the last colon that says what is left ("36 visits: MODIFIED to 12 visits", "Modified, 12 visits
/// certified").
fn modified_to(text: &str, word: &str) -> Option<Span> {
    const LONGEST: usize = 8;
    let after_colon = text.rfind(':')? + 1;
    let start = after_colon + (text[after_colon..].len() - text[after_colon..].trim_start().len());
    let rest = text.get(start + word.len()..)?;
    let is_word = text.get(start..start + word.len())?.eq_ignore_ascii_case(word);
    let to_what =
        rest.trim_start().starts_with("to ") || rest.starts_with([',', '(']) || rest.starts_with(" (");
    let says_to_what = to_what && rest.contains(|c: char| c.is_ascii_digit());
    (is_word && says_to_what && rest.split_whitespace().count() <= LONGEST)
        .then_some(start..start + word.len())
}

/// The one decision that a text states anywhere; absent where it states none, or two that differ.
pub(super) fn anywhere(text: &str, words: &DecisionWords) -> Option<(Decision, Span)> {
    let found = all(text, words);
    let (decision, span) = found.first()?.clone();
    found.iter().all(|(other, _)| *other == decision).then_some((decision, span))
}

/// Every decision that a text states, in its order.
pub(super) fn all(text: &str, words: &DecisionWords) -> Vec<(Decision, Span)> {
    let mut found: Vec<(Decision, Span)> = Vec::new();
    for (words, decision) in kinds(words) {
        for word in words {
            for (start, end) in occurrences(text, word) {
                if !found.iter().any(|(_, span)| span.start <= start && end <= span.end) {
                    found.push((decision, start..end));
                }
            }
        }
    }
    found.retain(|(_, span)| !is_unticked(&text[..span.start]));
    found.sort_by_key(|(_, span)| span.start);
    found
}

/// Whether an empty box stands before a decision on its line: "[ ] Upheld" is what was not chosen.
fn is_unticked(before: &str) -> bool {
    const EMPTY: [&str; 5] = ["[ ]", "[]", "( )", "\u{2610}", "___"];
    const TICKED: [&str; 9] = ["[x]", "[X]", "(x)", "(X)", "_x", "_X", "[\u{2713}]", "\u{2611}", "\u{2612}"];
    let line = before.rsplit('\n').next().unwrap_or_default();
    let last = |boxes: &[&str]| boxes.iter().filter_map(|mark| line.rfind(mark)).max();
    last(&EMPTY) > last(&TICKED)
}

/// Where the words begin in which a text ends, a space standing for any run of blanks or a wrap.
fn start_of_last_words(text: &str, words: &str) -> Option<usize> {
    let mut rest = text;
    for (index, word) in words.rsplit(' ').enumerate() {
        if index > 0 {
            let trimmed = rest.trim_end();
            if trimmed.len() == rest.len() {
                return None;
            }
            rest = trimmed;
        }
        let start = rest.len().checked_sub(word.len()).filter(|&at| rest.is_char_boundary(at))?;
        if !rest[start..].eq_ignore_ascii_case(word) {
            return None;
        }
        rest = &rest[..start];
    }
    Some(rest.len())
}

/// The places at which words stand as words.
fn occurrences<'t>(text: &'t str, words: &'t str) -> impl Iterator<Item = (usize, usize)> + 't {
    let last = words.bytes().last();
    let ends_alike =
        move |end: &usize| last.is_none_or(|last| text.as_bytes()[*end - 1].eq_ignore_ascii_case(&last));
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.filter(ends_alike).filter_map(move |end| {
        let inside = text[end..].starts_with(|c: char| c.is_alphanumeric() || c == '-');
        let start = start_of_last_words(&text[..end], words)?;
        let glued = text[..start].ends_with(|c: char| c.is_alphanumeric() || c == '-');
        (!inside && !glued).then_some((start, end))
    })
}

/// Whether what stands before a decision leads up to it. A colon or a dash does; a verb or a line's start only before a
/// word `as_written` in the profile: "… and the denial was" / "upheld." is a sentence.
fn introduces(before: &str, as_written: bool) -> bool {
    let line_start = before.is_empty() || before.ends_with('\n');
    let before = before.trim_end();
    before.ends_with([':', '-', '\u{2013}', '\u{2014}'])
        || as_written
            && (line_start || [" is", "\nis", " are", "\nare"].iter().any(|verb| before.ends_with(verb)))
}

fn capitalised_word(before: &str, found: &str) -> bool {
    before.ends_with(char::is_whitespace) && found.starts_with(char::is_uppercase)
}

/// The request before a decision, without the colon and the words behind that on what was decided before: "MRI:", "MRI: the
/// plan's denial is".
pub(super) fn request_before(text: &str) -> Option<&str> {
    const MOST_WORDS: usize = 5;
    let (request, behind) = text.rsplit_once(':')?;
    let is_of_decision = |word: &str| matches!(word, "denial" | "decision" | "determination");
    let tells =
        behind.split_whitespace().count() <= MOST_WORDS && behind.split_whitespace().any(is_of_decision);
    (behind.trim().is_empty() || tells).then_some(request)
}

#[cfg(test)]
mod tests {
    use super::super::profile::Profiles;
    use super::*;

    fn words(profile: &str) -> &'static DecisionWords {
        &Profiles::known().find(profile).unwrap().decisions
    }

    fn decided(text: &str, lenient: bool) -> Option<Decision> {
        at_end(text, words("ca-imr-2014"), lenient).map(|(decision, _)| decision)
    }

    #[test]
    fn after_a_colon_a_dash_or_on_its_own_line() {
        assert_eq!(decided("6 visits of acupuncture:  Upheld", false), Some(Decision::Upheld));
        assert_eq!(decided("MRI QTY: 2: OVERTURNED.", false), Some(Decision::Overturned));
        assert_eq!(decided("Norco #60 is:\nUpheld", false), Some(Decision::Upheld));
        assert_eq!(decided("Norco #60: Partially Overturned", false), Some(Decision::Partial));
        assert_eq!(decided("Norco #60: Partially\nOverturned", false), Some(Decision::Partial));
    }

    #[test]
    fn a_word_of_a_sentence_decides_nothing() {
        assert_eq!(decided("the prior denial was upheld.", true), None);
        assert_eq!(decided("and the prior denial was\nupheld.", true), None);
        assert_eq!(decided("Therefore, the denial is upheld.", true), None);
        assert_eq!(decided("MRI: upheld", false), Some(Decision::Upheld));
        assert_eq!(decided("MRI of the knee Upheld", false), None);
        assert_eq!(decided("MRI of the knee Upheld", true), Some(Decision::Upheld));
    }

    #[test]
    fn results_as_sentences() {
        let decided = |text| at_end(text, words("ca-imr-2013"), false).map(|(decision, _)| decision);
        assert_eq!(
            decided("the request for a TENS unit is not\nmedically necessary and appropriate."),
            Some(Decision::Upheld)
        );
        assert_eq!(
            decided("the request for a TENS unit is notmedically necessary and appropriate."),
            Some(Decision::Upheld)
        );
        assert_eq!(
            decided("the request for 6 visits is medically necessary and appropriate."),
            Some(Decision::Overturned)
        );
    }

    #[test]
    fn one_decision_anywhere() {
        let decided = |text| anywhere(text, words("ur")).map(|(decision, _)| decision);
        assert_eq!(decided("The request is non-certified."), Some(Decision::Upheld));
        assert_eq!(decided("Twelve visits are modified to six."), Some(Decision::Partial));
        assert_eq!(decided("MRI is certified; the brace is denied."), None, "two that differ");
        let heading = |text| at_end(text, words("ur"), true).map(|(decision, _)| decision);
        assert_eq!(heading("2. Therapy, 36 visits: MODIFIED to 12 visits"), Some(Decision::Partial));
        assert_eq!(heading("D. Therapy, 36 visits: Modified, 24 visits certified"), Some(Decision::Partial));
        assert_eq!(heading("Reasons: it was modified to 12 visits"), None);
        assert_eq!(
            decided("[ ] Certified\n[X] Denied\n[ ] Modified"),
            Some(Decision::Upheld),
            "what is ticked"
        );
        assert_eq!(decided("___ Certified  _X_ Denied"), Some(Decision::Upheld), "on a line");
        assert_eq!(decided("Recertified nurses wrote it."), None);
    }
}
