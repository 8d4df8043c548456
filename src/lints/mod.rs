//! The lints: each is one file of data in `lints/<family>/` and, where data is not enough, one file of code of the
//! same name here. Lints never import each other.

mod patient {
    pub mod age_conflict;
    pub mod anatomy_mismatch;
    pub mod gender_mismatch;
}
mod dates {
    pub mod date_order_conflict;
    pub mod elapsed_time_conflict;
    pub mod injury_date_conflict;
    pub mod invalid_date;
    pub mod record_after_review;
    pub mod review_date_conflict;
}
mod request {
    pub mod already_granted;
    pub mod body_part_mismatch;
    pub mod dose_mismatch;
    pub mod invalid_spinal_level;
    pub mod quantity_mismatch;
    pub mod request_mismatch;
    pub mod side_mismatch;
    pub mod unaddressed_component;
    pub mod undecided_request;
    pub mod vague_request;
}
mod findings {
    pub mod absence_claim;
    pub mod contradicted_absence;
    pub mod contradictory_finding;
    pub mod impossible_finding;
    pub mod unsupported_finding;
}
mod decision {
    pub mod biased_reason;
    pub mod decision_contradiction;
    pub mod missing_conclusion;
    pub mod missing_decision;
    pub mod out_of_scope_reason;
    pub mod pasted_rationale;
    pub mod reason_against_decision;
    pub mod silence_as_basis;
}
mod citation {
    pub mod chapter_mismatch;
    pub mod contradictory_basis;
    pub mod incomplete_citation;
    pub mod incomplete_study;
    pub mod invalid_page;
    pub mod missing_citation;
    pub mod outdated_guideline;
    pub mod placeholder_citation;
    pub mod uncited_source;
    pub mod unknown_guideline;
    pub mod weak_source;
}
mod structure {
    pub mod changed_boilerplate;
    pub mod empty_field;
    pub mod incomplete_summary;
    pub mod malformed_header;
    pub mod missing_credentials;
    pub mod missing_document_list;
    pub mod missing_section;
    pub mod review_only_basis;
}
mod blank {
    pub mod blank_name;
    pub mod dictation_artifact;
    pub mod placeholder;
}
mod spelling {
    pub mod joined_words;
    pub mod misspelled_drug;
    pub mod misspelling;
    pub mod repeated_word;
    pub mod unknown_word;
    pub mod unlikely_word;
    pub mod unsafe_dose_notation;
}
mod punctuation {
    pub mod double_period;
    pub mod extra_space;
    pub mod missing_space;
    pub mod missing_stop;
    pub mod run_in_list;
    pub mod unbalanced_pair;
}
mod wording {
    pub mod agreement_error;
    pub mod duplicate_sentence;
    pub mod jargon;
    pub mod missing_age_hyphen;
    pub mod missing_article;
    pub mod missing_word;
    pub mod wrong_article;
}
mod privacy {
    pub mod exposed_birth_date;
    pub mod exposed_contact;
    pub mod exposed_identifier;
    pub mod exposed_name;
    pub mod exposed_reviewer;
}

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use crate::engine::{Built, BuiltFrame, BuiltFrames, Catalogue, Check, Entry, LoadError, Source};
use crate::text::Key;

/// A lint's file, embedded, with its code.
macro_rules! lint {
    ($path:literal, $check:expr) => {
        Entry {
            source: Source::Deflated(include_bytes!(concat!(
                env!("OUT_DIR"),
                "/lints/",
                $path,
                ".toml.deflate"
            ))),
            built: Some(&Built {
                head: include_str!(concat!(env!("OUT_DIR"), "/lints/", $path, ".json")),
                sets: include_str!(concat!(env!("OUT_DIR"), "/lints/", $path, ".sets")),
                frames: include!(concat!(env!("OUT_DIR"), "/lints/", $path, ".frames.rs")),
            }),
            check: $check,
        }
    };
}

