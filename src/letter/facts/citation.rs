//! What an item's reviewer-guideline field cites: something, a placeholder, or nothing.

mod mention;

use std::ops::Range;

use crate::guideline::citation::Citation;
use crate::guideline::form::{self, Basis};
use crate::letter::block::{Block, Place, Role};
use crate::letter::outline::Letter;
use crate::letter::profile::Field;
use crate::text::Span;

/// The state of an item's citation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CitationState {
    /// A source is named.
    Present,
    /// Words that only fill the place ("No guidelines found", "N/A", "see above").
    Placeholder,
    /// Nothing, or no field at all.
    Absent,
}

/// What an item cites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemCitation {
    /// What the reviewer-guideline field holds.
    pub state: CitationState,
    /// The placeholder, else the field's value, else its label; absent where the item has no such field.
    pub place: Option<Place>,
    /// Sources on which the rationale relies. Those it only calls silent do not count.
    pub in_rationale: Vec<Place>,
    /// What the field cites, in order.
    pub cited: Vec<Cited>,
    /// What the form's words in the field say of the basis of the decision, in order.
    pub bases: Vec<StatedBasis>,
    /// Sources that the rationale names, in order.
    pub mentioned: Vec<Mentioned>,
}

/// What the form's words say of the basis of a decision, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedBasis {
    /// Where.
    pub place: Place,
    /// What.
    pub basis: Basis,
}

/// A source that a rationale names, and what for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mentioned {
    /// The source.
    pub source: Cited,
    /// What for.
    pub purpose: Purpose,
}

/// What a source is named for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The decision rests on it: "Per the ODG, …", "The MTUS recommends …".
    Reliance,
    /// It is said to say nothing: "The MTUS is silent".
    Silence,
    /// Somebody else relied on it: "Utilization review cited the ODG".
    Report,
    /// Anything else, or it cannot be told.
    Other,
}

/// A citation in one of an item's blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// Index of the block among the letter's.
    pub block: usize,
    /// The citation; its spans are logical spans of that block.
    pub citation: Citation,
}

impl Cited {
    /// The text of the block that its spans are of.
    #[must_use]
    pub fn text<'l>(&self, letter: &'l Letter) -> &'l str {
        letter.blocks[self.block].content.text()
    }

    /// One of its spans as a place.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        Place { block: self.block, span }
    }

    /// Whether it is named only to say that it is silent: "The MTUS was searched and does not settle the question."
    #[must_use]
    pub fn is_silent(&self, letter: &Letter) -> bool {
        Purpose::of(&letter.blocks[self.block].content, &self.citation) == Purpose::Silence
    }
}

impl ItemCitation {
    /// What the form's words before a citation of the field say of its basis.
    #[must_use]
    pub fn basis_of(&self, cited: &Cited) -> Option<&StatedBasis> {
        self.bases.iter().rev().find(|stated| {
            stated.place.block == cited.block && stated.place.span.start <= cited.citation.span.start
        })
    }
}

/// Words with which a source is named only to say that it is silent.
const SILENCE: &[&str] = &[
    "silent",
    "not address",
    "no guideline",
    "no specific",
    "not discuss",
    "no recommendation",
    "not mention",
    "not specifically address",
];

/// Reads the citation of one item.
pub(in crate::letter) fn of_item(blocks: &[Block], item: &Range<usize>) -> ItemCitation {
    let field = item.clone().find(|&index| blocks[index].role == Role::Field(Field::ReviewerGuideline));
    let paragraphs: Vec<usize> = field.map_or_else(Vec::new, |first| {
        (first..item.end).take_while(|&index| blocks[index].role == blocks[first].role).collect()
    });
    let (state, place) = state(blocks, &paragraphs);
    let cited = paragraphs
        .iter()
        .flat_map(|&block| {
            let content = &blocks[block].content;
            content.citations().iter().map(move |citation| Cited { block, citation: citation.clone() })
        })
        .collect();
    let bases = paragraphs.iter().flat_map(|&block| {
        let content = &blocks[block].content;
        let said = form::bases(content.text(), &(content.body_start..content.text().len())).into_iter();
        said.map(move |(basis, span)| StatedBasis { place: Place { block, span }, basis })
    });
    ItemCitation {
        state,
        place,
        in_rationale: rationale_sources(blocks, item),
        cited,
        bases: bases.collect(),
        mentioned: mention::of_item(blocks, item),
    }
}

