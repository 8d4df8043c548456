//! A sentence that begins without a stop before it.

use crate::engine::{Applicability, Arg, BlockContext, Draft, DraftFix, Sink};
use crate::letter::{Field, Role};
use crate::text::{Gap, TokenKind};

pub fn check(context: &BlockContext<'_>, sink: &mut Sink) {
    for at in 1..context.content.tokens.len().saturating_sub(1) {
        if let Some(draft) = begun_without_stop(context, at) {
            sink.push(draft);
        }
    }
    if let Some(draft) = unfinished_conclusion(context) {
        sink.push(draft);
    }
}

/// "the pain is mild The gait is normal".
fn begun_without_stop(context: &BlockContext<'_>, at: usize) -> Option<Draft> {
    let content = context.content;
    let tokens = &content.tokens;
    let word = content.word(at);
    let begins = context.is_in("starters", word);
    if !begins && !context.is_in("small", word) {
        return None;
    }
    let before = content.word(at - 1);
    let is_plain = tokens[at - 1].kind == TokenKind::Word
        && before.chars().count() > 2
        && before.chars().all(|c| c.is_lowercase() || c == '\'' || c == '\u{2019}');
    let stands_apart = match tokens[at].gap {
        Gap::Blank => true,
        Gap::Blanks => begins,
        Gap::Wrap => ends_full_line(context, at),
        Gap::Start | Gap::None => false,
    };
    if !is_plain || !stands_apart || context.is_in("before-title", before) || !goes_on_small(context, at) {
        return None;
    }
    let place = context.place(tokens[at].span.clone());
    if !begins {
        return Some(Draft::new(place, "capital"));
    }
    let end = tokens[at - 1].span.end;
    let stop = DraftFix::replace(context.place(end..end), ".", Applicability::Unsafe).titled("Insert a stop");
    let small = DraftFix::replace(place.clone(), word.to_lowercase(), Applicability::Unsafe);
    Some(Draft::new(place, "message").arg("found", Arg::letter(word)).fix(stop).fix(small))
}

/// Small letters go on behind the capital: it is no title and no name.
fn goes_on_small(context: &BlockContext<'_>, at: usize) -> bool {
    let content = context.content;
    let is_small = |token: usize| {
        content.tokens.get(token).is_some_and(|next| next.gap.is_space() || next.gap == Gap::Blanks)
            && content.word(token).starts_with(char::is_lowercase)
    };
    let after_comma =
        content.tokens.get(at + 1).is_some_and(|next| next.gap == Gap::None) && content.word(at + 1) == ",";
    let next = if after_comma { at + 2 } else { at + 1 };
    let Some(sentence) = content.sentence_at(content.tokens[at].span.start) else { return false };
    // A capital at the second word is a name's ("Mild The Company"), so that the sentence is read from its start.
    let is_first_word = at == sentence.tokens.start;
    is_small(next) && !is_first_word
}

/// The line before ends near the margin: it is no heading and no line of a list.
fn ends_full_line(context: &BlockContext<'_>, at: usize) -> bool {
    let logical = &context.content.logical;
    let start = context.content.tokens[at].span.start;
    let wraps = logical.wraps();
    let index = wraps.partition_point(|wrap| wrap.at < start);
    index > 0 && wraps.len() > 1 && wraps[index - 1].line_width * 5 >= logical.margin() * 4
}

/// "Therefore, the request is not medically necessary" at the end of a rationale.
fn unfinished_conclusion(context: &BlockContext<'_>) -> Option<Draft> {
    let content = context.content;
    let last = content.tokens.len().checked_sub(1)?;
    let ends_so = context.role == Role::Field(Field::Rationale)
        && last > 3
        && content.word(last) == "necessary"
        && content.word(last - 1) == "medically";
    ends_so.then(|| {
        let span = content.tokens[last].span.clone();
        let stop = DraftFix::replace(context.place(span.end..span.end), ".", Applicability::Unsafe);
        Draft::new(context.place(span), "end").fix(stop.titled("Insert a stop"))
    })
}
