//! Numbers of the case summary, where it tells what was asked for: "the request was for ten sessions of acupuncture".

use crate::letter::facts::quantity::{Aspect, Context};
use crate::letter::facts::{Quantity, Service, service};
use crate::letter::{Argued, Asked, Cue, Letter, Place, Step};
use crate::text::Span;

/// Tokens between a number of visits and the service, at most ("ten sessions of", "acupuncture for").
const REACH: usize = 3;

/// The numbers of a request's service that the summary asks for, where the heading has others: where they stand, where
/// the heading's does, and in what they differ.
pub(super) fn differing(
    letter: &Letter,
    request: &Asked<'_>,
    quantities: &[&Quantity],
) -> Vec<(Place, Span, Aspect)> {
    let is_counted = quantities.iter().any(|quantity| quantity.count.is_some());
    if request.services.is_empty()
        || !is_counted
        || is_shared(letter, request)
        || is_granted_in_part(letter, request)
    {
        return Vec::new();
    }
    let asking = letter.summary_sentences().filter(|argued| {
        let is_other = [Cue::OtherTime, Cue::Granted, Cue::Earlier].iter().any(|cue| argued.has(*cue));
        argued.step == Step::Request && !is_other
    });
    let mut found = Vec::new();
    for argued in asking {
        let own = argued.content.facts().quantities.iter().filter(|quantity| argued.holds(&quantity.span));
        for told in own.filter(|quantity| quantity.count.is_some() && is_of(&argued, quantity, request)) {
            let contradicts = |asked: &&Quantity| Some((asked.span.clone(), asked.contradicts(told)?));
            // "8 sessions (12 requested, 4 already certified)"
            if names(request, &argued.content.text()[told.span.clone()]) {
                continue;
            }
            let asked = quantities.iter().find_map(contradicts);
            found.extend(asked.map(|(asked, aspect)| (argued.place(told.span.clone()), asked, aspect)));
        }
    }
    found
}

/// Whether the number with which a quantity begins stands in the heading of a request.
fn names(request: &Asked<'_>, quantity: &str) -> bool {
    let first = quantity.split_whitespace().next();
    let mut words = request.content.tokens.iter().map(|token| &request.content.text()[token.span.clone()]);
    first.is_some_and(|first| words.any(|word| word == first))
}

/// Whether another item asks for a service of the same kind.
fn is_shared(letter: &Letter, request: &Asked<'_>) -> bool {
    let is_related =
        |service: &&Service| request.services.iter().any(|own| service::related(own.id, service.id));
    let asked = letter.items.iter().filter_map(|item| letter.asked(item));
    asked.filter(|asked| asked.block != request.block).any(|asked| asked.services.iter().any(is_related))
}

/// Whether the summary tells of some of the service that was granted.
fn is_granted_in_part(letter: &Letter, request: &Asked<'_>) -> bool {
    letter.summary_sentences().filter(|argued| argued.has(Cue::Granted)).any(|argued| {
        let services = argued.content.facts().services.iter().filter(|service| argued.holds(&service.span));
        services
            .into_iter()
            .any(|service| request.services.iter().any(|own| service::related(own.id, service.id)))
    })
}

/// Whether a number stands beside the service that is asked for, and beside no other.
fn is_of(argued: &Argued<'_>, quantity: &Quantity, request: &Asked<'_>) -> bool {
    let content = argued.content;
    let token = |offset: usize| content.tokens.partition_point(|token| token.span.start < offset);
    let (start, end) = (token(quantity.span.start), token(quantity.span.end));
    let services = content.facts().services.iter().filter(|service| argued.holds(&service.span));
    let near = |service: &&Service| {
        let (first, last) = (token(service.span.start), token(service.span.end));
        let is_apart =
            |from: usize, to: usize| (from..to).any(|at| matches!(&*content.lower(at), "," | ";" | "and"));
        first >= end && first - end < REACH && !is_apart(end, first)
            || last <= start && start - last < REACH && !is_apart(last, start)
            || first >= start && last <= end
    };
    let mut near = services.filter(near).peekable();
    near.peek().is_some()
        && !matches!(quantity.context, Some(Context::Authorized | Context::Completed | Context::Prior))
        && near.all(|service| request.services.iter().any(|own| service::related(own.id, service.id)))
}
