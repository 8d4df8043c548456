//! Profiles: what a kind of letter looks like, as data.

use std::sync::{LazyLock, Mutex, PoisonError};

use schemars::JsonSchema;
use serde::Deserialize;

use super::decision::Decision;
use super::fixed_text::FixedText;
use super::marks::Wordings;

/// One kind of determination letter: its titles, headings, labels, fixed wording and decision words.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Profile {
    /// Its name in a configuration ("ca-imr-2014").
    #[serde(default)]
    #[schemars(skip)]
    pub name: String,
    /// Its name for people.
    #[serde(default)]
    pub title: String,
    /// The profile that it takes every list from which it does not give itself; fixed texts add up.
    #[serde(default)]
    extends: Option<String>,
    /// Lines of its letterhead.
    #[serde(default)]
    pub titles: Vec<String>,
    /// Whether a text without one of its titles is none of this kind, because its headings stand in other papers too.
    #[serde(default)]
    pub needs_title: bool,
    /// Headings that no other paper has: one of them stands for the title.
    #[serde(default)]
    pub own_headings: Vec<String>,
    /// Whether each writer has headings of their own, of which some are known: the order of these says nothing, they may
    /// have numbers, and a title stands anywhere in a first line.
    #[serde(default)]
    pub free_form: bool,
    /// Whether it decides one dispute, with one place for what is requested, decided and argued; where it tells several
    /// services apart there, each is an item.
    #[serde(default)]
    pub single_issue: bool,
    /// The section with which it ends, where that is not the last item's rationale.
    #[serde(default)]
    pub last_section: Option<Section>,
    /// Decision words; absent where they are the extended profile's.
    #[serde(default)]
    pub decisions: DecisionWords,
    /// Header fields, in the order of the form.
    #[serde(default)]
    pub header: Vec<HeaderMark>,
    /// Sections, in the order of the form.
    #[serde(default)]
    pub section: Vec<SectionMark>,
    /// First words of an item's heading, where the form has such.
    #[serde(default)]
    pub item_headings: Vec<String>,
    /// First words of a decision that stands apart from its item's heading.
    #[serde(default)]
    pub results: Vec<String>,
    /// The same where they are such a decision's only behind a number ("1) The request for …").
    #[serde(default)]
    pub numbered_results: Vec<String>,
    /// Labelled fields of an item, in the order of the form.
    #[serde(default)]
    pub field: Vec<FieldMark>,
    /// The form's own wording.
    #[serde(default)]
    pub fixed: Vec<FixedText>,
}

/// The words that decide an item.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionWords {
    /// The treatment is not medically necessary: a denial stands, or is made.
    pub upheld: Vec<String>,
    /// The treatment is medically necessary: a denial falls, or an approval is given.
    pub overturned: Vec<String>,
    /// Part of the treatment is medically necessary.
    #[serde(default)]
    pub partial: Vec<String>,
}

/// A header field: its labels and the shape of its value.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HeaderMark {
    /// What it holds.
    pub field: HeaderField,
    /// How it is written.
    pub labels: Vec<String>,
    /// What its value looks like.
    pub value: ValueShape,
    /// Whether it stands in other papers too, so that by itself it says nothing of the text.
    #[serde(default)]
    pub common: bool,
    /// Whether every letter of this form has it.
    #[serde(default)]
    pub required: bool,
}

/// What a header field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HeaderField {
    /// The case number ("CM16-0123456").
    CaseNumber,
    /// The day on which the review was assigned.
    DateAssigned,
    /// The date of injury.
    InjuryDate,
    /// The date of this determination.
    DecisionDate,
    /// The day on which the parties are told of this determination.
    NoticeDate,
    /// The date of the utilization review decision under review.
    ReviewDate,
    /// Standard or expedited.
    Priority,
    /// The day on which the application for review was made.
    ApplicationFiled,
    /// The day on which the application for review was received.
    ApplicationReceived,
    /// The day on which the request for authorization was received.
    RequestReceived,
    /// The day of the service.
    ServiceDate,
    /// The patient's sex.
    Sex,
    /// The patient's name.
    Patient,
    /// The patient's number with the plan.
    MemberId,
    /// The claim's number.
    ClaimNumber,
    /// The health plan.
    Plan,
    /// Who asks for the treatment or gave it.
    Provider,
    /// The service.
    Service,
    /// Why it was denied.
    DenialReason,
    /// The same as codes.
    DenialCodes,
}

