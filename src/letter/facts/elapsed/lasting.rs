//! What has lasted a stated time, and whether the time has passed at all.

use std::ops::Range;
use std::sync::LazyLock;

use foldhash::HashSet;

use super::{Form, Lasting};
use crate::letter::facts::phrase::{Phrases, rows, words_of};
use crate::letter::facts::words::{Words, words_near};
use crate::letter::people::{Who, lexicon};
use crate::letter::sentence::Sentence;
use crate::text::{Span, Token};

/// Described in its header.
const TABLE: &str = include_str!("words.tsv");

/// How many words around a time are looked at for a request or a criterion.
const WINDOW: usize = 60;
/// How far before a time what denies it or puts it elsewhere is looked for, in words.
const REACH: usize = 10;
/// How far before a time the thing that lasted is looked for, in words.
const CUE_REACH: usize = 12;
/// So near before a time a complaint needs no verb ("burning pain for twelve years"), in words.
const CLOSE: usize = 4;
/// How far before and behind a time the words of a prescription or a plan make it one's, in words.
const PROGRAM_REACH: (usize, usize) = (30, 25);
/// How far behind a time that a verb tells to have passed they may stand, in words.
const PROGRAM_NEAR: usize = 3;
/// Words of the subject before such a verb, at most.
const SUBJECT: usize = 5;
/// How far behind it ("history of", "for 31 years as a").
const REACH_BEHIND: usize = 5;
/// How far behind "six years of" the thing itself stands, in words.
const THING_REACH: usize = 4;
/// How far behind "since" or "after" the noun or verb of an event stands, in words.
const EVENT_REACH: usize = 5;
/// Before so many words a time opens its sentence, and what has lasted stands behind it, so far.
const OPENING: usize = 4;
const OPENING_REACH: usize = 9;
/// How far before "x 6 months" its complaint may stand, in words.
const TIMES_REACH: usize = 2;

static CUES: LazyLock<Phrases<Lasting>> = LazyLock::new(|| {
    let mut cues = Phrases::new();
    for row in rows(TABLE) {
        let [of, "cue", phrases] = row[..] else { continue };
        let lasting = match of {
            "symptom" => Lasting::Symptom,
            "treatment" => Lasting::Treatment,
            "injury" => Lasting::Injury,
            "work" => Lasting::WorkTenure,
            _ => Lasting::Other,
        };
        cues.add(phrases, lasting);
    }
    cues
});

static FUTURE: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::of_kind(TABLE, "future", ()));
static PROGRAM: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::of_kind(TABLE, "program", ()));
static PERFECT: LazyLock<HashSet<&str>> = LazyLock::new(|| words_of(TABLE, "perfect"));
static NEGATION: LazyLock<HashSet<&str>> = LazyLock::new(|| words_of(TABLE, "negation"));
static ONSET: LazyLock<HashSet<&str>> = LazyLock::new(|| words_of(TABLE, "onset"));
static EVENT: LazyLock<HashSet<&str>> = LazyLock::new(|| words_of(TABLE, "event"));
static OTHER_EVENT: LazyLock<HashSet<&str>> = LazyLock::new(|| words_of(TABLE, "other-event"));
static SAYS_AGE: LazyLock<HashSet<&str>> = LazyLock::new(|| words_of(TABLE, "says-age"));
static ENDED: LazyLock<HashSet<&str>> = LazyLock::new(|| words_of(TABLE, "ended"));

