//! Whether a noun speaks of one or of several.

use crate::engine::SentenceWords;
use crate::text::Parts;

/// The number of a noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    Singular,
    Plural,
}

impl Number {
    /// That of a noun that the lint knows.
    pub fn of(words: &SentenceWords<'_>, word: &str) -> Option<Self> {
        if ["nouns", "persons", "masses"].iter().any(|set| words.is_in(set, word)) {
            return Some(Self::Singular);
        }
        singular_of(words, word).map(|_| Self::Plural)
    }

    /// That of any noun, by its parts of speech; none of what can be an adjective too.
    pub fn by_parts(words: &SentenceWords<'_>, at: usize) -> Option<Self> {
        let (word, token) = (words.word(at), words.context.content.tokens.get(at)?);
        let is_name = words.context.content.word(at).starts_with(char::is_uppercase);
        let parts = Parts::of(token.key)?;
        let meets = |names: &str| Parts::parse(names).is_some_and(|wanted| parts.meets(wanted));
        // "The worker states has": a verb, and a word is missing.
        let is_said = meets("verbs") && words.is_before("persons", at);
        let is_other = is_said || meets("adjective/adverb/gerund/participle/grammar");
        if is_name || is_other || words.is_in("collective", word) {
            return None;
        }
        match (meets("noun"), meets("nouns")) {
            (true, false) if !word.ends_with('s') => Some(Self::Singular),
            (false, true) if word.ends_with('s') => Some(Self::Plural),
            _ => None,
        }
    }
}

/// A noun without the ending of its plural, where the lint knows that noun.
pub fn singular_of(words: &SentenceWords<'_>, word: &str) -> Option<String> {
    let stem = word.strip_suffix('s')?;
    let stems = [
        Some(stem.to_owned()),
        stem.strip_suffix('e').map(str::to_owned),
        stem.strip_suffix("ie").map(|stem| format!("{stem}y")),
    ];
    stems.into_iter().flatten().find(|stem| words.is_in("nouns", stem) || words.is_in("persons", stem))
}

/// A noun in the plural.
pub fn plural_of(noun: &str) -> String {
    let ends_hissing = ["s", "x", "ch", "sh"].iter().any(|end| noun.ends_with(end));
    match noun.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])) {
        Some(stem) => format!("{stem}ies"),
        None if ends_hissing => format!("{noun}es"),
        None => format!("{noun}s"),
    }
}
