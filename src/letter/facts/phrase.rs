//! Phrases of a table of words, found in a text by their words: the longest that stands at a place.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use crate::letter::Sentence;
use crate::text::{Gap, Token, TokenKind};

/// A text's words, lower-cased once.
pub(super) struct Words<'a> {
    text: &'a str,
    tokens: &'a [Token],
    lower: Vec<Cow<'a, str>>,
}

impl<'a> Words<'a> {
    pub(super) fn new(text: &'a str, tokens: &'a [Token]) -> Self {
        Self { text, tokens, lower: tokens.iter().map(|token| lower(&text[token.span.clone()])).collect() }
    }

    /// A token as it is written.
    pub(super) fn raw(&self, index: usize) -> &'a str {
        &self.text[self.tokens[index].span.clone()]
    }

    /// A token in small letters; empty beyond the text.
    pub(super) fn lower(&self, index: usize) -> &str {
        self.lower.get(index).map_or("", |word| word)
    }

    pub(super) fn token(&self, index: usize) -> Option<&'a Token> {
        self.tokens.get(index)
    }

    /// The first token that does not begin before a byte.
    pub(super) fn index_at(&self, byte: usize) -> usize {
        self.tokens.partition_point(|token| token.span.start < byte)
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The word after a token, over a hyphen that joins the two; none over a lost name.
    pub(super) fn next(&self, index: usize) -> Option<usize> {
        let after = index + 1;
        match self.tokens.get(after)?.gap {
            Gap::None if is_dash(self.raw(after)) => {
                let joined = after + 1;
                let joins = matches!(self.tokens.get(joined)?.gap, Gap::None | Gap::Wrap);
                Some(if joins { joined } else { after })
            }
            Gap::None | Gap::Blank | Gap::Wrap => Some(after),
            Gap::Start | Gap::Blanks => None,
        }
    }

    /// The word before a token, likewise.
    pub(super) fn previous(&self, index: usize) -> Option<usize> {
        let before = index.checked_sub(1)?;
        let joins = matches!(self.tokens[index].gap, Gap::None | Gap::Wrap);
        match self.tokens[index].gap {
            Gap::Start | Gap::Blanks => None,
            _ if joins && is_dash(self.raw(before)) && self.tokens[before].gap == Gap::None => {
                before.checked_sub(1)
            }
            _ => Some(before),
        }
    }
}

/// The hyphen and the dashes that stand for it.
pub(super) fn is_dash(mark: &str) -> bool {
    matches!(mark, "-" | "\u{2010}" | "\u{2011}" | "\u{2013}" | "\u{2014}")
}

fn lower(word: &str) -> Cow<'_, str> {
    if word.contains(|c: char| c.is_uppercase() || c == '\u{2019}') {
        Cow::Owned(word.to_lowercase().replace('\u{2019}', "'"))
    } else {
        Cow::Borrowed(word)
    }
}

/// A word without the "'s" of its possessive.
fn bare(word: &str) -> &str {
    word.strip_suffix("'s").or_else(|| word.strip_suffix("\u{2019}s")).unwrap_or(word)
}

/// One of the words that may stand at a place of a phrase.
enum Alternative {
    /// In any case; the possessive counts as the word.
    Folded(String),
    /// With its case.
    Exact(String),
    /// Any number.
    Number,
}

impl Alternative {
    fn stands_at(&self, words: &Words<'_>, index: usize) -> bool {
        match self {
            Self::Folded(word) => {
                let found = words.lower(index);
                found == word || bare(found) == word
            }
            Self::Exact(word) => words.raw(index) == word || bare(words.raw(index)) == word,
            Self::Number => words.tokens[index].kind == TokenKind::Number,
        }
    }

    fn key(&self) -> String {
        match self {
            Self::Folded(word) => word.clone(),
            Self::Exact(word) => word.to_lowercase(),
            Self::Number => NUMBER.to_owned(),
        }
    }
}

const NUMBER: &str = "#";

/// The words that stand before a phrase's own words, these, and those after them.
#[derive(Default)]
struct Phrase {
    before: Vec<Vec<Alternative>>,
    core: Vec<Vec<Alternative>>,
    after: Vec<Vec<Alternative>>,
}

/// A table of phrases, each with what it means.
pub(super) struct Phrases<T> {
    phrases: Vec<(Phrase, T)>,
    /// By the first of a phrase's own words.
    by_word: HashMap<String, Vec<usize>>,
}

impl<T: Copy> Phrases<T> {
    pub(super) fn new() -> Self {
        Self { phrases: Vec::new(), by_word: HashMap::new() }
    }

    /// Adds a table's entries, parted by "; ". Their form: "a/b" is a choice, "(s)" an optional plural, "#" a number, a
    /// word with a capital keeps its case, and "{…}" are the phrase's own words where the others are company.
    pub(super) fn add(&mut self, entries: &str, value: T) {
        for entry in entries.split("; ") {
            let phrase = parse(entry);
            let index = self.phrases.len();
            for alternative in phrase.core.first().into_iter().flatten() {
                self.by_word.entry(alternative.key()).or_default().push(index);
            }
            self.phrases.push((phrase, value));
        }
    }

