//! What a rationale names its sources for.

use std::ops::Range;
use std::sync::LazyLock;

use foldhash::HashMap;

use super::{Cited, Mentioned, Purpose};
use crate::guideline::citation::{Citation, CitationKind};
use crate::letter::block::{Block, Content, Role};
use crate::letter::profile::Field;
use crate::letter::sentence_kind::SentenceKind;
use crate::text::lowered;

const TABLE: &str = include_str!("mention.tsv");

/// Phrases by their kind.
static PHRASES: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
    rows.map(|(kind, phrases)| (kind, phrases.split("; ").collect())).collect()
});

/// How many words may stand between "per" and the source ("per the current edition of the ODG").
const REACH: usize = 8;
/// The same for "in" and its like ("in the relevant ODG").
const NEAR: usize = 3;
/// How many words of "between" may stand after a source's name.
const ASIDE: usize = 6;

/// Reads the sources that the rationale of an item names.
pub(super) fn of_item(blocks: &[Block], item: &Range<usize>) -> Vec<Mentioned> {
    let rationale = item.clone().filter(|&index| blocks[index].role == Role::Field(Field::Rationale));
    rationale
        .flat_map(|block| {
            let content = &blocks[block].content;
            let is_source =
                |citation: &Citation| !matches!(citation.kind, CitationKind::Regulation | CitationKind::Web);
            content.mentioned().iter().filter(move |(citation, _)| is_source(citation)).map(
                move |(citation, purpose)| {
                    let source = Cited { block, citation: citation.clone() };
                    Mentioned { source, purpose: *purpose }
                },
            )
        })
        .collect()
}

impl Purpose {
    /// What a text names a source for.
    pub(in crate::letter) fn of(content: &Content, citation: &Citation) -> Self {
        purpose(content, citation)
    }
}

fn purpose(content: &Content, citation: &Citation) -> Purpose {
    let Some(sentence) = content.sentence_at(citation.span.start) else { return Purpose::Other };
    let end = sentence.span.end.max(citation.span.end);
    let words = |from: usize, to: usize| words(&content.text()[from..to]);
    let whole = words(sentence.span.start, end);
    let before = words(sentence.span.start, citation.span.start);
    let after = words(citation.span.end, end);
    // "Since the MTUS is silent, the ODG were consulted": the silence is of the source before the comma.
    let is_past_silence = has(&before, "silence")
        && !has(&after, "silence")
        && content.text()[sentence.span.start..citation.span.start].contains([',', ';'])
        && speaks(&after);
    let in_brackets = content.text()[..citation.span.start].ends_with('(');
    if has(&whole, "silence") && !is_past_silence {
        Purpose::Silence
    } else if sentence.kind == SentenceKind::Attributed || has(&before, "report") {
        Purpose::Report
    } else if in_brackets || leads(&before) || speaks(&after) || citation.kind == CitationKind::Study {
        Purpose::Reliance
    } else {
        Purpose::Other
    }
}

/// The words in lower case, with a blank around each.
fn words(text: &str) -> String {
    let mut words = String::from(" ");
    for word in text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '\u{2019}')) {
        if !word.is_empty() {
            words.push_str(&lowered(word));
            words.push(' ');
        }
    }
    words
}

fn has(spaced: &str, kind: &str) -> bool {
    PHRASES[kind].iter().any(|phrase| spaced.contains(&format!(" {phrase} ")))
}

/// Whether the last words before a source make the decision rest on it.
fn leads(before: &str) -> bool {
    let words: Vec<&str> = before.split_whitespace().collect();
    let last = |count: usize| format!(" {} ", words[words.len().saturating_sub(count)..].join(" "));
    has(&last(REACH), "before") || has(&last(NEAR), "near")
}

/// Whether the words behind a source let it speak.
fn speaks(after: &str) -> bool {
    let is = |kind: &str, word: &str| PHRASES[kind].contains(&word);
    let mut words = after.split_whitespace();
    words.by_ref().take(ASIDE).find(|word| !is("between", word)).is_some_and(|word| is("after", word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::LogicalBuilder;

    fn purposes(text: &str) -> Vec<Purpose> {
        let mut builder = LogicalBuilder::default();
        builder.push_line(text, 0, 0);
        let content = Content::read(builder.finish(), Role::Field(Field::Rationale), 0);
        content.mentioned().iter().map(|(_, purpose)| *purpose).collect()
    }

    #[test]
    fn what_a_source_is_named_for() {
        use Purpose::{Other, Reliance, Report, Silence};
        for (text, expected) in [
            ("Per the ODG, a brace is an option.", Reliance),
            ("According to the current edition of the ODG, a brace helps.", Reliance),
            ("The ODG guidelines do not recommend a brace.", Reliance),
            ("The record meets the ODG criteria.", Reliance),
            ("A brace is recommended by the ODG.", Reliance),
            ("The MTUS is silent on braces.", Silence),
            ("Braces are not addressed in the MTUS.", Silence),
            ("Utilization review cited the ODG.", Report),
            ("The claims administrator relied on the ODG chapter on braces.", Report),
            ("The ODG and the record differ.", Other),
            ("Bracing is of no use (ODG, Low Back).", Reliance),
        ] {
            assert_eq!(purposes(text), [expected], "{text}");
        }
        let both = "As the MTUS is silent, the ODG were consulted.";
        assert_eq!(purposes(both), [Silence, Reliance]);
        assert_eq!(purposes("Braces are not found in the MTUS, the ODG, or ACOEM."), [Silence; 3]);
        assert_eq!(purposes("MTUS, ODG and ACOEM are silent."), [Silence; 3]);
    }

    #[test]
    fn every_kind_has_phrases() {
        for kind in ["silence", "report", "before", "near", "after", "between"] {
            assert!(PHRASES[kind].iter().all(|phrase| *phrase == phrase.to_lowercase()), "{kind}");
        }
    }
}
