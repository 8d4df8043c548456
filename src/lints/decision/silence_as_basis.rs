//! A denial that rests on nothing but guidelines being silent.

use crate::engine::{Arg, Draft, ItemContext, Sink};
use crate::guideline::citation::CitationKind;
use crate::letter::facts::{CitationState, Conclusion, Ground, GroundKind, Polarity};
use crate::letter::{Decision, Item, Letter, Place};

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    let deciding = letter.deciding(item);
    let is_denied = match &item.decision {
        Some((decision, _)) => *decision == Decision::Upheld,
        None => deciding.last().is_some_and(|(_, conclusion)| conclusion.polarity == Polarity::NotNecessary),
    };
    let is_governed = letter.profile.is_some_and(|profile| profile.is_workers_compensation());
    if !is_denied || !is_governed || item.is_unfinished || gives_ground(letter, item) {
        return;
    }
    let silences: Vec<(usize, &Ground)> = letter
        .rationale(item)
        .flat_map(|block| {
            letter.blocks[block].content.facts().grounds.iter().map(move |ground| (block, ground))
        })
        .filter(|(_, ground)| ground.kind == GroundKind::Silence)
        .collect();
    let Some((block, last)) = silences.last() else { return };
    if !concludes_from(letter, &deciding, &silences) && cites_another_source(letter, item, &silences) {
        return;
    }
    let found = &letter.blocks[*block].content.text()[last.span.clone()];
    let mut draft = Draft::new(Place { block: *block, span: last.span.clone() }, "message")
        .arg("found", Arg::letter(found));
    if let Some((block, conclusion)) = deciding.last() {
        draft =
            draft.related(Place { block: *block, span: conclusion.words.clone() }, "conclusion", Vec::new());
    }
    sink.push(draft);
}

/// Whether a sentence of the rationale may give a ground: it is neither a silence nor one that gives none.
fn gives_ground(letter: &Letter, item: &Item) -> bool {
    letter.rationale(item).any(|block| {
        let content = &letter.blocks[block].content;
        let gives_none = |at: usize| {
            let kinds = content
                .facts()
                .grounds
                .iter()
                .filter(|ground| ground.sentence == at)
                .map(|ground| ground.kind);
            kinds.into_iter().any(|kind| matches!(kind, GroundKind::Silence | GroundKind::Neutral))
        };
        let is_label = |at: usize| content.sentences[at].span.end <= content.body_start;
        (0..content.sentences.len()).any(|at| !gives_none(at) && !is_label(at))
    })
}

/// Whether a silence is the very reason that is given ("Since the guideline is silent, …").
fn concludes_from(letter: &Letter, deciding: &[(usize, &Conclusion)], silences: &[(usize, &Ground)]) -> bool {
    deciding.iter().any(|(block, conclusion)| {
        let content = &letter.blocks[*block].content;
        silences.iter().any(|(of, ground)| {
            let is_beside = of == block && ground.sentence == conclusion.sentence;
            let before = content.tokens.partition_point(|token| token.span.start < ground.span.start);
            let first = content.sentences[ground.sentence].tokens.start;
            is_beside
                && (first..before)
                    .any(|at| matches!(&*content.lower(at), "since" | "because" | "as" | "given" | "where"))
        })
    })
}

/// Whether the reviewer's field cites a source that is not among those called silent.
fn cites_another_source(letter: &Letter, item: &Item, silences: &[(usize, &Ground)]) -> bool {
    if item.citation.state != CitationState::Present {
        return false;
    }
    let said: Vec<String> = silences
        .iter()
        .filter_map(|(block, ground)| {
            let content = &letter.blocks[*block].content;
            let sentence = content.sentence_at(ground.span.start)?;
            Some(content.text()[sentence.span.clone()].to_lowercase())
        })
        .collect();
    let names = |words: &[&str]| said.iter().any(|text| words.iter().any(|word| text.contains(word)));
    // "No other guideline speaks of it": whatever is cited, nothing is drawn from it.
    if names(&["no other guideline", "no guideline", "other guidelines are", "no other source"]) {
        return false;
    }
    let specific = names(&["mtus", "acoem", "odg", "disability guidelines"]);
    item.citation.cited.iter().any(|cited| match cited.citation.kind {
        CitationKind::Mtus | CitationKind::Placeholder | CitationKind::Regulation => false,
        CitationKind::Odg => specific && !names(&["odg", "disability guidelines"]),
        CitationKind::Acoem => specific && !names(&["acoem", "mtus"]),
        _ => true,
    })
}
