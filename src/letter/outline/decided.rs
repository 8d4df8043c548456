//! What is decided of an item, where its heading does not say it.

use std::ops::Range;
use std::sync::LazyLock;

use foldhash::HashSet;
use regex::Regex;

use super::item::number;
use crate::letter::block::{Block, Place, Role};
use crate::letter::decision::{self, Decision};
use crate::letter::label::Label;
use crate::letter::profile::{Field, Profile};
use crate::text::{self, Span};

/// The decision that stands behind the colon of a request ("Test strips: Partially overturned (50 per month)").
pub(super) fn behind_request(heading: &str, profile: &Profile) -> Option<(Decision, Span)> {
    let [decided] = <[_; 1]>::try_from(decision::all(heading, &profile.decisions)).ok()?;
    heading[..decided.1.start].trim_end().ends_with(':').then_some(decided)
}

/// The decision that stands in a field of the item.
pub(super) fn in_own_fields(
    blocks: &[Block],
    item: &Range<usize>,
    profile: &Profile,
) -> Option<(Decision, Place)> {
    in_determination(blocks, item, profile).or_else(|| by_label(blocks, item, profile))
}

/// The decision of the field that is for it.
fn in_determination(blocks: &[Block], item: &Range<usize>, profile: &Profile) -> Option<(Decision, Place)> {
    item.clone().filter(|&block| blocks[block].role == Role::Field(Field::Determination)).find_map(|block| {
        let content = &blocks[block].content;
        let (decision, span) = decision::anywhere(&content.text()[content.body_start..], &profile.decisions)?;
        let span = content.body_start + span.start..content.body_start + span.end;
        Some((decision, Place { block, span }))
    })
}

/// The decision that a field's label itself states.
fn by_label(blocks: &[Block], item: &Range<usize>, profile: &Profile) -> Option<(Decision, Place)> {
    item.clone().find_map(|block| {
        let content = &blocks[block].content;
        let mark = profile
            .field
            .iter()
            .find(|mark| blocks[block].role == Role::Field(mark.field) && content.body_start > 0)?;
        let label = content.text()[..content.body_start].trim_end().len();
        Some((mark.decision?, Place { block, span: 0..label }))
    })
}

/// The decision that stands apart from its item: the result of the same number, or the only one of the letter.
pub(super) fn in_results(blocks: &[Block], heading: &str, profile: &Profile) -> Option<(Decision, Place)> {
    let value = |text: &str| number(text).map(|number| number.value);
    let wanted = value(heading);
    let results = blocks.iter().enumerate().filter(|(_, block)| block.role == Role::Result);
    let mut found = results.filter_map(|(index, block)| {
        let text = block.content.text();
        let (decision, span) = if profile.single_issue {
            decision::anywhere(text, &profile.decisions)
        } else {
            decision::at_end(text, &profile.decisions, false)
                .filter(|_| wanted.is_some() && value(text) == wanted)
        }?;
        Some((decision, Place { block: index, span }))
    });
    let first = found.next()?;
    (!profile.single_issue || found.all(|(decision, _)| decision == first.0)).then_some(first)
}

/// The decision of one of several services in a dispute, from what is decided of each in one place; `headings` are those
/// of all, in their order.
pub(super) fn of_several(
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
    let ends = rest.is_empty() || decision == Decision::Partial && last_stop(rest) == 0;
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
    let is_common = |block: &&(usize, &Block)| {
        block.1.item.is_none() && matches!(block.1.role, Role::Result | Role::Field(Field::Determination))
    };
    let mut stated: Vec<(Decision, Place, String)> = Vec::new();
    for (block, common) in blocks.iter().enumerate().filter(|block| is_common(&block)) {
        let text = common.content.text();
        let found = statements(text, common.content.body_start, profile);
        stated.extend(
            found
                .into_iter()
                .map(|(decision, span, subject)| (decision, Place { block, span }, text[subject].to_owned())),
        );
    }
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
        let stop = |text: &str| {
            text.find([';', '\u{2022}']).into_iter().chain(text.find(". ")).chain(text.find(".\n")).min()
        };
        let after = span.end + stop(&text[span.end..after]).unwrap_or(after - span.end);
        let before = before + last_stop(&text[before..span.start]);
        let of_what = OF_WHAT.find(&text[span.end..after]);
        let subject = match of_what {
            Some(words) => span.end + words.end()..after,
            None => before..span.start,
        };
        // "Overturned in part, as to the scan" overturns what it says of the scan.
        let is_whole = |kind: &&[String]| {
            kind.iter().any(|word| text[span.clone()].to_lowercase().starts_with(&word.to_lowercase()))
        };
        let decision = match decision {
            Decision::Partial if of_what.is_some() && is_whole(&&*profile.decisions.overturned) => {
                Decision::Overturned
            }
            Decision::Partial if of_what.is_some() && is_whole(&&*profile.decisions.upheld) => {
                Decision::Upheld
            }
            other => *other,
        };
        statements.push((decision, span.clone(), subject));
    }
    statements
}

/// Where the last sentence or part of a list begins; the stop of a label ("4. Nerve study") ends none.
fn last_stop(text: &str) -> usize {
    let mut stops = text.match_indices(['.', ';']).map(|(at, _)| at).filter(|&at| {
        let word = text[..at].rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
        text[at + 1..].starts_with(char::is_whitespace) && (word.len() > 2 || text[at..].starts_with(';'))
    });
    stops.next_back().map_or(0, |stop| stop + 1)
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
    let best: Vec<usize> = (0..counts.len()).filter(|&index| most > 0 && counts[index] == most).collect();
    if best.len() == 1 { best } else { Vec::new() }
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
