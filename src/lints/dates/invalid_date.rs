//! A date that the calendar does not have.

use crate::engine::{Arg, BlockContext, Draft, Sink};
use crate::letter::facts::date::{DateFlaw, DateValue, WrittenNumbers};

/// The names of the months, for messages.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub fn check(context: &BlockContext<'_>, sink: &mut Sink) {
    for date in &context.content.facts().dates {
        for written in std::iter::once(&date.date).chain(&date.until) {
            let DateValue::Impossible { written: numbers, flaw } = written.value else { continue };
            let found = Arg::letter(&context.content.text()[written.span.clone()]);
            let draft = Draft::new(context.place(written.span.clone()), message(flaw)).arg("found", found);
            sink.push(draft.arg("reason", Arg::term(reason(numbers, flaw))));
        }
    }
}

fn message(flaw: DateFlaw) -> &'static str {
    match flaw {
        DateFlaw::NoSuchYear => "year",
        DateFlaw::NoSuchMonth | DateFlaw::NoSuchDay => "message",
    }
}

fn reason(numbers: WrittenNumbers, flaw: DateFlaw) -> String {
    let WrittenNumbers { month, day, year } = numbers;
    match flaw {
        DateFlaw::NoSuchMonth => format!("there is no month {month}"),
        DateFlaw::NoSuchYear => format!("the year {year} cannot be meant"),
        DateFlaw::NoSuchDay => {
            let name = usize::try_from(month).ok().and_then(|month| MONTHS.get(month.checked_sub(1)?));
            let name = name.copied().unwrap_or("that month");
            match (month, day) {
                (2, 29) => format!("February {year} has 28 days"),
                _ => format!("{name} has no day {day}"),
            }
        }
    }
}
