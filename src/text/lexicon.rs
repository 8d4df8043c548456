//! The words that are known, and the words that an unknown one can be meant for.

use std::sync::LazyLock;

use foldhash::HashSet;

use super::deflated::inflated;
use super::word::{SHARES_NONE, word_hash};

include!("lexicon_format.rs");

/// A bit for each probe of each known word, and of each frequent one.
static KNOWN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon-known.bin"));
static FREQUENT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon-frequent.bin"));
/// The words that a misspelt one can be meant for, sorted, each as the letters that it does not share with the one before.
static MEANT: LazyLock<String> = LazyLock::new(|| {
    inflated(include_bytes!(concat!(env!("OUT_DIR"), "/lexicon-meant.deflate"))).unwrap_or_default()
});
/// Where in that list the words begin that start with "a" … "z", and where it ends.
const STARTS: [usize; 27] = include!(concat!(env!("OUT_DIR"), "/lexicon-starts.in"));
/// Word elements: kind, elements.
const FORMS: &str = include_str!("../../lints/spelling/lexicon/forms.tsv");

/// What one slip costs; a slip that keeps the sound costs half of it.
pub const SLIP: u8 = 2;
const SOUND_SLIP: u8 = 1;
/// Letters of the longest word that is compared.
const LONGEST: usize = 32;
/// Letters of the shortest word that may stand behind a prefix, or beside another word.
const SHORTEST_REST: usize = 4;
/// Letters of a prefix that stands before a short word only if everybody uses that word.
const SHORT_PREFIX: usize = 2;

struct Forms {
    prefixes: HashSet<&'static str>,
    stems: HashSet<&'static str>,
    endings: HashSet<&'static str>,
    derived: HashSet<&'static str>,
    bases: HashSet<&'static str>,
}

static ELEMENTS: LazyLock<Forms> = LazyLock::new(|| {
    let of = |kind: &str| {
        let lines = FORMS.lines().filter_map(|line| line.split_once('\t'));
        lines
            .filter(|(name, _)| *name == kind)
            .flat_map(|(_, elements)| elements.split("; "))
            .map(|element| element.trim_start_matches('-'))
            .collect()
    };
    Forms {
        prefixes: of("prefix"),
        stems: of("stem"),
        endings: of("ending"),
        derived: of("derived"),
        bases: of("base"),
    }
});

/// Whether a word in small letters stands on one of the lists. Of the words that stand on none, one in some hundreds
/// passes for known.
pub fn is_listed(word: &str) -> bool {
    lexicon_bits(word, KNOWN_BITS).all(|bit| KNOWN[bit / 8] >> (bit % 8) & 1 == 1)
}

/// Whether everybody uses a word in small letters.
pub fn is_frequent(word: &str) -> bool {
    lexicon_bits(word, FREQUENT_BITS).all(|bit| FREQUENT[bit / 8] >> (bit % 8) & 1 == 1)
}

/// Whether a word in small ASCII letters stands on a list or is built of known elements: "infraspinal", "cystourethrogram",
/// "weightbearing". What is longer than any word is none, and is let pass.
pub fn is_known(word: &str) -> bool {
    word.len() > LONGEST
        || is_listed(word)
        || is_inflected(word)
        || is_derived(word)
        || is_prefixed(word)
        || is_compound(word)
        || is_medical(word)
}

/// "fabellas", "posterolaterally": the lists hold the forms of common words only.
fn is_inflected(word: &str) -> bool {
    let is_base =
        |base: &str| base.len() > SHORTEST_REST && (is_listed(base) || is_prefixed(base) || is_medical(base));
    word.strip_suffix('s').is_some_and(|base| !base.ends_with(['s', 'i']) && is_base(base))
        || word.strip_suffix("es").is_some_and(|base| base.ends_with(['x', 'z', 's', 'h']) && is_base(base))
        || word
            .strip_suffix("ly")
            .is_some_and(|base| base.ends_with(['l', 'r', 'd', 't', 'e']) && is_base(base))
        || word.strip_suffix("ally").is_some_and(|base| base.ends_with("ic") && is_base(base))
}

/// "irrigant" beside "irrigate", "debride" beside "debridement": a form of a word whose other forms are listed.
fn is_derived(word: &str) -> bool {
    is_listed(&format!("{word}ment"))
        || ELEMENTS.derived.iter().filter_map(|ending| word.strip_suffix(ending)).any(|base| {
            base.len() > SHORTEST_REST
                && !base.ends_with('e')
                && ELEMENTS.bases.iter().any(|ending| is_listed(&format!("{base}{ending}")))
        })
}

fn is_prefixed(word: &str) -> bool {
    (2..word.len().saturating_sub(SHORTEST_REST - 1)).any(|end| {
        let (prefix, rest) = word.split_at(end);
        let is_enough = end > SHORT_PREFIX || rest.len() > SHORTEST_REST + 1 || is_frequent(rest);
        is_enough && is_combining(prefix) && (is_listed(rest) || is_medical(rest) || is_inflected(rest))
    })
}

