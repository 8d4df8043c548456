//! Rationales of one letter that are one paragraph with the nouns swapped.

use std::cell::LazyCell;
use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::engine::{Arg, Draft, LetterContext, Level, Sink};
use crate::letter::facts::{Polarity, Strength};
use crate::letter::{Item, Letter, Place, Role, SentenceKind};
use crate::text::{Key, Span, Token, TokenKind};

/// Two sentences are one when so much of their words is shared, the items' own nouns aside.
const SAME: f64 = 0.65;
/// A rationale is another one's when so much of it is.
const MOST: f64 = 0.5;
/// Sentences below so many words are alike by chance.
const LEAST_WORDS: usize = 7;
/// Shared words below which two rationales are alike by chance.
const LEAST_SHARED: usize = 20;
/// No letter has more items; the comparison grows with their square.
const MOST_ITEMS: usize = 40;

/// What a rationale says in the reviewer's own words of the patient and the request.
struct Rationale<'l> {
    item: &'l Item,
    /// Nouns of the request.
    nouns: BTreeSet<&'l str>,
    /// Those of them that name a part of the body, which may be common to requests of any kind.
    parts: BTreeSet<&'l str>,
    sentences: Vec<OwnSentence>,
}

struct OwnSentence {
    place: Place,
    /// Its words without the request's nouns, sorted; one that is said twice stands twice.
    words: Vec<Key>,
    /// A bit for each of these, which two words may share.
    marks: u64,
    length: usize,
    /// What a guideline says: rationales may share it, and it only tells beside sentences that are the reviewer's own.
    is_guideline: bool,
}

/// A rationale that repeats an earlier one.
struct Paste<'r> {
    later: &'r Rationale<'r>,
    earlier: &'r Rationale<'r>,
    /// Their sentences that are one: the later one's and the earlier one's.
    pairs: Vec<(&'r OwnSentence, &'r OwnSentence)>,
}

pub fn check(context: &LetterContext<'_>, sink: &mut Sink) {
    let letter = context.letter;
    if letter.items.len() < 2 {
        return;
    }
    let rationales: Vec<Rationale<'_>> =
        letter.items.iter().take(MOST_ITEMS).map(|item| Rationale::of(letter, item)).collect();
    let pastes: Vec<Paste<'_>> = rationales
        .iter()
        .enumerate()
        .flat_map(|(index, later)| {
            rationales[..index].iter().filter_map(move |earlier| paste(letter, later, earlier))
        })
        .collect();
    // A service of which the summary speaks may be told as history in both.
    let summary = LazyCell::new(|| summary_words(letter));
    let carried = pastes.iter().find_map(|paste| carried_noun(letter, paste, |noun| summary.contains(noun)));
    if let Some((place, noun, paste)) = carried {
        let first = paste.pairs[0].1.place.clone();
        sink.push(
            Draft::new(place, "carried")
                .arg("noun", Arg::letter(&noun))
                .related(first, "first", Vec::new())
                .raise(Level::Warning),
        );
    } else if let Some(paste) = pastes.first() {
        let earlier = paste.pairs[0].1.place.clone();
        sink.push(Draft::new(paste.passage(), "message").related(earlier, "first", Vec::new()));
    }
}

impl<'r> Paste<'r> {
    /// The later one's passage, from the first to the last sentence that it shares.
    fn passage(&self) -> Place {
        let first = &self.pairs[0].0.place;
        let of_block = self.pairs.iter().filter(|(later, _)| later.place.block == first.block);
        let end = of_block.map(|(later, _)| later.place.span.end).max().unwrap_or(first.span.end);
        Place { block: first.block, span: first.span.start..end }
    }
}

impl<'l> Rationale<'l> {
    fn of(letter: &'l Letter, item: &'l Item) -> Self {
        let nouns = request_nouns(letter, item);
        let sentences = letter
            .rationale(item)
            .flat_map(|block| {
                own_sentences(letter, block)
                    .map(move |(span, is_guideline)| (Place { block, span }, is_guideline))
            })
            .filter_map(|(place, is_guideline)| {
                let length = words_in(letter, &place).count();
                let own = words_in(letter, &place).filter(|(word, _)| !nouns.contains(stem(word)));
                let mut words: Vec<Key> = own.map(|(_, token)| token.key).collect();
                words.sort_unstable();
                let marks = words.iter().fold(0, |marks, word| marks | word.mark());
                (length >= LEAST_WORDS).then_some(OwnSentence { place, words, marks, length, is_guideline })
            })
            .collect();
        let parts = request_parts(letter, item);
        Self { item, nouns, parts, sentences }
    }
}

