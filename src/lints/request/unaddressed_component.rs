//! A part of a request of which the rationale says nothing.

mod left_out;

use crate::engine::{Arg, Draft, ItemContext, Sink};
use crate::letter::facts::{Drug, Service, service};
use crate::letter::{Argued, Asked, Cue, Step};
use crate::text::Span;

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    if item.is_unfinished || letter.is_decided_in_part(item) {
        return;
    }
    let Some((block, heading)) = letter.heading(item) else { return };
    let request = Asked::read(heading, block, &item.disputed);
    let sentences: Vec<Argued<'_>> = letter.argument(item).collect();
    let mut passed_over = passed_over(context, &request, &sentences);
    let goes_with_operation = item.main_item.is_some() && names_operation(context);
    let left_out = (!goes_with_operation).then(|| left_out::left_out(context, &request, &sentences));
    for span in left_out.into_iter().flatten() {
        if !passed_over.iter().any(|known| crate::text::overlaps(known, &span)) {
            passed_over.push(span);
        }
    }
    for span in passed_over {
        let found = Arg::letter(&heading.text()[span.clone()]);
        sink.push(Draft::new(crate::letter::Place { block, span }, "message").arg("found", found));
    }
}

/// The parts of which the whole rationale says nothing.
fn passed_over(context: &ItemContext<'_>, request: &Asked<'_>, sentences: &[Argued<'_>]) -> Vec<Span> {
    let item = context.item;
    if item.main_item.is_some() && names_operation(context) {
        return Vec::new();
    }
    let parts = parts(context, request);
    if parts.len() < 2 || sentences.iter().any(speaks_of_all) {
        return Vec::new();
    }
    let named: Vec<Asked<'_>> = sentences
        .iter()
        .map(|argued| (argued, Asked::read(argued.content, argued.block, &argued.sentence.span)))
        .filter(|(argued, named)| !echoes(argued, named, &parts))
        .map(|(_, named)| named)
        .collect();
    let is_addressed = |part: &Part<'_>| named.iter().any(|named| part.is_named_by(named));
    // A rationale that names nothing speaks of the whole; one that shares a word with the first part, of that.
    let to_second = part(request, &(request.span.start..parts[1].span.start));
    let shares_word = |named: &Asked<'_>| to_second.asked.words.iter().any(|word| named.words.contains(word));
    let is_of_first = item.main_item.is_none()
        && is_joined(context, request, &parts[1].span)
        && !is_addressed(&parts[1])
        && named.iter().any(shares_word);
    if !is_of_first && !parts.iter().any(is_addressed) {
        return Vec::new();
    }
    let stands_for = |part: &Part<'_>| left_out::is_said(context, &part.asked.words, sentences);
    let is_passed_over = |(nth, part): &(usize, &Part<'_>)| {
        !(is_addressed(part) || stands_for(part) || *nth == 0 && is_of_first)
    };
    parts.iter().enumerate().filter(is_passed_over).map(|(_, part)| part.span.clone()).collect()
}

/// Whether the rationale of what goes with an operation speaks of the operation, and so decides all of it with that.
fn names_operation(context: &ItemContext<'_>) -> bool {
    context.letter.rationale(context.item).any(|block| {
        let content = &context.letter.blocks[block].content;
        (0..content.tokens.len()).any(|at| context.is_in("operation", &content.lower(at)))
    })
}

/// A part of a request: a service or a drug unlike the others.
struct Part<'l> {
    span: Span,
    asked: Asked<'l>,
    /// Whether only its words tell it from another part ("HbA1c and a metabolic panel").
    is_by_words: bool,
}

impl Part<'_> {
    /// Whether a passage names it: its service or drug, its noun, or most of its words.
    fn is_named_by(&self, other: &Asked<'_>) -> bool {
        let is_service =
            |found: &service::Service| self.asked.services.iter().any(|asked| found.id.is_kind_of(asked.id));
        let shared = self.asked.words.iter().filter(|word| other.words.contains(word)).count();
        let has_noun = self.asked.words.last().is_some_and(|noun| other.words.contains(noun));
        !self.is_by_words && other.services.iter().any(|found| is_service(found))
            || other.drugs.iter().any(|found| self.asked.has_drug(found))
            || has_noun && !self.is_by_words
            || 2 * shared > self.asked.words.len()
    }
}

/// Whether a sentence decides all parts as one ("Neither is …", "both requests are not medically necessary").
fn speaks_of_all(argued: &Argued<'_>) -> bool {
    let content = argued.content;
    let body = content.tokens.partition_point(|token| token.span.start < content.body_start);
    let opens = argued.is_cue(argued.sentence.tokens.start.max(body), Cue::AllParts);
    argued.has(Cue::AllParts) && (opens || argued.step != Step::Statement)
}

fn part<'l>(request: &Asked<'l>, span: &Span) -> Part<'l> {
    let asked = Asked::read(request.content, request.block, span);
    Part { span: span.clone(), asked, is_by_words: false }
}

