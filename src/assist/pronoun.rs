//! Whom a word was taken to mean, and why.

use super::place::At;
use crate::letter::{Form, Located, Mention, Who};
use crate::text::Span;

/// A pronoun or a noun for a person, and how it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeantBy {
    /// The word, as a span of the document.
    pub span: Span,
    /// Whom it means, for a sentence: "the patient".
    pub who: &'static str,
    /// Why, in plain words.
    pub why: &'static str,
    /// Whether it is a pronoun.
    pub is_pronoun: bool,
}

/// How the word at an offset of the document was understood; none where it is no word for a person.
#[must_use]
pub fn meaning(letters: &[Located], offset: usize) -> Option<MeantBy> {
    let at = At::find(letters, offset)?;
    let mentions = at.block().content.mentions().iter();
    let Mention { span, form, who, reason, .. } =
        mentions.filter(|mention| at.is_on(&mention.span)).min_by_key(|mention| mention.span.len())?;
    Some(MeantBy {
        span: at.span(span),
        who: name(*who),
        why: reason.text(),
        is_pronoun: *form != Form::Noun,
    })
}

pub(super) fn name(who: Who) -> &'static str {
    match who {
        Who::Patient => "the patient",
        Who::Clinician => "a clinician",
        Who::Reviewer => "the reviewer",
        Who::UtilizationReview => "utilization review",
        Who::Family => "the patient’s family",
        Who::Other => "somebody else, or no person",
        Who::Unknown => "somebody who cannot be told",
    }
}

#[cfg(test)]
mod tests {
    use super::super::place::tests::{letter, marked, read};
    use super::*;

    fn meant(summary: &str) -> Option<(&'static str, String)> {
        let (text, at) = marked(&letter(summary, "N/A", "No."));
        let found = meaning(&read(&text), at)?;
        Some((found.who, text[found.span].to_owned()))
    }

    #[test]
    fn whom_a_word_means() {
        assert_eq!(
            meant("The patient is a 40-year-old male. ^His knee hurts."),
            Some(("the patient", "His".to_owned()))
        );
        assert_eq!(
            meant("The patient is a 40-year-old male. His^ knee hurts."),
            Some(("the patient", "His".to_owned()))
        );
        assert_eq!(
            meant("The patient is a male. Dr. Roe wrote that ^she requested it."),
            Some(("a clinician", "she".to_owned()))
        );
        assert_eq!(meant("The patient is a 40-year-old male. His knee ^hurts."), None);
    }
}
