//! Words for persons, and the words around a pronoun that tell whose it is.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::letter::facts::Sex;

/// Whom a word means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Who {
    /// The patient.
    Patient,
    /// A treating or examining clinician, or one whose name was blanked out.
    Clinician,
    /// The reviewer, the claims administrator or the utilization reviewer.
    Reviewer,
    /// The patient's family.
    Family,
    /// Anybody else.
    Other,
    /// It cannot be told.
    Unknown,
}

const PATIENT: &str = "patient claimant applicant worker employee individual iw member enrollee beneficiary";
const CLINICIAN: &str = "provider physician doctor dr md do dc pa np treater surgeon therapist chiropractor psychologist \
    psychiatrist neurologist neurosurgeon orthopedist orthopaedist radiologist pharmacist podiatrist dentist acupuncturist \
    specialist consultant qme ame ptp pqme author clinician practitioner anesthesiologist physiatrist urologist cardiologist \
    internist counselor prescriber evaluator examiner oncologist dermatologist rheumatologist nurse technician assistant \
    attending gastroenterologist ophthalmologist optometrist pulmonologist endocrinologist advisor otolaryngologist hygienist \
    technologist oncologist obstetrician gynecologist pediatrician pcp";
const REVIEWER: &str = "reviewer administrator adjuster adjustor carrier";
const FAMILY: &str = "spouse child parent sibling partner fiance fiancee relative cousin baby infant newborn neonate fetus twin \
    toddler grandchild caregiver";
const FAMILY_FEMALE: &str = "wife mother daughter sister girlfriend aunt niece grandmother granddaughter mom stepmother \
    stepdaughter";
const FAMILY_MALE: &str =
    "husband father son brother boyfriend uncle nephew grandfather grandson dad stepfather stepson";
const OTHER: &str = "supervisor coworker boss manager employer friend attorney lawyer interpreter translator driver assailant \
    attacker suspect customer client colleague neighbor roommate student trainer officer person someone somebody resident \
    robber victim passenger witness landlord teacher principal inmate guest tenant foreman owner donor judge paramedic \
    instructor aide people prisoner apprentice trainee helper intern cashier pedestrian contractor witness secretary receptionist representative";
const OTHER_FEMALE: &str = "woman girl lady waitress actress";
const OTHER_MALE: &str = "man boy gentleman waiter policeman fireman guy";

static PERSONS: LazyLock<HashMap<&'static str, (Who, Option<Sex>)>> = LazyLock::new(|| {
    let lists = [
        (PATIENT, Who::Patient, None),
        (CLINICIAN, Who::Clinician, None),
        (REVIEWER, Who::Reviewer, None),
        (FAMILY, Who::Family, None),
        (FAMILY_FEMALE, Who::Family, Some(Sex::Female)),
        (FAMILY_MALE, Who::Family, Some(Sex::Male)),
        (OTHER, Who::Other, None),
        (OTHER_FEMALE, Who::Other, Some(Sex::Female)),
        (OTHER_MALE, Who::Other, Some(Sex::Male)),
    ];
    lists
        .into_iter()
        .flat_map(|(words, who, sex)| words.split_whitespace().map(move |word| (word, (who, sex))))
        .collect()
});

/// Whom a lower-case word means, and the sex that it states. A possessive ("patient's") means the same.
pub(in crate::letter) fn person(word: &str) -> Option<(Who, Option<Sex>)> {
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("\u{2019}s")).unwrap_or(word);
    PERSONS.get(word).copied()
}

fn set(words: &'static str) -> HashSet<&'static str> {
    words.split_whitespace().collect()
}

/// What only a patient's possessive is followed by: body, complaints, function.
static CLINICAL: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    set(
        "pain pains symptom symptoms back neck shoulder shoulders knee knees hip hips ankle ankles foot feet heel toe toes hand \
        hands wrist wrists elbow elbows arm arms forearm leg legs thigh thighs calf head headache headaches spine lumbar cervical \
        thoracic gait range flexion extension abduction adduction rotation strength grip sensation reflexes motion mobility weight \
        height bmi pulse heart injury injuries injured complaint complaints medication medications job occupation shift age \
        sleep insomnia mood anxiety depression fatigue activities adls recovery stiffness numbness weakness spasm spasms \
        tenderness swelling disability limitations limitation inability symptomatology mri x-ray x-rays ability \
        right left lower upper low bilateral bulge incision scar wound abdomen chest skin teeth jaw eye eyes vision hearing ear ears nose throat face \
        finger fingers thumb thumbs buttock buttocks groin pelvis rib ribs muscle muscles nerve joint joints radiculopathy \
        sciatica migraines nausea vomiting constipation tolerance pre-injury flare flare-up flare-ups opioid opioids \
        diabetes hypertension obesity asthma walking sitting standing lifting posture balance stomach bladder bowel \
        temperature respirations hemoglobin vas oswestry surgery fusion fracture sprain strain tear rehabilitation analgesia",
    )
});

