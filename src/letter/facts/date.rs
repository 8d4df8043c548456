//! Dates that a text states: their value, and what happened on them.
//!
//! Two-digit years from 00 to 49 are of this century, the others of the last.

mod clause;
mod compare;
mod cue;
mod form;
mod range;
mod role;
mod shape;

use std::fmt;

use jiff::civil::Date;

use crate::letter::sentence::Sentence;
use crate::text::{Span, Token};

/// A date, or a range of dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateFact {
    /// Logical span, from the first to the last character of the date or range.
    pub span: Span,
    /// The date, or the first of the range.
    pub date: WrittenDate,
    /// The last date of a range ("03/04/2014 to 10/16/2014").
    pub until: Option<WrittenDate>,
    /// What happened on it.
    pub role: DateRole,
}

/// A date as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenDate {
    /// Logical span.
    pub span: Span,
    /// What it says.
    pub value: DateValue,
}

/// What a date says, as precisely as it says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateValue {
    /// "02/14/2012".
    Day(Date),
    /// "February 2012"; the month counts from 1.
    Month {
        /// Year of our era.
        year: i16,
        /// From 1 to 12.
        month: i8,
    },
    /// "2012".
    Year(i16),
    /// A date that the calendar does not have ("02/30/2014").
    Impossible {
        /// What is written.
        written: WrittenNumbers,
        /// Why there is no such date.
        flaw: DateFlaw,
    },
}

impl fmt::Display for DateValue {
    /// As in ISO 8601; one that does not exist as it is written, month first.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(date) => write!(f, "{date}"),
            Self::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Impossible { written, .. } => {
                let WrittenNumbers { month, day, year } = written;
                write!(f, "{month}/{day}/{year} (no such date)")
            }
        }
    }
}

impl DateValue {
    /// The first day on which it can be; absent where it is impossible.
    #[must_use]
    pub fn earliest(self) -> Option<Date> {
        match self {
            Self::Day(date) => Some(date),
            Self::Month { year, month } => Date::new(year, month, 1).ok(),
            Self::Year(year) => Date::new(year, 1, 1).ok(),
            Self::Impossible { .. } => None,
        }
    }

    /// The last day on which it can be; absent where it is impossible.
    #[must_use]
    pub fn latest(self) -> Option<Date> {
        match self {
            Self::Day(date) => Some(date),
            Self::Month { year, month } => Date::new(year, month, 1).ok().map(Date::last_of_month),
            Self::Year(year) => Date::new(year, 12, 31).ok(),
            Self::Impossible { .. } => None,
        }
    }
}

/// The numbers of a date that does not exist; a two-digit year is completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenNumbers {
    /// In the place of the month.
    pub month: u32,
    /// In the place of the day.
    pub day: u32,
    /// In the place of the year.
    pub year: u32,
}

/// Why a date does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateFlaw {
    /// No month has this number ("13/04/2014").
    NoSuchMonth,
    /// The month has no such day ("02/30/2014").
    NoSuchDay,
    /// Not a year of living memory ("3026", "20124").
    NoSuchYear,
}

/// What happened on a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateRole {
    /// The injury, or the range of a cumulative trauma.
    Injury,
    /// The utilization review decision that is disputed.
    UrDecision,
    /// The assignment of the case to the reviewer.
    Assigned,
    /// The receipt or filing of the application for review.
    ApplicationReceived,
    /// The decision of this review.
    Decision,
    /// A report, test or visit; as a range, the records of that time.
    Record,
    /// A surgery, an injection.
    Procedure,
    /// The birth of the patient.
    Birth,
    /// The edition of a guideline.
    Guideline,
    /// The day on which a page was read on the web.
    Accessed,
    /// The request for authorization.
    Request,
    /// Anything else, or it cannot be told.
    Other,
}

/// Reads the dates of a text.
#[must_use]
pub fn read(text: &str, tokens: &[Token], sentences: &[Sentence]) -> Vec<DateFact> {
    let found = range::join(text, form::find(text));
    if found.is_empty() {
        return Vec::new();
    }
    role::assign(text, tokens, sentences, found)
}

/// Reads a text that is one date, such as the value of a header's field.
#[must_use]
pub fn parse(text: &str) -> Option<DateValue> {
    let found = form::find(text);
    let [date] = found.as_slice() else { return None };
    (date.written.span == (0..text.len())).then_some(date.written.value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::facts::cases;

    fn render(text: &str) -> String {
        let facts = cases::read(text, read);
        let rendered = facts.iter().map(|fact| {
            assert_eq!(fact.span.start, fact.date.span.start, "{text}");
            let until =
                fact.until.as_ref().map(|date| format!("..{}", value(date.value))).unwrap_or_default();
            format!("{} {}{until}", role(fact.role), value(fact.date.value))
        });
        rendered.collect::<Vec<_>>().join("; ")
    }

    fn value(value: DateValue) -> String {
        match value {
            DateValue::Day(date) => date.to_string(),
            DateValue::Month { year, month } => format!("{year}-{month:02}"),
            DateValue::Year(year) => year.to_string(),
            DateValue::Impossible { written: WrittenNumbers { month, day, year }, flaw } => {
                let flaw = match flaw {
                    DateFlaw::NoSuchMonth => "no-such-month",
                    DateFlaw::NoSuchDay => "no-such-day",
                    DateFlaw::NoSuchYear => "no-such-year",
                };
                format!("{flaw}({month}/{day}/{year})")
            }
        }
    }

    fn role(role: DateRole) -> &'static str {
        match role {
            DateRole::Injury => "injury",
            DateRole::UrDecision => "ur",
            DateRole::Assigned => "assigned",
            DateRole::ApplicationReceived => "received",
            DateRole::Decision => "decision",
            DateRole::Record => "record",
            DateRole::Procedure => "procedure",
            DateRole::Birth => "birth",
            DateRole::Guideline => "guideline",
            DateRole::Accessed => "accessed",
            DateRole::Request => "request",
            DateRole::Other => "other",
        }
    }

    #[test]
    fn cases() {
        cases::check(include_str!("cases/date.tsv"), render);
    }

    #[test]
    fn a_value_by_itself() {
        let day = |text| parse(text).and_then(DateValue::earliest).map(|date| date.to_string());
        assert_eq!(day("02/14/2012").as_deref(), Some("2012-02-14"));
        assert_eq!(day("February 14, 2012").as_deref(), Some("2012-02-14"));
        assert_eq!(day("02/14/2012 and later"), None);
        assert!(matches!(parse("02/30/2012"), Some(DateValue::Impossible { .. })));
    }

    #[test]
    fn first_and_last_day() {
        let month = DateValue::Month { year: 2012, month: 2 };
        assert_eq!(month.earliest().unwrap().to_string(), "2012-02-01");
        assert_eq!(month.latest().unwrap().to_string(), "2012-02-29");
        assert_eq!(DateValue::Year(2012).latest().unwrap().to_string(), "2012-12-31");
    }

    #[test]
    fn any_text() {
        cases::check_any_text(include_str!("cases/date.tsv"), |text| {
            cases::read(text, read).into_iter().map(|fact| fact.span).collect()
        });
    }
}
