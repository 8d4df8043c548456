//! An entry of the catalogue in words.

use super::catalogue::{Date, Entry, Kind, PageRange, Publisher, Standing, entries};

/// The title with the year of its edition.
#[must_use]
pub fn heading(entry: &Entry) -> String {
    let year = entry.edition.map(|edition| format!(" {}", edition.year)).unwrap_or_default();
    format!("{}{year}", entry.title)
}

/// What the catalogue knows of an entry: labels with their text.
#[must_use]
pub fn lines(entry: &'static Entry) -> Vec<(&'static str, String)> {
    let mut lines = vec![("what", what(entry))];
    let names: Vec<&str> =
        entry.names.iter().skip(1).filter(|name| !name.is_misspelt).map(|name| name.text).collect();
    let slips: Vec<&str> = entry.names.iter().filter(|name| name.is_misspelt).map(|name| name.text).collect();
    let sections: Vec<String> = sections(entry).map(|topic| with_pages(topic.title, &topic.pages)).collect();
    let mut add = |label, text: String| {
        if !text.is_empty() {
            lines.push((label, text));
        }
    };
    add("also", names.join("; "));
    add("not", slips.join("; "));
    add("in force", in_force(entry).unwrap_or_default());
    add("dated", entry.edition.map(day).unwrap_or_default());
    let pages_standing =
        entry.pages_standing.map(|standing| format!(" ({})", told(standing))).unwrap_or_default();
    add("pages", if entry.pages.is_empty() { String::new() } else { pages(&entry.pages) + &pages_standing });
    add("sections", sections.join("; "));
    add("standing", told(entry.standing).to_owned());
    lines
}

/// What an entry is, and where it belongs.
fn what(entry: &Entry) -> String {
    let publisher = match entry.publisher {
        Publisher::Mtus => "MTUS",
        Publisher::Acoem => "ACOEM",
        Publisher::Odg => "ODG",
        Publisher::Other => "",
    };
    let kind = match entry.kind {
        Kind::Organisation => "organization or schedule",
        Kind::Regulation => "rule",
        Kind::Guideline => "guideline",
        Kind::Chapter => "chapter",
        Kind::Topic => "section",
        Kind::Reference => "textbook or database",
        Kind::Journal => "journal",
    };
    let chapter =
        entry.chapter.map(|chapter| format!(", chapter {chapter} of the Practice Guidelines, 2nd edition"));
    let regulation = match (entry.regulation, entry.kind) {
        ("", _) => String::new(),
        (regulation, Kind::Topic) => match guideline_of(entry) {
            Some(guideline) => format!(" of {}, 8 CCR {regulation}", heading(guideline)),
            None => format!(", 8 CCR {regulation}"),
        },
        (regulation, _) if entry.publisher == Publisher::Acoem => {
            format!(", in the MTUS as 8 CCR {regulation}")
        }
        (regulation, _) => format!(", 8 CCR {regulation}"),
    };
    let written = format!("{publisher} {kind}{}{regulation}", chapter.unwrap_or_default());
    written.trim().to_owned()
}

/// The sections that the catalogue knows of a guideline.
pub fn sections(guideline: &'static Entry) -> impl Iterator<Item = &'static Entry> {
    entries().iter().filter(|topic| {
        topic.kind == Kind::Topic && guideline_of(topic).is_some_and(|found| found.key == guideline.key)
    })
}

/// The guideline that a section is of.
fn guideline_of(topic: &Entry) -> Option<&'static Entry> {
    entries().iter().find(|entry| {
        entry.kind == Kind::Guideline
            && entry.regulation == topic.regulation
            && entry.edition == topic.edition
    })
}

/// When the MTUS held it, as far as that is known.
#[must_use]
pub fn in_force(entry: &Entry) -> Option<String> {
    match (entry.from, entry.to) {
        (Some(from), Some(to)) => Some(format!("in the MTUS from {} to {}", day(from), day(to))),
        (Some(from), None) => Some(format!("in the MTUS from {}; no end is known", day(from))),
        (None, _) => None,
    }
}

fn day(date: Date) -> String {
    let part = |part: Option<u8>| part.map(|part| format!("-{part:02}")).unwrap_or_default();
    format!("{}{}{}", date.year, part(date.month), part(date.day))
}

fn with_pages(title: &str, ranges: &[PageRange]) -> String {
    if ranges.is_empty() { title.to_owned() } else { format!("{title}, {}", pages(ranges)) }
}

fn pages(ranges: &[PageRange]) -> String {
    let range = |range: &PageRange| match range.first == range.last {
        true => range.first.to_string(),
        false => format!("{}-{}", range.first, range.last),
    };
    ranges.iter().map(range).collect::<Vec<_>>().join(", ")
}

fn told(standing: Standing) -> &'static str {
    match standing {
        Standing::Source => "read in the source",
        Standing::Reported => "reported, not checked",
        Standing::Uncertain => "uncertain",
    }
}
