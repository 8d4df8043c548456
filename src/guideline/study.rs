//! Studies, in the forms in which letters cite them.

mod located;
mod narrative;

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use super::catalogue::{Kind, PageRange};
use super::names;
use crate::text::{self, Span};

/// A study that a text cites, as far as it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Study {
    pub span: Span,
    pub author: Option<Span>,
    pub title: Option<Span>,
    pub journal: Option<Span>,
    pub year: Option<(u16, Span)>,
    pub pages: Option<(PageRange, Span)>,
}

/// "2011;36(2):1-9", "2007 Oct;147:478-91".
static ISSUE: LazyLock<Regex> = LazyLock::new(|| {
    text::pattern(
        r"(?-u:\b)(?P<year>(?:19|20)[0-9]{2})(?:\s+[A-Z][a-z]{2,8}\.?(?:\s+[0-9]{1,2})?)?\s*[;,]\s*(?:[0-9]{1,4}(?:\s*\([\w\s/-]{1,12}\))?|\([0-9]{1,3}\))\s*:\s*(?P<first>[A-Za-z]{0,2}[0-9]{1,6})(?:\s*[-\u{2013}]\s*(?P<last>[A-Za-z]{0,2}[0-9]{1,6}))?",
    )
});

/// "Smith J," "O'Neil-Roy AB.": an author with initials. Asked by [`author`].
static AUTHOR: LazyLock<Regex> = LazyLock::new(|| {
    text::pattern(r"(?-u:\b)\p{Lu}[\p{L}'\u{2019}-]+\s+\p{Lu}{1,3}\s*(?:[,.]|(?-u:\b)et\s+al(?-u:\b))")
});

/// "(Chou, 2007)", "(Smith et al., 2008)", "Chou et al. (2007)", "Chou et al".
static AUTHOR_YEAR: LazyLock<Regex> = LazyLock::new(|| {
    text::pattern(
        r"(?x)\((?P<a>\p{Lu}[\p{L}'\u{2019}-]*\p{Ll})(?:\s+et\s+al\.?|\s+(?:and|&)\s+\p{Lu}[\p{L}'\u{2019}-]+)?,?\s+(?P<y>(?:19|20)\d\d)[a-z]?\)
          |(?-u:\b)(?P<b>\p{Lu}[\p{L}'\u{2019}-]+)\s+(?:\p{Lu}{1,3},?\s+)?et\s+al(?-u:\b)(?:\.?,?\s*\(?(?P<z>(?:19|20)\d\d)(?-u:\b)[a-z]?\)?)?",
    )
});

/// "a trial by Poe", "two papers of Poe and Roe (2011)".
static BY_AUTHOR: LazyLock<Regex> = LazyLock::new(|| {
    text::pattern(
        r"(?-u:\b)(?P<paper>studies|study|trials?|papers?|articles?|meta-analys[ei]s)\s+by\s+(?:\p{Ll}{2,3}\s+){0,2}(?P<author>\p{Lu}[\p{L}'\u{2019}-]*\p{Ll})(?:\s+(?:and|&)\s+\p{Lu}[\p{L}'\u{2019}-]+|\s+and\s+colleagues)?(?:,?\s+\(?(?P<year>(?:19|20)[0-9]{2})(?-u:\b)\)?)?",
    )
});

/// "Poe AB, …", "van Poe A. …", "Poe A (PAIN trial)": what a reference begins with.
static LEADING_AUTHOR: LazyLock<Regex> = LazyLock::new(|| {
    text::pattern(
        r"^(?P<particles>(?:\p{L}{2,5}\s+){0,2})(?P<surname>\p{Lu}[\p{L}'\u{2019}-]*\p{Ll}[\p{L}'\u{2019}-]*)(?:\s+(?P<initials>\p{Lu}{1,3})(?:\s*[,.(]|\s+et\s+al(?-u:\b))|,\s+(?P<stopped>\p{Lu}\.(?:\s?\p{Lu}\.)?))",
    )
});

/// The years that a text names, from 1900 to 2099: where they stand in it.
fn years(text: &str) -> impl Iterator<Item = Span> + '_ {
    let is_of_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let bytes = text.as_bytes();
    let stands_alone = move |span: &Span| {
        !span.start.checked_sub(1).and_then(|before| bytes.get(before)).is_some_and(is_of_word)
            && !bytes.get(span.end).is_some_and(is_of_word)
    };
    let is_year = |digits: &[u8]| {
        matches!(digits, [b'1', b'9', ..] | [b'2', b'0', ..]) && digits.iter().all(u8::is_ascii_digit)
    };
    let places = bytes.windows(4).enumerate().filter(move |(_, digits)| is_year(digits));
    places.map(|(at, _)| at..at + 4).filter(stands_alone)
}

/// Whether a run of one to three capitals stands behind a blank and before a mark or "et": what initials do. Few texts hold
/// one, and without one no author needs to be looked for.
fn may_hold_initials(text: &str) -> bool {
    let ends_initials = |rest: &str| {
        let rest = rest.trim_start();
        rest.starts_with([',', '.', '(']) || rest.starts_with("et")
    };
    text.split_inclusive(char::is_whitespace)
        .scan(0, |end, word| {
            *end += word.len();
            Some((*end, word))
        })
        .any(|(end, word)| {
            let capitals = word.chars().take_while(|c| c.is_uppercase()).map(char::len_utf8);
            let (count, length) = capitals.fold((0, 0), |(count, length), bytes| (count + 1, length + bytes));
            (1..=3).contains(&count) && ends_initials(&text[end - word.len() + length..])
        })
}

/// The first author with initials.
fn author(text: &str) -> Option<regex::Match<'_>> {
    may_hold_initials(text).then(|| AUTHOR.find(text)).flatten()
}

