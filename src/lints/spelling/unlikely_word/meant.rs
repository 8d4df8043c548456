//! The words that may have been meant by one.

use std::cmp::Ordering;
use std::sync::LazyLock;

use crate::text::inflated;

/// Words, each with those that are spelled or sound nearly the same.
pub static NEAR: Meant = Meant::new(|| {
    read(include_bytes!(concat!(env!("OUT_DIR"), "/lints/spelling/unlikely-word-near.tsv.deflate")))
});
/// Words, each with those for which it is known to be written.
pub static SLIPS: Meant = Meant::new(|| {
    read(include_bytes!(concat!(env!("OUT_DIR"), "/lints/spelling/unlikely-word-slips.tsv.deflate")))
});

fn read(deflated: &[u8]) -> String {
    inflated(deflated).unwrap_or_default()
}

/// A line a word, sorted: the word, a tab, and the words that may have been meant, parted by commas.
pub struct Meant(LazyLock<String>);

impl Meant {
    const fn new(read: fn() -> String) -> Self {
        Self(LazyLock::new(read))
    }

    /// The words that may have been meant by one, in small letters.
    pub fn by(&self, word: &str) -> impl Iterator<Item = &str> + Clone {
        let lines = self.0.as_str();
        let (mut low, mut high) = (0, lines.len());
        let mut found = None;
        while low < high {
            let middle = low + (high - low) / 2;
            let start = lines[low..middle].rfind('\n').map_or(low, |end| low + end + 1);
            let end = lines[start..].find('\n').map_or(high, |end| start + end);
            let (written, meant) = lines[start..end].split_once('\t').unwrap_or_default();
            match written.cmp(word) {
                Ordering::Equal => {
                    found = Some(meant);
                    break;
                }
                Ordering::Less => low = end + 1,
                Ordering::Greater => high = start,
            }
        }
        found.into_iter().flat_map(|meant| meant.split(','))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_found() {
        for list in [&NEAR, &SLIPS] {
            let lines: Vec<_> = list.0.lines().filter_map(|line| line.split_once('\t')).collect();
            assert!(lines.len() > 1000 && lines.is_sorted());
            for (word, meant) in lines {
                assert_eq!(list.by(word).collect::<Vec<_>>().join(","), meant, "{word}");
            }
            assert_eq!(list.by("zzz").count() + list.by("").count(), 0);
        }
    }
}
