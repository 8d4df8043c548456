//! Fixed wording of a form: what may vary in it, and whether a paragraph is it.

mod alignment;

use std::sync::OnceLock;

use regex::Regex;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::text::{Span, WordSet};

use alignment::Variant;
pub use alignment::{Alignment, Difference, FormWord, form_words, word_set};

/// A text of the form. In its wording `{name}` is a slot that holds a fact and `[…]` a part that may be absent.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FixedText {
    /// Its name among the profile's ("summary-introduction").
    pub name: String,
    /// Where it stands.
    pub place: FixedPlace,
    /// Its wording.
    pub text: String,
    #[serde(skip)]
    whole: OnceLock<Regex>,
    #[serde(skip)]
    beginning: OnceLock<Regex>,
    #[serde(skip)]
    variants: OnceLock<Vec<Variant>>,
}

/// Where a fixed text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FixedPlace {
    /// A paragraph of its own.
    Paragraph,
    /// At the start of the value of an item's field.
    Field,
}

/// What a slot of a fixed text holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotValue<'t> {
    /// The slot's name ("specialty").
    pub name: &'t str,
    /// Where its value stands in the text that was compared.
    pub span: Span,
}

impl FixedText {
    /// Its slots where a text is this wording from end to end; absent where it differs. Runs of blanks and wraps
    /// are one space, and an apostrophe is typed or printed.
    #[must_use]
    pub fn slots<'t>(&'t self, text: &str) -> Option<Vec<SlotValue<'t>>> {
        let pattern = self.whole.get_or_init(|| compile(&format!(r"^\s*{}\s*$", pattern(&self.text))));
        let found = pattern.captures(text)?;
        let values = pattern
            .capture_names()
            .flatten()
            .filter_map(|name| found.name(name).map(|value| SlotValue { name, span: value.range() }));
        Some(values.collect())
    }

    /// The words that it must share with a text before the two are compared: of three words two.
    const SHARED: (usize, usize) = (2, 3);

    /// Lays it over the words of a text, `anchored` at their start; absent where too few of its words stand there for
    /// it to be meant. `set` is of these words.
    #[must_use]
    pub fn align(&self, words: &[FormWord], set: &WordSet, anchored: bool) -> Option<Alignment> {
        let (shared, of) = Self::SHARED;
        let variants = self.variants.get_or_init(|| Variant::all(&self.text));
        let meant =
            || variants.iter().filter(|variant| variant.shared_with(set) * of >= variant.len() * shared);
        let same = meant().filter_map(|variant| variant.unchanged(words, anchored));
        same.reduce(Alignment::or_better)
            .or_else(|| meant().map(|variant| variant.align(words, anchored)).reduce(Alignment::or_better))
            .filter(|best| best.kept * of >= best.all * shared)
    }

    /// Where its constant beginning stands in a text: the form's words, which are nobody's style or slip.
    pub fn find<'s>(&'s self, text: &'s str) -> impl Iterator<Item = Span> + use<'s> {
        let beginning = self.beginning.get_or_init(|| compile(&pattern(self.lead())));
        beginning.find_iter(text).map(|found| found.range())
    }

    /// The words before its first slot or optional part: by these it is found.
    #[must_use]
    pub fn lead(&self) -> &str {
        self.text.split(['{', '[']).next().unwrap_or_default().trim_end()
    }

    /// Whether the whole wording is its lead.
    #[must_use]
    pub fn is_constant(&self) -> bool {
        !self.text.contains(['{', '['])
    }
}

/// The wording as a pattern.
fn pattern(wording: &str) -> String {
    let mut pattern = String::new();
    let mut rest = wording;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '{' => rest.find('}').map_or(rest.len(), |end| end + 1),
            _ => first.len_utf8(),
        };
        let (piece, tail) = rest.split_at(length);
        match first {
            '{' => pattern.push_str(&format!("(?P<{}>.+?)", piece.trim_matches(['{', '}']))),
            '[' => pattern.push_str("(?:"),
            ']' => pattern.push_str(")?"),
            ' ' => pattern.push_str(r"\s+"),
            '\'' => pattern.push_str("['\u{2019}]"),
            _ => pattern.push_str(&regex::escape(piece)),
        }
        rest = tail;
    }
    pattern
}

fn compile(pattern: &str) -> Regex {
    Regex::new(&format!("(?s){pattern}"))
        .expect("a fixed text of the product has balanced braces and brackets")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(wording: &str) -> FixedText {
        FixedText {
            name: "test".to_owned(),
            place: FixedPlace::Paragraph,
            text: wording.to_owned(),
            whole: OnceLock::new(),
            beginning: OnceLock::new(),
            variants: OnceLock::new(),
        }
    }

    #[test]
    fn a_text_is_the_wording_or_it_differs() {
        let fixed = text("He/she is certified in {specialty}[, lives in {state}] and has no ties.");
        let values = |text: &str| {
            fixed.slots(text).map(|slots| {
                slots.into_iter().map(|slot| (slot.name.to_owned(), text[slot.span].to_owned())).collect()
            })
        };
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            values("He/she is certified in Internal\nMedicine and has  no\nties."),
            Some(vec![pair("specialty", "Internal\nMedicine")])
        );
        assert_eq!(
            values("He/she is certified in Surgery, lives in Ohio and has no ties."),
            Some(vec![pair("specialty", "Surgery"), pair("state", "Ohio")])
        );
        assert_eq!(values("He/she is certified in Surgery and has ties."), None, "a lost “no”");
        assert_eq!(values("He/she is certified in and has no ties."), None, "an empty slot");
    }

    #[test]
    fn its_words_are_found_in_a_field() {
        let fixed = text("The Reviewer based his/her decision on the MTUS {citation}");
        let field = "MAXIMUS guideline: The Reviewer based his/her\ndecision on the MTUS Knee chapter.";
        let found: Vec<&str> = fixed.find(field).map(|span| &field[span]).collect();
        assert_eq!(found, ["The Reviewer based his/her\ndecision on the MTUS"]);
    }

    #[test]
    fn the_lead_ends_before_the_first_slot() {
        let fixed = text("An application was filed on {date}.");
        assert_eq!(fixed.lead(), "An application was filed on");
        assert!(!fixed.is_constant());
        assert!(text("As set forth below:").is_constant());
    }
}
