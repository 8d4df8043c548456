//! Regular expressions that are cheap to begin with.

use std::sync::OnceLock;

use regex::Regex;

use super::{Key, key};

/// Letters beyond ASCII are as good as all alike: classes of every script's capitals take a hundred times as long to
/// compile. Latin's own supplement tells its capitals. Scripts are left out that would need one more branch of
/// UTF-8 in every class.
const CLASSES: [(&str, &str); 6] = [
    (r"\p{Lu}", r"[A-ZÀ-ÖØ-Þ\x{100}-\x{7ff}\x{1000}-\x{1fff}]"),
    (r"\p{Ll}", r"[a-zß-öø-ÿ\x{100}-\x{7ff}\x{1000}-\x{1fff}]"),
    (r"\p{L}", r"[A-Za-zÀ-ÖØ-öø-ÿ\x{100}-\x{7ff}\x{1000}-\x{1fff}]"),
    (r"\w", r"[0-9A-Za-z_ªµºÀ-ÖØ-öø-ÿ\x{100}-\x{7ff}\x{1000}-\x{1fff}]"),
    (r"\W", r"[^0-9A-Za-z_ªµºÀ-ÖØ-öø-ÿ\x{100}-\x{7ff}\x{1000}-\x{1fff}]"),
    (r"\d", r"[0-9]"),
];

/// Compiles a constant pattern; its classes of letters and digits hold what letters are written in, not every script.
///
/// # Panics
/// If it is none.
#[must_use]
pub fn pattern(pattern: &str) -> Regex {
    let mut pattern = pattern.to_owned();
    for (class, members) in CLASSES {
        pattern = pattern.replace(class, members);
    }
    Regex::new(&pattern).expect("a constant pattern")
}

/// A constant pattern that is compiled at the first text that holds the words without which it cannot match.
#[derive(Debug)]
pub struct Pattern {
    /// The keys of the words of each group.
    words: Vec<Box<[Key]>>,
    source: String,
    compiled: OnceLock<Regex>,
}

impl Pattern {
    /// A pattern of which every match holds a word of each group; `source` is as [`pattern`] takes it.
    #[must_use]
    pub fn with(words: &[&[&str]], source: impl Into<String>) -> Self {
        let words = words.iter().map(|group| group.iter().map(|word| key(word)).collect()).collect();
        Self { words, source: source.into(), compiled: OnceLock::new() }
    }

    /// The pattern, if a text, which `has` tells to hold a word's key or not, can match it.
    pub fn if_any(&self, has: impl Fn(Key) -> bool) -> Option<&Regex> {
        self.can_match(has).then(|| self.compiled.get_or_init(|| pattern(&self.source)))
    }

    /// Whether a text, as [`Self::if_any`] asks of it, can match it.
    pub fn can_match(&self, has: impl Fn(Key) -> bool) -> bool {
        self.words.iter().all(|group| group.iter().any(|&word| has(word)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_hold_letters_of_names() {
        let name = pattern(r"^\p{Lu}\p{Ll}+(?:[ -]\p{Lu}\w+)*$");
        for found in ["Émile Zoë-Ångström", "Łukasz Štěpán", "Νίκος", "Ana"] {
            assert!(name.is_match(found), "{found}");
        }
        for other in ["émile", "Ana 2", "Ana—Eva", "ana"] {
            assert!(!name.is_match(other), "{other}");
        }
    }

    #[test]
    fn a_pattern_waits_for_its_words() {
        let waiting = Pattern::with(&[&["licence"]], r"licence \d+");
        assert!(waiting.if_any(|word| word == key("chart")).is_none());
        assert!(
            waiting.if_any(|word| word == key("licence")).is_some_and(|found| found.is_match("licence 12"))
        );
    }
}
