//! The catalogue of guidelines and other sources, as data: what is published, by whom, and when it was in force.

use std::sync::LazyLock;

use super::names;

const TABLE: &str = include_str!("catalogue.tsv");

/// One row of the catalogue: an organisation, an edition of a guideline, a chapter, a topic, a reference, a journal.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    /// Unique; the editions of one guideline share the part before "@".
    pub key: &'static str,
    /// Who publishes it.
    pub publisher: Publisher,
    /// What it is.
    pub kind: Kind,
    /// Section of title 8, California Code of Regulations; empty where it has none.
    pub regulation: &'static str,
    /// Number of the chapter in the ACOEM Practice Guidelines, 2nd edition.
    pub chapter: Option<u32>,
    /// As published.
    pub title: &'static str,
    /// First day in force in the MTUS, where known.
    pub from: Option<Date>,
    /// Last day in force in the MTUS; absent while in force or where it is not known.
    pub to: Option<Date>,
    /// Date of the source itself.
    pub edition: Option<Date>,
    /// The pages it takes, with the standing of that knowledge.
    pub pages: Vec<PageRange>,
    /// How well the pages are known.
    pub pages_standing: Option<Standing>,
    /// How well the rest is known.
    pub standing: Standing,
    /// Its title and its other names, as reviewers write them.
    pub names: Vec<Name>,
}

/// A name of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// The name.
    pub text: &'static str,
    /// Whether it names the source in any sentence; others are plain English outside a citation.
    pub stands_alone: bool,
    /// Whether it is a known misspelling.
    pub is_misspelt: bool,
}

/// Who publishes a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Publisher {
    /// The MTUS's own guidelines and rules.
    Mtus,
    /// American College of Occupational and Environmental Medicine.
    Acoem,
    /// Official Disability Guidelines.
    Odg,
    /// Anybody else.
    Other,
}

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An organisation or a schedule, which publishes guidelines.
    Organisation,
    /// A section of the regulations that is no guideline.
    Regulation,
    /// A guideline with its own title and edition.
    Guideline,
    /// A chapter of ODG, which has no edition.
    Chapter,
    /// A topic inside a guideline of the MTUS.
    Topic,
    /// A textbook or database.
    Reference,
    /// A journal.
    Journal,
}

/// How well something is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Read in the source.
    Source,
    /// Generally known, not checked.
    Reported,
    /// Uncertain.
    Uncertain,
}

/// A date of which the day, or the month too, may be unknown; ordered in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Year.
    pub year: u16,
    /// Month, from 1.
    pub month: Option<u8>,
    /// Day, from 1.
    pub day: Option<u8>,
}

impl Date {
    /// The first day on which it can be; absent where the calendar has no such date.
    #[must_use]
    pub fn earliest(self) -> Option<jiff::civil::Date> {
        let part = |part: Option<u8>| i8::try_from(part.unwrap_or(1)).ok();
        jiff::civil::Date::new(i16::try_from(self.year).ok()?, part(self.month)?, part(self.day)?).ok()
    }
}

impl Entry {
    /// The guideline's name without its edition: the part of the key before "@".
    #[must_use]
    pub fn guideline(&self) -> &'static str {
        self.key.split('@').next().unwrap_or(self.key)
    }

    /// Whether it has a place in the MTUS: a guideline of its own, or a chapter that it adopted.
    #[must_use]
    pub fn is_adopted(&self) -> bool {
        self.kind == Kind::Guideline && !self.regulation.is_empty()
    }

    /// Whether the MTUS holds it on a day, or within some days of it; also where it is not known since or until when.
    #[must_use]
    pub fn is_in_force(&self, day: jiff::civil::Date, days: i32) -> bool {
        use jiff::ToSpan;
        let at = |date: Option<Date>| date.and_then(Date::earliest);
        let begun = at(self.from).is_none_or(|from| from <= day.saturating_add(days.days()));
        let over = at(self.to).is_some_and(|to| to < day.saturating_sub(days.days()));
        begun && !over
    }

    /// Whether the MTUS had dropped it before a day.
    #[must_use]
    pub fn is_replaced(&self, day: jiff::civil::Date) -> bool {
        self.to.and_then(Date::earliest).is_some_and(|to| to < day)
    }
}

/// Pages as written: `last` may precede `first` by a slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PageRange {
    /// First page.
    pub first: u32,
    /// Last page; the first where only one is given.
    pub last: u32,
}

impl PageRange {
    /// A range as written, where the last page may be short for a longer number ("303-5" for 303-305).
    #[must_use]
    pub fn written(first: u32, last: u32) -> Self {
        let place = 10_u32.saturating_pow(last.checked_ilog10().unwrap_or(0) + 1);
        let is_short = last < first && place <= first;
        Self { first, last: if is_short { (first - first % place).saturating_add(last) } else { last } }
    }
}

