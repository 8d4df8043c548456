//! Fixed wording of the form that lost, gained or changed a word.

use crate::engine::{Applicability, Arg, Draft, DraftFix, LetterContext, Sink};
use crate::letter::{ChangeKind, FormChange};

pub fn check(context: &LetterContext<'_>, sink: &mut Sink) {
    for change in context.letter.form_changes() {
        let content = &context.letter.blocks[change.place.block].content;
        let found = &content.text()[change.place.span.clone()];
        if names_profession(context, &change, found) {
            continue;
        }
        let found = Arg::letter(found);
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

/// "The independent Doctor of Chiropractic who made the decision": the reviewer's own profession in the place of the usual one.
fn names_profession(context: &LetterContext<'_>, change: &FormChange, found: &str) -> bool {
    let found = found.split_whitespace().collect::<Vec<_>>().join(" ");
    change.kind == ChangeKind::Replaced
        && context.is_in("usual-profession", &change.wording)
        && context.is_in("professions", &found)
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
