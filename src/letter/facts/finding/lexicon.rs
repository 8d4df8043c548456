//! The names of findings and the words around them, as data.

use std::sync::LazyLock;

use crate::letter::facts::phrase::{Phrases, entries, rows};
use crate::letter::facts::words::Words;

const FINDINGS: &str = include_str!("../finding.tsv");
const CUES: &str = include_str!("cues.tsv");

/// A finding's identity; two wordings of one finding ("tingling", "paresthesia") have the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FindingId(u16);

/// What sort of thing a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FindingKind {
    /// What the patient feels or reports.
    Symptom,
    /// What an examiner finds, or the state of a function (gait, strength).
    Sign,
    /// A named examination test.
    Test,
    /// Imaging, electrodiagnosis, a laboratory's report.
    Study,
}

struct Finding {
    name: &'static str,
    kind: FindingKind,
    part: Option<&'static str>,
    /// Whether it is a function, which can be normal, rather than a complaint.
    is_function: bool,
}

impl FindingId {
    /// Its name in a sentence ("straight leg raise").
    #[must_use]
    pub fn name(self) -> &'static str {
        LEXICON.findings[usize::from(self.0)].name
    }

    /// Its kind.
    #[must_use]
    pub fn kind(self) -> FindingKind {
        LEXICON.findings[usize::from(self.0)].kind
    }

    /// The one body part to which it belongs ("knee" for Lachman), if it does.
    #[must_use]
    pub fn part(self) -> Option<&'static str> {
        LEXICON.findings[usize::from(self.0)].part
    }

    /// Whether it names a function (gait, motion) as well as its disturbance.
    #[must_use]
    pub fn is_function(self) -> bool {
        LEXICON.findings[usize::from(self.0)].is_function
    }

    /// The finding of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let index = LEXICON.findings.iter().position(|finding| finding.name == name)?;
        u16::try_from(index).ok().map(Self)
    }
}

/// How a wording speaks of its finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// It says that it is there ("weakness").
    States,
    /// It names what is examined ("strength") and needs a result.
    Neutral,
    /// As [`Form::Neutral`], and so common a word that it means the finding only beside a result.
    Weak,
    /// It says that it is not there ("nontender").
    Denies,
}

/// A wording of the list; without an id it only looks like one.
#[derive(Debug, Clone, Copy)]
pub(in crate::letter::facts) struct Wording {
    pub id: Option<FindingId>,
    pub(super) form: Form,
}

struct Lexicon {
    findings: Vec<Finding>,
    wordings: Phrases<Wording>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut findings = Vec::new();
    let mut wordings = Phrases::new();
    for row in rows(FINDINGS) {
        let [name, kind, part, states, neutral, denies] = row[..] else { continue };
        let kind = match kind {
            "symptom" => Some(FindingKind::Symptom),
            "sign" => Some(FindingKind::Sign),
            "test" => Some(FindingKind::Test),
            "study" => Some(FindingKind::Study),
            _ => None,
        };
        let id = kind.and_then(|kind| {
            let is_function = kind == FindingKind::Sign && !neutral.is_empty();
            findings.push(Finding {
                name,
                kind,
                part: Some(part).filter(|part| !part.is_empty()),
                is_function,
            });
            u16::try_from(findings.len() - 1).ok().map(FindingId)
        });
        for (form, column) in [(Form::States, states), (Form::Neutral, neutral), (Form::Denies, denies)] {
            for entry in entries(column) {
                match entry.strip_prefix('~') {
                    Some(weak) => wordings.add_phrase(weak, Wording { id, form: Form::Weak }),
                    None => wordings.add_phrase(entry, Wording { id, form }),
                }
            }
        }
    }
    Lexicon { findings, wordings }
});

/// The longest wording of a finding that begins at a token, and the token behind it.
pub(super) fn longest(words: &Words, at: usize, end: usize) -> Option<(usize, Wording)> {
    LEXICON.wordings.longest(words, at, end)
}

/// What a word around a finding does to it; `cues.tsv` describes the classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    Negates,
    Not,
    Pseudo,
    Uncertain,
    Hypothetical,
    Guideline,
    Must,
    Past,
    Current,
    Before,
    Family,
    Absent,
    Negative,
    Positive,
    Normal,
    Graded,
    Excess,
    Elicited,
    Affirms,
    Shows,
    Undone,
    Break,
    Subject,
    Possessive,
    Verb,
    Participle,
    Comma,
    Parenthesis,
    And,
    Or,
    Colon,
    Muscle,
    Rating,
}

impl Cue {
    fn of_class(class: &str) -> Option<Self> {
        Some(match class {
            "negates" => Self::Negates,
            "not" => Self::Not,
            "pseudo" => Self::Pseudo,
            "uncertain" => Self::Uncertain,
            "hypothetical" => Self::Hypothetical,
            "guideline" => Self::Guideline,
            "must" => Self::Must,
            "past" => Self::Past,
            "current" => Self::Current,
            "before" => Self::Before,
            "family" => Self::Family,
            "absent" => Self::Absent,
            "negative" => Self::Negative,
            "positive" => Self::Positive,
            "normal" => Self::Normal,
            "graded" => Self::Graded,
            "excess" => Self::Excess,
            "elicited" => Self::Elicited,
            "affirms" => Self::Affirms,
            "shows" => Self::Shows,
            "undone" => Self::Undone,
            "break" => Self::Break,
            "subject" => Self::Subject,
            "possessive" => Self::Possessive,
            "verb" => Self::Verb,
            "participle" => Self::Participle,
            "comma" => Self::Comma,
            "parenthesis" => Self::Parenthesis,
            "and" => Self::And,
            "or" => Self::Or,
            "colon" => Self::Colon,
            "muscle" => Self::Muscle,
            "rating" => Self::Rating,
            _ => return None,
        })
    }

    /// A result in the place of an adjective.
    pub fn is_result(self) -> bool {
        matches!(
            self,
            Self::Absent | Self::Negative | Self::Positive | Self::Normal | Self::Graded | Self::Excess
        )
    }

    /// What separates the members of a list.
    pub fn is_link(self) -> bool {
        matches!(self, Self::Comma | Self::And | Self::Or)
    }
}

static CUE_WORDINGS: LazyLock<Phrases<Cue>> = LazyLock::new(|| {
    let mut wordings = Phrases::new();
    for row in rows(CUES) {
        if let [class, column] = row[..]
            && let Some(cue) = Cue::of_class(class)
        {
            wordings.add(column, cue);
        }
    }
    wordings
});

/// The longest cue that begins at a token, and the token behind it.
pub(super) fn longest_cue(words: &Words, at: usize, end: usize) -> Option<(usize, Cue)> {
    CUE_WORDINGS.longest(words, at, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sound() {
        for row in rows(CUES) {
            assert!(row.len() == 2 && Cue::of_class(row[0]).is_some(), "{row:?}");
        }
        for row in rows(FINDINGS) {
            assert!(
                row.len() == 6 && (row[1] == "none" || FindingId::from_name(row[0]).is_some()),
                "{row:?}"
            );
        }
    }

    #[test]
    fn names_are_unique_and_found() {
        for finding in &LEXICON.findings {
            let id = FindingId::from_name(finding.name).expect(finding.name);
            assert_eq!(id.name(), finding.name);
            assert_eq!(LEXICON.findings.iter().filter(|other| other.name == finding.name).count(), 1);
        }
        assert_eq!(FindingId::from_name("Lachman").and_then(FindingId::part), Some("knee"));
    }
}
