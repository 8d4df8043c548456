//! What could be written next: the form's headings, labels and wording, a source in the form of the letter's era, the
//! conclusion that agrees with the decision.
//!
//! Nothing is offered in the middle of prose: a list that opens at every word is in the way.

mod citation;
mod conclusion;
mod form;

use super::place::At;
use crate::letter::{Field, Located, Profile, Role};
use crate::text::{Document, Span};

/// Something that could be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// How it is listed.
    pub label: String,
    /// The words. `{name}` stands for a fact that the writer fills in.
    pub text: String,
    /// What it is.
    pub kind: CompletionKind,
    /// More about it, in a few words.
    pub detail: Option<String>,
    /// What it replaces, as a span of the document on one line; what is typed of it so far.
    pub replaces: Span,
}

/// What a completion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompletionKind {
    /// A heading or label of the form.
    Form,
    /// Fixed wording of the form.
    Boilerplate,
    /// A source.
    Source,
    /// A decision.
    Decision,
    /// A conclusion.
    Conclusion,
}

/// A part of a completion's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'t> {
    /// Words as they are.
    Words(&'t str),
    /// The name of a fact to be filled in.
    Slot(&'t str),
}

/// The parts of a completion's words, in order.
pub fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let slot = rest.strip_prefix('{').and_then(|inner| inner.split_once('}'));
        let (part, after) = match slot {
            Some((name, after)) => (Part::Slot(name), after),
            None => {
                let end = rest[1..].find('{').map_or(rest.len(), |at| at + 1);
                (Part::Words(&rest[..end]), &rest[end..])
            }
        };
        rest = after;
        Some(part)
    })
}

/// What could be written at an offset of the document. Where it holds no letter yet, that of the profile `expected`.
#[must_use]
pub fn completions(
    document: &Document,
    letters: &[Located],
    offset: usize,
    expected: &'static Profile,
) -> Vec<Completion> {
    let (line_start, _) = document.line_bounds(offset, offset);
    let line = document.slice(line_start..offset);
    let typed = line.trim_start();
    let typed_from = offset - typed.len();
    let at = At::find(letters, offset);
    let mut found = Vec::new();
    if let Some(at) = &at {
        match at.block().role {
            Role::Field(Field::ReviewerGuideline) => {
                found.extend(citation::completions(at, document, offset));
            }
            Role::Field(Field::Rationale) => found.extend(conclusion::completions(at, document, offset)),
            _ => {}
        }
        found.extend(form::decisions(at, typed, offset));
    }
    found.extend(form::completions(at.as_ref(), letters, expected, typed, typed_from..offset));
    found
}

/// What is typed of something, as a span of the document on the line of its offset, with the blanks behind it.
fn typed_span(document: &Document, typed: &str, offset: usize) -> Span {
    let (line_start, _) = document.line_bounds(offset, offset);
    let line = document.slice(line_start..offset);
    let written = line.trim_end();
    let tail = typed.rsplit('\n').next().unwrap_or_default().trim_end();
    let start = if written.ends_with(tail) { line_start + written.len() - tail.len() } else { offset };
    if tail.is_empty() { offset..offset } else { start..offset }
}

