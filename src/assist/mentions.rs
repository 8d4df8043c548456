//! Every place that speaks of the same thing as one place: the patient, a side of the body, a quantity, a drug, a cited
//! source.

use super::place::At;
use super::source::citations;
use crate::letter::facts::drug::DrugId;
use crate::letter::facts::quantity::Quantity;
use crate::letter::facts::{RegionId, SideValue};
use crate::letter::{Block, Located, Place, Who};
use crate::text::Span;

/// What is spoken of.
#[derive(Debug, Clone, PartialEq)]
enum Thing {
    Person(Who),
    Side(SideValue),
    Region(RegionId),
    Drug(DrugId),
    Quantity(Box<Quantity>),
    /// A guideline by its name without the edition.
    Guideline(&'static str),
}

/// The spans of the document at which the letter speaks of what it speaks of at an offset; none where that is nothing
/// that it can speak of again.
#[must_use]
pub fn mentions(letters: &[Located], offset: usize) -> Vec<Span> {
    let Some(at) = At::find(letters, offset) else { return Vec::new() };
    let here = named(&at).into_iter().filter(|(span, _)| at.is_on(span)).min_by_key(|(span, _)| span.len());
    let Some((_, thing)) = here else { return Vec::new() };
    let mut spans = Vec::new();
    for index in 0..at.letter.blocks.len() {
        let of_block = named(&At { index, offset: 0, ..at }).into_iter();
        let same = of_block.filter(|(_, other)| is_same(other, &thing));
        spans.extend(same.map(|(span, _)| at.letter.to_document(&Place { block: index, span })));
    }
    spans
}

/// Everything that a block names, with logical spans.
fn named(at: &At<'_>) -> Vec<(Span, Thing)> {
    let Block { content, .. } = at.block();
    let facts = content.facts();
    let mut named: Vec<(Span, Thing)> = Vec::new();
    named.extend(facts.sides.iter().map(|side| (side.span.clone(), Thing::Side(side.value))));
    named.extend(facts.regions.iter().map(|region| (region.span.clone(), Thing::Region(region.id))));
    named.extend(facts.drugs.iter().map(|drug| (drug.name_span.clone(), Thing::Drug(drug.generic))));
    named.extend(
        facts
            .quantities
            .iter()
            .map(|quantity| (quantity.span.clone(), Thing::Quantity(Box::new(quantity.clone())))),
    );
    let people = content.mentions().iter();
    // Two who cannot be told, or two clinicians, need not be the same person.
    let same = people.filter(|mention| matches!(mention.who, Who::Patient | Who::Reviewer));
    named.extend(same.map(|mention| (mention.span.clone(), Thing::Person(mention.who))));
    for citation in citations(at) {
        if let Some(entry) = citation.title.as_ref().and_then(|title| title.entry) {
            named.push((citation.span, Thing::Guideline(entry.guideline())));
        }
    }
    named
}

fn is_same(one: &Thing, other: &Thing) -> bool {
    match (one, other) {
        // The same number, frequency and duration, of whatever and in whatever connection it stands.
        (Thing::Quantity(one), Thing::Quantity(other)) => {
            (one.count, one.unit, one.frequency, one.duration)
                == (other.count, other.unit, other.frequency, other.duration)
        }
        _ => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::super::place::tests::{letter, marked, read, texts};
    use super::*;

    fn found(summary: &str, rationale: &str) -> Vec<String> {
        let (text, at) = marked(&letter(summary, "N/A", rationale));
        texts(&text, &mentions(&read(&text), at)).into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn the_patient_a_side_and_a_quantity() {
        let summary = "The patient is a 40-year-old male. ^His left knee hurts.";
        let patient = found(summary, "Dr. Roe says that his right knee is well. The patient walks.");
        assert!(
            patient.contains(&"His".to_owned()) && patient.contains(&"patient".to_owned()),
            "{patient:?}"
        );
        assert!(!patient.iter().any(|word| word.contains("Roe")));
        let sides =
            found("The patient is a male. His ^left knee hurts.", "The left knee, not the right, hurts.");
        assert_eq!(sides, ["left", "left", "left"], "and the one of the request");
        let visits = found("The patient had ^12 visits.", "Another 12 visits are asked for, not 6 visits.");
        assert_eq!(visits, ["12 visits", "12 visits"]);
        assert_eq!(found("The patient ^walks.", "No."), [""; 0]);
    }
}
