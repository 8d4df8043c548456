//! Quotations: what stands in them is somebody else's wording.

use crate::text::{Token, TokenKind};

/// The longest quotation that is believed, in bytes: quotations may never close.
const LONGEST: usize = 600;

/// Which tokens stand between quotation marks that close.
pub(super) fn quoted_tokens(text: &str, tokens: &[Token]) -> Vec<bool> {
    let mut quoted = vec![false; tokens.len()];
    let mut open: Option<(usize, &str)> = None;
    for (at, token) in tokens.iter().enumerate() {
        let mark = &text[token.span.clone()];
        match (open, mark) {
            (Some((start, closing)), _) if mark == closing => {
                if token.span.start - tokens[start].span.start <= LONGEST {
                    quoted[start..=at].fill(true);
                }
                open = None;
            }
            (None, "\u{201c}") => open = Some((at, "\u{201d}")),
            // An inch mark follows its number.
            (None, "\"") if at == 0 || tokens[at - 1].kind != TokenKind::Number => open = Some((at, "\"")),
            _ => {}
        }
    }
    quoted
}
