//! A numbered list that was run into a sentence.

use crate::engine::{Arg, BlockContext, Draft, Sink};
use crate::text::{Gap, Span, TokenKind};

pub fn check(context: &BlockContext<'_>, sink: &mut Sink) {
    let tokens = &context.content.tokens;
    let mut list: Option<List> = None;
    let mut open_brackets = 0_usize;
    for at in 0..tokens.len() {
        match context.content.word(at) {
            "(" => open_brackets += 1,
            ")" => {
                let number = number_before(context, at, open_brackets);
                open_brackets = open_brackets.saturating_sub(1);
                if let Some(number) = number {
                    take(context, &mut list, &number, sink);
                }
            }
            _ => {}
        }
    }
}

/// A list's number: "2)" or "(2)".
struct Number {
    value: usize,
    /// Its digits and brackets.
    span: Span,
    /// Whether the item before runs into it.
    is_glued: bool,
}

/// The list that is being read.
struct List {
    first: Span,
    last: Number,
    /// Whether every item so far has words: "(1), (2) and (4)" names items of a list elsewhere.
    has_words: bool,
}

fn take(context: &BlockContext<'_>, list: &mut Option<List>, number: &Number, sink: &mut Sink) {
    let current = || Number { span: number.span.clone(), ..*number };
    if number.value == 1 {
        *list = Some(List { first: number.span.clone(), last: current(), has_words: true });
        return;
    }
    let Some(list) = list else { return };
    let item = list.last.span.end..number.span.start;
    let has_words = list.has_words && has_words(context, &item);
    let found = &context.content.text()[number.span.clone()];
    let draft = if number.is_glued && number.value == list.last.value + 1 {
        Draft::new(context.place(number.span.clone()), "message").arg("found", Arg::letter(found))
    } else if !number.is_glued && list.last.value > 1 && number.value == list.last.value + 2 && has_words {
        Draft::new(context.place(number.span.clone()), "jump")
            .arg("before", Arg::term(list.last.value.to_string()))
            .arg("found", Arg::term(number.value.to_string()))
    } else if number.value == list.last.value + 1 {
        (list.last, list.has_words) = (current(), has_words);
        return;
    } else {
        return;
    };
    sink.push(draft.related(context.place(list.first.clone()), "first", Vec::new()));
    (list.last, list.has_words) = (current(), has_words);
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
    Some(Number { value, span: start..tokens[bracket].span.end, is_glued })
}
