//! Compiles the word lists into a filter that knows every word, one list of the words that a misspelt one can be meant for,
//! and a table of what the common ones can be.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::Path;

use super::text::{PART_NAMES, parts_hash};
use super::words::{SHARES_NONE, letter, shared, word_hash};

include!("../src/text/lexicon_format.rs");

const FOLDER: &str = "lints/spelling/lexicon";
/// The list of the words that everybody uses.
const FREQUENT: &str = "frequent.txt";
/// What the forms of common words can be.
const PARTS: &str = "parts.tsv";
/// What words can be in these letters that the dictionary does not know them to be; they stand in place of its own.
const OWN_PARTS: &str = "parts-own.tsv";
/// Lists whose words a misspelt word can be meant for.
const MEANT: [&str; 4] = [FREQUENT, "common.txt", "medical.txt", "own.txt"];
/// Lists whose words are only known.
const KNOWN: [&str; 2] = ["rare.txt", "named.txt"];
/// Other data whose words are known.
const DATA: [&str; 6] = [
    "src/guideline/catalogue.tsv",
    "src/letter/facts/drug.tsv",
    "src/letter/facts/finding.tsv",
    "src/letter/facts/level.tsv",
    "src/letter/facts/region.tsv",
    "src/letter/facts/service.tsv",
];

/// Writes `lexicon-known.bin`, `lexicon-frequent.bin`, `lexicon-meant.deflate`, `lexicon-starts.in` and `parts.bin`. `clinical` is the list of clinical
/// misspellings: what it corrects to is a word, what it corrects is none.
pub fn compile(clinical: &str, folder: &Path) {
    let pairs =
        || clinical.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
    let wrong: HashSet<&str> = pairs().map(|(wrong, _)| wrong).collect();

    let mut meant: BTreeSet<String> = MEANT.iter().flat_map(|name| list(name)).collect();
    meant.extend(
        pairs().flat_map(|(_, right)| right.split(',')).filter(|word| is_plain(word)).map(str::to_owned),
    );
    meant.retain(|word| !wrong.contains(word.as_str()));

    let mut known: BTreeSet<String> = KNOWN.iter().flat_map(|name| list(name)).collect();
    known.extend(DATA.iter().flat_map(|path| words(&read(path))));
    known.extend(meant.iter().cloned());

    let (text, starts) = front_coded(meant.iter().filter(|word| word.len() > 3));
    let write =
        |name: &str, bytes: &[u8]| fs::write(folder.join(name), bytes).expect("that folder can be written");
    write("lexicon-known.bin", &filter(known.iter(), KNOWN_BITS));
    write("lexicon-frequent.bin", &filter(list(FREQUENT).iter(), FREQUENT_BITS));
    write("lexicon-meant.deflate", &crate::deflate(&text).expect("memory can be written"));
    write("parts.bin", &parts());
    write("lexicon-starts.in", format!("{starts:?}").as_bytes());
}

/// The words of `parts.tsv` and `parts-own.tsv` by their hashes, each with its parts of speech as bits.
fn parts() -> Vec<u8> {
    let bit = |letter: char| {
        PART_NAMES.iter().position(|(known, _)| *known == letter).expect("a part of speech has a name")
    };
    let found: BTreeMap<u32, u16> = [PARTS, OWN_PARTS]
        .into_iter()
        .flat_map(list)
        .map(|line| {
            let (word, letters) = line.split_once('\t').expect("a word, a tab, letters");
            (parts_hash(word_hash(word)), letters.chars().fold(0, |parts, letter| parts | 1 << bit(letter)))
        })
        .collect();
    found.iter().flat_map(|(hash, parts)| [&hash.to_le_bytes()[..], &parts.to_le_bytes()].concat()).collect()
}

fn filter<'a>(words: impl Iterator<Item = &'a String>, bits: u64) -> Vec<u8> {
    let mut filter = vec![0; usize::try_from(bits).expect("it is small") / 8];
    for bit in words.flat_map(|word| lexicon_bits(word, bits)) {
        filter[bit / 8] |= 1 << (bit % 8);
    }
    filter
}

fn read(path: &str) -> String {
    println!("cargo::rerun-if-changed={path}");
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The words of a list, plain or front-coded.
fn list(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for line in read(&format!("{FOLDER}/{name}")).lines().filter(|line| !line.starts_with('#')) {
        let first = line.bytes().next().expect("no line is empty");
        let word = match first {
            b'A'..=b'Z' => {
                let shared = usize::from(first - SHARES_NONE);
                let before = words.last().map_or("", String::as_str);
                format!("{}{}", &before[..shared], &line[1..])
            }
            _ => line.to_owned(),
        };
        words.push(word);
    }
    words
}

fn words(text: &str) -> Vec<String> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(|line| line.split(|c: char| !c.is_ascii_alphabetic())).map(str::to_lowercase).collect()
}

fn is_plain(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Sorted words as such a list, and where in it the words begin that start with "a" … "z", and where it ends.
fn front_coded<'a>(words: impl Iterator<Item = &'a String>) -> (String, Vec<usize>) {
    let (mut text, mut starts) = (String::new(), vec![0]);
    let mut before = "";
    for word in words {
        while starts.len() <= usize::from(word.as_bytes()[0] - b'a') {
            starts.push(text.len());
            before = "";
        }
        let shared = shared(word.bytes(), before.bytes());
        text.push(letter(shared));
        text.push_str(&word[shared..]);
        text.push('\n');
        before = word;
    }
    starts.resize(27, text.len());
    (text, starts)
}