/// The sentences of a block that the reviewer wrote, and whether a guideline speaks: nobody's words, no conclusion.
fn own_sentences(letter: &Letter, block: usize) -> impl Iterator<Item = (Span, bool)> {
    let content = &letter.blocks[block].content;
    let conclusions = &content.facts().conclusions;
    content.sentences.iter().enumerate().filter_map(move |(at, sentence)| {
        let concludes = conclusions
            .iter()
            .filter(|conclusion| conclusion.sentence == at && conclusion.polarity != Polarity::Reported)
            .any(|conclusion| conclusion.strength == Strength::Necessity || conclusion.introducer.is_some());
        let is_own = sentence.kind != SentenceKind::Attributed && !concludes;
        let is_guideline = sentence.kind == SentenceKind::Guideline;
        let span = sentence.span.start.max(content.body_start)..sentence.span.end.max(content.body_start);
        let names_request = content.text()[span.clone()].starts_with("The request is for");
        (is_own && !names_request && span.start < span.end).then_some((span, is_guideline))
    })
}

/// The words at a place in small letters, with their tokens.
fn words_in<'l>(letter: &'l Letter, place: &Place) -> impl Iterator<Item = (&'l str, &'l Token)> + use<'l> {
    let content = &letter.blocks[place.block].content;
    let within = place.span.clone();
    let first = content.tokens.partition_point(|token| token.span.start < within.start);
    content.tokens[first..]
        .iter()
        .take_while(move |token| token.span.end <= within.end)
        .filter(|token| token.kind != TokenKind::Mark)
        .map(|token| (token.small(content.text()), token))
}

/// The words of a request that tell it from another one.
fn request_nouns<'l>(letter: &'l Letter, item: &Item) -> BTreeSet<&'l str> {
    const COMMON: [&str; 34] = [
        "with",
        "without",
        "visit",
        "session",
        "week",
        "month",
        "time",
        "unit",
        "purchase",
        "rental",
        "request",
        "trial",
        "treatment",
        "service",
        "right",
        "left",
        "bilateral",
        "additional",
        "initial",
        "daily",
        "quantity",
        "tablet",
        "evaluation",
        "follow",
        "continued",
        "each",
        "series",
        "supply",
        "refill",
        "hour",
        "year",
        "appropriate",
        "outpatient",
        "pain",
    ];
    const SHORTEST: usize = 3;
    let Some(heading) = item.heading else { return BTreeSet::new() };
    let place = Place { block: heading, span: item.request.clone() };
    words_in(letter, &place)
        .map(|(word, _)| stem(word))
        .filter(|word| word.len() >= SHORTEST && word.chars().all(char::is_alphabetic))
        .filter(|word| {
            !COMMON.contains(word) && !matches!(*word, "the" | "for" | "and" | "per" | "times" | "over")
        })
        .collect()
}

/// The words of a request that name a part of the body.
fn request_parts<'l>(letter: &'l Letter, item: &Item) -> BTreeSet<&'l str> {
    let Some(heading) = item.heading else { return BTreeSet::new() };
    let regions = &letter.blocks[heading].content.facts().regions;
    let places = regions.iter().map(|region| Place { block: heading, span: region.span.clone() });
    places
        .flat_map(|place| words_in(letter, &place).map(|(word, _)| stem(word)).collect::<Vec<_>>())
        .collect()
}

/// A word without the "s" of its plural.
fn stem(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 3 && !stem.ends_with('s') => stem,
        _ => word,
    }
}

