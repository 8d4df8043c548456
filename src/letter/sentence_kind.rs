//! What kind of sentence one is: about the case, a guideline's, somebody else's words, or a condition.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use super::quotation::{mostly_within, quotations};
use crate::text::{self, Key, Token, TokenKind, WordClass, key};

/// What a sentence is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SentenceKind {
    /// It says something of this case, in the writer's own words.
    Statement,
    /// Somebody else's words, quoted or reported ("The utilization review states that …").
    Attributed,
    /// What a guideline says, or what holds for patients in general.
    Guideline,
    /// What holds if something else does.
    Conditional,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Words {
    guidelines: List,
    guideline_verbs: List,
    applied: List,
    not_before: List,
    after_patients: List,
    sources: List,
    patients: List,
    case: List,
    this_case: Vec<String>,
    telling: List,
    writing: List,
    passive: List,
    pronouns: List,
    quoting: Vec<String>,
    conditions: Vec<String>,
    whether: List,
    asides: List,
    general: List,
}

/// Words, which are asked for of every word of a sentence.
#[derive(Deserialize)]
#[serde(from = "Vec<String>")]
struct List(WordClass);

impl From<Vec<String>> for List {
    fn from(words: Vec<String>) -> Self {
        Self(WordClass::new(words))
    }
}

impl List {
    fn contains(&self, word: Word<'_>) -> bool {
        self.0.has(word.key)
    }
}

/// A word in small letters.
#[derive(Clone, Copy)]
struct Word<'a> {
    text: &'a str,
    key: Key,
}

/// `sentence_kind.toml` as the build has it.
const LISTS: &str = include_str!(concat!(env!("OUT_DIR"), "/src/letter/sentence_kind.json"));

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words: Words = serde_json::from_str(LISTS).expect("the word lists of the product are valid");
    // Phrases stand between blanks, so that they match whole words of a sentence that is spaced likewise.
    let lists = [&mut words.this_case, &mut words.quoting, &mut words.conditions];
    for phrase in lists.into_iter().flatten() {
        *phrase = format!(" {phrase} ");
    }
    words
});

/// The kinds of the sentences of one block, given as ranges of its tokens.
pub(super) fn kinds(text: &str, tokens: &[Token], sentences: &[Range<usize>]) -> Vec<SentenceKind> {
    let quoted = quotations(text, tokens, sentences);
    let mut kinds = Vec::with_capacity(sentences.len());
    // Whether what a colon announced goes on: to the first sentence that comes back to the case.
    let mut announced = false;
    for range in sentences {
        let label = if range.start == 0 { label(text, tokens, range) } else { 0 };
        let sentence = Reading::read(text, &tokens[range.start + label..range.end]);
        announced = announced && !sentence.is_of_case();
        let is_quoted = mostly_within(range, &quoted);
        let kind = if announced || is_quoted { SentenceKind::Attributed } else { sentence.kind() };
        let announces = sentence.announces();
        announced |= announces && !sentence.quotes_after_colon;
        kinds.push(if announces && kind == SentenceKind::Statement {
            SentenceKind::Attributed
        } else {
            kind
        });
    }
    kinds
}

fn has_phrase(spaced: &str, phrases: &[String]) -> bool {
    phrases.iter().any(|phrase| spaced.contains(phrase.as_str()))
}

/// The tokens of a field's label before its value ("Decision rationale:").
fn label(text: &str, tokens: &[Token], sentence: &Range<usize>) -> usize {
    const LONGEST: usize = 5;
    let first = &tokens[sentence.start..sentence.end.min(sentence.start + LONGEST)];
    let Some(colon) = first.iter().position(|token| &text[token.span.clone()] == ":") else { return 0 };
    if Reading::read(text, &first[..=colon]).announces() { 0 } else { colon + 1 }
}

/// A sentence as its words in lower case.
struct Reading<'a> {
    words: Vec<Word<'a>>,
    /// The words with a blank around each, for phrases.
    spaced: String,
    /// The words before the first colon, spaced likewise; absent without one.
    before_colon: Option<String>,
    quotes_after_colon: bool,
    cites_author: bool,
    /// Whether it says "in this case" or the like.
    tells_case: bool,
}