/// A class of the table of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Class {
    Month,
    NoSurname,
    Acronym,
    Particle,
    Article,
    Research,
    Paper,
    Examination,
    Lead,
    Telling,
    Title,
    Rigour,
    NoStudy,
    Database,
}

static WORDS: LazyLock<HashMap<Class, HashSet<&'static str>>> = LazyLock::new(|| {
    let rows = include_str!("study.tsv").lines().filter(|line| !line.starts_with('#'));
    rows.map(|row| {
        let (class, words) = row.split_once('\t').expect("two columns");
        let class = match class {
            "month" => Class::Month,
            "no-surname" => Class::NoSurname,
            "acronym" => Class::Acronym,
            "particle" => Class::Particle,
            "article" => Class::Article,
            "research" => Class::Research,
            "paper" => Class::Paper,
            "examination" => Class::Examination,
            "lead" => Class::Lead,
            "telling" => Class::Telling,
            "title" => Class::Title,
            "rigour" => Class::Rigour,
            "no-study" => Class::NoStudy,
            "database" => Class::Database,
            _ => panic!("study.tsv: {class}"),
        };
        (class, words.split(' ').collect())
    })
    .collect()
});

/// Whether a word, however it is written, is of a class.
fn is(class: Class, word: &str) -> bool {
    WORDS.get(&class).is_some_and(|words| words.contains(word.to_lowercase().as_str()))
}

/// Whether a text holds a word as it is written.
fn has_word(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|written| written == word)
}

/// The studies of a text, in order, without overlap.
pub(super) fn studies(text: &str) -> Vec<Study> {
    let mut studies = full_references(text);
    add_told_of(text, &mut studies);
    studies.sort_by_key(|study| study.span.start);
    studies
}

/// The studies of a field, in order, without overlap: also references without volume and pages ("Smith J. Braces.
/// Spine 2011."), each up to the next semicolon.
pub(super) fn of_field(text: &str) -> Vec<Study> {
    let mut studies = full_references(text);
    let mut end = 0;
    for part in text.split_inclusive(';') {
        let start = end;
        end += part.len();
        let span = super::form::trimmed(text, start..end);
        if !is_taken(&studies, &span) {
            studies.extend(in_part(text, &span));
        }
    }
    add_told_of(text, &mut studies);
    studies.sort_by_key(|study| study.span.start);
    studies
}

