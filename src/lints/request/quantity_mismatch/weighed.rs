//! Numbers by the words around them: those that a sentence weighs, and days a week.

use crate::engine::ItemContext;
use crate::letter::facts::Quantity;
use crate::letter::facts::number_word;
use crate::letter::{Argued, Content};
use crate::text::Span;

/// How far behind "are" the word stands that weighs a number against another.
const WEIGHED_WITHIN: usize = 3;
/// Words between a number and its verb ("ordered at once"), at most.
const AT_ONCE: usize = 4;
/// Words of "a short refresher of" before "of", at most.
const COURSE: usize = 3;

/// "Eighteen visits are twice the upper number", "a rental of 14 days does not exceed it": whether a clause begins with a
/// number that it holds against another.
pub(super) fn is_weighed(argued: &Argued<'_>, quantity: &Quantity, context: &ItemContext<'_>) -> bool {
    let content = argued.content;
    let is_in = |set: &str, at: usize| context.is_in(set, &content.lower(at));
    let start = content.tokens.partition_point(|token| token.span.start < quantity.span.start);
    let behind = content.tokens.partition_point(|token| token.span.start < quantity.span.end);
    let end = argued.sentence.tokens.end;
    let (opening, is_course) = opening(argued, start, context);
    let is_first = opening == argued.sentence.tokens.start;
    if !is_first && !is_in("joins", opening - 1) {
        return false;
    }
    let verb = (behind..end.min(behind + AT_ONCE + 1)).find(|&at| !is_in("at-once", at)).unwrap_or(end);
    // "Six visits would exceed it": another number, but not "a course of ten visits would".
    let is_actual = is_first && verb == behind || is_course || verb > behind || is_in("exceeds", verb);
    let weighs = |from: usize| (from..end.min(from + WEIGHED_WITHIN)).any(|at| is_in("weighed", at));
    let exceeds = is_in("exceeds", verb)
        || is_in("helper", verb) && (verb + 1..end.min(verb + WEIGHED_WITHIN)).any(|at| is_in("exceeds", at));
    verb < end && is_actual && (exceeds || is_in("copula", verb) && weighs(verb + 1))
}

/// Where the words begin that belong to a number, and whether they say that it is one course: "another 60 tablets", "a
/// short refresher of nine visits".
fn opening(argued: &Argued<'_>, number: usize, context: &ItemContext<'_>) -> (usize, bool) {
    let content = argued.content;
    let first = argued.sentence.tokens.start;
    let is_in = |set: &str, at: usize| context.is_in(set, &content.lower(at));
    // "Another 60 tablets", "a 21-day rental", "an additional 8".
    let additional = usize::from(number > first + 1 && is_in("more", number - 1));
    if number > first + additional && is_in("one-course", number - 1 - additional) {
        return (number - 1 - additional, true);
    }
    let is_of = number >= first + 2 && content.lower(number - 1) == "of" && is_in("course", number - 2);
    let article = (first..number.saturating_sub(2))
        .rev()
        .take(COURSE)
        .find(|&at| is_in("articles", at))
        .filter(|_| is_of);
    article.map_or((number, false), |article| (article, true))
}

/// How often something is, and where the phrase stands.
type Rate = ((u32, String), Span);

/// "5 days a week", "seven days per week".
pub(super) fn days_a_week(content: &Content, within: &Span) -> Option<Rate> {
    rate(content, within, |[number, days, per, week]| {
        let is_weekly =
            matches!(days, "day" | "days") && matches!(per, "a" | "per" | "/" | "each") && week == "week";
        Some((number_word::parse(number).filter(|_| is_weekly)?, "days".to_owned()))
    })
}

/// "Every 6 weeks".
pub(super) fn interval(content: &Content, within: &Span) -> Option<Rate> {
    rate(content, within, |[every, number, unit]| {
        let is_time = matches!(unit, "days" | "weeks" | "months");
        Some((number_word::parse(number).filter(|_| every == "every" && is_time)?, unit.to_owned()))
    })
}

/// The only phrase of so many words that a reader takes for a rate.
fn rate<const WORDS: usize>(
    content: &Content,
    within: &Span,
    read: impl Fn([&str; WORDS]) -> Option<(u32, String)>,
) -> Option<Rate> {
    let tokens = &content.tokens;
    let first = tokens.partition_point(|token| token.span.start < within.start);
    let end = tokens.partition_point(|token| token.span.start < within.end);
    let mut found = tokens.get(first..end)?.windows(WORDS).filter_map(|phrase| {
        let words: Vec<String> =
            phrase.iter().map(|token| content.text()[token.span.clone()].to_lowercase()).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let rate = read(words.try_into().ok()?)?;
        Some((rate, phrase[0].span.start..phrase[WORDS - 1].span.end))
    });
    found.next().filter(|_| found.next().is_none())
}