/// The parts of a request. Drugs of one compound are one part.
fn parts<'l>(context: &ItemContext<'_>, request: &Asked<'l>) -> Vec<Part<'l>> {
    let part = |span: &Span| part(request, span);
    let mut parts: Vec<Part<'l>> = Vec::new();
    for found in &request.services {
        let is_known =
            |part: &Part<'_>| part.asked.services.iter().any(|known| service::related(known.id, found.id));
        if !parts.iter().any(is_known) {
            parts.push(part(&found.span));
        }
    }
    let is_compound = request.drugs.iter().any(|drug| !drug.compound.is_empty());
    // Behind a service a drug may be what it is done with ("infusion of ketamine").
    let is_apart = |drug: &Drug| {
        request.services.is_empty()
            || request.drugs.len() == 1 && is_joined(context, request, &drug.name_span)
    };
    for drug in request.drugs.iter().filter(|drug| !is_compound && is_apart(drug)) {
        if !parts.iter().any(|part| part.asked.has_drug(drug)) {
            parts.push(part(&drug.name_span));
        }
    }
    let mut is_added = false;
    for added in added(context, request) {
        let added = part(&added);
        let overlaps = |known: &Part<'_>| crate::text::overlaps(&added.span, &known.span);
        let shares_service = |known: &Part<'_>| {
            let shares = |found: &&Service| {
                known.asked.services.iter().any(|known| service::related(known.id, found.id))
            };
            added.asked.services.iter().any(shares)
        };
        let shares_word =
            |known: &Part<'_>| known.asked.words.iter().any(|word| added.asked.words.contains(word));
        let is_by_words = parts.iter().any(shares_service);
        let is_apart = || !added.asked.words.is_empty() && is_one_of_many(context, request, &added.span);
        let is_known = |known: &Part<'_>| overlaps(known) || shares_service(known) && shares_word(known);
        if !parts.iter().any(is_known) && (!is_by_words || is_apart()) {
            is_added = true;
            parts.push(Part { is_by_words, ..added });
        }
    }
    // What is added to a thing without a name of its own is a part beside that thing.
    if let [only] = &parts[..]
        && is_added
    {
        let whole = part(&(request.span.start..only.span.start));
        if !whole.asked.words.is_empty() {
            parts.push(whole);
        }
    }
    let last = parts.iter().map(|part| part.span.start).max().unwrap_or_default();
    parts.retain(|part| {
        let is_sum = part.span.start < last && is_sum(context, request, &part.span);
        !is_sum && !is_occasion(request, &part.span)
    });
    parts.sort_by_key(|part| part.span.start);
    parts
}

/// What is added with an article or a number ("…, and a relaxation class") or is a thing by its noun ("and liver function
/// tests"), where another bare noun may go on with the one before it ("for mood and pain").
fn added(context: &ItemContext<'_>, request: &Asked<'_>) -> Vec<Span> {
    const LONGEST: usize = 6;
    let content = request.content;
    let first = content.tokens.partition_point(|token| token.span.start < request.span.start);
    let last = content.tokens.partition_point(|token| token.span.start < request.span.end);
    let is_in = |set: &str, at: usize| at < last && context.is_in_lower(set, content.word(at));
    let mut added = Vec::new();
    for joint in (first..last).filter(|&at| is_in("joins", at) || is_in("lists", at)) {
        if left_out::counts(context, content, joint + 1) {
            continue;
        }
        let start = joint + 1 + usize::from(is_in("article", joint + 1));
        let limit = last.min(start + LONGEST);
        let end = (start..limit).find(|&at| is_in("ends", at)).unwrap_or(limit);
        // "evaluation and treatment", "hip and knee braces"
        let is_thing = end > start && (is_in("bare", end - 1) || end > start + 1 && is_in("things", end - 1));
        let is_counted = start > joint + 1 && is_in("joins", joint);
        if !is_counted && !is_thing {
            continue;
        }
        let span = content.tokens[start.min(end)..end]
            .first()
            .map(|token| token.span.start..content.tokens[end - 1].span.end);
        added.extend(span.filter(|span| !crate::letter::telling_words(content, span).is_empty()));
    }
    added
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

/// Whether it stands behind "and", with an article or without: it is no manner of what stands before ("with fluoroscopy").
fn is_joined(context: &ItemContext<'_>, request: &Asked<'_>, part: &Span) -> bool {
    let content = request.content;
    let at = content.tokens.partition_point(|token| token.span.start < part.start);
    let is_in = |set: &str, before: usize| {
        at.checked_sub(before).is_some_and(|at| context.is_in_lower(set, content.word(at)))
    };
    is_in("joins", 1) || is_in("article", 1) && is_in("joins", 2)
}

/// Whether it is a thing of a kind of which a request may hold several ("HbA1c and a metabolic panel").
fn is_one_of_many(context: &ItemContext<'_>, request: &Asked<'_>, part: &Span) -> bool {
    let content = request.content;
    let end = content.tokens.partition_point(|token| token.span.start < part.end);
    end > 0 && context.is_in_lower("one-of-many", content.word(end - 1))
}

/// Whether it only sums up what is named behind it ("clearance with EKG and CBC", "laboratory tests (CBC, CMP)").
fn is_sum(context: &ItemContext<'_>, request: &Asked<'_>, part: &Span) -> bool {
    let content = request.content;
    let end = content.tokens.partition_point(|token| token.span.start < part.end);
    let is_in = |set: &str, at: usize| {
        content.tokens.get(at).is_some_and(|_| context.is_in_lower(set, content.word(at)))
    };
    end > 0 && is_in("sum", end - 1) && is_in("names", end)
}

/// Whether a sentence only repeats the heading: it says what is asked for, and names several of its parts.
fn echoes(argued: &Argued<'_>, named: &Asked<'_>, parts: &[Part<'_>]) -> bool {
    argued.step == Step::Request && parts.iter().filter(|part| part.is_named_by(named)).count() > 1
}
