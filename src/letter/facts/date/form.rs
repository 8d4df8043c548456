//! The written forms of a date.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::shape::{Shape, shapes};
use super::{DateFlaw, DateValue, WrittenDate, WrittenNumbers};
use crate::text::Span;

/// A written date, before it is known what happened on it.
#[derive(Debug)]
pub(super) struct Found {
    pub written: WrittenDate,
    /// The last date, where the form itself holds two ("March 4-10, 2014").
    pub until: Option<WrittenDate>,
    pub need: Need,
    /// Whether it is a count when a unit follows: "2000 mg", "3/10/12 reps".
    pub countable: bool,
}

/// What the words around a form must say before it is a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// Nothing: it can be nothing else.
    Nothing,
    /// What happened on it: "02.14.12" may be a section's number.
    Role,
    /// That it is a year rather than a count: "in 2012".
    YearWording,
}

/// Finds what can be a date, in order. Nothing here overlaps.
pub(super) fn find(text: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for (span, shape) in shapes(text) {
        let last = found.last().map_or(0, |last| last.until.as_ref().unwrap_or(&last.written).span.end);
        if stands_alone(text, &span, last)
            && let Some(date) = read(text, shape, span)
        {
            found.push(date);
        }
    }
    found
}

fn read(text: &str, shape: Shape, span: Span) -> Option<Found> {
    let number = |digits: &Span| text[digits.clone()].parse::<u32>().ok();
    let countable = matches!(&shape, Shape::Year(_) | Shape::SlashMonth { .. })
        || matches!(&shape, Shape::Numbers { year, .. } if year.len() == 2);
    let date = |value, need| Found {
        written: WrittenDate { span: span.clone(), value },
        until: None,
        need,
        countable,
    };
    let named = |value| date(value, Need::Nothing);
    match shape {
        Shape::Iso { year, month, day } => {
            let (year, month, day) = (number(&year)?, number(&month)?, number(&day)?);
            (1900..2100).contains(&year).then(|| named(day_value(month, day, year)))
        }
        Shape::Numbers { separator, month, day, year, has_blank } => {
            let digits = |digits: Span| &text[digits];
            let numbers = Numbers { separator, month: digits(month), day: digits(day), year: digits(year) };
            numbers.read(text, has_blank, &span).map(|(value, need)| date(value, need))
        }
        Shape::Long { month, day, year } => {
            Some(named(day_value(number(&month)?, number(&day)?, number(&year)?)))
        }
        Shape::SlashMonth { month, year } => month_value(number(&month)?, number(&year)?).map(named),
        Shape::Days { month, from, to, year } => {
            let year = number(&year)?;
            let day = |day: &Span| Some(day_value(month, number(day)?, year));
            Some(Found {
                written: WrittenDate { value: day(&from)?, span: span.start..from.end },
                until: Some(WrittenDate { value: day(&to)?, span: to.start..span.end }),
                need: Need::Nothing,
                countable,
            })
        }
        Shape::NamedDay { month, day, year } => Some(named(day_value(month, number(&day)?, number(&year)?))),
        Shape::NamedMonth { month, name, year } => {
            // "He may 2000 times", "they march 2000 feet".
            let is_verb = matches!(&text[name.clone()], "may" | "march" | "mar");
            // "In September and October. 2014: no work": only a short form has a stop.
            let is_short =
                name.len() <= "Sept".len() && !matches!(&text[name.clone()], "May" | "June" | "July");
            let is_parted = !is_short && text[name.end..year.start].contains('.');
            let value = month_value(month, number(&year)?)?;
            (!is_verb && !is_parted).then(|| named(value))
        }
        Shape::Year(year) => Some(date(DateValue::Year(text[year].parse().ok()?), Need::YearWording)),
    }
}

/// "02/14/2012", "11-18-16", "02.14.2012": month, day and year in numbers.
struct Numbers<'t> {
    separator: u8,
    month: &'t str,
    day: &'t str,
    year: &'t str,
}

