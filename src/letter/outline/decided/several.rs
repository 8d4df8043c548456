//! What is decided of each of several services, where one place tells it of all.

use std::sync::LazyLock;

use foldhash::HashSet;
use regex::Regex;

use crate::letter::block::{Block, Place, Role};
use crate::letter::decision::{self, Decision};
use crate::letter::label::Label;
use crate::letter::profile::{Field, Profile};
use crate::text::{self, Span};

/// The decision of one of several services in a dispute, from what is decided of each in one place; `headings` are those
/// of all, in their order.
pub fn of_several(
    blocks: &[Block],
    headings: &[&str],
    index: usize,
    profile: &Profile,
) -> Option<(Decision, Place)> {
    in_common(blocks, headings, index, profile).or_else(|| concluded(blocks, index, profile))
}

/// The decision with which the reasons for an item end: "The denial is overturned in part."
fn concluded(blocks: &[Block], index: usize, profile: &Profile) -> Option<(Decision, Place)> {
    static CONCLUDES: LazyLock<Regex> = LazyLock::new(|| {
        text::pattern(
            r"\b(?i:denial|determination|decision)s?(?:\s+\w+){0,5}\s+(?:is|are|be)(?:\s+(?:hereby|therefore|thus|accordingly))?\s+$",
        )
    });
    let is_reason = |block: &Block| block.item == Some(index) && block.role == Role::Field(Field::Rationale);
    let block = blocks.iter().rposition(is_reason)?;
    let text = blocks[block].content.text();
    let (decision, span) = decision::all(text, &profile.decisions).pop()?;
    // A modified one may say to what: "The denial is modified to approve one test."
    let rest = text[span.end..].trim_end().trim_end_matches('.');
    let ends = rest.is_empty() || decision == Decision::Partial && stops(rest).next().is_none();
    (ends && CONCLUDES.is_match(&text[..span.start])).then_some((decision, Place { block, span }))
}

/// The decision of a service in what is decided of all in one place, or in a place of its own among these.
fn in_common(
    blocks: &[Block],
    headings: &[&str],
    index: usize,
    profile: &Profile,
) -> Option<(Decision, Place)> {
    let own = blocks.iter().position(|block| block.item == Some(index) && block.role == Role::Result);
    let in_own = own.and_then(|block| {
        Some((block, decision::anywhere(blocks[block].content.text(), &profile.decisions)?))
    });
    if let Some((block, (decision, span))) = in_own {
        return Some((decision, Place { block, span }));
    }
    let is_common = |block: &Block| {
        block.item.is_none() && matches!(block.role, Role::Result | Role::Field(Field::Determination))
    };
    let common = blocks.iter().enumerate().filter(|(_, block)| is_common(block));
    let stated: Vec<(Decision, Place, &str)> = common
        .flat_map(|(block, common)| {
            let text = common.content.text();
            let found = statements(text, common.content.body_start, profile).into_iter();
            found.map(move |(decision, span, subject)| (decision, Place { block, span }, &text[subject]))
        })
        .collect();
    let (first, place, _) = stated.first()?;
    if *first != Decision::Partial && stated.iter().all(|(decision, ..)| decision == first) {
        return Some((*first, place.clone()));
    }
    let own = stated.iter().filter(|(.., subject)| is_about(subject, headings).contains(&index));
    let mut own = own.map(|(decision, place, _)| (*decision, place.clone()));
    let (decision, place) = own.next()?;
    own.all(|(other, _)| other == decision).then_some((decision, place))
}

/// Each decision that a text states, with where it does and of what: what stands before it, or behind it after "as to".
fn statements(text: &str, from: usize, profile: &Profile) -> Vec<(Decision, Span, Span)> {
    static OF_WHAT: LazyLock<Regex> = LazyLock::new(|| {
        text::pattern(
            r"^(?i:,?\s+in\s+part)?,?\s+(?i:as\s+to|as\s+regards|regarding|concerning|for|(?:with|in)\s+(?:regard|respect)\s+to)\s",
        )
    });
    let found = decision::all(text, &profile.decisions);
    let bounds = |index: usize| {
        let before = index.checked_sub(1).map_or(from, |before| found[before].1.end);
        (before, found.get(index + 1).map_or(text.len(), |next| next.1.start))
    };
    let mut statements = Vec::new();
    for (index, (decision, span)) in found.iter().enumerate().filter(|(_, (_, span))| span.start >= from) {
        let (before, after) = bounds(index);
        let after =
            span.end + stops(&text[span.end..after]).next().map_or(after - span.end, |stop| stop.start);
        let before = before + stops(&text[before..span.start]).next_back().map_or(0, |stop| stop.end);
        let of_what = OF_WHAT.find(&text[span.end..after]);
        let subject = match of_what {
            Some(words) => span.end + words.end()..after,
            None => before..span.start,
        };
        // "Overturned in part, as to the scan" overturns what it says of the scan.
        let begins_with = |words: &[String]| {
            let written = text[span.clone()].to_lowercase();
            words.iter().any(|word| written.starts_with(&word.to_lowercase()))
        };
        let decision = match decision {
            Decision::Partial if of_what.is_none() => Decision::Partial,
            Decision::Partial if begins_with(&profile.decisions.overturned) => Decision::Overturned,
            Decision::Partial if begins_with(&profile.decisions.upheld) => Decision::Upheld,
            other => *other,
        };
        statements.push((decision, span.clone(), subject));
    }
    statements
}

