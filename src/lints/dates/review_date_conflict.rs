//! A date of the utilization review that differs from the one by which the case is known.

use crate::engine::{LetterContext, Sink};
use crate::letter::facts::date::{DateFact, DateRole, DateValue};
use crate::letter::{Letter, Place, Role, Stated};

/// How far before and behind a date its sentence tells which review is meant, in tokens.
const NEAR: (usize, usize) = (12, 2);
/// How far behind a date the review's decision may stand, in tokens.
const DECISION_REACH: usize = 10;
/// A review so many days away is of an earlier request, where the letter gives the known date too.
const FAR: u32 = 60;
/// The same where the letter's text gives no other date of the review.
const VERY_FAR: u32 = 400;

pub fn check(context: &LetterContext<'_>, sink: &mut Sink) {
    let letter = context.letter;
    let Some(anchor) = letter.review_date() else { return };
    let told = letter.told_beside(&anchor, DateRole::UrDecision);
    for (place, date) in told.differing {
        if is_of_review(context, &anchor, &place, date, told.is_confirmed) {
            sink.push(context.conflict(place, &anchor.place));
        }
    }
    for (place, date) in determined_dates(letter) {
        if date.role == DateRole::UrDecision && date.date.value.is_slip_of(anchor.value) {
            sink.push(context.conflict(place, &anchor.place));
        }
    }
}

/// The dates of what is determined, with their places: "The adverse determination of August 19, 2022 is upheld."
fn determined_dates(letter: &Letter) -> impl Iterator<Item = (Place, &DateFact)> {
    let results = letter.blocks.iter().enumerate().filter(|(_, block)| block.role == Role::Result);
    results.flat_map(|(block, result)| {
        let dates = result.content.facts().dates.iter();
        dates.map(move |date| (Place { block, span: date.span.clone() }, date))
    })
}

/// Whether a date is told as that of the decision under review.
fn is_of_review(
    context: &LetterContext<'_>,
    anchor: &Stated<DateValue>,
    place: &Place,
    date: &DateFact,
    is_confirmed: bool,
) -> bool {
    let is_slip = date.date.value.is_slip_of(anchor.value);
    let has = |set: &str, behind: usize| {
        context.letter.words_near(place, NEAR.0, behind).iter().any(|word| context.is_in(set, word))
    };
    let is_denial = has("denial", DECISION_REACH);
    let before = context.letter.words_near(place, NEAR.0, 0);
    let is_of_earlier_request = before
        .windows(2)
        .any(|pair| context.is_in("earlier", &pair[0]) && context.is_in("requested", &pair[1]));
    if has("another", NEAR.1)
        || is_of_earlier_request
        || has("granted", NEAR.1) && !is_denial && !is_slip
        || context.letter.dates_beside(place).any(|date| date.date.value.agrees_with(anchor.value))
    {
        return false;
    }
    let farthest = if is_confirmed { FAR } else { VERY_FAR };
    let is_within = |days| date.date.value.days_apart(anchor.value).is_some_and(|apart| apart <= days);
    match date.role {
        DateRole::UrDecision => is_slip || is_within(farthest),
        // Told otherwise than as the review's date.
        DateRole::Other | DateRole::Request => {
            let is_of_request = has("request", DECISION_REACH);
            is_denial && (is_slip || !is_confirmed && is_of_request && is_within(FAR))
        }
        DateRole::Record => is_denial && is_slip,
        _ => false,
    }
}
