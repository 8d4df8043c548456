//! Statements of the patient's sex by a noun or a title: "42-year-old female", "this gentleman", "Ms. Doe, 45,".

use std::borrow::Cow;

use super::lexicon::{self, Class};
use super::meaning::Who;
use crate::letter::facts::Sex;
use crate::letter::sentence::Sentence;
use crate::text::{Gap, Span, Token, TokenKind};

/// A statement of the patient's sex by a noun ("42-year-old female", "this gentleman").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SexStatement {
    /// Logical span of the noun, or of the title ("Ms.").
    pub span: Span,
    /// What it states.
    pub sex: Sex,
    /// Index of the token that states it.
    pub token: usize,
}

/// Nouns that state a sex.
pub(in crate::letter) fn noun(word: &str) -> Option<Sex> {
    match word {
        "female" | "woman" | "lady" | "girl" => Some(Sex::Female),
        "male" | "man" | "gentleman" | "boy" => Some(Sex::Male),
        _ => None,
    }
}

/// Occupations whose word states a sex; only behind an age ("29-year-old waitress").
fn occupation(word: &str) -> Option<Sex> {
    sex_of_class(word, Class::WomansWork, Class::MansWork)
}

/// What only a woman or a man is at home; only said of the patient ("is a widow", "is a mother of three").
fn standing(word: &str) -> Option<Sex> {
    sex_of_class(word, Class::WomansStanding, Class::MansStanding)
}

fn sex_of_class(word: &str, womans: Class, mans: Class) -> Option<Sex> {
    let classes = Class::all_of(word);
    let mans = || mans.is_among(classes).then_some(Sex::Male);
    womans.is_among(classes).then_some(Sex::Female).or_else(mans)
}

/// Words that end the run of adjectives between an age and its noun.
const NO_ADJECTIVE: &[&str] = &[
    "who",
    "with",
    "has",
    "had",
    "is",
    "was",
    "whose",
    "presents",
    "presented",
    "by",
    "in",
    "of",
    "to",
    "from",
    "on",
    "for",
    "that",
    "when",
    "while",
    "she",
    "he",
    "her",
    "his",
    "reports",
    "sustained",
    "underwent",
    "seen",
    "here",
    "accompanied",
    "whom",
    "at",
    "as",
    "the",
    "their",
];

/// Whether a word cannot stand between an age and its noun, or between that and an occupation.
pub(in crate::letter) fn ends_adjectives(word: &str) -> bool {
    NO_ADJECTIVE.contains(&word)
}

/// How far an age or a verb may stand before its noun, in tokens ("42-year-old, right-hand dominant, obese female").
const REACH: usize = 14;

/// Finds the statements in a text whose person can be the patient.
pub(in crate::letter) fn statements(
    text: &str,
    tokens: &[Token],
    sentences: &[Sentence],
) -> Vec<SexStatement> {
    let reader = Reader { text, tokens };
    let mut found = Vec::new();
    for sentence in sentences {
        for at in sentence.tokens.clone() {
            if let Some(sex) = reader.stated_at(at, sentence) {
                let start = tokens[at].span.start;
                let word = lexicon::without_possession(&text[tokens[at].span.clone()]);
                found.push(SexStatement { span: start..start + word.len(), sex, token: at });
            }
        }
    }
    found
}

/// In small letters; most words are already.
fn lowercase(word: &str) -> Cow<'_, str> {
    let is_small = word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_small { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) }
}

struct Reader<'t> {
    text: &'t str,
    tokens: &'t [Token],
}

