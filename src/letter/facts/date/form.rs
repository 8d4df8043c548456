//! The written forms of a date.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::{Captures, Regex};

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

/// The names of months and their abbreviations.
pub(super) const MONTH: &str = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?\
    |sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";

static FORMS: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"
        (?P<iso_year>[0-9]{4})[-/](?P<iso_month>[0-9]{1,2})[-/](?P<iso_day>[0-9]{1,2})
      | (?P<month>[0-9]{1,2})\n?/\n?(?P<day>[0-9]{1,2})\n?/(?P<blank>[\ \n]?)(?P<year>[0-9]{2,5})
      | (?P<hyphen_month>[0-9]{1,2})-(?P<hyphen_day>[0-9]{1,2})-(?P<hyphen_year>[0-9]{2,5})
      | (?P<dot_month>[0-9]{1,2})\.(?P<dot_day>[0-9]{1,2})\.(?P<dot_year>[0-9]{2,5})
      | (?P<long_month>[0-9]{1,3})/(?P<long_day>[0-9]{1,3})/(?P<long_year>(?:19|20)[0-9]{2})
      | (?P<slash_month>[0-9]{1,2})/\n?(?P<slash_year>(?:19|20)[0-9]{2})
      | (?P<span_name>MONTH)\.?\s(?P<span_from>[0-9]{1,2})\s?[-–—]\s?(?P<span_to>[0-9]{1,2}),?\s(?P<span_year>(?:19|20)[0-9]{2})
      | (?P<name>MONTH)\.?[\s-](?P<name_day>[0-9]{1,2})(?:st|nd|rd|th)?
            (?:,\s?(?P<comma_year>[0-9]{4,5})|[\s-](?P<name_year>(?:19|20)[0-9]{2}))
      | (?P<british_day>[0-9]{1,2})(?:st|nd|rd|th)?[\s-](?:of\s)?(?P<british_name>MONTH)\.?,?[\s-](?P<british_year>[0-9]{4,5})
      | (?P<only_name>MONTH)\.?,?[\s-](?:of\s)?(?P<only_year>(?:19|20)[0-9]{2})
      | (?P<bare_year>(?:19|20)[0-9]{2})";
    Regex::new(&format!("(?xi){}", pattern.replace("MONTH", MONTH))).expect("a constant pattern")
});

/// Finds what can be a date, in order. Nothing here overlaps.
pub(super) fn find(text: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for captures in FORMS.captures_iter(text) {
        let Some(whole) = captures.get(0) else { continue };
        let span = whole.range();
        let last = found.last().map_or(0, |last| last.until.as_ref().unwrap_or(&last.written).span.end);
        if stands_alone(text, &span, last)
            && let Some(date) = read(text, &captures, span)
        {
            found.push(date);
        }
    }
    found
}

