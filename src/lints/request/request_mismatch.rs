//! A sentence on the request that is about another service.

use std::cell::LazyCell;

use crate::engine::{Arg, Draft, ItemContext, Sink};
use crate::letter::facts::Level;
use crate::letter::{Argued, Asked, Cue, Letter, Place, Step, telling_words};
use crate::text::Span;

/// Words of a thing that is mentioned nowhere else, at least: one may be another word for the request.
const LEAST_UNHEARD: usize = 2;
/// Letters of a word by which it is known again in another form.
const STEM: usize = 5;

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    let Some(request) = letter.asked(item) else { return };
    let main = item.main_item.and_then(|main| letter.asked(&letter.items[main]));
    // Few letters need them.
    let others: LazyCell<Vec<Asked<'_>>, _> = LazyCell::new(|| {
        let others = letter.items.iter().filter(|other| other.blocks != item.blocks);
        others.filter_map(|other| letter.asked(other)).collect()
    });
    for argued in letter.argument(item) {
        for subject in subjects(context, &argued) {
            let subject = without_addition(context, &argued, subject);
            let named = Asked::read(argued.content, argued.block, &subject);
            // What goes with an operation is decided with it, and names it.
            if main.as_ref().is_some_and(|main| main.is_named_by(&named)) {
                continue;
            }
            let found = other_level(&named, &request)
                .or_else(|| other_specialty(context, &named, &request))
                .or_else(|| other_service(context, &named, &request));
            let found = found
                .or_else(|| other_item(&named, &request, || others.iter()))
                .or_else(|| unheard_of(context, &argued, &named, &request));
            if let Some(found) = found {
                sink.push(draft(letter, argued.place(found), request.place()));
            }
        }
    }
}

/// A spinal level, where both name levels and none of these lies among the request's.
fn other_level(named: &Asked<'_>, request: &Asked<'_>) -> Option<Span> {
    let asked = levels(request);
    let first = asked.iter().map(|level| level.from.min(level.to)).min()?;
    let last = asked.iter().map(|level| level.from.max(level.to)).max()?;
    let agrees = |level: &Level| {
        let (from, to) = (level.from.min(level.to), level.from.max(level.to));
        first <= from && to <= last || from <= first && last <= to && first == last
    };
    let levels = levels(named);
    let level = levels.first()?;
    levels.iter().all(|level| !agrees(level)).then(|| level.span.clone())
}

fn levels<'l>(asked: &Asked<'l>) -> Vec<&'l Level> {
    let levels = asked.content.facts().levels.iter();
    levels.filter(|level| asked.span.start <= level.span.start && level.span.end <= asked.span.end).collect()
}

/// A specialty, where both ask for a consultation and name one ("neurology", "urologist").
fn other_specialty(context: &ItemContext<'_>, named: &Asked<'_>, request: &Asked<'_>) -> Option<Span> {
    let specialty = |word: &str| context.words("specialties").find(|stem| word.starts_with(stem));
    let asked: Vec<&str> = request.words.iter().filter_map(|word| specialty(word)).collect();
    let told: Vec<(&str, Span)> = telling_words(named.content, &named.span)
        .into_iter()
        .filter_map(|(word, span)| Some((specialty(word)?, span)))
        .collect();
    let is_other = !asked.is_empty() && !told.iter().any(|(stem, _)| asked.contains(stem));
    told.into_iter().next().filter(|_| is_other).map(|(_, span)| span)
}

/// A service or a drug, where the request names some and none of them is of its kind.
fn other_service(context: &ItemContext<'_>, named: &Asked<'_>, request: &Asked<'_>) -> Option<Span> {
    let is_unknown = request.services.is_empty() && request.drugs.is_empty();
    let shares_thing = named.services.iter().any(|found| request.has_service(found))
        || named.drugs.iter().any(|found| request.has_drug(found));
    // What is done before an operation may be one thing or another.
    let is_telling = |word: &&&str| !context.is_in("occasions", word);
    // "CT of the brain with contrast" shares more with "MRI of the brain with contrast" than what it is.
    let is_image = |asked: &Asked<'_>| {
        !asked.services.is_empty()
            && asked.services.iter().all(|service| context.is_in("modalities", service.id.name()))
    };
    let shares_word = !(is_image(named) && is_image(request))
        && request.words.iter().filter(is_telling).any(|word| named.words.contains(word));
    if is_unknown || shares_thing || shares_word {
        return None;
    }
    let service = named.services.first().map(|service| service.span.clone());
    service.or_else(|| named.drugs.first().map(|drug| drug.name_span.clone()))
}

/// The words of another item, where none of them is of this one.
fn other_item<'a, 'l: 'a, I: Iterator<Item = &'a Asked<'l>>>(
    named: &Asked<'_>,
    request: &Asked<'_>,
    others: impl FnOnce() -> I,
) -> Option<Span> {
    if request.is_named_by(named) || request.words.is_empty() {
        return None;
    }
    let words = telling_words(named.content, &named.span);
    let is_copied = |other: &&Asked<'_>| {
        let shared = words.iter().filter(|(word, _)| other.words.contains(word)).count();
        shared > 0 && (shared == words.len() || shared > 1 && shared * 2 > words.len())
    };
    let other = others().find(is_copied)?;
    words.iter().find(|(word, _)| other.words.contains(word)).map(|(_, span)| span.clone())
}