impl<'t> Reader<'t> {
    fn word(&self, at: usize) -> &'t str {
        self.tokens[at].small(self.text)
    }

    fn stated_at(&self, at: usize, sentence: &Sentence) -> Option<Sex> {
        if self.tokens[at].kind != TokenKind::Word {
            return None;
        }
        let raw = lexicon::without_possession(&self.text[self.tokens[at].span.clone()]);
        let word = lowercase(raw);
        if let Some(sex) = title(&word) {
            return self.title_with_age(at, sentence).then_some(sex);
        }
        let letter = match raw {
            "F" => Some(Sex::Female),
            "M" => Some(Sex::Male),
            _ => None,
        };
        if let Some(sex) = letter {
            let directly = at > sentence.tokens.start && self.ends_age(at - 1, sentence);
            let stated = directly || self.follows_label(at);
            return (stated && !self.is_other_person(at, sentence)).then_some(sex);
        }
        if let Some(sex) = occupation(&word) {
            let is_stated = self.follows_age(at, sentence) || self.follows_patient_is(at, sentence);
            return is_stated.then_some(sex);
        }
        if let Some(sex) = standing(&word) {
            let is_stated = self.follows_patient_is(at, sentence) || self.is_apposed_to_patient(at, sentence);
            return is_stated.then_some(sex);
        }
        let sex = noun(&word)?;
        if self.follows_label(at) {
            return Some(sex);
        }
        if self.is_other_person(at, sentence) {
            return None;
        }
        let stated = self.precedes_age(at, sentence)
            || self.follows_age(at, sentence)
            || self.follows_patient_is(at, sentence)
            || self.is_this_person(at, &word, sentence);
        stated.then_some(sex)
    }

    /// "Sex: F", "Gender: male", "Patient: Male, 46".
    fn follows_label(&self, at: usize) -> bool {
        at >= 2
            && self.word(at - 1) == ":"
            && (matches!(self.word(at - 2), "sex" | "gender" | "insured") || self.is_patient(at - 2))
    }

    /// "Ms. Garcia is a 42-year-old …"
    fn title_with_age(&self, at: usize, sentence: &Sentence) -> bool {
        let end = (at + 12).min(sentence.tokens.end);
        let named = self.tokens.get(at + 1..end).is_some_and(|rest| {
            rest.iter().take(2).any(|token| self.text[token.span.clone()].starts_with(char::is_uppercase))
        });
        let in_commas = (at + 2..end.min(at + 6)).any(|next| {
            self.word(next) == "," && self.is_age(next + 1) && self.word_or_empty(next + 2) == ","
        });
        named && in_commas
            || named
                && (at + 2..end).any(|next| matches!(self.word(next), "is" | "was"))
                && (at + 2..end).any(|next| self.ends_age(next, sentence))
    }

    /// Whether an age ends at this token: "42-year-old", "42 y/o", "42 yo".
    fn ends_age(&self, at: usize, sentence: &Sentence) -> bool {
        let first = sentence.tokens.start;
        let back = |count: usize| at.checked_sub(count).filter(|&token| token >= first);
        match self.word(at) {
            "old" => (1..=4).filter_map(back).any(|token| {
                matches!(
                    self.word(token),
                    "year" | "years" | "yr" | "yrs" | "month" | "months" | "week" | "day"
                )
            }),
            "yo" => back(1).is_some_and(|token| self.tokens[token].kind == TokenKind::Number),
            "o" => {
                back(2).is_some_and(|token| self.word(token) == "y")
                    && back(1).is_some_and(|token| matches!(self.word(token), "/" | "."))
            }
            _ => false,
        }
    }

    /// "a lady of 63", "Female, 33 years old".
    fn precedes_age(&self, at: usize, sentence: &Sentence) -> bool {
        let is_old = || self.word_or_empty(at + 4) == "old";
        match self.word_or_empty(at + 1) {
            "of" => self.is_age(at + 2),
            "," => at == sentence.tokens.start && self.is_age(at + 2) && is_old(),
            _ => false,
        }
    }

    /// "The applicant is a 72-year-old guard, a widower,".
    fn is_apposed_to_patient(&self, at: usize, sentence: &Sentence) -> bool {
        let first = sentence.tokens.start;
        let is_apposed = at >= first + 2 && self.word(at - 1) == "a" && self.word(at - 2) == ",";
        let is_patient =
            |token| self.is_patient(token) && matches!(self.word_or_empty(token + 1), "is" | "was");
        is_apposed
            && (first..at).any(is_patient)
            && (first..at).any(|token| self.ends_age(token, sentence))
            && !self.is_other_person(at, sentence)
    }

    fn word_or_empty(&self, at: usize) -> &'t str {
        if at < self.tokens.len() { self.word(at) } else { "" }
    }

    /// A number of years that somebody at work can have.
    fn is_age(&self, at: usize) -> bool {
        self.word_or_empty(at).parse().is_ok_and(|years: usize| (14..=99).contains(&years))
    }

    fn follows_age(&self, at: usize, sentence: &Sentence) -> bool {
        let first = sentence.tokens.start.max(at.saturating_sub(REACH));
        for token in (first..at).rev() {
            if self.ends_age(token, sentence) {
                return true;
            }
            let word = self.word(token);
            if ends_adjectives(word) || lexicon::person(word).is_some() || word == ";" {
                return false;
            }
        }
        false
    }

    /// "The patient is a right-hand dominant male", "the claimant is female".
    fn follows_patient_is(&self, at: usize, sentence: &Sentence) -> bool {
        let first = sentence.tokens.start.max(at.saturating_sub(REACH));
        let is_directly = at >= first + 2
            && matches!(self.word(at - 1), "is" | "was")
            && self.is_patient(at - 2)
            && noun(self.word(at)).is_some();
        if is_directly {
            return true;
        }
        let Some(article) = (first..at).rev().find(|&token| matches!(self.word(token), "a" | "an")) else {
            return false;
        };
        let Some(verb) = article.checked_sub(1).filter(|&token| token >= first) else { return false };
        let Some(subject) = verb.checked_sub(1).filter(|&token| token >= first) else { return false };
        let between = article + 1..at;
        matches!(self.word(verb), "is" | "was")
            && (self.is_patient(subject) || matches!(self.word(subject), "he" | "she"))
            && between.clone().all(|token| !ends_adjectives(self.word(token)))
    }

    fn is_patient(&self, at: usize) -> bool {
        lexicon::person(self.word(at)).is_some_and(|(who, _)| who == Who::Patient)
    }

    /// "this gentleman", "this female patient", "the male claimant".
    fn is_this_person(&self, at: usize, word: &str, sentence: &Sentence) -> bool {
        let before = sentence.tokens.start..at;
        let Some(article) = before.rev().find(|&token| !Class::Describing.has(self.word(token))) else {
            return false;
        };
        let article = self.word(article);
        let injured = usize::from(self.word_or_empty(at + 1) == "injured");
        let names_patient = self.tokens.get(at + 1 + injured).is_some_and(|next| {
            next.gap.is_space()
                && lexicon::person(next.small(self.text)).is_some_and(|(who, _)| who == Who::Patient)
        });
        // "this male has had", not "this male connector".
        let is_whole = || {
            let next = self.word_or_empty(at + 1);
            matches!(
                next,
                "has"
                    | "had"
                    | "is"
                    | "was"
                    | "who"
                    | "with"
                    | "presents"
                    | "presented"
                    | "reports"
                    | "complains"
                    | "underwent"
                    | "sustained"
                    | ","
                    | "."
            )
        };
        match article {
            "this" => {
                names_patient
                    || matches!(word, "gentleman" | "lady" | "woman" | "man")
                    || matches!(word, "male" | "female") && is_whole()
            }
            "the" => names_patient,
            _ => false,
        }
    }

    /// "struck by a 30-year-old male", "her 12-year-old girl", "a male coworker".
    fn is_other_person(&self, at: usize, sentence: &Sentence) -> bool {
        let next = self.tokens.get(at + 1).filter(|next| next.gap.is_space() || next.gap == Gap::Blanks);
        let names_other = next.is_some_and(|next| {
            let word = next.small(self.text);
            lexicon::person(word).is_some_and(|(who, _)| who != Who::Patient)
                || matches!(word, "pattern" | "partner" | "condom" | "catheter" | "connector" | "to")
        });
        if names_other {
            return true;
        }
        let names_patient = next.is_some_and(|next| {
            lexicon::person(next.small(self.text)).is_some_and(|(who, _)| who == Who::Patient)
        });
        let first = sentence.tokens.start.max(at.saturating_sub(REACH));
        (first..at).any(|token| {
            let word = self.word(token);
            // "The parent of a five-year-old male enrollee"
            if names_patient && self.word(token + 1) == "of" {
                return false;
            }
            let before_article = token + 1 < at && matches!(self.word(token + 1), "a" | "an" | "another");
            matches!(word, "by" | "with" | "from" | "to") && before_article
                || matches!(word, "his" | "her" | "their")
                || lexicon::person(word).is_some_and(|(who, _)| matches!(who, Who::Family | Who::Other))
                    && !(word == "person" && token > 0 && is_of_patients(self.word(token - 1)))
                || word == "worker" && token > 0 && is_of_others(self.word(token - 1))
        }) || self.describes_clinician(at)
    }

    /// "The surgeon, a man of 60,".
    fn describes_clinician(&self, at: usize) -> bool {
        let Some(article) = at.checked_sub(1).filter(|&token| matches!(self.word(token), "a" | "an")) else {
            return false;
        };
        article >= 2
            && self.word(article - 1) == ","
            && lexicon::person(self.word(article - 2)).is_some_and(|(who, _)| who == Who::Clinician)
    }
}

