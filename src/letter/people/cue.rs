//! Cues: what the words around a pronoun say of its person.

use super::Form;
use super::lexicon::{self, Class};
use super::meaning::Who;
use super::noun::Part;
use super::reader::Reader;
use crate::letter::sentence::Sentence;
use crate::text::TokenKind;

/// What the words around a pronoun say of its person.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    /// Only a patient has or does it.
    Patient,
    /// A clinician or reviewer has or does it.
    Clinician,
    /// A clinician does it rather than the patient, when one is near.
    PerhapsClinician,
    /// A relative, mostly the patient's.
    Relative,
    /// What a clinician has as well as a patient.
    Anybody,
    None,
}

impl Reader<'_> {
    pub(super) fn cue(&self, at: usize, form: Form, clinician: bool, clinician_earlier: bool) -> Cue {
        match form {
            Form::Possessive => self.possession_cue(at),
            Form::Subject => self.verb_cue(at, clinician, clinician_earlier),
            Form::Object if Class::DoneToPatient.has(self.word(at.checked_sub(1))) => Cue::Patient,
            Form::Object | Form::Reflexive | Form::Noun => Cue::None,
        }
    }

    /// "In her denial the reviewer …": the person follows.
    pub(super) fn is_of_person_to_come(&self, at: usize, sentence: &Sentence) -> bool {
        let opens = at <= sentence.tokens.start + 2;
        let end = (at + 9).min(sentence.tokens.end);
        let own = self.following_words(at).take(2).any(|word| word == "own");
        let is_professional =
            |token| self.person(token).is_some_and(|person| person.part() == Part::Professional);
        // "by her own account": hers of whom the sentence tells, if that is nobody else.
        own && (self.carried.professional.is_some() || sentence.tokens.clone().any(is_professional))
            || opens && at > sentence.tokens.start && (at + 1..end).any(is_professional)
    }

    /// "She denies palpitations": what is written of patients, whoever was talked of before.
    pub(super) fn is_denial_of_patient(&self, at: usize) -> bool {
        let mut words = self.following_words(at).skip_while(|word| is_adverb(word));
        match words.next() {
            Some("denies") => true,
            Some("denied") => words.take(2).any(is_denied_by_patient),
            _ => false,
        }
    }

    /// A body part in a sentence of the examination: "tenderness over her left knee".
    pub(super) fn is_examined(&self, at: usize, sentence: &Sentence) -> bool {
        self.possession_cue(at) == Cue::Patient
            && sentence.tokens.clone().any(|token| Class::Examination.has(self.words[token]))
    }

    /// "She is right-handed", "he has a history of hypertension", "she felt a pop": what a letter tells of its patient
    /// and not of a coworker or a driver.
    pub(super) fn is_case_history(&self, at: usize) -> bool {
        let mut words = self.following_words(at).skip_while(|word| is_adverb(word));
        let Some(verb) = words.next() else { return false };
        let rest: Vec<&str> = words.filter(|word| !is_adverb(word)).take(5).collect();
        match verb {
            "is" | "was" => matches!(
                rest[..],
                ["right" | "left", "hand" | "handed" | "dominant", ..]
                    | ["ambidextrous", ..]
                    | ["status", "post", ..]
            ),
            "has" | "had" => rest.contains(&"history"),
            "felt" => rest.iter().any(|word| Class::FeltAtInjury.has(word)),
            "smokes" => true,
            "does" | "did" => matches!(rest[..], ["smoke" | "drink" | "sleep", ..]),
            _ => false,
        }
    }

    /// "Her past medical history", "his social history": a letter tells no other person's.
    pub(super) fn is_of_history(&self, at: usize) -> bool {
        let words: Vec<&str> = self.following_words(at).take(3).collect();
        matches!(
            words[..],
            ["past", "medical" | "surgical", "history"]
                | ["medical" | "surgical" | "social" | "psychiatric", "history", ..]
        )
    }

    /// What is possessed: "his lumbar flexion", "her report", "his family physician".
    fn possession_cue(&self, at: usize) -> Cue {
        let mut clinical = false;
        let mut before = "";
        for next in self.following_words(at).take(4) {
            if Class::CliniciansOwn.has(lexicon::without_possession(next)) {
                return Cue::Clinician;
            }
            match lexicon::person(next) {
                Some((Who::Clinician, _)) if Class::PatientsOwnDoctor.has(before) || next == "pcp" => {
                    return Cue::Patient;
                }
                Some((Who::Family, _)) => return Cue::Relative,
                _ => {}
            }
            if ENDS_NOUN_PHRASE.contains(&next) {
                break;
            }
            clinical |= lexicon::is_clinical(next) && lexicon::person(next).is_none();
            before = next;
        }
        match (clinical, Class::AnybodysOwn.has(before)) {
            (true, _) => Cue::Patient,
            (false, true) => Cue::Anybody,
            (false, false) => Cue::None,
        }
    }

    /// What is done: "he complains", "she requested", "he was prescribed", "she has numbness". A clinician can be
    /// "unable" as well as a patient, but does not have numbness.
    fn verb_cue(&self, at: usize, clinician: bool, clinician_earlier: bool) -> Cue {
        let mut words = self.following_words(at).skip_while(|word| is_adverb(word));
        let Some(verb) = words.next() else { return Cue::None };
        if Class::PatientVerb.has(verb) {
            return Cue::Patient;
        }
        if verb == "denied" && words.clone().take(2).any(is_denied_by_patient) {
            return Cue::Patient;
        }
        if clinician_earlier && is_auxiliary(verb) {
            let does = words.clone().find(|word| !is_adverb(word));
            if does.is_some_and(|does| Class::BodyVerb.has(does)) {
                return Cue::Patient;
            }
        }
        if matches!(verb, "is" | "was" | "has" | "had" | "remains" | "feels") {
            let rest: Vec<&str> = words.filter(|word| !is_adverb(word)).take(6).collect();
            if is_state_of_patient(verb, &rest) {
                return Cue::Patient;
            }
            let perfect = matches!(verb, "has" | "had") && rest.first() != Some(&"been");
            if perfect && rest.first().is_some_and(|word| Class::ClinicianVerb.has(word)) {
                return Cue::Clinician;
            }
            let participle = rest.iter().find(|word| !matches!(**word, "been" | "being"));
            let done = participle.is_some_and(|word| {
                Class::DoneToPatient.has(word) && !(clinician && Class::DoneToAnybody.has(word))
            });
            if !perfect && done {
                return Cue::Patient;
            }
            let has_complaint =
                matches!(verb, "has" | "had") && rest.iter().take(4).any(|word| Class::Complaint.has(word));
            // "In April he had still found spasm": whoever examined.
            if has_complaint && perfect && rest.first().is_some_and(|word| Class::InquiryVerb.has(word)) {
                return Cue::PerhapsClinician;
            }
            let is_state = !clinician
                && rest.iter().any(|word| Class::PatientState.has(word) || Class::Complaint.has(word));
            return if has_complaint || is_state { Cue::Patient } else { Cue::None };
        }
        if Class::ClinicianVerb.has(verb) {
            Cue::Clinician
        } else if clinician_earlier && Class::AmbiguousVerb.has(verb) {
            Cue::PerhapsClinician
        } else {
            Cue::None
        }
    }

    /// "Ms. Garcia complains of pain", "Mr. Tamm's gait": a titled name of which only a patient's things are said.
    pub(super) fn is_titled_patient(&self, at: usize, sentence: &Sentence, clinician: bool) -> bool {
        let Some(name) = self.titled_name_end(at).filter(|&name| sentence.tokens.contains(&name)) else {
            return false;
        };
        // "The therapist, Mr. Lowell, reported".
        let is_apposed = self.word(at.checked_sub(1)) == ","
            && at
                .checked_sub(2)
                .and_then(|noun| self.person(noun))
                .is_some_and(|it| it.part() == Part::Professional);
        if is_apposed {
            return false;
        }
        if lexicon::without_possession(self.words[name]).len() < self.words[name].len() {
            return self.possession_cue(name) == Cue::Patient;
        }
        let mut words = self.following_words(name);
        let tells = words.next().is_some_and(|verb| matches!(verb, "reports" | "reported" | "describes"));
        tells && words.take(4).any(|word| Class::Complaint.has(word))
            || self.verb_cue(name, clinician, true) == Cue::Patient
    }

    /// The last word of the name behind a title: "Ms. Tran-Oberg", "Mr. Juan Garcia".
    fn titled_name_end(&self, at: usize) -> Option<usize> {
        let first = if self.word(Some(at + 1)) == "." { at + 2 } else { at + 1 };
        let is_name = |token: usize| {
            token < self.tokens.len()
                && self.tokens[token].kind == TokenKind::Word
                && self.raw(token).starts_with(char::is_uppercase)
        };
        let mut end = Some(first).filter(|&first| is_name(first))?;
        loop {
            let hyphen = usize::from(self.word(Some(end + 1)) == "-");
            if end + 1 + hyphen > first + 3 || !is_name(end + 1 + hyphen) {
                return Some(end);
            }
            end += 1 + hyphen;
        }
    }

    /// The words after a token, up to the next mark that is no comma, slash or hyphen.
    fn following_words(&self, at: usize) -> impl Iterator<Item = &str> + Clone {
        self.tokens[at + 1..]
            .iter()
            .zip(&self.words[at + 1..])
            .take_while(|(token, word)| token.kind != TokenKind::Mark || matches!(**word, "-" | "/" | ","))
            .filter(|(token, _)| token.kind == TokenKind::Word)
            .map(|(_, word)| *word)
    }
}