/// References that give year, volume and pages.
fn full_references(text: &str) -> Vec<Study> {
    let mut studies = Vec::new();
    let mut from = 0;
    for issue in has_pages(text).then(|| ISSUE.captures_iter(text)).into_iter().flatten() {
        // Without author and journal, "2011, 3:00" is a time.
        if let Some(study) = full_reference(text, from, &issue) {
            from = study.span.end;
            studies.push(study);
        }
    }
    studies
}

/// Whether a colon stands between numbers, or behind a bracket: "36(2):1", "147: E478".
fn has_pages(text: &str) -> bool {
    text.match_indices(':').any(|(at, _)| {
        let after = text[at + 1..].trim_start();
        let letters = after.bytes().take_while(u8::is_ascii_alphabetic).count();
        text[..at].trim_end().ends_with(|c: char| c.is_ascii_digit() || c == ')')
            && after.as_bytes().get(letters).is_some_and(u8::is_ascii_digit)
    })
}

/// Adds the studies that are only told of, where no reference stands.
fn add_told_of(text: &str, studies: &mut Vec<Study>) {
    let names_authors = || has_word(text, "et") || dates_bracket(text);
    for short in names_authors().then(|| AUTHOR_YEAR.captures_iter(text)).into_iter().flatten() {
        let whole = short.get(0).expect("group 0 is the match").range();
        let previous = text[..whole.start].trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
        let is_name = short.name("a").is_none_or(|name| !is(Class::Month, name.as_str()))
            && !is(Class::Title, previous.trim_end_matches('.'));
        if !is_name || is_taken(studies, &whole) || names_authors_of(text, studies, &whole) {
            continue;
        }
        let author = short.name("a").or_else(|| short.name("b")).map(|author| author.range());
        let year = short.name("y").or_else(|| short.name("z")).and_then(|year| number(text, year.range()));
        studies.push(Study { span: whole, author, title: None, journal: None, year, pages: None });
    }
    for by in has_word(text, "by").then(|| BY_AUTHOR.captures_iter(text)).into_iter().flatten() {
        let whole = by.get(0).expect("group 0 is the match").range();
        let author = by.name("author").map(|author| author.range());
        let is_name = author.clone().is_some_and(|author| !is(Class::NoSurname, &text[author]));
        // "the sleep study by Poe" is of the patient.
        let before = text[..whole.start].trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
        if is_name && !is(Class::Examination, before) && !is_taken(studies, &whole) {
            let year = by.name("year").and_then(|year| number(text, year.range()));
            studies.push(Study { span: whole, author, title: None, journal: None, year, pages: None });
        }
    }
    for study in narrative::told_of(text) {
        let beside = studies.iter_mut().find(|reference| is_reference_of(text, reference, &study.span));
        if let Some(reference) = beside {
            (reference.span.start, reference.author) = (study.span.start, study.author);
        } else if !is_taken(studies, &study.span) {
            studies.push(study);
        }
    }
}

/// "Poe and colleagues (Spine 2011;36:1-9)": whether a reference without authors stands directly behind some.
fn is_reference_of(text: &str, reference: &Study, authors: &Span) -> bool {
    let Some(between) = text.get(authors.end..reference.span.start).map(str::trim) else { return false };
    // The journal's first words may stand before the reference as it was read: "(Clin" of "(Clin Orthop".
    let is_of_journal = |word: &str| word.starts_with(char::is_uppercase) || matches!(word, "in" | "the");
    let mut words = between.trim_start_matches(['(', '[', ',', ' ']).split_whitespace();
    reference.author.is_none()
        && reference.pages.is_some()
        && between.starts_with(['(', '[', ','])
        && words.all(is_of_journal)
}