impl<'a> Reading<'a> {
    fn read(text: &'a str, tokens: &'a [Token]) -> Self {
        static AUTHOR: LazyLock<Regex> =
            LazyLock::new(|| text::pattern(r"\([A-Z][A-Za-z' -]+,? (?:et al\.?,? )?\d{4}\)\.?$"));
        let length = |range: &[Token]| range.last().map_or(0, |last| last.span.end - range[0].span.start);
        let mut words = Vec::with_capacity(tokens.len());
        let mut spaced = String::with_capacity(length(tokens) + 2);
        spaced.push(' ');
        let mut before_colon = None;
        let mut quotes_after_colon = false;
        for (index, token) in tokens.iter().enumerate() {
            let word = &text[token.span.clone()];
            let next = tokens.get(index + 1).map_or("", |next| &text[next.span.clone()]);
            quotes_after_colon |= word == ":" && matches!(next, "\"" | "\u{201c}");
            if word == ":" && before_colon.is_none() {
                before_colon = Some(spaced.clone());
            }
            if token.kind != TokenKind::Mark {
                let word = token.small(text);
                spaced.push_str(word);
                spaced.push(' ');
                words.push(Word { text: word, key: token.key });
            }
        }
        let span = tokens.first().map_or(0, |token| token.span.start)
            ..tokens.last().map_or(0, |token| token.span.end);
        let text = &text[span];
        let cites_author = text.trim_end_matches('.').ends_with(')') && AUTHOR.is_match(text);
        let tells_case = has_phrase(&spaced, &WORDS.this_case);
        Self { words, spaced, before_colon, quotes_after_colon, cites_author, tells_case }
    }

    fn kind(&self) -> SentenceKind {
        if self.is_guideline() {
            SentenceKind::Guideline
        } else if self.is_attributed() {
            SentenceKind::Attributed
        } else if self.is_conditional() {
            SentenceKind::Conditional
        } else {
            SentenceKind::Statement
        }
    }

    fn has_any(&self, words: &List) -> bool {
        self.words.iter().any(|word| words.contains(*word))
    }

    /// Whether it comes back to the case at hand after words that were not about it.
    fn is_of_case(&self) -> bool {
        self.tells_case || self.words.iter().take(3).any(|word| WORDS.patients.contains(*word))
    }

    /// Whether it holds words that tie it to the patient or the request, and not to patients in general.
    fn names_case(&self) -> bool {
        let of_patient = self.words.iter().enumerate().any(|(at, word)| {
            let general =
                at > 0 && matches!(self.words[at - 1].text, "a" | "any" | "each" | "every" | "when");
            WORDS.patients.contains(*word) && !general
        });
        of_patient || self.has_any(&WORDS.case) || self.tells_case
    }

    fn is_guideline(&self) -> bool {
        if self.tells_case {
            return false;
        }
        self.is_spoken_by_guideline() || !self.names_case() && (self.follows_source() || self.is_general())
    }

    /// "The MTUS recommends …", "Criteria for … include …".
    fn is_spoken_by_guideline(&self) -> bool {
        const SUBJECT: usize = 10;
        const PREDICATE: usize = 12;
        let Some(subject) = self.words.iter().take(SUBJECT).position(|word| WORDS.guidelines.contains(*word))
        else {
            return false;
        };
        let is_subject = !self.words[..subject].iter().any(|word| {
            WORDS.case.contains(*word)
                || WORDS.patients.contains(*word)
                || WORDS.sources.contains(*word)
                || WORDS.guideline_verbs.contains(*word)
                || WORDS.not_before.contains(*word)
        });
        let predicate = self.words[subject + 1..]
            .iter()
            .take(PREDICATE)
            .find(|word| WORDS.guideline_verbs.contains(**word) || WORDS.applied.contains(**word));
        is_subject
            && match predicate {
                Some(verb) => WORDS.guideline_verbs.contains(*verb),
                None => !self.names_case(),
            }
    }

    /// "According to the MTUS, …", "Per ODG, …".
    fn follows_source(&self) -> bool {
        const SOURCE: usize = 6;
        let opening = self.words.iter().take(SOURCE).skip_while(|word| word.text == "as");
        let mut opening = opening.copied();
        opening.next().is_some_and(|word| WORDS.sources.contains(word))
            && opening.any(|word| WORDS.guidelines.contains(word))
    }

