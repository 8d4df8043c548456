//! A citation of a guideline without its chapter, section or year.

use jiff::civil::{Date, date};

use crate::engine::{Applicability, Arg, Draft, DraftFix, ItemContext, Level, Sink};
use crate::guideline::catalogue::{Entry, Kind, Publisher, entries};
use crate::guideline::citation::{Citation, CitationKind, Organisation};
use crate::letter::facts::{CitationState, Cited};
use crate::letter::{Item, Letter};

/// The first day of 8 CCR 9792.21.1, which asks for the elements.
const ELEMENTS_SINCE: Date = date(2015, 4, 20);
/// From then on the forms of the MTUS's citations hold a year.
const YEARS_SINCE: Date = date(2016, 1, 1);

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    if item.citation.state != CitationState::Present || !item.is_drafted {
        return;
    }
    let days = letter.review_days();
    let is_before_rule = days.iter().max().is_some_and(|&day| day < ELEMENTS_SINCE);
    let mut bare_is_told = false;
    for cited in &item.citation.cited {
        let citation = &cited.citation;
        if !is_guideline(citation) || cited.is_silent(letter) {
            continue;
        }
        let missing = Missing {
            chapter: lacks_chapter(cited, letter, item),
            section: lacks_section(context, cited),
            year: lacks_year(cited, letter, &days),
        };
        let is_bare = missing.chapter && citation.title.is_none();
        let Some(words) = missing.words() else { continue };
        if is_bare && std::mem::replace(&mut bare_is_told, true) {
            continue;
        }
        let mut draft =
            Draft::new(cited.place(citation.span.clone()), "message").arg("missing", Arg::term(words));
        if let Some(fix) = missing.year.then(|| year_fix(cited, letter, &days)).flatten() {
            draft = draft.fix(fix);
        }
        let only_year = !missing.chapter && !missing.section;
        sink.push(if only_year || is_before_rule { draft.cap(Level::Info) } else { draft });
    }
}

struct Missing {
    chapter: bool,
    section: bool,
    year: bool,
}

impl Missing {
    fn words(&self) -> Option<&'static str> {
        Some(match (self.chapter, self.section, self.year) {
            (true, true, _) => "no chapter and no section",
            (true, false, _) => "no chapter",
            (false, true, true) => "no section and no year",
            (false, true, false) => "no section",
            (false, false, true) => "no year",
            (false, false, false) => return None,
        })
    }
}

fn is_guideline(citation: &Citation) -> bool {
    matches!(citation.kind, CitationKind::Mtus | CitationKind::Acoem | CitationKind::Odg)
}

/// Publisher as far as it matters here: the MTUS and ACOEM share their chapters.
fn is_odg(citation: &Citation) -> bool {
    citation.kind == CitationKind::Odg
}

fn lacks_chapter(cited: &Cited, letter: &Letter, item: &Item) -> bool {
    let citation = &cited.citation;
    let Some(title) = &citation.title else {
        // "MTUS, ACOEM Knee Complaints": the schedule and its chapter. And the form may name the MTUS first.
        let is_named = |other: &&Cited| other.citation.title.is_some();
        let mut others = item.citation.cited.iter().filter(is_named);
        let is_mtus = matches!(citation.organisation, Some((Organisation::Mtus, _)));
        return !others.any(|other| is_mtus || is_odg(&other.citation) == is_odg(citation))
            && !rests_on_main_item(cited, letter, item);
    };
    if title.entry.is_some() {
        return false;
    }
    let written = cited.text(letter)[title.span.clone()].to_lowercase();
    let says_chapter = cited.text(letter)[citation.span.clone()].to_lowercase().contains("chapter");
    if is_odg(citation) {
        // One part alone, and not called a chapter: a topic.
        let names_chapter = |other: &Cited| {
            is_odg(&other.citation)
                && other.citation.title.as_ref().is_some_and(|title| title.entry.is_some())
        };
        return citation.sections.is_empty()
            && !says_chapter
            && !written.contains("formulary")
            && !item.citation.cited.iter().any(names_chapter);
    }
    is_topic(&written)
}

