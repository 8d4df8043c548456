//! The predicate before an adjective, and the clause that governs it: where negations stand, and whose opinion it is.

use super::words::{Class, Words};

/// What stands between a subject and the adjective said of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Predicate {
    /// Its first token: the verb, or a negation without verb, or the adjective itself.
    pub first: usize,
    /// Negations in it.
    pub negations: usize,
    /// Whether a finite verb is in it.
    pub is_finite: bool,
    /// "may", "might", "could": it is only possible.
    pub is_hedged: bool,
    /// "would have been".
    pub is_unreal: bool,
    /// "has been found": somebody found it before.
    pub is_finding: bool,
}

/// Reads a predicate leftwards from its adjective's first token, not beyond `start`.
pub(super) fn before(words: &Words<'_>, start: usize, adjective: usize) -> Predicate {
    let mut found = Predicate {
        first: adjective,
        negations: 0,
        is_finite: false,
        is_hedged: false,
        is_unreal: false,
        is_finding: false,
    };
    let (mut at, mut has_nor, mut finds, mut perfect) = (adjective, false, false, false);
    while at > start {
        let token = at - 1;
        let word = words.at(token);
        match word {
            "not" | "never" | "nor" | "non" => {
                let is_emphasis = matches!(words.at(token + 1), "only" | "just" | "merely" | "simply");
                found.negations += usize::from(!is_emphasis);
                has_nor |= word == "nor";
                found.first = token;
            }
            "neither" if !found.is_finite => {
                found.negations += usize::from(!has_nor);
                found.first = token;
            }
            "no" if words.at(token + 1) == "longer" || token + 1 == adjective => {
                found.negations += 1;
                found.first = token;
            }
            "-" | "," => {}
            _ => {
                if let Some(is_negated) = words.finite(token) {
                    found.is_finite = true;
                    found.negations += usize::from(is_negated);
                    found.is_hedged |= matches!(word, "may" | "might" | "could");
                    found.is_unreal |=
                        word == "have" && words.holds(token.saturating_sub(2)..token, &["would"]);
                    perfect |= matches!(word, "has" | "have");
                    found.first = token;
                } else if let Some(before) = parenthesis(words, start, token, &found) {
                    at = before;
                    continue;
                } else if !(words.is_adverb(token) || !found.is_finite && words.is(token, Class::Predicate)) {
                    break;
                } else {
                    finds |=
                        matches!(word, "found" | "deemed" | "determined" | "considered" | "felt" | "judged");
                }
            }
        }
        at = token;
    }
    found.is_finding = finds && perfect;
    found
}

/// "is, for the reasons above, not …": the token at which the words between commas begin, behind the verb.
fn parenthesis(words: &Words<'_>, start: usize, last: usize, found: &Predicate) -> Option<usize> {
    if found.is_finite || words.at(last + 1) != "," {
        return None;
    }
    let comma = (last.saturating_sub(8).max(start)..last).rev().find(|&token| words.at(token) == ",")?;
    let verb = comma.checked_sub(1).filter(|&token| token >= start)?;
    (words.finite(verb).is_some() || words.at(verb) == "not").then_some(comma)
}

/// The clause in which a conclusion is the object: "the provider states that …", "there is no evidence that …".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Governor {
    /// Its first token that decides: the negation's or the verb's.
    pub first: usize,
    /// The first token of the clause that it governs.
    pub after: usize,
    /// Whether it denies what it governs.
    pub is_negated: bool,
    /// Whether the opinion is somebody else's.
    pub is_reported: bool,
}

/// Looks for a governing verb or noun between the clause's start and its predicate.
pub(super) fn governor(words: &Words<'_>, start: usize, predicate: &Predicate) -> Option<Governor> {
    let that = (start + 1..predicate.first)
        .rev()
        .find(|&token| words.at(token) == "that" && governs_that(words, token - 1));
    if let Some(that) = that {
        return Some(governor_at(words, start, that - 1, that + 1));
    }
    let verb = (start..predicate.first).rev().find(|&token| words.is(token, Class::Saying))?;
    // "The provider noted spasm and the request is …": the verb governs nothing.
    let is_joined = (verb + 1..predicate.first).any(|token| {
        matches!(words.at(token), "and" | "or")
            && matches!(words.at(token + 1), "the" | "this" | "these" | "a" | "it" | "request" | "medical")
    }) || matches!(words.at(verb + 1), "by" | "," | ")");
    // "One cannot say …" is no passive, as "was not found …" is.
    let is_base = matches!(
        words.at(verb),
        "find"
            | "deem"
            | "consider"
            | "believe"
            | "think"
            | "feel"
            | "say"
            | "state"
            | "opine"
            | "conclude"
            | "regard"
    );
    let is_passive = verb > start && words.finite(verb - 1).is_some() && !is_base;
    if predicate.is_finite && (is_joined || is_passive) {
        return None;
    }
    Some(governor_at(words, start, verb, verb + 1))
}

