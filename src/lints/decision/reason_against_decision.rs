//! A premise of the opposite polarity of the conclusion to which it is joined.

use crate::engine::{Arg, Draft, ItemContext, Sink};
use crate::letter::Place;
use crate::letter::facts::{Bearing, Polarity};

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    for block in letter.rationale(item) {
        let content = &letter.blocks[block].content;
        let facts = content.facts();
        for premise in &facts.premises {
            let Some(conclusion) = facts.conclusions.get(premise.conclusion) else { continue };
            let message = match (premise.bearing, conclusion.polarity) {
                (Bearing::Supports, Polarity::NotNecessary) => "message",
                (Bearing::Against, Polarity::Necessary) => "against",
                _ => continue,
            };
            // Where the decision says otherwise, the conclusion is what is wrong.
            let is_contradicted = item
                .decision
                .as_ref()
                .is_some_and(|(decision, _)| conclusion.polarity.contradicts(*decision));
            if is_contradicted {
                continue;
            }
            let span = premise.cue.clone().unwrap_or_else(|| premise.span.clone());
            let [found, concluded] =
                [&span, &conclusion.words].map(|span| Arg::letter(&content.text()[span.clone()]));
            sink.push(
                Draft::new(Place { block, span }, message)
                    .arg("found", found)
                    .arg("concluded", concluded.clone())
                    .related(
                        Place { block, span: conclusion.words.clone() },
                        "conclusion",
                        vec![("concluded", concluded)],
                    ),
            );
        }
    }
}