/// The stops that end a sentence or a part of a list, in order; that of a label ("4. Nerve study") ends none.
fn stops(text: &str) -> impl DoubleEndedIterator<Item = Span> {
    text.match_indices(['.', ';', '\u{2022}']).filter_map(move |(at, stop)| {
        let word = text[..at].rsplit(char::is_whitespace).next().unwrap_or_default();
        let is_full_stop =
            text[at + stop.len()..].starts_with(char::is_whitespace) && (word.is_empty() || word.len() > 2);
        (stop != "." || is_full_stop).then_some(at..at + stop.len())
    })
}

/// Of which services a text speaks: those whose labels it gives, or the one whose own words it has.
fn is_about(subject: &str, headings: &[&str]) -> Vec<usize> {
    let labels = labels(subject);
    if !labels.is_empty() {
        let label = |index: usize| Label::at_start(headings[index]).map_or(index + 1, |label| label.value);
        return (0..headings.len()).filter(|&index| labels.contains(&label(index))).collect();
    }
    let written = words(subject);
    let named: Vec<HashSet<String>> = headings.iter().map(|heading| words(heading)).collect();
    let shared = |index: usize| {
        let is_own = |word: &&String| {
            let others = named.iter().enumerate().filter(|(other, _)| *other != index);
            others.into_iter().all(|(_, words)| !words.contains(*word))
        };
        named[index].iter().filter(is_own).filter(|word| written.contains(*word)).count()
    };
    let counts: Vec<usize> = (0..headings.len()).map(shared).collect();
    let most = counts.iter().copied().max().unwrap_or(0);
    let like = |least: usize| (0..counts.len()).filter(|&index| counts[index] >= least).collect::<Vec<_>>();
    // "The scan and the rectal spacer": two words of each are enough, unless one is set against the other.
    let are_set_against = ["but", "except", "not", "than", "unlike", "whereas", "while"];
    let together = like(2);
    if together.len() > 1 && !are_set_against.iter().any(|word| has_word(subject, word)) {
        return together;
    }
    let best = like(most.max(1));
    if best.len() == 1 { best } else { Vec::new() }
}

fn has_word(text: &str, wanted: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| word.eq_ignore_ascii_case(wanted))
}

/// The labels of services in a text: the one with which it begins, and those behind their noun ("Services 1 and 3").
fn labels(text: &str) -> Vec<usize> {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        text::pattern(
            r"\b(?i:services?|requests?|items?|issues?)\s+(#?(?:\d{1,2}|[A-H])\b(?:(?:,|,?\s+and|\s+&)\s+#?(?:\d{1,2}|[A-H])\b)*)",
        )
    });
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '#' | '(' | '['));
    let first = Label::at_start(text).map(|label| label.value);
    let lists = NAMED.captures_iter(text).filter_map(|found| found.get(1));
    let listed = lists
        .flat_map(|list| list.as_str().split([',', ' ', '#', '&', '\n']))
        .filter_map(|part| Label::at_start(&format!("{part}.")).map(|label| label.value));
    first.into_iter().chain(listed).collect()
}

/// The words of a text that may tell a service from another.
fn words(text: &str) -> HashSet<String> {
    const SHORTEST: usize = 4;
    let split = text.split(|c: char| !c.is_alphanumeric() && c != '-');
    let is_short_name = |word: &&str| word.len() > 1 && !word.contains(char::is_lowercase);
    split.filter(|word| word.len() >= SHORTEST || is_short_name(word)).map(str::to_lowercase).collect()
}