/// "infra", "acromio": what stands before a word.
fn is_combining(element: &str) -> bool {
    ELEMENTS.prefixes.contains(element)
        || element
            .strip_suffix('o')
            .is_some_and(|stem| ELEMENTS.stems.contains(stem) || ELEMENTS.prefixes.contains(stem))
}

/// "fingerstick": two words that a writer may join.
fn is_compound(word: &str) -> bool {
    (SHORTEST_REST..(word.len() + 1).saturating_sub(SHORTEST_REST)).any(|end| {
        let (first, second) = word.split_at(end);
        is_frequent(first) && is_frequent(second)
    })
}

/// Stems and an ending: "cysto-urethro-scopy".
fn is_medical(word: &str) -> bool {
    (2..word.len()).any(|end| {
        let (stem, rest) = word.split_at(end);
        let bare = stem.strip_suffix(['o', 'i']).unwrap_or(stem);
        let is_stem = ELEMENTS.stems.contains(stem) || ELEMENTS.stems.contains(bare);
        // "radicul-itis", but "radicul-o-pathy".
        let is_linked = stem.ends_with(is_vowel) || rest.starts_with(is_vowel);
        is_stem && is_linked && (ELEMENTS.endings.contains(rest) || is_medical(rest))
    })
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// Words that a word in small ASCII letters can be meant for if its prefix is sound and the rest is one slip from a word, and
/// their cost.
pub fn nearest_built(word: &str) -> (u8, Vec<String>) {
    let splits = (3..word.len().saturating_sub(SHORTEST_REST + 1)).filter(|&end| is_combining(&word[..end]));
    let (mut least, mut meant) = (SLIP, Vec::new());
    for (prefix, rest) in splits.map(|end| word.split_at(end)) {
        let (cost, words) = nearest(rest, least);
        if cost < least {
            meant.clear();
        }
        least = cost;
        meant.extend(words.into_iter().map(|word| format!("{prefix}{word}")));
    }
    // The parts of a word fit many others by chance.
    if meant.len() > 1 { (least, Vec::new()) } else { (least, meant) }
}

/// The words that a word in small ASCII letters can be meant for at the least cost, and that cost, which is at most
/// `budget`.
pub fn nearest(word: &str, budget: u8) -> (u8, Vec<String>) {
    let (mut least, mut found) = (budget, Vec::new());
    let letters = word.as_bytes();
    if !(2..=LONGEST).contains(&letters.len()) || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return (least, found);
    }
    for first in first_letters(letters[0], letters[1]) {
        let section = usize::from(first - b'a');
        let mut search = Search::new(letters);
        let mut lines = MEANT.as_bytes()[STARTS[section]..STARTS[section + 1]].split(|&byte| byte == b'\n');
        while let Some([shared, rest @ ..]) = lines.next() {
            let Some(cost) = search.cost(usize::from(shared - SHARES_NONE), rest, least) else { continue };
            if cost < least {
                least = cost;
                found.clear();
            }
            found.push(String::from_utf8_lossy(&search.word).into_owned());
        }
    }
    (least, found)
}

/// The same among other words, which are sorted and in small letters.
pub fn nearest_of(word: &str, others: &[&'static str], budget: u8) -> (u8, Vec<&'static str>) {
    let (mut least, mut found) = (budget, Vec::new());
    if !(2..=LONGEST).contains(&word.len()) || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return (least, found);
    }
    let mut search = Search::new(word.as_bytes());
    let mut before = "";
    for &other in others {
        // Each letter too many or too few costs at least so much.
        if word.len().abs_diff(other.len()) > usize::from(least / SOUND_SLIP) {
            continue;
        }
        let shared = before.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
        before = other;
        let Some(cost) = search.cost(shared, &other.as_bytes()[shared..], least) else { continue };
        if cost < least {
            least = cost;
            found.clear();
        }
        found.push(other);
    }
    (least, found)
}

/// The letters that the word meant may begin with: its own, the second where the first is one too many or changed places with
/// it, and those that sound alike.
fn first_letters(first: u8, second: u8) -> Vec<u8> {
    let mut letters = vec![first, second];
    letters.extend((b'a'..=b'z').filter(|&other| other != first && sounds_alike(first, other)));
    letters.sort_unstable();
    letters.dedup();
    letters
}

/// The cost of one slip between a typed word and the words of a list, which share the rows of their common beginnings.
struct Search<'w> {
    typed: &'w [u8],
    word: Vec<u8>,
    rows: Vec<[u8; LONGEST + 1]>,
}

impl<'w> Search<'w> {
    fn new(typed: &'w [u8]) -> Self {
        let mut first = [0_u8; LONGEST + 1];
        for at in 0..typed.len() {
            first[at + 1] = first[at].saturating_add(length_cost(typed, at));
        }
        Self { typed, word: Vec::new(), rows: vec![first] }
    }

