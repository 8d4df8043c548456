//! People: whom a pronoun or a person noun means. Only what is certain is called the patient.
//!
//! A pronoun is resolved from the persons named before it in its sentence, and otherwise from those of the
//! sentences before, back to the last one that names only the patient. A clinician nearby (or a name that was
//! blanked out) leaves a pronoun open unless what follows it can only be said of a patient ("his flexion"); a
//! relative or another person of the pronoun's sex leaves it open always.

mod cue;
pub(super) mod lexicon;
pub(super) mod statement;

use cue::Cue;
pub use lexicon::Who;
pub use statement::SexStatement;
pub(super) use statement::statements;

use super::facts::Sex;
use super::sentence::Sentence;
use crate::text::{Gap, Span, Token, TokenKind};

/// A pronoun, or a noun that states the patient's sex.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Logical span.
    pub span: Span,
    /// The sex that it states.
    pub sex: Sex,
    /// Its form.
    pub form: Form,
    /// Whom it means.
    pub who: Who,
}

/// The form of a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// "he", "she".
    Subject,
    /// "him", "her" without a noun.
    Object,
    /// "his", "her" with a noun, "hers".
    Possessive,
    /// "himself", "herself".
    Reflexive,
    /// "42-year-old male", "this lady".
    Noun,
}

/// Resolves the mentions of a block.
pub(super) fn mentions(
    text: &str,
    tokens: &[Token],
    sentences: &[Sentence],
    statements: &[SexStatement],
) -> Vec<Mention> {
    let stated: Vec<usize> = statements.iter().map(|statement| statement.token).collect();
    let words: Vec<String> = tokens.iter().map(|token| text[token.span.clone()].to_lowercase()).collect();
    let quoted = quoted_tokens(text, tokens);
    let mut reader = Reader { text, tokens, words: &words, stated: &stated, carried: Nearby::default() };
    let mut mentions: Vec<Mention> = statements
        .iter()
        .filter(|statement| !quoted[statement.token])
        .map(|statement| Mention {
            span: statement.span.clone(),
            sex: statement.sex,
            form: Form::Noun,
            who: Who::Patient,
        })
        .collect();
    for sentence in sentences {
        reader.sentence(sentence, &quoted, &mut mentions);
    }
    mentions.sort_by_key(|mention| mention.span.start);
    mentions
}

/// Persons named so far, of those that a pronoun can mean.
#[derive(Debug, Clone, Default)]
struct Nearby {
    patient: bool,
    /// Sentences since the last word about a clinician or a lost name.
    clinician: Option<usize>,
    /// Whether a clinician was named at all.
    clinician_ever: bool,
    others: Vec<OtherPerson>,
}

/// A relative or another person.
#[derive(Debug, Clone, Copy)]
struct OtherPerson {
    /// The sex that is known.
    sex: Option<Sex>,
    /// Sentences since the last word about the person.
    age: usize,
}

/// So many sentences after the last word about another person, a pronoun does not mean that person.
const FORGOTTEN: usize = 3;
/// The same for a clinician: what a clinician does is told by its verb besides.
const CLINICIAN_FORGOTTEN: usize = 3;

impl Nearby {
    fn has_other_of(&self, sex: Sex, within: usize) -> bool {
        self.others.iter().any(|other| other.age < within && other.can_be(sex))
    }
}

impl OtherPerson {
    fn can_be(self, sex: Sex) -> bool {
        self.sex.is_none_or(|known| known == sex)
    }
}

struct Reader<'t> {
    text: &'t str,
    tokens: &'t [Token],
    words: &'t [String],
    /// Tokens that state the patient's sex: they name the patient.
    stated: &'t [usize],
    carried: Nearby,
}

