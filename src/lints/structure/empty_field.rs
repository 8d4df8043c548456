//! A label without a value, a heading without a body, and numbers of items that skip or repeat.

use crate::engine::{Arg, Draft, ItemContext, Level, Sink};
use crate::letter::facts::CitationState;
use crate::letter::{Block, Field, Item, Letter, Place, Role};

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = *context;
    let empty: Vec<Place> = item
        .blocks
        .clone()
        .filter(|&block| is_empty(letter, block))
        .map(|block| label(letter, block))
        .collect();
    if let Some((first, rest)) = empty.split_first() {
        let found = &letter.blocks[first.block].content.text()[first.span.clone()];
        let draft = Draft::new(first.clone(), "message").arg("found", Arg::letter(found));
        sink.push(rest.iter().fold(draft, |draft, place| draft.related(place.clone(), "also", Vec::new())));
    } else if let Some(place) = last_reason(letter, item) {
        let found = Arg::letter(letter.text_at(&place));
        sink.push(Draft::new(place, "message").arg("found", found).cap(Level::Info));
    }
    heading(letter, item, sink);
    number(letter, item, sink);
}

/// Whether a label stands alone, and the writer is past it.
fn is_empty(letter: &Letter, block: usize) -> bool {
    let Role::Field(_) = letter.blocks[block].role else { return false };
    let content = &letter.blocks[block].content;
    let says = |text: &str| text.contains(char::is_alphanumeric);
    if content.body_start == 0 || says(&content.text()[content.body_start..]) {
        return false;
    }
    let goes_on = letter.blocks.get(block + 1).is_some_and(|next| {
        let same = next.role == letter.blocks[block].role && next.content.body_start == 0;
        same || is_own_heading(letter, next)
    });
    let is_passed = letter.blocks[block + 1..]
        .iter()
        .any(|later| says(&later.content.text()[later.content.body_start..]));
    !goes_on && is_passed
}

/// "Findings:" may stand over the form's own parts of them.
fn is_own_heading(letter: &Letter, block: &Block) -> bool {
    let text = block.content.text();
    let mut own = letter.profile.into_iter().flat_map(|profile| &profile.own_headings);
    matches!(block.role, Role::Heading(_)) && own.any(|heading| text.starts_with(heading.as_str()))
}

/// The label of the last rationale, if the letter ends with it though the item is decided and its source is cited: the
/// writer may still come to it.
fn last_reason(letter: &Letter, item: &Item) -> Option<Place> {
    let last = letter.blocks.len().checked_sub(1)?;
    let content = &letter.blocks[last].content;
    let is_reason = letter.blocks[last].role == Role::Field(Field::Rationale) && content.body_start > 0;
    let is_empty = !content.text()[content.body_start..].contains(char::is_alphanumeric);
    let is_decided = item.decision.is_some() && item.citation.state == CitationState::Present;
    (item.blocks.end == last + 1 && is_reason && is_empty && is_decided).then(|| label(letter, last))
}

fn label(letter: &Letter, block: usize) -> Place {
    let content = &letter.blocks[block].content;
    Place { block, span: 0..content.text()[..content.body_start].trim_end().len() }
}

/// A heading that requests nothing, or under which nothing is said.
fn heading(letter: &Letter, item: &Item, sink: &mut Sink) {
    let Some(block) = item.heading.filter(|&block| letter.blocks[block].role == Role::ItemHeading) else {
        return;
    };
    let text = letter.blocks[block].content.text();
    let requests = text[item.request.clone()].contains(char::is_alphanumeric);
    if !requests {
        sink.push(Draft::new(Place { block, span: 0..text.len() }, "request"));
        return;
    }
    let is_last = item.blocks.end >= letter.blocks.len();
    let single = letter.profile.is_some_and(|profile| profile.single_issue);
    if item.blocks.len() == 1 && !is_last && !single {
        let place = Place { block, span: item.request.clone() };
        sink.push(Draft::new(place, "body").arg("found", Arg::letter(&text[item.request.clone()])));
    }
}

/// The number against that of the item before, or against the item's place where that one was wrong itself.
fn number(letter: &Letter, item: &Item, sink: &mut Sink) {
    let (Some(number), Some(block)) = (&item.number, item.heading) else { return };
    let index = letter.items.iter().take_while(|other| other.blocks.start < item.blocks.start).count();
    let before =
        letter.items[..index].iter().rev().find_map(|other| Some((other.number.as_ref()?, other.heading?)));
    let expected = match before {
        Some((before, _)) => before.value + 1,
        None if index == 0 && letter.is_complete() => 1,
        None => return,
    };
    if number.value == expected || number.value == index + 1 {
        return;
    }
    let draft = Draft::new(Place { block, span: number.span.clone() }, "number")
        .arg("found", Arg::term(number.value.to_string()))
        .arg("expected", Arg::term(expected.to_string()));
    sink.push(match before {
        Some((before, block)) => {
            draft.related(Place { block, span: before.span.clone() }, "before", Vec::new())
        }
        None => draft,
    });
}
