//! An item that cites nothing.

use crate::engine::{Applicability, Arg, Draft, DraftFix, ItemContext, Level, Sink};
use crate::letter::facts::CitationState;
use crate::letter::{Field, Item, Letter, Place};

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    if item.citation.state != CitationState::Absent || !item.is_drafted || rests_on_main_item(letter, item) {
        return;
    }
    // A form without such a field leaves it to the reviewer where and how to cite.
    if !letter.profile.is_some_and(|profile| profile.asks_for(Field::ReviewerGuideline))
        || letter.shares_sources()
    {
        return;
    }
    let place = item.citation.place.clone().unwrap_or_else(|| heading_or_first_line(letter, item));
    let Some(source) = item.citation.in_rationale.first() else {
        sink.push(Draft::new(place, "message"));
        return;
    };
    // A draft whose layout has no such field at all cites where it can.
    if item.citation.place.is_none() {
        return;
    }
    let text = &letter.blocks[source.block].content.text()[source.span.clone()];
    let end = letter.blocks[place.block].content.logical.text().len();
    let sentence = format!(" Decision based on {}.", text.split_whitespace().collect::<Vec<_>>().join(" "));
    let insertion = Place { block: place.block, span: end..end };
    sink.push(
        Draft::new(place, "rationale-only")
            .arg("source", Arg::letter(text))
            .related(source.clone(), "source", Vec::new())
            .fix(DraftFix::replace(insertion, sentence, Applicability::Manual))
            .cap(Level::Warning),
    );
}

/// A service that goes with another item needs no source of its own when it is decided as that one is.
fn rests_on_main_item(letter: &Letter, item: &Item) -> bool {
    let decision = |item: &Item| item.decision.as_ref().map(|(decision, _)| *decision);
    item.main_item.is_some_and(|main| decision(&letter.items[main]) == decision(item))
}

fn heading_or_first_line(letter: &Letter, item: &Item) -> Place {
    let block = item.heading.unwrap_or(item.blocks.start);
    let content = &letter.blocks[block].content;
    let span = if item.heading.is_some() { item.request.clone() } else { 0..content.body_start };
    // A heading of a decision alone has no request.
    Place { block, span: if span.is_empty() { 0..content.text().len() } else { span } }
}
