//! A date of birth, and an age that few people reach.

use std::sync::LazyLock;

use regex::Regex;

use crate::engine::{Applicability, BlockContext, Draft, DraftFix, Sink};
use crate::letter::facts::Owner;
use crate::letter::facts::date::{DateRole, DateValue};
use crate::text::{self, Span};

/// What announces a date of birth, up to the date.
static CUE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?ix)\b(?: d\.?o\.?b\b\.? | dates?\sof\sbirth | birth\s?-?dates? | birthday | born | \(b\. | turned\s[0-9]{2}\son )
        (?: \s? (?: \b(?:is|was|as|of|on|in|given|listed|recorded|stated|noted|shown)\b | : | = | \( | , ) )* \s? $";
    text::pattern(pattern)
});

/// What says behind a date that it is of a birth.
static CUE_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?ix)^[,)]?\s(?:as|under|for|is|was|being)\s(?:the|a|his|her|their)?\s?(?:d\.?o\.?b\b|dates?\sof\sbirth|birth\s?-?date|birthday)";
    Regex::new(pattern).expect("a constant pattern")
});

/// A cue that can only be a form's.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    text::pattern(
        r"(?ix)^(?: d\.?o\.?b\b\.? | dates?\sof\sbirth | birth\s?-?dates? ) \s? (?: \b(?:is|was|as|of)\b | : | = | \( | - | , | [0-9] )",
    )
});

/// How far from its date a cue can begin or end, in bytes.
const REACH: usize = 40;

/// Years of the youngest worker.
const YOUNGEST: i16 = 14;
/// The first year in which nobody was born who has a job in such a letter.
const RECENT: i16 = 2012;

/// The oldest age that may be told, in years.
const OLDEST: u8 = 89;

pub fn check(context: &BlockContext<'_>, sink: &mut Sink) {
    let content = context.content;
    let text = content.text();
    for fact in &content.facts().dates {
        let cue = cue_before(text, fact.span.start);
        let is_birth = fact.role == DateRole::Birth || cue.is_some() || is_birth_behind(text, fact.span.end);
        let start = cue.map_or(fact.span.start, |cue| cue.start);
        if is_birth
            && !matches!(fact.date.value, DateValue::Year(_))
            && fact.until.is_none()
            && !is_of_another(context, start)
            && (is_labelled(text, start) || !is_recent(context, fact.date.value))
        {
            let fix = DraftFix::replace(context.place(fact.span.clone()), "[removed]", Applicability::Manual);
            sink.push(Draft::new(context.place(start..fact.span.end), "message").fix(fix));
        }
    }
    for age in content.facts().ages.iter().filter(|age| age.years > OLDEST) {
        if matches!(content.owner_of(&age.span), Owner::Patient | Owner::Reported) {
            sink.push(Draft::new(context.place(age.span.clone()), "old"));
        }
    }
}

/// "His daughter was born on …", "the practice was born in …": not the patient.
fn is_of_another(context: &BlockContext<'_>, start: usize) -> bool {
    let content = context.content;
    let Some(sentence) = content.sentence_at(start) else { return false };
    let nearest =
        sentence.tokens.clone().rev().filter(|&at| content.tokens[at].span.start < start).find(|&at| {
            let word = content.tokens[at].bare(content.text());
            context.is_in("others", word) || context.is_in("patients", word)
        });
    nearest.is_some_and(|at| context.is_in("others", content.tokens[at].bare(content.text())))
}

/// "DOB", "date of birth", "birth date".
fn is_labelled(text: &str, start: usize) -> bool {
    LABEL.is_match(&text[start..])
}

/// Whether who was born then would be a child on another day that the block names, or the birth is that day.
fn is_recent(context: &BlockContext<'_>, birth: DateValue) -> bool {
    let Some(birth) = birth.latest() else { return false };
    let dates = context.content.facts().dates.iter();
    let latest = dates.filter_map(|fact| fact.date.value.latest()).max();
    birth.year() >= RECENT
        || latest.is_some_and(|latest| latest.year() - birth.year() < YOUNGEST && latest != birth)
}

/// Whether a text holds a word without which neither [`CUE`] nor [`CUE_BEHIND`] matches.
fn speaks_of_birth(text: &str) -> bool {
    let small = text.to_ascii_lowercase();
    ["birth", "born", "dob", "d.ob", "do.b", "d.o.b", "(b.", "turned"].iter().any(|word| small.contains(word))
}

fn is_birth_behind(text: &str, start: usize) -> bool {
    let end = (start..=text.len().min(start + REACH)).rev().find(|&at| text.is_char_boundary(at));
    let reached = &text[start..end.unwrap_or(start)];
    speaks_of_birth(reached) && CUE_BEHIND.is_match(reached)
}

fn cue_before(text: &str, end: usize) -> Option<Span> {
    let start = (end.saturating_sub(REACH)..=end).find(|&at| text.is_char_boundary(at))?;
    let found = speaks_of_birth(&text[start..end]).then(|| CUE.find(&text[start..end])).flatten()?;
    Some(start + found.start()..start + found.end())
}
