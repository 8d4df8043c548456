//! The argument of a rationale, sentence by sentence: what is asked for, what holds of the case, what is concluded.

use std::ops::Range;
use std::sync::LazyLock;

use super::block::{Content, Place, Role};
use super::decision::Decision;
use super::facts::{Owner, Polarity};
use super::outline::{Item, Letter};
use super::sentence::Sentence;
use super::sentence_kind::SentenceKind;
use crate::text::{Span, Token, WordMap, key};

/// What a sentence does in an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// It says what is asked for ("The request is for 12 visits").
    Request,
    /// It decides ("The request for 12 visits is not medically necessary").
    Conclusion,
    /// It says something of this case, in the reviewer's own words.
    Statement,
    /// It is a guideline's, somebody else's, or holds on a condition.
    Aside,
}

/// One sentence of an argument, where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Argued<'l> {
    /// Index of its block among the letter's.
    pub block: usize,
    /// What was read in that block.
    pub content: &'l Content,
    /// The sentence.
    pub sentence: &'l Sentence,
    /// What it does.
    pub step: Step,
}

/// What a word of a sentence says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cue {
    /// It speaks of what is asked for.
    Asking,
    /// It tells of another time than that of the request ("previously", "completed").
    OtherTime,
    /// It weighs a dose that is not the one asked for ("reduced", "maximum").
    OtherDose,
    /// It tells what was allowed ("certified").
    Granted,
    /// Before a number: that to which the request is held ("exceeds", "recommended").
    Limit,
    /// It tells of a complaint, a finding or a treatment of a part of the body.
    Complaint,
    /// It speaks of all that is asked for ("neither").
    AllParts,
    /// It weighs one thing against another ("greater than").
    Weighing,
    /// It tells of an earlier review.
    Earlier,
    /// It brings up something beside what was said ("also").
    Further,
}

impl Cue {
    fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// The cues of each word, one bit a cue.
static CUES: LazyLock<WordMap<u32>> = LazyLock::new(|| {
    let mut cues = WordMap::default();
    for row in include_str!("argument.tsv").lines().filter(|line| !line.starts_with('#')) {
        let (kind, words) = row.split_once('\t').expect("a kind and its words");
        let cue = match kind {
            "asking" => Cue::Asking,
            "other-time" => Cue::OtherTime,
            "other-dose" => Cue::OtherDose,
            "granted" => Cue::Granted,
            "limit" => Cue::Limit,
            "complaint" => Cue::Complaint,
            "all-parts" => Cue::AllParts,
            "weighing" => Cue::Weighing,
            "earlier" => Cue::Earlier,
            "further" => Cue::Further,
            _ => unreachable!("a kind of the table: {kind}"),
        };
        for word in words.split("; ") {
            *cues.entry(key(word)).or_default() |= cue.bit();
        }
    }
    cues
});

impl Letter {
    /// The sentences of an item's rationale and of what is determined behind it, in order.
    pub fn argument(&self, item: &Item) -> impl Iterator<Item = Argued<'_>> {
        self.rationale(item).chain(self.determined(item)).flat_map(|block| self.sentences_of(block))
    }

    /// The sentences of the case summary, in order.
    pub fn summary_sentences(&self) -> impl Iterator<Item = Argued<'_>> {
        let summary = self.blocks.iter().enumerate().filter(|(_, block)| block.role == Role::Summary);
        summary.flat_map(|(block, _)| self.sentences_of(block))
    }

    /// Whether less than the whole request may be granted: then its numbers differ.
    #[must_use]
    pub fn is_decided_in_part(&self, item: &Item) -> bool {
        matches!(item.decision, Some((Decision::Partial, _)))
            || self.conclusion(item).is_some_and(|conclusion| conclusion.value == Polarity::Partial)
    }

    /// What was read in an item's heading, with the index of its block.
    #[must_use]
    pub fn heading(&self, item: &Item) -> Option<(usize, &Content)> {
        item.heading.map(|block| (block, &*self.blocks[block].content))
    }

    fn sentences_of(&self, block: usize) -> impl Iterator<Item = Argued<'_>> {
        let content = &*self.blocks[block].content;
        let steps = content.steps().iter();
        content.sentences.iter().zip(steps).map(move |(sentence, &step)| Argued {
            block,
            content,
            sentence,
            step,
        })
    }
}

