//! Dates in an order that cannot be.

use crate::engine::{Arg, Draft, LetterContext, Level, Sink};
use crate::letter::facts::date::{DateFact, DateRole, DateValue};
use crate::letter::{HeaderField, Letter, Place, Stated};

/// The header's dates in the order in which they must follow each other.
const ORDER: [HeaderField; 7] = [
    HeaderField::InjuryDate,
    HeaderField::ReviewDate,
    HeaderField::ApplicationFiled,
    HeaderField::ApplicationReceived,
    HeaderField::DateAssigned,
    HeaderField::DecisionDate,
    HeaderField::NoticeDate,
];
/// A letter follows the utilization review within so many days.
const LONGEST_REVIEW: u32 = 730;
/// How far before and behind a date its sentence tells that it is of another time, in tokens.
const NEAR: (usize, usize) = (14, 10);

pub fn check(context: &LetterContext<'_>, sink: &mut Sink) {
    let letter = context.letter;
    check_header(letter, sink);
    for (place, date) in letter.narrated_dates().chain(letter.listed_dates()) {
        if let Some(until) = date.until.as_ref().filter(|until| date.date.value.is_after(until.value)) {
            let block = place.block;
            let (first, last) = (date.date.span.clone(), until.span.clone());
            let first = Place { block, span: first };
            let last = Place { block, span: last };
            sink.push(
                Draft::new(place, "range")
                    .arg("first", Arg::letter(letter.text_at(&first)))
                    .arg("last", Arg::letter(letter.text_at(&last))),
            );
        } else if let Some(end) = end_before(context, &place, date) {
            sink.push(conflict(letter, "after", place, &end));
        } else if let Some(injury) = injury_after(context, &place, date) {
            sink.push(conflict(letter, "before-injury", place, &injury).cap(Level::Info));
        }
    }
}

/// Flags the header's dates that stand against most of the others.
fn check_header(letter: &Letter, sink: &mut Sink) {
    let mut dates: Vec<(HeaderField, Stated<DateValue>)> =
        ORDER.into_iter().filter_map(|field| Some((field, letter.header_date(field)?))).collect();
    // Which of a pair is wrong, the others tell; of a pair alone, the later step.
    while let Some((at, against)) = (0..dates.len())
        .map(|at| (at, opposed(&dates, at)))
        .filter(|(_, against)| !against.is_empty())
        .max_by_key(|(at, against)| (against.len(), *at))
    {
        let other = &dates[against[0]];
        let (first, second) = if at < against[0] { (&dates[at], other) } else { (other, &dates[at]) };
        let draft = Draft::new(dates[at].1.place.clone(), "header")
            .arg("first", Arg::term(first.0.name()))
            .arg("first-date", Arg::letter(letter.text_at(&first.1.place)))
            .arg("second", Arg::term(second.0.name()))
            .arg("second-date", Arg::letter(letter.text_at(&second.1.place)));
        let known = Arg::letter(letter.text_at(&other.1.place));
        let field = Arg::term(other.0.name());
        sink.push(draft.related(other.1.place.clone(), "field", vec![("field", field), ("known", known)]));
        dates.remove(at);
    }
}

/// The header's dates with which one is in the wrong order, nearest step first.
fn opposed(dates: &[(HeaderField, Stated<DateValue>)], at: usize) -> Vec<usize> {
    let date = dates[at].1.value;
    let earlier = (0..at).rev().filter(|&other| dates[other].1.value.is_after(date));
    let later = (at + 1..dates.len()).filter(|&other| date.is_after(dates[other].1.value));
    earlier.chain(later).collect()
}

/// The end of the case, where a date of it comes after: the letter's, else long after the utilization review.
fn end_before(context: &LetterContext<'_>, place: &Place, date: &DateFact) -> Option<Stated<DateValue>> {
    let letter = context.letter;
    let is_other = matches!(date.role, DateRole::Accessed | DateRole::Guideline | DateRole::Birth);
    if is_other || is_of_letter(letter, place) {
        return None;
    }
    let value = date.last();
    let end = match letter.latest_day() {
        Some(end) => Some(end).filter(|end| value.is_after(end.value)),
        None => letter.review_date().filter(|review| {
            let apart = value.days_apart(review.value);
            value.is_after(review.value) && apart.is_some_and(|days| days > LONGEST_REVIEW)
        }),
    };
    end.filter(|_| !has(context, place, "future"))
}

/// "Date: August 8, 2023": the day on which the letter is sent, which may follow the decision.
fn is_of_letter(letter: &Letter, place: &Place) -> bool {
    let label = letter.blocks[place.block].content.text()[..place.span.start].trim();
    label.eq_ignore_ascii_case("date:")
}

/// The injury, where a record or a surgery comes before it and is told as if it came after.
fn injury_after(context: &LetterContext<'_>, place: &Place, date: &DateFact) -> Option<Stated<DateValue>> {
    let letter = context.letter;
    let is_step = matches!(date.role, DateRole::Record | DateRole::Procedure)
        && matches!(date.last(), DateValue::Day(_))
        && letter.blocks[place.block].role.narrates();
    let injury = letter.injury_date().filter(|injury| is_step && injury.value.is_after(date.last()))?;
    let is_gradual = letter.narrative().any(|(_, block)| {
        let words = block.content.tokens.iter().map(|token| &block.content.text()[token.span.clone()]);
        words.map(str::to_lowercase).any(|word| context.is_in("gradual", &word))
    });
    let is_excused = is_gradual || has(context, place, "earlier") || is_told_twice(letter, place, date);
    (!is_excused).then_some(injury)
}

/// "Records of 2009 show an MRI of 06/07/2009": another date beside it has the same year, so that it is no slip.
fn is_told_twice(letter: &Letter, place: &Place, date: &DateFact) -> bool {
    let content = &letter.blocks[place.block].content;
    let Some(sentence) = content.sentence_at(place.span.start) else { return false };
    let year = |date: &DateFact| date.last().earliest().map(|day| day.year());
    let mut others = content.facts().dates.iter().filter(|other| other.span != date.span);
    others.any(|other| sentence.span.contains(&other.span.start) && year(other) == year(date))
}

fn has(context: &LetterContext<'_>, place: &Place, set: &str) -> bool {
    context.letter.words_near(place, NEAR.0, NEAR.1).iter().any(|word| context.is_in(set, word))
}

fn conflict(letter: &Letter, message: &'static str, place: Place, known: &Stated<DateValue>) -> Draft {
    let found = Arg::letter(letter.text_at(&place));
    let date = Arg::letter(letter.text_at(&known.place));
    Draft::new(place, message).arg("found", found).arg("known", date.clone()).related(
        known.place.clone(),
        "anchor",
        vec![("known", date)],
    )
}
