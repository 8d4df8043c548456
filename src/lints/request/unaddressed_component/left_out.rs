//! A part of a request that the conclusion leaves out where it repeats the first part word for word.

use std::ops::Range;

use crate::engine::ItemContext;
use crate::letter::{Argued, Asked, Content, Cue, Step};
use crate::text::{Span, Token, TokenKind};

/// Words with so many letters in common at their beginning are forms of one word.
const STEM: usize = 5;

/// Words between a part and what sums it up, at most.
const SUM_REACH: usize = 3;

/// What the words of a part say.
struct Told {
    words: Vec<String>,
    numbers: Vec<String>,
}

/// The parts of a request behind the first of which neither the conclusion nor the reviewer's own argument says anything,
/// where the conclusion names the first as the heading does.
pub(super) fn left_out(
    context: &ItemContext<'_>,
    request: &Asked<'_>,
    sentences: &[Argued<'_>],
) -> Vec<Span> {
    let mut parts = parts(context, request);
    if parts.len() < 2 {
        return Vec::new();
    }
    let content = request.content;
    let first_part = parts.remove(0);
    let first = Told::read(context, content, &first_part);
    let mut conclusions = sentences.iter().filter(|argued| argued.step == Step::Conclusion);
    let repeats = |argued: &&Argued<'_>| {
        let told = Told::read(context, argued.content, &argued.sentence.tokens);
        first.words.iter().all(|word| told.has(word))
            && first.numbers.iter().all(|number| told.numbers.contains(number))
    };
    if first.words.is_empty() || !conclusions.clone().any(|argued| repeats(&argued)) {
        return Vec::new();
    }
    let is_of_all = |argued: &Argued<'_>| {
        let mut words = argued.sentence.tokens.clone().map(|at| argued.content.lower(at));
        argued.has(Cue::AllParts) || words.any(|word| context.is_in("whole", &word))
    };
    if conclusions.any(is_of_all) {
        return Vec::new();
    }
    let own: Vec<Told> = sentences
        .iter()
        .filter(|argued| argued.step != Step::Aside)
        .map(|argued| Told::read(context, argued.content, &argued.sentence.tokens))
        .collect();
    let mut left_out = Vec::new();
    for part in parts {
        if is_known(context, request, &first_part, &part) {
            continue;
        }
        let told = Told::read(context, content, &part);
        let new: Vec<&String> = told.words.iter().filter(|word| !first.has(word)).collect();
        let is_said = |word: &str| own.iter().any(|said| said.names(context, word));
        // Chest pain is no chest x-ray.
        let said = new.iter().filter(|word| is_said(word)).count();
        let is_named = 2 * said > new.len() || new.last().is_none_or(|noun| is_said(noun));
        if is_component(context, request, &part) && !is_named {
            left_out.push(content.tokens[part.start].span.start..content.tokens[part.end - 1].span.end);
        }
    }
    left_out
}

/// Whether a sentence says another word for one of some words ("swim" for a pool).
pub(super) fn is_said(context: &ItemContext<'_>, words: &[&str], sentences: &[Argued<'_>]) -> bool {
    sentences.iter().filter(|argued| argued.step == Step::Statement).any(|argued| {
        let told = Told::read(context, argued.content, &argued.sentence.tokens);
        words.iter().any(|word| !told.has(word) && told.names(context, word))
    })
}

impl Told {
    fn read(context: &ItemContext<'_>, content: &Content, tokens: &Range<usize>) -> Self {
        let mut told = Self { words: Vec::new(), numbers: Vec::new() };
        for at in tokens.clone() {
            let Some(token) = content.tokens.get(at) else { break };
            let word = token.bare(content.text());
            match token.kind {
                TokenKind::Number => told.numbers.push(word.to_owned()),
                TokenKind::Word if word.len() > 2 && !context.is_in("light", word) => {
                    told.words.push(word.trim_end_matches('s').to_owned());
                }
                _ => {}
            }
        }
        told
    }

    /// Whether it has a word, or one that stands for it.
    fn names(&self, context: &ItemContext<'_>, word: &str) -> bool {
        let mut rows = context.words("others").map(|row| row.split(' '));
        self.has(word)
            || rows.any(|mut row| row.clone().any(|own| own == word) && row.any(|other| self.has(other)))
    }