impl Argued<'_> {
    /// Whether a logical span of its block begins in it.
    #[must_use]
    pub fn holds(&self, span: &Span) -> bool {
        self.sentence.span.contains(&span.start)
    }

    /// A span of its block as a place.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        Place { block: self.block, span }
    }

    /// Whether one of its words is a cue of a kind.
    #[must_use]
    pub fn has(&self, cue: Cue) -> bool {
        has_cue(self.content, self.sentence.tokens.clone(), cue)
    }

    /// Whether a token is a cue of a kind.
    #[must_use]
    pub fn is_cue(&self, token: usize, cue: Cue) -> bool {
        has_cue(self.content, token..token + 1, cue)
    }

    /// Whether one of the words before a span, within a reach in tokens, is a cue of a kind.
    #[must_use]
    pub fn has_before(&self, span: &Span, cue: Cue, reach: usize) -> bool {
        let at = self.content.tokens.partition_point(|token| token.span.start < span.start);
        has_cue(self.content, at.saturating_sub(reach).max(self.sentence.tokens.start)..at, cue)
    }

    /// Whether the reviewer says a fact at a span of this patient or of what is asked for.
    #[must_use]
    pub fn is_of_case(&self, span: &Span) -> bool {
        match self.step {
            Step::Request | Step::Conclusion => true,
            Step::Statement => self.content.owner_of(span) == Owner::Patient,
            Step::Aside => false,
        }
    }
}

/// What each sentence of a block does.
pub(super) fn steps(content: &Content) -> Vec<Step> {
    let sentences = content.sentences.iter().enumerate();
    sentences.map(|(index, sentence)| step(content, sentence, index)).collect()
}

fn step(content: &Content, sentence: &Sentence, index: usize) -> Step {
    let decides = |polarity: Polarity| {
        matches!(polarity, Polarity::Necessary | Polarity::NotNecessary | Polarity::Partial)
    };
    let mut conclusions = content.facts().conclusions.iter();
    if conclusions.any(|conclusion| conclusion.sentence == index && decides(conclusion.polarity)) {
        return Step::Conclusion;
    }
    if sentence.kind != SentenceKind::Statement || content.is_question(sentence) {
        return Step::Aside;
    }
    let asks = has_cue(content, sentence.tokens.clone(), Cue::Asking);
    if asks { Step::Request } else { Step::Statement }
}

fn has_cue(content: &Content, tokens: Range<usize>, cue: Cue) -> bool {
    let cues = |token: &Token| CUES.get(&token.key).copied().unwrap_or_default();
    content.tokens.get(tokens).into_iter().flatten().any(|token| cues(token) & cue.bit() != 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Document;

    #[test]
    fn every_sentence_has_its_step() {
        let text = "CLINICAL CASE SUMMARY\n\nThe patient is a 40-year-old male with knee pain.\n\n\
                    IMR ISSUES, DECISIONS AND RATIONALES\n\nKnee brace: Upheld\n\nClaims Administrator guideline: ODG.\n\n\
                    MAXIMUS guideline: Decision based on ODG.\n\nDecision rationale: The ODG recommend a brace for instability. \
                    The request is for a knee brace. The knee is stable. If it were not, a brace could help. \
                    The brace is not medically necessary.\n";
        let letters = crate::letter::parse(&Document::new(text));
        let letter = &letters[0];
        let steps: Vec<Step> = letter.argument(&letter.items[0]).map(|argued| argued.step).collect();
        assert_eq!(steps, [Step::Aside, Step::Request, Step::Statement, Step::Aside, Step::Conclusion]);
        assert_eq!(letter.summary_sentences().count(), 1);
    }
}
