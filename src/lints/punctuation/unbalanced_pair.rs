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
                    Some(opener) if is_other_kind(context, opener, at) => {
                        push_mismatch(context, opener, at, sink)
                    }
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

/// "(ibuprofen, omeprazole]", but no interval ("[0, 5)").
fn is_other_kind(context: &BlockContext<'_>, opener: usize, closer: usize) -> bool {
    let content = context.content;
    let is_pair = matches!((content.word(opener), content.word(closer)), ("(", ")") | ("[", "]"));
    let within = &content.tokens[opener + 1..closer];
    // An interval has two ends.
    !is_pair && (within.len() == 1 || within.iter().any(|token| token.kind == TokenKind::Word))
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
            (Some(Quote::Closes), None) if closes_inside_sentence(context, at) => {
                push_unopened(context, at, sink)
            }
            (Some(Quote::Closes), _) => open = None,
            (Some(Quote::Either), _) => return,
            (None, _) => {}
        }
    }
    if let Some(at) = open
        && (ends_with_its_sentence(context, at) || is_wording(context, at))
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
        // "post-": a mark behind a hyphen closes what is open.
        _ if is_open && before_glued && matches!(content.word(at - 1), "-" | "\u{2014}" | "/") => {
            Some(Quote::Closes)
        }
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

/// A mark behind a word, inside a sentence: a quotation that began in the paragraph before ends with a sentence.
fn closes_inside_sentence(context: &BlockContext<'_>, at: usize) -> bool {
    let content = context.content;
    let is_word = |token: usize| content.tokens.get(token).is_some_and(|token| token.kind == TokenKind::Word);
    at > 0
        && content.tokens[at].gap == Gap::None
        && is_word(at - 1)
        && content.word(at - 1).is_ascii()
        && is_word(at + 1)
        && content.tokens[at + 1].gap.is_space()
        && content.word(at + 1).starts_with(char::is_lowercase)
}

/// A few words that a sentence quotes (the gait was "guarded): a passage that goes on in the next paragraph begins
/// with a capital, or is announced.
fn is_wording(context: &BlockContext<'_>, at: usize) -> bool {
    let content = context.content;
    let begins_small = content.tokens.get(at + 1).is_some_and(|next| next.gap == Gap::None)
        && content.word(at + 1).starts_with(char::is_lowercase);
    begins_small && !is_announced(context, at)
}

/// The block ends with the sentence in which the quotation opens, and nothing announces a longer one.
fn ends_with_its_sentence(context: &BlockContext<'_>, at: usize) -> bool {
    let content = context.content;
    let is_last = content.sentences.last().is_some_and(|last| last.tokens.contains(&at));
    is_last
        && !is_announced(context, at)
        && content.sentences.last().is_some_and(|last| last.tokens.start != at)
}

/// "The chapter states", "the note reads:".
fn is_announced(context: &BlockContext<'_>, at: usize) -> bool {
    let content = context.content;
    at == 0
        || matches!(content.word(at - 1), ":" | "," | "-" | "\u{2014}" | ".")
        || matches!(
            content.word(at - 1).to_lowercase().as_str(),
            "that" | "states" | "stated" | "says" | "reads" | "notes" | "noted" | "recommends"
        )
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

fn push_mismatch(context: &BlockContext<'_>, opener: usize, closer: usize, sink: &mut Sink) {
    let tokens = &context.content.tokens;
    sink.push(
        Draft::new(context.place(tokens[closer].span.clone()), "mismatch")
            .arg("found", Arg::letter(context.content.word(closer)))
            .arg("opener", Arg::letter(context.content.word(opener)))
            .related(context.place(tokens[opener].span.clone()), "opens", Vec::new()),
    );
}
