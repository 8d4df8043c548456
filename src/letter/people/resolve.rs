//! Whom a pronoun means: persons named before it in its sentence come first, then those of the sentences before.

use super::Form;
use super::cue::Cue;
use super::lexicon::Class;
use super::meaning::{Reason, Who};
use super::nearby::{FORGOTTEN, Professional};
use super::noun::{Part, Person};
use super::reader::{Progress, Reader};
use crate::letter::facts::Sex;
use crate::letter::sentence::Sentence;
use crate::text::TokenKind;

/// How far before a reflexive its person is looked for, in tokens ("the applicant about pacing himself").
const REFLEXIVE_REACH: usize = 4;

/// Wording of the form that speaks of the reviewer: words that stand in one sentence.
const BOILERPLATE: &[&[&str]] =
    &[&["affiliation"], &["active", "practice"], &["clinical", "experience"], &["governing", "laws"]];
/// How far around a pair that wording is looked for, in tokens.
const BOILERPLATE_REACH: usize = 40;

impl Reader<'_> {
    /// A singular pronoun.
    pub(super) fn resolve(&self, at: usize, sex: Sex, form: Form, progress: &Progress<'_>) -> (Who, Reason) {
        let Progress { sentence, here, .. } = progress;
        if form == Form::Subject && self.follows_somebody_new(at, sex, progress) {
            return (Who::Unknown, Reason::SomebodyNew);
        }
        if form == Form::Subject
            && here.others.is_empty()
            && here.professional.is_none()
            && self.is_denial_of_patient(at)
        {
            return (Who::Patient, Reason::SaidOfPatient);
        }
        if form == Form::Subject
            && here.others.is_empty()
            && here.professional.is_none()
            && !self.carried.has_relative_of(sex)
            && self.is_case_history(at)
        {
            return (Who::Patient, Reason::SaidOfPatient);
        }
        if form == Form::Reflexive
            && let Some(meaning) = self.resolve_reflexive(at, sex, progress)
        {
            return meaning;
        }
        if form == Form::Possessive {
            if self.is_of_person_to_come(at, sentence) {
                return (Who::Unknown, Reason::PersonFollows);
            }
            if here.others.is_empty() && self.is_of_history(at) {
                return (Who::Patient, Reason::SaidOfPatient);
            }
            if self.is_examined(at, sentence) && !here.has_other_of(sex, FORGOTTEN) {
                return (Who::Patient, Reason::Examined);
            }
        }
        // The patient named in this very sentence is nearer than anybody before the last sentence.
        let memory = if here.patient { 2 } else { FORGOTTEN };
        if here.has_other_of(sex, FORGOTTEN) || self.carried.has_other_of(sex, memory) {
            return self.resolve_near_other(sex, progress);
        }
        let near = here.professional.or(self.carried.professional.filter(|_| !here.patient));
        let named_earlier = near.is_some() || self.carried.professional_ever && !here.patient;
        match (self.cue(at, form, near.is_some(), named_earlier), near) {
            (Cue::Patient, _) => (Who::Patient, Reason::SaidOfPatient),
            (Cue::Clinician, Some(near)) => self.resolve_professional(near),
            (Cue::PerhapsClinician, Some(near)) => match here.professional {
                Some(near) if !here.patient && !self.is_contrasted(sex, progress) => {
                    self.resolve_professional(near)
                }
                _ => (Who::Unknown, near.doubt()),
            },
            (Cue::Clinician | Cue::PerhapsClinician, None) => (Who::Unknown, Reason::ClinicianMissing),
            (Cue::Relative, None) => (Who::Patient, Reason::SaidOfPatient),
            (Cue::Anybody, Some(_)) => (Who::Unknown, Reason::AnybodysOwn),
            (Cue::Relative | Cue::None, Some(near)) => (Who::Unknown, near.doubt()),
            (Cue::Anybody | Cue::None, None) => self.resolve_alone(at, form, progress),
        }
    }

    /// Nobody else is near: a letter talks of its patient, but a paragraph may begin with what a clinician asked.
    fn resolve_alone(&self, at: usize, form: Form, progress: &Progress<'_>) -> (Who, Reason) {
        let here = &progress.here;
        if here.patient && here.others.is_empty() {
            (Who::Patient, Reason::OnlyPersonHere)
        } else if here.patient || here.patient_meant || self.carried.patient || self.carried.patient_meant {
            (Who::Patient, Reason::LastTalkedOf)
        } else if form == Form::Subject && Class::InquiryVerb.has(self.word(Some(at + 1))) {
            (Who::Unknown, Reason::NobodyNamed)
        } else {
            (Who::Patient, Reason::NobodyElse)
        }
    }

    fn resolve_professional(&self, near: Professional) -> (Who, Reason) {
        if near.is_mixed || near.who == Who::Unknown {
            (Who::Unknown, near.doubt())
        } else {
            (near.who, Reason::SaidOfClinician)
        }
    }

    /// "the patient came with her husband, and he": the owner of the other sex is not meant.
    fn resolve_near_other(&self, sex: Sex, progress: &Progress<'_>) -> (Who, Reason) {
        let here = &progress.here;
        match here.others.as_slice() {
            [relative]
                if relative.sex == Some(sex)
                    && relative.owner.is_some_and(|owner| owner != sex)
                    && here.professional.is_none()
                    && !self.carried.has_other_of(sex, FORGOTTEN) =>
            {
                (Who::Family, Reason::RelativeOfOtherSex)
            }
            _ => (Who::Unknown, Reason::SomebodyElseNear),
        }
    }

    /// "Dr. Roe, himself a runner", "he reviewed the films himself".
    fn resolve_reflexive(&self, at: usize, sex: Sex, progress: &Progress<'_>) -> Option<(Who, Reason)> {
        let first = at.saturating_sub(REFLEXIVE_REACH).max(progress.sentence.tokens.start);
        let noun = (first..at).rev().find_map(|token| Some((token, self.person(token)?)));
        if let Some((token, person)) = noun {
            // "examined the patient himself": whoever examined may be meant.
            let is_open = token + 1 == at && self.is_object(token) && progress.here.professional.is_some();
            return Some(match (is_open, progress.here.professional) {
                (true, Some(near)) => (Who::Unknown, near.doubt()),
                _ => (person.who, Reason::JustBefore),
            });
        }
        // "The florist, himself a runner": it stands for the noun before the comma, whoever that is.
        if self.word(at.checked_sub(1)) == "," {
            return Some((Who::Unknown, Reason::SomebodyElseNear));
        }
        let subject = self.mentions[progress.first_mention..]
            .iter()
            .rev()
            .find(|mention| mention.form == Form::Subject && mention.sex == Some(sex))?;
        Some((subject.who, Reason::JustBefore))
    }

    /// Whether a noun stands behind a verb rather than at the start of its clause.
    fn is_object(&self, noun: usize) -> bool {
        let determiner = matches!(self.word(noun.checked_sub(1)), "the" | "this" | "his" | "her");
        let Some(before) = noun.checked_sub(1 + usize::from(determiner)) else { return false };
        self.tokens[before].kind == TokenKind::Word
            && !matches!(self.words[before], "and" | "or" | "but" | "that" | "while" | "when" | "as")
    }

    /// "She fitted a lens, which he could not wear": the one of the other sex is the clinician.
    fn is_contrasted(&self, sex: Sex, progress: &Progress<'_>) -> bool {
        self.mentions[progress.first_mention..].iter().any(|mention| {
            mention.form != Form::Noun
                && mention.who != Who::Patient
                && mention.sex.is_some_and(|other| other != sex)
        })
    }

    /// "He was lifting a crate with an apprentice when she slipped": the other sex after somebody new.
    fn follows_somebody_new(&self, at: usize, sex: Sex, progress: &Progress<'_>) -> bool {
        let earlier = self.mentions[progress.first_mention..].iter().rev().find(|mention| {
            mention.form != Form::Noun && mention.sex.is_some() && mention.who == Who::Patient
        });
        earlier.is_some_and(|earlier| {
            earlier.sex != Some(sex)
                && progress.sentence.tokens.clone().any(|token| {
                    (earlier.span.end..self.tokens[at].span.start).contains(&self.tokens[token].span.start)
                        && matches!(self.words[token], "a" | "an" | "another" | "one")
                        && !is_of_place(self.word(token.checked_sub(1)))
                })
        })
    }

    /// "He/she".
    pub(super) fn resolve_pair(&self, at: usize, sentence: &Sentence) -> (Who, Reason) {
        let first = at.saturating_sub(BOILERPLATE_REACH).max(sentence.tokens.start);
        let around = &self.words[first..(at + BOILERPLATE_REACH).min(sentence.tokens.end)];
        let has = |word: &&str| around.contains(word);
        if BOILERPLATE.iter().any(|words| words.iter().all(has)) {
            (Who::Reviewer, Reason::ReviewerBoilerplate)
        } else {
            (Who::Unknown, Reason::Pair)
        }
    }

    /// "The reviewer based their decision", "the patient says that they cannot sleep": one person named before in the
    /// sentence, and nothing else that can be meant.
    pub(super) fn resolve_they(&self, at: usize, progress: &Progress<'_>) -> (Who, Reason) {
        let open = (Who::Unknown, Reason::Plural);
        let before = progress.sentence.tokens.start..at;
        let mut named = before
            .clone()
            .filter_map(|token| Some((token, self.person(token)?)))
            .filter(|&(token, person)| self.is_whole_noun(token, person));
        let (Some((noun, person)), None) = (named.next(), named.next()) else { return open };
        let is_bystander = person.part() == Part::Bystander;
        let is_subject_met =
            self.mentions[progress.first_mention..].iter().any(|it| it.form == Form::Subject);
        // The word behind the person is mostly a verb ("reports").
        let mut others = before.filter(|&token| token != noun && token != noun + 1);
        if is_bystander || is_subject_met || others.any(|token| self.may_be_plural(token)) {
            return open;
        }
        match person {
            Person { who: Who::Reviewer, .. } if self.word(Some(at + 1)) == "decision" => {
                (Who::Reviewer, Reason::ReviewerBoilerplate)
            }
            Person { who: Who::Unknown, reason, .. } => (Who::Unknown, reason),
            Person { who, .. } => (who, Reason::OnlyPersonHere),
        }
    }

    fn may_be_plural(&self, at: usize) -> bool {
        let word = self.words[at];
        word == "and"
            || word.ends_with('s')
                && self.tokens[at].kind == TokenKind::Word
                && !word.ends_with("ss")
                && !matches!(word, "is" | "was" | "has" | "does" | "as" | "this" | "his" | "claims")
    }
}

/// Before "a": what follows is where something happened, and no person ("slipped on a wet dock at a company").
fn is_of_place(word: &str) -> bool {
    matches!(
        word,
        "on" | "at"
            | "in"
            | "into"
            | "onto"
            | "off"
            | "over"
            | "under"
            | "down"
            | "up"
            | "through"
            | "during"
            | "inside"
    )
}
