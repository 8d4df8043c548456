//! The clause of a sentence in which a word stands.

use std::ops::Range;

use super::words::{Class, Words};

/// A clause, as far as it matters for a conclusion in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clause {
    /// Its first token, after what introduces or subordinates it.
    pub start: usize,
    /// How it hangs on the rest.
    pub tie: Tie,
    /// A condition stands before it in the sentence ("If …,").
    pub is_conditional: bool,
}

/// How a clause hangs on the rest of its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tie {
    /// By itself.
    Main,
    /// "Since …", before the main clause.
    Reason,
    /// "If …", "whether …", "which …": it states nothing by itself.
    Dependent,
}

/// The clause that holds a token; `start` is the sentence's first token after its introducer.
pub(super) fn at(words: &Words<'_>, start: usize, token: usize) -> Clause {
    let mut clause = Clause { start, tie: Tie::Main, is_conditional: inverted_condition(words, start) };
    let mut is_fronted = clause.is_conditional;
    // "…, which he has taken, …": the tie of the clause around it.
    let mut around: Option<Tie> = None;
    for at in start..token {
        let word = words.at(at);
        let opens = at == clause.start || words.at(at - 1) == ",";
        match word {
            ";" => {
                clause = Clause { start: at + 1, tie: Tie::Main, is_conditional: false };
                is_fronted = false;
            }
            ":" | "but" | "however" | "although" | "though" | "while" | "whereas" => {
                clause.start = at + 1;
                clause.tie = Tie::Main;
                is_fronted = matches!(word, "although" | "though" | "while" | "whereas") && opens;
            }
            "so" if at > start && words.at(at - 1) == "," => clause.start = at + 1,
            "because" | "since" => {
                is_fronted = opens && at == start;
                clause.start = at + 1;
                clause.tie = if is_fronted { Tie::Reason } else { Tie::Main };
            }
            "as" | "given" if at == start => {
                clause.start = at + 1;
                clause.tie = Tie::Reason;
                is_fronted = true;
            }
            "if" | "unless" | "once" | "provided" | "assuming" | "whether" | "when" | "until" | "where"
                if words.is_conjunction(at) =>
            {
                let is_concession = at > start && words.at(at - 1) == "even";
                clause.is_conditional |=
                    !is_concession && opens && !matches!(word, "when" | "where" | "whether" | "until");
                is_fronted = opens || is_concession;
                clause.start = at + 1;
                clause.tie = Tie::Dependent;
            }
            "which" | "who" if around.is_none() => {
                around = Some(clause.tie);
                clause.tie = Tie::Dependent;
            }
            "," | ")" if around.is_some() => clause.tie = around.take().unwrap_or(Tie::Main),
            "," if is_fronted => {
                clause.start = at + 1;
                clause.tie = Tie::Main;
                is_fronted = false;
            }
            // "No trial was made and the request is …"
            "and"
                if begins_request(words, clause.start, at + 1, true)
                    && has_verb(words, clause.start..at)
                    && !words.holds(clause.start..at, &["that", "if", "whether"]) =>
            {
                clause.start = at + 1;
                clause.tie = Tie::Main;
            }
            "," if begins_anew(words, clause.start, at + 1) => {
                clause.start = at + 1;
                clause.tie = Tie::Main;
                is_fronted = false;
            }
            "," if words.at(at + 1) == "and"
                && (has_verb(words, clause.start..at)
                    || begins_request(words, clause.start, at + 2, false)) =>
            {
                clause.start = at + 2;
                clause.tie = Tie::Main;
            }
            _ => {}
        }
    }
    if let Some(after) = words.introducer(clause.start).filter(|&after| after <= token) {
        clause.start = if words.at(after) == "," { after + 1 } else { after };
    }
    while clause.start < token && words.at(clause.start) == "," {
        clause.start += 1;
    }
    clause
}

/// "Were the trial documented, …", "Had he …,": a condition without "if".
fn inverted_condition(words: &Words<'_>, start: usize) -> bool {
    matches!(words.at(start), "were" | "had" | "should")
}

/// ", and the request": it begins a clause, unless it ends "None of the MRI, the CT, and the request …". A clause that
/// `is_whole` has its verb before, so that what it denies is its own.
fn begins_request(words: &Words<'_>, start: usize, at: usize, is_whole: bool) -> bool {
    let noun = if matches!(words.at(at), "the" | "this" | "these") { at + 1 } else { at };
    words.at(noun).starts_with("request")
        && (is_whole || !matches!(words.at(start), "no" | "none" | "neither" | "not"))
}

/// ", therefore the request": behind a whole clause, the words that introduce a conclusion begin another one.
fn begins_anew(words: &Words<'_>, start: usize, at: usize) -> bool {
    let Some(after) = words.introducer(at) else { return false };
    let subject = if words.at(after) == "," { after + 1 } else { after };
    let is_subject = matches!(
        words.at(subject),
        "the"
            | "this"
            | "these"
            | "that"
            | "it"
            | "a"
            | "an"
            | "such"
            | "request"
            | "medical"
            | "continued"
            | "further"
    );
    is_subject && has_verb(words, start..at)
}

fn has_verb(words: &Words<'_>, range: Range<usize>) -> bool {
    range.into_iter().any(|token| words.finite(token).is_some() || words.is(token, Class::Governing))
}

/// The token after a clause's last, before a stop, a semicolon or a clause that stands against it.
pub(super) fn end(words: &Words<'_>, from: usize, end: usize) -> usize {
    let mut after = from;
    while after < end {
        if matches!(words.at(after), ";" | "but" | "while" | "whereas" | "however") {
            break;
        }
        after += 1;
    }
    while after > from && matches!(words.at(after - 1), "." | "," | "!" | ")" | "\"" | "\u{201d}" | ";") {
        after -= 1;
    }
    after
}
