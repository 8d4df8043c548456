//! A page that the document does not have, or a range that runs backwards.

use crate::engine::{Arg, Draft, ItemContext, Level, Sink};
use crate::guideline::catalogue::{Entry, PageRange, Standing};
use crate::letter::Letter;
use crate::letter::facts::{Cited, Purpose};

/// By how many pages a copy may differ from the printed book.
const TOLERANCE: u32 = 2;

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    let days = letter.review_days();
    let mentioned = item.citation.mentioned.iter();
    let in_rationale =
        mentioned.filter(|mentioned| mentioned.purpose != Purpose::Report).map(|mentioned| &mentioned.source);
    for cited in item.citation.cited.iter().chain(in_rationale) {
        for (pages, span) in &cited.citation.pages {
            let draft = Draft::new(
                cited.place(span.clone()),
                if pages.last < pages.first { "reversed" } else { "message" },
            );
            let text = cited.text(letter);
            let draft = draft.arg("pages", Arg::letter(&text[span.clone()]));
            if pages.last < pages.first {
                sink.push(draft);
            } else if let Some((entry, level)) = beyond(cited, letter, pages, &days) {
                let span = entry
                    .pages
                    .iter()
                    .map(|pages| pages.first)
                    .min()
                    .zip(entry.pages.iter().map(|pages| pages.last).max());
                let (first, last) = span.unwrap_or((1, 1));
                sink.push(
                    draft
                        .arg("title", Arg::term(entry.title))
                        .arg("first", Arg::term(first.to_string()))
                        .arg("last", Arg::term(last.to_string()))
                        .cap(level),
                );
            }
        }
    }
}

/// The guideline whose pages are exceeded, if every edition that can be meant has known pages; and how sure that is.
fn beyond(
    cited: &Cited,
    letter: &Letter,
    pages: &PageRange,
    days: &[jiff::civil::Date],
) -> Option<(&'static Entry, Level)> {
    let editions = cited.citation.editions(cited.text(letter));
    let in_force: Vec<&'static Entry> =
        editions.iter().copied().filter(|entry| days.iter().any(|&day| entry.is_in_force(day, 30))).collect();
    let editions = if in_force.is_empty() || cited.citation.year.is_some() { editions } else { in_force };
    let known = |entry: &Entry| !entry.pages.is_empty() && entry.guideline() != "consultations";
    // Where no day tells the editions apart, the one with known pages is meant by whoever gives pages.
    let entry = if days.is_empty() {
        editions.iter().copied().find(|entry| known(entry))?
    } else if editions.iter().all(|entry| known(entry)) {
        *editions.first()?
    } else {
        return None;
    };
    let first = entry.pages.iter().map(|pages| pages.first).min()?;
    let last = entry.pages.iter().map(|pages| pages.last).max()?;
    if entry.pages_standing == Some(Standing::Source) {
        return (pages.last > last || pages.first == 0).then_some((entry, Level::Error));
    }
    // A copy of the chapter alone may count its pages from 1.
    let in_book = pages.first + TOLERANCE >= first && pages.last <= last.saturating_add(TOLERANCE);
    let in_copy = pages.first > 0 && pages.last <= last - first + 1 + TOLERANCE;
    (!in_book && !in_copy).then_some((entry, Level::Info))
}
