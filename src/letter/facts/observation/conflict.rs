//! Whether two observations cannot both be true.

use super::words::WORDS;
use super::{Observation, Part, Source};
use crate::letter::facts::finding::{FindingKind, Polarity};
use crate::letter::facts::level::Level;
use crate::letter::facts::region;
use crate::letter::facts::side::SideValue;

impl Observation<'_> {
    /// Whether one says that a finding is there and the other that it is not, of one side, part, level and time.
    #[must_use]
    pub fn contradicts(&self, other: &Self) -> bool {
        let (present, absent) = match (self.fact.polarity, other.fact.polarity) {
            (Polarity::Present, Polarity::Absent | Polarity::Normal) => (self, other),
            (Polarity::Absent | Polarity::Normal, Polarity::Present) => (other, self),
            _ => return false,
        };
        (self.fact.id == other.fact.id || denies_deficit(present, absent))
            && self.source == other.source
            && !WORDS.diagnosis.contains(self.fact.id.name())
            && present.is_settled
            && absent.is_settled
            && is_same_day(present, absent)
            && is_same_examiner(present, absent)
            && covers(present, absent)
    }

    /// Whether another observation already says what this one does.
    #[must_use]
    pub fn repeats(&self, other: &Self) -> bool {
        let is_there = |seen: &Self| seen.fact.polarity == Polarity::Present;
        let is_sided = |seen: &Self| matches!(seen.side, Some(SideValue::Left | SideValue::Right));
        let same_side = match is_there(self) {
            // A test that is positive on both sides says more than one that is on one.
            true => {
                !(is_sided(self) || self.fact.kind == FindingKind::Test && self.side.is_some())
                    || !is_sided(other)
                    || self.side == other.side
            }
            false => !is_sided(other) || self.side == other.side,
        };
        // "On 03/02 negative, on 05/04 positive": the negative of one day is not that of the other.
        let is_of_other_day = self.is_dated && other.is_dated && !is_same_day(self, other);
        self.fact.id == other.fact.id && is_there(self) == is_there(other) && same_side && !is_of_other_day
    }
}

/// "The neurological examination is normal" denies a loss of sensation or of reflexes.
fn denies_deficit(present: &Observation<'_>, absent: &Observation<'_>) -> bool {
    absent.fact.polarity == Polarity::Normal
        && absent.fact.id.name() == "neurological deficit"
        && WORDS.deficit.contains(present.fact.id.name())
}

fn is_same_day(one: &Observation<'_>, two: &Observation<'_>) -> bool {
    match (one.date, two.date) {
        // "The report of May 2014" is the one of a day in that month.
        (Some(one), Some(two)) => one == two || !one.is_after(two) && !two.is_after(one),
        _ => true,
    }
}

fn is_same_examiner(one: &Observation<'_>, two: &Observation<'_>) -> bool {
    one.examiner.is_none() || two.examiner.is_none() || one.examiner == two.examiner
}

/// Whether what is said not to be there is all of what is said to be there. A denial that names no place denies it
/// everywhere; a finding that names none may be anywhere.
fn covers(present: &Observation<'_>, absent: &Observation<'_>) -> bool {
    let side = match absent.side {
        None | Some(SideValue::Bilateral) => true,
        Some(side) => matches!(present.side, Some(other) if other == side || other == SideValue::Bilateral),
    };
    side && covers_levels(&present.levels, &absent.levels)
        && covers_regions(present, absent)
        && covers_details(&present.details, &absent.details)
        && is_same_test(present, absent)
}

/// A detail is one movement, quality or direction of which something is told; where none is told of what is there, it may
/// be any but the usual one.
fn covers_details(present: &[String], absent: &[String]) -> bool {
    let is_usual = |detail: &String| WORDS.usual.contains(detail.as_str());
    absent.is_empty()
        || absent.iter().any(|detail| present.contains(detail))
        || present.is_empty() && absent.iter().any(is_usual)
}

fn is_same_test(one: &Observation<'_>, two: &Observation<'_>) -> bool {
    // A test by raising the other leg is one of its own, wherever the first is told without a position.
    let is_crossed = |seen: &Observation<'_>| {
        seen.positions.iter().any(|position| matches!(position.as_str(), "crossed" | "contralateral"))
    };
    is_crossed(one) == is_crossed(two)
        && (one.positions.is_empty() || two.positions.is_empty() || one.positions == two.positions)
}

fn covers_levels(present: &[Level], absent: &[Level]) -> bool {
    absent.is_empty()
        || absent.iter().any(|no| present.iter().any(|yes| no.from <= yes.to && yes.from <= no.to))
}

fn covers_regions(present: &Observation<'_>, absent: &Observation<'_>) -> bool {
    let id = present.fact.id;
    // "Pain" without its place may be any.
    if id.name() == "pain" && !(is_placed(present) && is_placed(absent)) {
        return false;
    }
    if absent.regions.is_empty()
        || id.kind() == FindingKind::Test && id.part().is_some()
        || !has_place(present)
    {
        return true;
    }
    // Neither names a place.
    if present.regions.is_empty() && absent.regions.iter().all(|part| !part.is_own) {
        return true;
    }
    // A test that is positive somewhere is one that the letter calls negative where it was done; and a structure that was
    // named before a test is not where that was done.
    let is_nowhere = |seen: &Observation<'_>| seen.regions.iter().all(|part| !part.is_own && !part.is_whole);
    if id.kind() == FindingKind::Test && (is_nowhere(present) || is_nowhere(absent)) {
        return true;
    }
    let is_neural = WORDS.neural.contains(id.name());
    present.regions.iter().any(|yes| {
        absent.regions.iter().any(|no| {
            let same_place = yes.id == no.id && yes.name == no.name;
            // Where a test was done may only be guessed from the words before it.
            let is_guessed = id.kind() == FindingKind::Test && !(yes.is_own && no.is_own);
            (no.is_whole || same_place) && yes.id.is_part_of(no.id)
                || is_guessed && region::related(yes.id, no.id)
                || is_neural
                    && no.is_whole
                    && (region::related(yes.id, no.id) || region::is_of_half(yes.id, no.id))
        })
    })
}

fn is_placed(seen: &Observation<'_>) -> bool {
    matches!(seen.regions[..], [Part { is_own: true, .. }])
}

/// Whether a finding is of a part of the body and not of the patient as a whole.
fn has_place(seen: &Observation<'_>) -> bool {
    const WHOLE: [&str; 17] = [
        "clonus",
        "gait",
        "heel and toe walk",
        "Romberg",
        "headache",
        "nausea",
        "vomiting",
        "constipation",
        "gastrointestinal upset",
        "dizziness",
        "fatigue",
        "sedation",
        "weight gain",
        "sleep disturbance",
        "depression",
        "anxiety",
        "suicidal ideation",
    ];
    !WHOLE.contains(&seen.fact.id.name()) && seen.source != Source::Study
}
