//! A person's sex, as letters word it.

/// A person's sex as a letter words it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sex {
    /// "female", "woman", "she".
    Female,
    /// "male", "man", "he".
    Male,
}

impl Sex {
    /// The adjective.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
        }
    }

    /// A value of a header's field ("F", "Male").
    #[must_use]
    pub fn from_field(value: &str) -> Option<Self> {
        match value.to_ascii_lowercase().as_str() {
            "f" | "female" => Some(Self::Female),
            "m" | "male" => Some(Self::Male),
            _ => None,
        }
    }
}
