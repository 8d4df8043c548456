//! A sentence that begins without a stop before it.

use crate::engine::{Applicability, Arg, BlockContext, Draft, DraftFix, Sink};
use crate::letter::{Field, Role};
use crate::text::{Gap, Parts, TokenKind};

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

/// "the pain is mild The gait is normal", "motion was full Strength was normal".
fn begun_without_stop(context: &BlockContext<'_>, at: usize) -> Option<Draft> {
    let content = context.content;
    let tokens = &content.tokens;
    let word = content.word(at);
    // All that follows asks for words with a capital.
    if !word.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let begins = context.is_in("starters", word) || is_subject(context, at);
    let is_small = context.is_in("small", word);
    if !begins && !is_small {
        return stray_capital(context, at);
    }
    let before = content.word(at - 1);
    if before == "," {
        // "Given this progress, The": a lead-in, and no list of titles.
        let sentence = content.sentence_at(tokens[at].span.start)?;
        let is_starter =
            context.is_in("starters", word) && context.is_in("leads-in", content.word(sentence.tokens.start));
        return (is_small || is_starter || begins_statement(context, at))
            .then(|| capital_behind_comma(context, at))
            .flatten();
    }
    let stands_apart = match tokens[at].gap {
        Gap::Blank => true,
        Gap::Blanks => begins,
        Gap::Wrap => content.logical.ends_full_line(tokens[at].span.start),
        Gap::Start | Gap::None => false,
    };
    // "Plan A was tried", "if plan A, then": a letter that names.
    let is_letter = word == "A"
        && (["finite", "behind-letter"].iter().any(|set| context.is_in(set, content.word(at + 1)))
            || content.word(at + 1) == ",");
    // "The pain is mild period The gait is normal": the stop was dictated.
    let is_dictated = context.is_in("dictated", before)
        && at > 1
        && !context.is_in("determiners", &content.word(at - 2).to_lowercase());
    // "Then The diagnosis is", "and It may": no title has a statement in it.
    let is_joined = context.is_in("joins", before) && (is_small || begins_statement(context, at));
    let is_title = context.is_in("before-title", before) && !context.is_in("never-names", word);
    let is_name =
        is_letter || is_dictated || is_title && !is_joined || !begins && context.is_in("lettered", before);
    // "The range The 8 visits": a count goes on as a small letter does.
    // "On April 5", "In 2014".
    let is_dated = context.is_in("before-date", word)
        && (context.kind(at + 1) == Some(TokenKind::Number) || context.is_in("months", content.word(at + 1)));
    // "Another scan The ODG supports it".
    let names_guideline = word == "The" && context.is_in("guidelines", content.word(at + 1));
    let goes_on = goes_on_small(context, at)
        || names_guideline
        || is_dated
        || context.is_in("starters", word) && context.kind(at + 1) == Some(TokenKind::Number);
    let ends_count = (is_count(context, at - 1) || context.is_in("abbreviations", before)) && begins;
    if !is_plain(context, at - 1) && !ends_count || !stands_apart || is_name || !goes_on {
        return None;
    }
    let place = context.place(tokens[at].span.clone());
    if !begins || is_joined {
        return Some(Draft::new(place, "capital"));
    }
    let end = tokens[at - 1].span.end;
    let stop = DraftFix::replace(context.place(end..end), ".", Applicability::Unsafe).titled("Insert a stop");
    let small = DraftFix::replace(place.clone(), word.to_lowercase(), Applicability::Unsafe);
    Some(Draft::new(place, "message").arg("found", Arg::letter(word)).fix(stop).fix(small))
}

/// "Is 4/5", "on 03/04/2016": a number of the sentence, and none of a page or a chapter.
fn is_count(context: &BlockContext<'_>, at: usize) -> bool {
    let content = context.content;
    // "05/03/2014" is one token or several.
    let mut first = at;
    while first > 0 && content.tokens[first].gap == Gap::None && content.tokens[first].kind != TokenKind::Word
    {
        first -= 1;
    }
    content.tokens[at].kind == TokenKind::Number
        && first > 0
        && context.is_in("before-count", content.word(first - 1))
}

/// A word in small letters.
fn is_plain(context: &BlockContext<'_>, at: usize) -> bool {
    let word = context.content.word(at);
    context.content.tokens[at].kind == TokenKind::Word
        && word.chars().count() > 2
        && word.chars().all(|c| c.is_lowercase() || c == '\'' || c == '\u{2019}')
}

/// A noun that begins a sentence, for its verb follows: "Strength was normal".
fn is_subject(context: &BlockContext<'_>, at: usize) -> bool {
    let content = context.content;
    let (word, next) = (content.word(at), content.word(at + 1));
    let is_pair = || {
        (context.is_in("begins-subject", word) || only_describes(context, at))
            && next.starts_with(char::is_lowercase)
            && content.tokens.len() > at + 2
            && context.is_in("finite", content.word(at + 2))
            && !context.is_in("before-item", content.word(at - 1))
    };
    context.is_in("subjects", word) && context.is_in("finite", next) || is_pair()
}

/// "After surgery Current treatment is ice": an adjective that is no noun, behind a noun.
fn only_describes(context: &BlockContext<'_>, at: usize) -> bool {
    let only = |at: usize, names: &str| Parts::can_only_be(context.content.tokens[at].key, names);
    only(at, "adjective/adverb") && only(at - 1, "noun/nouns/verb/verbs")
}

/// "The exam shows a limp, The knee is swollen": a subject and its verb, and no title.
fn begins_statement(context: &BlockContext<'_>, at: usize) -> bool {
    let content = context.content;
    let says =
        (at + 1..at + 4).any(|at| content.tokens.len() > at && context.is_in("finite", content.word(at)));
    context.is_in("starters", content.word(at)) && says
}

/// "stable, But it was weak".
fn capital_behind_comma(context: &BlockContext<'_>, at: usize) -> Option<Draft> {
    let is_stray = at > 1
        && context.content.tokens[at].gap.is_space()
        && is_plain(context, at - 2)
        && goes_on_small(context, at);
    is_stray.then(|| Draft::new(context.place(context.content.tokens[at].span.clone()), "capital"))
}

/// "is Tender over", "a History of gout", "ice, Rest, and a splint".
fn stray_capital(context: &BlockContext<'_>, at: usize) -> Option<Draft> {
    let content = context.content;
    let (before, word, next) = (content.word(at - 1), content.word(at), content.word(at + 1));
    let is_last = context.is_glued(at + 1) && matches!(next, "." | ",");
    let describes = context.is_in("before-stray", before)
        && (context.is_in("stray", word) || context.is_in("subjects", word))
        && is_plain(context, at - 1);
    if describes && is_last && content.tokens[at].gap.is_space() {
        return Some(Draft::new(context.place(content.tokens[at].span.clone()), "capital"));
    }
    let is_stray = describes
        || context.is_in("stray", word) && context.is_in("be", before) && !matches!(next, "or" | "and")
        || context.is_in("named", word) && matches!(before, "a" | "an") && next == "of"
        || context.is_in("subjects", word)
            && before == ","
            && next == ","
            && at > 1
            && is_plain(context, at - 2);
    (is_stray && content.tokens[at].gap == Gap::Blank && goes_on_small(context, at))
        .then(|| Draft::new(context.place(content.tokens[at].span.clone()), "capital"))
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
