//! A test, structure or movement of another part of the body, and a single organ that is said to be two.

use crate::engine::{Arg, BlockContext, Draft, Sink};
use crate::letter::facts::misplaced::Flaw;

pub fn check(context: &BlockContext<'_>, sink: &mut Sink) {
    let text = context.content.text();
    for misplaced in context.content.misplaced() {
        let key = match misplaced.flaw {
            Flaw::Elsewhere => "message",
            Flaw::Single => "single",
        };
        sink.push(
            Draft::new(context.place(misplaced.span), key)
                .arg("thing", Arg::letter(&text[misplaced.thing]))
                .arg("place", Arg::letter(&text[misplaced.place])),
        );
    }
}