    /// The cost of the list's next word, which shares some letters with the one before; nothing if it is beyond the budget.
    fn cost(&mut self, shared: usize, rest: &[u8], budget: u8) -> Option<u8> {
        // The one before was given up within these letters already.
        if shared > self.word.len() {
            return None;
        }
        self.word.truncate(shared);
        self.rows.truncate(shared + 1);
        for &letter in rest {
            self.word.push(letter);
            let row = self.next_row();
            let is_hopeless = row[..=self.typed.len()].iter().all(|&cost| cost > budget);
            self.rows.push(row);
            if is_hopeless {
                // Words that share this letter too are as hopeless.
                self.word.pop();
                self.rows.pop();
                return None;
            }
        }
        self.rows.last().map(|row| row[self.typed.len()]).filter(|&cost| cost <= budget)
    }

    fn next_row(&self) -> [u8; LONGEST + 1] {
        let at = self.word.len() - 1;
        let (letter, above) = (self.word[at], &self.rows[at]);
        let mut row = [0_u8; LONGEST + 1];
        row[0] = above[0].saturating_add(SLIP);
        for typed in 0..self.typed.len() {
            let swap = || {
                let is_swapped = at > 0
                    && typed > 0
                    && self.typed[typed] == self.word[at - 1]
                    && self.typed[typed - 1] == letter
                    && self.typed[typed] != letter;
                if is_swapped { self.rows[at - 1][typed - 1].saturating_add(SLIP) } else { u8::MAX }
            };
            let changed = above[typed].saturating_add(change_cost(letter, self.typed[typed]));
            let lost = above[typed + 1].saturating_add(length_cost(&self.word, at));
            let added = row[typed].saturating_add(length_cost(self.typed, typed));
            row[typed + 1] = changed.min(lost).min(added).min(swap());
        }
        row
    }
}

fn change_cost(wanted: u8, typed: u8) -> u8 {
    match (wanted, typed) {
        _ if wanted == typed => 0,
        _ if sounds_alike(wanted, typed) => SOUND_SLIP,
        _ => SLIP,
    }
}

/// A letter too many or too few: half a slip where it doubles its neighbour or is silent.
fn length_cost(word: &[u8], at: usize) -> u8 {
    let is_doubled = at > 0 && word[at - 1] == word[at];
    let is_silent = word[at] == b'h' && at > 0 || word[at] == b'e' && at + 1 == word.len();
    if is_doubled || is_silent { SOUND_SLIP } else { SLIP }
}

/// Letters that are written for one another by ear.
fn sounds_alike(a: u8, b: u8) -> bool {
    is_vowel(char::from(a)) && is_vowel(char::from(b))
        || matches!(
            (a.min(b), a.max(b)),
            (b'c', b'k')
                | (b'c', b's')
                | (b's', b'z')
                | (b'g', b'j')
                | (b'f', b'p')
                | (b'c', b'q')
                | (b'k', b'q')
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known() {
        for word in [
            "patient",
            "necessary",
            "radiculopathy",
            "gabapentin",
            "colour",
            "orthopaedic",
            "denial",
            "acromioclavicular",
        ] {
            assert!(is_listed(word), "{word}");
        }
        for word in ["patinet", "necesary", "radiculpathy", "zzzz", "lumabr"] {
            assert!(!is_known(word), "{word}");
        }
    }

    #[test]
    fn words_are_built_of_elements() {
        for word in [
            "infrapatellar",
            "cystourethroscopy",
            "chondroplasties",
            "weightbearing",
            "parafacetal",
            "retromalleolar",
            "discogram",
            "nonindustrial",
            "tenosynovectomy",
            "tachycardic",
        ] {
            assert!(is_known(word), "{word}");
        }
        for word in ["paraspianl", "postoperatvie", "arthroscpy", "spondylosys", "acromioclavicualr"] {
            assert!(!is_known(word), "{word}");
        }
    }

    #[test]
    fn the_nearest_words_are_found() {
        for (typed, meant) in [
            ("lumabr", "lumbar"),
            ("radiculpathy", "radiculopathy"),
            ("necesary", "necessary"),
            ("flxion", "flexion"),
            ("ulmbar", "lumbar"),
            ("recieve", "receive"),
            ("ttreatment", "treatment"),
            ("seperate", "separate"),
        ] {
            assert!(nearest(typed, SLIP).1.iter().any(|word| word == meant), "{typed}");
        }
        assert!(nearest("xqzvwk", SLIP).1.is_empty());
        assert!(nearest("a", SLIP).1.is_empty());
        assert!(nearest(&"a".repeat(100), SLIP).1.is_empty());
    }

    #[test]
    fn every_word_that_can_be_meant_is_known_and_found() {
        let mut before = String::new();
        for line in MEANT.lines() {
            let shared = usize::from(line.as_bytes()[0] - SHARES_NONE);
            let word = format!("{}{}", &before[..shared], &line[1..]);
            assert!(is_listed(&word), "{word}");
            before = word;
        }
    }
}
