//! Words for persons, and the words around a pronoun that tell whose it is: `persons.tsv` and `cues.tsv`.

use std::sync::LazyLock;

use foldhash::HashMap;

use super::meaning::Who;
use crate::letter::facts::Sex;

static PERSONS: LazyLock<HashMap<&'static str, (Who, Option<Sex>)>> = LazyLock::new(|| {
    let mut persons = HashMap::default();
    for [who, sex, words] in rows(include_str!("persons.tsv")) {
        let Some(who) = Who::from_name(who) else { continue };
        persons.extend(words.split(' ').map(|word| (word, (who, Sex::from_field(sex)))));
    }
    persons
});

static CUES: LazyLock<HashMap<&'static str, u64>> = LazyLock::new(|| {
    let mut cues = HashMap::default();
    for [class, words] in rows(include_str!("cues.tsv")) {
        let Some(class) = Class::from_name(class) else { continue };
        for word in words.split(' ') {
            *cues.entry(word).or_default() |= class.bit();
        }
    }
    cues
});

/// The rows of a table of so many columns, without its comments.
fn rows<const COLUMNS: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; COLUMNS]> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .filter_map(|line| line.split('\t').collect::<Vec<_>>().try_into().ok())
}

/// A class of words in `cues.tsv`, which says what each is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Clinical,
    Complaint,
    CliniciansOwn,
    AnybodysOwn,
    ClinicianVerb,
    AmbiguousVerb,
    InquiryVerb,
    PatientVerb,
    DeniedByPatient,
    PatientState,
    HadByPatient,
    PatientParticiple,
    PatientDoing,
    BodyVerb,
    Describing,
    Examination,
    DoneToPatient,
    DoneToAnybody,
    NoNoun,
    PatientsOwnDoctor,
    Speech,
    PatientAttribute,
    IndividualAttribute,
    Qualified,
    PersonVerb,
    OfThings,
    Thing,
    WomansWork,
    MansWork,
    WomansStanding,
    MansStanding,
    FeltAtInjury,
    Document,
}

impl Class {
    fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "clinical" => Self::Clinical,
            "complaint" => Self::Complaint,
            "clinicians-own" => Self::CliniciansOwn,
            "anybodys-own" => Self::AnybodysOwn,
            "clinician-verb" => Self::ClinicianVerb,
            "ambiguous-verb" => Self::AmbiguousVerb,
            "inquiry-verb" => Self::InquiryVerb,
            "patient-verb" => Self::PatientVerb,
            "denied-by-patient" => Self::DeniedByPatient,
            "patient-state" => Self::PatientState,
            "had-by-patient" => Self::HadByPatient,
            "patient-participle" => Self::PatientParticiple,
            "patient-doing" => Self::PatientDoing,
            "body-verb" => Self::BodyVerb,
            "describing" => Self::Describing,
            "examination" => Self::Examination,
            "done-to-patient" => Self::DoneToPatient,
            "done-to-anybody" => Self::DoneToAnybody,
            "no-noun" => Self::NoNoun,
            "patients-own-doctor" => Self::PatientsOwnDoctor,
            "speech" => Self::Speech,
            "patient-attribute" => Self::PatientAttribute,
            "individual-attribute" => Self::IndividualAttribute,
            "qualified" => Self::Qualified,
            "person-verb" => Self::PersonVerb,
            "of-things" => Self::OfThings,
            "thing" => Self::Thing,
            "womans-work" => Self::WomansWork,
            "mans-work" => Self::MansWork,
            "womans-standing" => Self::WomansStanding,
            "mans-standing" => Self::MansStanding,
            "felt-at-injury" => Self::FeltAtInjury,
            "document" => Self::Document,
            _ => return None,
        })
    }

    fn bit(self) -> u64 {
        1 << self as u64
    }

    /// Whether a lower-case word is of this class.
    pub(super) fn has(self, word: &str) -> bool {
        self.is_among(Self::all_of(word))
    }

    /// The classes of a lower-case word, a bit for each.
    pub(super) fn all_of(word: &str) -> u64 {
        CUES.get(word).copied().unwrap_or_default()
    }

    /// Whether it is one of some classes.
    pub(super) fn is_among(self, classes: u64) -> bool {
        classes & self.bit() != 0
    }
}

/// Whom a lower-case word means, and the sex that it states. A possessive ("patient's") means the same.
pub(in crate::letter) fn person(word: &str) -> Option<(Who, Option<Sex>)> {
    PERSONS.get(without_possession(word)).copied()
}

/// A word without its "'s".
pub(super) fn without_possession(word: &str) -> &str {
    let owner = word.strip_suffix('s').and_then(|owner| owner.strip_suffix(['\'', '\u{2019}']));
    owner.unwrap_or(word)
}

/// What only a patient has or suffers from.
pub(super) fn is_clinical(word: &str) -> bool {
    Class::Clinical.has(word) || Class::Complaint.has(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_tables_is_read() {
        let lines = |table: &'static str| table.lines().filter(|l| !l.is_empty() && !l.starts_with('#'));
        for line in lines(include_str!("persons.tsv")) {
            let columns: Vec<&str> = line.split('\t').collect();
            let sex_is_read = columns[1] == "-" || Sex::from_field(columns[1]).is_some();
            assert!(columns.len() == 3 && Who::from_name(columns[0]).is_some() && sex_is_read, "{line}");
        }
        for line in lines(include_str!("cues.tsv")) {
            let (class, words) = line.split_once('\t').unwrap_or_default();
            assert!(Class::from_name(class).is_some() && !words.contains('\t'), "{line}");
            let are_single_words = words.split(' ').all(|word| word.chars().all(char::is_alphabetic));
            assert!(are_single_words, "a word that no token can be: {line}");
        }
    }
}
