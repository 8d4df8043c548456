//! A text's words in the form in which tables of words compare them: in small letters, with the typewriter's apostrophe,
//! with and without the "'s" of a possessive.

use std::ops::Range;

use crate::letter::Sentence;
use crate::text::{Gap, Span, Token, TokenKind};
pub(super) use crate::text::{Key, WordMap, key, without_possessive};

/// The words of a text, or of some of its tokens; every index is among these.
pub(super) struct Words<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
}

impl<'a> Words<'a> {
    pub fn new(text: &'a str, tokens: &'a [Token]) -> Self {
        Self { text, tokens }
    }

    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    pub fn token(&self, index: usize) -> Option<&'a Token> {
        self.tokens.get(index)
    }

    /// A token as it is written; empty beyond the text.
    pub fn raw(&self, index: usize) -> &'a str {
        self.tokens.get(index).map_or("", |token| &self.text[token.span.clone()])
    }

    /// A token in small letters; empty beyond the text.
    pub fn lower(&self, index: usize) -> &'a str {
        self.tokens.get(index).map_or("", |token| token.small(self.text))
    }

    /// A token in small letters without its possessive; empty beyond the text.
    pub fn bare(&self, index: usize) -> &'a str {
        without_possessive(self.lower(index))
    }

    /// Some tokens as [`Self::bare`] gives them.
    pub fn bare_in(&self, range: Range<usize>) -> impl DoubleEndedIterator<Item = &str> {
        range.map(|index| self.bare(index))
    }

    /// The keys of [`Self::lower`] and of [`Self::bare`].
    pub fn keys(&self, index: usize) -> Option<(Key, Key)> {
        self.tokens.get(index).map(|token| (token.key, token.bare_key))
    }

    /// "patient's", with either apostrophe.
    pub fn is_possessive(&self, index: usize) -> bool {
        self.bare(index).len() < self.lower(index).len()
    }

    /// Whether "May" is the month: inside a sentence, or before a number.
    pub fn is_month(&self, index: usize) -> bool {
        let follows_word = || {
            let before = index.checked_sub(1).and_then(|before| self.tokens.get(before));
            before.is_some_and(|before| before.kind == TokenKind::Word)
        };
        self.raw(index) == "May" && (self.is_number(index + 1) || follows_word())
    }

    pub fn is_number(&self, index: usize) -> bool {
        self.tokens.get(index).is_some_and(|token| token.kind == TokenKind::Number)
    }

    /// The first token that does not begin before a byte.
    pub fn index_at(&self, byte: usize) -> usize {
        self.tokens.partition_point(|token| token.span.start < byte)
    }

    /// The logical span of some tokens; empty where there are none.
    pub fn span(&self, tokens: &Range<usize>) -> Span {
        match (self.tokens.get(tokens.start), self.tokens[..tokens.end.min(self.tokens.len())].last()) {
            (Some(first), Some(last)) if tokens.start < tokens.end => first.span.start..last.span.end,
            (Some(first), _) => first.span.start..first.span.start,
            _ => self.text.len()..self.text.len(),
        }
    }

    /// The tokens that begin inside a logical span.
    pub fn tokens_in(&self, span: &Span) -> Range<usize> {
        self.index_at(span.start)..self.index_at(span.end)
    }

    /// The tokens that a logical span touches.
    pub fn tokens_of(&self, span: &Span) -> Range<usize> {
        let start = self.tokens.partition_point(|token| token.span.end <= span.start);
        start..self.index_at(span.end).max(start)
    }

    /// The word after a token, over a hyphen that joins the two; none over a lost name.
    pub fn next(&self, index: usize) -> Option<usize> {
        let after = index + 1;
        match self.tokens.get(after)?.gap {
            Gap::Start | Gap::Blanks => None,
            _ if self.joins(after) => Some(after + 1),
            _ => Some(after),
        }
    }

    /// The word before a token, likewise.
    pub fn previous(&self, index: usize) -> Option<usize> {
        let before = index.checked_sub(1)?;
        match self.tokens.get(index)?.gap {
            Gap::Start | Gap::Blanks => None,
            _ if self.joins(before) => before.checked_sub(1),
            _ => Some(before),
        }
    }

    /// Whether a token is a hyphen without blanks that joins the word before it to the one after it, or into the next line.
    fn joins(&self, index: usize) -> bool {
        let (Some(mark), Some(next)) = (self.tokens.get(index), self.tokens.get(index + 1)) else {
            return false;
        };
        mark.kind == TokenKind::Mark
            && mark.gap == Gap::None
            && matches!(next.gap, Gap::None | Gap::Wrap)
            && is_dash(self.raw(index))
    }
}

/// The hyphen and the dashes that stand for it.
pub(super) fn is_dash(mark: &str) -> bool {
    matches!(mark, "-" | "\u{2010}" | "\u{2011}" | "\u{2013}" | "\u{2014}")
}

/// The sentence that holds a logical offset.
pub(super) fn sentence_at(sentences: &[Sentence], offset: usize) -> Option<&Sentence> {
    sentences.get(sentences.partition_point(|sentence| sentence.span.end <= offset))
}

/// A sentence has no more words; a list without stops may, and must not make reading slow.
const MAX_REACH: usize = 100;

/// The tokens of the sentence that holds a token, as far as a writer's eye goes.
pub(super) fn sentence_around(sentences: &[Sentence], token: usize) -> Range<usize> {
    let index = sentences.partition_point(|sentence| sentence.tokens.end <= token);
    let whole = sentences.get(index).map_or(token..token + 1, |sentence| sentence.tokens.clone());
    whole.start.max(token.saturating_sub(MAX_REACH))..whole.end.min(token + MAX_REACH)
}

/// The words of a sentence that stand near a span, and which of them the span covers. The window keeps reading
/// linear where a text has no stops.
pub(super) fn words_near<'a>(
    text: &'a str,
    tokens: &'a [Token],
    sentence: &Sentence,
    span: &Span,
    reach: usize,
) -> (Words<'a>, Range<usize>) {
    let tokens = &tokens[sentence.tokens.clone()];
    let start = tokens.partition_point(|token| token.span.end <= span.start);
    let end = tokens.partition_point(|token| token.span.start < span.end).max(start);
    let first = start.saturating_sub(reach);
    let last = tokens.len().min(end + reach);
    (Words::new(text, &tokens[first..last]), start - first..end - first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens;

    #[test]
    fn hyphens_join_and_lost_names_part() {
        for (text, next) in [
            ("low back", Some("back")),
            ("low\nback", Some("back")),
            ("low-back", Some("back")),
            ("low\u{2013}\nback", Some("back")),
            ("low - back", Some("-")),
            ("low- back", Some("-")),
            ("low  back", None),
            ("low", None),
        ] {
            let tokens = tokens(text);
            let words = Words::new(text, &tokens);
            assert_eq!(words.next(0).map(|at| words.raw(at)), next, "{text}");
            let last = words.len() - 1;
            let previous = next.filter(|word| *word == "back").map(|_| 0);
            assert!(next == Some("-") || words.previous(last) == previous, "{text}");
        }
    }

    #[test]
    fn words_are_compared_in_small_letters() {
        let text = "The PATIENT\u{2019}S pain";
        let tokens = tokens(text);
        let words = Words::new(text, &tokens);
        assert_eq!((words.lower(1), words.bare(1)), ("patient's", "patient"));
        assert!(words.is_possessive(1) && !words.is_possessive(2));
        assert_eq!((words.raw(7), words.lower(7), words.bare(7)), ("", "", ""));
    }
}