/// What a clinician's possessive is followed by.
static CLINICIANS_OWN: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    set(
        "report reports note notes letter opinion opinions request requests recommendation recommendations evaluation \
        examination exam assessment appeal office clinic practice findings documentation records rationale justification plan \
        prescription prescriptions patient patients impression addendum colleague colleagues narrative statement testimony \
        license staff qme practice permission notation consultation review intention conclusion conclusions children coworkers family",
    )
});

/// Verbs that tell of a clinician when they are active.
static CLINICIAN_VERBS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    set("requests requested recommends recommended prescribes prescribed opines opined documented documents \
        examines examined orders ordered provides provided submits submitted indicates indicated writes wrote \
        treats treated diagnosed performs performed administered refers referred dictated certifies certified proposes \
        proposed advises advised suggests suggested injected placed reviewed concludes concluded \
        evaluates evaluated appeals appealed modified argues argued clarified intends approved \
        supports cites cited authorized dispensed assessed counseled informed instructed anticipates noted notes")
});

/// Verbs that tell of a clinician when one is near, and of the patient otherwise.
static AMBIGUOUS_VERBS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    set(
        "believes discussed found finds explained explains plans planned sees saw declared signed asks asked seeks sought \
        would may might also feels felt reports reported states stated says said agrees agreed wishes wants wanted can could \
        should will did does left went came",
    )
});

/// Verbs that tell of a patient when they are active.
static PATIENT_VERBS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    set(
        "presents presented complains complained denies rates rated underwent ambulates ambulated walks walked takes took \
        suffers suffered sustained injured smokes sleeps tolerated tolerates weighs experiences experienced limps fell \
        slipped tripped twisted uses completed attended works worked struggles limped drinks awakens wakes exercises \
        continues lifts bends developed admits endorses lives moved returned dropped drops stopped quit resumed wears wore gained lost",
    )
});

/// What follows "is", "was", "has" or "had" of a patient.
static PATIENT_STATES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    set(
        "unable disabled tender candidate obese depressed anxious taking working ambulating limping status injured diagnosed \
        prescribed hospitalized treated experiencing suffering referred tearful alert oriented difficulty trouble failed \
        undergone completed oriented awake comfortable afebrile pregnant married retired unemployed allergic hurt struck rear-ended temporarily permanent permanently",
    )
});

/// Words of an examination: in their sentence a body part is the patient's.
static EXAMINATION: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    set(
        "examination exam tenderness tender palpation degrees flexion extension abduction rotation reflex reflexes sensation gait \
        grip strength motor spasm crepitus effusion maneuver sign test tests positive negative kg range motion swelling \
        atrophy instability impingement bmi weighs measured",
    )
});

pub(super) fn is_examination(word: &str) -> bool {
    EXAMINATION.contains(word)
}

/// What only a patient has.
static COMPLAINTS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    set(
        "pain pains symptom symptoms numbness weakness tenderness swelling stiffness spasm spasms headache headaches migraines \
        radiculopathy sciatica insomnia nausea vomiting constipation depression anxiety fatigue tingling paresthesia \
        paresthesias sensation reflexes flare-up flare-ups nightmares diabetes hypertension obesity asthma limp",
    )
});

pub(super) fn is_complaint(word: &str) -> bool {
    COMPLAINTS.contains(word)
}

pub(super) fn is_clinical(word: &str) -> bool {
    CLINICAL.contains(word) || is_complaint(word)
}

pub(super) fn is_clinicians_own(word: &str) -> bool {
    CLINICIANS_OWN.contains(word.strip_suffix("'s").unwrap_or(word))
}

pub(super) fn is_clinician_verb(word: &str) -> bool {
    CLINICIAN_VERBS.contains(word)
}

pub(super) fn is_ambiguous_verb(word: &str) -> bool {
    AMBIGUOUS_VERBS.contains(word)
}

/// What a clinician does to a patient: "Dr. Roe cleared him", "she was prescribed Norco".
static DONE_TO_PATIENT: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    set(
        "cleared examined treated treats referred saw sees seen evaluated injected gave given told advised started placed sent \
        operated discharged returned released followed admitted counseled encouraged instructed kept found allowed put taught \
        warned prescribed diagnosed hospitalized injured struck hit wakes awakens woke bothers limits prevents allows \
        lets enables helps helped hurts suits keeps causes enabled allowed leaves",
    )
});

pub(super) fn is_done_to_patient(word: &str) -> bool {
    DONE_TO_PATIENT.contains(word)
}

pub(super) fn is_patient_verb(word: &str) -> bool {
    PATIENT_VERBS.contains(word)
}

pub(super) fn is_patient_state(word: &str) -> bool {
    PATIENT_STATES.contains(word) || is_complaint(word)
}