impl HeaderField {
    /// Its name for people, in mid-sentence.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::CaseNumber => "case number",
            Self::DateAssigned => "date of assignment",
            Self::InjuryDate => "date of injury",
            Self::DecisionDate => "date of the decision",
            Self::NoticeDate => "date of the notice",
            Self::ReviewDate => "date of the utilization review",
            Self::Priority => "priority",
            Self::ApplicationFiled => "date on which the application was filed",
            Self::ApplicationReceived => "date on which the application was received",
            Self::RequestReceived => "date on which the request was received",
            Self::ServiceDate => "date of service",
            Self::Sex => "sex",
            Self::Patient => "patient",
            Self::MemberId => "member number",
            Self::ClaimNumber => "claim number",
            Self::Plan => "health plan",
            Self::Provider => "provider",
            Self::Service => "service",
            Self::DenialReason => "reason of the denial",
            Self::DenialCodes => "denial codes",
        }
    }
}

/// What a header value looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ValueShape {
    /// "CM16-0123456".
    CaseNumber,
    /// A date in digits or with a month's name.
    Date,
    /// "Standard" or "Expedited".
    Priority,
    /// "Female", "M".
    Sex,
    /// Whatever stands between the label and the end of its line or the next label.
    Text,
}

/// A section and its headings.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SectionMark {
    /// Which one.
    pub section: Section,
    /// How its heading is written.
    pub headings: Vec<String>,
    /// Whether a finished letter may leave it out, or have it under another heading: where no form prescribes the wording.
    #[serde(default)]
    pub optional: bool,
    /// Of which words another heading of it consists, in a form without fixed headings.
    #[serde(default)]
    pub words: HeadingWords,
}

/// The words of headings that have a meaning and no fixed wording: "Description of the services in dispute".
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HeadingWords {
    /// Words of which one stands in each such heading, in small letters.
    pub telling: Vec<String>,
    /// Words that may stand beside it. Small words ("of", "the") always may.
    #[serde(default)]
    pub beside: Vec<String>,
}

/// A part of the letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Section {
    /// What stands before the first heading: the header, a letterhead.
    Opening,
    /// What the dispute is about, and its dates.
    Background,
    /// What is decided, apart from the items.
    Decision,
    /// How the determination was made: fixed wording with the reviewer's qualifications.
    Method,
    /// The list of the documents reviewed.
    Documents,
    /// The clinical case summary.
    Summary,
    /// The disputed items with their decisions and rationales.
    Issues,
    /// What the patient can do against the decision: fixed wording.
    Rights,
}

/// A labelled field of an item.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldMark {
    /// Which one.
    pub field: Field,
    /// How its label is written: a label with a colon stands before its value, one without is a heading.
    pub labels: Vec<String>,
    /// First words of a value that stands without a label.
    #[serde(default)]
    pub openings: Vec<String>,
    /// What the label itself decides.
    #[serde(default)]
    pub decision: Option<Decision>,
    /// Of which words another heading of it consists, in a form without fixed headings.
    #[serde(default)]
    pub words: HeadingWords,
}

impl FieldMark {
    /// How the form begins the field.
    #[must_use]
    pub fn beginning(&self) -> &str {
        self.openings.first().or(self.labels.first()).map_or("", String::as_str)
    }
}

/// What an item's field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// What is requested, where no heading says it.
    Request,
    /// What is decided, where no heading says it.
    Determination,
    /// What the claims administrator based its decision on.
    ClaimsGuideline,
    /// What the reviewer bases the decision on.
    ReviewerGuideline,
    /// Why.
    Rationale,
}

/// A profile's file as the build has it.
macro_rules! profile {
    ($name:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/src/letter/profiles/", $name, ".json"))
    };
}

