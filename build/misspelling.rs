//! Compiles the lists of known misspellings into one sorted table and a filter of its words.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::Path;

use super::words::{letter, shared, word_hash};

include!("../src/lints/spelling/misspelling_format.rs");

const EXCLUDED: &str = "lints/spelling/misspelling-excluded.txt";
const DRUGS: &str = "src/letter/facts/drug.tsv";

/// The general dictionary is made for source code, where short words are identifiers.
const LEAST_LETTERS: usize = 4;

/// Writes `misspelling.txt`, `misspelling-runs.in` and `misspelling-filter.in`. `clinical` is the list of clinical misspellings.
pub fn compile(clinical: &str, folder: &Path) {
    let read = |path: &str| {
        println!("cargo::rerun-if-changed={path}");
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
    };
    let mut table = general(&words_of(&read(EXCLUDED)), &words_of(&read(DRUGS)));
    for (wrong, right) in entries(clinical).filter_map(|line| line.split_once('\t')) {
        table.insert(wrong.to_owned(), right.to_owned());
    }
    let (text, runs) = compact(&table);
    let write = |name: &str, text: String| {
        fs::write(folder.join(name), text).expect("that folder can be written");
    };
    write("misspelling.txt", text);
    write("misspelling-runs.in", format!("&{runs:?}"));
    write("misspelling-filter.in", format!("{:?}", filter(&table)));
}

/// The general dictionary, without what is a word in a letter.
fn general(excluded: &HashSet<String>, drugs: &HashSet<String>) -> BTreeMap<String, String> {
    let is_plain = |word: &str| word.bytes().all(|byte| byte.is_ascii_lowercase());
    typos_dict::WORD
        .map
        .entries()
        .map(|(wrong, right)| (wrong.into_inner().to_lowercase(), *right))
        .filter(|(wrong, _)| wrong.len() >= LEAST_LETTERS && is_plain(wrong))
        .filter(|(wrong, _)| !excluded.contains(wrong) && !drugs.contains(wrong))
        // A correction of two words belongs to the lint of joined words.
        .map(|(wrong, right)| {
            (wrong, right.iter().copied().filter(|word| is_plain(word)).collect::<Vec<_>>())
        })
        .filter(|(_, right)| !right.is_empty())
        .map(|(wrong, right)| (wrong, right.join(",")))
        .collect()
}

/// The table as the lint reads it, and where in it each run begins.
fn compact(table: &BTreeMap<String, String>) -> (String, Vec<u32>) {
    let (mut text, mut runs) = (String::new(), Vec::new());
    let mut before = "";
    for (index, (wrong, right)) in table.iter().enumerate() {
        if index % RUN == 0 {
            runs.push(u32::try_from(text.len()).expect("it is small"));
            before = "";
        }
        let start = shared(before.bytes(), wrong.bytes());
        let right: Vec<String> = right.split(',').map(|right| changed(wrong, right)).collect();
        text.push_str(&format!("{}{}\t{}\n", letter(start), &wrong[start..], right.join(",")));
        before = wrong;
    }
    (text, runs)
}

/// A correction as what it changes of the wrong word: the letters at the beginning and at the end that stay, and what stands
/// between them.
fn changed(wrong: &str, right: &str) -> String {
    let start = shared(wrong.bytes(), right.bytes());
    let end = shared(wrong[start..].bytes().rev(), right[start..].bytes().rev());
    format!("{}{}{}", letter(start), letter(end), &right[start..right.len() - end])
}

/// A bit for each word that may be in the table, by its hash: most words of a letter are told by it to be in no list.
fn filter(table: &BTreeMap<String, String>) -> Vec<u64> {
    let mut filter = vec![0; FILTER_BITS / 64];
    for wrong in table.keys() {
        let bit = word_hash(wrong) as usize % FILTER_BITS;
        filter[bit / 64] |= 1 << (bit % 64);
    }
    filter
}

fn entries(list: &str) -> impl Iterator<Item = &str> {
    list.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

fn words_of(list: &str) -> HashSet<String> {
    entries(list).flat_map(|line| line.split(|c: char| !c.is_alphabetic())).map(str::to_lowercase).collect()
}
