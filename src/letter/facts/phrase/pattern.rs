//! One phrase: its parts, and whether it stands at a place.

use std::sync::LazyLock;

use crate::letter::facts::words::{Key, Words, key, without_possessive};
use crate::text::tokens;

const NUMBER: &str = "<number>";

/// The words that stand before a phrase's own words, these, and those after them.
#[derive(Default)]
pub(super) struct Phrase {
    before: Vec<Place>,
    pub own: Vec<Place>,
    after: Vec<Place>,
}

impl Phrase {
    pub fn parse(entry: &str) -> Self {
        let mut phrase = Self::default();
        phrase.own.reserve_exact(entry.bytes().filter(|&byte| byte == b' ').count() + 1);
        let (mut is_inside, mut is_past) = (!entry.contains('{'), false);
        for word in entry.split(' ') {
            is_inside |= word.starts_with('{');
            let places = if is_past {
                &mut phrase.after
            } else if is_inside {
                &mut phrase.own
            } else {
                &mut phrase.before
            };
            Place::parse(word.trim_start_matches('{').trim_end_matches('}'), places);
            is_past |= word.ends_with('}');
        }
        debug_assert!(phrase.own.first().is_some_and(|first| !first.is_optional), "{entry}");
        phrase
    }

    /// The token behind the phrase's own words, and the number of tokens with its company, if it stands there.
    pub fn stands_at(&self, words: &Words, start: usize, end: usize) -> Option<(usize, usize)> {
        let (first, rest) = self.own.split_first()?;
        if !first.takes(words, start) {
            return None;
        }
        let last = forward(rest, words, start, end)?;
        let after = forward(&self.after, words, last, end)?;
        let before = backward(&self.before, words, start)?;
        Some((last + 1, after + 1 - before))
    }
}

/// The first of a phrase's own words, as it is written.
pub(super) fn first_word(entry: &str) -> &str {
    let own = entry.find('{').map_or(entry, |brace| &entry[brace..]);
    own.split(' ').next().unwrap_or_default().trim_start_matches('{').trim_end_matches('}')
}

/// The furthest token on which some places end that follow a token.
fn forward(places: &[Place], words: &Words, last: usize, end: usize) -> Option<usize> {
    let Some((place, rest)) = places.split_first() else { return Some(last) };
    let skipped = if place.is_optional { forward(rest, words, last, end) } else { None };
    let next = words.next(last).and_then(|next| {
        // A hyphen may be the phrase's own.
        let is_own = last + 1 < next && place.takes(words, last + 1);
        if is_own { Some(last + 1) } else { Some(next).filter(|&next| place.takes(words, next)) }
    });
    let taken = next.filter(|&next| next < end).and_then(|next| forward(rest, words, next, end));
    taken.max(skipped).or_else(|| {
        let adverb = words.next(last).filter(|&next| next < end && is_connective(words, next))?;
        forward(places, words, adverb, end)
    })
}

/// Whether a word only joins its clause to what was said, so that a phrase goes on behind it: "are therefore met".
fn is_connective(words: &Words, at: usize) -> bool {
    const CONNECTIVES: [&str; 10] = [
        "therefore",
        "thus",
        "hence",
        "accordingly",
        "consequently",
        "indeed",
        "likewise",
        "plainly",
        "clearly",
        "certainly",
    ];
    static KEYS: LazyLock<[Key; 10]> = LazyLock::new(|| CONNECTIVES.map(key));
    words.keys(at).is_some_and(|(word, _)| KEYS.contains(&word))
}

/// The token on which some places begin that end before a token.
fn backward(places: &[Place], words: &Words, first: usize) -> Option<usize> {
    let Some((place, rest)) = places.split_last() else { return Some(first) };
    let skipped = if place.is_optional { backward(rest, words, first) } else { None };
    let previous = words.previous(first).filter(|&previous| place.takes(words, previous));
    let taken = previous.and_then(|previous| backward(rest, words, previous));
    match (taken, skipped) {
        (Some(taken), Some(skipped)) => Some(taken.min(skipped)),
        (taken, skipped) => taken.or(skipped),
    }
}

/// Whether a word stands for itself alone; most do, and there are many.
pub(super) fn is_plain(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// What may stand at a place of a phrase.
#[derive(Default)]
pub(super) struct Place {
    /// The key of a word in small letters: most places have just one, which needs no list.
    word: Option<Key>,
    /// The keys of further words.
    others: Vec<Key>,
    /// Words whose case matters.
    pub cased: Vec<String>,
    pub is_number: bool,
    is_optional: bool,
}

impl Place {
    /// Adds the places of a word of a phrase: one, unless its tokens are several ("w/o").
    pub fn parse(word: &str, places: &mut Vec<Self>) {
        if is_plain(word) {
            return places.push(Self { word: Some(key(word)), ..Self::default() });
        }
        if word == NUMBER {
            return places.push(Self { is_number: true, ..Self::default() });
        }
        let optional = word.strip_suffix('?').filter(|word| !word.is_empty());
        let choices = optional.unwrap_or(word);
        let is_plain = |word: &str| word.bytes().all(|byte| byte.is_ascii_alphabetic());
        if !is_plain(choices) && !choices.contains('|') && !choices.ends_with("(s)") {
            let parts = tokens(choices);
            if parts.len() > 1 {
                let parts = parts.into_iter().map(|token| &choices[token.span]).filter(|part| *part != "-");
                return places.extend(parts.map(|part| Self::of([part].into_iter(), optional.is_some())));
            }
        }
        places.push(Self::of(choices.split('|'), optional.is_some()));
    }

    fn of<'a>(choices: impl Iterator<Item = &'a str>, is_optional: bool) -> Self {
        let mut place = Self { is_optional, ..Self::default() };
        for choice in choices {
            match choice.strip_suffix("(s)") {
                Some(singular) => {
                    place.add(singular);
                    place.add(&format!("{singular}s"));
                }
                None => place.add(choice),
            }
        }
        place
    }

    fn add(&mut self, word: &str) {
        debug_assert_eq!(tokens(word).len(), 1, "{word} is a token");
        if word.contains(char::is_uppercase) {
            self.cased.push(word.to_owned());
        } else if self.word.is_none() {
            self.word = Some(key(word));
        } else {
            self.others.push(key(word));
        }
    }

    /// The keys of its words in small letters.
    pub fn keys(&self) -> impl Iterator<Item = Key> {
        self.word.into_iter().chain(self.others.iter().copied())
    }

    fn takes(&self, words: &Words, at: usize) -> bool {
        let Some((whole, bare)) = words.keys(at) else { return false };
        let is = |word: &Key| *word == whole || *word == bare;
        let is_so_written = |wanted: &String| {
            let raw = words.raw(at);
            wanted == raw || wanted == without_possessive(raw)
        };
        self.word.as_ref().is_some_and(is)
            || self.others.iter().any(is)
            || self.is_number && words.is_number(at)
            || self.cased.iter().any(is_so_written)
    }
}
