//! A denial that rests on nothing but guidelines being silent.

use crate::engine::{Arg, Draft, ItemContext, Sink};
use crate::guideline::citation::CitationKind;
use crate::letter::facts::{CitationState, Ground, GroundKind, Polarity};
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
    let grounds: Vec<(usize, &Ground)> = letter
        .rationale(item)
        .flat_map(|block| {
            letter.blocks[block].content.facts().grounds.iter().map(move |ground| (block, ground))
        })
        .collect();
    let of_kind = |kind: GroundKind| grounds.iter().filter(move |(_, ground)| ground.kind == kind);
    let silences: Vec<(usize, &Ground)> = of_kind(GroundKind::Silence).copied().collect();
    let unexplained = of_kind(GroundKind::Unexplained).next_back();
    let is_basis = unexplained.is_some() || of_kind(GroundKind::Consequence).next().is_some();
    let ((block, last), message) = match (silences.last(), unexplained) {
        (Some(silence), _) if is_basis || !cites_another_source(context, &silences) => (silence, "message"),
        // Utilization review may deny what it was not told enough of.
        (None, Some(unexplained))
            if letter.profile.is_some_and(|profile| profile.is_workers_compensation_review()) =>
        {
            (unexplained, "unexplained")
        }
        _ => return,
    };
    let found = &letter.blocks[*block].content.text()[last.span.clone()];
    let mut draft = Draft::new(Place { block: *block, span: last.span.clone() }, message)
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
            kinds.into_iter().any(gives_no_ground)
        };
        let is_label = |at: usize| content.sentences[at].span.end <= content.body_start;
        (0..content.sentences.len()).any(|at| !gives_none(at) && !is_label(at))
    })
}

fn gives_no_ground(kind: GroundKind) -> bool {
    matches!(
        kind,
        GroundKind::Silence | GroundKind::Neutral | GroundKind::Consequence | GroundKind::Unexplained
    )
}

/// Whether the reviewer's field cites a source that is not among those called silent.
fn cites_another_source(context: &ItemContext<'_>, silences: &[(usize, &Ground)]) -> bool {
    let ItemContext { letter, item, .. } = context;
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
    let names = |set: &str| context.words(set).any(|words| said.iter().any(|text| text.contains(words)));
    // "No other guideline speaks of it": whatever is cited, nothing is drawn from it.
    if names("no-other") {
        return false;
    }
    let specific = names("mtus") || names("acoem") || names("odg");
    item.citation.cited.iter().any(|cited| match cited.citation.kind {
        CitationKind::Mtus | CitationKind::Placeholder | CitationKind::Regulation => false,
        CitationKind::Odg => specific && !names("odg"),
        CitationKind::Acoem => specific && !names("acoem") && !names("mtus"),
        _ => true,
    })
}
