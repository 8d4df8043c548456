//! Whom a person noun means: "patient", "UR physician", "co-worker", "Ms.".

use super::lexicon::{self, Class};
use super::meaning::{Reason, Who};
use super::reader::{Progress, Reader};
use super::statement;
use crate::letter::facts::Sex;
use crate::letter::sentence::Sentence;
use crate::text::{Gap, Parts, TokenKind, key};

/// A person that a noun names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Person {
    pub who: Who,
    pub sex: Option<Sex>,
    pub reason: Reason,
}

/// What a person is in a letter's talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Patient,
    /// A clinician, reviewer or utilization reviewer.
    Professional,
    /// A relative or anybody else.
    Bystander,
}

impl Person {
    fn new(who: Who, sex: Option<Sex>, reason: Reason) -> Self {
        Self { who, sex, reason }
    }

    pub(super) fn part(self) -> Part {
        match (self.who, self.reason) {
            (Who::Patient, _) => Part::Patient,
            (Who::Clinician | Who::Reviewer | Who::UtilizationReview, _) => Part::Professional,
            (Who::Unknown, Reason::EitherReviewer) => Part::Professional,
            (Who::Family | Who::Other | Who::Unknown, _) => Part::Bystander,
        }
    }
}

impl Reader<'_> {
    /// The person that a noun names; "co-worker" is another's word than "worker".
    pub(super) fn person(&self, at: usize) -> Option<Person> {
        if self.states_sex(at) {
            return Some(Person::new(Who::Patient, None, Reason::StatesSex));
        }
        if self.is_occupation(at) {
            return Some(Person::new(Who::Patient, None, Reason::Occupation));
        }
        let word = self.words[at];
        if let Some(sex) = statement::title(word).filter(|_| self.is_written_large(at)) {
            return Some(Person::new(Who::Unknown, Some(sex), Reason::TitledName));
        }
        // A sex that states nothing of the patient is another's ("a 30-year-old male").
        if let Some(sex) = statement::noun(word) {
            return Some(Person::new(Who::Other, Some(sex), Reason::Named));
        }
        let (who, sex) = lexicon::person(word)?;
        let before = self.word(at.checked_sub(1));
        let next = self.word(Some(at + 1));
        let named = |who| Some(Person::new(who, sex, Reason::Named));
        match lexicon::without_possession(word) {
            // Letters behind a name, not the words "do" and "pa".
            "md" | "do" | "dc" | "pa" | "np" | "ame" if !self.raw(at).chars().all(char::is_uppercase) => None,
            "person" if statement::is_of_patients(before) => named(Who::Patient),
            "worker" if statement::is_of_others(before) => named(Who::Other),
            "worker" if next == "compensation" => None,
            "patient" if Class::PatientAttribute.has(next) => None,
            "relative" | "principal" | "representative" if Class::Qualified.has(next) => None,
            "individual" if Class::IndividualAttribute.has(next) => None,
            "member" => match before {
                "family" => named(Who::Family),
                "staff" | "team" | "crew" | "union" | "board" => named(Who::Other),
                _ => named(who),
            },
            "reviewer" => Some(self.reviewer(at)),
            _ if who == Who::Clinician => Some(self.clinician(at)),
            _ => named(who),
        }
    }

    /// "Ms", not the "ms" of a latency.
    fn is_written_large(&self, at: usize) -> bool {
        self.raw(at).starts_with(char::is_uppercase)
    }

    /// Whether a token states the patient's sex.
    fn states_sex(&self, at: usize) -> bool {
        self.stated.binary_search(&at).is_ok()
    }

    fn reviewer(&self, at: usize) -> Person {
        match self.word(at.checked_sub(1)) {
            "utilization" | "ur" | "claims" | "prior" | "previous" | "initial" | "first" | "original" => {
                Person::new(Who::UtilizationReview, None, Reason::Named)
            }
            "peer" | "physician" => Person::new(Who::Unknown, None, Reason::EitherReviewer),
            _ => Person::new(Who::Reviewer, None, Reason::Named),
        }
    }

    fn clinician(&self, at: usize) -> Person {
        let before = (self.word(at.checked_sub(2)), self.word(at.checked_sub(1)));
        match before {
            (_, "ur" | "utilization") | ("utilization", "review") => {
                Person::new(Who::UtilizationReview, None, Reason::Named)
            }
            (_, "reviewing" | "peer") | ("peer", "review") => {
                Person::new(Who::Unknown, None, Reason::EitherReviewer)
            }
            _ => Person::new(Who::Clinician, None, Reason::Named),
        }
    }

    /// Whether a noun names somebody by itself. "male" may be a quality ("male connector"), and "physician" belongs to
    /// the noun behind it in "physician assistant".
    pub(super) fn is_whole_noun(&self, at: usize, person: Person) -> bool {
        let next = self.tokens.get(at + 1).filter(|next| next.kind == TokenKind::Word);
        let is_quality = matches!(self.words[at], "male" | "female") && next.is_some();
        let goes_on = next.is_some()
            && person.part() == Part::Professional
            && self.person(at + 1).is_some_and(|next| next.part() == Part::Professional);
        !is_quality && !goes_on
    }

    /// What the patient does for a living: "a 34-year-old female nursing assistant", "works as a nurse".
    fn is_occupation(&self, at: usize) -> bool {
        if lexicon::person(self.words[at]).is_none() {
            return false;
        }
        let before = (at.saturating_sub(5)..at).rev();
        let is_stated = (at.saturating_sub(8)..at)
            .rev()
            .take_while(|&token| {
                let is_joined = matches!(self.words[token], "-" | ",");
                (is_joined || self.tokens[token].kind == TokenKind::Word)
                    && !statement::ends_adjectives(self.words[token])
                    && self.words[token] != "and"
            })
            .any(|token| self.states_sex(token));
        let mut words = before.map(|token| self.words[token]).filter(|word| lexicon::person(word).is_none());
        let is_named_so = words.any(|word| word == "as")
            && (at.saturating_sub(6)..at).any(|token| {
                matches!(
                    self.words[token],
                    "works" | "worked" | "employed" | "job" | "working" | "occupation"
                )
            });
        is_stated || is_named_so
    }

    /// "The gentleman …", "the pleasant lady's gait", "in a man whose trade depends on it": one who is known already; not
    /// "the man who", "by the man".
    pub(super) fn known_person(&self, at: usize, sentence: &Sentence) -> Option<Sex> {
        let word = lexicon::without_possession(self.words[at]);
        if !matches!(word, "man" | "woman" | "gentleman" | "lady") || self.states_sex(at) {
            return None;
        }
        let before = sentence.tokens.start..at;
        let article = before.rev().find(|&token| !Class::Describing.has(self.words[token]))?;
        let is_possessive = word.len() < self.words[at].len();
        // "in a woman whose trade depends on pinch": a treatment is weighed for its patient.
        let is_treated = matches!(self.words[article], "a" | "an")
            && self.word(article.checked_sub(1)) == "in"
            && matches!(self.word(Some(at + 1)), "who" | "whose");
        let is_agent = matches!(self.word(article.checked_sub(1)), "by" | "with" | "from" | "beside" | "of");
        let next = self.tokens.get(at + 1)?;
        let goes_on = next.kind == TokenKind::Word
            && !matches!(self.words[at + 1], "who" | "whom" | "whose" | "that" | "in" | "beside" | "from");
        let is_open = article > sentence.tokens.start && is_agent && !is_possessive;
        let is_known = self.words[article] == "the" && goes_on && !is_open;
        (is_known || is_treated).then(|| statement::noun(word)).flatten()
    }

    /// "The bus mechanic, who found her,", "the dispatcher told", "The vendor …": somebody whose noun is in no list, told by
    /// a relative pronoun, by a verb that only a person does, or by a noun of agency with which the sentence begins,
    /// where it has not named the patient before.
    pub(super) fn is_somebody_unlisted(&self, at: usize, progress: &Progress<'_>) -> bool {
        if progress.here.patient || progress.here.patient_meant {
            return false;
        }
        let first = progress.sentence.tokens.start;
        let is_who = matches!(self.words[at], "who" | "whom" | "whose");
        // "The rental asked for", "it asks".
        let is_asked_for = matches!(self.words[at], "asked" | "asks") && self.word(Some(at + 1)) == "for";
        let noun = if is_who || Class::PersonVerb.has(self.words[at]) && !is_asked_for {
            let comma = usize::from(is_who && self.word(at.checked_sub(1)) == ",");
            at.checked_sub(1 + comma)
        } else {
            let is_agent = at <= first + NOUN_PHRASE && is_agent_noun(self.words[at]);
            // "The vendor sent", not "the tanker driver", "a refresher would", "the barrier is".
            let is_known = matches!(self.word(Some(first)), "the" | "his" | "her");
            let does = self.tokens.get(at + 1).is_some_and(|next| next.kind == TokenKind::Word)
                && !Class::OfThings.has(self.word(Some(at + 1)));
            Some(at).filter(|_| is_agent && is_known && does)
        };
        let Some(noun) = noun.filter(|&noun| noun > first) else { return false };
        let word = self.words[noun];
        let is_common = !matches!(word, "one" | "it")
            && self.tokens[noun].kind == TokenKind::Word
            && self.raw(noun).starts_with(char::is_lowercase)
            && lexicon::person(word).is_none()
            && statement::noun(word).is_none()
            && !Class::Document.has(word)
            && !lexicon::is_clinical(word);
        let phrase = noun.saturating_sub(NOUN_PHRASE).max(first)..noun;
        let mut before = phrase.rev().take_while(|&token| {
            self.tokens[token].kind == TokenKind::Word && !statement::ends_adjectives(self.words[token])
                || is_determiner(self.words[token])
        });
        let is_introduced = before.any(|token| is_determiner(self.words[token]));
        let is_aged = (first..noun).any(|token| matches!(self.words[token], "old" | "yo" | "is" | "was"));
        is_common && is_introduced && !is_aged
    }

    /// "a nurse who hurt her back": one of whom the next words tell.
    pub(super) fn is_somebody_new(&self, at: usize) -> bool {
        let is_indefinite = matches!(self.word(at.checked_sub(1)), "a" | "an" | "another");
        is_indefinite && matches!(self.word(Some(at + 1)), "who" | "whose")
    }

    /// "comes to the physician", "referred to a spine surgeon": a place to go rather than somebody to talk of.
    pub(super) fn is_visited(&self, at: usize) -> bool {
        let is_told_of = matches!(self.word(Some(at + 1)), "," | "who" | "and");
        let place = (at.saturating_sub(4)..at)
            .rev()
            .take_while(|&token| self.tokens[token].kind == TokenKind::Word)
            .find(|&token| self.words[token] == "to");
        place.is_some_and(|to| !Class::Speech.has(self.word(to.checked_sub(1)))) && !is_told_of
    }

    /// What the person before is: "she was the unrestrained driver", "who is a teacher".
    pub(super) fn is_predicate(&self, at: usize) -> bool {
        let verb = (at.saturating_sub(5)..at)
            .rev()
            .take_while(|&token| self.tokens[token].kind == TokenKind::Word)
            .find(|&token| matches!(self.words[token], "is" | "was"));
        verb.and_then(|verb| verb.checked_sub(1)).is_some_and(|subject| {
            let is_article = matches!(self.words[subject + 2], "a" | "an" | "the");
            let is_patient = lexicon::person(self.words[subject]).is_some_and(|(who, _)| who == Who::Patient);
            is_article && (is_patient || matches!(self.words[subject], "he" | "she" | "who"))
        })
    }

    /// "a patient", "any patient": nobody in particular.
    pub(super) fn is_general(&self, at: usize) -> bool {
        if self.states_sex(at) {
            return false;
        }
        let determiner = (at.saturating_sub(3)..at).rev().map(|token| self.words[token]).find(|word| {
            is_general_determiner(word) || matches!(*word, "the" | "this" | "that" | "our" | "." | "which")
        });
        determiner.is_some_and(is_general_determiner)
    }

    /// "The UR physician, a retired surgeon,", "the reviewing physician, Dr. Roe": the reviewer who is described again.
    pub(super) fn described_again(&self, at: usize) -> Option<Person> {
        let comma = (at.saturating_sub(4)..at).rev().find(|&token| self.words[token] == ",")?;
        let is_description = comma + 1 == at || matches!(self.word(Some(comma + 1)), "a" | "an");
        let described = self.person(comma.checked_sub(1)?)?;
        let is_reviewer = described.part() == Part::Professional && described.who != Who::Clinician;
        (is_description && is_reviewer).then_some(described)
    }

    /// For a relative, the sex of the pronoun that tells whose: "her late husband".
    pub(super) fn owner(&self, at: usize) -> Option<Sex> {
        (at.saturating_sub(2)..at).rev().find_map(|token| match self.words[token] {
            "his" => Some(Sex::Male),
            "her" => Some(Sex::Female),
            _ => None,
        })
    }

    /// Two blanks in mid-sentence: a name stood there.
    pub(super) fn is_lost_name(&self, at: usize) -> bool {
        self.tokens[at].gap == Gap::Blanks
            && self.tokens[at].kind == TokenKind::Word
            && self.tokens[at - 1].kind == TokenKind::Word
    }

    /// A sentence that begins with a small letter has lost its first word, mostly a clinician's name.
    pub(super) fn starts_without_subject(&self, sentence: &Sentence) -> bool {
        let first = &self.tokens[sentence.tokens.start];
        first.gap != Gap::Start && self.raw(sentence.tokens.start).starts_with(char::is_lowercase)
    }
}

/// How far before a noun the article of its phrase stands, in tokens.
const NOUN_PHRASE: usize = 4;

/// Endings of nouns for who does something.
const AGENT_ENDINGS: &[&str] =
    &["er", "or", "ist", "ian", "man", "woman", "person", "worker", "guard", "clerk", "agent", "mate"];

fn is_agent_noun(word: &str) -> bool {
    word.len() > 4
        && AGENT_ENDINGS.iter().any(|ending| word.ends_with(ending))
        && !Class::Thing.has(word)
        // "The milder" of two.
        && !Parts::can_only_be(key(word), "adjective/adverb")
}

fn is_determiner(word: &str) -> bool {
    matches!(word, "the" | "a" | "an" | "another" | "his" | "her" | "their")
}

fn is_general_determiner(word: &str) -> bool {
    matches!(word, "a" | "an" | "any" | "each" | "every" | "no" | "another")
}