/// The files of the profiles, the more general first; a base stands before what extends it.
const SOURCES: [&str; 14] = [
    profile!("ca-imr-2014"),
    profile!("ca-imr-2016"),
    profile!("ca-imr-2015"),
    profile!("ca-imr-2013-final"),
    profile!("ca-imr-2013"),
    profile!("ca-mpr"),
    profile!("ca-dmhc"),
    profile!("fed-external"),
    profile!("naic"),
    profile!("il-iro"),
    profile!("tx-iro"),
    profile!("partd-ire"),
    profile!("external-review"),
    profile!("ur"),
];

static PROFILES: LazyLock<Vec<Profile>> = LazyLock::new(|| {
    let mut profiles: Vec<Profile> = Vec::new();
    for source in SOURCES {
        let mut profile: Profile = serde_json::from_str(source).expect("a profile of the product is valid");
        if let Some(name) = profile.extends.take() {
            let base = profiles.iter().find(|base| base.name == name).expect("its base stands before it");
            profile.inherit(base);
        }
        profiles.push(profile);
    }
    profiles
});

/// The kinds of letters that are told apart, the more general first.
#[derive(Debug)]
pub struct Profiles {
    list: &'static [Profile],
    wordings: Wordings,
}

impl Profiles {
    /// Those of the product.
    #[must_use]
    pub fn known() -> &'static Self {
        static KNOWN: LazyLock<Profiles> = LazyLock::new(|| Profiles::of(&PROFILES));
        &KNOWN
    }

    /// A house's own, before those of the product. A letter keeps its profile for as long as the program runs, so these
    /// are kept too; the same ones are made once.
    ///
    /// # Errors
    /// The name of a profile that cannot be used, and why.
    pub fn with_own(own: Vec<Profile>) -> Result<&'static Self, (String, String)> {
        static MADE: Mutex<Vec<(String, &Profiles)>> = Mutex::new(Vec::new());
        if own.is_empty() {
            return Ok(Self::known());
        }
        let key = format!("{own:?}");
        let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, profiles)) = made.iter().find(|(known, _)| *known == key) {
            return Ok(profiles);
        }
        let mut list: Vec<Profile> = Vec::with_capacity(own.len() + PROFILES.len());
        for mut profile in own {
            let base = profile.extends.take();
            let name = profile.name.clone();
            let fail = |reason| Err((name, reason));
            if PROFILES.iter().any(|known| known.name == profile.name) {
                return fail("there is a profile of this name already".to_owned());
            }
            if let Some(wanted) = base {
                match list.iter().chain(&*PROFILES).find(|base| base.name == wanted) {
                    Some(base) => profile.inherit(base),
                    None => return fail(format!("there is no profile “{wanted}” to extend")),
                }
            }
            if let Some(fault) = profile.fault() {
                return fail(fault);
            }
            list.push(profile);
        }
        list.extend_from_slice(&PROFILES);
        let profiles = &*Box::leak(Box::new(Self::of(list.leak())));
        made.push((key, profiles));
        Ok(profiles)
    }

    fn of(list: &'static [Profile]) -> Self {
        Self { list, wordings: Wordings::of(list) }
    }

    /// The profiles.
    #[must_use]
    pub fn list(&self) -> &'static [Profile] {
        self.list
    }

    /// A profile by name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&'static Profile> {
        self.list.iter().find(|profile| profile.name == name)
    }

    /// How their marks are written.
    pub(super) fn wordings(&self) -> &Wordings {
        &self.wordings
    }
}

impl Profile {
    /// The place of a section in the order of the form; the opening comes first.
    #[must_use]
    pub fn rank(&self, section: Section) -> usize {
        self.section.iter().position(|mark| mark.section == section).map_or(0, |at| at + 1)
    }

    /// Whether the form demands a field for something.
    #[must_use]
    pub fn asks_for(&self, field: Field) -> bool {
        // The law asks a utilization review for its criteria, in whatever form.
        (!self.free_form || self.is_workers_compensation()) && self.has_field(field)
    }

    fn has_field(&self, field: Field) -> bool {
        self.field.iter().any(|mark| mark.field == field)
    }

