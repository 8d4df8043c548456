//! What was observed of the patient: a finding that is said to be there or not, with its side, part, level and day, so that
//! two of them can be compared.

mod conflict;
mod motion;
mod of_letter;
mod segment;
mod surroundings;
mod words;

pub use self::motion::{Fullness, fullness};
use self::surroundings::{Day, Surroundings};
use self::words::WORDS;
pub use self::words::is_akin;
use super::date::DateValue;
use super::finding::{Examined, FindingId, Polarity};
use super::level::Level;
use super::owner::Owner;
use super::region::{Region, RegionId};
use super::side::SideValue;
use super::words::Words;
use crate::letter::block::Content;
use crate::text::Span;
use foldhash::HashSet;
use std::borrow::Cow;
use std::ops::Deref;

/// A finding of the patient's that is said to be there, not there or normal.
#[derive(Debug, Clone)]
pub struct Observation<'c> {
    /// On which side; absent where none is told.
    pub side: Option<SideValue>,
    /// Of which parts of the body it is told.
    pub regions: Cow<'c, [Part]>,
    /// Whether its own sentence tells its day, or it stands in the summary behind it.
    pub is_dated: bool,
    /// What its block tells of it.
    seen: &'c Seen,
}

impl Deref for Observation<'_> {
    type Target = Seen;

    fn deref(&self) -> &Seen {
        self.seen
    }
}

/// What a block tells of a finding that it asserts, in offsets of its logical text.
#[derive(Debug)]
pub struct Seen {
    /// What is said.
    pub fact: Examined,
    /// The finding with the words that say so, where they stand in its own part of the sentence; in logical bytes.
    pub span: Span,
    /// How it is known.
    pub source: Source,
    /// On which side the block says it is.
    side: Option<SideValue>,
    /// Of which parts of the body the block tells it; empty where it names none.
    regions: Vec<Part>,
    /// The spinal levels of which it is told.
    pub levels: Vec<Level>,
    /// The day of which it is told.
    pub date: Option<DateValue>,
    /// Whether its own sentence tells that day.
    is_dated: bool,
    /// Who found it, in small letters, where its sentence names a clinician.
    pub examiner: Option<String>,
    /// How a test was done ("seated").
    pub positions: Vec<String>,
    /// Of what movement, reflex or quality it is told ("flexion", "light touch").
    pub details: Vec<String>,
    /// Whether its sentence says in so many words that the patient has it: with the patient, an examination or "there is"
    /// before it, or a test's result.
    pub is_plain: bool,
    /// Whether it holds for the time of the letter and without exception, as far as its sentence tells.
    pub is_settled: bool,
}

/// A part of the body of which something is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Which.
    pub id: RegionId,
    /// The words for it, in small letters; empty where a level or the request tells it.
    pub name: String,
    /// Whether the words mean all of it ("the knee") and not a place in it ("the joint line").
    pub is_whole: bool,
    /// Whether it is named in the finding's own part of the sentence.
    pub is_own: bool,
}

/// How a finding is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    /// The patient says so.
    Complaint,
    /// An examiner found it.
    Examination,
    /// A study shows it.
    Study,
}

impl Content {
    /// What was observed of the patient, in the order of the text. Conditions, rules, the past and what others say are left
    /// out. `about` are the parts of the body of which the block speaks where it names none.
    #[must_use]
    pub fn observations(&self, about: &[RegionId]) -> Vec<Observation<'_>> {
        let whole = |&id: &RegionId| Part { id, name: String::new(), is_whole: true, is_own: false };
        let observations = self.seen().iter().map(|seen| Observation {
            side: seen.side,
            regions: if seen.regions.is_empty() {
                about.iter().map(whole).collect()
            } else {
                Cow::Borrowed(&*seen.regions)
            },
            is_dated: seen.is_dated,
            seen,
        });
        observations.collect()
    }
}

/// Reads what a block tells of the patient's findings.
pub(in crate::letter) fn read(content: &Content) -> Vec<Seen> {
    let facts = content.facts();
    let asserted =
        |fact: &Examined| matches!(fact.polarity, Polarity::Present | Polarity::Absent | Polarity::Normal);
    if !facts.findings.iter().any(asserted) {
        return Vec::new();
    }
    let words = Words::new(content.text(), &content.tokens);
    let days = Day::all(content, &words);
    let mut seen = Vec::new();
    for sentence in &content.sentences {
        for segment in segment::of_sentence(&words, sentence, &facts.findings) {
            let around = Surroundings { content, words: &words, segment: &segment, days: &days };
            let own = segment.facts.iter().filter(|fact| asserted(fact));
            let of_patient = own.filter(|fact| content.owner_of(&fact.span) == Owner::Patient);
            seen.extend(of_patient.map(|fact| around.seen(fact)));
        }
    }
    seen
}

/// Reads which findings a block names or tells of in other words, whatever it says of them.
pub(in crate::letter) fn told(content: &Content) -> HashSet<FindingId> {
    let words = Words::new(content.text(), &content.tokens);
    let mut ids: HashSet<FindingId> = content.facts().findings.iter().map(|fact| fact.id).collect();
    for at in 0..content.tokens.len() {
        WORDS.told.for_each_at(&words, at, |id| {
            ids.insert(id);
        });
    }
    ids
}

impl Content {
    /// Where a label announces what was seen of a finding, whatever that was ("Gait: short steps"), or a value of it stands.
    #[must_use]
    pub fn labelled(&self, id: FindingId) -> Option<Span> {
        let words = Words::new(self.text(), &self.tokens);
        let is_label = |fact: &&Examined| {
            let colon = words.index_at(fact.span.end);
            fact.id == id && words.lower(colon) == ":" && colon + 1 < words.len()
        };
        let is_measured = |fact: &&Examined| {
            fact.id == id && fact.value.is_some() && self.owner_of(&fact.span) == Owner::Patient
        };
        let findings = &self.facts().findings;
        findings.iter().find(|fact| is_label(fact) || is_measured(fact)).map(|fact| fact.span.clone())
    }
}

impl Part {
    fn named(text: &str, region: &Region) -> Self {
        let name = text[region.span.clone()].to_lowercase();
        let is_whole = WORDS.whole.contains(name.as_str())
            || name.split_whitespace().any(|word| region.id.name().contains(word.trim_end_matches('s')));
        Self { id: region.id, name, is_whole, is_own: true }
    }
}

#[cfg(test)]
mod tests {
    use crate::letter::facts::cases::{self, content};

    /// The first pair of the two texts that is in conflict.
    fn conflict(one: &str, two: &str) -> String {
        let (one, two) = (content(one), content(two));
        let (first, second) = (one.observations(&[]), two.observations(&[]));
        let pair = second.iter().find_map(|later| {
            first.iter().find(|earlier| later.contradicts(earlier)).map(|earlier| (earlier, later))
        });
        pair.map_or(String::new(), |(earlier, later)| {
            format!("{} | {}", &one.text()[earlier.span.clone()], &two.text()[later.span.clone()])
        })
    }

    #[test]
    fn cases() {
        cases::check_columns(include_str!("cases/observation.tsv"), |[one, two]| conflict(one, two));
    }

    #[test]
    fn any_text() {
        for text in ["", "no pain, no gain", "\u{301}\u{2019}s 5/5", "positive and negative SLR; ", "SLR, "] {
            let content = content(&text.repeat(200));
            assert!(
                content.observations(&[]).iter().all(|seen| content.text().get(seen.span.clone()).is_some())
            );
        }
    }
}
