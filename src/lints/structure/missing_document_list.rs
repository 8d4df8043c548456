//! A letter that does not list the documents on which it rests.

use std::sync::LazyLock;

use regex::Regex;

use crate::engine::{Draft, LetterContext, Sink};
use crate::letter::{Letter, Place, Role, Section};
use crate::text;

/// Words that open a list of documents wherever it stands.
static LIST: LazyLock<Regex> = LazyLock::new(|| {
    text::pattern(
        r"(?i)\b(?:documents?|records?|reports|materials?)\s(?:(?:that|which)\s)?(?:(?:were|was|are|i|we|have been)\s)?(?:reviewed|considered|relied\supon|submitted|provided|received|listed|examined)[^.;]{0,60}:|\b(?:documents|records)\s(?:reviewed|considered|relied\supon)\b|\breview\sof\s(?:the\s)?(?:following|these)\b|\bfollowing\s(?:documents|records|reports|medical\srecords|materials)\b|\blist\sof\s(?:documents|records)\b",
    )
});

/// Words for documents.
static DOCUMENT: LazyLock<Regex> = LazyLock::new(|| {
    text::pattern(
        r"(?i)\b(?:reports?|notes?|pr-?[24]s?|mris?|x-rays?|emgs?|ncs|determinations?|applications?|letters?|records|evaluations?|studies|study|forms?|rfas?|results|denials?|requests?|statements?|guidelines?)\b",
    )
});

pub fn check(context: &LetterContext<'_>, sink: &mut Sink) {
    let letter = context.letter;
    let Some(profile) = letter.profile.filter(|_| letter.is_complete()) else { return };
    if let Some(place) = empty_list(letter) {
        sink.push(Draft::new(place, "empty"));
        return;
    }
    // A form that prescribes the section has missing-section speak.
    let is_optional = profile.section.iter().any(|mark| mark.section == Section::Documents && mark.optional);
    let lists = letter.blocks.iter().any(|block| {
        matches!(block.role, Role::Documents | Role::Heading(Section::Documents))
            || LIST.is_match(block.content.text())
    });
    if !is_optional || lists {
        return;
    }
    if let Some(place) = place(letter) {
        sink.push(Draft::new(place, "message"));
    }
}

/// The heading of a list that names no document: no date, and fewer than two kinds of papers.
fn empty_list(letter: &Letter) -> Option<Place> {
    let (_, block) = letter.sections().find(|(section, _)| *section == Section::Documents)?;
    let below = letter.blocks[block + 1..].iter().take_while(|block| block.role == Role::Documents);
    let names_document = below
        .map(|block| behind_opening(block.content.text()))
        .any(|text| text.contains(|c: char| c.is_ascii_digit()) || DOCUMENT.find_iter(text).count() > 1);
    (!names_document).then(|| Place { block, span: 0..letter.blocks[block].content.text().len() })
}

/// What stands behind the form's own words ("These documents included:").
fn behind_opening(text: &str) -> &str {
    match text.split_once(':') {
        Some((opening, behind)) if opening.to_lowercase().contains("documents") => behind,
        _ => text,
    }
}

/// The heading before which the list belongs.
fn place(letter: &Letter) -> Option<Place> {
    let wanted = [Section::Summary, Section::Issues, Section::Method];
    let block = wanted
        .into_iter()
        .find_map(|wanted| letter.sections().find(|(section, _)| *section == wanted))
        .map(|(_, block)| block)
        .or_else(|| letter.items.first()?.heading)?;
    Some(Place { block, span: 0..letter.blocks[block].content.text().len() })
}
