//! Which words are third-person pronouns, and which only look like one: a pair ("he/she"), an author's name
//! ("He et al."), a structure of the body ("bundle of His").

use super::Form;
use super::lexicon::Class;
use super::meaning::{Reason, Who};
use super::reader::Reader;
use crate::letter::facts::Sex;
use crate::letter::sentence::Sentence;
use crate::text::TokenKind;

/// A word that is, or looks like, a pronoun.
pub(super) struct Pronoun {
    pub form: Form,
    pub kind: Kind,
}

/// What a word that looks like a pronoun is.
pub(super) enum Kind {
    /// One person of a sex.
    Singular(Sex),
    /// One of "they", "them", "their": several, or one whose sex is left open.
    They,
    /// One of a pair that fits either sex.
    Pair,
    /// No pronoun: the name of a person or thing.
    Name(Who, Reason),
}

impl Pronoun {
    /// The sex that it states.
    pub(super) fn sex(&self) -> Option<Sex> {
        match self.kind {
            Kind::Singular(sex) => Some(sex),
            Kind::They | Kind::Pair | Kind::Name(..) => None,
        }
    }
}

impl Reader<'_> {
    pub(super) fn pronoun(&self, at: usize, sentence: &Sentence) -> Option<Pronoun> {
        let (sex, form) = self.sex_and_form(at)?;
        let kind = if self.is_paired(at, sentence) {
            Kind::Pair
        } else if let Some(sex) = sex {
            self.name(at, sentence).map_or(Kind::Singular(sex), |(who, reason)| Kind::Name(who, reason))
        } else {
            Kind::They
        };
        Some(Pronoun { form, kind })
    }

    fn sex_and_form(&self, at: usize) -> Option<(Option<Sex>, Form)> {
        let (male, female) = (Some(Sex::Male), Some(Sex::Female));
        Some(match self.words[at] {
            "he" => (male, Form::Subject),
            "she" => (female, Form::Subject),
            "him" => (male, Form::Object),
            "his" => (male, Form::Possessive),
            "her" if self.is_followed_by_noun(at) => (female, Form::Possessive),
            "her" => (female, Form::Object),
            "hers" => (female, Form::Possessive),
            "himself" => (male, Form::Reflexive),
            "herself" => (female, Form::Reflexive),
            "they" => (None, Form::Subject),
            "them" => (None, Form::Object),
            "their" | "theirs" => (None, Form::Possessive),
            "themself" | "themselves" => (None, Form::Reflexive),
            _ => return None,
        })
    }

    fn is_followed_by_noun(&self, at: usize) -> bool {
        self.tokens.get(at + 1).is_some_and(|next| next.kind == TokenKind::Word)
            && !Class::NoNoun.has(self.words[at + 1])
    }

    /// "he/she", "his or her", "(s)he", "s/he".
    fn is_paired(&self, at: usize, sentence: &Sentence) -> bool {
        let is_half = |token: Option<usize>| {
            token
                .filter(|token| sentence.tokens.contains(token))
                .is_some_and(|token| self.words[token] == "s" || self.sex_and_form(token).is_some())
        };
        let joins = |token: Option<usize>| matches!(self.word(token), "/" | "or" | "and" | "(" | ")");
        joins(at.checked_sub(1)) && is_half(at.checked_sub(2)) || joins(Some(at + 1)) && is_half(Some(at + 2))
    }

    /// What the word names when it is no pronoun.
    fn name(&self, at: usize, sentence: &Sentence) -> Option<(Who, Reason)> {
        if self.is_anatomy(at) {
            return Some((Who::Other, Reason::Anatomy));
        }
        let raw = self.raw(at);
        if !raw.starts_with(char::is_uppercase) {
            return None;
        }
        if raw.chars().all(char::is_uppercase) {
            return Some((Who::Unknown, Reason::Capitals));
        }
        if let Some(title) = self.title_before(at) {
            let is_doctor = matches!(title, "dr" | "drs");
            return Some(if is_doctor {
                (Who::Clinician, Reason::FollowsDoctor)
            } else {
                (Who::Unknown, Reason::TitledName)
            });
        }
        if self.is_author(at) {
            return Some((Who::Other, Reason::AuthorName));
        }
        let before = self.word(at.checked_sub(1));
        let opens = at == sentence.tokens.start
            || matches!(before, ":" | ";" | ")" | "." | "-" | "\u{2022}" | "\"" | "\u{201c}");
        if !opens || self.word(Some(at + 1)) == "-" {
            return Some((Who::Unknown, Reason::Name));
        }
        // "He (Dr. Roe) said", "He, the surgeon, said".
        let explains = self.word(Some(at + 1)) == "("
            || self.word(Some(at + 1)) == ","
                && (at + 2..at + 4).any(|token| token < self.tokens.len() && self.person(token).is_some());
        explains.then_some((Who::Unknown, Reason::PersonFollows))
    }

    /// "bundle of His", "angle of His", "His bundle", "His-Purkinje".
    fn is_anatomy(&self, at: usize) -> bool {
        if self.words[at] != "his" {
            return false;
        }
        let before = (self.word(at.checked_sub(2)), self.word(at.checked_sub(1)));
        let after = (self.word(Some(at + 1)), self.word(Some(at + 2)));
        matches!(before, ("bundle" | "angle" | "fibers", "of"))
            || self.raw(at).starts_with('H')
                && matches!(after, ("bundle" | "purkinje", _) | ("-", "purkinje"))
    }

    /// The title whose name this word is: "Dr. He".
    fn title_before(&self, at: usize) -> Option<&str> {
        let stop = usize::from(self.word(at.checked_sub(1)) == ".");
        let title = self.word(at.checked_sub(1 + stop));
        matches!(title, "dr" | "drs" | "prof" | "mr" | "mrs" | "ms" | "miss").then_some(title)
    }

    /// "He et al.", "He, 2004", "He (2004)", "He & Kim", "Kim & He", "He and Kim (2010)", "He, J.", "He J, Kim L".
    fn is_author(&self, at: usize) -> bool {
        let [next, second, third] = [at + 1, at + 2, at + 3].map(Some);
        let and_another =
            self.is_capitalised(at + 2) && (self.is_year_near(at + 3) || self.word(third) == "et");
        match self.word(next) {
            "et" | "&" => true,
            "(" => self.is_year(at + 2),
            "," => {
                let is_listed = self.is_capitalised(at + 2) && self.person(at + 2).is_none();
                self.is_year(at + 2) || self.is_initial(at + 2) || is_listed
            }
            "and" if and_another => true,
            _ if self.is_initial(at + 1) => matches!(self.word(second), "," | "." | "and" | "&"),
            _ => match self.word(at.checked_sub(1)) {
                "&" => true,
                "and" => at >= 2 && self.is_capitalised(at - 2) && self.is_year_near(at + 1),
                _ => false,
            },
        }
    }

    fn is_capitalised(&self, at: usize) -> bool {
        at < self.tokens.len() && self.raw(at).starts_with(char::is_uppercase)
    }

    /// "J": a capital by itself.
    fn is_initial(&self, at: usize) -> bool {
        self.is_capitalised(at) && self.raw(at).chars().nth(1).is_none()
    }

    fn is_year(&self, at: usize) -> bool {
        let year = self.word(Some(at));
        year.len() == 4 && matches!(&year.as_bytes()[..2], b"19" | b"20") && year.parse::<u16>().is_ok()
    }

    /// "2010", "(2010", ", 2010".
    fn is_year_near(&self, at: usize) -> bool {
        self.is_year(at) || matches!(self.word(Some(at)), "(" | ",") && self.is_year(at + 1)
    }
}
