//! Profiles: what a kind of letter looks like, as data.

use std::sync::LazyLock;

use serde::Deserialize;

/// One kind of determination letter: its headings, labels, fixed sentences and decision words.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Profile {
    /// Its name in a configuration ("ca-imr-2014").
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// The profile whose marks it has too.
    #[serde(default)]
    extends: Option<String>,
    /// Decision words; absent where they are the extended profile's.
    #[serde(default)]
    pub decisions: DecisionWords,
    /// Header fields, in the order of the form.
    #[serde(default)]
    pub header: Vec<HeaderMark>,
    /// Sections, in the order of the form.
    #[serde(default)]
    pub section: Vec<SectionMark>,
    /// Labelled fields of an item.
    #[serde(default)]
    pub field: Vec<FieldMark>,
    /// Sentences of the form that stand between the reviewer's own.
    #[serde(default)]
    pub fixed: Vec<FixedMark>,
}

/// The words that decide an item.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionWords {
    /// The utilization review decision stands: the treatment is not medically necessary.
    pub upheld: Vec<String>,
    /// The utilization review decision falls: the treatment is medically necessary.
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
    /// How it is written, with the colon.
    pub labels: Vec<String>,
    /// What its value looks like.
    pub value: ValueShape,
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
    /// The patient's sex.
    Sex,
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
}

/// A section and its headings.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionMark {
    /// Which one.
    pub section: Section,
    /// How its heading is written.
    pub headings: Vec<String>,
}

/// A part of the letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Section {
    /// What stands before the first heading: the header, a letterhead.
    Opening,
    /// How the determination was made: fixed wording with the reviewer's qualifications.
    Method,
    /// The list of the documents reviewed.
    Documents,
    /// The clinical case summary.
    Summary,
    /// The disputed items with their decisions and rationales.
    Issues,
}

/// A labelled field of an item.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldMark {
    /// Which one.
    pub field: Field,
    /// How its label is written, with the colon.
    pub labels: Vec<String>,
}

/// What an item's field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// What the claims administrator based its decision on.
    ClaimsGuideline,
    /// What the reviewer bases the decision on.
    ReviewerGuideline,
    /// Why.
    Rationale,
}

/// A sentence of the form.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FixedMark {
    /// Its wording.
    pub text: String,
}

/// The profiles that the product knows, most general first.
static PROFILES: LazyLock<Vec<Profile>> = LazyLock::new(|| {
    let mut profiles: Vec<Profile> = Vec::new();
    for source in [include_str!("profiles/ca-imr-2014.toml"), include_str!("profiles/ca-imr-2016.toml")] {
        let mut profile: Profile = toml::from_str(source).expect("a profile of the product is valid");
        if let Some(name) = profile.extends.take() {
            let base = profiles.iter().find(|base| base.name == name).expect("its base stands before it");
            profile.inherit(base);
        }
        profiles.push(profile);
    }
    profiles
});

/// The profiles that the product knows, most general first.
#[must_use]
pub fn profiles() -> &'static [Profile] {
    &PROFILES
}

impl Profile {
    fn inherit(&mut self, base: &Self) {
        if self.decisions.upheld.is_empty() {
            self.decisions = base.decisions.clone();
        }
        self.header.extend_from_slice(&base.header);
        self.section.extend_from_slice(&base.section);
        self.field.extend_from_slice(&base.field);
        self.fixed.extend_from_slice(&base.fixed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_profile_is_complete() {
        for profile in profiles() {
            assert!(!profile.decisions.upheld.is_empty(), "{} decides nothing", profile.name);
            assert!(profile.section.iter().any(|mark| mark.section == Section::Issues), "{}", profile.name);
            assert!(profile.field.iter().all(|mark| mark.labels.iter().all(|label| label.ends_with(':'))));
        }
    }
}
