//! Telling a determination letter from any other text.

use super::layout::{Line, text_lines};
use super::marks::{Mark, MarkKind, find_marks};
use super::profile::{Profile, profiles};
use crate::text::Document;

/// Different marks that make a text a letter. A heading or an item's label is the form's own wording; header
/// labels ("Priority:") stand in other papers too and count half.
const ENOUGH: usize = 4;

/// The profile of a text, if it is a determination letter.
#[must_use]
pub fn recognise(document: &Document) -> Option<&'static Profile> {
    best_profile(&text_lines(document)).map(|(profile, _)| profile)
}

/// The profile with the most marks, and the marks. The more general one wins a tie.
pub(super) fn best_profile(lines: &[Line<'_>]) -> Option<(&'static Profile, Vec<Option<Mark>>)> {
    let mut best: Option<(usize, &'static Profile, Vec<Option<Mark>>)> = None;
    for profile in profiles() {
        let marks = find_marks(lines, profile);
        let score = score(&marks);
        if score >= ENOUGH && best.as_ref().is_none_or(|(highest, ..)| score > *highest) {
            best = Some((score, profile, marks));
        }
    }
    best.map(|(_, profile, marks)| (profile, marks))
}

fn score(marks: &[Option<Mark>]) -> usize {
    let mut kinds: Vec<MarkKind> = Vec::new();
    let mut score = 0;
    for mark in marks.iter().flatten() {
        let is_new = mark.kind == MarkKind::Fixed || !kinds.contains(&mark.kind);
        if is_new {
            kinds.push(mark.kind);
            score += if matches!(mark.kind, MarkKind::Header(_)) { 1 } else { 2 };
        }
    }
    score
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Option<&'static str> {
        recognise(&Document::new(text)).map(|profile| profile.name.as_str())
    }

    #[test]
    fn letters() {
        assert_eq!(
            name("CLINICAL CASE SUMMARY\n\nIMR ISSUES, DECISIONS AND RATIONALES\n"),
            Some("ca-imr-2014")
        );
        let drafted =
            "Case Number: CM15-1\nDate Assigned: 1/2/2015\nPriority: Standard\nUR Denial Date: 1/1/2015\n";
        assert_eq!(name(drafted), Some("ca-imr-2014"));
        let credentials =
            "HOW THE IMR FINAL DETERMINATION WAS MADE\nThe Expert Reviewer has the following credentials:\n";
        assert_eq!(name(credentials), Some("ca-imr-2016"));
    }

    #[test]
    fn other_texts() {
        for text in [
            "",
            "# README\n\nRun the tests.\n",
            "CLINICAL CASE SUMMARY\n",
            "Priority: high\nReceived: today\nSex: F\n",
        ] {
            assert_eq!(name(text), None, "{text}");
        }
    }
}
