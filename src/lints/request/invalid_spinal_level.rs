//! Spinal levels that do not exist, or whose ends are exchanged.

use crate::engine::{Arg, BlockContext, Draft, Sink};
use crate::letter::facts::{Level, Validity};

pub fn check(context: &BlockContext<'_>, sink: &mut Sink) {
    for level in &context.content.facts().levels {
        let message = match level.validity {
            Validity::Valid => continue,
            Validity::NoSuchLevel => "message",
            Validity::Inverted => "inverted",
        };
        sink.push(draft(context, level, message));
    }
}

fn draft(context: &BlockContext<'_>, level: &Level, message: &'static str) -> Draft {
    let found = Arg::letter(&context.content.text()[level.span.clone()]);
    Draft::new(context.place(level.span.clone()), message).arg("found", found)
}
