//! Quotations in a block: where somebody else's words begin and end.

use std::ops::Range;

use crate::text::{Gap, Token};

/// Sentences that one quotation can take in, at most: a mark that seems to close a longer one closes nothing.
const LONGEST: usize = 8;

/// Whether more than half of a sentence lies within one of the quotations.
pub(super) fn mostly_within(sentence: &Range<usize>, quotations: &[Range<usize>]) -> bool {
    let first = quotations.partition_point(|quotation| quotation.end <= sentence.start);
    quotations[first..].iter().take_while(|quotation| quotation.start < sentence.end).any(|quotation| {
        let shared = sentence.end.min(quotation.end) - sentence.start.max(quotation.start);
        shared * 2 > sentence.len()
    })
}

/// The quotations, as ranges of tokens. One that never closes ends with the sentence in which it opens.
pub(super) fn quotations(text: &str, tokens: &[Token], sentences: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut quotations = Vec::new();
    let mut open: Option<usize> = None;
    let sentence_of = |token: usize| sentences.partition_point(|sentence| sentence.end <= token);
    let end_alone = |start: usize| sentences.get(sentence_of(start)).map_or(start, |sentence| sentence.end);
    for (index, token) in tokens.iter().enumerate() {
        let mark = &text[token.span.clone()];
        let before_word = tokens.get(index + 1).is_some_and(|next| next.gap == Gap::None);
        let opens = mark == "\u{201c}" && token.gap != Gap::None
            || mark == "\"" && token.gap != Gap::None && before_word;
        let closes = mark == "\u{201d}" || mark == "\"" && token.gap == Gap::None;
        match open {
            _ if opens => {
                quotations.extend(open.map(|start| start..end_alone(start)));
                open = Some(index);
            }
            Some(start) if closes => {
                let is_near = sentence_of(index) - sentence_of(start) < LONGEST;
                quotations.push(start..if is_near { index + 1 } else { end_alone(start) });
                open = None;
            }
            _ => {}
        }
    }
    quotations.extend(open.map(|start| start..end_alone(start)));
    quotations
}