    /// The longest phrase whose own words begin at a token, and the tokens of these. Of two as long the later wins.
    pub(super) fn at(&self, words: &Words<'_>, index: usize) -> Option<(T, Range<usize>)> {
        self.all_at(words, index)
            .max_by_key(|(phrase, ..)| phrase.before.len() + phrase.core.len() + phrase.after.len())
            .map(|(_, value, end)| (value, index..end))
    }

    /// What every phrase means whose own words begin at a token.
    pub(super) fn values_at(&self, words: &Words<'_>, index: usize) -> impl Iterator<Item = T> {
        self.all_at(words, index).map(|(_, value, _)| value)
    }

    /// The phrases that stand at a token, what they mean, and the token after their own words.
    fn all_at(&self, words: &Words<'_>, index: usize) -> impl Iterator<Item = (&Phrase, T, usize)> {
        let folded = words.lower(index);
        let is_number = words.token(index).is_some_and(|token| token.kind == TokenKind::Number);
        let keys =
            [Some(folded), Some(bare(folded)).filter(|word| *word != folded), is_number.then_some(NUMBER)];
        keys.into_iter().flatten().filter_map(|key| self.by_word.get(key)).flatten().filter_map(
            move |&phrase| {
                let (phrase, value) = &self.phrases[phrase];
                Some((phrase, *value, phrase.end(words, index)?))
            },
        )
    }
}

impl Phrase {
    /// The token after the phrase's own words, if it stands there.
    fn end(&self, words: &Words<'_>, start: usize) -> Option<usize> {
        let stands = |place: &[Alternative], at| place.iter().any(|word| word.stands_at(words, at));
        let mut last = start;
        for (step, place) in self.core.iter().enumerate() {
            last = if step == 0 { start } else { words.next(last)? };
            if !stands(place, last) {
                return None;
            }
        }
        let mut after = last;
        for place in &self.after {
            after = words.next(after).filter(|&at| stands(place, at))?;
        }
        let mut before = start;
        for place in self.before.iter().rev() {
            before = words.previous(before).filter(|&at| stands(place, at))?;
        }
        Some(last + 1)
    }
}

fn parse(entry: &str) -> Phrase {
    let mut phrase = Phrase::default();
    let marked = entry.contains('{');
    let (mut inside, mut past) = (!marked, false);
    for word in entry.split_whitespace() {
        inside |= word.starts_with('{');
        let place = alternatives(word.trim_start_matches('{').trim_end_matches('}'));
        let places = if past {
            &mut phrase.after
        } else if inside {
            &mut phrase.core
        } else {
            &mut phrase.before
        };
        places.push(place);
        past |= word.ends_with('}');
    }
    phrase
}

fn alternatives(word: &str) -> Vec<Alternative> {
    if word == "/" {
        return vec![Alternative::Folded(word.to_owned())];
    }
    let mut alternatives = Vec::new();
    for choice in word.split('/') {
        match choice.strip_suffix("(s)") {
            Some(singular) => {
                alternatives.push(alternative(singular));
                alternatives.push(alternative(&format!("{singular}s")));
            }
            None => alternatives.push(alternative(choice)),
        }
    }
    alternatives
}

fn alternative(word: &str) -> Alternative {
    if word == NUMBER {
        Alternative::Number
    } else if word.contains(char::is_uppercase) {
        Alternative::Exact(word.to_owned())
    } else {
        Alternative::Folded(word.to_owned())
    }
}

/// A sentence has no more words; a list without stops may, and must not make reading slow.
const MAX_REACH: usize = 100;

/// The tokens of the sentence that holds a token, as far as a writer's eye goes.
pub(super) fn sentence_around(sentences: &[Sentence], token: usize) -> Range<usize> {
    let index = sentences.partition_point(|sentence| sentence.tokens.end <= token);
    let whole = sentences.get(index).map_or(token..token + 1, |sentence| sentence.tokens.clone());
    whole.start.max(token.saturating_sub(MAX_REACH))..whole.end.min(token + MAX_REACH)
}

/// The rows of a table, split at tabs; comments and empty lines are left out.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| line.split('\t').collect())
}

/// Runs a reader over a table of cases and tells all rows that fail at once.
#[cfg(test)]
pub(super) fn check_cases(table: &'static str, read: impl Fn(&str, &[Token], &[Sentence]) -> Vec<String>) {
    let mut faults = Vec::new();
    let mut count = 0;
    for row in rows(table) {
        count += 1;
        let text = row[0].replace("\\n", "\n");
        let expected = row.get(1).copied().unwrap_or_default();
        let tokens = crate::text::tokens(&text);
        let sentences = crate::letter::sentence::sentences(&text, &tokens);
        let found = read(&text, &tokens, &sentences).join("; ");
        if found != expected {
            faults.push(format!("{}\n   expected: {expected}\n   found:    {found}", row[0]));
        }
    }
    assert!(count >= 40, "only {count} cases");
    assert!(faults.is_empty(), "{} of {count} cases fail\n{}", faults.len(), faults.join("\n"));
}
