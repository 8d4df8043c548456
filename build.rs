//! Compiles what would cost start-up: the lists of known misspellings into one sorted table, the lists of words, and
//! tables in TOML into JSON, which is read many times as quickly.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::{env, fs};

const CLINICAL: &str = "lints/spelling/misspelling-clinical.tsv";
const EXCLUDED: &str = "lints/spelling/misspelling-excluded.txt";
const DRUGS: &str = "src/letter/facts/drug.tsv";
/// Of a lint's file only what is needed to run it: what stands before its documentation.
const LINTS: &str = "lints";
const PROFILES: &str = "src/letter/profiles";
const SENTENCE_KINDS: &str = "src/letter/sentence_kind.toml";

/// The general dictionary is made for source code, where short words are identifiers.
const LEAST_LETTERS: usize = 4;

include!("src/lints/spelling/misspelling_hash.rs");

#[path = "build/lexicon.rs"]
mod lexicon;

fn main() {
    let [clinical, excluded, drugs] = [CLINICAL, EXCLUDED, DRUGS].map(|path| {
        println!("cargo::rerun-if-changed={path}");
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
    });
    println!("cargo::rerun-if-changed=build.rs");

    let mut table = general(&words_of(&excluded), &words_of(&drugs));
    for (wrong, right) in entries(&clinical).filter_map(|line| line.split_once('\t')) {
        table.insert(wrong.to_owned(), right.to_owned());
    }
    let folder = env::var_os("OUT_DIR").expect("cargo names the folder of what is built");
    let write = |name: &str, text: String| {
        let path = Path::new(&folder).join(name);
        let parent = path.parent().expect("it lies in that folder");
        fs::create_dir_all(parent).expect("that folder can be written");
        fs::write(path, text).expect("that folder can be written");
    };
    lexicon::compile(&clinical, Path::new(&folder));
    let tables = [LINTS, PROFILES].into_iter().flat_map(|folder| tables_under(Path::new(folder)));
    for path in tables.chain([PathBuf::from(SENTENCE_KINDS)]) {
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let head = text.split("\n[doc]").next().unwrap_or_default();
        // A table that is none is told of where it is loaded, with its line.
        let json =
            toml::from_str::<toml::Table>(head).ok().and_then(|table| serde_json::to_string(&table).ok());
        let name = path.with_extension("json");
        write(&name.to_string_lossy(), json.unwrap_or_default());
    }
    for path in [LINTS, PROFILES, SENTENCE_KINDS] {
        println!("cargo::rerun-if-changed={path}");
    }
    write("misspelling.tsv", table.iter().map(|(wrong, right)| line(wrong, right)).collect());
    write("misspelling-starts.in", format!("{:?}", starts(&table)));
    write("misspelling-filter.in", format!("{:?}", filter(&table)));
}

/// The tables in TOML in a folder and those below it.
fn tables_under(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    let is_table = |path: &&PathBuf| path.extension().is_some_and(|extension| extension == "toml");
    let below = paths.iter().filter(|path| path.is_dir()).flat_map(|path| tables_under(path));
    paths.iter().filter(is_table).cloned().chain(below).collect()
}

fn line(wrong: &str, right: &str) -> String {
    format!("{wrong}\t{right}\n")
}

/// Where in the table the words begin that start with "aa", "ab" … "zz", and where it ends.
fn starts(table: &BTreeMap<String, String>) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut lines = table.iter().peekable();
    let mut at = 0;
    for pair in (b'a'..=b'z').flat_map(|first| (b'a'..=b'z').map(move |second| [first, second])) {
        starts.push(at);
        while let Some((wrong, right)) = lines.next_if(|(wrong, _)| wrong.as_bytes()[..2] == pair) {
            at += line(wrong, right).len();
        }
    }
    assert!(lines.next().is_none(), "every word begins with two letters");
    starts.push(at);
    starts
}

/// A bit for each word that may be in the table, by its hash: most words of a letter are told by it to be in no list.
fn filter(table: &BTreeMap<String, String>) -> Vec<u64> {
    let mut filter = vec![0; FILTER_BITS / 64];
    for wrong in table.keys() {
        let bit = hash(wrong) as usize % FILTER_BITS;
        filter[bit / 64] |= 1 << (bit % 64);
    }
    filter
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

fn entries(list: &str) -> impl Iterator<Item = &str> {
    list.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

fn words_of(list: &str) -> HashSet<String> {
    entries(list).flat_map(|line| line.split(|c: char| !c.is_alphabetic())).map(str::to_lowercase).collect()
}
