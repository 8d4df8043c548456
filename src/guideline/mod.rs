//! Guidelines and other sources: which names are known, and where a text names one.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// The names of the catalogue: one per line, `kind`, `name`, with capitals where the case matters.
const SOURCES: &str = include_str!("sources.tsv");

/// A source that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceMention {
    /// Where, in bytes of the text.
    pub span: Range<usize>,
}

static PATTERN: LazyLock<Regex> = LazyLock::new(|| {
    let mut alternatives: Vec<String> = SOURCES
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .filter_map(|line| line.split('\t').nth(1))
        .map(|name| {
            let words = name.split(' ').map(regex::escape).collect::<Vec<_>>().join(r"\s+");
            let is_acronym = name.chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
            if is_acronym { format!(r"\b{words}\b") } else { format!(r"(?i-u:\b{words}\b)") }
        })
        .collect();
    // "(Smith, 2008)", "Chou et al.", "N Engl J Med 2013": studies in the forms in which letters name them.
    alternatives.push(r"\([A-Z][A-Za-z'-]+(?:\s+et\s+al\.?)?,?\s+(?:19|20)\d\d[a-z]?\)".to_owned());
    alternatives.push(r"\b[A-Z][A-Za-z'-]+\s+(?:[A-Z]{1,2},?\s+)?et\s+al\b".to_owned());
    alternatives.push(r"(?i-u:\bAmerican\s+(?:Academy|College|Association|Society|Board)\s+of\b|\bAmerican\s+\w+\s+(?:Association|Society)\b)".to_owned());
    Regex::new(&format!("(?-u){}", alternatives.join("|"))).expect("a catalogue of plain names")
});

/// Finds the sources that a text names.
#[must_use]
pub fn sources(text: &str) -> Vec<SourceMention> {
    PATTERN.find_iter(text).map(|found| SourceMention { span: found.range() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Vec<&str> {
        sources(text).into_iter().map(|source| &text[source.span]).collect()
    }

    #[test]
    fn organisations_titles_and_studies() {
        assert_eq!(
            named("Per the MTUS and the Official\nDisability Guidelines,"),
            ["MTUS", "Official\nDisability Guidelines"]
        );
        assert_eq!(named("benefit was shown (Chou, 2007)."), ["(Chou, 2007)"]);
        assert_eq!(named("The American Academy of Orthopaedic Surgeons"), ["American Academy of"]);
    }

    #[test]
    fn no_source() {
        assert_eq!(named("The request is not supported by the record."), [""; 0]);
    }
}