/// A thing of several words, most of which the letter has nowhere else: "the raised toilet seat" under a walker.
fn unheard_of(
    context: &ItemContext<'_>,
    argued: &Argued<'_>,
    named: &Asked<'_>,
    request: &Asked<'_>,
) -> Option<Span> {
    let words: Vec<(&str, Span)> = telling_words(named.content, &named.span)
        .into_iter()
        .filter(|(word, _)| !context.is_in("general", word))
        .collect();
    // "A visit to settle his fitness" says what it is for, and not what it is.
    let text = &named.content.text()[named.span.clone()];
    let is_phrase = !text.contains([',', ';', ':']) && !text.split_whitespace().any(|word| word == "to");
    if !is_phrase || request.is_named_by(named) || request.words.is_empty() || spells(request, &words) {
        return None;
    }
    let stem = |word: &str| word.get(..STEM).unwrap_or(word).to_owned();
    let is_asked = |word: &str| request.words.iter().any(|asked| asked.starts_with(&stem(word)));
    if words.iter().any(|(word, _)| is_asked(word)) {
        return None;
    }
    let letter = context.letter;
    let is_elsewhere = |word: &str| {
        let stem = stem(word);
        letter.blocks.iter().enumerate().any(|(index, block)| {
            let all = telling_words(&block.content, &(0..block.content.text().len()));
            let is_here = |span: &Span| index == argued.block && argued.holds(span);
            all.into_iter().any(|(other, span)| other.starts_with(&stem) && !is_here(&span))
        })
    };
    let unheard: Vec<&Span> =
        words.iter().filter(|(word, _)| !is_elsewhere(word)).map(|(_, span)| span).collect();
    // What no list names may go by another name.
    let is_known = request.services.len() + request.drugs.len() > 0;
    let least = if is_known { LEAST_UNHEARD } else { LEAST_UNHEARD + 1 };
    let is_most = unheard.len() >= least && unheard.len() * 2 >= words.len();
    is_most.then(|| unheard[0].start..unheard[unheard.len() - 1].end)
}

/// Whether the letters with which words begin are an abbreviation of the request ("ESWT").
fn spells(request: &Asked<'_>, words: &[(&str, Span)]) -> bool {
    let text = &request.content.text()[request.span.clone()];
    let mut abbreviations = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() > 1 && word.bytes().filter(u8::is_ascii_uppercase).count() > 1);
    let begins = |abbreviation: &str| {
        words.iter().all(|(word, _)| {
            let first = word.chars().next().map(|first| first.to_ascii_uppercase());
            first.is_some_and(|first| abbreviation.contains(first))
        })
    };
    abbreviations.any(begins)
}

/// What a sentence says is decided or asked for: the words before "is medically necessary", and those after "the request
/// is for".
fn subjects(context: &ItemContext<'_>, argued: &Argued<'_>) -> Vec<Span> {
    let content = argued.content;
    match argued.step {
        Step::Conclusion => {
            let conclusions = content.facts().conclusions.iter();
            let own = conclusions.filter(|conclusion| argued.holds(&conclusion.words));
            own.filter(|conclusion| conclusion.span.start < conclusion.words.start)
                .map(|conclusion| conclusion.span.start..conclusion.words.start)
                .collect()
        }
        Step::Request | Step::Statement if !argued.has(Cue::OtherTime) => {
            let tokens = argued.sentence.tokens.clone();
            // "The request is for", "At issue is": the token behind.
            let behind = |at: usize| {
                let first = content.lower(at);
                let begins = |words: &&str| {
                    words.strip_prefix(&*first).is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
                };
                context.words("asking").filter(begins).find_map(|words| {
                    let mut end = at;
                    for word in words.split(' ') {
                        if end >= tokens.end || content.lower(end) != word {
                            return None;
                        }
                        end += 1;
                    }
                    Some(end)
                })
            };
            let found = tokens.clone().find_map(behind).filter(|end| *end < tokens.end);
            found.map(|end| content.tokens[end].span.start..argued.sentence.span.end).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// What is asked for without what is only said of it ("160 hours, without …", "an MRI, which …").
fn without_addition(context: &ItemContext<'_>, argued: &Argued<'_>, subject: Span) -> Span {
    let content = argued.content;
    let from = content.tokens.partition_point(|token| token.span.start < subject.start);
    let first = content.tokens[from..].iter().take_while(|token| token.span.end <= subject.end).count();
    let end = (from + 1..from + first).find(|&at| context.is_in("additions", &content.lower(at)));
    end.map_or(subject.clone(), |end| subject.start..content.tokens[end].span.start)
}

fn draft(letter: &Letter, found: Place, asked: Place) -> Draft {
    let text = |place: &Place| Arg::letter(&letter.blocks[place.block].content.text()[place.span.clone()]);
    Draft::new(found.clone(), "message").arg("found", text(&found)).arg("asked", text(&asked)).related(
        asked,
        "request",
        Vec::new(),
    )
}
