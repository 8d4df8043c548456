//! A date of injury that differs from the one by which the case is known.

use crate::engine::{LetterContext, Sink};
use crate::letter::facts::date::{DateFact, DateRole, DateValue};
use crate::letter::{Letter, Place, Stated};

/// How far before and behind a date its sentence tells which injury is meant, in tokens.
const NEAR: (usize, usize) = (12, 8);
/// How far before a date its sentence may name another claim, in tokens.
const CLAIM_REACH: usize = 40;
/// In so many sentences of its first paragraph the summary introduces the patient and the injury.
const INTRODUCTION: usize = 4;
/// So near the known date, the first date of the summary is the injury's, however it is told.
const FEW_DAYS: u32 = 45;

pub fn check(context: &LetterContext<'_>, sink: &mut Sink) {
    let letter = context.letter;
    let Some(anchor) = letter.injury_date().filter(|anchor| is_one_day(letter, anchor)) else { return };
    let told = letter.told_beside(&anchor, DateRole::Injury);
    for (place, date) in told.differing {
        if is_of_injury(context, &anchor, &place, date, told.is_confirmed) {
            sink.push(context.conflict(place, &anchor.place));
        }
    }
}

/// A cumulative trauma has a range and no one day.
fn is_one_day(letter: &Letter, anchor: &Stated<DateValue>) -> bool {
    letter.dates_beside(&anchor.place).all(|date| date.span != anchor.place.span || date.until.is_none())
}

/// Whether a date is told as that of the injury under review.
fn is_of_injury(
    context: &LetterContext<'_>,
    anchor: &Stated<DateValue>,
    place: &Place,
    date: &DateFact,
    is_confirmed: bool,
) -> bool {
    let letter = context.letter;
    let near = letter.words_near(place, NEAR.0, NEAR.1);
    let has = |set: &str| near.iter().any(|word| context.is_in(set, word));
    // "no prior complaints" is of no other injury.
    let is_another = (0..near.len()).any(|at| {
        let is_none = at > 0 && matches!(near[at - 1].as_str(), "no" | "without");
        context.is_in("another", &near[at]) && !is_none
    });
    // "She has another claim, for the right wrist, with a date of injury of …"
    let clause = letter.words_near(place, CLAIM_REACH, 0);
    let is_of_another_claim =
        clause.windows(2).any(|pair| context.is_in("another", &pair[0]) && context.is_in("claim", &pair[1]));
    if is_another
        || is_of_another_claim
        || letter.dates_beside(place).any(|date| date.date.value.agrees_with(anchor.value))
    {
        return false;
    }
    let is_slip = date.date.value.is_slip_of(anchor.value);
    let is_day = matches!(date.date.value, DateValue::Day(_));
    let is_introduction = is_day && !is_confirmed && is_first_of_summary(letter, place);
    let follows = |words: [&str; 2]| near.windows(2).any(|pair| pair == words);
    match date.role {
        DateRole::Injury if is_of_later_event(context, place) => false,
        DateRole::Injury => {
            let is_named = has("doi") || follows(["of", "injury"]) || follows(["injury", "date"]);
            let is_the_injury =
                near.windows(2).any(|pair| pair[1] == "injury" && context.is_in("article", &pair[0]));
            // Where the text gives the known date too, a further injury in the summary may be another one.
            let is_told_once = is_day && (!is_confirmed || letter.part_at(place) == "rationale");
            is_slip
                || is_named
                || !has("perhaps-another") && (is_the_injury || has("definite") || is_told_once)
        }
        // Told otherwise than as the injury's date: a digit beside the known one, or where the injury is told.
        DateRole::Other if !has("afterwards") && (is_slip || !has("perhaps-another")) => {
            let is_near = date.date.value.days_apart(anchor.value).is_some_and(|days| days <= FEW_DAYS);
            has("accident") && (is_slip || is_introduction) || is_introduction && (is_slip || is_near)
        }
        _ => false,
    }
}

/// "He stopped working because of the injury on …", "an MRI after the injury on …": what came of the injury has the date.
fn is_of_later_event(context: &LetterContext<'_>, place: &Place) -> bool {
    let before = context.letter.words_near(place, NEAR.0, 0);
    let is_on = before.last().is_some_and(|word| word == "on");
    let Some(injury) = before.iter().rposition(|word| context.is_in("event", word)) else { return false };
    let mut lead = before[..injury].iter().rev().skip_while(|word| context.is_in("article", word));
    let is_led = lead.next().is_some_and(|word| context.is_in("because", word));
    is_on && is_led && before[..injury].iter().any(|word| context.is_in("afterwards", word))
}

/// Whether a date is the first of the summary, near its beginning.
fn is_first_of_summary(letter: &Letter, place: &Place) -> bool {
    let first = letter.narrated_dates().find(|(first, _)| letter.part_at(first) == letter.part_at(place));
    let sentences = &letter.blocks[place.block].content.sentences;
    letter.part_at(place) == "case summary"
        && first.is_some_and(|(first, _)| first == *place)
        && sentences.iter().take(INTRODUCTION).any(|sentence| sentence.span.contains(&place.span.start))
}
