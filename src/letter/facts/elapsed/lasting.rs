//! What has lasted a stated time, and whether the time has passed at all.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::{Form, Lasting};
use crate::letter::facts::cues::{self, Cues};
use crate::letter::people::{Who, lexicon};
use crate::letter::sentence::Sentence;
use crate::text::{Span, Token};

const TABLE: &str = include_str!("words.tsv");

/// How many words around a time are looked at for a request or a criterion.
const WINDOW: usize = 60;
/// How far before a time the thing that lasted is looked for, in words.
const REACH: usize = 10;
/// How far behind it ("history of", "for 31 years as a").
const REACH_BEHIND: usize = 5;
/// How far before "x 6 months" its complaint may stand, in words.
const TIMES_REACH: usize = 2;

static CUES: LazyLock<Cues<Lasting>> = LazyLock::new(|| {
    Cues::new(cues::rows(TABLE).filter(|(_, kind, _)| *kind == "cue").map(|(of, _, phrase)| {
        let lasting = match of {
            "symptom" => Lasting::Symptom,
            "treatment" => Lasting::Treatment,
            "injury" => Lasting::Injury,
            "work" => Lasting::WorkTenure,
            _ => Lasting::Other,
        };
        (phrase, lasting)
    }))
});

static FUTURE: LazyLock<Cues<()>> = LazyLock::new(|| {
    Cues::new(cues::rows(TABLE).filter(|(_, kind, _)| *kind == "future").map(|(_, _, phrase)| (phrase, ())))
});

fn of_kind(wanted: &str) -> HashSet<&'static str> {
    cues::rows(TABLE).filter(|(_, kind, _)| *kind == wanted).map(|(_, _, word)| word).collect()
}

static PERFECT: LazyLock<HashSet<&str>> = LazyLock::new(|| of_kind("perfect"));
static NEGATION: LazyLock<HashSet<&str>> = LazyLock::new(|| of_kind("negation"));
static ONSET: LazyLock<HashSet<&str>> = LazyLock::new(|| of_kind("onset"));
static ENDED: LazyLock<HashSet<&str>> = LazyLock::new(|| of_kind("ended"));

/// What has lasted the time at a span; nothing where it has not passed.
pub(super) fn of(
    text: &str,
    tokens: &[Token],
    sentence: &Sentence,
    time: &Span,
    form: Form,
    event: Option<&str>,
) -> Option<Lasting> {
    let (tokens, time) = cues::near(tokens, sentence, time, WINDOW);
    let words = cues::words(text, tokens);
    let (start, end) = (time.start, time.end);
    if (0..words.len()).any(|at| FUTURE.at(&words, at).is_some()) {
        return None;
    }
    let before = start.saturating_sub(REACH)..start;
    let denied = words[before.clone()].iter().any(|word| NEGATION.contains(word.as_str()))
        || words.get(end).is_some_and(|word| matches!(word.as_str(), "before" | "prior"));
    let is_relatives = words[before.clone()]
        .iter()
        .filter_map(|word| lexicon::person(word))
        .any(|(who, _)| who == Who::Family);
    if is_relatives {
        return None;
    }
    let nearest = |range: Range<usize>| last_cue(&words, range);
    let behind = || first_cue(&words, end..words.len().min(end + REACH_BEHIND));
    let has_passed = words[before.clone()].iter().any(|word| PERFECT.contains(word.as_str()));
    match form {
        Form::Since => event.map(|event| match event.to_ascii_lowercase().as_str() {
            "injury" | "accident" => Lasting::Injury,
            _ => Lasting::Treatment,
        }),
        Form::OldInjury => Some(Lasting::Injury),
        Form::History => Some(behind().unwrap_or(Lasting::Other)),
        Form::Ago => Some(began_ago(&words[before.clone()], nearest(before), denied)),
        Form::For | Form::Past if denied || !has_passed => None,
        Form::For | Form::Past => Some(nearest(before).or_else(behind).unwrap_or(Lasting::Other)),
        Form::Times => {
            let close = nearest(start.saturating_sub(TIMES_REACH + 1)..start);
            (!denied && close == Some(Lasting::Symptom)).then_some(Lasting::Symptom)
        }
        Form::Duration => (!denied).then(|| nearest(before)).flatten().filter(|of| *of == Lasting::Symptom),
    }
}

/// What began so long ago: a symptom that is told to have begun, the injury and no earlier one.
fn began_ago(before: &[String], nearest: Option<Lasting>, denied: bool) -> Lasting {
    let has = |kind: &HashSet<&str>| before.iter().any(|word| kind.contains(word.as_str()));
    match nearest {
        _ if has(&ENDED) => Lasting::Other,
        Some(Lasting::Symptom | Lasting::WorkTenure) if !has(&ONSET) => Lasting::Other,
        Some(Lasting::Injury) if denied => Lasting::Other,
        nearest => nearest.unwrap_or(Lasting::Other),
    }
}

/// The cue nearest to the end of a range.
fn last_cue(words: &[String], range: Range<usize>) -> Option<Lasting> {
    let mut found = None;
    let mut at = range.start;
    while at < range.end {
        if let Some((length, lasting)) = CUES.at(words, at) {
            found = Some(lasting);
            at += length;
        } else {
            at += 1;
        }
    }
    found
}

fn first_cue(words: &[String], mut range: Range<usize>) -> Option<Lasting> {
    range.find_map(|at| CUES.at(words, at)).map(|(_, lasting)| lasting)
}