/// Whether a text begins with what is typed, whatever its capitals; blanks are alike.
fn continues(text: &str, typed: &str) -> bool {
    let mut wanted =
        typed.split_whitespace().flat_map(|word| word.chars().chain([' '])).flat_map(char::to_lowercase);
    let mut letters =
        text.split_whitespace().flat_map(|word| word.chars().chain([' '])).flat_map(char::to_lowercase);
    let typed_length = typed.split_whitespace().map(|word| word.chars().count() + 1).sum::<usize>();
    // The last blank was added and is not typed, unless it was.
    let count = typed_length - usize::from(!typed.ends_with(char::is_whitespace) && typed_length > 0);
    (0..count).all(|_| match (wanted.next(), letters.next()) {
        (Some(one), Some(other)) => one == other,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::super::place::tests::{letter, marked, read};
    use super::*;
    use crate::letter::Profiles;

    /// The labels, and the text after the first was taken.
    fn offered(text: &str) -> (Vec<String>, String) {
        let (text, offset) = marked(text);
        let expected = &Profiles::known().list()[0];
        let found = completions(&Document::new(&text), &read(&text), offset, expected);
        let taken = found.first().map_or(text.clone(), |first| {
            assert_eq!(first.replaces.end, offset);
            [&text[..first.replaces.start], &first.text, &text[offset..]].concat()
        });
        (found.into_iter().map(|completion| completion.label).collect(), taken)
    }

    fn in_letter(guideline: &str, rationale: &str) -> (Vec<String>, String) {
        offered(&letter("The patient is a 40-year-old male.", guideline, rationale))
    }

    #[test]
    fn nothing_in_the_middle_of_prose() {
        assert_eq!(in_letter("N/A", "The request is wit^").0, [""; 0]);
        assert_eq!(offered("Call the clinic to^").0, [""; 0]);
        assert_eq!(offered(&letter("The patient ^is a male.", "N/A", "No.")).0, [""; 0]);
    }

    #[test]
    fn sources_of_the_letters_era() {
        let (labels, taken) = in_letter("^", "No.");
        assert!(labels.contains(&"Low Back Complaints 2004".to_owned()), "{labels:?}");
        assert!(labels.contains(&"Chronic Pain Medical Treatment Guidelines 2009".to_owned()));
        assert!(!labels.iter().any(|label| label.contains("2016")), "a letter of 2014 {labels:?}");
        assert!(labels.iter().any(|label| label.contains("(ODG)")));
        assert!(
            taken.contains("MAXIMUS guideline: The Expert Reviewer based his/her decision on the MTUS "),
            "{taken}"
        );

        let (labels, taken) = in_letter("Decision based on MTUS knee c^", "No.");
        assert_eq!(labels, ["Knee Complaints 2004"]);
        assert!(
            taken.contains("Decision based on MTUS Knee Complaints 2004, Section(s): {section}.\n"),
            "{taken}"
        );

        let (labels, _) = in_letter("Decision based on Non-MTUS Citation Offic^", "No.");
        assert!(
            labels.len() > 3 && labels.iter().all(|label| label.starts_with("Official Disability")),
            "{labels:?}"
        );

        let chronic = "Decision based on MTUS Chronic Pain Medical Treatment Guidelines 2009, Section(s): ";
        let (labels, taken) = in_letter(&format!("{chronic}opi^"), "No.");
        assert_eq!(labels, ["Opioids"]);
        assert!(taken.contains("Section(s): Opioids\n"));
        assert!(in_letter(&format!("{chronic}Opioids; yo^"), "No.").0.contains(&"Yoga".to_owned()));
    }

    #[test]
    fn the_conclusion_that_agrees_with_the_decision() {
        let (labels, taken) = in_letter("N/A", "The knee is well. Theref^");
        assert_eq!(labels.len(), 1);
        assert!(
            taken.contains("Therefore, the request for MRI of the left knee is not medically necessary."),
            "{taken}"
        );
        let (_, taken) = in_letter("N/A", "The knee is well. The requ^");
        assert!(taken.contains("well. The request is not medically necessary."), "{taken}");
        let overturned = letter("The patient is a 40-year-old male.", "N/A", "The request is^")
            .replace("left knee: Upheld", "left knee: Overturned");
        assert!(offered(&overturned).1.contains("rationale: The request is medically necessary."));
    }

    #[test]
    fn headings_labels_and_wording_that_do_not_stand_yet() {
        let (labels, _) = offered(&letter("The patient is a 40-year-old male.\n\nH^", "N/A", "No."));
        assert_eq!(labels, ["HOW THE IMR FINAL DETERMINATION WAS MADE"]);
        assert_eq!(offered(&letter("x\n\nclinical c^", "N/A", "No.")).0, [""; 0], "it stands");
        let text = letter("The patient is a male.", "N/A", "No.");
        let (labels, _) = offered(&text.replacen("Knee brace: Overturned\n", "Knee brace: Over^", 1));
        assert_eq!(labels, ["Overturned", "Overturned in part"]);
        let (labels, taken) =
            offered(&text.replacen("Knee brace: Overturned\n", "Knee brace: Overturned\n\nClaims^\n", 1));
        assert_eq!(labels[0], "Claims Administrator guideline:");
        assert!(taken.contains("\nClaims Administrator guideline: \n"));
        let (labels, taken) = offered(&format!("MAXIMUS Fed^\n\n{text}"));
        assert!(labels[0].starts_with("MAXIMUS Federal Services sent"), "{labels:?}");
        assert!(
            taken.contains("Board Certified in {specialty}, has a subspecialty in {subspecialty} and"),
            "{taken}"
        );
        assert!(offered("CLINICAL^").0.contains(&"CLINICAL CASE SUMMARY".to_owned()), "a new letter");
    }

    #[test]
    fn blanks_behind_what_is_typed_are_replaced_too() {
        let (labels, taken) = in_letter("Decision based on MTUS knee  ^", "No.");
        assert_eq!(labels, ["Knee Complaints 2004"]);
        assert!(taken.contains("on MTUS Knee Complaints 2004, Section(s)"), "{taken}");
        for text in ["90° ^", "é“^", "^", "\u{c}^\r\n"] {
            offered(&letter("The patient is a male.", text, text));
            offered(text);
        }
    }

    #[test]
    fn words_and_slots() {
        let found: Vec<Part<'_>> = parts("in {state}, {a").collect();
        assert_eq!(found, [Part::Words("in "), Part::Slot("state"), Part::Words(", "), Part::Words("{a")]);
        assert!(parts("").next().is_none());
        assert!(
            continues("The request", "the  req")
                && continues("The request", "")
                && continues("The request", "the ")
        );
        assert!(!continues("The request", "them") && !continues("The", "the request"));
    }
}
