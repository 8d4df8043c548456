//! Sources in a citation field, in the form of the letter's era.

use std::sync::LazyLock;

use super::{Completion, CompletionKind, continues, typed_span};
use crate::assist::place::At;
use crate::guideline::catalogue::{Entry, Kind, Publisher, entries};
use crate::guideline::citation::parse;
use crate::guideline::describe::{heading, in_force, sections};
use crate::guideline::form::{Basis, bases};
use crate::letter::Located;
use crate::text::{Document, Span};

const TABLE: &str = include_str!("forms.tsv");

/// How a profile introduces a source, by its name and whether the source is one of the MTUS.
static FORMS: LazyLock<Vec<(&'static str, bool, &'static str)>> = LazyLock::new(|| {
    let rows =
        TABLE.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect::<Vec<_>>());
    rows.filter_map(|row| match row[..] {
        [profile, basis, words] => Some((profile, basis == "mtus", words)),
        _ => None,
    })
    .collect()
});

/// What stands before the sections of a source.
const SECTIONS: &str = "Section(s):";

/// How the Official Disability Guidelines are named in the form.
const ODG: &str = "Official Disability Guidelines (ODG)";

pub(super) fn completions(at: &At<'_>, document: &Document, offset: usize) -> Vec<Completion> {
    let content = &at.block().content;
    let body = content.body_start.min(at.offset);
    let before = &at.text()[body..at.offset];
    if let Some((cited, listed)) = before.rsplit_once(SECTIONS) {
        let typed = listed.rsplit([';', ',', '\n']).next().unwrap_or_default().trim_start();
        let Some(guideline) = parse(cited).into_iter().next_back().and_then(|citation| citation.title?.entry)
        else {
            return Vec::new();
        };
        let span = typed_span(document, typed, offset);
        return sections(guideline)
            .filter(|topic| continues(topic.title, typed))
            .map(|topic| completion(topic.title.to_owned(), topic.title.to_owned(), topic, span.clone()))
            .collect();
    }
    let said = bases(before, &(0..before.len()));
    let (basis, from) = said.last().map_or((None, 0), |(basis, span)| (Some(*basis), span.end));
    let typed = before[from..].trim_start_matches([' ', ':', '\n']);
    // A sentence that is finished is no beginning of a source.
    if typed.contains(['.', ';']) {
        return Vec::new();
    }
    let span = typed_span(document, typed, offset);
    let offered = |entry: &&'static Entry| match basis {
        Some(Basis::Mtus) => entry.is_adopted(),
        Some(Basis::NonMtusCitation) => is_odg(entry),
        Some(Basis::NotMtus | Basis::Nothing) => false,
        None => entry.is_adopted() || is_odg(entry),
    };
    entries()
        .iter()
        .filter(|entry| {
            (entry.kind == Kind::Guideline || entry.kind == Kind::Chapter) && is_of_era(entry, at.letter)
        })
        .filter(offered)
        .filter_map(|entry| {
            let (name, sections) = if is_odg(entry) {
                (format!("{ODG} {}", entry.title), ", {section}.")
            } else {
                (heading(entry), ", Section(s): {section}.")
            };
            let lead = if basis.is_none() { introduction(at.letter, entry.is_adopted()) } else { "" };
            let words = format!("{lead}{}{name}{sections}", if lead.is_empty() { "" } else { " " });
            let fits = continues(&name, typed) || continues(&words, typed) || continues(entry.title, typed);
            fits.then(|| completion(name, words, entry, span.clone()))
        })
        .collect()
}

fn is_odg(entry: &Entry) -> bool {
    entry.publisher == Publisher::Odg && entry.kind == Kind::Chapter
}

/// Whether a source was in force on one of the days by which the rules are chosen; without such a day all are offered.
fn is_of_era(entry: &Entry, letter: &Located) -> bool {
    let days = letter.review_days();
    days.is_empty() || days.iter().any(|day| entry.is_in_force(*day, 0))
}

fn introduction(letter: &Located, is_adopted: bool) -> &'static str {
    let Some(profile) = letter.profile else { return "" };
    let fits = |row: &&(&str, bool, &str)| row.0 == profile.name && row.1 == is_adopted;
    FORMS.iter().find(fits).map_or("", |(_, _, words)| words)
}

fn completion(label: String, text: String, entry: &Entry, replaces: Span) -> Completion {
    let detail = in_force(entry)
        .unwrap_or_else(|| if is_odg(entry) { "ODG chapter".to_owned() } else { String::new() });
    Completion {
        label,
        text,
        kind: CompletionKind::Source,
        detail: Some(detail).filter(|text| !text.is_empty()),
        replaces,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::Profiles;

    #[test]
    fn forms_are_those_of_profiles() {
        assert_eq!(FORMS.len(), TABLE.lines().filter(|line| !line.starts_with('#')).count());
        for (profile, _, words) in &*FORMS {
            assert!(Profiles::known().list().iter().any(|known| known.name == *profile), "{profile}");
            assert!(!bases(words, &(0..words.len())).is_empty(), "{words}");
        }
    }
}
