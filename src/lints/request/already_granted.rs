//! A service that the rationale says was granted already.

use crate::engine::{Arg, Draft, ItemContext, Sink};
use crate::letter::{Argued, Asked, Cue, Decision, Place, SentenceKind};
use crate::text::Span;

/// Between "was" and "authorized" stand so many words at most ("has already been fully authorized").
const VERB_REACH: usize = 5;

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    let Some(request) = letter.asked(item) else { return };
    let heading = request.content;
    let is_partial = item.disputed != item.request
        && heading.text()[item.request.clone()].len() > item.disputed.len() + 40
        || matches!(item.decision, Some((Decision::Partial, _)));
    let asks_for_more = heading.tokens.iter().any(|token| {
        item.request.contains(&token.span.start)
            && matches!(
                heading.text()[token.span.clone()].to_lowercase().as_str(),
                "additional"
                    | "further"
                    | "more"
                    | "repeat"
                    | "remaining"
                    | "authorized"
                    | "certified"
                    | "extension"
            )
    });
    if is_partial || asks_for_more || item.main_item.is_some() {
        return;
    }
    for argued in letter.argument(item).filter(|argued| argued.sentence.kind == SentenceKind::Statement) {
        if let Some(words) = granted(&argued).filter(|words| is_of_request(&argued, words, &request)) {
            let asked = Place { block: request.block, span: request.span.clone() };
            let found = Arg::letter(&argued.content.text()[words.clone()]);
            sink.push(Draft::new(argued.place(words), "message").arg("found", found).related(
                asked,
                "request",
                Vec::new(),
            ));
        }
    }
}

/// "was authorized", "has already been certified"; "the claims administrator approved".
fn granted(argued: &Argued<'_>) -> Option<Span> {
    let content = argued.content;
    let tokens = argued.sentence.tokens.clone();
    let word = |at: usize| content.word(at).to_lowercase();
    let is_verb = |at: &usize| {
        matches!(word(*at).as_str(), "authorized" | "authorised" | "certified" | "approved" | "granted")
    };
    tokens.clone().filter(is_verb).find_map(|verb| {
        let before = verb.saturating_sub(VERB_REACH).max(tokens.start)..verb;
        let auxiliary =
            before.clone().rfind(|&at| matches!(word(at).as_str(), "was" | "were" | "been" | "being"));
        let is_denied = before.clone().any(|at| {
            matches!(
                word(at).as_str(),
                "not"
                    | "never"
                    | "no"
                    | "if"
                    | "once"
                    | "until"
                    | "only"
                    | "partially"
                    | "non"
                    | "nor"
                    | "neither"
                    | "would"
                    | "could"
                    | "should"
                    | "unless"
                    | "cannot"
                    | "be"
            )
        });
        // "approved by the FDA", "approved for the skin"
        let is_licence = tokens.clone().any(|at| matches!(word(at).as_str(), "fda" | "label" | "indication"))
            || verb + 1 < tokens.end && word(verb + 1) == "for" && word(verb) == "approved";
        let auxiliary = auxiliary.filter(|_| !is_denied && !is_licence)?;
        let has = |at: &usize| matches!(word(*at).as_str(), "has" | "have" | "had");
        let start =
            (before.start..auxiliary).rfind(has).filter(|_| word(auxiliary) == "been").unwrap_or(auxiliary);
        Some(content.tokens[start].span.start..content.tokens[verb].span.end)
    })
}

/// Whether what was granted is what the item asks for, and all of it.
fn is_of_request(argued: &Argued<'_>, words: &Span, request: &Asked<'_>) -> bool {
    const SUBJECT: usize = 14;
    let content = argued.content;
    let verb = content.tokens.partition_point(|token| token.span.start < words.start);
    let first = verb.saturating_sub(SUBJECT).max(argued.sentence.tokens.start);
    let subject = Asked::read(content, argued.block, &(content.tokens[first].span.start..words.start));
    let is_earlier = (first..verb).any(|at| {
        matches!(
            content.word(at).to_lowercase().as_str(),
            "prior"
                | "previous"
                | "earlier"
                | "initial"
                | "first"
                | "last"
                | "past"
                | "another"
                | "other"
                | "half"
                | "some"
        )
    });
    let asked_quantities = request
        .content
        .facts()
        .quantities
        .iter()
        .filter(|quantity| request.span.contains(&quantity.span.start));
    let asked_quantities: Vec<_> = asked_quantities.collect();
    let quantities = content.facts().quantities.iter().filter(|quantity| argued.holds(&quantity.span));
    let is_other_quantity =
        quantities.into_iter().any(|quantity| !asked_quantities.iter().any(|asked| asked.confirms(quantity)));
    let names_request = request.is_named_by(&subject);
    let says_so = argued.has(Cue::Asking) && subject.services.is_empty() && subject.drugs.is_empty();
    !is_earlier && !is_other_quantity && (names_request || says_so)
}
