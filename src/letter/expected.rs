//! What a reader may expect of a document, beside its text.

use std::ptr;

use schemars::JsonSchema;
use serde::Deserialize;

use super::profile::{Profile, Profiles};

/// What letters a document can hold.
#[derive(Debug, Clone, Copy)]
pub struct Expected {
    /// The kinds of letters that are told apart.
    pub profiles: &'static Profiles,
    /// The kind that every letter is of; absent where the text tells.
    pub profile: Option<&'static Profile>,
    /// Whether letters are whole.
    pub scope: Scope,
}

/// How much of a letter a document holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// All of it where the first and the last mark of its form stand: a draft is typed from the top.
    #[default]
    Auto,
    /// All of it: what is absent is missing.
    Full,
    /// A part of it: what is absent stands elsewhere.
    Excerpt,
}

impl Scope {
    /// Its name in a configuration.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Full => "full",
            Self::Excerpt => "excerpt",
        }
    }
}

impl Default for Expected {
    fn default() -> Self {
        Self { profiles: Profiles::known(), profile: None, scope: Scope::default() }
    }
}

impl PartialEq for Expected {
    fn eq(&self, other: &Self) -> bool {
        let address = |profile: Option<&'static Profile>| profile.map(ptr::from_ref);
        ptr::eq(self.profiles, other.profiles)
            && address(self.profile) == address(other.profile)
            && self.scope == other.scope
    }
}

impl Eq for Expected {}
