//! Whether two mentions of one drug contradict each other.

use super::Drug;
use super::strength::{Per, Strength};
use crate::letter::facts::quantity::{Frequency, TimeUnit};

/// In what two mentions of a drug differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aspect {
    /// The numbers of the strength.
    Strength,
    /// The unit of the strength, the numbers being the same.
    Unit,
    /// The number handed out.
    Count,
    /// The size of the tube or bottle.
    Package,
}

impl Drug {
    /// Whether both name the same drug, by brand or generic, alone or in the same compound.
    #[must_use]
    pub fn is_same_drug(&self, other: &Self) -> bool {
        self.generic == other.generic && self.compound == other.compound
    }

    /// In what this contradicts another mention of the same drug. What one does not say contradicts nothing; a day's
    /// dose does not contradict a tablet's strength, nor one preparation another. Contexts are the caller's to compare.
    #[must_use]
    pub fn contradicts(&self, other: &Self) -> Option<Aspect> {
        if !self.is_same_drug(other) || self.release != other.release {
            return None;
        }
        let strengths = self.strength.as_ref().zip(other.strength.as_ref());
        let strength = strengths.and_then(|(one, two)| strengths_differ(one, two));
        if strength.is_some() && !may_be_a_days_dose(self, other) {
            return strength;
        }
        if self.count.zip(other.count).is_some_and(|(one, two)| one != two) {
            return Some(Aspect::Count);
        }
        let packages = self.package.as_ref().zip(other.package.as_ref());
        packages.and_then(|(one, two)| packages_differ(one, two))
    }
}

/// Packages differ in their size, or in the unit where one is written in milligrams.
fn packages_differ(one: &Strength, two: &Strength) -> Option<Aspect> {
    let (one_unit, two_unit) = (one.unit?, two.unit?);
    let is_small = |unit| unit == super::StrengthUnit::Milligram;
    if one_unit != two_unit && (is_small(one_unit) || is_small(two_unit)) {
        return (one.amounts == two.amounts).then_some(Aspect::Unit);
    }
    strengths_differ(one, two).map(|_| Aspect::Package)
}

fn strengths_differ(one: &Strength, two: &Strength) -> Option<Aspect> {
    if !same_measure(one, two) {
        return None;
    }
    let plain = |strength: &Strength| {
        let mut amounts: Vec<u64> = strength.amounts.iter().map(|amount| amount.ten_thousandths).collect();
        amounts.sort_unstable();
        amounts
    };
    let (mut first, mut second) = (plain(one), plain(two));
    let same_numbers = agree(&first, &second);
    let Some((one_unit, two_unit)) = one.unit.zip(two.unit).filter(|(one, two)| one != two) else {
        return (!same_numbers).then_some(Aspect::Strength);
    };
    // Units of two kinds, a percentage and a mass, measure two preparations.
    let (one_mass, two_mass) = (one_unit.micrograms()?, two_unit.micrograms()?);
    first.iter_mut().for_each(|amount| *amount = amount.saturating_mul(one_mass));
    second.iter_mut().for_each(|amount| *amount = amount.saturating_mul(two_mass));
    match (agree(&first, &second), same_numbers) {
        (true, _) => None,
        (false, true) => Some(Aspect::Unit),
        (false, false) => Some(Aspect::Strength),
    }
}

/// The same numbers; or a single number that is one of a combination's ("Norco 10 mg", "Norco 10/325 mg").
fn agree(one: &[u64], two: &[u64]) -> bool {
    match (one, two) {
        ([single], several) | (several, [single]) => several.contains(single),
        _ => one == two,
    }
}

/// Whether both are in the same thing. A patch's hour is often left out.
fn same_measure(one: &Strength, two: &Strength) -> bool {
    matches!((one.per, two.per), (None, Some(Per::Hour)) | (Some(Per::Hour), None)) || one.per == two.per
}

/// "gabapentin 300 mg tid" and "900 mg daily"; or a strength beside a dose that several tablets make.
fn may_be_a_days_dose(one: &Drug, two: &Drug) -> bool {
    let amount = |drug: &Drug| {
        let strength = drug.strength.as_ref()?;
        let mass = strength.unit.and_then(super::StrengthUnit::micrograms).unwrap_or(1);
        Some(strength.amounts.first()?.ten_thousandths.saturating_mul(mass))
    };
    let (Some(first), Some(second)) = (amount(one), amount(two)) else { return false };
    let is_multiple =
        |greater: u64, smaller: u64| smaller > 0 && greater > smaller && greater.is_multiple_of(smaller);
    let is_total = |dose: u64, often: Option<u64>, day: u64| {
        often.is_some_and(|often| dose.saturating_mul(often) == day)
    };
    match (one.frequency.map(per_day), two.frequency.map(per_day)) {
        (Some(Some(often)), Some(Some(seldom))) => {
            first.saturating_mul(often) == second.saturating_mul(seldom)
        }
        (Some(often), None) => is_multiple(first, second) || is_total(first, often, second),
        (None, Some(often)) => is_multiple(second, first) || is_total(second, often, first),
        _ => false,
    }
}

/// How many times a day, if that is one number.
fn per_day(frequency: Frequency) -> Option<u64> {
    let (times, per) = (frequency.times, frequency.per);
    if times.least != times.most || per.amount.least != per.amount.most {
        return None;
    }
    let (times, length) = (u64::from(times.least), u64::from(per.amount.least));
    match per.unit {
        TimeUnit::Day if length == 1 => Some(times),
        TimeUnit::Hour if length > 0 && 24 % length == 0 => Some(times * 24 / length),
        _ => None,
    }
}
