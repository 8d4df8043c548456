//! A numbered list that was run into a sentence.

use crate::engine::{Arg, BlockContext, Draft, Sink};
use crate::text::{Gap, Span, TokenKind};

/// Words and marks of the longest item that a sentence lists.
const LONGEST_ITEM: usize = 25;

pub fn check(context: &BlockContext<'_>, sink: &mut Sink) {
    let tokens = &context.content.tokens;
    let mut lists: [Option<List>; Style::ALL.len()] = Default::default();
    let mut open_brackets = 0_usize;
    for at in 0..tokens.len() {
        let number = match context.content.word(at) {
            "(" => {
                open_brackets += 1;
                None
            }
            ")" => {
                let number = number_before(context, at, open_brackets)
                    .or_else(|| letter_before(context, at, open_brackets));
                open_brackets = open_brackets.saturating_sub(1);
                number
            }
            "." => number_with_stop(context, at),
            "#" => number_with_hash(context, at),
            _ => None,
        };
        if let Some(number) = number {
            take(context, &mut lists[number.style as usize], &number, sink);
        }
    }
}

/// How a list is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// "2)" or "(2)".
    Bracket,
    /// "b)" or "(b)".
    Letter,
    /// "2."
    Stop,
    /// "#2".
    Hash,
}

impl Style {
    const ALL: [Self; 4] = [Self::Bracket, Self::Letter, Self::Stop, Self::Hash];
}

/// A list's number.
struct Number {
    value: usize,
    style: Style,
    /// Its digits and marks.
    span: Span,
    /// Whether the item before runs into it without a blank.
    is_glued: bool,
    /// Whether nothing but a blank stands between it and the item before.
    is_unmarked: bool,
}

/// The list that is being read.
struct List {
    first: Span,
    last: Number,
    /// Whether every item so far has words: "(1), (2) and (4)" names items of a list elsewhere.
    has_words: bool,
    /// Whether it was said that its items lack marks between them: once is enough.
    is_told: bool,
}

/// Whether a number only names an item of a list that stands elsewhere: "denied (b), (c) and (d) in full".
fn is_reference(context: &BlockContext<'_>, number: &Number) -> bool {
    let content = context.content;
    let next = content.tokens.partition_point(|token| token.span.start < number.span.end);
    let is_mark = content.tokens.get(next).is_some_and(|token| {
        token.kind == TokenKind::Mark
            && token.gap == Gap::None
            && matches!(content.word(next), "," | ";" | "." | ")")
    });
    matches!(number.style, Style::Bracket | Style::Letter)
        && (is_mark || context.is_in("behind-reference", &content.lower(next)))
}

fn take(context: &BlockContext<'_>, list: &mut Option<List>, number: &Number, sink: &mut Sink) {
    if is_reference(context, number) {
        return;
    }
    let current = || Number { span: number.span.clone(), ..*number };
    if number.value == 1 {
        *list = Some(List { first: number.span.clone(), last: current(), has_words: true, is_told: false });
        return;
    }
    let Some(list) = list else { return };
    let item = list.last.span.end..number.span.start;
    let has_words = list.has_words && has_words(context, &item);
    let found = &context.content.text()[number.span.clone()];
    let is_next = number.value == list.last.value + 1;
    let begins_line = |number: &Number| matches!(gap_before(context, &number.span), Gap::Start | Gap::Wrap);
    let is_vertical = begins_line(number) && begins_line(&list.last);
    let is_run_in = is_next
        && number.is_unmarked
        && has_words
        && !is_vertical
        && !list.is_told
        && is_short(context, &item);
    let is_jump = number.style == Style::Bracket
        && !number.is_glued
        && list.last.value > 1
        && number.value == list.last.value + 2
        && has_words;
    let draft = if is_next && number.is_glued || is_run_in {
        list.is_told |= is_run_in;
        Draft::new(context.place(number.span.clone()), "message").arg("found", Arg::letter(found))
    } else if is_jump {
        Draft::new(context.place(number.span.clone()), "jump")
            .arg("before", Arg::term(list.last.value.to_string()))
            .arg("found", Arg::term(number.value.to_string()))
    } else {
        if is_next {
            (list.last, list.has_words) = (current(), has_words);
        }
        return;
    };
    sink.push(draft.related(context.place(list.first.clone()), "first", Vec::new()));
    (list.last, list.has_words) = (current(), has_words);
}

