//! A finding that one place says is there and another that it is not, or that its own value belies.

use crate::engine::{Arg, Draft, LetterContext, Sink};
use crate::letter::facts::finding::{Examined, FindingKind, Grade, Polarity, Value};
use crate::letter::facts::observation::{Fullness, fullness};
use crate::letter::facts::side::SideValue;
use crate::letter::facts::{Observation, RegionId, region};
use crate::letter::{Content, Letter, Place};
use crate::text::Span;

/// How many sentences behind a statement on the range of motion its values stand, at most.
const VALUES_WITHIN: usize = 2;

pub fn check(context: &LetterContext<'_>, sink: &mut Sink) {
    let letter = context.letter;
    let summary = letter.summary_observations();
    compare(letter, &[], &summary, sink);
    for item in &letter.items {
        compare(letter, &summary, &letter.rationale_observations(item), sink);
    }
}

/// Compares each observation with those before it, of the anchors and of its own part of the letter.
fn compare(
    letter: &Letter,
    anchors: &[(usize, Observation<'_>)],
    own: &[(usize, Observation<'_>)],
    sink: &mut Sink,
) {
    for (nth, (block, seen)) in own.iter().enumerate() {
        if let Some(draft) = against_value(letter, *block, seen) {
            sink.push(draft);
            continue;
        }
        let mut earlier = anchors.iter().chain(&own[..nth]);
        if earlier.clone().any(|(_, before)| seen.repeats(before)) {
            continue;
        }
        let opposes = |(other, before): &&(usize, Observation<'_>)| {
            let is_of_two = || block == other && are_of_two(letter, *block, before, seen);
            seen.contradicts(before)
                && !is_of_two()
                && !is_quoted(letter, *other, before)
                && !is_quoted(letter, *block, seen)
                && (block != other
                    || !is_same_sentence(letter, *block, seen, before)
                    || is_same_place(seen, before))
        };
        if let Some((other_block, other)) = earlier.find(opposes) {
            let place = Place { block: *block, span: seen.span.clone() };
            let other_place = Place { block: *other_block, span: other.span.clone() };
            let found = Arg::letter(text(letter, &other_place));
            sink.push(
                Draft::new(place, "message")
                    .arg("finding", Arg::term(seen.fact.id.name()))
                    .arg("said", Arg::term(said(seen)))
                    .arg("other", Arg::term(said(other)))
                    .related(other_place, "other", vec![("found", found), ("said", Arg::term(said(other)))]),
            );
        }
    }
}

/// Whether it is told in somebody else's words: "denied it \"in the absence of instability\"".
fn is_quoted(letter: &Letter, block: usize, seen: &Observation<'_>) -> bool {
    let content = &letter.blocks[block].content;
    content.is_quoted(content.tokens.partition_point(|token| token.span.end <= seen.fact.span.start))
}

fn is_same_sentence(letter: &Letter, block: usize, one: &Observation<'_>, two: &Observation<'_>) -> bool {
    let content = &letter.blocks[block].content;
    let sentence = |seen: &Observation<'_>| {
        content.sentence_at(seen.fact.span.start).map(|sentence| sentence.span.start)
    };
    // "Sensation reduced over the left foot; sensation of both feet intact": what denies it is no exception.
    let is_denied_later = one.fact.polarity != Polarity::Present
        && content.text().get(two.span.end..one.span.start).is_some_and(|between| between.contains(';'));
    sentence(one) == sentence(two) && !is_denied_later
}

/// Whether a sentence tells them of two things that it sets side by side: the muscles of a list ("biceps 4/5, triceps
/// 5/5") or the columns of a table ("tender    nontender").
fn are_of_two(letter: &Letter, block: usize, before: &Observation<'_>, seen: &Observation<'_>) -> bool {
    const JOINTS: [&str; 5] = ["  ", "\t", "|", " / ", " vs"];
    let content = &letter.blocks[block].content;
    let text = content.text();
    let is_grade = |seen: &Observation<'_>| {
        text.as_bytes().get(seen.fact.span.start).is_some_and(u8::is_ascii_digit)
            && matches!(seen.fact.value, Some(Value::Strength { .. }))
    };
    let sentence =
        |seen: &Observation<'_>| content.sentence_at(seen.span.start).map(|sentence| sentence.span.start);
    let between = text.get(before.span.end..seen.span.start).unwrap_or_default();
    let is_row = || !between.contains('\n') && JOINTS.iter().any(|joint| between.contains(joint));
    sentence(before) == sentence(seen) && (is_grade(before) && is_grade(seen) || is_row())
}

/// In one sentence what is said of a part is an exception from what is said of the whole.
fn is_same_place(one: &Observation<'_>, two: &Observation<'_>) -> bool {
    let is_all = |seen: &Observation<'_>| matches!(seen.side, None | Some(SideValue::Bilateral));
    let is_of_one_part = one.fact.kind == FindingKind::Test && one.fact.id.part().is_some();
    (one.side == two.side || is_all(one) && is_all(two)) && (is_of_one_part || parts(one) == parts(two))
}

fn text<'l>(letter: &'l Letter, place: &Place) -> &'l str {
    &letter.blocks[place.block].content.text()[place.span.clone()]
}

