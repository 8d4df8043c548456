//! What the program understands of whole letters, against what a careful reader saw: `tests/outline/letters/*.txt` with
//! `*.facts.tsv`. Each whole outline is kept in
//! `tests/outline/snapshots`; `UPDATE=1 cargo test --test outline` rewrites these.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Rows on which reader and program differ, each with the reason why that is left so.
const KNOWN: &str = include_str!("outline/known.tsv");

fn letters() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outline/letters");
    let mut letters: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.with_extension("facts.tsv").exists() && path.extension().is_some_and(|ext| ext == "txt")
        })
        .collect();
    letters.sort();
    assert!(letters.len() >= 30, "the letters are missing");
    letters
}

fn outline(letter: &Path, format: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_detlint"))
        .args(["outline", "--format", format])
        .arg(letter)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", letter.display());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn outlines_are_as_they_were_read() {
    let snapshots = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outline/snapshots");
    let mut changed = Vec::new();
    for letter in letters() {
        let snapshot = snapshots.join(letter.file_name().unwrap());
        let now = outline(&letter, "text");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&snapshot, &now).unwrap();
        } else if fs::read_to_string(&snapshot).unwrap_or_default() != now {
            changed.push(format!("{}\n{now}", letter.display()));
        }
    }
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}

#[test]
fn a_careful_reader_saw_the_same() {
    let known: Vec<&str> = KNOWN.lines().filter(|line| !line.starts_with('#')).collect();
    let is_known =
        |row: &str| known.iter().any(|line| line.split('\t').take(3).collect::<Vec<_>>().join("\t") == row);
    let (mut rows, mut differences) = (0, Vec::new());
    for path in letters() {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let seen: Value = serde_json::from_str(&outline(&path, "json")).unwrap();
        let facts = fs::read_to_string(path.with_extension("facts.tsv")).unwrap();
        let mut reader = Reader { letters: seen.as_array().unwrap(), letter: 0, item: 0 };
        for line in facts.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            for (what, expected, found) in reader.compare(&line.split('\t').collect::<Vec<_>>()) {
                rows += 1;
                let row = format!("{name}\t{what}\t{found}");
                if expected != found && !is_known(&row) {
                    differences.push(format!("{row}\n    the reader: {expected}"));
                }
            }
        }
    }
    println!("{rows} facts compared, {} of them known to differ", known.len());
    assert!(differences.is_empty(), "{} differ\n{}", differences.len(), differences.join("\n"));
}

/// Walks through a letter's rows.
struct Reader<'a> {
    letters: &'a [Value],
    letter: usize,
    item: usize,
}

impl Reader<'_> {
    /// What a row says and what was understood: name, the reader's value, the program's.
    fn compare(&mut self, row: &[&str]) -> Vec<(String, String, String)> {
        let empty = Value::Null;
        let seen = self.letters.get(self.letter).unwrap_or(&empty);
        let told = |key: &str| seen[key]["value"].as_str().unwrap_or("none").to_owned();
        let one = |found: String| vec![(row[0].to_owned(), row[1].to_owned(), found)];
        match row[0] {
            "letter" => {
                (self.letter, self.item) = (self.letter + 1, 0);
                Vec::new()
            }
            "profile" => one(seen["profile"].as_str().unwrap_or("none").to_owned()),
            "sex" | "age" => one(told(row[0])),
            "injury-date" => one(told("injury_date")),
            "review-date" => one(told("review_date")),
            "item" => {
                self.item += 1;
                compare_item(self.item, row, &seen["items"][self.item - 1])
            }
            other => panic!("no fact is called {other}"),
        }
    }
}

fn compare_item(number: usize, row: &[&str], seen: &Value) -> Vec<(String, String, String)> {
    let [_, request, decision, conclusion, cited, main] = row else { panic!("six columns: {row:?}") };
    let told = |key: &str| seen[key]["value"].as_str().unwrap_or("none").to_owned();
    let name = |what: &str| format!("item {number} {what}");
    let mut sources = String::new();
    for source in seen["cited"].as_array().into_iter().flatten() {
        write!(sources, "{}; ", source["value"].as_str().unwrap_or_default()).unwrap();
    }
    let cites_something = if seen["citation"] == "present" { "something" } else { "none" };
    let goes_with = seen["goes_with"].as_u64().map_or("-".to_owned(), |main| main.to_string());
    vec![
        (name("request"), "the same words".to_owned(), same_words(request, &told("request"))),
        (name("decision"), (*decision).to_owned(), told("decision")),
        (name("conclusion"), (*conclusion).to_owned(), told("conclusion")),
        (
            name("cites"),
            if *cited == "none" { "none" } else { "something" }.to_owned(),
            cites_something.to_owned(),
        ),
        (name("main item"), (*main).to_owned(), goes_with),
    ]
}

/// A reader shortens a request: most of the words must be the program's too.
fn same_words(reader: &str, program: &str) -> String {
    let words = |text: &str| -> Vec<String> {
        text.to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.len() > 1)
            .map(str::to_owned)
            .collect()
    };
    let program_words = words(program);
    let reader_words = words(reader);
    let shared = reader_words.iter().filter(|word| program_words.contains(word)).count();
    if shared * 3 >= reader_words.len() * 2 { "the same words".to_owned() } else { program.to_owned() }
}
