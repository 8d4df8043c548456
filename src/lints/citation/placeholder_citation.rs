//! Words that fill the place of a citation.

use crate::engine::{Applicability, Arg, Draft, DraftFix, ItemContext, Sink};
use crate::letter::facts::CitationState;

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    let Some(place) =
        item.citation.place.clone().filter(|_| item.citation.state == CitationState::Placeholder)
    else {
        return;
    };
    let text = |place: &crate::letter::Place| &letter.blocks[place.block].content.text()[place.span.clone()];
    let mut draft = Draft::new(place.clone(), "message").arg("found", Arg::letter(text(&place)));
    if let Some(source) = item.citation.in_rationale.first() {
        let named = text(source).split_whitespace().collect::<Vec<_>>().join(" ");
        draft = draft.related(source.clone(), "source", Vec::new()).fix(DraftFix::replace(
            place,
            named,
            Applicability::Manual,
        ));
    }
    sink.push(draft);
}
