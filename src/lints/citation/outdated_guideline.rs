//! An edition that was not in force, or not yet published, when the case was reviewed.

use jiff::civil::Date;

use crate::engine::{Arg, Draft, ItemContext, Sink};
use crate::guideline::catalogue::{self, Entry};
use crate::guideline::citation::{CitationKind, Organisation};
use crate::guideline::form::Basis;
use crate::letter::facts::{Cited, Purpose};
use crate::letter::{Item, Letter};

/// How far from an edition's first or last day it may still, or already, be cited.
const TOLERANCE: i32 = 30;

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    let days = letter.review_days();
    let Some(&latest) = days.iter().max() else { return };
    let looked_at = item.citation.cited.iter().chain(relied_on(item));
    for cited in looked_at {
        let draft = unpublished(cited, letter, latest)
            .or_else(|| first_edition(context, cited))
            .or_else(|| stale(cited, letter, item, latest))
            .or_else(|| out_of_force(cited, letter, item, &days));
        if let Some(draft) = draft {
            sink.push(draft);
        }
    }
}

/// The sources of the rationale that give a year of their own: others lean on the field.
fn relied_on(item: &Item) -> impl Iterator<Item = &Cited> {
    let mentioned = item.citation.mentioned.iter();
    mentioned
        .filter(|mentioned| {
            mentioned.purpose == Purpose::Reliance && mentioned.source.citation.year.is_some()
        })
        .map(|mentioned| &mentioned.source)
}

/// A year after the year of the review.
fn unpublished(cited: &Cited, letter: &Letter, latest: Date) -> Option<Draft> {
    let (year, _) = cited.citation.year.as_ref()?;
    if i32::from(*year) <= i32::from(latest.year()) {
        return None;
    }
    let found = cited.citation.label(cited.text(letter));
    let draft = Draft::new(cited.place(cited.citation.span.clone()), "unpublished")
        .arg("found", Arg::letter(&found))
        .arg("year", Arg::term(year.to_string()))
        .arg("day", Arg::term(latest.to_string()));
    Some(draft)
}

/// "ACOEM Practice Guidelines, 1st Edition (1997)": the second took its place before there was a review like this.
fn first_edition(context: &ItemContext<'_>, cited: &Cited) -> Option<Draft> {
    let citation = &cited.citation;
    let is_acoem = citation.kind == CitationKind::Acoem
        || matches!(citation.organisation, Some((Organisation::Acoem | Organisation::Mtus, _)));
    let text = cited.text(context.letter);
    let words = text.get(citation.span.clone())?.to_lowercase();
    let words = format!(" {} ", words.split(|c: char| !c.is_alphanumeric()).collect::<Vec<_>>().join(" "));
    let says_so = context.words("first-editions").any(|phrase| words.contains(&format!(" {phrase} ")));
    (is_acoem && says_so).then(|| {
        Draft::new(cited.place(citation.span.clone()), "first-edition")
            .arg("found", Arg::letter(&citation.label(text)))
    })
}

/// An ODG edition of many years before the review: the most current one counts, and a new one comes every year.
fn stale(cited: &Cited, letter: &Letter, item: &Item, latest: Date) -> Option<Draft> {
    const MANY: i32 = 6;
    let citation = &cited.citation;
    let (year, _) = citation.year.as_ref().filter(|_| citation.kind == CitationKind::Odg)?;
    let age = i32::from(latest.year()) - i32::from(*year);
    if age < MANY || is_retrospective(letter, item) {
        return None;
    }
    let draft = Draft::new(cited.place(citation.span.clone()), "stale")
        .arg("found", Arg::letter(&citation.label(cited.text(letter))))
        .arg("age", Arg::term(age.to_string()))
        .arg("day", Arg::term(latest.to_string()));
    Some(draft)
}

fn out_of_force(cited: &Cited, letter: &Letter, item: &Item, days: &[Date]) -> Option<Draft> {
    let citation = &cited.citation;
    if !matches!(citation.kind, CitationKind::Mtus | CitationKind::Acoem) {
        return None;
    }
    let editions = citation.editions(cited.text(letter));
    let written_title =
        citation.title.as_ref().map(|title| cited.text(letter)[title.span.clone()].to_lowercase())?;
    // "MTUS, Opioids" may be the topic of that name.
    let is_topic_too = citation.year.is_none()
        && catalogue::named(&written_title).iter().any(|entry| entry.kind == catalogue::Kind::Topic);
    let has_period = !editions.is_empty() && editions.iter().all(|entry| entry.from.is_some());
    let in_force = |entry: &&Entry| days.iter().any(|&day| entry.is_in_force(day, TOLERANCE));
    if !has_period || is_topic_too || editions.iter().any(in_force) {
        return None;
    }
    // A cited year that no edition has says nothing of when it was in force.
    let year = citation.year.as_ref().map(|(year, _)| *year);
    if year.is_some_and(|year| {
        editions.iter().all(|entry| entry.edition.is_none_or(|edition| edition.year != year))
    }) {
        return None;
    }
    let latest = days.iter().max()?;
    let is_past = editions
        .iter()
        .all(|entry| entry.to.and_then(catalogue::Date::earliest).is_some_and(|to| to < *latest));
    if is_past && is_retrospective(letter, item) {
        return None;
    }
    // The most current ACOEM guideline may be newer than the one that the MTUS has adopted.
    let is_of_mtus = matches!(citation.organisation, Some((Organisation::Mtus, _)))
        || item.citation.basis_of(cited).is_some_and(|stated| stated.basis == Basis::Mtus);
    let is_published = editions.iter().any(|entry| {
        entry.edition.and_then(catalogue::Date::earliest).is_none_or(|published| published <= *latest)
    });
    if !is_past && is_published && !is_of_mtus {
        return None;
    }
    let found = citation.label(cited.text(letter));
    let at =
        |date: Option<catalogue::Date>| date.and_then(catalogue::Date::earliest).map(|day| day.to_string());
    let draft = if is_past {
        let to = editions.iter().filter_map(|entry| at(entry.to)).max()?;
        let draft = Draft::new(cited.place(citation.span.clone()), "message").arg("to", Arg::term(to));
        draft.arg("successor", Arg::term(successor(&editions, *latest)))
    } else {
        let from = editions.iter().filter_map(|entry| at(entry.from)).min()?;
        Draft::new(cited.place(citation.span.clone()), "not-yet").arg("from", Arg::term(from))
    };
    Some(draft.arg("found", Arg::letter(&found)).arg("day", Arg::term(latest.to_string())))
}

/// The edition that took its place, as a clause of the message; empty where the catalogue does not know it.
fn successor(editions: &[&'static Entry], day: Date) -> String {
    let regulation = editions.first().map_or("", |entry| entry.regulation);
    let mut rows = catalogue::entries()
        .iter()
        .filter(|row| row.is_adopted() && row.regulation == regulation && row.is_in_force(day, 0));
    match (rows.next(), rows.next()) {
        (Some(row), None) => {
            let year = row.edition.map(|edition| format!(" {}", edition.year)).unwrap_or_default();
            format!("; in force is “{}{year}”", row.title)
        }
        _ => String::new(),
    }
}

/// Of a treatment that was given already, the day of the service decides.
fn is_retrospective(letter: &Letter, item: &Item) -> bool {
    let Some(heading) = item.heading else { return false };
    let heading = letter.blocks[heading].content.text().to_lowercase();
    [
        "retro",
        "dos",
        "date of service",
        "dates of service",
        "performed",
        "rendered",
        "dispensed",
        "provided on",
    ]
    .iter()
    .any(|word| heading.contains(word))
}
