//! A rationale that concludes the opposite of the decision.

use crate::engine::{Arg, Draft, ItemContext, Level, Sink};
use crate::letter::facts::{Conclusion, Polarity, Strength};
use crate::letter::{Decision, Item, Letter, Place};

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    let Some((decision, stated)) = &item.decision else { return };
    let found = opposed(letter, item, *decision);
    let Some((block, conclusion)) = found else { return };
    let content = &letter.blocks[block].content;
    let decided = &letter.blocks[stated.block].content.text()[stated.span.clone()];
    let found = &content.text()[conclusion.words.clone()];
    let mut draft = Draft::new(Place { block, span: conclusion.words.clone() }, "message")
        .arg("found", Arg::letter(found))
        .arg("decided", Arg::letter(decided))
        .related(stated.clone(), "decision", vec![("decided", Arg::letter(decided))]);
    if conclusion.strength == Strength::Synonym && !speaks_of_denial(content.text(), conclusion) {
        draft = draft.cap(Level::Warning);
    }
    sink.push(draft);
}

/// The conclusion that says the opposite of the decision.
fn opposed<'l>(letter: &'l Letter, item: &Item, decision: Decision) -> Option<(usize, &'l Conclusion)> {
    let deciding = letter.deciding(item);
    let &(last_block, last) = deciding.last()?;
    let text = |block: usize| letter.blocks[block].content.text();
    if deciding.iter().all(|(_, conclusion)| conclusion.polarity.contradicts(decision)) {
        return Some((last_block, last));
    }
    if is_of_part(letter, item, decision, last_block, last) {
        return Some((last_block, last));
    }
    // Beside the conclusion that agrees, another one on the whole request, or the denial itself.
    letter.rationale(item).chain(letter.determined(item)).find_map(|block| {
        let conclusions = letter.blocks[block].content.facts().conclusions.iter();
        conclusions
            .filter(|conclusion| conclusion.polarity.contradicts(decision))
            .find(|conclusion| {
                let words = text(block)[conclusion.words.clone()].to_lowercase();
                let is_past = words.split_whitespace().any(|word| matches!(word, "was" | "were"));
                let is_whole = conclusion.strength == Strength::Necessity
                    && last.polarity == Polarity::of_decision(decision)
                    && conclusion.is_of_whole_request(text(block));
                !is_past && (is_whole || speaks_of_denial(text(block), conclusion))
            })
            .map(|conclusion| (block, conclusion))
    })
}

/// Whether the rationale finds a part of an undivided request necessary, and the decision is all or nothing, or the reverse.
fn is_of_part(letter: &Letter, item: &Item, decision: Decision, block: usize, last: &Conclusion) -> bool {
    let content = &letter.blocks[block].content;
    let words = content.text()[last.span.clone()].to_lowercase();
    let has = |marks: &[&str]| marks.iter().any(|mark| words.contains(mark));
    match (decision, last.polarity) {
        (Decision::Upheld | Decision::Overturned, Polarity::Partial) => {
            item.disputed == item.request
                && last.is_of_whole_request(content.text())
                && has(&["partially", "partly", "in part"])
        }
        (Decision::Partial, Polarity::Necessary | Polarity::NotNecessary) => {
            let divides = letter.rationale(item).any(|block| {
                let text = letter.blocks[block].content.text().to_lowercase();
                const DIVIDE: [&str; 12] = [
                    "partial",
                    "partly",
                    "in part",
                    "modif",
                    "remain",
                    "portion",
                    "certif",
                    "only",
                    " but ",
                    "rather than",
                    "instead",
                    "however",
                ];
                DIVIDE.iter().any(|word| text.contains(word))
            });
            let deciding = letter.deciding(item);
            !divides && deciding.len() == 1 && last.is_of_whole_request(content.text())
        }
        _ => false,
    }
}

/// "The denial is overturned."
fn speaks_of_denial(text: &str, conclusion: &Conclusion) -> bool {
    let words = text[conclusion.words.clone()].to_lowercase();
    ["upheld", "overturned", "affirmed", "reversed", "sustained"].iter().any(|verb| words.contains(verb))
}
