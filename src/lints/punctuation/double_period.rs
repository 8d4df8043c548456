//! Two stops, or other two marks, where one belongs.

use crate::engine::{Applicability, Arg, BlockContext, Draft, DraftFix, Sink};
use crate::letter::is_abbreviation;
use crate::text::{Gap, TokenKind};

pub fn check(context: &BlockContext<'_>, sink: &mut Sink) {
    let content = context.content;
    for at in 1..content.tokens.len().saturating_sub(1) {
        let pair = (content.word(at), content.word(at + 1));
        let key = match pair {
            (".", ".") => "message",
            (".", "," | ";") | ("," | ";", ".") => "mixed",
            (",", ",") | (";", ";") | (":", ":") => "twice",
            _ => continue,
        };
        let gap = content.tokens[at + 1].gap;
        // "mild. ." is a slip as well; "mild. , and" is more than that.
        let adjacent = gap == Gap::None || (gap == Gap::Blank && key == "message");
        if !adjacent || !follows_word(context, at) || goes_on(context, at) {
            continue;
        }
        let span = content.tokens[at].span.start..content.tokens[at + 1].span.end;
        let (new_text, applicability) = replacement(context, at, key);
        let found = Arg::letter(&content.text()[span.clone()]);
        let fix = DraftFix::replace(context.place(span.clone()), new_text, applicability);
        sink.push(Draft::new(context.place(span), key).arg("found", found).fix(fix));
    }
}

/// The first mark stands right behind a word, a number or a closing bracket that is no abbreviation.
fn follows_word(context: &BlockContext<'_>, at: usize) -> bool {
    let content = context.content;
    if content.tokens[at].gap != Gap::None {
        return false;
    }
    let before = at - 1;
    let word = content.word(before);
    match content.tokens[before].kind {
        TokenKind::Mark => matches!(word, ")" | "%" | "\u{b0}"),
        TokenKind::Number => content.word(at) != "." || content.word(at + 1) == ".",
        TokenKind::Word => content.word(at) != "." || !may_be_abbreviation(context, at),
    }
}

/// "etc", "M.D", "Am", "ed", "J": known, dotted, capitalised and short, or without a vowel.
fn may_be_abbreviation(context: &BlockContext<'_>, stop: usize) -> bool {
    let content = context.content;
    let word = content.word(stop - 1);
    let dotted = stop >= 3 && content.word(stop - 2) == "." && content.tokens[stop - 1].gap == Gap::None;
    // A unit is written without a stop, so that two of them are one too many.
    let is_unit =
        matches!(word, "mg" | "ml" | "cm" | "mm" | "kg" | "mcg" | "lbs" | "hrs" | "mins" | "wks" | "yrs");
    if dotted || is_abbreviation(word) && !is_unit {
        return true;
    }
    matches!(content.word(stop + 1), "," | ";") && looks_shortened(word)
}

/// Before a comma or a semicolon any short or capitalised word may be an abbreviation ("med.,", "Surg.,").
fn looks_shortened(word: &str) -> bool {
    const WHOLE: &[&str] = &[
        "pain", "mild", "back", "neck", "knee", "hip", "gait", "time", "week", "year", "days", "work",
        "done", "case", "well", "used", "full", "care", "drug", "loss",
    ];
    let short = word.chars().count() < 5 && !WHOLE.contains(&word);
    let has_vowel = word.to_lowercase().contains(['a', 'e', 'i', 'o', 'u', 'y']);
    short || !has_vowel || word.chars().count() < 6 && word.starts_with(char::is_uppercase) || word == "suppl"
}

/// An ellipsis, dot leaders, a path, a range, a file's ending.
fn goes_on(context: &BlockContext<'_>, at: usize) -> bool {
    let content = context.content;
    let stop_before = content.word(at - 1) == "." || (at >= 2 && content.word(at - 1) == "\u{2026}");
    let Some(next) = content.tokens.get(at + 2) else { return stop_before };
    let next_word = content.word(at + 2);
    let glued = next.gap == Gap::None;
    let sentence_follows = next_word.starts_with(char::is_uppercase)
        && content.word(at - 1).ends_with(char::is_lowercase)
        && content.word(at - 1).len() > 2;
    stop_before
        || matches!(next_word, "." | "\u{2026}")
        || glued && next.kind != TokenKind::Mark && !sentence_follows
        || glued && matches!(next_word, "/" | "\\" | ",")
}

/// One mark, with the space that was lost behind it. Of a stop and a weaker mark, what follows tells which is meant.
fn replacement(context: &BlockContext<'_>, at: usize, key: &str) -> (String, Applicability) {
    let content = context.content;
    let next = content.tokens.get(at + 2);
    let space =
        if next.is_some_and(|next| next.gap == Gap::None && next.kind == TokenKind::Word) { " " } else { "" };
    if key == "message" {
        return (format!(".{space}"), Applicability::Safe);
    }
    let goes_on_small = next.is_some() && content.word(at + 2).starts_with(char::is_lowercase);
    let weaker = if content.word(at) == "." { content.word(at + 1) } else { content.word(at) };
    let mark = if goes_on_small || key == "twice" { weaker } else { "." };
    (format!("{mark}{space}"), Applicability::Unsafe)
}
