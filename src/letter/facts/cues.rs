//! Tables of cue phrases: which words of a text are cues, the longest phrase first.

use std::collections::HashMap;
use std::ops::Range;

use crate::letter::sentence::Sentence;
use crate::text::{Span, Token, TokenKind, tokens};

/// Phrases by their first word, and by how a word ends ("*ectomy").
#[derive(Debug)]
pub(super) struct Cues<T> {
    by_first: HashMap<String, Vec<(Vec<String>, T)>>,
    endings: Vec<(String, T)>,
}

impl<T: Clone> Cues<T> {
    /// From phrases; words are compared without case.
    pub fn new<'p>(phrases: impl IntoIterator<Item = (&'p str, T)>) -> Self {
        let mut by_first: HashMap<String, Vec<(Vec<String>, T)>> = HashMap::new();
        let mut endings = Vec::new();
        for (phrase, cue) in phrases {
            if let Some(ending) = phrase.strip_prefix('*') {
                endings.push((ending.to_owned(), cue));
                continue;
            }
            let mut phrase_words = words(phrase, &tokens(phrase)).into_iter();
            if let Some(first) = phrase_words.next() {
                by_first.entry(first).or_default().push((phrase_words.collect(), cue));
            }
        }
        for phrases in by_first.values_mut() {
            phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        Self { by_first, endings }
    }

    /// The cue of the longest phrase that begins at a word, and the number of its words.
    pub fn at(&self, words: &[String], at: usize) -> Option<(usize, T)> {
        let word = words.get(at)?;
        let listed = self.by_first.get(word).and_then(|phrases| {
            phrases
                .iter()
                .find(|(rest, _)| {
                    words.get(at + 1..at + 1 + rest.len()).is_some_and(|next| next == rest.as_slice())
                })
                .map(|(rest, cue)| (rest.len() + 1, cue.clone()))
        });
        listed.or_else(|| {
            let ending = |(ending, _): &&(String, T)| word.len() > ending.len() + 2 && word.ends_with(ending);
            self.endings.iter().find(ending).map(|(_, cue)| (1, cue.clone()))
        })
    }
}

/// The tokens of a sentence that stand near a span, and which of them the span covers. The window keeps reading
/// linear where a text has no stops.
pub(super) fn near<'t>(
    tokens: &'t [Token],
    sentence: &Sentence,
    span: &Span,
    reach: usize,
) -> (&'t [Token], Range<usize>) {
    let sentence_tokens = &tokens[sentence.tokens.clone()];
    let start = sentence_tokens.partition_point(|token| token.span.end <= span.start);
    let end = sentence_tokens.partition_point(|token| token.span.start < span.end).max(start);
    let first = start.saturating_sub(reach);
    let last = sentence_tokens.len().min(end + reach);
    (&sentence_tokens[first..last], start - first..end - first)
}

/// The words of tokens in small letters, with the typewriter's apostrophe and without a possessive's ending.
pub(super) fn words(text: &str, tokens: &[Token]) -> Vec<String> {
    tokens
        .iter()
        .map(|token| {
            let mut word = text[token.span.clone()].to_lowercase();
            if token.kind == TokenKind::Word {
                word = word.replace('\u{2019}', "'");
                if let Some(owner) = word.strip_suffix("'s") {
                    word.truncate(owner.len());
                }
            }
            word
        })
        .collect()
}

/// The rows of a table of cues: what stands before the last column, and each of the phrases in it.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    table.lines().filter(|line| !line.starts_with('#')).flat_map(|line| {
        let mut columns = line.split('\t');
        let (of, kind) = (columns.next().unwrap_or_default(), columns.next().unwrap_or_default());
        columns.next().unwrap_or_default().split(" | ").map(move |phrase| (of, kind, phrase))
    })
}
