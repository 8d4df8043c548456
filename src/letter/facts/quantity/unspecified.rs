//! Values that a phrase says are missing: "unspecified duration", "the quantity was not specified".

use std::ops::Range;

use super::Quantity;
use super::amount::{Stated, Unit};
use super::lexeme::Lexeme;
use super::vocabulary::{NOTHING, Noun};

/// Quantity, number, frequency, duration: longer lists are not one phrase.
const MOST_NOUNS: usize = 4;

/// The missing values that a phrase beginning here names, and its lexemes.
pub(super) fn read(lexemes: &[Lexeme], start: usize) -> Option<(Quantity, Range<usize>)> {
    let (nouns, end) = missing_first(lexemes, start).or_else(|| nouns_first(lexemes, start))?;
    let has = |noun: Noun| nouns.contains(&noun);
    if nouns.iter().all(|&noun| noun == Noun::Dose) {
        return None;
    }
    let (unit, end) = if has(Noun::Count) { counted(lexemes, end) } else { (None, end) };
    let quantity = Quantity {
        span: lexemes[start].span.start..lexemes[end - 1].span.end,
        count: has(Noun::Count).then_some(Stated::Unspecified),
        unit,
        frequency: has(Noun::Frequency).then_some(Stated::Unspecified),
        duration: has(Noun::Duration).then_some(Stated::Unspecified),
        total: None,
        context: None,
    };
    Some((quantity, start..end))
}

/// "unspecified frequency and duration", "not specified quantity", "does not specify the quantity".
fn missing_first(lexemes: &[Lexeme], start: usize) -> Option<(Vec<Noun>, usize)> {
    let word = |at: usize| lexemes.get(at).map(|lexeme| lexeme.word.as_ref());
    let roles = |at: usize| lexemes.get(at).map_or(&NOTHING, |lexeme| lexeme.roles);
    if roles(start).missing {
        let article = usize::from(matches!(word(start + 1), Some("a" | "an" | "any" | "the")));
        return noun_list(lexemes, start + 1 + article, true);
    }
    let mut at = start;
    if matches!(word(at), Some("does" | "did" | "do")) {
        at += 1;
    }
    if !matches!(word(at), Some("not" | "without" | "no")) {
        return None;
    }
    at += 1;
    at += usize::from(matches!(word(at), Some("a" | "any" | "the")));
    // "without a duration" needs no verb.
    let is_bare = matches!(word(start), Some("without"));
    if !roles(at).given && !is_bare {
        return None;
    }
    at += usize::from(roles(at).given);
    at += usize::from(matches!(word(at), Some("a" | "any" | "the" | "an")));
    noun_list(lexemes, at, false)
}

/// "frequency and duration are not specified", "QTY: unspecified", "no duration was given".
fn nouns_first(lexemes: &[Lexeme], start: usize) -> Option<(Vec<Noun>, usize)> {
    let word = |at: usize| lexemes.get(at).map(|lexeme| lexeme.word.as_ref());
    let roles = |at: usize| lexemes.get(at).map_or(&NOTHING, |lexeme| lexeme.roles);
    let mut negated = matches!(word(start), Some("no" | "without"));
    let (nouns, mut at) = noun_list(lexemes, start + usize::from(negated), false)?;
    while matches!(
        word(at),
        Some(":" | "is" | "are" | "was" | "were" | "being" | "(" | "has" | "have" | "been" | "requested")
    ) {
        at += 1;
    }
    if matches!(word(at), Some("not")) {
        negated = true;
        at += 1;
    }
    let is_missing = roles(at).missing || negated && roles(at).given;
    is_missing.then_some((nouns, at + 1))
}

/// "frequency, duration or quantity". "number" and "amount" count only before what they count ("number of sessions").
fn noun_list(lexemes: &[Lexeme], start: usize, may_count: bool) -> Option<(Vec<Noun>, usize)> {
    let mut nouns = Vec::new();
    let mut at = start;
    while nouns.len() < MOST_NOUNS {
        let lexeme = lexemes.get(at)?;
        let noun = lexeme.roles.noun.filter(|_| {
            let counts = counted(lexemes, at + 1).0.is_some();
            match &*lexeme.word {
                "number" => counts && (may_count || nouns.is_empty()),
                "amount" => counts || may_count,
                "length" => lexemes.get(at + 1).is_some_and(|next| next.is("of")),
                _ => true,
            }
        })?;
        nouns.push(noun);
        at += 1;
        let link = at;
        while lexemes
            .get(at)
            .is_some_and(|lexeme| matches!(lexeme.word.as_ref(), "," | "and" | "or" | "/" | "the"))
        {
            at += 1;
        }
        if at == link || lexemes.get(at).is_none_or(|lexeme| lexeme.roles.noun.is_none()) {
            return Some((nouns, link));
        }
    }
    None
}

/// "of sessions", "of physical therapy visits".
fn counted(lexemes: &[Lexeme], at: usize) -> (Option<Unit>, usize) {
    if !lexemes.get(at).is_some_and(|lexeme| lexeme.is("of")) {
        return (None, at);
    }
    let mut unit = at + 1;
    while lexemes.get(unit).is_some_and(|lexeme| lexeme.roles.modifier && lexeme.roles.unit.is_none()) {
        unit += 1;
    }
    match lexemes.get(unit).and_then(|lexeme| lexeme.roles.unit) {
        Some(found) => (Some(found), unit + 1),
        None => (None, at),
    }
}
