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

/// How far before its date a cue can begin, in bytes.
const REACH: usize = 40;

/// The oldest age that may be told, in years.
const OLDEST: u8 = 89;

pub fn check(context: &BlockContext<'_>, sink: &mut Sink) {
    let content = context.content;
    let text = content.text();
    for fact in &content.facts().dates {
        let cue = cue_before(text, fact.span.start);
        let is_birth =
            fact.role == DateRole::Birth || cue.is_some() || CUE_BEHIND.is_match(&text[fact.span.end..]);
        if is_birth && !matches!(fact.date.value, DateValue::Year(_)) && fact.until.is_none() {
            let start = cue.map_or(fact.span.start, |cue| cue.start);
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

fn cue_before(text: &str, end: usize) -> Option<Span> {
    let start = (end.saturating_sub(REACH)..=end).find(|&at| text.is_char_boundary(at))?;
    let found = CUE.find(&text[start..end])?;
    Some(start + found.start()..start + found.end())
}
