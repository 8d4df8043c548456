//! Words whose letters are not the writer's slip.

use crate::letter::Content;
use crate::text::Wrap;

/// Half a word beside a hyphen at a line's end, or a word of a line whose hyphen was lost.
pub fn is_at_lost_hyphen(content: &Content, at: usize) -> bool {
    let span = &content.tokens[at].span;
    let beside = |wrap: &Wrap| wrap.after_hyphen && (wrap.at == span.start || wrap.at == span.end + 1);
    content.logical.wraps().iter().any(beside) || content.logical.runs_past_margin(span.start)
}

/// "recieve [sic]"
pub fn is_quoted_as_it_is(content: &Content, at: usize) -> bool {
    at + 2 < content.tokens.len()
        && matches!(content.word(at + 1), "[" | "(")
        && content.word(at + 2).eq_ignore_ascii_case("sic")
}
