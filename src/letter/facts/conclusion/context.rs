//! What stands around a conclusion's words: attributes, attributions, parts and conditions.

use std::ops::Range;

use super::clause::{self, Clause, Tie};
use super::predicate::Predicate;
use super::reader::SentenceReader;
use super::words::Class;

impl SentenceReader<'_> {
    /// Whether a noun follows, of which the adjective is an attribute ("medically necessary trips").
    pub(super) fn is_attribute(&self, after: usize) -> bool {
        let words = self.words;
        !(after >= self.tokens.end
            || words.is_mark(after)
            || words.is(after, Class::Follower)
            || words.is_adverb(after))
    }

    /// Whether nothing but marks follows in the sentence.
    pub(super) fn closes(&self, after: usize) -> bool {
        (after..self.tokens.end).all(|token| self.words.is_mark(token))
    }

    /// Quoted, or attributed to others by "according to", "per", "in the view of", "by utilization review".
    pub(super) fn is_attributed(&self, clause: &Clause, predicate: &Predicate, place: &Range<usize>) -> bool {
        let words = self.words;
        let opened = (self.tokens.start..place.start).filter(|&token| words.at(token) == "\"").count() % 2
            == 1
            || (self.tokens.start..place.start)
                .rev()
                .find(|&token| matches!(words.at(token), "\u{201c}" | "\u{201d}"))
                .is_some_and(|token| words.at(token) == "\u{201c}");
        let closed = words.holds(place.end..self.tokens.end, &["\"", "\u{201d}"]);
        let names_other = |range: Range<usize>| words.any(range, Class::Person);
        let fronted = (self.tokens.start..clause.start.max(self.start + 1)).find(|&token| {
            words.at(token) == "according" && words.at(token + 1) == "to"
                || words.at(token) == "per"
                || matches!(words.at(token), "view" | "opinion" | "words") && words.at(token + 1) == "of"
        });
        let fronted = fronted.or_else(|| {
            (self.start..predicate.first).find(|&token| {
                words.at(token) == "according"
                    || words.at(token) == "per" && token == self.start
                    || matches!(words.at(token), "view" | "opinion" | "eyes") && words.at(token + 1) == "of"
            })
        });
        let comma = fronted.and_then(|token| (token..predicate.first).find(|&token| words.at(token) == ","));
        let by_fronted =
            fronted.zip(comma).is_some_and(|(from, to)| names_other(from..to) && clause.start <= to + 1);
        let by_agent = (place.end..self.tokens.end.min(place.end + 3)).any(|token| {
            (matches!(words.at(token), "by" | "per") || words.at(token) == "according")
                && names_other(token + 1..self.tokens.end.min(token + 5))
        });
        let is_request = words.holds(clause.start..predicate.first, &["request", "requests", "requested"]);
        let was_found =
            predicate.is_finding && predicate.negations == 0 && self.introducer.is_none() && !is_request;
        opened && closed || by_fronted || by_agent || was_found
    }

    pub(super) fn is_partial(&self, clause: &Clause, place: &Range<usize>, is_negative: bool) -> bool {
        let words = self.words;
        let around = clause.start..clause::end(words, place.end, self.tokens.end);
        let only = words.at(clause.start) == "only" && words.holds(clause.start..place.start, &["of"]);
        let not_all = words.at(clause.start) == "not" && words.at(clause.start + 1) == "all";
        let in_part =
            (place.end..around.end).any(|token| words.at(token) == "in" && words.at(token + 1) == "part");
        not_all
            || !is_negative
                && (only
                    || in_part
                    || words.holds(around, &["partially", "partly", "modified", "modification"]))
    }

    pub(super) fn is_conditional(
        &self,
        clause: &Clause,
        predicate: &Predicate,
        place: &Range<usize>,
        is_negative: bool,
    ) -> bool {
        let words = self.words;
        let is_stop =
            |token: usize| words.at(token) == ";" || clause.tie == Tie::Reason && words.at(token) == ",";
        let end = (place.end..self.tokens.end).find(|&token| is_stop(token)).unwrap_or(self.tokens.end);
        let waits = (place.end..end).find(|&token| {
            words.is(token, Class::Condition)
                && words.is_conjunction(token)
                && words.at(token - 1) != "even"
                && !(words.at(token) == "when" && words.at(token - 1) == ",")
                || words.at(token) == "had" && predicate.is_unreal
        });
        if is_negative {
            let would = words.holds(predicate.first..place.start, &["would", "wouldn't"]);
            let may = words.holds(predicate.first..place.start, &["may", "might"]);
            return may
                || clause.is_conditional
                || would && waits.is_some_and(|token| words.at(token) == "if");
        }
        // "A shorter course would be medically necessary" says what was not asked for.
        let is_request = words.holds(clause.start..predicate.first, &["request", "requests", "requested"]);
        let would =
            words.holds(predicate.first..place.start, &["would"]) && !is_request && self.introducer.is_none();
        would || predicate.is_hedged || predicate.is_unreal || clause.is_conditional || waits.is_some()
    }
}