    /// "Patients with …", "… is recommended for …", "… should be …": of no patient in particular.
    fn is_general(&self) -> bool {
        let patients = self.words.windows(2).take(4).any(|pair| {
            matches!(pair[0].text, "patients" | "individuals") && WORDS.after_patients.contains(pair[1])
        });
        let a_patient = self.spaced.starts_with(" a patient ");
        let recommended = self.words.windows(3).any(|words| {
            let past = matches!(words[0].text, "was" | "were" | "been");
            words[1].text == "recommended" && WORDS.general.contains(words[2]) && !past
        });
        // "The drug should be reduced" is advice in this case, "Opioids should be reduced" holds for all.
        let is_definite = self
            .words
            .first()
            .is_some_and(|word| matches!(word.text, "the" | "this" | "that" | "these" | "those" | "it"));
        let should_be =
            self.spaced.contains(" should be ") && !is_definite && !self.spaced.starts_with(" should be ");
        patients
            || a_patient
            || recommended
            || should_be
            || self.cites_author
            || self.is_upheld_by_guideline()
    }

    /// "A repeat block is supported by the cited guideline when …".
    fn is_upheld_by_guideline(&self) -> bool {
        const NAME: usize = 8;
        self.words.iter().position(|word| word.text == "by").is_some_and(|by| {
            let mut name =
                self.words[by + 1..].iter().take(NAME).skip_while(|word| !WORDS.guidelines.contains(**word));
            name.next().is_some() && name.next().is_some_and(|word| WORDS.general.contains(*word))
        })
    }

    /// "The utilization review states that …"; not the patient, and not "it is noted that".
    fn is_attributed(&self) -> bool {
        self.words.iter().enumerate().any(|(at, verb)| {
            let tells = WORDS.telling.contains(*verb);
            let subject = self.words[..at].iter().rfind(|word| word.text != "also");
            // "She reports that" is said of a patient as a rule, "she wrote that" of a clinician.
            let is_excused = subject.is_some_and(|subject| {
                WORDS.passive.contains(*subject) || tells && WORDS.pronouns.contains(*subject)
            });
            (tells || WORDS.writing.contains(*verb))
                && self.has_clause_after(at)
                && !is_excused
                && !self.words[..at].iter().any(|word| WORDS.patients.contains(*word))
        })
    }

    /// Whether "that" follows a verb, at once or after a date or a place ("wrote on 03/04/2016 that").
    fn has_clause_after(&self, verb: usize) -> bool {
        const ASIDE: usize = 6;
        let mut after = self.words[verb + 1..].iter().take(ASIDE);
        let next = after.next().map(|word| word.text);
        next == Some("that")
            || matches!(next, Some("on" | "in" | "at" | "to" | "under" | "by"))
                && after.any(|word| word.text == "that")
    }

    /// Whether it announces somebody else's words before a colon.
    fn announces(&self) -> bool {
        self.before_colon.as_deref().is_some_and(|before| {
            WORDS.quoting.iter().any(|phrase| before.ends_with(phrase.as_str()))
                && !before.split(' ').any(|word| WORDS.patients.0.has(key(word)))
        })
    }

    fn is_conditional(&self) -> bool {
        let opens = has_phrase(&self.spaced, &WORDS.conditions)
            || self.spaced.starts_with(" should the ")
            || self.spaced.starts_with(" should he ")
            || self.spaced.starts_with(" should she ");
        let has_if = self.words.iter().enumerate().any(|(at, word)| {
            let before = at.checked_sub(1).map(|before| self.words[before]);
            let after = self.words.get(at + 1).copied();
            word.text == "if"
                && !before.is_some_and(|word| WORDS.whether.contains(word))
                && !after.is_some_and(|word| WORDS.asides.contains(word))
        });
        opens || has_if
    }
}

#[cfg(test)]
mod tests {
    use crate::letter::sentence::sentences;
    use crate::text::tokens;

    #[test]
    fn kinds_of_sentences() {
        let mut faults = Vec::new();
        let mut cases = 0;
        for case in include_str!("cases/sentence_kind.tsv").lines().filter(|line| !line.starts_with('#')) {
            let (text, expected) = case.split_once('\t').expect("a text and a kind");
            let text = text.replace("\\n", "\n");
            let sentences = sentences(&text, &tokens(&text));
            let kind = sentences.last().map(|sentence| format!("{:?}", sentence.kind).to_lowercase());
            if kind.as_deref() != Some(expected) {
                faults.push(format!("{text}: {kind:?}, not {expected}"));
            }
            cases += 1;
        }
        assert!(cases > 60);
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