fn gap_before(context: &BlockContext<'_>, span: &Span) -> Gap {
    let tokens = &context.content.tokens;
    let at = tokens.partition_point(|token| token.span.start < span.start);
    tokens.get(at).map_or(Gap::None, |token| token.gap)
}

/// Whether an item is no longer than what a sentence lists.
fn is_short(context: &BlockContext<'_>, item: &Span) -> bool {
    let tokens = &context.content.tokens;
    let at = |offset: usize| tokens.partition_point(|token| token.span.start < offset);
    at(item.end) - at(item.start) <= LONGEST_ITEM
}

/// Whether an item says more than "and".
fn has_words(context: &BlockContext<'_>, item: &Span) -> bool {
    let tokens = &context.content.tokens;
    let first = tokens.partition_point(|token| token.span.start < item.start);
    tokens[first..].iter().take_while(|token| token.span.end <= item.end).any(|token| {
        token.kind == TokenKind::Word
            && !matches!(&context.content.text()[token.span.clone()], "and" | "or" | "to")
    })
}

/// The list's number that ends at a closing bracket; none where the bracket closes a longer remark ("(see Table2)").
fn number_before(context: &BlockContext<'_>, bracket: usize, open_brackets: usize) -> Option<Number> {
    let tokens = &context.content.tokens;
    let at = bracket.checked_sub(1).filter(|_| tokens[bracket].gap == Gap::None)?;
    let word = context.content.word(at);
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &word[letters.len()..];
    if digits.is_empty() || digits.len() > 2 || digits.starts_with('0') {
        return None;
    }
    let value = digits.parse().ok()?;
    let is_decimal = tokens[at].kind == TokenKind::Number && !letters.is_empty();
    let opener = at
        .checked_sub(1)
        .filter(|&before| context.content.word(before) == "(" && tokens[at].gap == Gap::None);
    if is_decimal || opener.is_none() && open_brackets > 0 {
        return None;
    }
    let first = opener.unwrap_or(at);
    let stands_alone = tokens[first].gap != Gap::None;
    let before =
        first.checked_sub(1).map(|before| context.content.word(before).to_lowercase()).unwrap_or_default();
    let is_counted = |word: &str| context.is_in("counted", &word.to_lowercase());
    let is_glued = match tokens[at].kind {
        TokenKind::Word => {
            opener.is_none() && letters.chars().count() > 2 && letters.chars().all(char::is_lowercase)
        }
        TokenKind::Number => {
            let ends_item = before.ends_with([')', '.', ']', '%'])
                || opener.is_some() && before.ends_with(char::is_lowercase);
            !stands_alone && ends_item
        }
        TokenKind::Mark => false,
    };
    let is_listed = is_glued
        || tokens[at].kind == TokenKind::Number
            && (stands_alone || matches!(before.as_str(), ":" | ";" | ","));
    if !is_listed || is_counted(letters) || letters.is_empty() && is_counted(&before) {
        return None;
    }
    let start =
        if opener.is_some() { tokens[first].span.start } else { tokens[at].span.start + letters.len() };
    Some(Number {
        value,
        style: Style::Bracket,
        span: start..tokens[bracket].span.end,
        is_glued,
        is_unmarked: !is_glued && is_unmarked(context, first),
    })
}

