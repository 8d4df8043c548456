//! A word that no list has, near one that some list has, and used only once.

use foldhash::{HashMap, HashMapExt, HashSet};

use crate::engine::{Applicability, Arg, Draft, DraftFix, LetterContext, Sink};
use crate::letter::{Content, Place};
use crate::text::lexicon::{self, SLIP};
use crate::text::{Gap, TokenKind};

/// Letters of the shortest word that is looked at: shorter ones are abbreviations.
const SHORTEST: usize = 5;
/// A word of fewer letters is taken for a slip only of a word that the letter uses.
const SHORT: usize = 6;
/// A word of so many letters may hold a slip of the hand and one of the ear.
const LONG: usize = 8;
/// A longer one may hold two slips of the hand.
const LONGER: usize = 9;
/// The most words that are offered; where more fit, nobody can say which is meant.
const MOST: usize = 3;

pub fn check(context: &LetterContext<'_>, sink: &mut Sink) {
    let unknown = unknown_words(context);
    if unknown.is_empty() {
        return;
    }
    let said = Said::of(context, &unknown);
    for place in unknown {
        let content = &context.letter.blocks[place.block].content;
        let word = &content.text()[place.span.clone()];
        if said.times(word) != 1 {
            continue;
        }
        let mut meant = meant_for(word, &said);
        meant.retain(|wanted| !context.is_in("never-offered", wanted));
        if !meant.is_empty() {
            sink.push(draft(place, word, &meant));
        }
    }
}

/// Where words stand that no list has.
fn unknown_words(context: &LetterContext<'_>) -> Vec<Place> {
    let mut unknown = Vec::new();
    for (index, block) in context.letter.blocks.iter().enumerate() {
        if !context.is_in("roles", block.role.name()) {
            continue;
        }
        let content = &block.content;
        for (at, token) in content.tokens.iter().enumerate() {
            let word = content.word(at);
            let is_plain = token.kind == TokenKind::Word
                && word.len() >= SHORTEST
                && word.bytes().all(|byte| byte.is_ascii_lowercase());
            if is_plain && !lexicon::is_known(word) && !is_excused(content, at) {
                unknown.push(Place { block: index, span: token.span.clone() });
            }
        }
    }
    unknown
}

/// Parts of addresses, of names of files and of codes, and words that lost a hyphen at a line's end.
fn is_excused(content: &Content, at: usize) -> bool {
    let is_part = |mark: usize| {
        content.tokens.get(mark).is_some_and(|token| {
            let is_glued = mark < at || token.gap == Gap::None;
            is_glued && matches!(content.word(mark), "/" | "@" | "_" | "\\" | "'" | "\u{2019}" | "&" | "#")
        })
    };
    let glued_before = content.tokens[at].gap == Gap::None && at > 0;
    let is_stop_inside = |mark: usize| {
        content.tokens.get(mark + 1).is_some_and(|next| next.gap == Gap::None && next.kind != TokenKind::Mark)
            && content.word(mark) == "."
            && content.tokens[mark].gap == Gap::None
    };
    glued_before
        && (is_part(at - 1) || content.tokens[at - 1].kind != TokenKind::Mark || is_stop_inside(at - 1))
        || is_part(at + 1)
        || content.tokens.get(at + 1).is_some_and(|_| is_stop_inside(at + 1))
        || is_numbered(content, at)
        || content.is_at_lost_hyphen(at)
        || content.is_quoted_as_it_is(at)
}

/// "neurofascin-155": a number of a marker or a product.
fn is_numbered(content: &Content, at: usize) -> bool {
    let glued = |at: usize| content.tokens.get(at).is_some_and(|token| token.gap == Gap::None);
    content.word(at + 1) == "-"
        && glued(at + 1)
        && glued(at + 2)
        && content.tokens[at + 2].kind == TokenKind::Number
}

/// How often the letter says its words: the unknown ones, and those that they may be meant for.
struct Said<'l> {
    times: HashMap<&'l str, usize>,
    words: HashSet<String>,
}

impl<'l> Said<'l> {
    fn of(context: &LetterContext<'l>, unknown: &[Place]) -> Self {
        let mut times: HashMap<&str, usize> = HashMap::new();
        let mut words = HashSet::default();
        let blocks = &context.letter.blocks;
        for place in unknown {
            times.insert(&blocks[place.block].content.text()[place.span.clone()], 0);
        }
        for block in blocks {
            for (at, _) in
                block.content.tokens.iter().enumerate().filter(|(_, token)| token.kind == TokenKind::Word)
            {
                let small = block.content.word(at).to_lowercase();
                if let Some(times) = times.get_mut(small.as_str()) {
                    *times += 1;
                }
                words.insert(small);
            }
        }
        Self { times, words }
    }

    fn times(&self, word: &str) -> usize {
        self.times.get(word).copied().unwrap_or_default()
    }
}

/// The words that an unknown one can be meant for, those of the letter before others and frequent ones before rare ones;
/// none where too many fit.
fn meant_for(word: &str, said: &Said<'_>) -> Vec<String> {
    let budget = match word.len() {
        ..LONG => SLIP,
        LONG..LONGER => SLIP + 1,
        _ => 2 * SLIP,
    };
    let (mut cost, mut meant) = lexicon::nearest(word, budget);
    if meant.is_empty() {
        (cost, meant) = lexicon::nearest_built(word);
    }
    meant.retain(|wanted| !is_form_of(word, wanted) && (cost <= SLIP + 1 || keeps_letters(word, wanted)));
    let is_said = prefer(&mut meant, |wanted| said.words.contains(wanted));
    let is_frequent = prefer(&mut meant, lexicon::is_frequent);
    let most = if cost > SLIP || word.len() < SHORT { 1 } else { MOST };
    // A short word that is said once is an abbreviation as often as a slip.
    let is_likely = word.len() >= SHORT || is_said || is_frequent;
    if meant.len() > most || !is_likely { Vec::new() } else { meant }
}

/// Leaves those of some words that are better, if any is.
fn prefer(words: &mut Vec<String>, is_better: impl Fn(&str) -> bool) -> bool {
    let has_better = words.iter().any(|word| is_better(word));
    if has_better {
        words.retain(|word| is_better(word));
    }
    has_better
}

/// Whether two words differ in letters that were left out, added or changed places, but in none that was changed.
fn keeps_letters(word: &str, wanted: &str) -> bool {
    let (short, long) = if word.len() < wanted.len() { (word, wanted) } else { (wanted, word) };
    let count = |text: &str, letter: u8| text.bytes().filter(|&byte| byte == letter).count();
    (b'a'..=b'z').all(|letter| count(short, letter) <= count(long, letter))
}

/// A form that the lists lack: "rongeured" of "rongeur", "atraumatic" of "traumatic".
fn is_form_of(word: &str, wanted: &str) -> bool {
    let differ_by_ending = |longer: &str, shorter: &str| {
        longer
            .strip_prefix(shorter)
            .is_some_and(|end| matches!(end, "s" | "d" | "r" | "ly" | "e" | "a" | "y"))
    };
    let denied = word.strip_prefix('a').is_some_and(|rest| rest == wanted);
    differ_by_ending(word, wanted) || differ_by_ending(wanted, word) || denied
}

fn draft(place: Place, word: &str, meant: &[String]) -> Draft {
    let draft = Draft::new(place.clone(), "message")
        .arg("found", Arg::letter(word))
        .arg("wanted", Arg::term(meant.join("” or “")));
    meant.iter().fold(draft, |draft, wanted| {
        draft.fix(DraftFix::replace(place.clone(), wanted.as_str(), Applicability::Unsafe))
    })
}
