//! A symptom or a treatment that has lasted longer than the time since the injury.

use crate::engine::{Arg, Draft, LetterContext, Sink};
use crate::letter::facts::date::{DateFact, DateRole, DateValue};
use crate::letter::facts::elapsed::{Bound, ElapsedFact, Lasting, TimeUnit};
use crate::letter::{Letter, Place, Stated};
use crate::text::{WordSet, key};

/// How far before and behind a time its sentence tells that it began before the injury, in tokens.
const NEAR: (usize, usize) = (20, 14);
/// How far before "since 2010" what has lasted stands, in tokens.
const COMPLAINT_REACH: usize = 10;
/// A letter follows the utilization review by so many days at most, where the header does not tell its date.
const LONGEST_REVIEW: u32 = 180;

pub fn check(context: &LetterContext<'_>, sink: &mut Sink) {
    let letter = context.letter;
    let Some(injury) = letter.injury_date() else { return };
    let Some(passed) = days_since(letter, &injury).filter(|_| !is_gradual(context)) else { return };
    for (place, time) in letter.narrated_times() {
        let lasts = matches!(time.lasting, Lasting::Symptom | Lasting::Treatment | Lasting::Injury);
        if lasts && least_days(time) > passed && !began_earlier(context, &place, time.lasting) {
            sink.push(conflict(letter, &injury, place));
        }
    }
    for (place, date) in letter.narrated_dates() {
        let is_older = injury.value.is_after(date.date.value) && !date.date.value.is_slip_of(injury.value);
        if is_older && lasts_since(context, &place, date) && !began_earlier(context, &place, Lasting::Symptom)
        {
            sink.push(conflict(letter, &injury, place));
        }
    }
}

/// Days from the injury to the letter, at most.
fn days_since(letter: &Letter, injury: &Stated<DateValue>) -> Option<u32> {
    let days = |until: DateValue| {
        let apart = injury.value.earliest()?.until(until.latest()?).ok()?.get_days();
        u32::try_from(apart).ok()
    };
    match letter.latest_day() {
        Some(end) => days(end.value),
        None => days(letter.review_date()?.value).map(|days| days + LONGEST_REVIEW),
    }
}

/// The fewest days that a stated time can mean: people round up, and a report is read later than it was written.
fn least_days(time: &ElapsedFact) -> u32 {
    let (unit, delay) = match time.unit {
        TimeUnit::Day => (1, 14),
        TimeUnit::Week => (7, 14),
        TimeUnit::Month => (30, 30),
        TimeUnit::Year => (365, 45),
    };
    let stated = time.days();
    let rounding = match time.bound {
        Bound::AtMost => return 0,
        Bound::AtLeast => 0,
        Bound::Exact => (unit / 2).max(stated / 10),
        Bound::About => unit.max(stated / 5),
    };
    stated.saturating_sub(rounding + delay)
}

/// Whether a complaint is told to have lasted since a date.
fn lasts_since(context: &LetterContext<'_>, place: &Place, date: &DateFact) -> bool {
    let before = context.letter.words_near(place, COMPLAINT_REACH, 0);
    let is_since = before.iter().rev().take(2).any(|word| word == "since");
    date.role == DateRole::Other && is_since && before.iter().any(|word| context.is_in("complaint", word))
}

/// Whether the sentence tells of a time before the injury, or of a disease that has nothing to do with it.
fn began_earlier(context: &LetterContext<'_>, place: &Place, lasting: Lasting) -> bool {
    let near = context.letter.words_near(place, NEAR.0, NEAR.1);
    let has = |set: &str| near.iter().any(|word| context.is_in(set, word));
    let is_operation = lasting == Lasting::Treatment && near.iter().any(|word| word == "ago");
    is_operation || has("earlier") || lasting != Lasting::Injury && has("unrelated")
}

/// Whether the injury came over years: "cumulative trauma", "gradual onset", not "occupational therapy".
fn is_gradual(context: &LetterContext<'_>) -> bool {
    let first_words: WordSet =
        context.words("gradual").filter_map(|words| words.split(' ').next()).map(key).collect();
    context.letter.narrative().any(|(_, block)| {
        let content = &block.content;
        // Most letters have none of the words, and need no closer look.
        if !first_words.iter().any(|&word| content.has_key(word)) {
            return false;
        }
        (1..content.tokens.len()).any(|token| {
            if !first_words.contains(&content.tokens[token - 1].key) {
                return false;
            }
            let (first, second) = (content.lower(token - 1), content.lower(token));
            context.is_in("gradual", &first) && context.is_in("comes-gradually", &second)
                || context.is_in("gradual", &format!("{first} {second}"))
        })
    })
}

fn conflict(letter: &Letter, injury: &Stated<DateValue>, place: Place) -> Draft {
    let found = Arg::letter(letter.text_at(&place));
    let known = Arg::letter(letter.text_at(&injury.place));
    Draft::new(place, "message").arg("found", found).arg("known", known.clone()).related(
        injury.place.clone(),
        "anchor",
        vec![("known", known)],
    )
}
