//! A part of a request of which the rationale says nothing.

use crate::engine::{Arg, Draft, ItemContext, Sink};
use crate::letter::facts::service;
use crate::letter::{Argued, Asked, Cue, Step};
use crate::text::Span;

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    if item.is_unfinished || item.main_item.is_some() {
        return;
    }
    let Some((block, heading)) = letter.heading(item) else { return };
    let request = Asked::read(heading, block, &item.disputed);
    let parts = parts(&request);
    let sentences: Vec<Argued<'_>> = letter.argument(item).collect();
    if parts.len() < 2 || sentences.iter().any(|argued| argued.has(Cue::AllParts)) {
        return;
    }
    let named: Vec<Asked<'_>> = sentences
        .iter()
        .map(|argued| (argued, Asked::read(argued.content, argued.block, &argued.sentence.span)))
        .filter(|(argued, named)| !echoes(argued, named, &parts))
        .map(|(_, named)| named)
        .collect();
    let is_addressed = |part: &Part<'_>| named.iter().any(|named| part.is_named_by(named));
    // A rationale that names nothing speaks of the whole.
    if !parts.iter().any(is_addressed) {
        return;
    }
    for part in parts.iter().filter(|part| !is_addressed(part)) {
        let found = Arg::letter(&heading.text()[part.span.clone()]);
        let place = crate::letter::Place { block, span: part.span.clone() };
        sink.push(Draft::new(place, "message").arg("found", found));
    }
}

/// A part of a request: a service or a drug unlike the others.
struct Part<'l> {
    span: Span,
    asked: Asked<'l>,
}

impl Part<'_> {
    fn is_named_by(&self, other: &Asked<'_>) -> bool {
        self.asked.is_named_by(other)
    }
}

/// The parts of a request. Drugs of one compound are one part.
fn parts<'l>(request: &Asked<'l>) -> Vec<Part<'l>> {
    let part =
        |span: &Span| Part { span: span.clone(), asked: Asked::read(request.content, request.block, span) };
    let mut parts: Vec<Part<'l>> = Vec::new();
    for found in &request.services {
        let is_known =
            |part: &Part<'_>| part.asked.services.iter().any(|known| service::related(known.id, found.id));
        if !parts.iter().any(is_known) {
            parts.push(part(&found.span));
        }
    }
    let is_compound =
        request.drugs.iter().any(|drug| !drug.compound.is_empty()) || !request.services.is_empty();
    for drug in request.drugs.iter().filter(|_| !is_compound) {
        if !parts.iter().any(|part| part.asked.has_drug(drug)) {
            parts.push(part(&drug.name_span));
        }
    }
    parts.retain(|part| !is_occasion(request, &part.span));
    parts.sort_by_key(|part| part.span.start);
    parts
}

/// Whether it only says when or why the rest is wanted ("a bed following total hip arthroplasty").
fn is_occasion(request: &Asked<'_>, part: &Span) -> bool {
    const REACH: usize = 4;
    let content = request.content;
    let at = content.tokens.partition_point(|token| token.span.start < part.start);
    (at.saturating_sub(REACH)..at).any(|token| {
        matches!(
            content.word(token).to_lowercase().as_str(),
            "following"
                | "after"
                | "before"
                | "prior"
                | "post"
                | "status"
                | "due"
                | "for"
                | "during"
                | "from"
                | "to"
        )
    })
}

/// Whether a sentence only repeats the heading: it says what is asked for, and names several of its parts.
fn echoes(argued: &Argued<'_>, named: &Asked<'_>, parts: &[Part<'_>]) -> bool {
    argued.step == Step::Request && parts.iter().filter(|part| part.is_named_by(named)).count() > 1
}
