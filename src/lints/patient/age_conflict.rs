//! Two ages of the patient that cannot both be true.

use crate::engine::{Arg, Draft, LetterContext, Level, Sink};
use crate::letter::facts::age::AgeTime;
use crate::letter::facts::date::DateValue;
use crate::letter::facts::number_word;
use crate::letter::{Form, Letter, Place, Stated, Who};

/// How far before and behind an age its sentence tells that nobody in particular is meant, in tokens.
const NEAR: (usize, usize) = (2, 12);
/// By so many years the ages now and at the injury may differ from the time between: reports are older than the letter.
const TOLERANCE: i16 = 2;

pub fn check(context: &LetterContext<'_>, sink: &mut Sink) {
    let letter = context.letter;
    let Some(anchor) = letter.age() else { return };
    for (place, age) in letter.narrated_ages() {
        if place == anchor.place
            || is_general(context, &place)
            || is_of_old_report(letter, &anchor, &place, age.years)
        {
            continue;
        }
        match age.at {
            AgeTime::Now if age.years != anchor.value => {
                let draft = conflict(letter, &anchor, place, "message");
                // A birthday may lie between two reports.
                let is_birthday = age.years.abs_diff(anchor.value) == 1;
                sink.push(if is_birthday { draft.cap(Level::Info) } else { draft });
            }
            AgeTime::Injury if !can_have_been(letter, &anchor, age.years) => {
                sink.push(conflict(letter, &anchor, place, "at-injury"));
            }
            AgeTime::Now | AgeTime::Injury => {}
        }
    }
    if let Some(range) = letter.age_range().filter(|range| !range.value.contains(&anchor.value)) {
        let known = Arg::letter(letter.text_at(&range.place));
        let draft = Draft::new(anchor.place.clone(), "range")
            .arg("found", Arg::letter(letter.text_at(&anchor.place)))
            .arg("known", known.clone())
            .related(range.place, "anchor", vec![("known", known)]);
        sink.push(draft);
    }
    for place in other_decades(context, anchor.value) {
        sink.push(conflict(letter, &anchor, place, "message"));
    }
}

/// "Still in her thirties", where the patient is in another decade of life.
fn other_decades(context: &LetterContext<'_>, years: u8) -> Vec<Place> {
    let is_in = |set: &str, word: &str| context.is_in_lower(set, word);
    let mut places = Vec::new();
    for (block, narrative) in context.letter.narrative() {
        let content = &narrative.content;
        let word = |at: usize| content.tokens.get(at).map_or("", |token| &content.text()[token.span.clone()]);
        let of_patient = content.mentions().iter().filter(|mention| mention.who == Who::Patient);
        for mention in of_patient.filter(|mention| mention.form == Form::Possessive) {
            let owner = content.tokens.partition_point(|token| token.span.start < mention.span.start);
            let Some(before) = owner.checked_sub(2).filter(|_| word(owner - 1) == "in") else {
                continue;
            };
            let decade = if is_in("part", word(owner + 1)) { owner + 2 } else { owner + 1 };
            let Some(first) = decade_of(word(decade)) else { continue };
            // A birthday may lie between two reports.
            let is_other = !(first - 1..=first + 10).contains(&u32::from(years));
            if is_other && is_in("present", word(before)) {
                let span = content.tokens[owner - 1].span.start..content.tokens[decade].span.end;
                places.push(Place { block, span });
            }
        }
    }
    places
}

/// The first year of a decade of life: "thirties".
fn decade_of(word: &str) -> Option<u32> {
    let tens = word.to_lowercase().strip_suffix("ies")?.to_owned() + "y";
    number_word::parse(&tens).filter(|years| (20..=90).contains(years))
}

/// "A 65-year-old patient would …": nobody in particular.
fn is_general(context: &LetterContext<'_>, place: &Place) -> bool {
    let before = context.letter.words_near(place, 1, 0);
    let near = context.letter.words_near(place, NEAR.0, NEAR.1);
    before.iter().any(|word| matches!(word.as_str(), "a" | "an"))
        && near.iter().any(|word| context.is_in("general", word))
}

/// "A 2010 report describes a 38-year-old woman": the age of the time of which its sentence tells.
fn is_of_old_report(letter: &Letter, anchor: &Stated<u8>, place: &Place, years: u8) -> bool {
    let content = &letter.blocks[place.block].content;
    let Some((sentence, now)) = content.sentence_at(place.span.start).zip(letter.latest_day()) else {
        return false;
    };
    let Some(now) = now.value.earliest().map(|day| day.year()) else { return false };
    let dates = content.facts().dates.iter().filter(|date| sentence.span.contains(&date.span.start));
    let mut then = dates.filter_map(|date| date.date.value.earliest()).map(|day| day.year());
    then.any(|then| {
        let expected = i16::from(anchor.value) - (now - then);
        now - then > 1 && (expected - i16::from(years)).abs() <= 1
    })
}

/// Whether the patient can have been so old at the injury, by the age now and the years between.
fn can_have_been(letter: &Letter, anchor: &Stated<u8>, at_injury: u8) -> bool {
    let passed = i16::from(anchor.value) - i16::from(at_injury);
    let year = |stated: Option<Stated<DateValue>>| Some(stated?.value.earliest()?.year());
    let elapsed = year(letter.injury_date()).zip(year(letter.latest_day()));
    passed >= 0
        && elapsed.is_none_or(|(injury, now)| {
            let elapsed = now - injury;
            (elapsed - TOLERANCE..=elapsed + 1).contains(&passed)
        })
}

fn conflict(letter: &Letter, anchor: &Stated<u8>, place: Place, message: &'static str) -> Draft {
    let found = Arg::letter(letter.text_at(&place));
    let known = Arg::letter(letter.text_at(&anchor.place));
    Draft::new(place, message)
        .arg("found", found)
        .arg("known", known.clone())
        .arg("part", Arg::term(letter.part_at(&anchor.place)))
        .related(anchor.place.clone(), "anchor", vec![("known", known)])
}
