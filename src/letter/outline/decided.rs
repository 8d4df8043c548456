//! What is decided of an item, where its heading does not say it.

mod several;

use std::ops::Range;

pub(super) use several::of_several;

use super::item::number;
use crate::letter::block::{Block, Place, Role};
use crate::letter::decision::{self, Decision};
use crate::letter::profile::{Field, Profile};
use crate::text::Span;

/// No decision that stands alone has more words, its label among them: "Overturned Decision of Health Plan".
const MOST_WORDS_OF_BARE_DECISION: usize = 8;

/// The decision that stands behind the colon of a request ("Test strips: Partially overturned (50 per month)").
pub(super) fn behind_request(heading: &str, profile: &Profile) -> Option<(Decision, Span)> {
    let [decided] = <[_; 1]>::try_from(decision::all(heading, &profile.decisions)).ok()?;
    heading[..decided.1.start].trim_end().ends_with(':').then_some(decided)
}

/// The decision that stands in a field of the item.
pub(super) fn in_own_fields(
    blocks: &[Block],
    item: &Range<usize>,
    profile: &Profile,
) -> Option<(Decision, Place)> {
    in_determination(blocks, item, profile)
        .or_else(|| by_label(blocks, item, profile))
        .or_else(|| in_own_result(blocks, item, profile))
}

/// The decision of a result that stands within the item ("Decision: The denial is overturned.").
fn in_own_result(blocks: &[Block], item: &Range<usize>, profile: &Profile) -> Option<(Decision, Place)> {
    let own = blocks[item.start].item;
    item.clone().filter(|&block| blocks[block].role == Role::Result && blocks[block].item == own).find_map(
        |block| {
            let (decision, span) = decision::anywhere(blocks[block].content.text(), &profile.decisions)?;
            Some((decision, Place { block, span }))
        },
    )
}

/// The decision of the field that is for it.
fn in_determination(blocks: &[Block], item: &Range<usize>, profile: &Profile) -> Option<(Decision, Place)> {
    item.clone().filter(|&block| blocks[block].role == Role::Field(Field::Determination)).find_map(|block| {
        let content = &blocks[block].content;
        let (decision, span) = decision::anywhere(&content.text()[content.body_start..], &profile.decisions)?;
        let span = content.body_start + span.start..content.body_start + span.end;
        Some((decision, Place { block, span }))
    })
}

/// The decision that a field's label itself states.
fn by_label(blocks: &[Block], item: &Range<usize>, profile: &Profile) -> Option<(Decision, Place)> {
    item.clone().find_map(|block| {
        let content = &blocks[block].content;
        let mark = profile
            .field
            .iter()
            .find(|mark| blocks[block].role == Role::Field(mark.field) && content.body_start > 0)?;
        let label = content.text()[..content.body_start].trim_end().len();
        Some((mark.decision?, Place { block, span: 0..label }))
    })
}

/// The decision that stands apart from its item: the result of the same number, or the only one of the letter.
pub(super) fn in_results(blocks: &[Block], heading: &str, profile: &Profile) -> Option<(Decision, Place)> {
    let value = |text: &str| number(text).map(|number| number.value);
    let wanted = value(heading);
    let results = blocks.iter().enumerate().filter(|(_, block)| block.role == Role::Result);
    let mut found = results.filter_map(|(index, block)| {
        let text = block.content.text();
        let (decision, span) = if profile.single_issue {
            // "Overturned in part. Days 1 to 14: overturned. Days 15 to 17: upheld."
            let first = || decision::all(text, &profile.decisions).into_iter().next();
            let in_part = || first().filter(|(decision, _)| *decision == Decision::Partial);
            decision::anywhere(text, &profile.decisions).or_else(in_part)
        } else {
            decision::at_end(text, &profile.decisions, false)
                .filter(|_| wanted.is_some() && value(text) == wanted)
        }?;
        Some((decision, Place { block: index, span }))
    });
    let first = found.next()?;
    // "Determination: Upheld" decides, whatever is said below.
    let stands_alone =
        blocks[first.1.block].content.text().split_whitespace().count() <= MOST_WORDS_OF_BARE_DECISION;
    (!profile.single_issue || stands_alone || found.all(|(decision, _)| decision == first.0)).then_some(first)
}