/// What an observation says, in a word.
fn said(seen: &Observation<'_>) -> &'static str {
    match (seen.fact.polarity, seen.fact.kind) {
        (Polarity::Present, FindingKind::Test) => "positive",
        (Polarity::Absent | Polarity::Normal, FindingKind::Test) => "negative",
        (Polarity::Normal, _) => "normal",
        (Polarity::Absent, _) => "absent",
        _ if seen.fact.id.is_function() => "not normal",
        _ => "present",
    }
}

/// An adjective against the values that belong to it.
fn against_value(letter: &Letter, block: usize, seen: &Observation<'_>) -> Option<Draft> {
    let content = &letter.blocks[block].content;
    let is_there = seen.fact.polarity == Polarity::Present;
    let draft = |key| {
        Draft::new(Place { block, span: seen.span.clone() }, key)
            .arg("finding", Arg::term(seen.fact.id.name()))
            .arg("said", Arg::term(said(seen)))
    };
    match seen.fact.value {
        Some(Value::Strength { low, high }) => {
            let belies = if is_there { low >= Grade::FULL } else { high < Grade::FULL };
            let behind = content.text().get(seen.span.end..)?;
            let is_next = [" at ", " (", " graded ", " rated ", " graded at "].iter().any(|words| {
                behind.strip_prefix(words).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
            });
            let value = seen.fact.value.map(|value| value.to_string())?;
            (belies && (is_there || is_next)).then(|| draft("value").arg("value", Arg::term(value)))
        }
        Some(value @ Value::Motion { normal: None, .. }) => {
            let belies = is_there && fullness(value, &parts(seen)) == Some(Fullness::Full);
            belies.then(|| draft("value").arg("value", Arg::term(value.to_string())))
        }
        None if seen.fact.id.name() == "range of motion" && seen.details.is_empty() && seen.is_settled => {
            let values = measured(content, seen);
            let grades = graded(letter, seen, &values)?;
            let belies = if is_there {
                // One value that some call normal may be short for others.
                let is_whole = values.iter().any(|(_, value)| value.is_arc());
                let least = if grades.len() > 1 || is_whole { Fullness::Normal } else { Fullness::Full };
                grades.iter().all(|&grade| grade >= least)
            } else {
                grades.contains(&Fullness::Short)
            };
            let (span, value) =
                values.into_iter().zip(grades).find(|(_, grade)| is_there || *grade == Fullness::Short)?.0;
            let value = value.to_string();
            let place = Place { block, span };
            let found = Arg::letter(text(letter, &place));
            belies.then(|| {
                draft("value").arg("value", Arg::term(value)).related(
                    place,
                    "measured",
                    vec![("found", found)],
                )
            })
        }
        _ => None,
    }
}

/// How full the values are for their joint; where none is named beside them, for the one that is requested for or
/// of which the patient complains.
fn graded(letter: &Letter, seen: &Observation<'_>, values: &[(Span, Value)]) -> Option<Vec<Fullness>> {
    let of = |joints: &[RegionId]| -> Option<Vec<Fullness>> {
        values.iter().map(|(_, value)| fullness(*value, joints)).collect()
    };
    let own = of(&parts(seen));
    if own.is_some() || seen.regions.iter().any(|part| part.is_own) {
        return own;
    }
    let requested = letter.items.iter().flat_map(|item| letter.requested_regions(item)).collect();
    [requested, letter.only_complaint()].into_iter().find_map(|joints: Vec<RegionId>| {
        let mut grades = joints.into_iter().filter_map(|joint| of(&[joint]));
        let first = grades.next()?;
        grades.all(|other| other == first).then_some(first)
    })
}

fn parts(seen: &Observation<'_>) -> Vec<RegionId> {
    seen.regions.iter().map(|part| part.id).collect()
}

/// The values of a statement on the range of motion: those behind it, up to the next such statement or another part of the
/// body or side.
fn measured(content: &Content, seen: &Observation<'_>) -> Vec<(Span, Value)> {
    let facts = content.facts();
    let from = content.sentences.partition_point(|sentence| sentence.span.end <= seen.span.start);
    let of_motion = |fact: &&Examined| fact.id == seen.fact.id && seen.span.end <= fact.span.start;
    let own_end = content.sentences.get(from).map_or(0, |sentence| sentence.span.end);
    let mut own = facts.findings.iter().filter(of_motion).take_while(|fact| fact.span.start < own_end);
    // Where its own sentence gives values, those of the next may be of another visit.
    let within = if own.any(|fact| fact.value.is_some()) { 0 } else { VALUES_WITHIN };
    let last = content.sentences.len().min(from + 1 + within);
    let Some(end) =
        content.sentences.get(from..last).and_then(|near| near.last()).map(|sentence| sentence.span.end)
    else {
        return Vec::new();
    };
    let mut values = Vec::new();
    for fact in facts.findings.iter().filter(|fact| seen.span.end <= fact.span.start && fact.span.start < end)
    {
        if fact.id != seen.fact.id {
            continue;
        }
        let Some(value) = fact.value else { break };
        let between = seen.span.end..fact.span.end;
        let is_between = |span: &Span| between.start <= span.start && span.end <= between.end;
        let is_elsewhere = facts.regions.iter().any(|region| {
            is_between(&region.span) && !seen.regions.iter().any(|part| region::related(part.id, region.id))
        });
        let is_other_side = facts
            .sides
            .iter()
            .any(|side| is_between(&side.span) && seen.side.is_some_and(|own| own != side.value));
        if is_elsewhere || is_other_side {
            break;
        }
        values.push((fact.span.clone(), value));
    }
    values
}
