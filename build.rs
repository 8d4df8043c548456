//! Compiles what would cost start-up: the lists of known misspellings into one sorted table, the lists of words, and
//! tables in TOML into JSON, which is read many times as quickly, and the lints' patterns into tables with their anchors. Lints'
//! files are deflated: only their pages are read of them.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::{env, fs};

use flate2::Compression;
use flate2::write::DeflateEncoder;

/// Lists that are asked for seldom.
const DEFLATED: [&str; 2] =
    ["lints/spelling/unlikely-word-near.tsv", "lints/spelling/unlikely-word-slips.tsv"];
const CLINICAL: &str = "lints/spelling/misspelling-clinical.tsv";
/// Of a lint's file only what is needed to run it: what stands before its documentation.
const LINTS: &str = "lints";
const PROFILES: &str = "src/letter/profiles";
const SENTENCE_KINDS: &str = "src/letter/sentence_kind.toml";

#[path = "build/frames.rs"]
#[allow(dead_code, reason = "the program uses the rest")]
mod frames;
#[path = "build/lexicon.rs"]
mod lexicon;
#[path = "build/misspelling.rs"]
mod misspelling;
#[path = "build/text.rs"]
#[allow(dead_code, unused_imports, reason = "the program uses the rest")]
mod text;
#[path = "build/words.rs"]
mod words;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={CLINICAL}");
    let clinical = fs::read_to_string(CLINICAL).unwrap_or_else(|error| panic!("{CLINICAL}: {error}"));
    let folder = env::var_os("OUT_DIR").expect("cargo names the folder of what is built");
    let write = |path: &Path, content: &[u8]| {
        let path = Path::new(&folder).join(path);
        let parent = path.parent().expect("it lies in that folder");
        fs::create_dir_all(parent).expect("that folder can be written");
        fs::write(path, content).expect("that folder can be written");
    };
    lexicon::compile(&clinical, Path::new(&folder));
    misspelling::compile(&clinical, Path::new(&folder));
    for path in DEFLATED {
        let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
        write(
            Path::new(&format!("{path}.deflate")),
            &deflate(&lines.join("\n")).expect("memory can be written"),
        );
    }
    let tables = [LINTS, PROFILES].into_iter().flat_map(|folder| tables_under(Path::new(folder)));
    for path in tables.chain([PathBuf::from(SENTENCE_KINDS)]) {
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let head = text.split("\n[doc]").next().unwrap_or_default();
        // A table that is none is told of where it is loaded, with its line.
        let mut table = toml::from_str::<toml::Table>(head).ok();
        if path.starts_with(LINTS) {
            let mut head = table.take().unwrap_or_default();
            let frames =
                frames::compile(&head).unwrap_or_else(|reason| panic!("{}: {reason}", path.display()));
            write(&path.with_extension("frames.rs"), frames.as_bytes());
            write(&path.with_extension("sets"), frames::sets(&head).as_bytes());
            head.remove("frame");
            head.remove("sets");
            table = Some(head).filter(|head| !head.is_empty());
            let deflated = deflate(&text).expect("memory can be written");
            write(&path.with_extension("toml.deflate"), &deflated);
        }
        let json = table.and_then(|table| serde_json::to_string(&table).ok());
        write(&path.with_extension("json"), json.unwrap_or_default().as_bytes());
    }
    for path in [LINTS, PROFILES, SENTENCE_KINDS, "build", "src/text", "src/engine/frame"] {
        println!("cargo::rerun-if-changed={path}");
    }
}

/// A text's length in four bytes, and the text deflated.
fn deflate(text: &str) -> io::Result<Vec<u8>> {
    let length = u32::try_from(text.len()).map_err(io::Error::other)?;
    let mut encoder = DeflateEncoder::new(length.to_le_bytes().to_vec(), Compression::best());
    encoder.write_all(text.as_bytes())?;
    encoder.finish()
}

/// The tables in TOML in a folder and those below it.
fn tables_under(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    let is_table = |path: &&PathBuf| path.extension().is_some_and(|extension| extension == "toml");
    let below = paths.iter().filter(|path| path.is_dir()).flat_map(|path| tables_under(path));
    paths.iter().filter(is_table).cloned().chain(below).collect()
}