impl Numbers<'_> {
    fn read(&self, text: &str, has_blank: bool, span: &Span) -> Option<(DateValue, Need)> {
        let (month, day) = (self.month.parse().ok()?, self.day.parse().ok()?);
        let digits = self.year.len();
        let year = self.year.parse().ok()?;
        // "3/10/ 12 reps"
        if has_blank && digits != 4 {
            return None;
        }
        let value = day_value(month, day, if digits == 2 { complete_year(year) } else { year });
        let exists = !matches!(value, DateValue::Impossible { .. });
        let can_be_slip = month <= 31 && day <= 31;
        let need = match (self.separator, digits) {
            (b'/', 2) if !can_be_slip => return None,
            // "10/05/201" at a line's end has lost its last digit to the next line.
            (b'/', 3) if text[span.end..].trim_start().starts_with(|c: char| c.is_ascii_digit()) => {
                return None;
            }
            (b'/', _) | (b'-', 4) => Need::Nothing,
            (b'-', 2) if exists => Need::Nothing,
            (b'-', 2) if can_be_slip => Need::Role,
            (b'.', 4) if exists => Need::Nothing,
            (b'.', 4) => Need::Role,
            (b'.', 2) if exists && self.month.len() == 2 && self.day.len() == 2 => Need::Role,
            _ => return None,
        };
        Some((value, need))
    }
}

/// Two digits of a year: 00 to 49 are of this century.
fn complete_year(year: u32) -> u32 {
    if year < 50 { 2000 + year } else { 1900 + year }
}

/// A day by its numbers, or why there is none.
pub(super) fn day_value(month: u32, day: u32, year: u32) -> DateValue {
    let impossible = |flaw| DateValue::Impossible { written: WrittenNumbers { month, day, year }, flaw };
    if !(1900..2100).contains(&year) {
        return impossible(DateFlaw::NoSuchYear);
    }
    if !(1..=12).contains(&month) {
        return impossible(DateFlaw::NoSuchMonth);
    }
    let date = i16::try_from(year).ok().zip(i8::try_from(month).ok()).zip(i8::try_from(day).ok());
    date.and_then(|((year, month), day)| Date::new(year, month, day).ok())
        .map_or_else(|| impossible(DateFlaw::NoSuchDay), DateValue::Day)
}

fn month_value(month: u32, year: u32) -> Option<DateValue> {
    let (month, year) = (i8::try_from(month).ok()?, i16::try_from(year).ok()?);
    (1..=12).contains(&month).then_some(DateValue::Month { year, month })
}

/// Whether a form is no part of something longer: an address on the web, a case number, a version. A dash may
/// join it to the date that ends at `last`.
fn stands_alone(text: &str, span: &Span, last: usize) -> bool {
    let hyphens = text[span.clone()].contains('-');
    let mut before = text[..span.start].chars().rev();
    let starts = match before.next() {
        None => true,
        Some('-' | '–' | '—') => {
            let joined = before.next();
            let after_date = last > 0 && text[last..span.start].chars().count() == 1;
            !joined.is_some_and(char::is_alphanumeric)
                || !hyphens && (after_date || follows_month_and_day(&text[..span.start]))
        }
        Some('.' | ',' | ':') => !before.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => !c.is_alphanumeric() && !matches!(c, '/' | '#' | '$' | '_' | '=' | '§' | '@'),
    };
    let mut after = text[span.end..].chars();
    let ends = match after.next() {
        None => true,
        Some('-' | '–' | '—') => !hyphens || !after.next().is_some_and(|c| c.is_ascii_digit()),
        Some('.' | ',' | ':') => !after.next().is_some_and(|c| c.is_ascii_digit()),
        // "09/15/2014The patient": the blank was lost.
        Some(c) if c.is_uppercase() => after.next().is_some_and(char::is_lowercase),
        Some(c) => !c.is_alphanumeric() && !matches!(c, '/' | '%' | '_' | '°'),
    };
    starts && ends
}

/// "3/4-" before "3/10/14".
fn follows_month_and_day(before: &str) -> bool {
    static TAIL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:^|[\s(,:;])[0-9]{1,2}/[0-9]{1,2}[-–—]$").expect("a constant pattern")
    });
    TAIL.is_match(tail(before, 16))
}

/// The last bytes of a text, from a character's start.
pub(super) fn tail(text: &str, bytes: usize) -> &str {
    let start = (text.len().saturating_sub(bytes)..=text.len()).find(|&at| text.is_char_boundary(at));
    &text[start.unwrap_or(text.len())..]
}
