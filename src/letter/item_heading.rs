//! Where the heading of a disputed item begins: only the end of the rationale before it marks its start.

use std::ops::Range;

use super::decision;
use super::layout::Line;
use super::marks::number_before;
use super::profile::DecisionWords;
use super::sentence::{is_abbreviation, is_title, opens_sentence};

/// No request takes more lines; the longest of 438 published headings took five.
pub(super) const MAX_HEADING_LINES: usize = 6;

/// Looks for headings in the lines of a letter.
#[derive(Clone, Copy)]
pub(super) struct ItemHeadings<'a> {
    pub lines: &'a [Line<'a>],
    pub decisions: &'a DecisionWords,
}

impl ItemHeadings<'_> {
    /// Whether the last lines end in a decision ("MRI: Upheld", "… is:" / "Overturned").
    pub fn is_decided(&self, lines: &Range<usize>, before_field: bool) -> bool {
        let last_two = lines.end.saturating_sub(2).max(lines.start)..lines.end;
        let text = self.lines[last_two].iter().map(|line| line.text).collect::<Vec<_>>().join("\n");
        decision::at_end(&text, self.decisions, before_field).is_some_and(|(_, span)| {
            let is_sentence =
                text[..span.start].trim_end().ends_with(char::is_alphabetic) && self.concludes(lines.end - 1);
            // A rationale concludes in the same words; only a number tells the heading.
            !is_sentence || number_before(self.lines[self.start(lines)].text) > 0
        })
    }

    /// A heading that ends in a decision begins after the end of the sentence before it. Partial approvals are
    /// sentences themselves ("Norco 10/325mg #120. Authorized #60."): they belong to it.
    pub fn start(&self, lines: &Range<usize>) -> usize {
        let earliest = lines.end.saturating_sub(MAX_HEADING_LINES).max(lines.start);
        let Some(sentence_end) = (earliest..lines.end - 1).rfind(|&line| self.ends_sentence(line)) else {
            // Without any stop above, a conclusion that lost its own is the best mark.
            let conclusion = (earliest..lines.end - 1).rfind(|&line| self.concludes(line));
            return conclusion.map_or(earliest, |line| line + 1);
        };
        let lost_stop = (sentence_end + 1..lines.end - 1).rfind(|&line| self.concludes(line));
        let mut start = lost_stop.unwrap_or(sentence_end) + 1;
        // Up to two sentences more: what was requested, and what was authorized of it.
        for _ in 0..2 {
            let Some(end) = start.checked_sub(1).filter(|&end| end >= earliest) else { break };
            let before =
                (earliest..end).rfind(|&line| self.ends_sentence(line)).map_or(earliest, |line| line + 1);
            let starts_there =
                before > earliest || earliest == lines.start || self.ends_sentence(earliest - 1);
            let shares = self.mentions(before..lines.end, AUTHORIZED);
            if !starts_there || !shares || !self.names_quantity(before..start) {
                break;
            }
            start = before;
        }
        start
    }

    /// Whether a line ends in a stop that is no abbreviation's, or in the colon of the form's introduction to the items,
    /// however its other words were changed.
    fn ends_sentence(&self, line: usize) -> bool {
        let text = &self.lines[line].text;
        if text.ends_with("below:") {
            return true;
        }
        if !self.lines[line].ends_sentence() {
            return false;
        }
        let last_word = text.rsplit(char::is_whitespace).next().unwrap_or_default().trim_end_matches('.');
        let goes_on = self.lines.get(line + 1).is_some_and(|next| {
            next.text.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit() || c == '#')
        });
        !(is_title(last_word) || goes_on && is_abbreviation(last_word))
    }

    /// Whether lines read like a request with its amounts, not like reasoning.
    fn names_quantity(&self, lines: Range<usize>) -> bool {
        let first_word = self.lines[lines.start].text.split_whitespace().next().unwrap_or_default();
        !opens_sentence(first_word) && self.mentions(lines.clone(), AMOUNTS) && !self.mentions(lines, REASONS)
    }

    fn mentions(&self, lines: Range<usize>, words: &[&str]) -> bool {
        let text =
            self.lines[lines].iter().map(|line| line.text).collect::<Vec<_>>().join(" ").to_lowercase();
        words.iter().any(|word| text.contains(word))
    }

    /// Whether a line ends in the words of a conclusion ("… is not medically necessary").
    fn concludes(&self, line: usize) -> bool {
        let text = &self.lines[line].text;
        let ends = text.trim_end_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
        ["necessary", "necessity", "appropriate", "warranted", "supported"]
            .iter()
            .any(|word| ends.ends_with(word))
    }

    /// A heading without a decision: a short paragraph of its own, or the lines after the last sentence.
    pub fn undecided_start(&self, lines: &Range<usize>) -> Option<usize> {
        let last = &self.lines[lines.end - 1];
        if last.ends_sentence() {
            return None;
        }
        let start =
            lines.clone().rfind(|&line| self.ends_sentence(line)).map_or(lines.start, |line| line + 1);
        let text = &self.lines[start..lines.end];
        let is_short =
            text.len() < MAX_HEADING_LINES && text.iter().map(|line| line.text.len()).sum::<usize>() < 400;
        (is_short && !(start..lines.end).any(|line| self.concludes(line))).then_some(start)
    }
}

/// Words that say how much is requested.
const AMOUNTS: &[&str] = &[
    "#", "mg", "qty", "quantity", "sessions", "visits", " x ", "refill", "tablets", "units", "days", "weeks",
];
/// Words that say that part of a request was granted.
const AUTHORIZED: &[&str] =
    &["authoriz", "authoris", "certified", "approved", "remaining", "modified", "granted", "in dispute"];
/// Words of reasoning, which no request holds.
const REASONS: &[&str] = &[
    "patient",
    "claimant",
    "worker",
    "guideline",
    "recommend",
    "necessary",
    "medical",
    " is ",
    " are ",
    "therefore",
    "should",
    "mtus",
    "odg",
];
