//! Drugs: generic and brand names with strength, form, number handed out and directions.

mod conflict;
mod grammar;
mod lexicon;
mod strength;

pub use conflict::Aspect;
pub use lexicon::{DrugId, begins_name, names};
pub use strength::{Decimal, Per, Strength, StrengthUnit};

use super::quantity::{self, Frequency};
use super::words::Words;
use crate::letter::sentence::Sentence;
use crate::text::{Span, Token};

/// One mention of a drug, with what its phrase says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drug {
    /// Logical span, from its first to its last part.
    pub span: Span,
    /// Logical span of the name.
    pub name_span: Span,
    /// Which drug, whatever its name.
    pub generic: DrugId,
    /// Whether the name is a brand.
    pub is_brand: bool,
    /// How fast it acts, where the phrase says so.
    pub release: Option<Release>,
    /// The strength of one tablet, patch or dose.
    pub strength: Option<Strength>,
    /// What it is handed out as.
    pub form: Option<Form>,
    /// Size of the tube or bottle ("180 gm").
    pub package: Option<Strength>,
    /// Number of tablets, capsules or patches handed out.
    pub count: Option<u32>,
    /// Number of refills.
    pub refills: Option<u32>,
    /// How often it is taken.
    pub frequency: Option<Frequency>,
    /// All drugs of the compounded preparation that this one is part of, in the table's order; else empty.
    pub compound: Vec<DrugId>,
    /// What the sentence says of it.
    pub context: Option<Context>,
}

/// How fast a preparation releases its drug.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Release {
    /// "ER", "XR", "SR", "CR".
    Extended,
    /// "IR".
    Immediate,
    /// "DR", "EC".
    Delayed,
    /// "ODT".
    Disintegrating,
}

/// What a drug is handed out as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say what they are")]
pub enum Form {
    Tablet,
    Capsule,
    Patch,
    Cream,
    Gel,
    Ointment,
    Lotion,
    Solution,
    Liquid,
    Powder,
    Injection,
    Spray,
    Inhaler,
    Suppository,
    Film,
    Lozenge,
    Gum,
    Drops,
}

impl Form {
    /// Whether it is put on the skin and measured by weight or volume.
    #[must_use]
    pub fn is_semisolid(self) -> bool {
        matches!(self, Self::Cream | Self::Gel | Self::Ointment | Self::Lotion)
    }
}

/// What a sentence says of a drug that is not its present prescription.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// The patient does not tolerate it.
    Allergy,
    /// It was taken or asked for once.
    Past,
    /// Its dose is being changed.
    Taper,
    /// The claims administrator allowed it so.
    Authorized,
}

/// Reads the drugs of a block's logical text.
#[must_use]
pub fn read(text: &str, tokens: &[Token], sentences: &[Sentence]) -> Vec<Drug> {
    let mut drugs = Vec::new();
    for sentence in sentences {
        let Some(of_sentence) = tokens.get(sentence.tokens.clone()) else { continue };
        let words = Words::new(text, of_sentence);
        if lexicon::has_name(&words) {
            let quantities = quantity::read(text, tokens, std::slice::from_ref(sentence));
            drugs.extend(grammar::drugs(&words, &quantities));
        }
    }
    drugs
}

#[cfg(test)]
mod tests;
