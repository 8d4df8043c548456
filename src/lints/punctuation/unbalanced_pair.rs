//! A bracket or quotation mark without its partner.

use crate::engine::{Arg, BlockContext, Draft, Sink};
use crate::text::{Gap, TokenKind};

pub fn check(context: &BlockContext<'_>, sink: &mut Sink) {
    brackets(context, sink);
    quotations(context, sink);
}

fn brackets(context: &BlockContext<'_>, sink: &mut Sink) {
    let content = context.content;
    let mut open: Vec<usize> = Vec::new();
    // Where a list's number may have closed a bracket, the brackets behind it prove nothing.
    let mut is_doubtful = false;
    for at in 0..content.tokens.len() {
        match content.word(at) {
            "(" | "[" if !is_face(context, at) => open.push(at),
            mark @ (")" | "]") if !is_face(context, at) => {
                let is_list_number = mark == ")" && is_list_number(context, at);
                let begins_item = at >= 2 && matches!(content.word(at - 2), ":" | ";" | ",");
                match open.pop() {
                    Some(_) if is_list_number && begins_item => is_doubtful = true,
                    None if !is_list_number && !is_doubtful => push_unopened(context, at, sink),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    if !is_doubtful {
        open.into_iter().for_each(|at| push_unclosed(context, at, sink));
    }
}

/// ":)", ";)", ":(".
fn is_face(context: &BlockContext<'_>, at: usize) -> bool {
    at > 0
        && matches!(context.content.word(at - 1), ":" | ";")
        && context.content.tokens[at].gap == Gap::None
        && context.content.tokens[at - 1].gap != Gap::None
}

/// "2)", "a)", "iv)".
fn is_list_number(context: &BlockContext<'_>, at: usize) -> bool {
    let content = context.content;
    let Some(before) = at.checked_sub(1).filter(|_| content.tokens[at].gap == Gap::None) else {
        return false;
    };
    let word = content.word(before);
    // "lumbar2)": a list that was run into its sentence.
    let is_run_in = word.ends_with(|c: char| c.is_ascii_digit());
    let is_letter = word.len() == 1 && word.starts_with(char::is_alphabetic);
    let is_roman = word.len() < 5 && word.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    match content.tokens[before].kind {
        TokenKind::Number => word.len() < 3,
        TokenKind::Word => is_run_in || is_letter || is_roman,
        TokenKind::Mark => false,
    }
}

/// What a quotation mark may do where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quote {
    Opens,
    Closes,
    Either,
}

fn quotations(context: &BlockContext<'_>, sink: &mut Sink) {
    let content = context.content;
    let mut open: Option<usize> = None;
    for at in 0..content.tokens.len() {
        match (quote(context, at, open.is_some()), open) {
            (Some(Quote::Opens), Some(before)) => {
                // A quotation inside a quotation has other marks: the one before was never closed.
                if content.word(before) == content.word(at) {
                    push_unclosed(context, before, sink);
                }
                open = Some(at);
            }
            (Some(Quote::Opens), None) => open = Some(at),
            (Some(Quote::Closes), _) => open = None,
            (Some(Quote::Either), _) => return,
            (None, _) => {}
        }
    }
    if let Some(at) = open
        && ends_with_its_sentence(context, at)
    {
        push_unclosed(context, at, sink);
    }
}

fn quote(context: &BlockContext<'_>, at: usize, is_open: bool) -> Option<Quote> {
    let content = context.content;
    let token = &content.tokens[at];
    match content.word(at) {
        // Behind a letter it is a dash that was decoded wrongly.
        "\u{201c}" if token.gap == Gap::None && !follows_bracket(context, at) => return Some(Quote::Either),
        "\u{201c}" => return Some(Quote::Opens),
        "\u{201d}" => return Some(Quote::Closes),
        "\"" => {}
        _ => return None,
    }
    let before_glued = token.gap == Gap::None;
    let after_glued = content.tokens.get(at + 1).is_some_and(|next| next.gap == Gap::None);
    let is_inch = before_glued && content.tokens[at - 1].kind == TokenKind::Number;
    match (before_glued, after_glued) {
        _ if is_inch && !is_open => None,
        _ if is_inch => Some(Quote::Either),
        _ if follows_bracket(context, at) => Some(Quote::Opens),
        (false, true) => Some(Quote::Opens),
        (true, false) => Some(Quote::Closes),
        (true, true) if content.tokens[at + 1].kind == TokenKind::Mark => Some(Quote::Closes),
        _ => Some(Quote::Either),
    }
}

fn follows_bracket(context: &BlockContext<'_>, at: usize) -> bool {
    context.content.tokens[at].gap == Gap::None
        && at > 0
        && matches!(context.content.word(at - 1), "(" | "[" | "-" | "\u{2014}" | "/")
}

/// The block ends with the sentence in which the quotation opens, and nothing announces a longer one.
fn ends_with_its_sentence(context: &BlockContext<'_>, at: usize) -> bool {
    let content = context.content;
    let is_last = content.sentences.last().is_some_and(|last| last.tokens.contains(&at));
    let is_announced = at == 0
        || matches!(content.word(at - 1), ":" | "," | "-" | "\u{2014}" | ".")
        || matches!(
            content.word(at - 1).to_lowercase().as_str(),
            "that" | "states" | "stated" | "says" | "reads" | "notes" | "noted" | "recommends"
        );
    is_last && !is_announced && content.sentences.last().is_some_and(|last| last.tokens.start != at)
}

fn push_unclosed(context: &BlockContext<'_>, at: usize, sink: &mut Sink) {
    let tokens = &context.content.tokens;
    let end = tokens.get(at + 1).filter(|next| next.gap == Gap::None).unwrap_or(&tokens[at]).span.end;
    let span = tokens[at].span.start..end;
    let found = Arg::letter(&context.content.text()[span.clone()]);
    sink.push(Draft::new(context.place(span), "message").arg("found", found));
}

fn push_unopened(context: &BlockContext<'_>, at: usize, sink: &mut Sink) {
    let found = Arg::letter(context.content.word(at));
    sink.push(
        Draft::new(context.place(context.content.tokens[at].span.clone()), "unopened").arg("found", found),
    );
}