fn read(text: &str, captures: &Captures, span: Span) -> Option<Found> {
    let number = |name: &str| captures.name(name).and_then(|found| found.as_str().parse::<u32>().ok());
    let countable = captures.name("bare_year").or(captures.name("slash_year")).is_some()
        || NUMERIC
            .into_iter()
            .filter_map(|(_, names)| captured(captures, names))
            .any(|[_, _, year]| year.len() == 2);
    let date = |value, need| Found {
        written: WrittenDate { span: span.clone(), value },
        until: None,
        need,
        countable,
    };
    if let (Some(year), Some(month), Some(day)) = (number("iso_year"), number("iso_month"), number("iso_day"))
    {
        return (1900..2100).contains(&year).then(|| date(day_value(month, day, year), Need::Nothing));
    }
    for (separator, names) in NUMERIC {
        if let Some([month, day, year]) = captured(captures, names) {
            let numbers = Numbers { separator, month, day, year };
            return numbers.read(text, captures, &span).map(|(value, need)| date(value, need));
        }
    }
    if let (Some(month), Some(day), Some(year)) =
        (number("long_month"), number("long_day"), number("long_year"))
    {
        return Some(date(day_value(month, day, year), Need::Nothing));
    }
    if let (Some(month), Some(year)) = (number("slash_month"), number("slash_year")) {
        return month_value(month, year).map(|value| date(value, Need::Nothing));
    }
    if let (Some(name), Some(year)) = (captures.name("span_name"), number("span_year")) {
        let month = month_number(name.as_str())?;
        let (from, to) = (captures.name("span_from")?, captures.name("span_to")?);
        let value = |day: &str| day.parse().ok().map(|day| day_value(month, day, year));
        return Some(Found {
            written: WrittenDate { span: span.start..from.end(), value: value(from.as_str())? },
            until: Some(WrittenDate { span: to.start()..span.end, value: value(to.as_str())? }),
            need: Need::Nothing,
            countable,
        });
    }
    if let (Some(name), Some(day)) = (captures.name("name"), number("name_day")) {
        let year = number("comma_year").or_else(|| number("name_year"))?;
        return Some(date(day_value(month_number(name.as_str())?, day, year), Need::Nothing));
    }
    if let (Some(name), Some(day), Some(year)) =
        (captures.name("british_name"), number("british_day"), number("british_year"))
    {
        return Some(date(day_value(month_number(name.as_str())?, day, year), Need::Nothing));
    }
    if let (Some(name), Some(year)) = (captures.name("only_name"), number("only_year")) {
        // "He may 2000 times", "they march 2000 feet".
        let is_verb = matches!(name.as_str(), "may" | "march" | "mar");
        let value = month_value(month_number(name.as_str())?, year)?;
        return (!is_verb).then(|| date(value, Need::Nothing));
    }
    let year = i16::try_from(number("bare_year")?).ok()?;
    Some(date(DateValue::Year(year), Need::YearWording))
}

/// The groups of month, day and year in numbers, by the mark between them.
const NUMERIC: [(char, [&str; 3]); 3] = [
    ('/', ["month", "day", "year"]),
    ('-', ["hyphen_month", "hyphen_day", "hyphen_year"]),
    ('.', ["dot_month", "dot_day", "dot_year"]),
];

fn captured<'t>(captures: &Captures<'t>, names: [&str; 3]) -> Option<[&'t str; 3]> {
    let [month, day, year] = names.map(|name| captures.name(name).map(|found| found.as_str()));
    Some([month?, day?, year?])
}

/// "02/14/2012", "11-18-16", "02.14.2012": month, day and year in numbers.
struct Numbers<'t> {
    separator: char,
    month: &'t str,
    day: &'t str,
    year: &'t str,
}

impl Numbers<'_> {
    fn read(&self, text: &str, captures: &Captures, span: &Span) -> Option<(DateValue, Need)> {
        let (month, day) = (self.month.parse().ok()?, self.day.parse().ok()?);
        let digits = self.year.len();
        let year = self.year.parse().ok()?;
        // "3/10/ 12 reps"
        if captures.name("blank").is_some_and(|blank| blank.as_str() == " ") && digits != 4 {
            return None;
        }
        let value = day_value(month, day, if digits == 2 { complete_year(year) } else { year });
        let exists = !matches!(value, DateValue::Impossible { .. });
        let can_be_slip = month <= 31 && day <= 31;
        let need = match (self.separator, digits) {
            ('/', 2) if !can_be_slip => return None,
            // "10/05/201" at a line's end has lost its last digit to the next line.
            ('/', 3) if text[span.end..].trim_start().starts_with(|c: char| c.is_ascii_digit()) => {
                return None;
            }
            ('/', _) | ('-', 4) => Need::Nothing,
            ('-', 2) if exists => Need::Nothing,
            ('-', 2) if can_be_slip => Need::Role,
            ('.', 4) if exists => Need::Nothing,
            ('.', 4) => Need::Role,
            ('.', 2) if exists && self.month.len() == 2 && self.day.len() == 2 => Need::Role,
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

/// The number of a month by its name or abbreviation.
pub(super) fn month_number(name: &str) -> Option<u32> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = name.get(..3)?.to_ascii_lowercase();
    MONTHS.iter().position(|month| *month == start).and_then(|index| u32::try_from(index + 1).ok())
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
