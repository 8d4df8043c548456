//! Reasons on the other side than the decision: the one to which the conclusion is joined, or all that are given.

use crate::engine::{Arg, Draft, ItemContext, Sink};
use crate::letter::facts::{Bearing, Polarity, Stance, Strength, Weighed, Weigher};
use crate::letter::{Argued, Decision, Item, Letter, Place, Step};
use crate::text::TokenKind;

/// Reasons of one side that a rationale gives at least before they are held against its decision.
const LEAST_REASONS: usize = 2;

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    if joined(letter, item, sink) {
        return;
    }
    if let Some(draft) = weighed(letter, item) {
        sink.push(draft);
    }
}

/// Premises of the opposite polarity of the conclusion to which they are joined.
fn joined(letter: &Letter, item: &Item, sink: &mut Sink) -> bool {
    let mut is_found = false;
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
            is_found = true;
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
    is_found
}

/// The last reason of a rationale of which all reasons stand on the other side than the decision.
fn weighed(letter: &Letter, item: &Item) -> Option<Draft> {
    let (decision, stated) = item.decision.as_ref()?;
    if item.is_unfinished
        || letter
            .deciding(item)
            .iter()
            .any(|(_, conclusion)| conclusion.polarity != Polarity::of_decision(*decision))
    {
        return None;
    }
    let reasons = reasons(letter, item)?;
    let stances = || reasons.iter().map(|(_, weighed)| weighed.stance);
    let (last, told) = reasons.last()?;
    // One reason is too few: it may be misread, or concede what others outweigh.
    if reasons.iter().map(|(_, weighed)| weighed.count).sum::<usize>() < LEAST_REASONS {
        return None;
    }
    let message = match decision {
        // A reason that is not understood may be the one that counts.
        Decision::Upheld if stances().all(|stance| stance == Stance::For) => "decided-for",
        Decision::Overturned if stances().all(|stance| stance == Stance::Against) => "decided-against",
        _ => return None,
    };
    let text = |place: &Place| Arg::letter(&letter.blocks[place.block].content.text()[place.span.clone()]);
    let decided = text(stated);
    let place = last.place(told.span.clone());
    let draft = Draft::new(place.clone(), message)
        .arg("found", text(&place))
        .arg("decided", decided.clone())
        .related(stated.clone(), "decision", vec![("decided", decided)]);
    let deciding = letter.deciding(item);
    Some(match deciding.last() {
        Some((block, conclusion)) => {
            let place = Place { block: *block, span: conclusion.words.clone() };
            let concluded = text(&place);
            draft.related(place, "conclusion", vec![("concluded", concluded)])
        }
        None => draft,
    })
}

/// The reasons that a rationale gives of this case up to its conclusion, behind its last turn; absent where a guideline
/// by itself is against the treatment.
fn reasons<'l>(letter: &'l Letter, item: &Item) -> Option<Vec<(Argued<'l>, Weighed)>> {
    const LEAST: usize = 3;
    let (_, heading) = letter.heading(item)?;
    let mut weigher = Weigher::new(heading, &item.request);
    let mut reasons: Vec<(Argued<'l>, Weighed)> = Vec::new();
    for argued in letter.argument(item) {
        let content = argued.content;
        let body = content.tokens.partition_point(|token| token.span.start < content.body_start);
        let mut tokens = argued.sentence.tokens.start.max(body)..argued.sentence.tokens.end;
        let mut concluded = content.facts().conclusions.iter().filter(|conclusion| {
            argued.holds(&conclusion.span)
                && conclusion.strength == Strength::Necessity
                && conclusion.polarity != Polarity::Reported
        });
        let conclusion = concluded.next();
        if let Some(conclusion) = conclusion {
            let clause = content.tokens.partition_point(|token| token.span.start < conclusion.span.start);
            tokens.end = clause.min(tokens.end);
        }
        if tokens.start + LEAST <= tokens.end {
            let weighed = weigher.weigh(content, argued.sentence, tokens);
            if weighed.turns {
                reasons.clear();
            }
            // What is asked for, or concluded, needs no reason of its own.
            let is_open =
                weighed.stance == Stance::Open && matches!(argued.step, Step::Request | Step::Conclusion);
            if weighed.stance != Stance::Aside && !is_open {
                reasons.push((argued, weighed));
            }
        }
        if conclusion.is_some() {
            // What follows is advice.
            break;
        }
    }
    // A denial may rest on the guideline alone, or on a number that it names.
    let is_denied = item.decision.as_ref().is_some_and(|(decision, _)| *decision == Decision::Upheld);
    let asks_number = heading
        .tokens
        .iter()
        .any(|token| item.request.contains(&token.span.start) && token.kind == TokenKind::Number);
    let is_settled = weigher.is_disfavored() || weigher.has_open_limit() && asks_number;
    (!is_denied || !is_settled).then_some(reasons)
}
