//! Causation, coverage or cost as the reason.

use crate::engine::{Arg, Draft, ItemContext, Sink};
use crate::letter::facts::GroundKind;
use crate::letter::{Letter, Place};

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    for block in letter.rationale(item) {
        let content = &letter.blocks[block].content;
        for ground in &content.facts().grounds {
            if is_out_of_scope(letter, ground.kind) {
                let found = &content.text()[ground.span.clone()];
                sink.push(
                    Draft::new(Place { block, span: ground.span.clone() }, "message")
                        .arg("found", Arg::letter(found))
                        .arg("kind", Arg::term(ground.kind.name())),
                );
            }
        }
    }
}

/// Whether a review under the letter's law may not rest on it. A health plan's review may ask what the plan covers.
fn is_out_of_scope(letter: &Letter, kind: GroundKind) -> bool {
    let is_compensation = letter.profile.is_some_and(|profile| profile.is_workers_compensation_review());
    match kind {
        GroundKind::Causation | GroundKind::Coverage | GroundKind::Cost => is_compensation,
        GroundKind::Silence
        | GroundKind::Neutral
        | GroundKind::Consequence
        | GroundKind::Unexplained
        | GroundKind::Age
        | GroundKind::Trait => false,
    }
}
