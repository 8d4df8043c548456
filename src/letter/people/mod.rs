//! People: whom a pronoun or a person noun means, and why. Only what is certain is called the patient.
//!
//! A pronoun is resolved from the persons named before it in its sentence, and otherwise from those of the
//! sentences before, back to the last one that names only the patient. A clinician nearby (or a name that was
//! blanked out) leaves a pronoun open unless what follows it can only be said of a patient ("his flexion"); a
//! relative or another person of the pronoun's sex leaves it open always.

mod cue;
pub(super) mod lexicon;
mod meaning;
mod nearby;
mod noun;
mod pronoun;
mod quotation;
mod reader;
mod resolve;
pub(super) mod statement;

pub use meaning::{Reason, Who};
pub use statement::SexStatement;
pub(super) use statement::statements;

use nearby::Nearby;
use reader::Reader;

use super::facts::Sex;
use super::sentence::Sentence;
use crate::text::{Span, Token};

/// A pronoun, a word that looks like one, or a noun for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Logical span.
    pub span: Span,
    /// The sex that it states; absent where it states none ("patient", "they", "he/she").
    pub sex: Option<Sex>,
    /// Its form.
    pub form: Form,
    /// Whom it means.
    pub who: Who,
    /// Why.
    pub reason: Reason,
}

/// The form of a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// "he", "she", "they".
    Subject,
    /// "him", "her" without a noun, "them".
    Object,
    /// "his", "her" with a noun, "hers", "their".
    Possessive,
    /// "himself", "herself", "themselves".
    Reflexive,
    /// "patient", "Dr.", "husband", "42-year-old male".
    Noun,
}

/// Resolves the mentions of a block, in the order of its text.
pub(super) fn mentions(
    text: &str,
    tokens: &[Token],
    sentences: &[Sentence],
    statements: &[SexStatement],
) -> Vec<Mention> {
    let stated: Vec<usize> = statements.iter().map(|statement| statement.token).collect();
    let words: Vec<&str> = tokens.iter().map(|token| token.small(text)).collect();
    let quoted = quotation::quoted_tokens(text, tokens);
    let mut reader = Reader {
        text,
        tokens,
        words: &words,
        stated: &stated,
        quoted: &quoted,
        carried: Nearby::default(),
        mentions: Vec::new(),
    };
    for sentence in sentences {
        reader.read(sentence);
    }
    let mut mentions = reader.mentions;
    mentions.extend(statements.iter().map(|statement| {
        let (who, reason) = match quoted[statement.token] {
            true => (Who::Unknown, Reason::Quoted),
            false => (Who::Patient, Reason::StatesSex),
        };
        let span = statement.span.clone();
        Mention { span, sex: Some(statement.sex), form: Form::Noun, who, reason }
    }));
    mentions.sort_by_key(|mention| mention.span.start);
    mentions
}

#[cfg(test)]
mod tests;