/// The sentences that two rationales share, where they are most of the later one. The same reason may hold for two drugs,
/// or for two requests of a kind.
fn paste<'r>(letter: &Letter, later: &'r Rationale<'r>, earlier: &'r Rationale<'r>) -> Option<Paste<'r>> {
    let things = |rationale: &'r Rationale<'r>| {
        rationale.nouns.difference(&rationale.parts).copied().collect::<BTreeSet<_>>()
    };
    let (mut of_later, mut of_earlier) = (things(later), things(earlier));
    if of_later.is_empty() || of_earlier.is_empty() {
        (of_later, of_earlier) = (later.nouns.clone(), earlier.nouns.clone());
    }
    let shared_nouns = of_later.intersection(&of_earlier).count();
    let is_alike = shared_nouns > 0 && 2 * shared_nouns >= of_later.len().min(of_earlier.len());
    if is_alike || names_drug(letter, later.item) && names_drug(letter, earlier.item) {
        return None;
    }
    let pairs: Vec<_> = later
        .sentences
        .iter()
        .filter_map(|sentence| {
            let same = earlier.sentences.iter().find(|other| are_same(sentence, other))?;
            Some((sentence, same))
        })
        .collect();
    let length = |sentences: &mut dyn Iterator<Item = &OwnSentence>| {
        sentences.map(|sentence| sentence.length).sum::<usize>()
    };
    let shared = length(&mut pairs.iter().map(|(sentence, _)| *sentence));
    let whole = length(&mut later.sentences.iter());
    let has_own = pairs.iter().any(|(sentence, _)| !sentence.is_guideline);
    let is_most = shared >= LEAST_SHARED && shared as f64 >= MOST * whole as f64;
    (has_own && is_most).then_some(Paste { later, earlier, pairs })
}

fn names_drug(letter: &Letter, item: &Item) -> bool {
    item.heading.is_some_and(|block| !letter.blocks[block].content.facts().drugs.is_empty())
}

/// Whether so much of two sentences' sorted words is shared that they are one (Dice's coefficient). Most pairs differ too
/// much in length, or in the marks of their words, to share enough.
fn are_same(one: &OwnSentence, other: &OwnSentence) -> bool {
    let (words, others) = (&one.words, &other.words);
    let enough = |shared: usize| 2.0 * shared as f64 >= SAME * (words.len() + others.len()) as f64;
    // Each mark that the other lacks is of a word that it lacks.
    let most = |one: &OwnSentence, other: &OwnSentence| {
        one.words.len() - (one.marks & !other.marks).count_ones() as usize
    };
    let most = most(one, other).min(most(other, one));
    most > 0 && enough(most) && enough(shared(words, others))
}

fn shared(mut one: &[Key], mut other: &[Key]) -> usize {
    let mut shared = 0;
    while let ([first, rest @ ..], [second, others @ ..]) = (one, other) {
        match first.cmp(second) {
            Ordering::Less => one = rest,
            Ordering::Greater => other = others,
            Ordering::Equal => {
                shared += 1;
                (one, other) = (rest, others);
            }
        }
    }
    shared
}

/// A noun of the earlier item in the place of the later one's: "why a personal trainer is requested" of a gym membership.
fn carried_noun<'p>(
    letter: &Letter,
    paste: &'p Paste<'p>,
    is_told: impl Fn(&str) -> bool,
) -> Option<(Place, String, &'p Paste<'p>)> {
    const NEAR: usize = 5;
    const REQUEST: [&str; 10] =
        ["request", "requested", "requests", "asked", "asks", "why", "need", "needs", "needed", "prescribed"];
    paste.pairs.iter().find_map(|(later, _)| {
        let words: Vec<(&str, &Token)> = words_in(letter, &later.place).collect();
        let names_own = words.iter().any(|(word, _)| paste.later.nouns.contains(stem(word)));
        let (noun, span) = words.iter().enumerate().find_map(|(at, &(word, token))| {
            let stemmed = stem(word);
            let is_other = paste.earlier.nouns.contains(stemmed) && !paste.later.nouns.contains(stemmed);
            let is_requested =
                words[at.saturating_sub(NEAR)..at].iter().any(|(before, _)| REQUEST.contains(before));
            let stands_alone = !names_own && !is_told(stemmed);
            (is_other && (is_requested || stands_alone)).then(|| (word.to_owned(), token.span.clone()))
        })?;
        Some((Place { block: later.place.block, span }, noun, paste))
    })
}

fn summary_words(letter: &Letter) -> BTreeSet<&str> {
    let blocks = letter.blocks.iter().enumerate().filter(|(_, block)| block.role == Role::Summary);
    blocks
        .flat_map(|(index, block)| {
            words_in(letter, &Place { block: index, span: 0..block.content.text().len() })
        })
        .map(|(word, _)| stem(word))
        .collect()
}
