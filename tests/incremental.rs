//! A document that is read and checked after each of its edits gives what a fresh one gives: the same letters, blocks,
//! items and findings.
//!
//! `PROPTEST_CASES=5000 cargo test --release --test incremental` runs it for longer.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use detlint::engine::{Checker, Memory, Settings, check_document};
use detlint::letter::{Expected, Located, Reader, parse};
use detlint::lints::catalogue;
use detlint::text::Document;
use proptest::prelude::*;
use proptest::sample::Index;

/// Whole letters, in every layout.
static LETTERS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folders = ["tests/letters", "tests/outline/letters"];
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files =
        folders.iter().flat_map(|folder| fs::read_dir(root.join(folder)).expect("a folder of letters"));
    let mut paths: Vec<_> = files.map(|entry| entry.expect("a readable folder").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    paths.iter().filter_map(|path| fs::read_to_string(path).ok()).collect()
});

/// What is put in: text with and without defects, headings, labels, blanks of every kind, marks of every width.
const PIECES: &[&str] = &[
    "x",
    " ",
    "  ",
    ".",
    "..",
    ",",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    " \n\n",
    "\n\n\n\n\n",
    "\u{c}",
    "-\n",
    "\t",
    "“",
    "’s",
    "😀",
    "e\u{301}",
    "\u{2028}",
    "He ",
    "His lumbar flexion is limited..",
    "According to  report on 03/04/2016,",
    "\nCLINICAL CASE SUMMARY\n",
    "\nIMR ISSUES, DECISIONS AND RATIONALES\n",
    "\nHeating pad: Upheld\n",
    "\nClaims Administrator guideline: none\n",
    "\nMAXIMUS guideline: No guidelines found\n",
    "\nDecision rationale: ",
    "\nCase Number: CM16-0000001\nDate Assigned: 01/02/2016\nDate of Injury: 03/04/2012\n",
    "\nPage 3 of 6\n",
    "The patient is a 42-year-old female. ",
];

/// Where an edit begins, how much it takes out (rarely more than a few characters), and what it puts in.
type Change = (Index, usize, String);

fn change() -> impl Strategy<Value = Change> {
    let taken = prop_oneof![6 => 0usize..4, 2 => 4usize..60, 1 => 60usize..3000];
    let piece = prop_oneof![8 => prop::sample::select(PIECES).prop_map(str::to_owned), 1 => "\\PC{0,6}", 1 => Just(String::new())];
    (any::<Index>(), taken, piece)
}

fn document() -> impl Strategy<Value = String> {
    prop::collection::vec(any::<Index>(), 1..4).prop_map(|letters| {
        let letter = |index: Index| LETTERS[index.index(LETTERS.len())].as_str();
        letters.into_iter().map(letter).collect::<Vec<_>>().join("\n")
    })
}

fn apply(document: &mut Document, (start, taken, piece): &Change) {
    let text = String::from(&*document);
    let boundary = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = boundary(start.index(text.len() + 1));
    document.replace(start..boundary((start + taken).min(text.len())), piece);
}

/// All that a reading says, in words that can be compared.
fn told(letters: &[Located]) -> Vec<String> {
    let tell = |located: &Located| {
        let letter = &located.letter;
        let profile = letter.profile.map(|profile| &profile.name);
        let blocks = letter.blocks.iter().map(|block| {
            let content = &block.content;
            format!(
                "{:?} {} {:?} {:?} {} {:?}",
                block.role,
                block.start,
                block.item,
                content.logical,
                content.body_start,
                content.mentions()
            )
        });
        format!(
            "{profile:?} {} {:?} {:?} {:?} {} {}\n{}",
            located.start,
            located.furniture,
            letter.header,
            letter.items,
            letter.has_first_mark,
            letter.has_last_mark,
            blocks.collect::<Vec<_>>().join("\n")
        )
    };
    letters.iter().map(tell).collect()
}

/// Sentences are met again elsewhere in their block, and beside other sentences.
#[test]
fn what_is_remembered_of_other_letters_changes_nothing() {
    let settings = Settings::everything(catalogue());
    let mut memory = Memory::default();
    for letter in LETTERS.iter() {
        let opening = "The whole record was read once more for this review. ";
        let moved = letter.replace("Decision rationale: ", &format!("Decision rationale: {opening}"));
        let moved = moved.replace("The patient is a ", &format!("{opening}The patient is a "));
        let thinned = moved.split_inclusive(". ").step_by(2).collect::<String>();
        for text in [letter, &moved, &thinned] {
            let document = Document::new(text);
            let mut checker = Checker::remembering(&**catalogue(), &settings, memory);
            assert_eq!(checker.check(&document), check_document(catalogue(), &settings, &document));
            memory = checker.into_memory();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn what_is_kept_is_what_would_be_read(text in document(), changes in prop::collection::vec(change(), 1..12)) {
        let mut document = Document::new(&text);
        let mut reader = Reader::new(Expected::default());
        reader.read(&document);
        for change in &changes {
            apply(&mut document, change);
            prop_assert_eq!(told(&reader.read(&document)), told(&parse(&document)));
        }
    }

    #[test]
    fn what_is_kept_is_what_would_be_found(text in document(), changes in prop::collection::vec(change(), 1..6)) {
        let settings = Settings::everything(catalogue());
        let mut document = Document::new(&text);
        let mut checker = Checker::new(&**catalogue(), &settings);
        checker.check(&document);
        for change in &changes {
            apply(&mut document, change);
            prop_assert_eq!(checker.check(&document), check_document(catalogue(), &settings, &document));
        }
    }
}
