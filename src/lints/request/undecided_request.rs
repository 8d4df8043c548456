//! A service that was denied and is not decided, and an item of which the summary knows nothing.

use crate::engine::{Arg, Draft, LetterContext, Sink};
use crate::letter::{Argued, Asked, Cue, Letter, Place};
use crate::text::Span;

pub fn check(context: &LetterContext<'_>, sink: &mut Sink) {
    let letter = context.letter;
    let items: Vec<Asked<'_>> = letter.items.iter().filter_map(|item| letter.asked(item)).collect();
    if items.len() < letter.items.len()
        || items.is_empty()
        || letter.items.iter().any(|item| item.is_unfinished)
    {
        return;
    }
    let denials: Vec<Asked<'_>> = letter
        .summary_sentences()
        .flat_map(|argued| {
            denied(&argued).into_iter().map(move |span| Asked::read(argued.content, argued.block, &span))
        })
        .collect();
    // A list that names none of the items is of another review.
    if !denials.iter().any(|denied| items.iter().any(|item| item.is_named_by(denied))) {
        return;
    }
    for denied in &denials {
        let services = denied.services.iter().filter(|service| {
            !items.iter().any(|item| item.has_service(service) || shares_words(item, denied, &service.span))
        });
        let services = services.map(|service| service.span.clone());
        let drugs = denied.drugs.iter().filter(|drug| !items.iter().any(|item| item.has_drug(drug)));
        let drugs = drugs.map(|drug| drug.name_span.clone());
        for span in services.chain(drugs) {
            sink.push(draft(letter, Place { block: denied.block, span }, "message"));
        }
    }
    unmentioned(letter, &items, &denials, sink);
}

/// An item of a service or drug that the list of denials lacks, where the list has every other one, and that nothing else
/// in the summary names.
fn unmentioned(letter: &Letter, items: &[Asked<'_>], denials: &[Asked<'_>], sink: &mut Sink) {
    let summary: Vec<Asked<'_>> = letter
        .summary_sentences()
        .map(|argued| Asked::read(argued.content, argued.block, &argued.sentence.span))
        .collect();
    for (asked, item) in items.iter().zip(&letter.items) {
        let is_named = asked.services.len() + asked.drugs.len() > 0;
        let is_told = denials.iter().chain(&summary).any(|told| asked.is_named_by(told));
        let is_listed = |other: &&Asked<'_>| denials.iter().any(|denied| other.is_named_by(denied));
        let others = items.iter().zip(&letter.items).filter(|(_, other)| other.blocks != item.blocks);
        let mut others = others.filter(|(_, other)| other.main_item.is_none()).map(|(asked, _)| asked);
        if is_named && !is_told && item.main_item.is_none() && others.all(|other| is_listed(&other)) {
            sink.push(draft(letter, asked.place(), "unmentioned"));
        }
    }
}

fn shares_words(item: &Asked<'_>, denied: &Asked<'_>, span: &Span) -> bool {
    let words = crate::letter::telling_words(denied.content, span);
    words.iter().any(|(word, _)| item.words.contains(word))
}

/// The passages of a sentence that say what utilization review denied.
fn denied(argued: &Argued<'_>) -> Vec<Span> {
    let content = argued.content;
    let tokens = argued.sentence.tokens.clone();
    let word = |at: usize| content.word(at).to_lowercase();
    if argued.has(Cue::Earlier)
        || !tokens.clone().any(|at| is_review(&word(at)) || is_passive_denial(argued, at))
    {
        return Vec::new();
    }
    let ends = |at: usize| {
        matches!(
            word(at).as_str(),
            "but"
                | "while"
                | "whereas"
                | ";"
                | "because"
                | "since"
                | "as"
                | "due"
                | "citing"
                | "given"
                | "stating"
                | "pending"
                | "until"
                | "after"
                | "without"
                | "although"
                | "on"
                | "when"
                | "for"
                | "that"
                | "which"
                | "if"
        )
    };
    let is_end = |at: usize| {
        // "denied a request for …" goes on; "denied an MRI for lack of …" does not.
        ends(at)
            && !(word(at) == "for"
                && at > 0
                && matches!(
                    word(at - 1).as_str(),
                    "request" | "requests" | "authorization" | "certification"
                ))
    };
    let mut passages = Vec::new();
    for verb in tokens.clone().filter(|&at| is_denial(argued, at)) {
        let is_passive = is_passive_denial(argued, verb);
        let range = if is_passive {
            let start = (tokens.start..verb).rfind(|&at| is_end(at)).map_or(tokens.start, |at| at + 1);
            start..verb
        } else {
            let end = (verb + 1..tokens.end).find(|&at| is_end(at)).unwrap_or(tokens.end);
            verb + 1..end
        };
        let grants = range.clone().any(|at| {
            matches!(word(at).as_str(), "authorized" | "certified" | "approved" | "granted") && at != verb
        });
        if !range.is_empty() && !grants {
            passages.push(content.tokens[range.start].span.start..content.tokens[range.end - 1].span.end);
        }
    }
    passages
}

fn is_review(word: &str) -> bool {
    matches!(word, "utilization" | "ur" | "administrator" | "carrier" | "insurer" | "adjuster")
}

/// "denied", "non-certified", "did not certify".
fn is_denial(argued: &Argued<'_>, at: usize) -> bool {
    let content = argued.content;
    let word = |at: usize| content.word(at).to_lowercase();
    let before =
        |back: usize| at.checked_sub(back).filter(|at| argued.sentence.tokens.contains(at)).map(word);
    let is_negated = before(1).is_some_and(|word| word == "not" || word == "non")
        || before(1).is_some_and(|word| word == "-") && before(2).is_some_and(|word| word == "non");
    match word(at).as_str() {
        "denied" => !before(1).is_some_and(|word| {
            matches!(word.as_str(), "patient" | "he" | "she" | "claimant" | "worker" | "applicant")
        }),
        "noncertified" => true,
        "certified" | "certify" | "authorized" | "authorize" | "approved" | "approve" => is_negated,
        _ => false,
    }
}

/// "was denied", "were non-certified": by whom needs not be said.
fn is_passive_denial(argued: &Argued<'_>, at: usize) -> bool {
    let content = argued.content;
    let near = at.saturating_sub(4).max(argued.sentence.tokens.start)..at;
    is_denial(argued, at)
        && near
            .into_iter()
            .any(|at| matches!(content.word(at).to_lowercase().as_str(), "was" | "were" | "been"))
}

fn draft(letter: &Letter, place: Place, message: &'static str) -> Draft {
    let found = Arg::letter(&letter.blocks[place.block].content.text()[place.span.clone()]);
    Draft::new(place, message).arg("found", found)
}
