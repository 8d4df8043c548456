//! An item that is argued, and not decided.

use crate::engine::{Arg, Draft, ItemContext, Sink};
use crate::letter::Place;
use crate::text::Span;

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    if item.decision.is_some() || !item.is_drafted || item.is_unfinished {
        return;
    }
    // Other forms state their decision in ways of their own.
    let Some(profile) = letter.profile.filter(|profile| profile.is_workers_compensation_review()) else {
        return;
    };
    let block = item.heading.unwrap_or(item.blocks.start);
    let content = &letter.blocks[block].content;
    let span = match item.heading {
        Some(_) => heading(content.text(), &item.request),
        None => 0..content.text()[..content.body_start].trim_end().len(),
    };
    let [upheld, overturned] =
        [&profile.decisions.upheld, &profile.decisions.overturned].map(|words| words.first().cloned());
    let (Some(upheld), Some(overturned)) = (upheld, overturned) else { return };
    sink.push(
        Draft::new(Place { block, span }, "message")
            .arg("upheld", Arg::term(upheld))
            .arg("overturned", Arg::term(overturned)),
    );
}

/// The request; not what stands behind its last colon in the place of a decision ("MRI: pending").
fn heading(text: &str, request: &Span) -> Span {
    const MOST_WORDS: usize = 3;
    let written = &text[request.clone()];
    let has_place_behind = text[request.end..].contains(':');
    match written.rsplit_once(':') {
        Some((before, after))
            if !has_place_behind
                && !before.trim().is_empty()
                && after.split_whitespace().count() <= MOST_WORDS =>
        {
            request.start..request.start + before.trim_end().len()
        }
        _ if written.trim().is_empty() => 0..text.trim_end().len(),
        _ => request.clone(),
    }
}