/// The list's letter that ends at a closing bracket: "b)", "(b)".
fn letter_before(context: &BlockContext<'_>, bracket: usize, open_brackets: usize) -> Option<Number> {
    let tokens = &context.content.tokens;
    let at = bracket.checked_sub(1).filter(|_| tokens[bracket].gap == Gap::None)?;
    let letter = context.content.word(at).bytes().next().filter(u8::is_ascii_lowercase)?;
    let opener = at
        .checked_sub(1)
        .filter(|&before| context.content.word(before) == "(" && tokens[at].gap == Gap::None);
    let first = opener.unwrap_or(at);
    let stands_alone = tokens[first].gap != Gap::None;
    let is_letter = tokens[at].span.len() == 1 && stands_alone && (opener.is_some() || open_brackets == 0);
    is_letter.then(|| Number {
        value: usize::from(letter - b'a') + 1,
        style: Style::Letter,
        span: tokens[first].span.start..tokens[bracket].span.end,
        is_glued: false,
        is_unmarked: is_unmarked(context, first),
    })
}

/// The list's number that ends at a stop: "2. ice". "In week 1. The" ends a sentence: a list whose items have capitals
/// is announced ("The plan: 1. Ice").
fn number_with_stop(context: &BlockContext<'_>, stop: usize) -> Option<Number> {
    let tokens = &context.content.tokens;
    let at = stop.checked_sub(1).filter(|_| tokens[stop].gap == Gap::None)?;
    let next = tokens.get(stop + 1)?;
    let is_small = context.content.word(stop + 1).starts_with(char::is_lowercase);
    let is_announced = at > 0 && context.content.word(at - 1) == ":";
    let begins_item = next.kind == TokenKind::Word
        && next.gap != Gap::Wrap
        && (is_small || is_announced || context.content.word(at) != "1");
    let value = begins_item.then(|| plain_number(context, at)).flatten()?;
    let is_free = tokens[at].gap != Gap::None && !is_counted_before(context, at);
    is_free.then(|| Number {
        value,
        style: Style::Stop,
        span: tokens[at].span.start..tokens[stop].span.end,
        is_glued: false,
        is_unmarked: is_unmarked(context, at),
    })
}

/// The list's number behind "#": "#2 ankle pain".
fn number_with_hash(context: &BlockContext<'_>, hash: usize) -> Option<Number> {
    let tokens = &context.content.tokens;
    let (at, next) = (hash + 1, tokens.get(hash + 2)?);
    let begins_item = next.kind == TokenKind::Word && next.gap != Gap::None;
    let is_number = begins_item && tokens[at].gap == Gap::None && tokens[hash].gap != Gap::None;
    let value = is_number.then(|| plain_number(context, at)).flatten()?;
    (!is_counted_before(context, hash)).then(|| Number {
        value,
        style: Style::Hash,
        span: tokens[hash].span.start..tokens[at].span.end,
        is_glued: false,
        is_unmarked: is_unmarked(context, hash),
    })
}

/// One or two digits.
fn plain_number(context: &BlockContext<'_>, at: usize) -> Option<usize> {
    let word = context.content.word(at);
    let is_plain = word.len() < 3 && word.bytes().all(|byte| byte.is_ascii_digit()) && !word.starts_with('0');
    is_plain.then(|| word.parse().ok()).flatten()
}

fn is_counted_before(context: &BlockContext<'_>, at: usize) -> bool {
    at > 0 && context.is_in("counted", &context.content.word(at - 1).to_lowercase())
}

/// The item before ends with a word or a closed remark, neither with a mark nor with its line.
fn is_unmarked(context: &BlockContext<'_>, first: usize) -> bool {
    let content = context.content;
    let Some(before) = first.checked_sub(1) else { return false };
    let token = &content.tokens[first];
    let is_spaced = match token.gap {
        Gap::Blank => true,
        Gap::Wrap => content.logical.ends_full_line(token.span.start),
        Gap::Start | Gap::None | Gap::Blanks => false,
    };
    let ends_item = match content.tokens[before].kind {
        TokenKind::Word => !context.is_in("links", &content.word(before).to_lowercase()),
        TokenKind::Number => true,
        TokenKind::Mark => matches!(content.word(before), ")" | "%" | "\""),
    };
    is_spaced && ends_item && !is_counted_before(context, first)
}