/// Whether a bracket begins with a capital and ends with a year or its letter: "(Poe, 2007b)".
fn dates_bracket(text: &str) -> bool {
    text.split('(').skip(1).filter_map(|from| from.split_once(')')).any(|(inside, _)| {
        let year = inside.trim_end_matches(|c: char| c.is_ascii_lowercase());
        inside.starts_with(char::is_uppercase) && year.ends_with(|c: char| c.is_ascii_digit())
    })
}

fn is_taken(studies: &[Study], span: &Span) -> bool {
    studies.iter().any(|study| study.span.start < span.end && span.start < study.span.end)
}

/// "J Pain 2004;5:1-9. Corsets at work. Poe A, Roe B, et al.", "Corsets, by Poe et al., J Pain, vol. 5, pp. 1-9": the
/// authors of a reference that stands beside.
fn names_authors_of(text: &str, studies: &[Study], authors: &Span) -> bool {
    let is_beside = |study: &Study| {
        let is_before = study.span.end <= authors.start;
        let between = if is_before { study.span.end..authors.start } else { authors.end..study.span.start };
        !text.get(between).unwrap_or_default().contains(';')
    };
    studies.iter().any(|study| study.author.is_none() && study.pages.is_some() && is_beside(study))
}

/// The reference that a part of a field holds, as far as it goes.
fn in_part(text: &str, span: &Span) -> Option<Study> {
    if let Some(study) = author_and_year(text, span).or_else(|| located::in_part(text, span)) {
        return Some(study);
    }
    if is_taken(&narrative_of(text, span), span) {
        return None;
    }
    if let Some(study) = unnamed(text, span).or_else(|| journal_alone(text, span)) {
        return Some(study);
    }
    let Some(author) = leading_author(text, span) else { return title_alone(text, span) };
    let parts = parts(text, span.clone());
    if parts.len() < 2 {
        return author_and_rest(text, span, author);
    }
    let year = years(&text[span.clone()]).last();
    let year = year.and_then(|year| number(text, span.start + year.start..span.start + year.end));
    let is_number = |part: &&Span| text[(*part).clone()].chars().all(|c| !c.is_alphabetic());
    let journal = parts.iter().skip(2).rfind(|part| !is_number(part));
    let journal = journal.map(|part| {
        let end = year.as_ref().map_or(part.end, |(_, year)| year.start.clamp(part.start, part.end));
        super::form::trimmed(text, part.start..end)
    });
    Some(Study {
        author: parts.first().cloned(),
        title: parts.get(1).cloned(),
        journal,
        year,
        pages: None,
        span: span.clone(),
    })
}

/// The studies that a part of a field only tells of.
fn narrative_of(text: &str, span: &Span) -> Vec<Study> {
    let mut studies = Vec::new();
    add_told_of(&text[span.clone()], &mut studies);
    for study in &mut studies {
        study.span = study.span.start + span.start..study.span.end + span.start;
    }
    studies
}

/// The author with whom a reference begins, without what follows the initials.
fn leading_author(text: &str, span: &Span) -> Option<Span> {
    let written = Some(&text[span.clone()]).filter(|written| may_hold_initials(written));
    let lead = LEADING_AUTHOR.captures(written?)?;
    let has_particles = lead["particles"].split_whitespace().all(|word| is(Class::Particle, word));
    let initials = lead.name("initials").or_else(|| lead.name("stopped"))?;
    // "Home PT, twice a week", but "Poe PT. Corsets at work."
    let is_acronym =
        is(Class::Acronym, initials.as_str()) && !text[span.start + initials.end()..].starts_with(". ");
    let is_name = !is(Class::NoSurname, &lead["surname"]) && !is_acronym;
    (has_particles && is_name).then_some(span.start..span.start + initials.end())
}

