//! Nearly the same sentence twice in one rationale.

use crate::engine::{Applicability, Draft, DraftFix, ItemContext, Sink};
use crate::letter::{Content, Place, Sentence, SentenceKind};
use crate::text::{Span, TokenKind};
use foldhash::{HashMap, HashSet};

/// Shorter sentences are alike by chance.
const FEWEST_WORDS: usize = 5;

/// Twice the shared words of two sentences against all of theirs, in percent.
const LEAST_ALIKE: usize = 85;

/// Shorter words seldom make two sentences say different things.
const SHORTEST_CONTENT: usize = 4;

/// Words that may differ though two sentences say the same.
const INTERCHANGEABLE: &[&str] = &[
    "guideline",
    "patient",
    "claimant",
    "worker",
    "applicant",
    "provider",
    "physician",
    "treater",
    "doctor",
    "records",
    "record",
    "documentation",
    "document",
    "notes",
    "request",
    "requested",
    "therefore",
    "however",
    "also",
    "specifically",
    "regarding",
    "concerning",
    "about",
    "does",
    "have",
    "been",
    "that",
    "this",
    "these",
    "those",
    "there",
    "with",
    "from",
    "injured",
    "treating",
    "medical",
    "furthermore",
    "additionally",
    "case",
    "such",
    "currently",
    "time",
    "thus",
    "hence",
];

/// Words that turn what a sentence says.
const TURNS: &[&str] = &["not", "no", "never", "without", "left", "right", "bilateral", "only", "cannot"];

struct Read<'l> {
    block: usize,
    /// Its number in the rationale.
    nth: usize,
    content: &'l Content,
    sentence: &'l Sentence,
    words: HashMap<String, usize>,
    count: usize,
    concludes: bool,
}

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    let mut sentences: Vec<Read<'_>> = Vec::new();
    let mut nth = 0;
    for block in letter.rationale(item) {
        let content = &letter.blocks[block].content;
        for sentence in &content.sentences {
            nth += 1;
            sentences.extend(Read::of(content, block, sentence, nth));
        }
    }
    for (index, later) in sentences.iter().enumerate() {
        if let Some(first) = sentences[..index].iter().find(|earlier| is_duplicate(earlier, later)) {
            let place = Place { block: later.block, span: later.sentence.span.clone() };
            let cut = Place { block: later.block, span: with_gap(later) };
            let first = Place { block: first.block, span: first.sentence.span.clone() };
            sink.push(
                Draft::new(place, "message")
                    .related(first, "first", Vec::new())
                    .fix(DraftFix::replace(cut, "", Applicability::Unsafe).titled("Remove the second")),
            );
        }
    }
}

impl<'l> Read<'l> {
    /// A sentence that is the writer's own and long enough.
    fn of(content: &'l Content, block: usize, sentence: &'l Sentence, nth: usize) -> Option<Self> {
        let in_body = |&token: &usize| content.tokens[token].span.start >= content.body_start;
        let spoken: Vec<String> = sentence
            .tokens
            .clone()
            .filter(in_body)
            .filter(|&token| content.tokens[token].kind != TokenKind::Mark)
            .map(|token| stem(&content.word(token).to_lowercase()))
            .collect();
        let opening: Vec<&str> = spoken.iter().take(4).map(String::as_str).collect();
        if sentence.kind == SentenceKind::Attributed
            || spoken.len() < FEWEST_WORDS
            || opening == ["the", "request", "is", "for"]
        {
            return None;
        }
        let mut words = HashMap::default();
        for word in &spoken {
            *words.entry(word.clone()).or_insert(0) += 1;
        }
        let mut conclusions = content.facts().conclusions.iter();
        let concludes = conclusions.any(|conclusion| {
            sentence.span.start <= conclusion.span.start && conclusion.span.start < sentence.span.end
        });
        Some(Self { block, nth, content, sentence, words, count: spoken.len(), concludes })
    }
}

/// A word in whatever number.
fn stem(word: &str) -> String {
    word.strip_suffix('s').filter(|stem| stem.len() > 2).unwrap_or(word).to_owned()
}

fn is_duplicate(earlier: &Read<'_>, later: &Read<'_>) -> bool {
    let shared: usize = earlier
        .words
        .iter()
        .map(|(word, count)| (*count).min(later.words.get(word).copied().unwrap_or(0)))
        .sum();
    if shared * 200 < LEAST_ALIKE * (earlier.count + later.count) {
        return false;
    }
    // Each component of a request has a conclusion of its own; one that follows its like is a slip.
    if earlier.concludes || later.concludes {
        return shared == earlier.count && shared == later.count && later.nth == earlier.nth + 1;
    }
    let (gone, new) = (only_in(earlier, later), only_in(later, earlier));
    let tells = |words: &HashSet<&str>| words.iter().any(|word| is_content(word));
    let turns = |words: &HashSet<&str>| {
        words.iter().any(|word| TURNS.contains(word) || word.starts_with(|c: char| c.is_ascii_digit()))
    };
    !(turns(&gone) || turns(&new) || tells(&gone) && tells(&new))
}

fn only_in<'r>(one: &'r Read<'_>, other: &Read<'_>) -> HashSet<&'r str> {
    one.words.keys().filter(|word| !other.words.contains_key(*word)).map(String::as_str).collect()
}

fn is_content(word: &str) -> bool {
    word.len() >= SHORTEST_CONTENT && !INTERCHANGEABLE.iter().any(|other| stem(other) == word)
}

/// A sentence with the blank that parts it from the one before, or behind it where it begins a paragraph.
fn with_gap(read: &Read<'_>) -> Span {
    let text = read.content.text();
    let span = &read.sentence.span;
    let before = text[read.content.body_start.min(span.start)..span.start].trim_end();
    if before.is_empty() {
        let behind = text[span.end..].len() - text[span.end..].trim_start().len();
        span.start..span.end + behind
    } else {
        read.content.body_start.min(span.start) + before.len()..span.end
    }
}