/// Reads the field, which may go on in further paragraphs.
fn state(blocks: &[Block], paragraphs: &[usize]) -> (CitationState, Option<Place>) {
    let mut fallback =
        paragraphs.first().map(|&block| Place { block, span: 0..blocks[block].content.body_start });
    let mut placeholder = None;
    let mut based_on_mtus = false;
    for &block in paragraphs {
        let content = &blocks[block].content;
        let text = content.text();
        let body = content.body_start..text.len();
        for value in form::values(text, &body).into_iter().filter(|value| !value.is_claims) {
            based_on_mtus |= value.mtus.is_some();
            let written = &text[value.span.clone()];
            if written.is_empty() || form::cites_nothing(written) {
                continue;
            }
            if !form::is_placeholder(written) {
                return (CitationState::Present, Some(Place { block, span: value.span }));
            }
            placeholder.get_or_insert(Place { block, span: value.span });
        }
        let value = form::trimmed(text, body);
        if !value.is_empty() {
            fallback = Some(Place { block, span: value });
        }
    }
    match placeholder {
        Some(place) => (CitationState::Placeholder, Some(place)),
        None if based_on_mtus => (CitationState::Present, fallback),
        None => (CitationState::Absent, fallback),
    }
}

fn rationale_sources(blocks: &[Block], item: &Range<usize>) -> Vec<Place> {
    let mut places = Vec::new();
    for block in item.clone().filter(|&index| blocks[index].role == Role::Field(Field::Rationale)) {
        let content = &blocks[block].content;
        for source in content.sources() {
            let silent = content.sentence_at(source.start).is_some_and(|sentence| {
                let text = content.text()[sentence.span.clone()].to_lowercase().replace('\n', " ");
                SILENCE.iter().any(|word| text.contains(word))
            });
            if !silent {
                places.push(Place { block, span: source.clone() });
            }
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::parse as read;
    use crate::text::Document;

    /// The state and the labels of what an item cites whose field holds a value.
    fn cited(value: &str) -> (CitationState, Vec<String>) {
        let letter = format!(
            "CLINICAL CASE SUMMARY\n\nThe patient is a 42-year-old female with low back pain.\n\n\
             IMR ISSUES, DECISIONS AND RATIONALES\n\nHeating pad: Upheld\n\n\
             Claims Administrator guideline: ACOEM Chapter 12.\n\nMAXIMUS guideline: {value}\n\n\
             Decision rationale: The heating pad is not medically necessary.\n"
        );
        let letters = read(&Document::new(&letter));
        let letter = &letters[0];
        let citation = &letter.items[0].citation;
        let label = |cited: &Cited| cited.citation.label(letter.blocks[cited.block].content.text());
        (citation.state, citation.cited.iter().map(label).collect())
    }

    #[test]
    fn each_citation_of_the_reviewers_field() {
        let (state, labels) = cited(
            "Decision based on MTUS Low Back Complaints 2004, Section(s): Physical Methods. Decision based on Non-MTUS\n\
             Citation Official Disability Guidelines (ODG) Low back chapter, heat therapy.",
        );
        assert_eq!(state, CitationState::Present);
        assert_eq!(
            labels,
            ["MTUS, Low Back Complaints, 2004, Physical Methods", "ODG, Low back, heat therapy"]
        );
    }

    #[test]
    fn what_the_claims_administrator_cited_counts_where_the_reviewer_shares_it() {
        let claims = "The Claims Administrator based its decision on the ACOEM Guidelines, Chapter 12.";
        let shared = "The Expert Reviewer found the guidelines used by the Claims Administrator relevant and appropriate for the case.";
        assert_eq!(cited(claims).0, CitationState::Absent);
        let (state, labels) = cited(&format!("{claims} {shared}"));
        assert_eq!((state, labels.len()), (CitationState::Present, 1), "{labels:?}");
    }

    #[test]
    fn placeholders_and_nothing() {
        let form = "The Expert Reviewer did not base their decision on the MTUS.";
        let other = format!("{form} Decision based on Non-MTUS Citation: No guidelines found");
        assert_eq!(cited(&other), (CitationState::Placeholder, vec!["No guidelines found".to_owned()]));
        assert_eq!(cited(form), (CitationState::Absent, Vec::new()));
        assert_eq!(cited("Decision based on MTUS."), (CitationState::Present, vec!["MTUS".to_owned()]));
    }
}
