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
/// How far before a time the thing that lasted is looked for, in words.
const REACH: usize = 10;
/// How far behind it ("history of", "for 31 years as a").
const REACH_BEHIND: usize = 5;
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
static PERFECT: LazyLock<HashSet<&str>> = LazyLock::new(|| words_of(TABLE, "perfect"));
static NEGATION: LazyLock<HashSet<&str>> = LazyLock::new(|| words_of(TABLE, "negation"));
static ONSET: LazyLock<HashSet<&str>> = LazyLock::new(|| words_of(TABLE, "onset"));
static ENDED: LazyLock<HashSet<&str>> = LazyLock::new(|| words_of(TABLE, "ended"));

/// What has lasted the time at a span; nothing where it has not passed.
pub(super) fn of(
    text: &str,
    tokens: &[Token],
    sentence: &Sentence,
    time: &Span,
    form: Form,
    event: Option<&str>,
) -> Option<Lasting> {
    let (words, time) = words_near(text, tokens, sentence, time, WINDOW);
    let (start, end) = (time.start, time.end);
    if (0..words.len()).any(|at| FUTURE.stands_at(&words, at)) {
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
    let behind = || first_cue(&words, end..words.len().min(end + REACH_BEHIND));
    let has_passed = words.bare_in(before.clone()).any(|word| PERFECT.contains(word));
    match form {
        Form::Since => event.map(|event| match event.to_ascii_lowercase().as_str() {
            "injury" | "accident" => Lasting::Injury,
            _ => Lasting::Treatment,
        }),
        Form::OldInjury => Some(Lasting::Injury),
        Form::History => Some(behind().unwrap_or(Lasting::Other)),
        Form::OfThing => behind().filter(|of| matches!(of, Lasting::Symptom | Lasting::Treatment)),
        Form::Ago => Some(began_ago(&words, before.clone(), nearest(before), denied)),
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
