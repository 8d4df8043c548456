//! A space that is missing between two words, or stands inside one.

use std::sync::LazyLock;

use foldhash::HashMap;

use crate::engine::{
    Applicability, Arg, BlockContext, Draft, DraftFix, Level, SentenceWords, Sink, with_case_of,
};
use crate::text::lexicon::{is_frequent, is_known, is_listed};
use crate::text::{Gap, Span, TokenKind, beginnings};

/// Two words that were joined: joined, as two, and whether a negation hides in it.
const JOINED: &str = include_str!("../../../lints/spelling/joined-words.tsv");

/// Letters of the longest part of a split word that is looked for.
const LONGEST_PART: usize = 10;

/// Letters of the shortest word that is taken apart from a small one that is on no list of pairs.
const SHORTEST_REST: usize = 4;

/// Letters of the shortest part of a split word that is no word.
const SHORTEST_STUMP: usize = 3;

/// Letters of the shortest pair of small words that is taken apart: shorter ones are often abbreviations.
const SHORTEST_PAIR: usize = 5;

/// A joined pair.
struct Pair {
    apart: &'static str,
    hides_negation: bool,
}

static PAIRS: LazyLock<HashMap<&'static str, Pair>> = LazyLock::new(|| {
    let lines = JOINED.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let (joined, apart) = (columns.next()?, columns.next()?);
            Some((joined, Pair { apart, hides_negation: columns.next() == Some("hides-negation") }))
        })
        .collect()
});

pub fn check(words: &SentenceWords<'_>, sink: &mut Sink) {
    let context = words.context;
    let content = context.content;
    for at in words.sentence.tokens.clone() {
        let token = &content.tokens[at];
        let draft = match token.kind {
            TokenKind::Number => unit_behind_number(context, at).or_else(|| word_behind_number(context, at)),
            TokenKind::Word => joined_pair(context, at)
                .or_else(|| small_before_capital(context, at))
                .or_else(|| number_behind_word(context, at))
                .or_else(|| split_word(context, at)),
            TokenKind::Mark => None,
        };
        // An extraction that loses hyphens joins words that the writer did not.
        if let Some(draft) = draft.filter(|_| !content.logical.runs_past_margin(token.span.start)) {
            sink.push(draft);
        }
    }
}

/// "12months", "6week": a blank is missing, or the hyphen before a noun.
fn unit_behind_number(context: &BlockContext<'_>, at: usize) -> Option<Draft> {
    let content = context.content;
    let next = content.tokens.get(at + 1).filter(|next| next.gap == Gap::None)?;
    let (number, unit) = (content.word(at), content.word(at + 1));
    let small = unit.to_lowercase();
    let starts_run = at == 0
        || content.tokens[at].gap != Gap::None
        || matches!(content.word(at - 1), "(" | "-" | "\u{2013}" | "\u{d7}" | "/");
    if !starts_run || next.kind != TokenKind::Word || number.starts_with('0') {
        return None;
    }
    let span = content.tokens[at].span.start..next.span.end;
    if context.is_in("units", &small) || number == "1" && context.is_in("single-units", &small) {
        return Some(missing(context, span, format!("{number} {unit}"), Applicability::Safe));
    }
    context
        .is_in("single-units", &small)
        .then(|| missing(context, span, format!("{number}-{unit}"), Applicability::Unsafe))
}

/// "8/10with", "2019and": a small word was joined to a number.
fn word_behind_number(context: &BlockContext<'_>, at: usize) -> Option<Draft> {
    let content = context.content;
    let next = content.tokens.get(at + 1).filter(|next| next.gap == Gap::None)?;
    let (number, word) = (content.word(at), content.word(at + 1));
    let goes_on = content.tokens.get(at + 2).is_some_and(|after| after.gap.is_space());
    (next.kind == TokenKind::Word && goes_on && context.is_in("behind-number", word)).then(|| {
        let span = content.tokens[at].span.start..next.span.end;
        missing(context, span, format!("{number} {word}"), Applicability::Safe)
    })
}

/// "inMarch", "theMTUS": a small word was joined to a month, a day or an abbreviation.
fn small_before_capital(context: &BlockContext<'_>, at: usize) -> Option<Draft> {
    let content = context.content;
    let word = content.word(at);
    let capital = word.find(char::is_uppercase).filter(|&capital| capital > 1)?;
    let (small, name) = word.split_at(capital);
    let is_short = || name.len() >= SHORTEST_STUMP && name.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_name = context.is_in("calendar", name) || is_short();
    let stands_alone = content.tokens[at].gap != Gap::None || at == 0;
    (stands_alone && is_name && context.is_in("small-words", small)).then(|| {
        let span = content.tokens[at].span.clone();
        missing(context, span, format!("{small} {name}"), Applicability::Safe)
    })
}

