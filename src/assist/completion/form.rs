//! Headings, labels and wording of the form that do not stand in the letter yet.

use super::{Completion, CompletionKind, continues};
use crate::assist::place::At;
use crate::letter::{Field, FixedPlace, FixedText, Located, Profile, Role};
use crate::text::Span;

/// A decision that is begun behind the colon of an item's heading. Before it is whole, the line is not read as one.
pub(super) fn decisions(at: &At<'_>, line: &str, offset: usize) -> Vec<Completion> {
    let (Some(profile), Some((request, typed))) = (at.letter.profile, line.rsplit_once(':')) else {
        return Vec::new();
    };
    let typed = typed.trim_start();
    if request.contains(':') || !typed.starts_with(char::is_uppercase) || at.letter.items.is_empty() {
        return Vec::new();
    }
    let words = &profile.decisions;
    let words = words.upheld.iter().chain(&words.overturned).chain(&words.partial);
    words
        .filter(|word| continues(word, typed) && word.starts_with(char::is_uppercase))
        .map(|word| Completion {
            label: word.clone(),
            text: word.clone(),
            kind: CompletionKind::Decision,
            detail: None,
            replaces: offset - typed.len()..offset,
        })
        .collect()
}

/// What begins a line of the form, where `typed` is all of the line so far.
pub(super) fn completions(
    at: Option<&At<'_>>,
    letters: &[Located],
    expected: &'static Profile,
    typed: &str,
    replaces: Span,
) -> Vec<Completion> {
    let profile = at.and_then(|at| at.letter.profile).or(letters.iter().find_map(|letter| letter.profile));
    let profile = profile.unwrap_or(expected);
    let letter = at.map(|at| at.letter);
    let mut found = Vec::new();
    let mut offer = |label: String, text: String, kind: CompletionKind, detail: Option<&str>| {
        if continues(&text, typed) {
            let detail = detail.map(str::to_owned);
            found.push(Completion { label, text, kind, detail, replaces: replaces.clone() });
        }
    };
    let item = at.and_then(|at| at.letter.items.get(at.block().item?));
    let standing = |field: Field| {
        let blocks = item.zip(letter).map(|(item, letter)| &letter.blocks[item.blocks.clone()]);
        // The line that is being written may look like the field already.
        blocks.is_some_and(|blocks| blocks.iter().any(|block| block.role == Role::Field(field)))
    };
    for mark in profile.field.iter().filter(|mark| item.is_some() && !standing(mark.field)) {
        let label = mark.beginning();
        offer(label.to_owned(), format!("{label} "), CompletionKind::Form, Some("label"));
    }
    for mark in &profile.section {
        let stands =
            letter.is_some_and(|letter| letter.sections().any(|(section, _)| section == mark.section));
        if let Some(heading) = mark.headings.first().filter(|_| !stands) {
            offer(heading.clone(), heading.clone(), CompletionKind::Form, Some("heading"));
        }
    }
    for mark in &profile.header {
        let stands = letter.is_some_and(|letter| letter.header.iter().any(|value| value.field == mark.field));
        if let Some(label) = mark.labels.first().filter(|_| !stands && item.is_none()) {
            offer(label.clone(), format!("{label} "), CompletionKind::Form, Some("header"));
        }
    }
    for fixed in profile.fixed.iter().filter(|fixed| fixed.place == FixedPlace::Paragraph && item.is_none()) {
        if !letter.is_some_and(|letter| holds(letter, fixed)) {
            offer(
                shortened(fixed.lead()),
                wording(fixed),
                CompletionKind::Boilerplate,
                Some("wording of the form"),
            );
        }
    }
    found
}

/// A text of the form with its optional parts, and with its slots.
fn wording(fixed: &FixedText) -> String {
    fixed.text.replace(['[', ']'], "")
}

fn holds(letter: &Located, fixed: &FixedText) -> bool {
    letter.blocks.iter().any(|block| fixed.find(block.content.text()).next().is_some())
}

/// The first words, for a list.
fn shortened(text: &str) -> String {
    const WORDS: usize = 10;
    let words: Vec<&str> = text.split_whitespace().collect();
    let end = if words.len() > WORDS { "…" } else { "" };
    format!("{}{end}", words[..words.len().min(WORDS)].join(" "))
}
