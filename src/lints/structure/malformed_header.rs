//! A header field that is missing, empty or malformed.

use crate::engine::{Arg, Draft, LetterContext, Sink};
use crate::letter::{HeaderFault, HeaderFaultKind, Letter, Place};

pub fn check(context: &LetterContext<'_>, sink: &mut Sink) {
    let letter = context.letter;
    let Some(block) = letter.header_block() else { return };
    for fault in letter.header_faults() {
        let place = Place { block, span: fault.span.clone() };
        let message = match fault.kind {
            HeaderFaultKind::Missing => "missing",
            HeaderFaultKind::Label => "label",
            HeaderFaultKind::Empty => "empty",
            HeaderFaultKind::Malformed => "message",
        };
        let found = &letter.blocks[block].content.text()[fault.span.clone()];
        let mut draft = Draft::new(place, message)
            .arg("found", Arg::letter(found))
            .arg("field", Arg::term(fault.field.name()))
            .arg("label", Arg::term(label(letter, &fault)));
        if let Some(next) = fault.next {
            draft = draft.related(Place { block, span: next }, "next", Vec::new());
        }
        sink.push(draft);
    }
}

/// The field's label as the form has it.
fn label(letter: &Letter, fault: &HeaderFault) -> String {
    let mut marks = letter.profile.into_iter().flat_map(|profile| &profile.header);
    marks
        .find(|mark| mark.field == fault.field)
        .and_then(|mark| mark.labels.first())
        .cloned()
        .unwrap_or_default()
}
