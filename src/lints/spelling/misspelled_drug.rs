//! A drug's name that is misspelt, and one in the place of a name that looks like it.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::engine::{
    Applicability, Arg, BlockContext, Draft, DraftFix, Level, SentenceWords, Sink, with_case_of,
};
use crate::letter::facts::drug;
use crate::text::lexicon::{self, SLIP};
use crate::text::{Gap, TokenKind};

/// Names that look alike: name, its strengths in mg, the other's name, the other's strengths.
const LOOK_ALIKES: &str = include_str!("../../../lints/spelling/look-alike-drugs.tsv");

/// Letters of the shortest name that is compared, and of the shortest word.
const SHORTEST: usize = 5;
/// A word of so many letters that is near a drug's name and no other word can be nothing else.
const TELLING: usize = 8;
/// How many tokens before a word may say that a drug follows.
const REACH: usize = 4;

/// Names of drugs in small letters, sorted.
static NAMES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let small: BTreeSet<String> = drug::names()
        .map(|(name, _)| name.to_lowercase())
        .filter(|name| name.len() >= SHORTEST && name.bytes().all(|byte| byte.is_ascii_lowercase()))
        .collect();
    small.into_iter().map(|name| &*name.leak()).collect()
});

pub fn check(words: &SentenceWords<'_>, sink: &mut Sink) {
    let context = words.context;
    for at in words.sentence.tokens.clone() {
        let token = &context.content.tokens[at];
        if token.kind != TokenKind::Word || token.span.len() < SHORTEST {
            continue;
        }
        let draft = misspelt(context, at).or_else(|| look_alike(context, at));
        if let Some(draft) = draft {
            sink.push(draft);
        }
    }
}

/// "tramodol", "Percoset".
fn misspelt(context: &BlockContext<'_>, at: usize) -> Option<Draft> {
    let word = context.word(at);
    let is_small = word.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_plain = word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_name = word.bytes().skip(1).all(|byte| byte.is_ascii_lowercase());
    if !is_plain || !is_name {
        return None;
    }
    let small = if is_small { Cow::Borrowed(word) } else { Cow::Owned(word.to_ascii_lowercase()) };
    if lexicon::is_listed(&small) {
        return None;
    }
    // Near words are sought last, as that takes longest.
    let stands_for_drug = stands_for_drug(context, at);
    let may_be_telling = || small.len() >= TELLING && (is_small || begins_sentence(context, at));
    if is_part(context, at) || !stands_for_drug && !may_be_telling() {
        return None;
    }
    let (cost, meant) = lexicon::nearest_of(&small, &NAMES, budget(word));
    if meant.is_empty() || is_plural(&small, &meant) {
        return None;
    }
    // A word that is as near another word has to stand where a drug does; a capital makes a name likelier.
    let is_telling = || {
        let (other, words) = lexicon::nearest(&small, cost);
        let is_nearest =
            words.is_empty() || cost < other || words.iter().all(|word| meant.contains(&word.as_str()));
        cost <= SLIP && is_nearest
    };
    (stands_for_drug || is_telling()).then(|| {
        let place = context.place(context.content.tokens[at].span.clone());
        let wanted: Vec<String> = meant.iter().map(|name| with_case_of(word, name)).collect();
        let draft = Draft::new(place.clone(), "message")
            .arg("found", Arg::letter(word))
            .arg("wanted", Arg::term(wanted.join("” or “")));
        wanted.into_iter().fold(draft, |draft, name| {
            draft.fix(DraftFix::replace(place.clone(), name, Applicability::Unsafe))
        })
    })
}

/// Whether a capital is the sentence's, and no name's: "Celecoxab had to be stopped", "Celecoxab, tried in May,"
/// and no other name beside it.
fn begins_sentence(context: &BlockContext<'_>, at: usize) -> bool {
    let start = context.content.tokens[at].span.start;
    let is_first = context.content.sentence_at(start).is_some_and(|sentence| sentence.tokens.start == at);
    let next = at + 1 + usize::from(context.word(at + 1) == ",");
    is_first && context.word(next).starts_with(|c: char| c.is_ascii_lowercase())
}

