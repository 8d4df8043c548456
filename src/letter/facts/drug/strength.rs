//! Strengths: "10/325 mg", "5%", "25 mcg/hr".

use super::lexicon::{Word, word};
use crate::letter::facts::words::Words;
use crate::text::Gap;

/// A decimal number in ten-thousandths, so that equal numbers are equal however they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal {
    /// The number times 10,000.
    pub ten_thousandths: u64,
}

impl Decimal {
    /// "1,000", "0.5", "5.0"; at most four decimals.
    fn parse(written: &str) -> Option<Self> {
        let (whole, decimals) = written.split_once('.').unwrap_or((written, ""));
        let whole: String = whole.chars().filter(|&c| c != ',').collect();
        let decimals = decimals.trim_end_matches('0');
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() > 9 || decimals.len() > 4 || !all_digits(&whole) || !all_digits(decimals) {
            return None;
        }
        let ten_thousandths = format!("{whole}{decimals:0<4}").parse().ok()?;
        Some(Self { ten_thousandths })
    }
}

/// A drug's strength as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strength {
    /// One number for each drug of a combination, in the order written.
    pub amounts: Vec<Decimal>,
    /// The unit, where it is written.
    pub unit: Option<StrengthUnit>,
    /// In what, or in which time.
    pub per: Option<Per>,
}

/// The unit of a strength.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StrengthUnit {
    /// mcg, µg.
    Microgram,
    /// mg.
    Milligram,
    /// g, gm.
    Gram,
    /// Parts in a hundred.
    Percent,
    /// Units of activity, IU.
    Unit,
    /// mEq.
    Milliequivalent,
    /// mL, cc.
    Milliliter,
}

impl StrengthUnit {
    /// A unit by its name in the vocabulary.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "microgram" => Self::Microgram,
            "milligram" => Self::Milligram,
            "gram" => Self::Gram,
            "percent" => Self::Percent,
            "unit" => Self::Unit,
            "milliequivalent" => Self::Milliequivalent,
            "milliliter" => Self::Milliliter,
            _ => return None,
        })
    }

    /// Micrograms in it, if it is a mass.
    pub(super) fn micrograms(self) -> Option<u64> {
        match self {
            Self::Microgram => Some(1),
            Self::Milligram => Some(1_000),
            Self::Gram => Some(1_000_000),
            _ => None,
        }
    }
}

/// What a strength is per.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Per {
    /// "mcg/hr".
    Hour,
    /// "mg/day": all that is taken in a day.
    Day,
    /// "mg/kg".
    Kilogram,
    /// "mg/5 mL": so many millilitres.
    Milliliters(Decimal),
}

/// Units of a laboratory's value, behind a slash.
const LABORATORY: &[&str] = &["dl", "l", "mmol", "liter", "litre"];

/// The strength that begins at a token, and the token behind it.
pub(super) fn read(words: &Words, start: usize) -> Option<(Strength, usize)> {
    let unit_at = |at: usize| match word(words.lower(at)) {
        Some(Word::Unit(unit)) => Some(unit),
        _ => None,
    };
    let (mut amounts, mut at) = numbers(words, start)?;
    let mut unit = unit_at(at);
    // "10-325mg", "10 mg/325 mg", "10 / 325"
    let behind_unit = at + usize::from(unit.is_some());
    let links = matches!(words.raw(behind_unit), "-" | "–" | "/" | "\u{2010}" | "\u{2011}");
    let further = if links && amounts.len() == 1 { numbers(words, behind_unit + 1) } else { None };
    if let Some((more, end)) = further
        && (unit.is_none() || unit_at(end) == unit)
    {
        amounts.extend(more);
        at = end;
        unit = unit_at(end);
    }
    if unit.is_none() {
        return (amounts.len() > 1).then_some((Strength { amounts, unit, per: None }, at));
    }
    at += 1;
    if !matches!(words.lower(at), "/" | "per") {
        return Some((Strength { amounts, unit, per: None }, at));
    }
    let slash = at + 1;
    let (volume, behind) = match numbers(words, slash) {
        Some((volume, end)) if volume.len() == 1 => (volume[0], end),
        _ => (Decimal { ten_thousandths: 10_000 }, slash),
    };
    let divisor = words.lower(behind);
    if LABORATORY.contains(&divisor) {
        return None;
    }
    let per = match divisor {
        "h" | "hr" | "hour" => Some(Per::Hour),
        "d" | "day" => Some(Per::Day),
        "kg" => Some(Per::Kilogram),
        _ => (unit_at(behind) == Some(StrengthUnit::Milliliter)).then_some(Per::Milliliters(volume)),
    };
    let end = if per.is_some() { behind + 1 } else { at };
    Some((Strength { amounts, unit, per }, end))
}

/// "10", "10/325", ".5"; dates and long chains of numbers are none.
fn numbers(words: &Words, at: usize) -> Option<(Vec<Decimal>, usize)> {
    let is_naked = words.raw(at) == "." && words.token(at + 1).is_some_and(|next| next.gap == Gap::None);
    let number = at + usize::from(is_naked);
    if !words.is_number(number) {
        return None;
    }
    let digits = words.raw(number);
    let amounts: Option<Vec<_>> = if is_naked {
        Decimal::parse(&format!("0.{digits}")).map(|amount| vec![amount])
    } else {
        digits.split('/').map(Decimal::parse).collect()
    };
    let amounts = amounts.filter(|amounts| amounts.len() <= 4)?;
    Some((amounts, number + 1))
}
