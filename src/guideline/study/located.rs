//! References of a field that give volume and pages, in whatever style: APA, MLA, the older AMA.

use std::sync::LazyLock;

use regex::Regex;

use super::{Class, Study, is, journal_start, leading_author, number, years};
use crate::guideline::catalogue::PageRange;
use crate::guideline::form;
use crate::text::{self, Span};

/// "147(7), 492-504", "344:363-370", "vol. 147, no. 10, 2007, pp. 685-692", "Issue 2, Art. No. CD001823", "(2):CD001823".
static LOCATOR: LazyLock<Regex> = LazyLock::new(|| {
    text::pattern(
        r"(?x)(?-u:\b)[Vv]ol(?:ume)?\.?\s*[0-9]{1,4}[^;]{0,40}?(?-u:\b)(?:pp?\.?|[Pp]ages?)\s*(?P<a>[A-Za-z]?[0-9]{1,6})(?:\s*[-\u{2013}]\s*(?P<b>[A-Za-z]?[0-9]{1,6}))?
          |(?-u:\b)[0-9]{1,4}\s*(?:\([^();]{1,14}\))?\s*[:,]\s*(?:pp?\.?\s*)?(?P<c>[A-Za-z]?[0-9]{1,6})\s*[-\u{2013}]\s*(?P<d>[A-Za-z]?[0-9]{1,6})
          |\([0-9]{1,3}\)\s*:\s*(?P<e>CD[0-9]{4,7})
          |(?-u:\b)Issue\s[0-9]{1,2},?\s+Art[^;]{0,14}?(?P<f>CD[0-9]{4,7})",
    )
});

/// The reference of one part of a field whose volume and pages are given.
pub(super) fn in_part(text: &str, part: &Span) -> Option<Study> {
    let written = &text[part.clone()];
    let mut words = written.split(|c: char| !c.is_alphanumeric());
    if words.any(|word| is(Class::NoStudy, word)) && super::author(written).is_none() {
        return None;
    }
    let found = LOCATOR.captures_iter(written).find(|found| {
        // "2011, 36-40" is a year and pages: no volume.
        let whole = found.get(0);
        let first = whole.map_or("", |whole| whole.as_str());
        let is_list = whole.is_some_and(|whole| labels_pages(&written[..whole.start()]));
        let opens_with_year = years(first).next().is_some_and(|year| year.start == 0);
        let is_year = opens_with_year && first[4..].trim_start().starts_with(',');
        !is_list && !is_year
    })?;
    let whole = found.get(0)?;
    let author = super::author(written).filter(|author| author.start() < whole.start());
    let author = author
        .map(|author| part.start + author.start()..part.start + author.end())
        .or_else(|| leading_author(text, part));
    let before = part.start..part.start + whole.start();
    let journal = journal(text, &before);
    let journal = journal.filter(|journal| !journal.is_empty());
    if author.is_none() && journal.is_none() {
        return None;
    }
    let page = |name: &str| {
        let digits = found.name(name)?.as_str().trim_start_matches(|c: char| c.is_alphabetic());
        digits.parse::<u32>().ok()
    };
    let first = ["a", "c", "e", "f"].into_iter().find_map(page)?;
    let last = ["b", "d"].into_iter().find_map(page).unwrap_or(first);
    let pages = part.start + whole.start()..part.start + whole.end();
    // "40 (2015), 182-212": the bracket of the volume is the year.
    let is_bracket =
        |year: &Span| written[..year.start].ends_with('(') && written[year.end..].starts_with(')');
    let year = years(written)
        .filter(|year| {
            year.end <= whole.start()
                || year.start >= whole.end()
                || whole.as_str().len() > 24
                || is_bracket(year)
        })
        .last()
        .and_then(|year| number(text, part.start + year.start..part.start + year.end));
    let start = author.as_ref().or(journal.as_ref()).map_or(part.start, |first| first.start);
    let end = year.as_ref().map_or(pages.end, |(_, year)| year.end.max(pages.end));
    Some(Study {
        span: start..end,
        author,
        title: None,
        journal,
        year,
        pages: Some((PageRange::written(first, last), pages)),
    })
}

/// Whether a text ends in a label of pages: what follows "Page(s):" is a list of them, "43, 76-77", and no volume.
fn labels_pages(before: &str) -> bool {
    let is_list = |c: char| c.is_whitespace() || c.is_ascii_digit() || ":.#,-\u{2013}".contains(c);
    let label = before.trim_end_matches(is_list);
    let label = label.strip_suffix("(s)").unwrap_or(label).to_ascii_lowercase();
    ["page", "pages", "pgs", "pg"].iter().any(|word| label.ends_with(word))
}

/// The capitalised words before the volume, without the year between: "Annals of Internal Medicine, 2007, vol. …".
fn journal(text: &str, before: &Span) -> Option<Span> {
    let is_date = |word: &str| years(word).next().is_some() || word.chars().all(|c| !c.is_alphabetic());
    let mut end = before.end;
    loop {
        let rest =
            text[before.start..end].trim_end_matches(|c: char| c.is_whitespace() || ",.;:(".contains(c));
        let word = rest.rsplit(char::is_whitespace).next().filter(|word| !word.is_empty())?;
        end = before.start + rest.len();
        if !is_date(word) {
            break;
        }
        end -= word.len();
    }
    let start = journal_start(text, before.start, end);
    Some(form::trimmed(text, start..end))
}