/// Long names may hold two slips; a word with a capital is a brand of its own more often.
fn budget(word: &str) -> u8 {
    let is_small = word.starts_with(|c: char| c.is_ascii_lowercase());
    if is_small && word.len() > TELLING { SLIP + 1 } else { SLIP }
}

/// "opioids", "statins": more than one of a drug is no misspelling.
fn is_plural(word: &str, meant: &[&str]) -> bool {
    word.strip_suffix('s').is_some_and(|one| meant.contains(&one))
}

/// A part of an address, a code, a hyphenated name, or a word that lost its hyphen at a line's end.
fn is_part(context: &BlockContext<'_>, at: usize) -> bool {
    let mark = |token: usize| matches!(context.word(token), "@" | "_" | "\\" | "-" | "." | "&");
    let glued_on = |token: usize| context.is_glued(token + 1) && context.is_glued(token);
    at > 0 && context.is_glued(at) && mark(at - 1)
        || mark(at + 1) && glued_on(at + 1)
        || context.content.logical.runs_past_margin(context.content.tokens[at].span.start)
}

/// Whether the words around say that a drug is named: who takes it, its strength, its form, what became of it.
fn stands_for_drug(context: &BlockContext<'_>, at: usize) -> bool {
    if is_person(context, at) {
        return false;
    }
    let sentence = context.content.sentence_at(context.content.tokens[at].span.start);
    let first = sentence.map_or(0, |sentence| sentence.tokens.start);
    let mut before = (at.saturating_sub(REACH).max(first)..at).rev().map(|token| context.word(token));
    let has_strength = context.kind(at + 1) == Some(TokenKind::Number)
        && context.gap(at + 1) != Some(Gap::None)
        && (context.is_in_lower("units", context.word(at + 2)) || context.word(at + 2) == "%");
    has_strength
        || context.is_in_lower("forms", context.word(at + 1))
        || context.is_in_lower("releases", context.word(at + 1))
        || before.any(|word| context.is_in_lower("takes", word))
        || context.is_in_lower("linking", context.word(at + 1))
            && context.is_in_lower("fates", context.word(at + 2))
}

/// "Dr. Ambian", "J. Norko": a name behind a title or an initial, or before another name.
fn is_person(context: &BlockContext<'_>, at: usize) -> bool {
    let word = context.word(at);
    if !word.starts_with(char::is_uppercase) {
        return false;
    }
    let stop = usize::from(at > 1 && context.word(at - 1) == ".");
    let before = at.checked_sub(1 + stop).map_or("", |token| context.word(token));
    let next = context.word(at + 1);
    let is_initial = stop == 1 && before.chars().count() == 1;
    let is_next_name = next.starts_with(char::is_uppercase)
        && next.len() > 2
        && context.gap(at + 1) == Some(Gap::Blank)
        && !context.is_in_lower("forms", next);
    is_initial || context.is_in_lower("titles", before) || is_next_name
}

/// "Celexa 200 mg": a strength that only the drug of a similar name has.
fn look_alike(context: &BlockContext<'_>, at: usize) -> Option<Draft> {
    let is_dose = context.kind(at + 1) == Some(TokenKind::Number)
        && context.word(at + 2).eq_ignore_ascii_case("mg")
        && context.word(at + 3) != "/";
    if !is_dose {
        return None;
    }
    let small = context.word(at).to_lowercase();
    let strength = context.word(at + 1);
    let meant = LOOK_ALIKES.lines().filter(|line| !line.starts_with('#')).find_map(|line| {
        let columns: Vec<&str> = line.split('\t').collect();
        let [name, own, meant, others] = columns[..] else { return None };
        let is_among = |strengths: &str| strengths.split("; ").any(|one| one == strength);
        (name == small && !is_among(own) && is_among(others)).then_some(meant)
    })?;
    let tokens = &context.content.tokens;
    let place = context.place(tokens[at].span.start..tokens[at + 2].span.end);
    let draft = Draft::new(place, "look-alike")
        .arg("found", Arg::letter(context.word(at)))
        .arg("strength", Arg::letter(strength))
        .arg("wanted", Arg::term(with_case_of(context.word(at), meant)))
        .raise(Level::Error);
    Some(draft)
}