/// What has lasted the time at a span; nothing where it has not passed. `counted_from` is the byte at which the event begins
/// from which the time is counted.
pub(super) fn of(
    text: &str,
    tokens: &[Token],
    sentence: &Sentence,
    time: &Span,
    form: Form,
    counted_from: Option<usize>,
) -> Option<Lasting> {
    let (words, time) = words_near(text, tokens, sentence, time, WINDOW);
    let (start, end) = (time.start, time.end);
    let has = |phrases: &Phrases<()>| (0..words.len()).any(|at| phrases.stands_at(&words, at));
    // "Two years into CRPS, it should be known": what is wanted is another thing.
    if has(&FUTURE) && form != Form::Into {
        return None;
    }
    let before = start.saturating_sub(REACH)..start;
    let denied = words.bare_in(before.clone()).any(|word| NEGATION.contains(word))
        || matches!(words.bare(end), "before" | "prior");
    let is_relatives =
        words.bare_in(before.clone()).filter_map(lexicon::person).any(|(who, _)| who == Who::Family);
    if is_relatives {
        return None;
    }
    let nearest = |range: Range<usize>| last_cue(&words, range);
    let behind = |reach: usize| first_cue(&words, end..words.len().min(end + reach));
    // "For eight years he has had back pain."
    let opens = start <= OPENING;
    let reach = if opens { OPENING_REACH } else { REACH_BEHIND };
    let perfect = if opens { 0..words.len().min(end + REACH_BEHIND) } else { before.clone() };
    let passed = perfect.clone().rev().find(|&at| PERFECT.contains(words.bare(at)));
    let is_listed = is_listed_care(&words, start);
    let has_passed = passed.is_some() || is_listed || matches!(form, Form::ForNow | Form::SinceDate);
    let event = counted_from.and_then(|byte| event_at(&words, words.index_at(byte)));
    let is_since_injury = event == Some(Lasting::Injury) || is_since_injury(&words);
    // What stands beyond the verb that tells of the time is another statement.
    let near = (end..words.len().min(end + PROGRAM_NEAR))
        .find(|&at| matches!(words.bare(at), ":" | "," | ";"))
        .unwrap_or(words.len().min(end + PROGRAM_NEAR));
    let program = match passed {
        Some(verb) if verb < start => verb.saturating_sub(SUBJECT)..near,
        Some(verb) => start..verb,
        None if is_listed => end..near,
        None if form == Form::ForNow => start..end,
        None => start.saturating_sub(PROGRAM_REACH.0)..words.len().min(end + PROGRAM_REACH.1),
    };
    if !is_since_injury && program.clone().any(|at| PROGRAM.stands_at(&words, at)) {
        return None;
    }
    // The date takes some words too.
    let cue_reach = if form == Form::SinceDate { 2 * CUE_REACH } else { CUE_REACH };
    let cues = start.saturating_sub(cue_reach)..start;
    let is_close = || nearest(start.saturating_sub(CLOSE)..start) == Some(Lasting::Symptom);
    match form {
        Form::Since => event,
        Form::After => event.filter(|of| *of == Lasting::Injury),
        Form::OldInjury => Some(Lasting::Injury),
        Form::Old => is_of_injury(&words, start).then_some(Lasting::Injury),
        Form::History => Some(behind(REACH_BEHIND).unwrap_or(Lasting::Other)),
        Form::Passed => is_since_injury.then_some(Lasting::Injury),
        Form::Into => behind(THING_REACH)
            .filter(|of| matches!(of, Lasting::Symptom | Lasting::Treatment | Lasting::Injury)),
        Form::For | Form::Past | Form::ForNow | Form::SinceDate
            if denied || event == Some(Lasting::Treatment) =>
        {
            None
        }
        Form::For | Form::Past | Form::ForNow | Form::SinceDate | Form::OfThing | Form::Ago
            if is_since_injury && !denied =>
        {
            Some(Lasting::Injury)
        }
        Form::OfThing => {
            behind(THING_REACH).filter(|of| !denied && matches!(of, Lasting::Symptom | Lasting::Treatment))
        }
        Form::Ago => Some(began_ago(&words, before.clone(), nearest(before), denied)),
        Form::For | Form::Past if !has_passed && !is_close() => None,
        Form::For | Form::Past | Form::ForNow | Form::SinceDate => {
            Some(nearest(cues).or_else(|| behind(reach)).unwrap_or(Lasting::Other))
        }
        Form::Times => {
            let close = nearest(start.saturating_sub(TIMES_REACH + 1)..start);
            (!denied && close == Some(Lasting::Symptom)).then_some(Lasting::Symptom)
        }
        Form::Duration => (!denied).then(|| nearest(before)).flatten().filter(|of| *of == Lasting::Symptom),
    }
}

/// "Treatment: a sling for six weeks", "care consisted of a brace for three weeks": a list of what was done.
fn is_listed_care(words: &Words, start: usize) -> bool {
    let told = (0..start).any(|at| {
        matches!(words.bare(at), "consisted" | "included" | "comprised")
            || words.bare(at) == ":" && at > 0 && (at.saturating_sub(4)..at).any(|at| is_care(words.bare(at)))
    });
    told && last_cue(words, start.saturating_sub(CLOSE)..start) == Some(Lasting::Treatment)
}

fn is_care(word: &str) -> bool {
    matches!(word, "treatment" | "treatments" | "care" | "therapy" | "management" | "measures")
}

/// "since the accident", "since the door closed on the knee": whether a sentence counts from the injury.
fn is_since_injury(words: &Words) -> bool {
    let mut since = (0..words.len()).filter(|&at| words.bare(at) == "since");
    since.any(|at| event_at(words, at + 1) == Some(Lasting::Injury))
}

/// "The injury is now eight": whether an age is said of the injury.
fn is_of_injury(words: &Words, start: usize) -> bool {
    let before = (start.saturating_sub(REACH_BEHIND)..start).rev();
    let mut before = before.map(|at| words.bare(at)).skip_while(|word| SAYS_AGE.contains(word));
    before.next().is_some_and(|noun| matches!(noun, "injury" | "claim" | "accident"))
}

/// What happened, by the noun or verb behind "since" or "after": the injury, or a surgery.
fn event_at(words: &Words, start: usize) -> Option<Lasting> {
    let end = words.len().min(start + EVENT_REACH);
    for at in start..end {
        let word = words.bare(at);
        if OTHER_EVENT.contains(word) {
            return None;
        }
        if let Some((_, Lasting::Treatment)) = CUES.longest(words, at, words.len()) {
            return Some(Lasting::Treatment);
        }
        if EVENT.contains(word) {
            return Some(Lasting::Injury);
        }
    }
    None
}

/// What began so long ago: a symptom that is told to have begun, the injury and no earlier one.
fn began_ago(words: &Words, before: Range<usize>, nearest: Option<Lasting>, denied: bool) -> Lasting {
    let has = |kind: &HashSet<&str>| words.bare_in(before.clone()).any(|word| kind.contains(word));
    match nearest {
        _ if has(&ENDED) => Lasting::Other,
        Some(Lasting::Symptom | Lasting::WorkTenure) if !has(&ONSET) => Lasting::Other,
        Some(Lasting::Injury) if denied => Lasting::Other,
        nearest => nearest.unwrap_or(Lasting::Other),
    }
}

/// The cue nearest to the end of a range.
fn last_cue(words: &Words, range: Range<usize>) -> Option<Lasting> {
    let mut found = None;
    let mut at = range.start;
    while at < range.end {
        if let Some((end, lasting)) = CUES.longest(words, at, words.len()) {
            found = Some(lasting);
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

fn first_cue(words: &Words, mut range: Range<usize>) -> Option<Lasting> {
    range.find_map(|at| CUES.longest(words, at, words.len())).map(|(_, lasting)| lasting)
}