/// "Poe AB, Corsets at work, 2011", "Poe AB, J Orthop": author and title or journal, without stops between.
fn author_and_rest(text: &str, span: &Span, author: Span) -> Option<Study> {
    let mut rest = super::form::trimmed(text, author.end..span.end);
    rest.start += text[rest.clone()].find(|c: char| c.is_alphanumeric())?;
    let year = years(&text[rest.clone()]).last();
    let year = year.and_then(|year| number(text, rest.start + year.start..rest.start + year.end));
    let end = year.as_ref().map_or(rest.end, |(_, year)| year.start.max(rest.start));
    let words: Vec<&str> = text[rest.start..end].split_whitespace().collect();
    // "Clin Ther", "J Bone Joint Surg": a journal's short name has no small words, a title has.
    let is_journal = words.len() < 7 && words.iter().all(|word| word.starts_with(char::is_uppercase));
    let named = (!words.is_empty()).then(|| super::form::trimmed(text, rest.start..end));
    let (journal, title) = if is_journal { (named, None) } else { (None, named) };
    Some(Study { author: Some(author), title, journal, year, pages: None, span: span.clone() })
}

/// "a randomized trial of corsets (Poe)", "a 2012 study in a journal": a reference that does not say which study.
fn unnamed(text: &str, span: &Span) -> Option<Study> {
    const REACH: usize = 5;
    let words: Vec<&str> = text[span.clone()]
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(REACH + 1)
        .collect();
    let (first, rest) = words.split_first()?;
    let paper = rest.iter().position(|word| is(Class::Paper, word))?;
    let is_research = |word: &&str| is(Class::Research, word) || years(word).next().is_some();
    let is_published = text[span.clone()].contains("Journal");
    let is_meant = is(Class::Article, first) && (is_published || rest[..paper].iter().any(is_research))
        || is(Class::Research, first) && is(Class::Article, first);
    let year = years(&text[span.clone()]).next();
    let year = year.and_then(|year| number(text, span.start + year.start..span.start + year.end));
    is_meant.then(|| Study {
        author: None,
        title: None,
        journal: None,
        year,
        pages: None,
        span: span.clone(),
    })
}

/// "Journal of Bracing, 2008": no author and no title.
fn journal_alone(text: &str, span: &Span) -> Option<Study> {
    let written = &text[span.clone()];
    let mut words = written.split_whitespace();
    let begins = words.by_ref().take(2).any(|word| matches!(word, "Journal" | "Annals" | "Archives"));
    // "Spine 2009"
    let name = written.trim_end_matches(|c: char| !c.is_alphabetic());
    let is_known = names::owners(&names::words_of(name)).any(|(entry, _)| entry.kind == Kind::Journal)
        && years(&written[name.len()..]).next().is_some();
    let begins = begins || is_known;
    let end = if is_known { name.len() } else { written.find(',').unwrap_or(written.len()) };
    let from = span.start + end;
    let year = years(&written[end..]).next();
    let year = year.and_then(|year| number(text, from + year.start..from + year.end));
    let journal = Some(super::form::trimmed(text, span.start..span.start + end));
    begins.then(|| Study { author: None, title: None, journal, year, pages: None, span: span.clone() })
}

/// "Corsets at work: a systematic review", "Various peer-reviewed articles on corsets": no author and no journal.
fn title_alone(text: &str, span: &Span) -> Option<Study> {
    const BEFORE: usize = 3;
    let words: Vec<&str> =
        text[span.clone()].split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_research = |at: usize| {
        is(Class::Paper, words[at])
            && words[at.saturating_sub(BEFORE)..at].iter().any(|word| is(Class::Rigour, word))
    };
    if !(0..words.len()).any(is_research)
        || words.iter().any(|word| is(Class::NoStudy, word) || is(Class::Database, word))
    {
        return None;
    }
    let year = years(&text[span.clone()]).last();
    let year = year.and_then(|year| number(text, span.start + year.start..span.start + year.end));
    let title = Some(span.clone());
    Some(Study { author: None, title, journal: None, year, pages: None, span: span.clone() })
}