/// Whether a word can stand before the "that" of what is said, shown, clear, or what there is evidence of.
pub(super) fn governs_that(words: &Words<'_>, head: usize) -> bool {
    [Class::Governing, Class::Judging, Class::Doubtful, Class::Grounds]
        .iter()
        .any(|&class| words.is(head, class))
}

fn governor_at(words: &Words<'_>, start: usize, head: usize, after: usize) -> Governor {
    let mut negations = usize::from(words.is(head, Class::Doubtful));
    let mut first = head;
    if words.is(head, Class::Grounds) && !words.is(head, Class::Governing) || words.at(head) == "support" {
        // "no evidence", "insufficient documentation", "there is not enough evidence"
        let from = head.saturating_sub(5).max(start);
        let denial = (from..head).find(|&token| {
            matches!(
                words.at(token),
                "no" | "not"
                    | "without"
                    | "insufficient"
                    | "inadequate"
                    | "lack"
                    | "lacks"
                    | "lacked"
                    | "absence"
            ) || words.finite(token) == Some(true)
        });
        if let Some(denial) = denial {
            first = denial;
            negations += usize::from(!words.is(head, Class::Doubt));
        }
    } else {
        let mut at = head;
        while at > start {
            let token = at - 1;
            match words.at(token) {
                "not" | "never" | "unable" | "fails" | "failed" | "fail" => {
                    negations += 1;
                    first = token;
                }
                "to" | "able" | "be" | "been" => {}
                _ => match words.finite(token) {
                    Some(is_negated) => {
                        negations += usize::from(is_negated);
                        first = token;
                    }
                    None if words.is_adverb(token) => {}
                    None => break,
                },
            }
            at = token;
        }
        // "insufficient evidence to find …"
        let is_infinitive = at > start && words.at(at) == "to" && words.is(at - 1, Class::Grounds);
        let lacking = is_infinitive.then(|| {
            (at.saturating_sub(5).max(start)..at).find(|&token| {
                matches!(
                    words.at(token),
                    "no" | "not" | "insufficient" | "inadequate" | "lack" | "little" | "without"
                )
            })
        });
        if let Some(lacking) = lacking.flatten() {
            negations += 1;
            first = lacking;
        } else if let Some(denial) = denial_of_subject(words, start, first) {
            negations += 1;
            first = denial;
        }
    }
    Governor { first, after, is_negated: negations % 2 == 1, is_reported: is_other(words, start, head) }
}

/// The token at which a subject denies itself: "None of the services", "Neither the MRI nor the CT", "No visits", "For the
/// present, neither the MRI nor …".
pub(super) fn denial_of_subject(words: &Words<'_>, start: usize, end: usize) -> Option<usize> {
    let first = (start..end).find(|&token| !words.is_mark(token) && !words.is_adverb(token))?;
    let is_denial = |token: usize| {
        matches!(words.at(token), "no" | "none" | "neither" | "nothing") && !words.is(token + 1, Class::Doubt)
    };
    if is_denial(first) {
        return Some(first);
    }
    if !words.is(first, Class::Opening) {
        return None;
    }
    let mut phrase = (first + 1..end).take_while(|&token| words.finite(token).is_none());
    let denial = phrase.find(|&token| words.at(token - 1) == "," && is_denial(token))?;
    // "With no relief, none of it lasting, the injection …": the denial's own phrase ends before the subject.
    let is_of_subject = !words.holds(denial..end, &[","]) || words.holds(denial..end, &["nor", "and", "or"]);
    is_of_subject.then_some(denial)
}

/// Whether the subject between two tokens is somebody else than the reviewer.
fn is_other(words: &Words<'_>, start: usize, end: usize) -> bool {
    if words.holds(start..end, &["reviewer", "reviewers"]) {
        return words.any(start..end, Class::Review);
    }
    if words.holds(start..end, &["i", "my", "we", "our"]) {
        return false;
    }
    let is_source = words.any(start..end, Class::Guideline) && words.is(end, Class::Saying);
    words.any(start..end, Class::Person) && !words.holds(start..end, &["records", "record", "documentation"])
        || is_source
}
