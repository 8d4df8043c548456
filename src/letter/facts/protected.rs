//! Which edits would change a fact, a decision, a citation or a name.

use std::sync::LazyLock;

use foldhash::HashSet;

use super::phrase::{entries, rows};
use crate::letter::block::Content;
use crate::text::{Span, TokenKind, overlaps, tokens};

/// Described in its header.
const TABLE: &str = include_str!("protected.tsv");

/// Words that decide, deny, or say whom and which side: an edit that puts one in or takes one out is never made
/// by a flag.
static PROTECTED: LazyLock<HashSet<&str>> =
    LazyLock::new(|| rows(TABLE).filter_map(|row| row.last().copied()).flat_map(entries).collect());

/// Whether replacing a logical span by a text changes letters or digits of a fact, a decision, a citation or a
/// name. Blanks and marks may change freely.
#[must_use]
pub fn changes_fact(content: &Content, span: &Span, new_text: &str) -> bool {
    let old_text = &content.text()[span.clone()];
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    if letters(old_text) == letters(new_text) {
        return false;
    }
    let cites = || content.sources().iter().any(|source| overlaps(source, span));
    protected_words(old_text) != protected_words(new_text) || changes_name(content, span, new_text) || cites()
}

/// Numbers, and the words that must not come or go, in order.
fn protected_words(text: &str) -> Vec<String> {
    tokens(text)
        .into_iter()
        .filter_map(|token| {
            let word = text[token.span].to_lowercase();
            let protected = token.kind == TokenKind::Number
                || word.chars().any(|c| c.is_ascii_digit())
                || PROTECTED.contains(word.as_str());
            protected.then_some(word)
        })
        .collect()
}

/// A capital inside a sentence may be a name's.
fn changes_name(content: &Content, span: &Span, new_text: &str) -> bool {
    let kept = tokens(new_text).into_iter().map(|token| &new_text[token.span]).collect::<Vec<_>>();
    content.sentence_at(span.start).is_some_and(|sentence| {
        content.tokens[sentence.tokens.clone()].iter().skip(1).any(|token| {
            let word = &content.text()[token.span.clone()];
            overlaps(&token.span, span)
                && !span.is_empty()
                && token.kind == TokenKind::Word
                && word.starts_with(char::is_uppercase)
                && !kept.contains(&word)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::block::Role;
    use crate::text::LogicalBuilder;

    fn changes(text: &str, old: &str, new: &str) -> bool {
        let mut builder = LogicalBuilder::default();
        builder.push_line(text, 0, 0);
        let content = Content::read(builder.finish(), Role::Prose, 0);
        let start = text.find(old).unwrap();
        changes_fact(&content, &(start..start + old.len()), new)
    }

    #[test]
    fn marks_and_blanks_are_free() {
        assert!(!changes("It is not medically necessary..", "necessary..", "necessary."));
        assert!(!changes("for up to 12months", "12months", "12 months"));
    }

    #[test]
    fn facts_are_not() {
        assert!(changes("pain in the left knee", "left", "right"));
        assert!(PROTECTED.len() > 40 && PROTECTED.contains("not"));
        assert!(changes("It is now medically necessary.", "now", "not"));
        assert!(changes("for 12 visits", "12", "21"));
        assert!(changes("seen by Sam Roe on", "Roe", "Rowe"));
        assert!(!changes("pain in her slower back", "slower", "lower"));
    }
}