fn is_denied_by_patient(word: &str) -> bool {
    Class::DeniedByPatient.has(word) || Class::Complaint.has(word)
}

fn is_auxiliary(word: &str) -> bool {
    matches!(
        word,
        "can"
            | "cannot"
            | "could"
            | "couldn't"
            | "can't"
            | "did"
            | "didn't"
            | "does"
            | "doesn't"
            | "should"
            | "would"
            | "will"
    )
}

/// What no clinician is or has: "has not improved", "has had twelve visits", "is unable to sit", "is off work".
fn is_state_of_patient(verb: &str, rest: &[&str]) -> bool {
    let has = matches!(verb, "has" | "had");
    let participle = rest.first().copied().unwrap_or_default();
    let is_followed_by = |word: &str| rest.get(1) == Some(&word);
    if has && Class::PatientParticiple.has(participle) && !is_followed_by("to") {
        return !(participle == "received" && rest.iter().any(|word| Class::Document.has(word)));
    }
    let been = has && participle == "been";
    let state = if been { rest.get(1..).unwrap_or_default() } else { rest };
    match state {
        ["unable" | "able", "to", verb, ..] if been || !has => Class::BodyVerb.has(verb),
        ["off", "work", ..] | ["status", "post", ..] => true,
        ["working", "modified" | "light" | "full" | "part" | "regular" | "restricted", ..] => true,
        ["permanent" | "temporarily" | "permanently" | "totally", ..] => true,
        [first, ..] if been || !has => Class::PatientDoing.has(first),
        _ if has => has_had(rest),
        _ => false,
    }
}

/// "had twelve visits", "a normal gait": the thing itself, not what was done with it ("scheduled surgery").
fn has_had(rest: &[&str]) -> bool {
    let is_verb = |word: &str| {
        word.ends_with("ed")
            || matches!(word, "done" | "given" | "made" | "sent" | "put" | "begun" | "written" | "found")
    };
    let words = rest.iter().skip(usize::from(rest.first() == Some(&"had")));
    let mut phrase = words.take_while(|word| {
        matches!(**word, "a" | "an" | "the") || !is_verb(word) && !ENDS_NOUN_PHRASE.contains(word)
    });
    phrase.any(|word| Class::HadByPatient.has(word))
}

/// Words behind which nothing belongs to the possessive before them.
const ENDS_NOUN_PHRASE: &[&str] = &[
    "is", "was", "are", "were", "has", "had", "of", "to", "in", "on", "and", "with", "without", "for",
    "from", "by", "at", "a", "an", "the", "that", "who",
];

fn is_adverb(word: &str) -> bool {
    word.ends_with("ly") && word != "only"
        || matches!(
            word,
            "also"
                | "then"
                | "now"
                | "still"
                | "never"
                | "not"
                | "again"
                | "often"
                | "further"
                | "however"
                | "therefore"
        )
}