static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    TABLE
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| entry(line).unwrap_or_else(|| panic!("catalogue.tsv: {line}")))
        .collect()
});

/// All entries, in the order of the table.
#[must_use]
pub fn entries() -> &'static [Entry] {
    &ENTRIES
}

/// The entries that bear a name, whatever its capitals and marks; several where a guideline has editions.
#[must_use]
pub fn named(name: &str) -> Vec<&'static Entry> {
    let mut named: Vec<&Entry> = names::owners(&names::words_of(name)).map(|(entry, _)| entry).collect();
    named.dedup_by_key(|entry| entry.key);
    named
}

/// The organisation of which a text is a known misspelling.
#[must_use]
pub fn misspelt(written: &str) -> Option<&'static Entry> {
    let words = names::words_of(written);
    names::owners(&words).find(|(_, name)| name.is_misspelt).map(|(entry, _)| entry)
}

/// The entries that the words of a query describe, best first: by title, other name, organisation, section of the
/// regulations or year. Each word may be the beginning of one.
#[must_use]
pub fn search(query: &str) -> Vec<&'static Entry> {
    let wanted = names::words_of(query);
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(usize, &Entry)> =
        ENTRIES.iter().filter_map(|entry| Some((distance(entry, &wanted)?, entry))).collect();
    found.sort_by_key(|&(distance, _)| distance);
    found.into_iter().map(|(_, entry)| entry).collect()
}

/// How far an entry is from a query: 0 for its name, then names that begin so, then those that hold the words.
fn distance(entry: &Entry, wanted: &[String]) -> Option<usize> {
    let names: Vec<&[String]> = entry.names.iter().map(names::known_words).collect();
    if names.contains(&wanted) {
        return Some(0);
    }
    let begins = |word: &String, wanted: &String| word.starts_with(wanted.as_str());
    let leads = |name: &&[String]| {
        name.len() >= wanted.len() && name.iter().zip(wanted).all(|(word, wanted)| begins(word, wanted))
    };
    if names.iter().any(leads) {
        return Some(1);
    }
    let publisher = match entry.publisher {
        Publisher::Mtus => "mtus",
        Publisher::Acoem if !entry.regulation.is_empty() => "acoem mtus",
        Publisher::Acoem => "acoem",
        Publisher::Odg => "odg",
        Publisher::Other => "",
    };
    let year = entry.edition.map(|edition| edition.year.to_string()).unwrap_or_default();
    let about = names::words_of(&format!("{publisher} {} {year}", entry.regulation));
    let holds =
        |wanted: &String| names.iter().copied().flatten().chain(&about).any(|word| begins(word, wanted));
    wanted.iter().all(holds).then_some(2)
}

fn entry(line: &'static str) -> Option<Entry> {
    let cells: Vec<&'static str> = line.split('\t').collect();
    let &[key, publisher, kind, regulation, chapter, title, from, to, edition, pages, standing, variants] =
        cells.as_slice()
    else {
        return None;
    };
    let (pages, pages_standing) = match pages.rsplit_once(' ') {
        Some((pages, standing)) => {
            (pages.split(',').map(page_range).collect::<Option<_>>()?, Some(standing_of(standing)?))
        }
        None if pages.is_empty() => (Vec::new(), None),
        None => return None,
    };
    let names: Vec<Name> =
        std::iter::once(title).chain(variants.split('|')).filter(|name| !name.is_empty()).map(name).collect();
    Some(Entry {
        key,
        publisher: match publisher {
            "mtus" => Publisher::Mtus,
            "acoem" => Publisher::Acoem,
            "odg" => Publisher::Odg,
            "other" => Publisher::Other,
            _ => return None,
        },
        kind: match kind {
            "organisation" => Kind::Organisation,
            "regulation" => Kind::Regulation,
            "guideline" => Kind::Guideline,
            "chapter" => Kind::Chapter,
            "topic" => Kind::Topic,
            "reference" => Kind::Reference,
            "journal" => Kind::Journal,
            _ => return None,
        },
        regulation,
        chapter: if chapter.is_empty() { None } else { Some(chapter.parse().ok()?) },
        title: names.first()?.text,
        from: date(from)?,
        to: date(to)?,
        edition: date(edition)?,
        pages,
        pages_standing,
        standing: standing_of(standing)?,
        names,
    })
}

fn name(cell: &'static str) -> Name {
    let text = cell.trim_start_matches(['~', '!']);
    Name { text, stands_alone: !cell.starts_with('~'), is_misspelt: cell.starts_with('!') }
}

