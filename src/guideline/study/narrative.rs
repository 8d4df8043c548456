//! Studies that a sentence tells of by their authors, without a bracket or "et al.".

use std::sync::LazyLock;

use regex::Regex;

use super::{Class, Study, is, number};
use crate::text;

/// "Poe and colleagues", "van Poe and Roe (2010) found", "per Poe (2001)", "Poe's trial of 2006".
static TOLD: LazyLock<Regex> = LazyLock::new(|| {
    text::pattern(
        r"(?x)(?-u:\b)(?P<author>(?:[Vv]an\s|[Vv]on\s|[Dd]e\s|[Dd]en\s|der\s|la\s){0,2}(?P<name>\p{Lu}[\p{L}'\u{2019}-]*\p{Ll}))
          (?: \s+and\s+(?:his\s|her\s|their\s)?(?:colleagues|associates|co-?workers|coauthors)(?:,?\s+\(?(?P<a>(?:19|20)[0-9]{2})(?-u:\b)\)?)?
            | (?:\s+(?:and|&)\s+\p{Lu}[\p{L}'\u{2019}-]*\p{Ll})?\s+\((?P<b>(?:19|20)[0-9]{2})[a-z]?\)(?P<verb>\s+[a-z]+)?
            | (?:'|\u{2019})s\s+(?:(?P<c>(?:19|20)[0-9]{2})\s+)?(?:\p{Ll}+\s+){0,2}(?:study|trial|paper|article|review|meta-analysis)(?:\s+(?:of|from|in)\s+(?P<d>(?:19|20)[0-9]{2}))?
          )(?-u:\b|$|\s|[.,;)])",
    )
});

/// Whether what [`TOLD`] asks for can stand in a text: those who wrote with an author, a year in brackets, or what an author
/// owns.
fn may_tell(text: &str) -> bool {
    const WITH: [&str; 5] = ["colleagues", "associates", "coworkers", "co-workers", "coauthors"];
    const OWNED: [&str; 6] = ["study", "trial", "paper", "article", "review", "meta-analysis"];
    let has = |word: &&str| text.contains(word);
    ["(19", "(20"].iter().any(has)
        || WITH.iter().any(has)
        || ["'s", "\u{2019}s"].iter().any(has) && OWNED.iter().any(has)
}

/// The studies that a text tells of by their authors.
pub(super) fn told_of(text: &str) -> Vec<Study> {
    let mut studies = Vec::new();
    for told in may_tell(text).then(|| TOLD.captures_iter(text)).into_iter().flatten() {
        let (Some(author), Some(name), Some(whole)) = (told.name("author"), told.name("name"), told.get(0))
        else {
            continue;
        };
        let before = text[..author.start()].trim_end();
        let previous = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        let opens = before.is_empty() || before.ends_with(['.', ':', ';', '(', ',']);
        // "Low Back Complaints (2004)", "Dr. Poe and colleagues": a title's last word, or somebody who treats.
        let is_part_of_title =
            !opens && previous.starts_with(char::is_uppercase) && !is(Class::Lead, previous);
        let is_titled = is(Class::Title, previous.trim_end_matches('.'));
        let year = ["a", "b", "c", "d"].into_iter().find_map(|group| told.name(group));
        let is_dated = told.name("b").is_some();
        let is_owner = told.name("a").is_none() && !is_dated && whole.as_str().contains(['\'', '\u{2019}']);
        let speaks = told.name("verb").is_some_and(|verb| is(Class::Telling, verb.as_str().trim()));
        let is_meant = match (is_dated, is_owner) {
            (true, _) => {
                speaks
                    || is(Class::Lead, previous)
                    || author.start() == 0 && whole.end() >= text.trim_end_matches('.').len()
            }
            (_, true) => year.is_some(),
            _ => true,
        };
        if is_part_of_title || is_titled || is(Class::NoSurname, name.as_str()) || !is_meant {
            continue;
        }
        let verb = told.name("verb").map_or(whole.end(), |verb| verb.start());
        let end =
            author.start() + text[author.start()..verb].trim_end_matches(['.', ',', ';', ' ', '\n']).len();
        studies.push(Study {
            span: author.start()..end,
            author: Some(author.range()),
            title: None,
            journal: None,
            year: year.and_then(|year| number(text, year.range())),
            pages: None,
        });
    }
    studies
}