    /// Whether it has a word, or another form of it.
    fn has(&self, word: &str) -> bool {
        let stem = |word: &str| word.get(..STEM).map(str::to_owned);
        self.words.iter().any(|own| own == word || stem(own).is_some() && stem(own) == stem(word))
    }
}

/// The parts of a request between its joints, without their quantities.
fn parts(context: &ItemContext<'_>, request: &Asked<'_>) -> Vec<Range<usize>> {
    let content = request.content;
    let token_at = |offset: usize| content.tokens.partition_point(|token| token.span.start < offset);
    let (first, last) = (token_at(request.span.start), token_at(request.span.end));
    let is_in = |set: &str, at: usize| context.is_in_lower(set, content.word(at));
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut start = first;
    for at in first..=last {
        if at < last && !is_in("joins", at) && !is_in("lists", at) {
            continue;
        }
        // "Batteries per month for a TENS unit": what follows is no name.
        let is_first = parts.is_empty();
        let end = (start..at).find(|&at| !is_first && is_in("ends", at)).unwrap_or(at);
        if start < end {
            parts.push(start..end);
        }
        start = at + 1;
    }
    parts
}

/// Whether a part behind a comma begins with a number, and another with a half: how much of the first is asked for
/// (", 10 daily sessions", ", one panel", "one and a half tablets").
pub(super) fn counts(context: &ItemContext<'_>, content: &Content, part: usize) -> bool {
    let is_number =
        |token: &Token| token.kind == TokenKind::Number || context.is_in_lower("counts", content.word(part));
    // "a half tablets": the article is the count's.
    let first = part + usize::from(content.word(part) == "a");
    content.word(first) == "half"
        || part > 0
            && matches!(content.word(part - 1), "," | ";")
            && content.tokens.get(part).is_some_and(is_number)
}

/// "EMG and NCV": whether a part is only another name for the first, or a service of its kind.
fn is_known(
    context: &ItemContext<'_>,
    request: &Asked<'_>,
    first: &Range<usize>,
    part: &Range<usize>,
) -> bool {
    let content = request.content;
    let asked = |part: &Range<usize>| {
        let span = content.tokens[part.start].span.start..content.tokens[part.end - 1].span.end;
        Asked::read(content, request.block, &span)
    };
    let (first, named) = (asked(first), asked(part));
    let is_one_of_many = context.is_in("one-of-many", &content.lower(part.end - 1));
    !is_one_of_many && named.services.iter().any(|found| first.has_service(found))
}

/// Whether a part is a thing or a service of its own, and no manner of the first.
fn is_component(context: &ItemContext<'_>, request: &Asked<'_>, part: &Range<usize>) -> bool {
    let content = request.content;
    let span = content.tokens[part.start].span.start..content.tokens[part.end - 1].span.end;
    let named = Asked::read(content, request.block, &span);
    let noun = content.lower(part.end - 1);
    let is_named =
        ["things", "bare", "one-of-many", "components"].iter().any(|set| context.is_in(set, &noun));
    // What goes "with" an operation is mostly part of it.
    let is_with = part.start > 0 && content.lower(part.start - 1) == "with";
    let is_operation = ["ectomy", "plasty", "otomy", "scopy"].iter().any(|ending| noun.ends_with(ending));
    // "Electrodes and other supplies": what is summed up belongs to the first.
    let behind = content.tokens.len().min(part.end + SUM_REACH);
    let is_manner = (part.start..behind).any(|at| context.is_in("manner", &content.lower(at)));
    // "A chair with an adjustable seat".
    let first = content.tokens.partition_point(|token| token.span.start < request.span.start);
    let is_feature = matches!(&*content.lower(part.start), "a" | "an")
        && (first..part.start).any(|at| content.lower(at) == "with");
    let is_manner = is_manner || is_feature || counts(context, content, part.start);
    let is_service = is_operation || !named.services.is_empty() || !named.drugs.is_empty();
    !is_manner && (is_named || is_service && !is_with)
}