/// Whether a title is a topic of a guideline of the MTUS.
fn is_topic(written: &str) -> bool {
    entries()
        .iter()
        .filter(|entry| entry.kind == Kind::Topic && entry.publisher == Publisher::Mtus)
        .any(|entry| entry.names.iter().any(|name| name.text.eq_ignore_ascii_case(written)))
}

fn lacks_section(context: &ItemContext<'_>, cited: &Cited) -> bool {
    let ItemContext { letter, item, .. } = *context;
    let citation = &cited.citation;
    // A page may stand where the section belongs.
    if !citation.sections.is_empty() || !citation.pages.is_empty() || lists_sections(cited, letter) {
        return false;
    }
    match &citation.title {
        None => lacks_chapter(cited, letter, item),
        Some(title) => title.entry.is_some_and(|entry| {
            matches!(entry.kind, Kind::Guideline | Kind::Chapter)
                && !context.is_in("cited-whole", entry.guideline())
                && !is_cited_with_section(entry, item)
                && !is_general_approach(entry)
                && !rests_on_main_item(cited, letter, item)
        }),
    }
}

/// Whether the item cites the same guideline with a section or a page too: "based on the Postsurgical Guidelines; the same
/// Postsurgical Guidelines, Hip, page 23, are relevant".
fn is_cited_with_section(entry: &Entry, item: &Item) -> bool {
    item.citation.cited.iter().map(|other| &other.citation).any(|other| {
        let is_same = other.title.as_ref().and_then(|title| title.entry);
        is_same.is_some_and(|same| same.guideline() == entry.guideline())
            && !(other.sections.is_empty() && other.pages.is_empty())
    })
}

/// "ODG, Low Back, 2014:" before a list of its sections.
fn lists_sections(cited: &Cited, letter: &Letter) -> bool {
    cited.text(letter)[cited.citation.span.end..].trim_start().starts_with(':')
}

/// The general approaches are cited as sections of one chapter.
fn is_general_approach(entry: &Entry) -> bool {
    entry.regulation == "9792.22"
}

/// A service that goes with another item may lean on the citation there.
fn rests_on_main_item(cited: &Cited, letter: &Letter, item: &Item) -> bool {
    item.main_item.is_some_and(|main| {
        let mut sources = letter.items[main].citation.cited.iter().map(|source| &source.citation);
        sources.any(|source| is_guideline(source) && is_odg(source) == is_odg(&cited.citation))
    })
}

fn lacks_year(cited: &Cited, letter: &Letter, days: &[Date]) -> bool {
    let citation = &cited.citation;
    let written = cited.text(letter)[citation.span.clone()].to_lowercase();
    let is_titled = citation.title.as_ref().is_some_and(|title| title.entry.is_some());
    if citation.year.is_some() || !is_titled || written.contains("2nd") || written.contains("second") {
        return false;
    }
    let editions = citation.editions(cited.text(letter));
    let is_dated = editions.iter().any(|entry| entry.edition.is_some() && !is_general_approach(entry));
    let latest = days.iter().max();
    if is_odg(citation) {
        // The letters of the independent review never give one: a year is missed where the letter gives others.
        return gives_year_elsewhere(cited, letter) && latest.is_some_and(|&day| day >= ELEMENTS_SINCE);
    }
    match latest {
        Some(&day) => is_dated && day >= YEARS_SINCE,
        None => is_dated && gives_year_elsewhere(cited, letter),
    }
}

/// Whether another citation of the same publisher in the letter has a year.
fn gives_year_elsewhere(cited: &Cited, letter: &Letter) -> bool {
    let all = letter.items.iter().flat_map(|item| &item.citation.cited);
    all.filter(|other| is_guideline(&other.citation) && is_odg(&other.citation) == is_odg(&cited.citation))
        .any(|other| other.citation.year.is_some())
}

/// The year of the only edition that is in force.
fn year_fix(cited: &Cited, letter: &Letter, days: &[Date]) -> Option<DraftFix> {
    let day = days.iter().max()?;
    let editions = cited.citation.editions(cited.text(letter));
    let mut valid = editions.iter().filter(|entry| entry.is_in_force(*day, 0));
    let year = valid.next()?.edition?.year;
    if valid.next().is_some() {
        return None;
    }
    let end = cited.citation.title.as_ref()?.span.end;
    Some(DraftFix::replace(cited.place(end..end), format!(" {year}"), Applicability::Manual))
}
