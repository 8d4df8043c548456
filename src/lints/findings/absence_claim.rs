//! Every claim of the rationale that something is not documented.

use crate::engine::{Arg, Draft, ItemContext, Sink};
use crate::letter::facts::absence::Claimant;
use crate::letter::{Place, SentenceKind};

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    for block in letter.rationale(item) {
        let content = &letter.blocks[block].content;
        let is_own = |at: usize| {
            content.sentence_at(at).is_some_and(|sentence| sentence.kind == SentenceKind::Statement)
        };
        let claims = content.facts().absences.iter();
        for claim in claims.filter(|claim| claim.claimant == Claimant::Reviewer && is_own(claim.span.start)) {
            sink.push(
                Draft::new(Place { block, span: claim.span.clone() }, "message")
                    .arg("absent", Arg::letter(&content.text()[claim.absent.clone()])),
            );
        }
    }
}
