//! Fixed wording of the form that lost, gained or changed a word.

use crate::engine::{Applicability, Arg, Draft, DraftFix, LetterContext, Sink};
use crate::letter::{ChangeKind, FormChange};

pub fn check(context: &LetterContext<'_>, sink: &mut Sink) {
    for change in context.letter.form_changes() {
        let content = &context.letter.blocks[change.place.block].content;
        let found = Arg::letter(&content.text()[change.place.span.clone()]);
        let message = match change.kind {
            ChangeKind::Lost => "message",
            ChangeKind::Added => "added",
            ChangeKind::Replaced => "replaced",
        };
        sink.push(
            Draft::new(change.place.clone(), message)
                .arg("found", found)
                .arg("wording", Arg::term(change.wording.clone()))
                .fix(fix(&change, content.text())),
        );
    }
}

fn fix(change: &FormChange, text: &str) -> DraftFix {
    let new_text = match change.kind {
        ChangeKind::Lost if text[..change.edited.span.start].ends_with(|c: char| !c.is_whitespace()) => {
            format!(" {}", change.wording)
        }
        ChangeKind::Lost => format!("{} ", change.wording),
        ChangeKind::Added | ChangeKind::Replaced => change.wording.clone(),
    };
    DraftFix::replace(change.edited.clone(), new_text, Applicability::Manual)
}
