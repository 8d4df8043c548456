//! Persons named so far, of those that a pronoun can mean.

use super::meaning::{Reason, Who};
use crate::letter::facts::Sex;

/// So many sentences after the last word about another person, a pronoun does not mean that person.
pub(super) const FORGOTTEN: usize = 3;
/// The same for a professional: what one does is told by its verb besides.
const PROFESSIONAL_FORGOTTEN: usize = 3;

/// Persons named so far: in a sentence, or in those before it.
#[derive(Debug, Clone, Default)]
pub(super) struct Nearby {
    /// A noun names the patient.
    pub patient: bool,
    /// A pronoun means the patient.
    pub patient_meant: bool,
    pub professional: Option<Professional>,
    /// Whether a professional was named at all.
    pub professional_ever: bool,
    pub others: Vec<OtherPerson>,
}

/// The clinician, reviewer or utilization reviewer named last.
#[derive(Debug, Clone, Copy)]
pub(super) struct Professional {
    pub who: Who,
    /// Sentences since the last word about them.
    pub age: usize,
    /// Whether all that is known is that a name is missing.
    pub is_lost_name: bool,
    /// Whether its sentence names professionals of different roles.
    pub is_mixed: bool,
}

/// A relative or another person.
#[derive(Debug, Clone, Copy)]
pub(super) struct OtherPerson {
    /// The sex that is known.
    pub sex: Option<Sex>,
    /// Sentences since the last word about the person.
    pub age: usize,
    /// Whether it is the patient's relative, of whose health a letter may tell as well.
    pub is_relative: bool,
    /// For a relative, the sex of the pronoun that tells whose ("her husband").
    pub owner: Option<Sex>,
}

impl OtherPerson {
    /// Somebody who is no relative and is just named.
    pub(super) fn stranger(sex: Option<Sex>) -> Self {
        Self { sex, age: 0, is_relative: false, owner: None }
    }
}

impl Nearby {
    /// Grows older by a sentence.
    pub(super) fn age(&mut self) {
        self.age_others();
        self.professional = self
            .professional
            .map(|professional| Professional { age: professional.age + 1, ..professional })
            .filter(|professional| professional.age < PROFESSIONAL_FORGOTTEN);
    }

    /// The talk goes away from the others.
    pub(super) fn age_others(&mut self) {
        self.others.iter_mut().for_each(|other| other.age += 1);
    }

    /// The talk may still be of the professional, and of the others of this sex.
    pub(super) fn refresh(&mut self, sex: Sex) {
        if let Some(professional) = &mut self.professional {
            professional.age = 0;
        }
        self.others.iter_mut().filter(|other| other.can_be(sex)).for_each(|other| other.age = 0);
    }

    /// A professional is named.
    pub(super) fn note_professional(&mut self, who: Who) {
        let is_mixed = self
            .professional
            .is_some_and(|earlier| earlier.is_mixed || !earlier.is_lost_name && earlier.who != who);
        self.professional = Some(Professional { who, age: 0, is_lost_name: false, is_mixed });
    }

    /// A name is missing, mostly a clinician's.
    pub(super) fn note_lost_name(&mut self) {
        self.professional.get_or_insert(Professional {
            who: Who::Clinician,
            age: 0,
            is_lost_name: true,
            is_mixed: false,
        });
    }

    pub(super) fn has_other_of(&self, sex: Sex, within: usize) -> bool {
        self.others.iter().any(|other| other.age < within && other.can_be(sex))
    }

    pub(super) fn has_relative_of(&self, sex: Sex) -> bool {
        self.others.iter().any(|other| other.is_relative && other.can_be(sex))
    }

    /// The persons of a sentence become those of the sentences before.
    pub(super) fn take_over(&mut self, here: Self) {
        self.patient_meant |= here.patient_meant;
        if here.patient && here.professional.is_none() && here.others.is_empty() {
            self.patient = true;
            self.professional = None;
        } else {
            self.patient |= here.patient;
            self.professional_ever |= here.professional.is_some();
            self.professional = here.professional.or(self.professional);
            // Of several of one sex, the one named last is what a pronoun can mean longest.
            for other in here.others {
                self.others.retain(|earlier| earlier.sex != other.sex);
                self.others.push(other);
            }
        }
        self.others.retain(|other| other.age < FORGOTTEN);
    }
}

impl Professional {
    /// Why a pronoun near it is left open.
    pub(super) fn doubt(self) -> Reason {
        match self.who {
            _ if self.is_lost_name => Reason::NameMissing,
            Who::Clinician => Reason::ClinicianNear,
            _ if self.is_mixed => Reason::ClinicianNear,
            _ => Reason::ReviewerNear,
        }
    }
}

impl OtherPerson {
    pub(super) fn can_be(self, sex: Sex) -> bool {
        self.sex.is_none_or(|known| known == sex)
    }
}
