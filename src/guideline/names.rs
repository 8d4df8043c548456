//! Finding the catalogue's names among the tokens of a text: longest first, whatever marks stand between the words.

use std::sync::LazyLock;

use foldhash::HashMap;

use super::catalogue::{Entry, Name, entries};
use crate::text::{Gap, Token, TokenKind, tokens};

/// A sequence of words that names one or more entries.
struct Phrase {
    words: Vec<String>,
    owners: Vec<(&'static Entry, Name)>,
}

/// Phrases by their first word, the longest first.
static PHRASES: LazyLock<HashMap<String, Vec<Phrase>>> = LazyLock::new(|| {
    let mut phrases: HashMap<String, Vec<Phrase>> = HashMap::default();
    for entry in entries() {
        for &name in &entry.names {
            let words = words_of(name.text);
            let Some(first) = words.first() else { continue };
            let siblings = phrases.entry(first.clone()).or_default();
            match siblings.iter_mut().find(|phrase| phrase.words == words) {
                Some(phrase) => phrase.owners.push((entry, name)),
                None => siblings.push(Phrase { words, owners: vec![(entry, name)] }),
            }
        }
    }
    for siblings in phrases.values_mut() {
        siblings.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
    }
    phrases
});

/// The words of a name as they are compared: lower case, "&" as "and", no marks, no possessive.
#[must_use]
pub(super) fn words_of(name: &str) -> Vec<String> {
    tokens(name).iter().filter_map(|token| word(name, token).map(str::to_owned)).collect()
}

/// The word of a token as it is compared; marks have none, save "&".
#[must_use]
pub(super) fn word<'a>(text: &'a str, token: &'a Token) -> Option<&'a str> {
    if token.kind == TokenKind::Mark {
        return (&text[token.span.clone()] == "&").then_some("and");
    }
    Some(token.bare(text))
}

/// The words of the catalogue's names, by the names.
static WORDS: LazyLock<HashMap<&'static str, Vec<String>>> = LazyLock::new(|| {
    let names = entries().iter().flat_map(|entry| &entry.names);
    names.map(|name| (name.text, words_of(name.text))).collect()
});

/// [`words_of`] a name of the catalogue's.
#[must_use]
pub(super) fn known_words(name: &Name) -> &'static [String] {
    WORDS.get(name.text).map_or(&[], Vec::as_slice)
}

/// The entries that have a name of just these words, in the order of the catalogue, with that name; one may come twice in a
/// row.
pub(super) fn owners(words: &[String]) -> impl Iterator<Item = (&'static Entry, Name)> {
    let phrases = words.first().and_then(|first| PHRASES.get(first.as_str())).into_iter().flatten();
    phrases.filter(move |phrase| phrase.words == words).flat_map(|phrase| &phrase.owners).copied()
}

/// The longest name that begins at a token and that `accepts` takes for one of its entries: the token after it, and
/// the entries so named, the accepted ones first, then those of the same kind (its other editions).
pub(super) fn at(
    text: &str,
    tokens: &[Token],
    start: usize,
    mut accepts: impl FnMut(&'static Entry, &Name, &str) -> bool,
) -> Option<(usize, Vec<&'static Entry>)> {
    let first = word(text, tokens.get(start)?)?;
    for phrase in PHRASES.get(first)? {
        let Some(end) = end_of(text, tokens, start, &phrase.words) else { continue };
        let written = &text[tokens[start].span.start..tokens[end - 1].span.end];
        let (mut owners, others): (Vec<_>, Vec<_>) =
            phrase.owners.iter().copied().partition(|(entry, name)| accepts(entry, name, written));
        let Some(kind) = owners.first().map(|(entry, _)| entry.kind) else { continue };
        owners.extend(others.into_iter().filter(|(entry, _)| entry.kind == kind));
        return Some((end, owners.into_iter().map(|(entry, _)| entry).collect()));
    }
    None
}

/// The token after the last of a phrase's words, if they all follow.
fn end_of(text: &str, tokens: &[Token], start: usize, words: &[String]) -> Option<usize> {
    let mut at = start;
    for (index, wanted) in words.iter().enumerate() {
        while index > 0 && is_inner_mark(text, tokens, at) {
            at += 1;
        }
        let token = tokens.get(at)?;
        if token.gap == Gap::Blanks && index > 0 || word(text, token)? != *wanted {
            return None;
        }
        at += 1;
    }
    // "(acute & chronic)": the bracket that was opened inside the name is closed.
    let opened = tokens[start..at].iter().filter(|token| &text[token.span.clone()] == "(").count();
    let closes = tokens.get(at).is_some_and(|token| &text[token.span.clone()] == ")");
    Some(if opened > 0 && closes { at + 1 } else { at })
}

/// A mark that may stand inside a name; a stop only where nothing follows it at once ("odg.com").
fn is_inner_mark(text: &str, tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| match &text[token.span.clone()] {
        "," | "-" | "\u{2013}" | "/" | "(" | ")" | ":" | "'" | "\u{2019}" => true,
        "." => tokens.get(at + 1).is_some_and(|next| next.gap == Gap::None),
        _ => false,
    })
}

/// Whether a name as written can name its source in running prose: acronyms keep their capitals.
#[must_use]
pub(super) fn stands_alone(name: &Name, written: &str) -> bool {
    let is_acronym = name.text.chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
    let word = written.split(['\'', '\u{2019}']).next().unwrap_or_default();
    name.stands_alone && (!is_acronym || !word.contains(char::is_lowercase))
}
