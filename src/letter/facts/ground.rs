//! Grounds: what a rationale gives as its reason where that is none, or is one that a review may not have.

mod bias;
mod scope;
mod silence;

use super::conclusion::Conclusion;
use super::words::Words;
use crate::letter::sentence::Sentence;
use crate::text::{Span, Token};

/// A ground in a sentence. Spans are bytes of the logical text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ground {
    /// The words that tell it.
    pub span: Span,
    /// What it is.
    pub kind: GroundKind,
    /// Index of its sentence.
    pub sentence: usize,
}

/// What a ground is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GroundKind {
    /// Guidelines are silent on the treatment.
    Silence,
    /// The sentence gives no ground: it introduces the case or the request, or says that the request is not explained.
    Neutral,
    /// It is refused because of such a silence ("What is not addressed cannot be approved").
    Consequence,
    /// No reason at all was given for the request.
    Unexplained,
    /// Whether the injury caused the condition, or the claim holds the body part.
    Causation,
    /// Whether somebody has to pay for the treatment.
    Coverage,
    /// What the treatment costs.
    Cost,
    /// The patient's age.
    Age,
    /// The patient's sex, race, origin, religion, sexual orientation or disability.
    Trait,
}

impl GroundKind {
    /// Its name for people, in mid-sentence.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Silence => "silence of guidelines",
            Self::Neutral => "none",
            Self::Consequence => "what follows from silence",
            Self::Unexplained => "a request without a reason",
            Self::Causation => "causation or the extent of the claim",
            Self::Coverage => "coverage",
            Self::Cost => "cost",
            Self::Age => "age",
            Self::Trait => "a protected trait",
        }
    }
}

/// Words behind which a reason stands.
const REASON_WORDS: [&str; 8] = ["because", "since", "as", "given", "due", "considering", "owing", "view"];

/// Reads the grounds of a rationale, in order.
#[must_use]
pub fn read(text: &str, tokens: &[Token], sentences: &[Sentence], conclusions: &[Conclusion]) -> Vec<Ground> {
    let words = Words::new(text, tokens);
    let mut grounds = Vec::new();
    for (index, sentence) in sentences.iter().enumerate() {
        let reading = Reading { words: &words, sentence, index, conclusions };
        let found = [
            silence::read(&reading),
            silence::consequence(&reading),
            scope::read(&reading),
            bias::read(&reading),
        ];
        grounds.extend(found.into_iter().flatten().map(|(tokens, kind)| Ground {
            span: words.span(&tokens),
            kind,
            sentence: index,
        }));
    }
    grounds
}

/// One sentence, with what is concluded in and behind it.
struct Reading<'a> {
    words: &'a Words<'a>,
    sentence: &'a Sentence,
    index: usize,
    conclusions: &'a [Conclusion],
}

impl Reading<'_> {
    /// The first token of the sentence behind a field's label ("Decision rationale:").
    fn first_word(&self) -> usize {
        const LONGEST: usize = 5;
        let tokens = self.sentence.tokens.clone();
        let label = tokens.clone().take(LONGEST).find(|&at| self.words.lower(at) == ":");
        label.map_or(tokens.start, |colon| colon + 1)
    }

    /// Whether the sentence holds a word.
    fn holds(&self, wanted: &[&str]) -> bool {
        self.sentence.tokens.clone().any(|token| wanted.contains(&self.words.bare(token)))
    }

    /// The reviewer's own conclusions in the sentence.
    fn concluded(&self) -> impl Iterator<Item = &Conclusion> {
        use super::conclusion::Polarity;
        self.conclusions.iter().filter(|conclusion| {
            conclusion.sentence == self.index && conclusion.polarity != Polarity::Reported
        })
    }

    /// Whether the next sentence concludes from this one ("Therefore, …").
    fn leads_to_conclusion(&self) -> bool {
        self.conclusions.iter().any(|conclusion| {
            conclusion.sentence == self.index + 1
                && conclusion
                    .introducer
                    .as_ref()
                    .is_some_and(|introducer| introducer.start <= conclusion.span.start)
        })
    }

    /// Whether some words stand where the sentence's conclusion has its reason: before its clause, or behind "because".
    fn is_reason_of_conclusion(&self, at: usize) -> bool {
        let Some(token) = self.words.token(at) else { return false };
        self.concluded().any(|conclusion| {
            let behind = self.words.index_at(conclusion.words.end);
            token.span.end <= conclusion.span.start
                || at >= behind && (behind..at).any(|word| REASON_WORDS.contains(&self.words.bare(word)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::facts::{cases, conclusion};

    fn rendered(text: &str) -> String {
        let grounds = cases::read(text, |text, tokens, sentences| {
            read(text, tokens, sentences, &conclusion::read(text, tokens, sentences))
        });
        let render =
            |ground: &Ground| format!("{:?} “{}”", ground.kind, &text[ground.span.clone()]).to_lowercase();
        grounds.iter().map(render).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn cases() {
        cases::check(include_str!("cases/ground.tsv"), rendered);
    }

    #[test]
    fn any_text_can_be_read() {
        for table in [
            include_str!("ground/silence.tsv"),
            include_str!("ground/scope.tsv"),
            include_str!("ground/bias.tsv"),
        ] {
            cases::check_any_text(table, |text| {
                let grounds = cases::read(text, |text, tokens, sentences| {
                    read(text, tokens, sentences, &conclusion::read(text, tokens, sentences))
                });
                // Grounds of several kinds may share words; each by itself lies in the text.
                grounds.into_iter().take(1).map(|ground| ground.span).collect()
            });
        }
    }
}
