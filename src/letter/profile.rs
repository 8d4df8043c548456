//! Profiles: what a kind of letter looks like, as data.

use std::sync::LazyLock;

use serde::Deserialize;

use super::decision::Decision;
use super::fixed_text::FixedText;

/// One kind of determination letter: its titles, headings, labels, fixed wording and decision words.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Profile {
    /// Its name in a configuration ("ca-imr-2014").
    pub name: String,
    /// Its name for people.
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
    /// Whether it decides one dispute, so that every request, reason and decision belongs to one item.
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
    /// Labelled fields of an item, in the order of the form.
    #[serde(default)]
    pub field: Vec<FieldMark>,
    /// The form's own wording.
    #[serde(default)]
    pub fixed: Vec<FixedText>,
}

/// The words that decide an item.
#[derive(Debug, Clone, Default, Deserialize)]
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
#[derive(Debug, Clone, Deserialize)]
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
}

/// What a header field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
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
    /// The date of the utilization review decision under review.
    ReviewDate,
    /// Standard or expedited.
    Priority,
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
            Self::ReviewDate => "date of the utilization review",
            Self::Priority => "priority",
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
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
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionMark {
    /// Which one.
    pub section: Section,
    /// How its heading is written.
    pub headings: Vec<String>,
    /// Whether a finished letter may leave it out.
    #[serde(default)]
    pub optional: bool,
}

/// A part of the letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
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
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldMark {
    /// Which one.
    pub field: Field,
    /// How its label is written: a label with a colon stands before its value, one without is a heading.
    pub labels: Vec<String>,
    /// What the label itself decides.
    #[serde(default)]
    pub decision: Option<Decision>,
}

/// What an item's field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
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

/// The files of the profiles, the more general first; a base stands before what extends it.
const SOURCES: [&str; 11] = [
    include_str!("profiles/ca-imr-2014.toml"),
    include_str!("profiles/ca-imr-2016.toml"),
    include_str!("profiles/ca-imr-2015.toml"),
    include_str!("profiles/ca-imr-2013.toml"),
    include_str!("profiles/ca-mpr.toml"),
    include_str!("profiles/ur.toml"),
    include_str!("profiles/ca-dmhc.toml"),
    include_str!("profiles/fed-external.toml"),
    include_str!("profiles/naic.toml"),
    include_str!("profiles/il-iro.toml"),
    include_str!("profiles/partd-ire.toml"),
];

static PROFILES: LazyLock<Vec<Profile>> = LazyLock::new(|| {
    let mut profiles: Vec<Profile> = Vec::new();
    for source in SOURCES {
        let mut profile: Profile = toml::from_str(source).expect("a profile of the product is valid");
        if let Some(name) = profile.extends.take() {
            let base = profiles.iter().find(|base| base.name == name).expect("its base stands before it");
            profile.inherit(base);
        }
        profiles.push(profile);
    }
    profiles
});

/// The profiles that the product knows, the more general first.
#[must_use]
pub fn profiles() -> &'static [Profile] {
    &PROFILES
}

impl Profile {
    /// The place of a section in the order of the form; the opening comes first.
    #[must_use]
    pub fn rank(&self, section: Section) -> usize {
        self.section.iter().position(|mark| mark.section == section).map_or(0, |at| at + 1)
    }

    /// Whether the form has a field for something.
    #[must_use]
    pub fn asks_for(&self, field: Field) -> bool {
        self.field.iter().any(|mark| mark.field == field)
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
        or_base(&mut self.field, &base.field);
        self.fixed.extend_from_slice(&base.fixed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_profile_is_complete() {
        for profile in profiles() {
            let name = &profile.name;
            assert!(!profile.decisions.upheld.is_empty(), "{name} decides nothing");
            assert!(!profile.decisions.overturned.is_empty(), "{name} decides one way only");
            assert!(!profile.section.is_empty(), "{name} has no sections");
            assert!(profile.field.iter().any(|mark| mark.field == Field::Rationale), "{name} has no reasons");
            assert!(!profile.needs_title || !profile.titles.is_empty(), "{name} needs a title and has none");
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
    fn names_differ() {
        let mut names: Vec<&str> = profiles().iter().map(|profile| profile.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), profiles().len());
    }

    #[test]
    fn a_profile_takes_what_it_does_not_give_from_its_base() {
        let by_name = |name| profiles().iter().find(|profile| profile.name == name).unwrap();
        let (base, later) = (by_name("ca-imr-2014"), by_name("ca-imr-2016"));
        assert_eq!(later.header.len(), base.header.len());
        assert!(later.fixed.len() > base.fixed.len());
        assert!(by_name("ca-imr-2015").rank(Section::Issues) > base.rank(Section::Documents));
    }
}
