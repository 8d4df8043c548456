//! Conclusions on medical necessity, with their polarity, however far the negation stands from the adjective.

mod clause;
mod context;
mod noun;
mod predicate;
mod reader;
mod words;

use crate::letter::decision::Decision;
use crate::letter::sentence::Sentence;
use crate::text::{Span, Token};
use reader::SentenceReader;
pub(super) use words::Words;

/// A clause that says whether something is medically necessary. Spans are bytes of the logical text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conclusion {
    /// The clause.
    pub span: Span,
    /// The words that decide, with the negation if there is one ("cannot be deemed medically necessary").
    pub words: Span,
    /// What it says.
    pub polarity: Polarity,
    /// In which words.
    pub strength: Strength,
    /// "Therefore", "As such": the words that join it to its reasons.
    pub introducer: Option<Span>,
    /// Index of its sentence.
    pub sentence: usize,
}

/// What a conclusion says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Polarity {
    /// Medically necessary.
    Necessary,
    /// Not medically necessary.
    NotNecessary,
    /// Necessary in part ("only six of the twelve visits are").
    Partial,
    /// Necessary or not on a condition, or only possibly.
    Conditional,
    /// The opinion of the utilization review, the treating physician or a guideline, not the reviewer's.
    Reported,
}

/// In which words a conclusion is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Strength {
    /// It speaks of medical necessity.
    Necessity,
    /// A near-synonym: "not supported", "is indicated", "should be certified", "the denial is upheld".
    Synonym,
}

impl Polarity {
    /// Whether it says the opposite of a decision.
    #[must_use]
    pub fn contradicts(self, decision: Decision) -> bool {
        matches!(
            (self, decision),
            (Self::Necessary, Decision::Upheld) | (Self::NotNecessary, Decision::Overturned)
        )
    }

    /// What a decision asks a conclusion to say.
    #[must_use]
    pub fn of_decision(decision: Decision) -> Self {
        match decision {
            Decision::Upheld => Self::NotNecessary,
            Decision::Overturned => Self::Necessary,
            Decision::Partial => Self::Partial,
        }
    }
}

impl Conclusion {
    /// How firm it is: what is said in so many words and without a condition decides.
    pub(in crate::letter) fn firmness(&self) -> (bool, bool) {
        (self.polarity != Polarity::Conditional, self.strength == Strength::Necessity)
    }

    /// Whether its subject in the text is the request as a whole, and no part or component of it ("The request is …").
    #[must_use]
    pub fn is_of_whole_request(&self, text: &str) -> bool {
        const WORDS: [&str; 22] = [
            "the",
            "this",
            "these",
            "that",
            "request",
            "requested",
            "treatment",
            "service",
            "services",
            "procedure",
            "item",
            "items",
            "medication",
            "it",
            "medical",
            "necessity",
            "of",
            "is",
            "are",
            "for",
            "therefore",
            "thus",
        ];
        const MOST: usize = 6;
        let end = self.words.end.max(self.span.start);
        let words: Vec<String> = text[self.span.start..end]
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        let predicate = text[self.words.clone()].split(|c: char| !c.is_alphanumeric()).count();
        let subject = &words[..words.len().saturating_sub(predicate)];
        let opens = words.first().is_some_and(|word| WORDS.contains(&word.as_str()));
        opens && subject.len() <= MOST && subject.iter().all(|word| WORDS.contains(&word.as_str()))
    }
}

/// Reads the conclusions of a rationale, in order.
#[must_use]
pub fn read(text: &str, tokens: &[Token], sentences: &[Sentence]) -> Vec<Conclusion> {
    let words = Words::new(text, tokens);
    let mut conclusions = Vec::new();
    for (index, sentence) in sentences.iter().enumerate() {
        conclusions.extend(SentenceReader::new(&words, index, sentence.tokens.clone()).read());
    }
    conclusions
}

