//! What holds for any text: checking does not panic, safe fixes change no digit and no letter but those of misspelt words,
//! and a second run of `--fix` changes nothing.

use detlint::engine::{Applicability, Settings, apply_fixes, check_document};
use detlint::lints::catalogue;
use detlint::text::Document;
use proptest::prelude::*;

/// Pieces of letters with slips in them, to be put together in any order.
const PIECES: &[&str] = &[
    "The patient is a 42-year-old female with pain.",
    "His lumbar flexion is limited..",
    "He requested an MRI. , and",
    "pain in her slower back",
    "According to  report on 03/04/2016,",
    "CLINICAL CASE SUMMARY\n",
    "IMR ISSUES, DECISIONS AND RATIONALES\n",
    "Heating pad: Upheld\n",
    "Claims Administrator guideline: none\n",
    "MAXIMUS guideline: No guidelines found\n",
    "MAXIMUS guideline:",
    "Decision rationale: The ODG recommends heat.,",
    "is the requesting provider",
    "..",
    " ",
    "  ",
    "\n",
    "\r\n",
    "\r",
    " \n\n",
    "\u{c}",
    "-\n",
    "’s",
    "“",
    "😀",
    "e\u{301}",
];

fn letterlike() -> impl Strategy<Value = String> {
    let piece = prop_oneof![4 => prop::sample::select(PIECES).prop_map(str::to_owned), 1 => "\\PC{0,8}"];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

/// In small letters: a word that was glued to another may have had its capital from that.
fn letters_and_digits(text: &str) -> String {
    text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Every lint but the one whose safe fixes spell a word anew.
fn settings() -> Settings {
    let mut settings = Settings::everything(catalogue());
    settings.ignore(catalogue(), &["misspelling".to_owned()]).expect("the lint exists");
    settings
}

#[test]
fn what_is_said_of_a_finding_may_stand_in_the_next_sentence() {
    let text = "CLINICAL CASE SUMMARY\n..pain in her slower backHis lumbar flexion is limited..\
                His lumbar flexion is limited..Claims Administrator guideline: none\nClaims Administrator guideline: none\n";
    let outcome = check_document(catalogue(), &Settings::everything(catalogue()), &Document::new(text));
    assert!(outcome.crashed.is_empty(), "a lint panicked");
}

proptest! {
    #[test]
    fn findings_lie_in_the_text(text in letterlike()) {
        let document = Document::new(&text);
        let outcome = check_document(catalogue(), &Settings::everything(catalogue()), &document);
        prop_assert!(outcome.crashed.is_empty(), "a lint panicked");
        for finding in &outcome.findings {
            let spans = finding.related.iter().map(|related| &related.span).chain([&finding.span]);
            for span in spans {
                prop_assert!(text.get(span.clone()).is_some(), "{span:?} is no text");
            }
            prop_assert!(!finding.span.is_empty());
            prop_assert!(!finding.message.render(false).contains('{'), "{}", finding.message.render(false));
            for edit in finding.fixes.iter().flat_map(|fix| &fix.edits) {
                prop_assert!(text.get(edit.span.clone()).is_some_and(|old| !old.contains(['\n', '\r'])));
            }
        }
    }

    #[test]
    fn safe_fixes_keep_every_letter_and_digit(text in letterlike()) {
        let settings = settings();
        let fixed = apply_fixes(catalogue(), &settings, &text, Applicability::Safe);
        prop_assert_eq!(letters_and_digits(&fixed.text), letters_and_digits(&text));
        let line_breaks = |text: &str| text.chars().filter(|c| matches!(c, '\n' | '\r' | '\u{c}')).collect::<String>();
        prop_assert_eq!(line_breaks(&fixed.text), line_breaks(&text));
        let again = apply_fixes(catalogue(), &settings, &fixed.text, Applicability::Safe);
        prop_assert_eq!(&again.text, &fixed.text);
        prop_assert_eq!(again.applied, 0);
    }

    #[test]
    fn unsafe_fixes_come_to_an_end(text in letterlike()) {
        let settings = Settings::everything(catalogue());
        let fixed = apply_fixes(catalogue(), &settings, &text, Applicability::Unsafe);
        let again = apply_fixes(catalogue(), &settings, &fixed.text, Applicability::Unsafe);
        prop_assert_eq!(again.text, fixed.text);
    }
}
