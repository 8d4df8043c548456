//! Every fact of one block.

use super::absence::{self, AbsenceClaim};
use super::age::{self, AgeFact};
use super::conclusion::{self, Conclusion};
use super::date::{self, DateFact};
use super::drug::{self, Drug};
use super::elapsed::{self, ElapsedFact};
use super::finding::{self, Examined};
use super::ground::{self, Ground};
use super::level::{self, Level};
use super::premise::{self, Premise};
use super::quantity::{self, Quantity};
use super::region::{self, Region};
use super::service::{self, Service};
use super::side::{self, Side};
use crate::letter::sentence::Sentence;
use crate::text::Token;

/// What a block states, each kind in the order of the text. Whose facts they are is for `Content::owner_of` to say.
#[derive(Debug)]
pub struct Facts {
    /// Dates, with what happened on them.
    pub dates: Vec<DateFact>,
    /// Ages, now or at the injury.
    pub ages: Vec<AgeFact>,
    /// How long something has lasted.
    pub elapsed: Vec<ElapsedFact>,
    /// Parts of the body.
    pub regions: Vec<Region>,
    /// Spinal levels.
    pub levels: Vec<Level>,
    /// Sides, with the part to which they belong.
    pub sides: Vec<Side>,
    /// Counts, frequencies and durations of services and supplies.
    pub quantities: Vec<Quantity>,
    /// Services that a request can be for, drugs apart.
    pub services: Vec<Service>,
    /// Drugs with their strength, form and count.
    pub drugs: Vec<Drug>,
    /// Symptoms, signs, tests and studies with their result.
    pub findings: Vec<Examined>,
    /// What the writer says is not there.
    pub absences: Vec<AbsenceClaim>,
    /// Conclusions on medical necessity.
    pub conclusions: Vec<Conclusion>,
    /// The reasons to which conclusions are joined.
    pub premises: Vec<Premise>,
    /// What is no ground of a determination, or may be none.
    pub grounds: Vec<Ground>,
}

impl Facts {
    /// Reads a logical text.
    #[must_use]
    pub fn read(text: &str, tokens: &[Token], sentences: &[Sentence]) -> Self {
        let regions = region::read(text, tokens, sentences);
        let levels = level::read(text, tokens, sentences);
        let conclusions = conclusion::read(text, tokens, sentences);
        Self {
            dates: date::read(text, tokens, sentences),
            ages: age::read(text, tokens, sentences),
            elapsed: elapsed::read(text, tokens, sentences),
            sides: side::read(text, tokens, sentences, &regions, &levels),
            regions,
            levels,
            quantities: quantity::read(text, tokens, sentences),
            services: service::read(text, tokens),
            drugs: drug::read(text, tokens, sentences),
            findings: finding::read(text, tokens, sentences),
            absences: absence::read(text, tokens, sentences),
            premises: premise::read(text, tokens, sentences, &conclusions),
            grounds: ground::read(text, tokens, sentences, &conclusions),
            conclusions,
        }
    }
}
