//! Ranges of dates: "03/04/2014 to 10/16/2014", "3/4-3/10/14", "March to October 2014".

use super::form::{self, Found, Need};
use super::shape::{before_connector, without_year};
use super::{DateValue, WrittenDate};
use crate::text::Span;

/// Joins dates that are the two ends of a range.
pub(super) fn join(text: &str, dates: Vec<Found>) -> Vec<Found> {
    let mut joined: Vec<Found> = Vec::with_capacity(dates.len());
    for mut date in dates {
        if let Some(first) = joined.last_mut()
            && is_range(text, first, &date)
        {
            first.until = Some(date.written);
            continue;
        }
        let start = joined.last().map_or(0, |last| last.span().end);
        if date.until.is_none()
            && let Some(first) = head(&text[start..date.written.span.start], start, date.written.value)
        {
            date.until = Some(std::mem::replace(&mut date.written, first));
        }
        joined.push(date);
    }
    joined
}

impl Found {
    /// Logical span of the date or range.
    pub fn span(&self) -> Span {
        self.written.span.start..self.until.as_ref().unwrap_or(&self.written).span.end
    }
}

fn is_range(text: &str, first: &Found, second: &Found) -> bool {
    let gap = &text[first.written.span.end.min(second.written.span.start)..second.written.span.start];
    let years = first.need == Need::YearWording;
    let is_between = || {
        let before = form::tail(&text[..first.written.span.start], 10).to_lowercase();
        gap.trim().eq_ignore_ascii_case("and") && before.trim_end().ends_with("between")
    };
    first.until.is_none()
        && second.until.is_none()
        && years == (second.need == Need::YearWording)
        && same_precision(first.written.value, second.written.value)
        && (before_connector(gap) == Some("") || is_between())
}

fn same_precision(first: DateValue, second: DateValue) -> bool {
    use DateValue::{Day, Impossible, Month, Year};
    matches!(
        (first, second),
        (Day(_) | Impossible { .. }, Day(_) | Impossible { .. })
            | (Month { .. }, Month { .. })
            | (Year(_), Year(_))
    )
}

/// Reads "3/4-" or "March 4 to" before a date; `offset` is where `before` begins in the text.
fn head(before: &str, offset: usize, last: DateValue) -> Option<WrittenDate> {
    /// As long as "September 30 through ".
    const LONGEST: usize = 24;
    let window = form::tail(before, LONGEST);
    let at = offset + before.len() - window.len();
    let window = before_connector(window)?;
    let (start, (written, named, digits)) = window.char_indices().find_map(|(start, _)| {
        let opens =
            window[..start].chars().next_back().is_none_or(|c| c.is_whitespace() || "(,:;".contains(c));
        Some((at + start, opens.then(|| without_year(&window[start..])).flatten()?))
    })?;
    let number = |digits: &Span| before[start - offset..][digits.clone()].parse::<u32>().ok();
    let month = named.or_else(|| number(&written))?;
    let day = digits.as_ref().and_then(number);
    let value = match (last, day) {
        (DateValue::Day(until), Some(day)) => {
            let until_year = u32::try_from(until.year()).ok()?;
            // "12/4-1/10/14" begins in the year before.
            let in_year_before = month > u32::try_from(until.month()).ok()?;
            form::day_value(month, day, if in_year_before { until_year - 1 } else { until_year })
        }
        (DateValue::Month { year, .. }, None) => DateValue::Month { year, month: i8::try_from(month).ok()? },
        _ => return None,
    };
    let end = start + digits.map_or(written.end, |digits| digits.end);
    (!matches!(value, DateValue::Impossible { .. }))
        .then(|| WrittenDate { span: start + written.start..end, value })
}
