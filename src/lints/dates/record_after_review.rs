//! A record that is later than the utilization review decision under review.

use crate::engine::{Arg, Draft, LetterContext, Sink};
use crate::letter::facts::date::{DateFact, DateRole, DateValue};
use crate::letter::{Letter, Place};

/// How far before and behind a date its sentence tells why it is later, in tokens.
const NEAR: (usize, usize) = (30, 30);
/// How far from a date stand the words that say it of this date only ("until", "next").
const BESIDE: (usize, usize) = (9, 3);

pub fn check(context: &LetterContext<'_>, sink: &mut Sink) {
    let letter = context.letter;
    let Some(anchor) = letter.review_date() else { return };
    let reviews = reviews(letter, anchor.value);
    let says = |place: &Place, (before, behind): (usize, usize), set: &str| {
        letter.words_near(place, before, behind).iter().any(|word| context.is_in(set, word))
    };
    let later = letter.narrated_dates().chain(letter.listed_dates()).find(|(place, date)| {
        is_record(date)
            && reviews.iter().all(|review| date.last().is_after(*review))
            && !says(place, NEAR, "explained")
            && !says(place, BESIDE, "to-come")
    });
    let Some((place, _)) = later else { return };
    let found = Arg::letter(letter.text_at(&place));
    let known = Arg::letter(letter.text_at(&anchor.place));
    sink.push(Draft::new(place, "message").arg("found", found).arg("known", known.clone()).related(
        anchor.place,
        "anchor",
        vec![("known", known)],
    ));
}

/// The known date of the review, and what the text calls so: which of two is right, another lint asks.
fn reviews(letter: &Letter, known: DateValue) -> Vec<DateValue> {
    let told = letter.narrated_dates().filter(|(_, date)| date.role == DateRole::UrDecision);
    told.map(|(_, date)| date.date.value).chain([known]).collect()
}

fn is_record(date: &DateFact) -> bool {
    let is_day = matches!(date.last(), DateValue::Day(_));
    is_day && matches!(date.role, DateRole::Record | DateRole::Request)
}