/// "Deyo, 2009" as a whole.
fn author_and_year(text: &str, span: &Span) -> Option<Study> {
    static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
        text::pattern(
            r"^(?P<author>\p{Lu}[\p{L}'\u{2019}-]*\p{Ll})(?:\s+(?:and|&)\s+\p{Lu}[\p{L}'\u{2019}-]*\p{Ll})?,\s+(?P<year>(?:19|20)[0-9]{2})$",
        )
    });
    let written = &text[span.clone()];
    let can_be = written.contains(',') && written.ends_with(|c: char| c.is_ascii_digit());
    let whole = can_be.then(|| WHOLE.captures(written)).flatten()?;
    let moved = |found: regex::Match<'_>| span.start + found.start()..span.start + found.end();
    let author = whole.name("author").filter(|author| super::catalogue::named(author.as_str()).is_empty())?;
    let year = whole.name("year").and_then(|year| number(text, moved(year)));
    Some(Study {
        span: span.clone(),
        author: Some(moved(author)),
        title: None,
        journal: None,
        year,
        pages: None,
    })
}

/// A reference that ends in year, volume and pages; its authors, title and journal stand before, a stop after each.
fn full_reference(text: &str, from: usize, issue: &regex::Captures<'_>) -> Option<Study> {
    let whole = issue.get(0).expect("group 0 is the match");
    let before = &text[from..whole.start()];
    let line = from
        + before
            .rfind([';', '\u{201c}'])
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let author = author(&text[line..whole.start()]).map(|found| line + found.start());
    let start = author.unwrap_or_else(|| journal_start(text, line, whole.start()));
    let parts = parts(text, start..whole.start());
    let (journal, named) = parts.split_last()?;
    let named = if author.is_some() { named.get(1..).unwrap_or_default() } else { named };
    let title = named.first().zip(named.last()).map(|(first, last)| first.start..last.end);
    let page = |name: &str| {
        issue
            .name(name)
            .and_then(|page| page.as_str().trim_start_matches(|c: char| c.is_alphabetic()).parse().ok())
    };
    let pages = page("first").map(|first: u32| {
        let last = page("last").unwrap_or(first);
        let begin = issue.name("first").map_or(whole.start(), |page| page.start());
        (PageRange::written(first, last), begin..whole.end())
    });
    Some(Study {
        span: start..whole.end(),
        author: author.and_then(|_| parts.first().cloned()).filter(|_| parts.len() > 1),
        title,
        journal: Some(journal.clone()),
        year: issue.name("year").and_then(|year| number(text, year.range())),
        pages,
    })
}

/// Where the run of capitalised words before a year begins: "Ann Intern Med 2007;…" without authors.
fn journal_start(text: &str, from: usize, end: usize) -> usize {
    let mut start = end;
    loop {
        let before = text[from..start].trim_end();
        let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        // "(Spine 2011;…": a bracket opens the run.
        let bare = word.trim_start_matches(['(', '[']);
        let is_name = bare.starts_with(char::is_uppercase) || matches!(bare, "of" | "and" | "&" | "the");
        if !is_name || start != end && word.ends_with(['.', ',', ':', ')']) {
            break;
        }
        start = from + before.len() - bare.len();
        if bare.len() < word.len() {
            break;
        }
    }
    start
}

/// The parts of a reference, at its stops; initials and "et al." end none.
fn parts(text: &str, span: Span) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut start = span.start;
    let stops: Vec<usize> =
        text[span.clone()].match_indices(['.', '?']).map(|(at, _)| span.start + at).collect();
    for stop in stops.into_iter().chain([span.end]) {
        let followed_by_blank = text[stop..].chars().nth(1).is_none_or(char::is_whitespace);
        let part = super::form::trimmed(text, start..stop);
        if stop != span.end && !followed_by_blank || part.is_empty() {
            continue;
        }
        start = (stop + 1).min(span.end);
        parts.push(part);
    }
    parts
}

/// The year that stands somewhere in a text.
fn number(text: &str, span: Span) -> Option<(u16, Span)> {
    Some((text[span.clone()].parse().ok()?, span))
}