/// The conclusions that decide, in order: the last in so many words with those beside it (components decided one by
/// one); a near-synonym or a condition only where there is nothing firmer. Empty where the reviewer concludes nothing.
#[must_use]
pub fn final_conclusion(conclusions: &[Conclusion]) -> Vec<&Conclusion> {
    let own = |conclusion: &&Conclusion| conclusion.polarity != Polarity::Reported;
    let Some(firmest) = conclusions.iter().filter(own).map(Conclusion::firmness).max() else {
        return Vec::new();
    };
    let mut deciding: Vec<&Conclusion> = Vec::new();
    for conclusion in
        conclusions.iter().filter(own).filter(|conclusion| conclusion.firmness() == firmest).rev()
    {
        let joins = deciding.last().is_none_or(|next| {
            let adjoins = conclusion.sentence + 1 == next.sentence && next.introducer.is_none();
            conclusion.sentence == next.sentence || adjoins
        });
        if !joins {
            break;
        }
        deciding.push(conclusion);
    }
    deciding.reverse();
    deciding
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::sentence::sentences;
    use crate::text::tokens;

    fn of(text: &str) -> Vec<Conclusion> {
        let tokens = tokens(text);
        read(text, &tokens, &sentences(text, &tokens))
    }

    fn rendered(conclusion: &Conclusion, is_final: bool) -> String {
        let polarity = match conclusion.polarity {
            Polarity::Necessary => "necessary",
            Polarity::NotNecessary => "not-necessary",
            Polarity::Partial => "partial",
            Polarity::Conditional => "conditional",
            Polarity::Reported => "reported",
        };
        let strength = if conclusion.strength == Strength::Synonym { " synonym" } else { "" };
        format!("{polarity}{strength}{}", if is_final { "*" } else { "" })
    }

    fn rows() -> impl Iterator<Item = &'static str> {
        include_str!("../cases/conclusion.tsv").lines().skip(1).filter(|row| !row.starts_with('#'))
    }

    #[test]
    fn a_wrap_may_stand_anywhere_and_apostrophes_may_be_curly() {
        for text in rows().filter_map(|row| row.split('\t').next()).map(|text| text.replace("\\n", " ")) {
            let polarities = |text: &str| {
                of(text).iter().map(|found| (found.polarity, found.strength)).collect::<Vec<_>>()
            };
            let expected = polarities(&text);
            assert_eq!(polarities(&text.replace('\'', "\u{2019}")), expected, "{text}");
            for (blank, _) in text.match_indices(' ') {
                let mut wrapped = text.clone();
                wrapped.replace_range(blank..=blank, "\n");
                assert_eq!(polarities(&wrapped), expected, "{wrapped}");
            }
        }
    }

    #[test]
    fn what_stands_around_a_conclusion_does_not_turn_it() {
        let before = [
            "",
            "Therefore, ",
            "Since there is no documentation of a trial, ",
            "Although UR found otherwise, ",
            "The patient has no deficit, and ",
            "The guideline does not address it, but ",
            "There is no evidence of a tear; ",
            "Based on the information provided, ",
            "The criteria are not met and ",
            "No other option was found, so ",
        ];
        let subjects = [
            "the request for six visits",
            "the MRI of the cervical spine without contrast",
            "the drug, which was not tried before,",
            "the device (a TENS unit), rented for 30 days,",
        ];
        let predicates = [
            ("is medically necessary", Polarity::Necessary),
            ("is deemed to be medically necessary", Polarity::Necessary),
            ("is reasonable and medically necessary", Polarity::Necessary),
            ("meets the criteria for medical necessity", Polarity::Necessary),
            ("is not considered medically necessary", Polarity::NotNecessary),
            ("cannot be deemed medically necessary", Polarity::NotNecessary),
            ("is neither indicated nor medically necessary", Polarity::NotNecessary),
            ("fails to meet the criteria for medical necessity", Polarity::NotNecessary),
        ];
        let after = [
            "",
            " and appropriate",
            ", as the guideline does not support it",
            " because no trial was made",
            ". Weaning is recommended",
        ];
        for (before, subject) in before.iter().flat_map(|before| subjects.map(|subject| (before, subject))) {
            for ((predicate, polarity), after) in
                predicates.iter().flat_map(|predicate| after.map(|after| (predicate, after)))
            {
                let text = format!("{before}{subject} {predicate}{after}.");
                let conclusions = of(&text);
                let deciding: Vec<_> =
                    final_conclusion(&conclusions).iter().map(|found| found.polarity).collect();
                assert_eq!(deciding, [*polarity], "{text}");
            }
        }
    }

    #[test]
    fn a_text_that_breaks_off_anywhere_does_no_harm() {
        for row in rows() {
            for (end, _) in row.char_indices().step_by(5) {
                for found in of(&row[..end]) {
                    assert!(found.span.start <= found.words.start && found.words.end <= found.span.end);
                }
            }
        }
    }

    #[test]
    fn cases() {
        let mut failures = Vec::new();
        for row in include_str!("../cases/conclusion.tsv").lines().skip(1).filter(|row| !row.starts_with('#'))
        {
            let cells: Vec<&str> = row.split('\t').collect();
            let &[text, expected, words] = cells.as_slice() else { panic!("three columns: {row}") };
            let text = text.replace("\\n", "\n");
            let conclusions = of(&text);
            let deciding = final_conclusion(&conclusions);
            let found: Vec<String> =
                conclusions.iter().map(|found| rendered(found, deciding.contains(&found))).collect();
            let written: Vec<String> =
                conclusions.iter().map(|found| text[found.words.clone()].replace('\n', " ")).collect();
            for conclusion in &conclusions {
                assert!(conclusion.span.start <= conclusion.words.start, "{text}");
                assert!(conclusion.words.end <= conclusion.span.end, "{text}");
            }
            let (found, written) = (found.join("; "), written.join(" | "));
            if found != expected || written != words {
                failures.push(format!("{row}\n  found    {found}\t{written}"));
            }
        }
        assert!(failures.is_empty(), "{} rows fail\n{}", failures.len(), failures.join("\n"));
    }

    #[test]
    fn the_request_as_a_whole() {
        let whole = |text: &str| of(text).iter().any(|conclusion| conclusion.is_of_whole_request(text));
        assert!(whole("The request is not medically necessary."));
        assert!(whole("Therefore, this request is medically necessary."));
        assert!(whole("Medical necessity has been established."));
        assert!(!whole("A one-month rental is medically necessary."));
        assert!(!whole("The request for the MRI is medically necessary."));
    }

    #[test]
    fn decisions_and_conclusions() {
        assert!(Polarity::Necessary.contradicts(Decision::Upheld));
        assert!(Polarity::NotNecessary.contradicts(Decision::Overturned));
        assert!(!Polarity::Conditional.contradicts(Decision::Upheld));
        assert!(!Polarity::of_decision(Decision::Partial).contradicts(Decision::Partial));
    }
}