fn standing_of(cell: &str) -> Option<Standing> {
    match cell {
        "S" => Some(Standing::Source),
        "R" => Some(Standing::Reported),
        "U" => Some(Standing::Uncertain),
        _ => None,
    }
}

/// A cell that is a date, or empty; absent for anything else.
fn date(cell: &str) -> Option<Option<Date>> {
    if cell.is_empty() {
        return Some(None);
    }
    let mut parts = cell.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next().map(str::parse).transpose().ok()?;
    let day = parts.next().map(str::parse).transpose().ok()?;
    Some(Some(Date { year, month, day }))
}

fn page_range(cell: &str) -> Option<PageRange> {
    let (first, last) = cell.split_once('-').unwrap_or((cell, cell));
    Some(PageRange { first: first.parse().ok()?, last: last.parse().ok()? })
}

#[cfg(test)]
mod tests {

    use super::*;

    fn keys(found: &[&'static Entry]) -> Vec<&'static str> {
        found.iter().map(|entry| entry.key).collect()
    }

    #[test]
    fn keys_are_unique_and_periods_run_forward() {
        let mut seen = std::collections::HashSet::new();
        for entry in entries() {
            assert!(seen.insert(entry.key), "{} twice", entry.key);
            assert!(entry.to.is_none() || entry.from <= entry.to, "{}", entry.key);
            assert!(entry.pages.iter().all(|pages| pages.first <= pages.last), "{}", entry.key);
            assert!(entry.names.iter().all(|name| !names::words_of(name.text).is_empty()), "{}", entry.key);
        }
    }

    #[test]
    fn editions_follow_each_other_without_overlap() {
        for title in ["low-back", "neck", "chronic-pain"] {
            let mut editions: Vec<_> = entries()
                .iter()
                .filter(|entry| entry.key.split('@').next() == Some(title))
                .filter_map(|entry| Some((entry.from?, entry.to)))
                .collect();
            editions.sort();
            assert!(editions.len() > 2, "{title}");
            assert!(editions.windows(2).all(|pair| pair[0].1.is_some_and(|to| to < pair[1].0)), "{title}");
        }
    }

    #[test]
    fn names_are_found_whatever_their_capitals_and_marks() {
        assert_eq!(keys(&named("forearm, wrist & hand complaints")), ["hand@2004"]);
        assert_eq!(
            keys(&named("Low Back Disorders Guideline")),
            ["low-back@2016-02-24", "low-back@2019-03-07", "low-back@2020-02-13"]
        );
        assert_eq!(keys(&named("Knee Nonsense")), [""; 0]);
    }

    #[test]
    fn what_is_in_force_on_a_day() {
        let row = |key| entries().iter().find(|entry| entry.key == key).unwrap();
        let day = jiff::civil::date;
        let pain = row("chronic-pain@2009");
        assert!(pain.is_in_force(day(2014, 5, 1), 0));
        assert!(!pain.is_in_force(day(2016, 8, 10), 0));
        assert!(pain.is_in_force(day(2016, 8, 10), 30));
        assert!(!pain.is_in_force(day(2009, 1, 1), 30));
        assert!(row("odg-knee").is_in_force(day(2014, 5, 1), 0));
        assert_eq!(pain.guideline(), "chronic-pain");
    }

    #[test]
    fn a_short_last_page_is_completed() {
        let pages = |first, last| PageRange::written(first, last).last;
        assert_eq!(pages(303, 5), 305);
        assert_eq!(pages(478, 91), 491);
        assert_eq!(pages(303, 305), 305);
        assert_eq!(pages(99, 98), 98, "written in full and reversed");
        assert_eq!(pages(0, 0), 0);
        assert_eq!(pages(u32::MAX, 1), u32::MAX - u32::MAX % 10 + 1);
    }

    #[test]
    fn known_misspellings() {
        assert_eq!(misspelt("ACEOM").map(|entry| entry.key), Some("acoem"));
        assert_eq!(misspelt("ACOEM"), None);
    }

    #[test]
    fn a_query_finds_by_name_section_and_year() {
        assert_eq!(search("shoulder complaints")[0].key, "shoulder@2004");
        assert_eq!(search("odg knee")[0].key, "odg-knee");
        assert_eq!(search("low back disor")[0].key, "low-back@2016-02-24");
        assert!(keys(&search("9792.24.2")).contains(&"chronic-pain@2009"));
        assert_eq!(keys(&search("low back disorders 2019")), ["low-back@2019-03-07"]);
        assert!(search("zebra").is_empty());
        assert!(search(" ").is_empty());
    }
}