impl Reader<'_> {
    fn sentence(&mut self, sentence: &Sentence, quoted: &[bool], mentions: &mut Vec<Mention>) {
        let clinician = self.starts_without_subject(sentence).then_some(0);
        let mut here = Nearby { clinician, ..Nearby::default() };
        let mut general = false;
        let mut on_patient = false;
        for other in &mut self.carried.others {
            other.age += 1;
        }
        self.carried.clinician =
            self.carried.clinician.map(|age| age + 1).filter(|age| *age < CLINICIAN_FORGOTTEN);
        for at in sentence.tokens.clone() {
            if at > sentence.tokens.start && self.is_lost_name(at) {
                here.clinician = Some(0);
            }
            if let Some(sex) = self.opens_with_person(at, sentence) {
                let alone = here.others.is_empty() && self.carried.others.is_empty() && !quoted[at];
                let who = if alone { Who::Patient } else { Who::Unknown };
                mentions.push(Mention { span: self.tokens[at].span.clone(), sex, form: Form::Noun, who });
                here.patient |= alone;
                continue;
            }
            if let Some((sex, form)) = self.pronoun(at, sentence) {
                let shifts = form == Form::Subject && self.brings_in_another(sentence, at, sex, mentions);
                let who = if quoted[at] || general || shifts {
                    Who::Unknown
                } else {
                    self.resolve(at, sex, form, &here, sentence)
                };
                if matches!(who, Who::Unknown | Who::Clinician) {
                    // The talk may still be of them.
                    self.carried.clinician = self.carried.clinician.map(|_| 0);
                    self.carried
                        .others
                        .iter_mut()
                        .filter(|other| other.can_be(sex))
                        .for_each(|other| other.age = 0);
                }
                on_patient |= who == Who::Patient && form == Form::Subject;
                mentions.push(Mention { span: self.tokens[at].span.clone(), sex, form, who });
                continue;
            }
            match self.person(at) {
                Some((Who::Patient, _)) if self.is_general(at) => general = true,
                Some((Who::Patient, _)) => here.patient = true,
                Some((Who::Clinician, _)) if self.is_visited(at) => self.carried.clinician_ever = true,
                Some((Who::Clinician | Who::Reviewer, _)) => here.clinician = Some(0),
                Some(_) if self.is_predicate(at) => {}
                Some((_, sex)) => here.others.push(OtherPerson { sex, age: 0 }),
                None => {}
            }
        }
        // A sentence about the patient alone takes the talk away from the others.
        if on_patient || here.patient && here.others.is_empty() {
            self.carried.others.iter_mut().for_each(|other| other.age += 1);
        }
        self.carried.others.retain(|other| other.age < FORGOTTEN);
        if here.patient && here.clinician.is_none() && here.others.is_empty() {
            self.carried.patient = true;
            self.carried.clinician = None;
        } else {
            self.carried.patient |= here.patient;
            self.carried.clinician = here.clinician.or(self.carried.clinician);
            self.carried.clinician_ever |= here.clinician.is_some();
            self.carried.others.append(&mut here.others);
        }
    }

    /// "He was lifting a crate with an apprentice when she slipped": the other sex after somebody new.
    fn brings_in_another(&self, sentence: &Sentence, at: usize, sex: Sex, mentions: &[Mention]) -> bool {
        let first = self.tokens[sentence.tokens.start].span.start;
        let earlier = mentions.iter().rev().find(|mention| {
            mention.span.start >= first
                && mention.span.end <= self.tokens[at].span.start
                && mention.form != Form::Noun
                && mention.who == Who::Patient
        });
        earlier.is_some_and(|earlier| {
            earlier.sex != sex
                && sentence.tokens.clone().any(|token| {
                    (earlier.span.end..self.tokens[at].span.start).contains(&self.tokens[token].span.start)
                        && matches!(self.words[token].as_str(), "a" | "an" | "another" | "one")
                })
        })
    }

    fn resolve(&self, at: usize, sex: Sex, form: Form, here: &Nearby, sentence: &Sentence) -> Who {
        /// How far before a reflexive its person is looked for, in tokens ("the applicant about pacing himself").
        const REFLEXIVE_REACH: usize = 4;
        if form == Form::Reflexive
            && let Some((who, _)) =
                (at.saturating_sub(REFLEXIVE_REACH)..at).rev().find_map(|token| self.person(token))
        {
            return who;
        }
        if form == Form::Possessive {
            if self.is_of_person_to_come(at, sentence) {
                return Who::Unknown;
            }
            if self.is_examined(at, sentence) && !here.has_other_of(sex, FORGOTTEN) {
                return Who::Patient;
            }
        }
        // The patient named in this very sentence is nearer than anybody before the last sentence.
        let memory = if here.patient { 2 } else { FORGOTTEN };
        if here.has_other_of(sex, FORGOTTEN) || self.carried.has_other_of(sex, memory) {
            return Who::Unknown;
        }
        let clinician = here.clinician.is_some() || self.carried.clinician.is_some() && !here.patient;
        let earlier = clinician || self.carried.clinician_ever && !here.patient;
        match (self.cue(at, form, clinician, earlier), clinician) {
            (Cue::Clinician, true) => Who::Clinician,
            (Cue::Clinician, false) => Who::Unknown,
            (Cue::Patient, _) | (Cue::None, false) => Who::Patient,
            (Cue::None, true) => Who::Unknown,
        }
    }

    /// A third-person singular pronoun that is neither one of a pair ("he/she") nor a name ("He et al.", "His bundle").
    fn pronoun(&self, at: usize, sentence: &Sentence) -> Option<(Sex, Form)> {
        let (sex, form) = match self.words[at].as_str() {
            "he" => (Sex::Male, Form::Subject),
            "she" => (Sex::Female, Form::Subject),
            "him" => (Sex::Male, Form::Object),
            "his" => (Sex::Male, Form::Possessive),
            "her" if self.is_followed_by_noun(at) => (Sex::Female, Form::Possessive),
            "her" => (Sex::Female, Form::Object),
            "hers" => (Sex::Female, Form::Possessive),
            "himself" => (Sex::Male, Form::Reflexive),
            "herself" => (Sex::Female, Form::Reflexive),
            _ => return None,
        };
        (!self.is_paired(at, sentence) && !self.is_name(at, sentence)).then_some((sex, form))
    }

    fn is_followed_by_noun(&self, at: usize) -> bool {
        let Some(next) = self.tokens.get(at + 1) else { return false };
        next.kind == TokenKind::Word
            && !matches!(
                self.words[at + 1].as_str(),
                "to" | "and"
                    | "or"
                    | "with"
                    | "in"
                    | "on"
                    | "at"
                    | "for"
                    | "from"
                    | "by"
                    | "of"
                    | "as"
                    | "that"
                    | "because"
                    | "when"
                    | "while"
                    | "but"
                    | "about"
                    | "during"
                    | "after"
                    | "before"
                    | "is"
                    | "was"
                    | "a"
                    | "an"
                    | "the"
                    | "if"
                    | "since"
                    | "until"
                    | "without"
                    | "into"
                    | "not"
                    | "this"
                    | "these"
                    | "some"
                    | "no"
            )
    }

    /// "he/she", "his or her", "(s)he", "s/he".
    fn is_paired(&self, at: usize, sentence: &Sentence) -> bool {
        let is_pronoun = |token: Option<usize>| {
            token.filter(|token| sentence.tokens.contains(token)).is_some_and(|token| {
                matches!(
                    self.words[token].as_str(),
                    "he" | "she"
                        | "him"
                        | "her"
                        | "his"
                        | "hers"
                        | "himself"
                        | "herself"
                        | "they"
                        | "their"
                        | "them"
                        | "s"
                )
            })
        };
        let joins = |token: Option<usize>| {
            token.is_some_and(|token| {
                self.words
                    .get(token)
                    .is_some_and(|word| matches!(word.as_str(), "/" | "or" | "and" | "(" | ")"))
            })
        };
        joins(at.checked_sub(1)) && is_pronoun(at.checked_sub(2))
            || joins(Some(at + 1)) && is_pronoun(Some(at + 2))
    }

    /// A capital in mid-sentence, or an author's name at its start; capitals throughout; "HER-2".
    fn is_name(&self, at: usize, sentence: &Sentence) -> bool {
        let raw = &self.text[self.tokens[at].span.clone()];
        let all_capitals = raw.len() > 1 && raw.chars().all(char::is_uppercase);
        if !raw.starts_with(char::is_uppercase) {
            return false;
        }
        let opens = at == sentence.tokens.start
            || matches!(
                self.words[at - 1].as_str(),
                ":" | ";" | ")" | "." | "-" | "\u{2022}" | "\"" | "\u{201c}"
            );
        let next = self.words.get(at + 1).map(String::as_str);
        all_capitals || !opens || matches!(next, Some("," | "et" | "bundle" | "-" | "("))
    }

    /// The person that a noun names; "co-worker" is another's word than "worker".
    fn person(&self, at: usize) -> Option<(Who, Option<Sex>)> {
        if self.stated.contains(&at) {
            return Some((Who::Patient, None));
        }
        if self.is_occupation(at) {
            return Some((Who::Patient, None));
        }
        let word = &self.words[at];
        if let Some(title_sex) = statement::title(word) {
            return Some((Who::Other, Some(title_sex)));
        }
        // A sex that states nothing of the patient is another's ("a 30-year-old male").
        if let Some(sex) = statement::noun(word) {
            return Some((Who::Other, Some(sex)));
        }
        let (who, sex) = lexicon::person(word).or((word == "them").then_some((Who::Other, None)))?;
        let raw = &self.text[self.tokens[at].span.clone()];
        let after = |text: &str| at.checked_sub(1).is_some_and(|before| self.words[before] == text);
        match word.as_str() {
            // Letters behind a name, not the words "do" and "pa".
            "md" | "do" | "dc" | "pa" | "np" | "ame" if !raw.chars().all(char::is_uppercase) => None,
            "them" if after("of") => Some((Who::Other, None)),
            "worker" if after("-") || after("co") || after("social") => Some((Who::Other, None)),
            "them" => None,
            _ => Some((who, sex)),
        }
    }

    /// What the patient does for a living: "a 34-year-old female nursing assistant", "works as a nurse".
    fn is_occupation(&self, at: usize) -> bool {
        let before = (at.saturating_sub(5)..at).rev();
        let is_stated = before
            .clone()
            .take_while(|&token| {
                self.tokens[token].kind == TokenKind::Word
                    && !statement::ends_adjectives(&self.words[token])
                    && self.words[token] != "and"
            })
            .any(|token| self.stated.contains(&token));
        let mut words =
            before.map(|token| self.words[token].as_str()).filter(|word| lexicon::person(word).is_none());
        let is_named_so = words.any(|word| word == "as")
            && (at.saturating_sub(6)..at).any(|token| {
                matches!(
                    self.words[token].as_str(),
                    "works" | "worked" | "employed" | "job" | "working" | "occupation"
                )
            });
        lexicon::person(&self.words[at]).is_some() && (is_stated || is_named_so)
    }

    /// "The gentleman …" at the start of a sentence.
    fn opens_with_person(&self, at: usize, sentence: &Sentence) -> Option<Sex> {
        let opens =
            at == sentence.tokens.start + 1 && self.words[at - 1] == "the" && !self.stated.contains(&at);
        let names_person = matches!(self.words[at].as_str(), "man" | "woman" | "gentleman" | "lady");
        let next = self.tokens.get(at + 1)?;
        (opens && names_person && next.kind == TokenKind::Word && !self.words[at + 1].starts_with("who"))
            .then(|| statement::noun(&self.words[at]))
            .flatten()
    }

    /// "comes to the physician", "referred to a spine surgeon": a place to go rather than somebody to talk of.
    fn is_visited(&self, at: usize) -> bool {
        let is_told_of =
            |word: Option<&String>| word.is_some_and(|word| matches!(word.as_str(), "," | "who" | "and"));
        let place = (at.saturating_sub(4)..at)
            .rev()
            .take_while(|&token| self.tokens[token].kind == TokenKind::Word)
            .find(|&token| self.words[token] == "to");
        place.is_some_and(|to| to == 0 || self.words[to - 1] != "according")
            && !is_told_of(self.words.get(at + 1))
    }

    /// What the person before is: "she was the unrestrained driver", "who is a teacher".
    fn is_predicate(&self, at: usize) -> bool {
        let verb = (at.saturating_sub(5)..at)
            .rev()
            .take_while(|&token| self.tokens[token].kind == TokenKind::Word)
            .find(|&token| matches!(self.words[token].as_str(), "is" | "was"));
        verb.and_then(|verb| verb.checked_sub(1)).is_some_and(|subject| {
            let is_article = matches!(self.words[subject + 2].as_str(), "a" | "an" | "the");
            let is_patient =
                lexicon::person(&self.words[subject]).is_some_and(|(who, _)| who == Who::Patient);
            is_article && (is_patient || matches!(self.words[subject].as_str(), "he" | "she" | "who"))
        })
    }

    /// "a patient", "any patient": nobody in particular.
    fn is_general(&self, at: usize) -> bool {
        if self.stated.contains(&at) {
            return false;
        }
        let before = (at.saturating_sub(3)..at).rev().find(|&token| {
            matches!(
                self.words[token].as_str(),
                "a" | "an"
                    | "any"
                    | "each"
                    | "every"
                    | "the"
                    | "this"
                    | "that"
                    | "our"
                    | "no"
                    | "another"
                    | "."
                    | "which"
            )
        });
        before.is_some_and(|token| {
            matches!(self.words[token].as_str(), "a" | "an" | "any" | "each" | "every" | "no" | "another")
        })
    }

    /// Two blanks in mid-sentence: a name stood there.
    fn is_lost_name(&self, at: usize) -> bool {
        self.tokens[at].gap == Gap::Blanks
            && self.tokens[at].kind == TokenKind::Word
            && self.tokens[at - 1].kind == TokenKind::Word
    }

    /// A sentence that begins with a small letter has lost its first word, mostly a clinician's name.
    fn starts_without_subject(&self, sentence: &Sentence) -> bool {
        let first = &self.tokens[sentence.tokens.start];
        first.gap != Gap::Start && self.text[first.span.clone()].starts_with(char::is_lowercase)
    }
}

/// The longest quotation that is believed, in bytes: quotations may never close.
const LONGEST_QUOTATION: usize = 600;

/// Which tokens stand between quotation marks that close.
fn quoted_tokens(text: &str, tokens: &[Token]) -> Vec<bool> {
    let mut quoted = vec![false; tokens.len()];
    let mut open: Option<(usize, &str)> = None;
    for (at, token) in tokens.iter().enumerate() {
        let mark = &text[token.span.clone()];
        match (open, mark) {
            (Some((start, closing)), _) if mark == closing => {
                if token.span.start - tokens[start].span.start <= LONGEST_QUOTATION {
                    quoted[start..=at].fill(true);
                }
                open = None;
            }
            (None, "\u{201c}") => open = Some((at, "\u{201d}")),
            // An inch mark follows its number.
            (None, "\"") if at == 0 || tokens[at - 1].kind != TokenKind::Number => open = Some((at, "\"")),
            _ => {}
        }
    }
    quoted
}

#[cfg(test)]
mod tests;
