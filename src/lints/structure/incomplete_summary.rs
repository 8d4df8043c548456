//! A case summary that does not tell all that the case rests on.

use crate::engine::{Arg, Draft, LetterContext, Sink};
use crate::letter::facts::Element;
use crate::letter::{HeaderField, Letter, Place, Section};

pub fn check(context: &LetterContext<'_>, sink: &mut Sink) {
    let letter = context.letter;
    let gaps = letter.summary_gaps();
    let Some(place) = first_sentence(letter).filter(|_| !gaps.is_empty()) else { return };
    let names: Vec<&str> = gaps.iter().map(|element| element.name()).collect();
    let mut draft = Draft::new(place, "message").arg("what", Arg::term(listed(&names)));
    if let Some((_, block)) = letter.sections().find(|(section, _)| *section == Section::Summary) {
        let span = 0..letter.blocks[block].content.text().len();
        draft = draft.related(Place { block, span }, "heading", Vec::new());
    }
    if let Some(injury) =
        letter.header_date(HeaderField::InjuryDate).filter(|_| gaps.contains(&Element::InjuryDate))
    {
        draft = draft.related(injury.place, "header", Vec::new());
    }
    sink.push(draft);
}

/// The sentence with which the summary begins, behind the form's introduction, which a changed word makes a part of it.
fn first_sentence(letter: &Letter) -> Option<Place> {
    letter.summary().find_map(|block| {
        let content = &letter.blocks[block].content;
        let span = content.sentences.first()?.span.clone();
        let text = &content.text()[span.clone()];
        let introduced = text.split_once(':').filter(|(before, _)| before.contains("summary"));
        let length = introduced.map_or(text.len(), |(_, behind)| behind.trim_start().len());
        let start = span.end - length;
        (start < span.end).then_some(Place { block, span: start..span.end })
    })
}

/// "age, sex or diagnosis".
fn listed(names: &[&str]) -> String {
    match names {
        [rest @ .., last] if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => names.concat(),
    }
}
