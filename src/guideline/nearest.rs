//! The known name that an unknown one comes nearest to.

use super::catalogue::{Entry, Kind, Publisher, entries};
use super::names::{known_words, owners, words_of};

/// Words that many titles share, so that they say nothing of which is meant.
const COMMON: [&str; 14] = [
    "and",
    "or",
    "of",
    "the",
    "for",
    "acute",
    "chronic",
    "guideline",
    "guidelines",
    "treatment",
    "medical",
    "not",
    "chapter",
    "complaints",
];

/// A known name with how much of it an unknown one has.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nearest {
    /// The row that bears the name.
    pub entry: &'static Entry,
    /// The name.
    pub name: &'static str,
    /// Whether the words are the same but for a slip of the pen.
    pub is_misspelt: bool,
}

/// The title of a publisher that an unknown title comes nearest to, if one shares a telling word with it.
#[must_use]
pub fn nearest_title(written: &str, publishers: &[Publisher]) -> Option<Nearest> {
    let is_title = |entry: &&Entry| {
        matches!(entry.kind, Kind::Guideline | Kind::Chapter) && publishers.contains(&entry.publisher)
    };
    best(&words_of(written), entries().iter().filter(is_title))
}

/// The organisation whose name in words, or whose acronym, a text misspells.
#[must_use]
pub fn misspelt_organisation(written: &str) -> Option<&'static Entry> {
    let ours = |entry: &&Entry| entry.kind == Kind::Organisation && entry.publisher != Publisher::Other;
    let is_acronym = written.len() < 7 && written.chars().all(|c| c.is_ascii_uppercase());
    if is_acronym {
        return entries().iter().filter(ours).find(|entry| {
            entry
                .names
                .iter()
                .any(|name| name.text != written && !name.is_misspelt && is_anagram(name.text, written))
        });
    }
    let words = words_of(written);
    // The Medical Disability Advisor is another's.
    if words.len() < 3
        || owners(&words).next().is_some()
        || written.to_lowercase().starts_with("medical disability")
    {
        return None;
    }
    let tells = |known: &[String]| {
        known.iter().any(|word| is_telling(word) && words.iter().any(|other| is_near(word, other)))
    };
    entries().iter().filter(ours).find(|entry| {
        let mut names = entry.names.iter().filter(|name| !name.is_misspelt).map(known_words);
        names.any(|known| known.len() > 2 && tells(known) && is_most_of(known, &words))
    })
}

/// The organisation whose acronym is written with one letter lost, added or changed: to be asked only where the words
/// behind it are a title of that organisation, as other bodies' acronyms come near too.
#[must_use]
pub fn near_acronym(written: &str) -> Option<&'static Entry> {
    let is_acronym = |text: &str| text.len() > 2 && text.chars().all(|c| c.is_ascii_uppercase());
    let ours = |entry: &&Entry| entry.kind == Kind::Organisation && entry.publisher != Publisher::Other;
    let is_known = |name: &str| is_acronym(name) && name != written && distance(name, written) == 1;
    if !is_acronym(written) {
        return None;
    }
    entries()
        .iter()
        .filter(ours)
        .find(|entry| entry.names.iter().any(|name| !name.is_misspelt && is_known(name.text)))
}

/// Whether an unknown title speaks of what a known name of the MTUS speaks of: it holds all telling words of a topic, or
/// a title or topic holds all of its own.
#[must_use]
pub fn is_known_matter(written: &str) -> bool {
    let telling = |name: &str| -> Vec<String> {
        words_of(name).into_iter().filter(|word| !COMMON.contains(&word.as_str())).collect()
    };
    let holds = |all: &[String], some: &[String]| {
        !some.is_empty() && some.iter().all(|word| all.iter().any(|other| is_near(word, other)))
    };
    let words = telling(written);
    entries().iter().filter(|entry| matches!(entry.publisher, Publisher::Mtus | Publisher::Acoem)).any(
        |entry| {
            // The postsurgical guideline's parts are named as parts of the body.
            let is_topic = entry.kind == Kind::Topic && !entry.key.starts_with("postsurgical");
            entry.kind != Kind::Organisation
                && entry.names.iter().any(|name| {
                    let known = telling(name.text);
                    holds(&known, &words) || is_topic && (holds(&words, &known) || half(&words, &known))
                })
        },
    )
}

/// Whether two names share half of their words.
fn half(a: &[String], b: &[String]) -> bool {
    let shared = a.iter().filter(|word| b.iter().any(|other| is_near(word, other))).count();
    shared > 0 && 2 * shared >= a.len().max(b.len())
}

/// Whether a word tells one of our organisations from others.
fn is_telling(word: &str) -> bool {
    matches!(word, "occupational" | "environmental" | "disability" | "utilization")
}

/// Whether two names share most of their words.
fn is_most_of(known: &[String], words: &[String]) -> bool {
    let shared = known.iter().filter(|word| words.iter().any(|other| is_near(word, other))).count();
    5 * shared >= 3 * known.len().max(words.len())
}

