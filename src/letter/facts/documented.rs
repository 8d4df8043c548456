//! What a summary tells of a patient's care, and what a claim of absence says not to be told of it: treatments, studies,
//! assessments, the answer to them.

mod claim;
mod cues;
mod summary;
mod topics;

pub use self::claim::{Sought, Subject};
pub use self::topics::TopicId;
use super::drug::DrugId;
use crate::text::Span;

/// Something of a patient's care that a text says to be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Documented {
    /// The words for it, in logical bytes.
    pub span: Span,
    /// What it is.
    pub care: Care,
    /// Whether the same clause says that it did not help.
    pub has_failed: bool,
}

/// A treatment, a study, an assessment or an answer to treatment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Care {
    /// One of the table's.
    Topic(TopicId),
    /// A drug.
    Drug(DrugId),
}

impl Care {
    /// Its name in a sentence.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Topic(topic) => topic.name(),
            Self::Drug(drug) => drug.generic_name(),
        }
    }

    /// Whether it is the other, or one kind of it: an epidural injection is an injection, naproxen an NSAID.
    #[must_use]
    pub fn is_kind_of(self, other: Self) -> bool {
        match (self, other) {
            (Self::Topic(one), Self::Topic(two)) => one.is_kind_of(two),
            (Self::Drug(drug), Self::Topic(topic)) => {
                topics::of_class(drug.class()).any(|own| own.is_kind_of(topic))
            }
            (one, two) => one == two,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::facts::cases::{self, content};

    fn told(text: &str) -> String {
        let content = content(text);
        let render = |told: &Documented| {
            let failed = if told.has_failed { " failed" } else { "" };
            format!("{}{failed}", told.care.name())
        };
        content.documented().iter().map(render).collect::<Vec<_>>().join("; ")
    }

    fn sought(text: &str) -> String {
        let content = content(text);
        let claims = &content.facts().absences;
        let render = |sought: &Sought| {
            let name = match &sought.subject {
                Subject::Care(care) => care.name().to_owned(),
                Subject::Finding { id, any_result: false } => format!("{} present", id.name()),
                Subject::Finding { id, any_result: true } => id.name().to_owned(),
                Subject::Examination(region) => format!("examination of {}", region.name()),
                Subject::Phrase(words) => format!("“{}”", words.join(" ")),
            };
            let failure = if sought.is_failure { " failed" } else { "" };
            let objective = if sought.is_objective { " objective" } else { "" };
            format!("{name}{failure}{objective}")
        };
        let all = claims.iter().flat_map(|claim| content.sought(claim));
        all.map(|sought| render(&sought)).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn what_a_summary_tells() {
        cases::check(include_str!("cases/documented.tsv"), told);
    }

    #[test]
    fn what_a_claim_seeks() {
        cases::check(include_str!("cases/sought.tsv"), sought);
    }

    #[test]
    fn kinds_of_care() {
        let topic = |name| Care::Topic(TopicId::from_name(name).expect(name));
        let drug = |name| Care::Drug(DrugId::from_name(name).expect(name));
        assert!(topic("epidural injection").is_kind_of(topic("injection")));
        assert!(!topic("injection").is_kind_of(topic("epidural injection")));
        assert!(drug("naproxen").is_kind_of(topic("NSAIDs")) && drug("Naprosyn") == drug("naproxen"));
        assert!(!drug("naproxen").is_kind_of(topic("conservative treatment")));
        assert!(!drug("naproxen").is_kind_of(topic("opioids")));
    }

    #[test]
    fn any_text() {
        for text in ["", "no ", "no documentation of ", "has had \u{301} therapy, ", "failure of "] {
            let content = content(&text.repeat(300));
            let claims = &content.facts().absences;
            let spans = claims.iter().flat_map(|claim| content.sought(claim)).map(|sought| sought.span);
            let told = content.documented().into_iter().map(|told| told.span);
            assert!(spans.chain(told).all(|span| content.text().get(span).is_some()));
        }
    }
}