/// The registry: one line a lint, in the order in which they are listed.
const REGISTRY: &[Entry] = &[
    lint!("patient/gender-mismatch", Check::Letter(patient::gender_mismatch::check)),
    lint!("patient/anatomy-mismatch", Check::Letter(patient::anatomy_mismatch::check)),
    lint!("patient/age-conflict", Check::Letter(patient::age_conflict::check)),
    lint!("dates/invalid-date", Check::Block(dates::invalid_date::check)),
    lint!("dates/date-order-conflict", Check::Letter(dates::date_order_conflict::check)),
    lint!("dates/injury-date-conflict", Check::Letter(dates::injury_date_conflict::check)),
    lint!("dates/review-date-conflict", Check::Letter(dates::review_date_conflict::check)),
    lint!("dates/elapsed-time-conflict", Check::Letter(dates::elapsed_time_conflict::check)),
    lint!("dates/record-after-review", Check::Letter(dates::record_after_review::check)),
    lint!("request/side-mismatch", Check::Item(request::side_mismatch::check)),
    lint!("request/body-part-mismatch", Check::Item(request::body_part_mismatch::check)),
    lint!("request/invalid-spinal-level", Check::Block(request::invalid_spinal_level::check)),
    lint!("request/quantity-mismatch", Check::Item(request::quantity_mismatch::check)),
    lint!("request/dose-mismatch", Check::Item(request::dose_mismatch::check)),
    lint!("request/request-mismatch", Check::Item(request::request_mismatch::check)),
    lint!("request/unaddressed-component", Check::Item(request::unaddressed_component::check)),
    lint!("request/undecided-request", Check::Letter(request::undecided_request::check)),
    lint!("request/already-granted", Check::Item(request::already_granted::check)),
    lint!("request/vague-request", Check::Letter(request::vague_request::check)),
    lint!("findings/contradictory-finding", Check::Letter(findings::contradictory_finding::check)),
    lint!("findings/unsupported-finding", Check::Item(findings::unsupported_finding::check)),
    lint!("findings/impossible-finding", Check::Block(findings::impossible_finding::check)),
    lint!("findings/contradicted-absence", Check::Item(findings::contradicted_absence::check)),
    lint!("findings/absence-claim", Check::Item(findings::absence_claim::check)),
    lint!("decision/missing-decision", Check::Item(decision::missing_decision::check)),
    lint!("decision/decision-contradiction", Check::Item(decision::decision_contradiction::check)),
    lint!("decision/reason-against-decision", Check::Item(decision::reason_against_decision::check)),
    lint!("decision/missing-conclusion", Check::Item(decision::missing_conclusion::check)),
    lint!("decision/silence-as-basis", Check::Item(decision::silence_as_basis::check)),
    lint!("decision/pasted-rationale", Check::Letter(decision::pasted_rationale::check)),
    lint!("decision/out-of-scope-reason", Check::Item(decision::out_of_scope_reason::check)),
    lint!("decision/biased-reason", Check::Item(decision::biased_reason::check)),
    lint!("citation/missing-citation", Check::Item(citation::missing_citation::check)),
    lint!("citation/placeholder-citation", Check::Item(citation::placeholder_citation::check)),
    lint!("citation/contradictory-basis", Check::Item(citation::contradictory_basis::check)),
    lint!("citation/unknown-guideline", Check::Item(citation::unknown_guideline::check)),
    lint!("citation/chapter-mismatch", Check::Item(citation::chapter_mismatch::check)),
    lint!("citation/incomplete-citation", Check::Item(citation::incomplete_citation::check)),
    lint!("citation/outdated-guideline", Check::Item(citation::outdated_guideline::check)),
    lint!("citation/invalid-page", Check::Item(citation::invalid_page::check)),
    lint!("citation/incomplete-study", Check::Item(citation::incomplete_study::check)),
    lint!("citation/uncited-source", Check::Item(citation::uncited_source::check)),
    lint!("citation/weak-source", Check::Item(citation::weak_source::check)),
    lint!("structure/missing-section", Check::Letter(structure::missing_section::check)),
    lint!("structure/malformed-header", Check::Letter(structure::malformed_header::check)),
    lint!("structure/missing-document-list", Check::Letter(structure::missing_document_list::check)),
    lint!("structure/missing-credentials", Check::Letter(structure::missing_credentials::check)),
    lint!("structure/changed-boilerplate", Check::Letter(structure::changed_boilerplate::check)),
    lint!("structure/empty-field", Check::Item(structure::empty_field::check)),
    lint!("structure/review-only-basis", Check::Letter(structure::review_only_basis::check)),
    lint!("structure/incomplete-summary", Check::Letter(structure::incomplete_summary::check)),
    lint!("blank/blank-name", Check::Block(blank::blank_name::check)),
    lint!("blank/placeholder", Check::Block(blank::placeholder::check)),
    lint!("blank/dictation-artifact", Check::Block(blank::dictation_artifact::check)),
    lint!("spelling/misspelling", Check::Sentence(spelling::misspelling::check)),
    lint!("spelling/unknown-word", Check::Letter(spelling::unknown_word::check)),
    lint!("spelling/confused-word", Check::Patterns),
    lint!("spelling/unlikely-word", Check::Sentence(spelling::unlikely_word::check)),
    lint!("spelling/misspelled-drug", Check::Sentence(spelling::misspelled_drug::check)),
    lint!("spelling/joined-words", Check::Sentence(spelling::joined_words::check)),
    lint!("spelling/repeated-word", Check::Sentence(spelling::repeated_word::check)),
    lint!("spelling/unsafe-dose-notation", Check::Block(spelling::unsafe_dose_notation::check)),
    lint!("punctuation/double-period", Check::Block(punctuation::double_period::check)),
    lint!("punctuation/missing-space", Check::Block(punctuation::missing_space::check)),
    lint!("punctuation/extra-space", Check::Block(punctuation::extra_space::check)),
    lint!("punctuation/run-in-list", Check::Block(punctuation::run_in_list::check)),
    lint!("punctuation/unbalanced-pair", Check::Block(punctuation::unbalanced_pair::check)),
    lint!("punctuation/missing-stop", Check::Block(punctuation::missing_stop::check)),
    lint!("wording/missing-word", Check::Sentence(wording::missing_word::check)),
    lint!("wording/missing-article", Check::Block(wording::missing_article::check)),
    lint!("wording/wrong-article", Check::Block(wording::wrong_article::check)),
    lint!("wording/agreement-error", Check::Sentence(wording::agreement_error::check)),
    lint!("wording/unfit-word", Check::Patterns),
    lint!("wording/missing-age-hyphen", Check::Block(wording::missing_age_hyphen::check)),
    lint!("wording/redundant-acronym", Check::Patterns),
    lint!("wording/duplicate-sentence", Check::Item(wording::duplicate_sentence::check)),
    lint!("wording/jargon", Check::Block(wording::jargon::check)),
    lint!("privacy/exposed-identifier", Check::Block(privacy::exposed_identifier::check)),
    lint!("privacy/exposed-birth-date", Check::Block(privacy::exposed_birth_date::check)),
    lint!("privacy/exposed-name", Check::Block(privacy::exposed_name::check)),
    lint!("privacy/exposed-contact", Check::Block(privacy::exposed_contact::check)),
    lint!("privacy/exposed-reviewer", Check::Letter(privacy::exposed_reviewer::check)),
];

