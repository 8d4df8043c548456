//! A protected trait of the patient as the reason.

use crate::engine::{Arg, Draft, ItemContext, Sink};
use crate::letter::facts::{GroundKind, Polarity};
use crate::letter::{Decision, Item, Letter, Place, SentenceKind};

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    // Youth or age may be why a treatment is of use; as the reason against one it stands for the person.
    let judges_age = is_denied(letter, item) && !guideline_speaks_of_age(letter, item);
    for block in letter.rationale(item) {
        let content = &letter.blocks[block].content;
        for ground in &content.facts().grounds {
            if ground.kind == GroundKind::Trait || ground.kind == GroundKind::Age && judges_age {
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

fn is_denied(letter: &Letter, item: &Item) -> bool {
    match &item.decision {
        Some((decision, _)) => *decision != Decision::Overturned,
        None => letter.conclusion(item).is_some_and(|concluded| concluded.value == Polarity::NotNecessary),
    }
}

/// Whether a guideline's sentence in the rationale has a criterion of age.
fn guideline_speaks_of_age(letter: &Letter, item: &Item) -> bool {
    letter.rationale(item).any(|block| {
        let content = &letter.blocks[block].content;
        content.sentences.iter().filter(|sentence| sentence.kind == SentenceKind::Guideline).any(|sentence| {
            let text = content.text()[sentence.span.clone()].to_lowercase();
            let words: Vec<&str> =
                text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
            let names_age = words.iter().any(|word| {
                matches!(
                    *word,
                    "age" | "aged" | "ages" | "years" | "year" | "older" | "younger" | "elderly" | "old"
                )
            });
            // "patients over 50"
            let has_bound = words.windows(3).any(|words| {
                matches!(words[0], "patients" | "adults" | "persons" | "people" | "individuals" | "those")
                    && matches!(words[1], "over" | "under" | "above" | "below")
                    && words[2].starts_with(|c: char| c.is_ascii_digit())
            });
            names_age || has_bound
        })
    })
}
