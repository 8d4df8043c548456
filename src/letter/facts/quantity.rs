//! Quantities: what is asked for, given or allowed, by count, frequency and duration.

mod amount;
mod conflict;
mod context;
mod grammar;
mod lexeme;
mod unspecified;
mod vocabulary;

pub use amount::{Amount, Bound, Duration, Frequency, Stated, TimeUnit, Unit};
pub use conflict::Aspect;
pub use context::Context;

use super::words::Words;
use crate::letter::sentence::Sentence;
use crate::text::{Span, Token};

/// Fewer tablets than this are a dose, and "#3" may be a strength ("Tylenol #3").
const LEAST_DISPENSED: u32 = 5;

/// One quantity: the parts that one phrase states together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// Logical span, from its first to its last part.
    pub span: Span,
    /// How many.
    pub count: Option<Stated<Amount>>,
    /// Of what, where the phrase says so; with a count, or with a frequency ("two visits a week").
    pub unit: Option<Unit>,
    /// How often.
    pub frequency: Option<Stated<Frequency>>,
    /// For how long.
    pub duration: Option<Stated<Duration>>,
    /// How many in all: the count, else what frequency and duration make. Absent for a single dose ("2 tablets daily").
    pub total: Option<Amount>,
    /// Whose it is, where its clause says so.
    pub context: Option<Context>,
}

impl Quantity {
    /// Whether it is what is taken or given at a time, not a number to be handed out: with its frequency, or so few
    /// tablets that no one prescribes them.
    #[must_use]
    pub fn is_dose(&self) -> bool {
        let (Some(unit), Some(Stated::Given(amount))) = (self.unit, self.count) else { return false };
        let is_often = self.frequency.is_some() && (unit.is_dosage() || unit == Unit::Hour);
        is_often || matches!(unit, Unit::Tablet | Unit::Capsule) && amount.most < LEAST_DISPENSED
    }

    /// What frequency and duration make ("2 times a week for 6 weeks": 12), where both are given.
    #[must_use]
    pub fn derived_total(&self) -> Option<Amount> {
        let (Some(Stated::Given(frequency)), Some(Stated::Given(duration))) = (self.frequency, self.duration)
        else {
            return None;
        };
        // What is taken every day is counted in tablets, not in days.
        let of_visits = !matches!(frequency.per.unit, TimeUnit::Hour | TimeUnit::Day);
        let counts_units = self.unit.is_none_or(Unit::is_encounter);
        (of_visits && counts_units).then(|| frequency.over(duration)).flatten()
    }
}

/// Reads the quantities of a block's logical text.
#[must_use]
pub fn read(text: &str, tokens: &[Token], sentences: &[Sentence]) -> Vec<Quantity> {
    let mut quantities = Vec::new();
    for sentence in sentences {
        let Some(tokens) = tokens.get(sentence.tokens.clone()) else { continue };
        let words = Words::new(text, tokens);
        let lexemes = lexeme::lexemes(&words);
        quantities.extend(grammar::quantities(&words, &lexemes));
    }
    quantities
}

/// "daily", "weekly", "nightly": how often, by a word alone, which is a quantity only beside another.
pub(super) fn once_in(word: &str) -> Option<Frequency> {
    vocabulary::roles(word).adverb.map(|unit| Frequency::per(Amount::exactly(1), unit))
}

#[cfg(test)]
mod tests;
