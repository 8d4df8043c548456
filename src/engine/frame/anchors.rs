//! Anchor words: of which one stands in every match of a pattern.

use super::{Node, Step};

/// The smallest choice of words of which one must stand in every match; a flagged word is preferred, because what is
/// wrong is rare.
pub(super) fn anchors(steps: &[Step]) -> Vec<String> {
    let mut flagged = false;
    let mut best: Option<((bool, bool, usize), Vec<String>)> = None;
    for step in steps {
        match &step.node {
            Node::FlagStart => flagged = true,
            Node::FlagEnd => flagged = false,
            _ => {}
        }
        if let Some(words) = required_words(step) {
            let shortest = words.iter().map(String::len).min().unwrap_or(0);
            let rank = (!flagged, shortest < 4, words.len());
            if best.as_ref().is_none_or(|(least, _)| rank < *least) {
                best = Some((rank, words));
            }
        }
    }
    best.map(|(_, words)| words).unwrap_or_default()
}

/// Words of which one stands in every match of a step; none when it can match without a known word.
fn required_words(step: &Step) -> Option<Vec<String>> {
    match &step.node {
        Node::Word { text, .. } if text.chars().all(char::is_alphanumeric) || text.contains('\'') => {
            Some(vec![text.to_lowercase()])
        }
        Node::Set(words) => Some(words.iter().map(|word| word.to_lowercase()).collect()),
        Node::Choice { alternatives, optional: false } => {
            let mut words = Vec::new();
            for alternative in alternatives {
                words.extend(anchors_of(alternative)?);
            }
            Some(words)
        }
        _ => None,
    }
}

fn anchors_of(steps: &[Step]) -> Option<Vec<String>> {
    let words = anchors(steps);
    (!words.is_empty()).then_some(words)
}