/// "notmedically", "ofthe".
fn joined_pair(context: &BlockContext<'_>, at: usize) -> Option<Draft> {
    let content = context.content;
    let word = content.word(at);
    if word.len() < 4
        || word.bytes().skip(1).any(|byte| !byte.is_ascii_alphabetic())
        || is_surname(context, at)
    {
        return None;
    }
    let small = word.to_ascii_lowercase();
    let (apart, hides_negation) = match PAIRS.get(small.as_str()) {
        Some(pair) => (pair.apart.to_owned(), pair.hides_negation),
        None => small_words(context, &small).or_else(|| unlisted_pair(context, at, &small))?,
    };
    let span = content.tokens[at].span.clone();
    let draft = missing(context, span, with_case_of(word, &apart), Applicability::Safe);
    Some(if hides_negation { draft.raise(Level::Error) } else { draft })
}

/// "Wasan AD,", "Wasan et al": an author's name.
fn is_surname(context: &BlockContext<'_>, at: usize) -> bool {
    const INITIALS: usize = 3;
    let content = context.content;
    let (next, behind) = (content.word(at + 1), content.word(at + 2));
    let are_initials =
        next.len() <= INITIALS && !next.is_empty() && next.bytes().all(|byte| byte.is_ascii_uppercase());
    let ends_name = matches!(behind, "," | "." | ";" | ":" | "et" | "and" | "(");
    content.word(at).starts_with(char::is_uppercase)
        && (are_initials && ends_name || next == "et" && behind == "al")
}

/// "underthe", "painis": a small word and another, or a noun and a small word; and whether one is a negation.
fn small_words(context: &BlockContext<'_>, joined: &str) -> Option<(String, bool)> {
    if context.is_in("single-words", joined) {
        return None;
    }
    let (small, nouns) = (context.set("first-parts"), context.set("nouns"));
    let inside = 2..joined.len().saturating_sub(1);
    beginnings(joined).filter(|(end, _)| inside.contains(end)).find_map(|(end, first_key)| {
        let (first, second) = joined.split_at(end);
        let is_pair =
            joined.len() >= SHORTEST_PAIR && small.has(first_key) && context.is_in("second-parts", second)
                || nouns.has(first_key) && context.is_in("behind-noun", second);
        let is_negation = |word: &str| matches!(word, "not" | "no" | "without");
        is_pair.then(|| (format!("{first} {second}"), is_negation(first) || is_negation(second)))
    })
}

/// "thisprogress", "fiveweeks", "aladder", "onher": no list has it, and everybody uses both parts, of which one is small.
fn unlisted_pair(context: &BlockContext<'_>, at: usize, joined: &str) -> Option<(String, bool)> {
    let content = context.content;
    let is_plain = joined.len() > SHORTEST_REST
        && content.tokens[at].gap != Gap::None
        && content.word(at).bytes().all(|byte| byte.is_ascii_lowercase())
        && (!context.is_glued(at + 1) || matches!(context.word(at + 1), "." | "," | ";" | ":" | ")"));
    if !is_plain
        || is_listed(joined)
        || context.is_in("single-words", joined)
        || content.is_at_lost_hyphen(at)
    {
        return None;
    }
    // A word that is built of known elements is taken apart only at a word that builds none.
    let is_built = is_known(joined);
    let is_long = |word: &str| word.len() >= SHORTEST_REST && is_frequent(word);
    let is_small = |word: &str| context.is_in("small-words", word);
    let splits = |end: &usize| {
        let (first, second) = joined.split_at(*end);
        let builds = |word: &str| !context.is_in("builds-none", word);
        if is_built && builds(first) && builds(second) {
            return false;
        }
        is_small(first) && (is_long(second) || is_small(second) && first.len() + second.len() >= SHORTEST_PAIR)
            || is_long(first) && context.is_in("small-behind", second)
            // "atraumatic" is without trauma.
            || first == "a"
                && second.len() > SHORTEST_REST
                && is_frequent(second)
                && !["ic", "al", "ous", "ile", "ive", "ed", "able"].iter().any(|end| second.ends_with(end))
    };
    let mut ends = (1..joined.len() - 1).filter(splits);
    let end = ends.next()?;
    // "an other" and "a nother": who can take it apart in two ways does not know.
    let (first, second) = joined.split_at(end);
    let is_negation = |word: &str| matches!(word, "not" | "no" | "without");
    ends.next().is_none().then(|| (format!("{first} {second}"), is_negation(first) || is_negation(second)))
}

