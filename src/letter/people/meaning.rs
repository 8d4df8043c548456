//! Whom a word means, and why.

/// Whom a word means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Who {
    /// The patient.
    Patient,
    /// A requesting, treating or examining clinician, or one whose name was blanked out.
    Clinician,
    /// The reviewer who writes the letter.
    Reviewer,
    /// The claims administrator or its utilization review physician.
    UtilizationReview,
    /// The patient's family.
    Family,
    /// Anybody else, or no person at all: an author's name, a structure named after one.
    Other,
    /// It cannot be told.
    Unknown,
}

impl Who {
    /// Reads the name that the tables beside this file use.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "patient" => Self::Patient,
            "clinician" => Self::Clinician,
            "reviewer" => Self::Reviewer,
            "utilization-review" => Self::UtilizationReview,
            "family" => Self::Family,
            "other" => Self::Other,
            "unknown" => Self::Unknown,
            _ => return None,
        })
    }
}

/// Why a word is taken to mean whom it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// "patient", "Dr.", "husband".
    Named,
    /// "42-year-old female".
    StatesSex,
    /// "works as a nurse".
    Occupation,
    /// "Dr. He".
    FollowsDoctor,
    /// "Ms. Garcia".
    TitledName,
    /// "The reviewing physician".
    EitherReviewer,
    /// "a patient who".
    General,
    /// It stands between quotation marks.
    Quoted,
    /// "He et al., 2004".
    AuthorName,
    /// "bundle of His".
    Anatomy,
    /// "HER-2".
    Capitals,
    /// A capital in mid-sentence.
    Name,
    /// "he/she".
    Pair,
    /// "He/she has no affiliation".
    ReviewerBoilerplate,
    /// "they", where several may be meant.
    Plural,
    /// Its sentence names this person before it, and nobody else of this sex.
    OnlyPersonHere,
    /// A sentence before named this person, and none since another.
    LastTalkedOf,
    /// "complains", "his gait".
    SaidOfPatient,
    /// "tenderness over her knee".
    Examined,
    /// "requested", "her report", with a clinician or reviewer near.
    SaidOfClinician,
    /// "Dr. Roe, himself".
    JustBefore,
    /// "her husband … he".
    RelativeOfOtherSex,
    /// A clinician may be meant as well.
    ClinicianNear,
    /// A reviewer may be meant as well.
    ReviewerNear,
    /// A name was blanked out nearby, which may be meant.
    NameMissing,
    /// A relative or another person may be meant as well.
    SomebodyElseNear,
    /// "an apprentice when she slipped", after "he".
    SomebodyNew,
    /// "In her denial the reviewer".
    PersonFollows,
    /// "requested", with no clinician near.
    ClinicianMissing,
    /// "her family", with a clinician near.
    AnybodysOwn,
    /// The paragraph names nobody before it, and a letter talks of its patient.
    NobodyElse,
    /// "asked", in a paragraph that names nobody before it.
    NobodyNamed,
}

impl Reason {
    /// The reason in plain words, to be read after "taken as the patient:".
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Named => "named by the word itself",
            Self::StatesSex => "states the patient's sex",
            Self::Occupation => "what the patient does for a living",
            Self::FollowsDoctor => "follows “Dr.”",
            Self::TitledName => "a title and a name, which may be anybody's",
            Self::EitherReviewer => "may be the reviewer or the utilization reviewer",
            Self::General => "nobody in particular",
            Self::Quoted => "in a quotation",
            Self::AuthorName => "author name in a citation",
            Self::Anatomy => "anatomy named after a person: bundle of His, angle of His",
            Self::Capitals => "an abbreviation or a heading, in capitals",
            Self::Name => "a name: a capital in mid-sentence",
            Self::Pair => "a pair for either sex",
            Self::ReviewerBoilerplate => "reviewer boilerplate",
            Self::Plural => "may mean several",
            Self::OnlyPersonHere => "the only person named in this sentence",
            Self::LastTalkedOf => "the last person talked of",
            Self::SaidOfPatient => "said only of a patient",
            Self::Examined => "a body part in a sentence of the examination",
            Self::SaidOfClinician => "what a clinician or reviewer does or has, and one is near",
            Self::JustBefore => "the person just before it",
            Self::RelativeOfOtherSex => "a relative of somebody of the other sex",
            Self::ClinicianNear => "a clinician is near",
            Self::ReviewerNear => "a reviewer is near",
            Self::NameMissing => "a name seems to be missing near",
            Self::SomebodyElseNear => "somebody else of this sex is near",
            Self::SomebodyNew => "somebody new came in before it",
            Self::PersonFollows => "the person may follow",
            Self::ClinicianMissing => "what a clinician or reviewer does or has, and none is near",
            Self::AnybodysOwn => "what anybody can have, and a clinician is near",
            Self::NobodyElse => "nobody else is talked of",
            Self::NobodyNamed => "nobody was named before it",
        }
    }
}
