//! Reading a paragraph's sentences in their order, with the persons of those before.

use super::lexicon;
use super::meaning::{Reason, Who};
use super::nearby::{Nearby, OtherPerson};
use super::noun::{Part, Person};
use super::pronoun::{Kind, Pronoun};
use super::{Form, Mention};
use crate::letter::facts::Sex;
use crate::letter::sentence::Sentence;
use crate::text::Token;

pub(super) struct Reader<'t> {
    pub text: &'t str,
    pub tokens: &'t [Token],
    /// The tokens' texts in small letters.
    pub words: &'t [&'t str],
    /// Tokens that state the patient's sex, in their order: they name the patient.
    pub stated: &'t [usize],
    /// Which tokens stand in a quotation.
    pub quoted: &'t [bool],
    /// Persons of the sentences before.
    pub carried: Nearby,
    pub mentions: Vec<Mention>,
}

/// A sentence as far as it was read.
pub(super) struct Progress<'s> {
    pub sentence: &'s Sentence,
    /// Persons named in it.
    pub here: Nearby,
    /// It tells of nobody in particular.
    is_general: bool,
    /// A pronoun that is its clause's subject means the patient.
    is_on_patient: bool,
    /// Index of its first mention.
    pub first_mention: usize,
}

/// The longest sentence that is read as one, in tokens: text without stops has no end, and looking back takes time.
const LONGEST_SENTENCE: usize = 400;