/// Whether a word before "worker" makes it somebody else than the patient: "co-worker", "a fellow worker".
pub(in crate::letter) fn is_of_others(word: &str) -> bool {
    matches!(word, "-" | "co" | "social" | "health" | "case" | "fellow" | "another" | "other")
}

/// Whether a word before "person" makes it the patient: "the covered person".
pub(in crate::letter) fn is_of_patients(word: &str) -> bool {
    matches!(word, "covered" | "insured" | "injured")
}

/// The sex that a title states.
pub(in crate::letter) fn title(word: &str) -> Option<Sex> {
    match word {
        "mr" => Some(Sex::Male),
        "ms" | "mrs" | "miss" => Some(Sex::Female),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::sentence::sentences;
    use crate::text::tokens;

    fn stated(text: &str) -> Vec<Sex> {
        let tokens = tokens(text);
        let sentences = sentences(text, &tokens);
        statements(text, &tokens, &sentences).into_iter().map(|statement| statement.sex).collect()
    }

    #[test]
    fn sex_in_every_written_form() {
        for text in [
            "The patient is a 42 year-old female with pain.",
            "This 57-year-old, right-hand dominant, obese woman fell.",
            "Patient is a 33 y/o F with neck pain.",
            "The claimant is a 60 yo female.",
            "The injured worker is a right-handed female.",
            "This female patient fell.",
            "Ms. Doe is a 51-year-old who fell.",
            "This lady fell.",
            "This 29-year-old waitress fell.",
            "Sex: F. Age: 49 years.",
            "The injured worker, a lady of 63 who stocked shelves, fell.",
            "Ms. Tamm, 45, drives a truck.",
            "This unfortunate lady fell.",
            "This woman's gait is normal.",
            "This female has had surgery.",
            "The injured female worker fell.",
            "The female injured worker fell.",
            "The patient is female and 42 years old.",
            "The claimant is a 45-year-old housewife.",
            "The applicant is a widow.",
            "The patient is a single mother of two.",
            "The father of a 5-year-old female enrollee has asked for crowns.",
            "Female, 33 years old, left-handed.",
            "The covered person is a 16-year-old girl with asthma.",
            "The applicant is a 72-year-old guard, a widow, whose foot was crushed.",
        ] {
            assert_eq!(stated(text), [Sex::Female], "{text}");
        }
    }

    #[test]
    fn the_sex_of_others_and_of_things() {
        for text in [
            "The patient was struck by a 30-year-old male.",
            "Her 12-year-old boy is well.",
            "A male coworker helped.",
            "The 42-year-old patient was seen with a man.",
            "Female pattern hair loss.",
            "This male connector broke.",
            "The guideline covers women of childbearing age.",
            "M. Lee and F. Roe agree.",
            "The patient's mother is a widow.",
            "The patient lives with a mother of two.",
            "The co-worker, a woman of 30, was not hurt.",
            "A fellow worker, a man of 50, drove.",
            "The surgeon, a man of 60, has retired.",
        ] {
            assert_eq!(stated(text), [], "{text}");
        }
    }
}
