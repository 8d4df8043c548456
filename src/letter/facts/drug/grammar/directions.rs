//! The number handed out, the refills and how often a drug is taken: the quantities around its mention.

use super::super::lexicon::{Word, word};
use super::super::{Drug, Form};
use super::Sentence;
use crate::letter::facts::quantity::{Quantity, Stated, Unit};
use crate::text::Span;

/// A number without unit below this ("QTY: 1") may count tubes or boxes.
const LEAST_COUNT: u32 = 5;
/// Bytes between a drug and its directions.
const MOST_DIRECTIONS: usize = 40;

impl Sentence<'_> {
    /// Takes the count, the refills and the directions from the quantities around the mention.
    pub(super) fn attach_quantities(&self, drug: &mut Drug, free_from: usize) {
        let floor = self.tokens.get(free_from).map_or(0, |token| token.span.start);
        let first_behind =
            self.quantities.partition_point(|quantity| quantity.span.start < drug.name_span.start);
        let before = first_behind.checked_sub(1).map(|before| &self.quantities[before]);
        if let Some(quantity) = before.filter(|quantity| quantity.span.start >= floor)
            && let Some(count) = dispensed(quantity)
        {
            // "60 tablets of Norco", "30 Lidoderm patches"
            let covers = quantity.span.end >= drug.name_span.end;
            if covers || self.between(&(quantity.span.end..drug.span.start)) == "of" {
                drug.count = Some(count);
                drug.form = drug.form.or_else(|| form_of(quantity.unit));
                drug.span = quantity.span.start..drug.span.end.max(quantity.span.end);
            }
        }
        for quantity in &self.quantities[first_behind..] {
            if quantity.span.end <= drug.span.end {
                continue;
            }
            // "patch #30": the form may have been read as both.
            if quantity.span.start > drug.span.end && !self.goes_on(&(drug.span.end..quantity.span.start)) {
                break;
            }
            let mut taken = false;
            if let Some(Stated::Given(frequency)) = quantity.frequency
                && drug.frequency.is_none()
                && quantity.unit.is_none_or(|unit| !unit.is_encounter())
            {
                drug.frequency = Some(frequency);
                drug.form = drug.form.or_else(|| form_of(quantity.unit));
                taken = true;
            }
            if let Some(count) = dispensed(quantity)
                && drug.count.is_none()
            {
                drug.count = Some(count);
                drug.form = drug.form.or_else(|| form_of(quantity.unit));
                taken = true;
            }
            if let (Some(Unit::Refill), Some(Stated::Given(amount))) = (quantity.unit, quantity.count)
                && amount.least == amount.most
            {
                drug.refills = Some(amount.least);
                taken = true;
            }
            // "one tablet at bedtime #30": a dose alone says nothing, and does not end the directions.
            if !taken && !quantity.is_dose() {
                break;
            }
            drug.span.end = quantity.span.end;
        }
    }

    /// Whether only marks and words such as "with" or "by mouth" stand between a drug and its directions.
    pub(super) fn goes_on(&self, span: &Span) -> bool {
        let between = self.between(span);
        // "day supply: 30 QTY: 60"
        let may_number = between.contains("supply");
        let is_direction = |part: &str| {
            let is_number = may_number && part.bytes().all(|byte| byte.is_ascii_digit());
            is_number || part.is_empty() || matches!(word(part), Some(Word::Direction | Word::Filler))
        };
        span.len() <= MOST_DIRECTIONS
            && !between.contains(';')
            && between.split(|c: char| !c.is_alphanumeric()).all(is_direction)
    }
}

/// The number handed out, if a quantity gives one.
fn dispensed(quantity: &Quantity) -> Option<u32> {
    let Some(Stated::Given(amount)) = quantity.count else { return None };
    let counts = match quantity.unit {
        Some(Unit::Dispensed | Unit::Tablet | Unit::Capsule | Unit::Patch) => true,
        None => amount.least >= LEAST_COUNT,
        _ => false,
    };
    (counts && !quantity.is_dose() && amount.least == amount.most).then_some(amount.least)
}

fn form_of(unit: Option<Unit>) -> Option<Form> {
    match unit? {
        Unit::Tablet => Some(Form::Tablet),
        Unit::Capsule => Some(Form::Capsule),
        Unit::Patch => Some(Form::Patch),
        _ => None,
    }
}