/// "for12 weeks".
fn number_behind_word(context: &BlockContext<'_>, at: usize) -> Option<Draft> {
    let content = context.content;
    let word = content.word(at);
    let digits = word.find(|c: char| c.is_ascii_digit())?;
    let (letters, number) = word.split_at(digits);
    let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
    let stands_alone = content.tokens[at].gap != Gap::None || at == 0;
    (is_number && stands_alone && context.is_in("before-number", letters)).then(|| {
        let span = content.tokens[at].span.clone();
        missing(context, span, format!("{letters} {number}"), Applicability::Safe)
    })
}

fn missing(context: &BlockContext<'_>, span: Span, apart: String, applicability: Applicability) -> Draft {
    let found = &context.content.text()[span.clone()];
    Draft::new(context.place(span.clone()), "message")
        .arg("found", Arg::letter(found))
        .arg("wanted", Arg::letter(&apart))
        .fix(DraftFix::replace(context.place(span), apart, applicability))
}

/// "treat ment", "un able": a part of a word that is none by itself.
fn split_word(context: &BlockContext<'_>, at: usize) -> Option<Draft> {
    let content = context.content;
    let next = content.tokens.get(at + 1)?;
    if next.kind != TokenKind::Word || next.gap != Gap::Blank {
        return None;
    }
    let (first, second) = (content.word(at), content.word(at + 1));
    let is_small = |word: &str| word.bytes().all(|byte| byte.is_ascii_lowercase());
    // Most words are no such part; only then is the whole looked up.
    let is_out_of =
        || second == "out" && content.tokens.get(at + 2).is_some_and(|_| content.word(at + 2) == "of");
    let may_begin = || context.is_in("beginnings", first) && is_whole(context, first, second) && !is_out_of();
    let may_end = || context.is_in("endings", second) && !context.is_in("before-name", first);
    let is_split = first.len() > 1
        && first.is_char_boundary(1)
        && is_small(&first[1..])
        && is_small(second)
        && (first.len() <= LONGEST_PART && may_begin()
            || context.is_in("stems", first) && context.is_in("medical", second)
            || first == "to" && second == "day" && is_today(context, at)
            || first.len() > 2 && second.len() <= LONGEST_PART && may_end()
            || is_in_stumps(context, first, second))
        && !is_hyphenated(context, at);
    is_split.then(|| {
        let span = content.tokens[at].span.start..next.span.end;
        let joined = format!("{first}{second}");
        Draft::new(context.place(span.clone()), "split")
            .arg("found", Arg::letter(&content.text()[span.clone()]))
            .arg("wanted", Arg::letter(&joined))
            .fix(DraftFix::replace(context.place(span), joined, Applicability::Safe))
    })
}

/// "med ically", "grip ping", "swel ling": together a word that everybody uses, and one part is none.
fn is_in_stumps(context: &BlockContext<'_>, first: &str, second: &str) -> bool {
    let (first, is_long) = (first.to_ascii_lowercase(), first.len() + second.len() > 2 * SHORTEST_STUMP);
    let is_stump = |word: &str| !is_listed(word) && word.len() >= SHORTEST_STUMP;
    let may_be = is_long && (is_stump(&first) || is_stump(second) || context.is_in("doubled", second));
    may_be && is_frequent(&format!("{first}{second}"))
}

/// "Worse to day than before", but not "day to day" and "to day 5".
fn is_today(context: &BlockContext<'_>, at: usize) -> bool {
    let content = context.content;
    let before = at.checked_sub(1).map_or("", |before| content.word(before));
    let next = content.tokens.get(at + 2).map_or(".", |_| content.word(at + 2));
    !matches!(before, "day" | "up" | "from" | "prior" | "due" | "compared")
        && matches!(
            next,
            "." | "," | "than" | "and" | "but" | "for" | "with" | "because" | "the" | "he" | "she"
        )
}

fn is_whole(context: &BlockContext<'_>, first: &str, second: &str) -> bool {
    context.is_in("split", &format!("{first}{second}"))
}

/// "in-home able": the words belong to others beside them.
fn is_hyphenated(context: &BlockContext<'_>, at: usize) -> bool {
    let content = context.content;
    let glued = |token: usize| content.tokens.get(token).is_some_and(|token| token.gap == Gap::None);
    content.tokens[at].gap == Gap::None || glued(at + 2) && matches!(content.word(at + 2), "-" | "/")
}
