//! The lints: each is one file of data in `lints/<family>/` and, where data is not enough, one file of code of the
//! same name here. Lints never import each other.

mod patient {
    pub mod gender_mismatch;
}
mod citation {
    pub mod missing_citation;
    pub mod placeholder_citation;
}
mod blank {
    pub mod blank_name;
}
mod punctuation {
    pub mod double_period;
}

use std::sync::LazyLock;

use crate::engine::{Catalogue, Check, Entry};

/// A lint's file, embedded, with its code.
macro_rules! lint {
    ($path:literal, $check:expr) => {
        Entry { source: include_str!(concat!("../../lints/", $path, ".toml")), check: $check }
    };
}

/// The registry: one line a lint, in the order in which they are listed.
const REGISTRY: &[Entry] = &[
    lint!("patient/gender-mismatch", Check::Letter(patient::gender_mismatch::check)),
    lint!("citation/missing-citation", Check::Item(citation::missing_citation::check)),
    lint!("citation/placeholder-citation", Check::Item(citation::placeholder_citation::check)),
    lint!("blank/blank-name", Check::Block(blank::blank_name::check)),
    lint!("spelling/confused-word", Check::Patterns),
    lint!("punctuation/double-period", Check::Block(punctuation::double_period::check)),
];

static CATALOGUE: LazyLock<Catalogue> =
    LazyLock::new(|| Catalogue::load(REGISTRY).expect("the product's own lints are tested to load"));

/// The product's lints.
#[must_use]
pub fn catalogue() -> &'static Catalogue {
    &CATALOGUE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::check_examples;

    #[test]
    fn every_example_holds() {
        let catalogue = Catalogue::load(REGISTRY).unwrap_or_else(|error| panic!("{error}"));
        let failures: Vec<String> = catalogue
            .iter()
            .flat_map(|(id, lint)| {
                check_examples(&catalogue, id).into_iter().map(|failure| {
                    format!("{}: {}\n    {}", lint.name, failure.reason, failure.example.trim())
                })
            })
            .collect();
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }
}
