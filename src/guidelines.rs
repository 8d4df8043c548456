//! `detlint guidelines`: the catalogue of guidelines, for people.

use std::io::Write;

use anyhow::{Result, bail};
use detlint::guideline::catalogue::{Date, Entry, Kind, PageRange, Publisher, Standing, entries, search};

/// As many entries as are shown in full; more are shown a line each.
const IN_FULL: usize = 12;
/// Columns of text behind the labels.
const WIDTH: usize = 84;

/// Shows what the words of a query describe, or the whole catalogue without its sections.
pub fn show(query: &[String]) -> Result<()> {
    let query = query.join(" ");
    let found: Vec<&Entry> = if query.trim().is_empty() {
        entries().iter().filter(|entry| entry.kind != Kind::Topic).collect()
    } else {
        search(&query)
    };
    if found.is_empty() {
        bail!("the catalogue knows nothing of “{query}”; `detlint guidelines` lists all it knows");
    }
    let mut out = anstream::stdout().lock();
    if found.len() > IN_FULL {
        let width = found.iter().map(|entry| heading(entry).chars().count()).max().unwrap_or(0).min(WIDTH);
        for entry in &found {
            let line = format!("{:width$}  {}", heading(entry), in_force(entry).unwrap_or_default());
            writeln!(out, "{}", line.trim_end())?;
        }
        return Ok(());
    }
    for (index, entry) in found.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", heading(entry))?;
        for (label, text) in lines(entry) {
            let mut label = label;
            for line in wrapped(&text) {
                writeln!(out, "  {label:12}{line}")?;
                label = "";
            }
        }
    }
    Ok(())
}

/// The title with the year of its edition.
fn heading(entry: &Entry) -> String {
    let year = entry.edition.map(|edition| format!(" {}", edition.year)).unwrap_or_default();
    format!("{}{year}", entry.title)
}

fn lines(entry: &'static Entry) -> Vec<(&'static str, String)> {
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
fn sections(guideline: &'static Entry) -> impl Iterator<Item = &'static Entry> {
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

fn in_force(entry: &Entry) -> Option<String> {
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

/// A text as lines of at most so many columns, broken between words.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let Some(line) = lines.last_mut() else { break };
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}