fn best<'e>(words: &[String], rows: impl Iterator<Item = &'e Entry>) -> Option<Nearest>
where
    'e: 'static,
{
    let mut best: Option<(f32, Nearest)> = None;
    for entry in rows {
        for name in entry.names.iter().filter(|name| !name.is_misspelt) {
            let known = known_words(name);
            let shared = known.iter().filter(|word| words.iter().any(|other| is_near(word, other)));
            // "Hand" comes near to "and".
            let is_common = |word: &String| COMMON.contains(&word.as_str());
            let tells = |word: &String| words.iter().any(|other| !is_common(other) && is_near(word, other));
            let telling = shared.clone().any(|word| !is_common(word) && tells(word));
            #[expect(clippy::cast_precision_loss, reason = "names have few words")]
            let score = shared.count() as f32 / known.len().max(words.len()).max(1) as f32;
            let is_misspelt = known.len() == words.len()
                && known.iter().zip(words).all(|(word, other)| is_near(word, other));
            let score = if is_misspelt { 2.0 } else { score };
            if (telling || is_misspelt) && best.is_none_or(|(highest, _)| score > highest) {
                best = Some((score, Nearest { entry, name: name.text, is_misspelt }));
            }
        }
    }
    best.filter(|(score, _)| *score >= 0.4).map(|(_, nearest)| nearest)
}

/// Whether two words are the same but for a slip: one letter in a short word, two in a long one, or another ending.
fn is_near(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let length = |word: &str| if word.is_ascii() { word.len() } else { word.chars().count() };
    let (one, two) = (length(a), length(b));
    let (long, short) = (one.max(two), one.min(two));
    let allowed = match long {
        0..=3 => return false,
        4..=6 => 1,
        _ => 2,
    };
    const STEM: usize = 5;
    let stem = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let is_ending = stem >= STEM && 2 * stem >= long;
    // A slip adds and takes one letter at most: of most pairs that tells enough.
    let others = || (letters(a) ^ letters(b)).count_ones() as usize;
    is_ending || long - short <= allowed && others() <= 2 * allowed && distance(a, b) <= allowed
}

/// A bit for each letter of a word; letters beyond ASCII share some.
fn letters(word: &str) -> u32 {
    word.chars().fold(0, |letters, letter| letters | 1 << (u32::from(letter) % 32))
}

/// How many letters are added, lost, changed or swapped with their neighbour.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    // The row before the last one, the last one, and the present one.
    let mut earlier = vec![0; b.len() + 1];
    let mut before: Vec<usize> = (0..=b.len()).collect();
    let mut row = vec![0; b.len() + 1];
    for i in 1..=a.len() {
        row[0] = i;
        for j in 1..=b.len() {
            let changed = before[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = changed.min(before[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(earlier[j - 2] + 1);
            }
            row[j] = least;
        }
        std::mem::swap(&mut earlier, &mut before);
        std::mem::swap(&mut before, &mut row);
    }
    before[b.len()]
}

/// Whether two acronyms have the same letters; in capitals "MUST" and "DOG" are words.
fn is_anagram(known: &str, written: &str) -> bool {
    let sorted = |text: &str| {
        let mut letters: Vec<char> = text.chars().collect();
        letters.sort_unstable();
        letters
    };
    !matches!(written, "MUST" | "DOG" | "GOD") && sorted(known) == sorted(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles() {
        let mtus = [Publisher::Mtus, Publisher::Acoem];
        let name = |written: &str| nearest_title(written, &mtus).map(|nearest| nearest.name);
        assert_eq!(name("Low Back Pain Complaints"), Some("Low Back Complaints"));
        assert_eq!(name("Sholder Complaints"), Some("Shoulder Complaints"));
        assert_eq!(name("Stress and Related Conditions"), Some("Stress Related Conditions"));
        assert_eq!(name("Zebra Stripes"), None);
        assert!(nearest_title("Sholder Complaints", &mtus).unwrap().is_misspelt);
        assert!(!nearest_title("Low Back Pain Complaints", &mtus).unwrap().is_misspelt);
    }

    #[test]
    fn organisations() {
        let key = |written: &str| misspelt_organisation(written).map(|entry| entry.key);
        assert_eq!(key("OGD"), Some("odg"));
        assert_eq!(key("MUTS"), Some("mtus"));
        assert_eq!(key("ACEOM"), Some("acoem"));
        assert_eq!(key("MUST"), None);
        assert_eq!(key("ODG"), None);
        assert_eq!(key("Offical Disability Guideline"), Some("odg"));
        assert_eq!(key("American College of Ocupational and Enviromental Medicine"), Some("acoem"));
        assert_eq!(key("Official Disability Guidebook"), Some("odg"));
        assert_eq!(key("American College of Occupational Medicine"), None, "a known misspelling");
        assert_eq!(key("Medical Treatment Utilization Schema"), Some("mtus"));
        assert_eq!(key("Medical Disability Guidelines"), None);
        assert_eq!(key("Occupational Medicine Practice Guidelines"), None);
        assert_eq!(key("American College of Sports Medicine"), None);
        assert_eq!(key("Official Disability Guidelines"), None);
        assert_eq!(key("American College of Rheumatology"), None);
    }

    #[test]
    fn acronyms() {
        let key = |written: &str| near_acronym(written).map(|entry| entry.key);
        assert_eq!(key("ACOM"), Some("acoem"));
        assert_eq!(key("MTIS"), Some("mtus"));
        assert_eq!(key("ODC"), Some("odg"));
        assert_eq!(key("ODG"), None);
        assert_eq!(key("AAOS"), None);
        assert_eq!(key("Odg"), None);
    }

    #[test]
    fn matters() {
        assert!(is_known_matter("Opioid Pain Treatment Agreement"));
        assert!(is_known_matter("Physical Therapy"));
        assert!(is_known_matter("Strength of Evidence"));
        assert!(!is_known_matter("Shoulder Rehabilitation Protocols"));
        assert!(!is_known_matter("Lumbar Brace Standards"));
    }
}