    /// What keeps it from being used.
    fn fault(&self) -> Option<String> {
        let has_rationale = self.has_field(Field::Rationale);
        let fixed = || {
            self.fixed.iter().find(|fixed| fixed.lead().trim().is_empty()).map(|fixed| {
                format!("its fixed text “{}” has no words of its own before the first slot", fixed.name)
            })
        };
        if self.decisions.upheld.is_empty() || self.decisions.overturned.is_empty() {
            return Some(
                "it has no decision words: set decisions.upheld and decisions.overturned".to_owned(),
            );
        }
        if self.section.is_empty() {
            return Some("it has no sections: add [[profiles.….section]] with their headings".to_owned());
        }
        if !has_rationale {
            return Some("it has no reasons: add a [[profiles.….field]] for the rationale".to_owned());
        }
        if self.needs_title && self.titles.is_empty() {
            return Some("it needs a title and has none".to_owned());
        }
        fixed()
    }

    /// Whether it is a determination of California's independent medical review in workers' compensation, which has to
    /// state whether each item is medically necessary.
    #[must_use]
    pub fn is_workers_compensation_review(&self) -> bool {
        self.name.starts_with("ca-imr") || self.name == "ca-mpr"
    }

    /// Whether California's workers' compensation law governs it.
    #[must_use]
    pub fn is_workers_compensation(&self) -> bool {
        self.is_workers_compensation_review() || self.name == "ur"
    }

    fn inherit(&mut self, base: &Self) {
        fn or_base<T: Clone>(own: &mut Vec<T>, base: &[T]) {
            if own.is_empty() {
                own.extend_from_slice(base);
            }
        }
        if self.decisions.upheld.is_empty() {
            self.decisions = base.decisions.clone();
        }
        or_base(&mut self.titles, &base.titles);
        or_base(&mut self.header, &base.header);
        or_base(&mut self.section, &base.section);
        or_base(&mut self.item_headings, &base.item_headings);
        or_base(&mut self.results, &base.results);
        or_base(&mut self.numbered_results, &base.numbered_results);
        or_base(&mut self.field, &base.field);
        self.fixed.extend_from_slice(&base.fixed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_profile_can_be_used() {
        for profile in PROFILES.iter() {
            let name = &profile.name;
            assert_eq!(profile.fault(), None, "{name}");
            for fixed in &profile.fixed {
                let lead = fixed.lead();
                let is_found = lead.split(' ').count() > 3 || lead.ends_with(':');
                assert!(is_found, "{name}: {} is found by too little", fixed.name);
                assert!(
                    fixed.slots(&fixed.text.replace(['[', ']'], "")).is_some(),
                    "{name}: {} is no pattern of itself",
                    fixed.name
                );
            }
        }
    }

    #[test]
    fn a_houses_own_stand_first_and_are_made_once() {
        let own = |text: &str| vec![Profile { name: "house".to_owned(), ..toml::from_str(text).unwrap() }];
        let made = Profiles::with_own(own("extends = \"ca-imr-2014\"")).unwrap();
        assert_eq!(made.list()[0].name, "house");
        assert_eq!(made.list().len(), PROFILES.len() + 1);
        assert!(std::ptr::eq(made, Profiles::with_own(own("extends = \"ca-imr-2014\"")).unwrap()));
        let fault = |text: &str| Profiles::with_own(own(text)).unwrap_err().1;
        assert!(fault("extends = \"ca-imr\"").contains("no profile “ca-imr”"));
        assert!(fault("titles = [\"X\"]").contains("decision words"));
        assert!(std::ptr::eq(Profiles::with_own(Vec::new()).unwrap(), Profiles::known()));
    }

    #[test]
    fn names_differ() {
        let mut names: Vec<&str> = PROFILES.iter().map(|profile| profile.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), PROFILES.len());
    }

    #[test]
    fn a_profile_takes_what_it_does_not_give_from_its_base() {
        let by_name = |name| PROFILES.iter().find(|profile| profile.name == name).unwrap();
        let (base, later) = (by_name("ca-imr-2014"), by_name("ca-imr-2016"));
        assert_eq!(later.header.len(), base.header.len());
        assert!(later.fixed.len() > base.fixed.len());
        assert!(by_name("ca-imr-2015").rank(Section::Issues) > base.rank(Section::Documents));
    }
}