static CATALOGUE: LazyLock<Arc<Catalogue>> = LazyLock::new(|| {
    Arc::new(Catalogue::load(REGISTRY).expect("the product's own lints are tested to load"))
});

/// The product's lints.
#[must_use]
pub fn catalogue() -> &'static Arc<Catalogue> {
    &CATALOGUE
}

/// The product's lints and a house's own.
///
/// # Errors
/// When one of the house's files is not what the format asks for; the error counts these files from 0.
pub fn catalogue_with(house: Vec<Cow<'static, str>>) -> Result<Arc<Catalogue>, LoadError> {
    let house = house.into_iter().map(|text| Entry {
        source: Source::Text(text),
        built: None,
        check: Check::Patterns,
    });
    let entries: Vec<Entry> = REGISTRY.iter().cloned().chain(house).collect();
    Catalogue::load(&entries)
        .map(Arc::new)
        .map_err(|error| LoadError { entry: error.entry.saturating_sub(REGISTRY.len()), ..error })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::check_examples;
    use crate::text::verb::FORM_NAMES;

    #[test]
    fn every_form_that_a_pattern_puts_in_is_known() {
        let lines =
            REGISTRY.iter().filter_map(|entry| entry.built).flat_map(|built| built.frames.text.lines());
        let replaces =
            lines.filter_map(|line| line.split('\t').nth(1)).flat_map(|column| column.split('\u{1f}'));
        for text in replaces.filter(|text| text.starts_with('{')) {
            assert!(FORM_NAMES.contains(&text), "{text}");
        }
    }

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