impl Reader<'_> {
    pub(super) fn read(&mut self, sentence: &Sentence) {
        let mut start = sentence.tokens.start;
        while start < sentence.tokens.end {
            let end = sentence.tokens.end.min(start + LONGEST_SENTENCE);
            let span = self.tokens[start].span.start..self.tokens[end - 1].span.end;
            self.read_piece(&Sentence { span, tokens: start..end, kind: sentence.kind });
            start = end;
        }
    }

    fn read_piece(&mut self, sentence: &Sentence) {
        let mut progress = Progress {
            sentence,
            here: Nearby::default(),
            is_general: false,
            is_on_patient: false,
            first_mention: self.mentions.len(),
        };
        if self.starts_without_subject(sentence) {
            progress.here.note_lost_name();
        }
        self.carried.age();
        for at in sentence.tokens.clone() {
            if at > sentence.tokens.start && self.is_lost_name(at) {
                progress.here.note_lost_name();
            }
            if let Some(pronoun) = self.pronoun(at, sentence) {
                self.read_pronoun(at, &pronoun, &mut progress);
            } else {
                if self.is_somebody_unlisted(at, &progress) {
                    progress.here.others.push(OtherPerson::stranger(None));
                }
                self.read_noun(at, &mut progress);
            }
        }
        // A sentence about the patient alone takes the talk away from the others.
        if progress.is_on_patient || progress.here.patient && progress.here.others.is_empty() {
            self.carried.age_others();
        }
        self.carried.take_over(progress.here);
    }

    fn read_pronoun(&mut self, at: usize, pronoun: &Pronoun, progress: &mut Progress<'_>) {
        let form = pronoun.form;
        let (sex, (who, reason)) = match pronoun.kind {
            Kind::Name(who, reason) => (None, (who, reason)),
            Kind::Pair => (None, self.resolve_pair(at, progress.sentence)),
            _ if self.quoted[at] => (pronoun.sex(), (Who::Unknown, Reason::Quoted)),
            _ if progress.is_general => (pronoun.sex(), (Who::Unknown, Reason::General)),
            Kind::They => (None, self.resolve_they(at, progress)),
            Kind::Singular(sex) => (Some(sex), self.resolve(at, sex, form, progress)),
        };
        if let (Kind::Singular(sex), true) = (&pronoun.kind, who != Who::Patient) {
            self.carried.refresh(*sex);
        }
        if who == Who::Patient && sex.is_some() {
            progress.is_on_patient |= form == Form::Subject;
            progress.here.patient_meant = true;
        }
        match (reason, &pronoun.kind) {
            (Reason::FollowsDoctor, _) => progress.here.note_professional(Who::Clinician),
            // "One of them held her pistol."
            (_, Kind::They)
                if self.word(at.checked_sub(1)) == "of"
                    && matches!(self.word(at.checked_sub(2)), "one" | "another" | "some") =>
            {
                progress.here.others.push(OtherPerson::stranger(None));
            }
            _ => {}
        }
        self.mention(at, sex, form, who, reason);
    }

    fn read_noun(&mut self, at: usize, progress: &mut Progress<'_>) {
        if let Some(sex) = self.known_person(at, progress.sentence) {
            let alone = progress.here.others.is_empty() && self.carried.others.is_empty() && !self.quoted[at];
            let (who, reason) = match alone {
                true => (Who::Patient, Reason::StatesSex),
                false => (Who::Unknown, Reason::SomebodyElseNear),
            };
            progress.here.patient |= alone;
            self.mention(at, Some(sex), Form::Noun, who, reason);
            return;
        }
        let Some(mut person) = self.person(at) else { return };
        let nobody_else = progress.here.others.is_empty() && self.carried.others.is_empty();
        let clinician = progress.here.professional.is_some();
        if person.reason == Reason::TitledName
            && nobody_else
            && self.is_titled_patient(at, progress.sentence, clinician)
        {
            person = Person { who: Who::Patient, reason: Reason::SaidOfPatient, ..person };
        }
        if person.who == Who::Clinician
            && let Some(described) = self.described_again(at)
        {
            person = described;
        }
        let is_general =
            person.part() == Part::Patient && person.reason == Reason::Named && self.is_general(at);
        match person.part() {
            // "She hurt her back while lifting a patient who …": one whom she cares for.
            Part::Patient if is_general && progress.here.patient && self.is_somebody_new(at) => {
                progress.here.others.push(OtherPerson::stranger(None));
            }
            Part::Patient if is_general => progress.is_general = true,
            Part::Patient => progress.here.patient = true,
            Part::Professional if self.is_somebody_new(at) => {
                progress.here.others.push(OtherPerson::stranger(person.sex));
            }
            Part::Professional if self.is_visited(at) => self.carried.professional_ever = true,
            Part::Professional => progress.here.note_professional(person.who),
            // What somebody is, and not somebody else.
            Part::Bystander if self.is_predicate(at) => return,
            Part::Bystander => {
                let is_relative = person.who == Who::Family;
                let owner = is_relative.then(|| self.owner(at)).flatten();
                progress.here.others.push(OtherPerson { sex: person.sex, age: 0, is_relative, owner });
            }
        }
        // Statements of the patient's sex are mentions already.
        if person.reason != Reason::StatesSex && self.is_whole_noun(at, person) {
            let (who, reason) = match (self.quoted[at], is_general) {
                (true, _) => (Who::Unknown, Reason::Quoted),
                (_, true) => (Who::Unknown, Reason::General),
                _ => (person.who, person.reason),
            };
            self.mention(at, person.sex, Form::Noun, who, reason);
        }
    }

    fn mention(&mut self, at: usize, sex: Option<Sex>, form: Form, who: Who, reason: Reason) {
        let mut span = self.tokens[at].span.clone();
        // "gentleman's": a word that states a sex is flagged without its ending.
        if sex.is_some() {
            span.end = span.start + lexicon::without_possession(self.raw(at)).len();
        }
        self.mentions.push(Mention { span, sex, form, who, reason });
    }

    /// A token in small letters; nothing where there is none.
    pub(super) fn word(&self, at: Option<usize>) -> &str {
        at.and_then(|at| self.words.get(at)).copied().unwrap_or_default()
    }

    /// A token as it is written.
    pub(super) fn raw(&self, at: usize) -> &str {
        &self.text[self.tokens[at].span.clone()]
    }
}
