//! PDFs and Word documents: read in the order in which people read them, told by page or paragraph, and never changed.

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

#[path = "support/command.rs"]
mod command;

use command::{detlint, folder, status, stderr, stdout, with_input};

fn document(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents").join(name)
}

fn copied(names: &[&str]) -> TempDir {
    let folder = folder(&[]);
    for name in names {
        fs::copy(document(name), folder.path().join(name)).unwrap();
    }
    folder
}

const SELECT: [&str; 2] = ["--select", "gender-mismatch,double-period"];

fn concise(folder: &Path, name: &str) -> String {
    stdout(&detlint(folder, &[&["--check", name, "--output-format", "concise"], &SELECT[..]].concat()))
}

#[test]
fn places_are_those_that_a_reader_looks_up() {
    let folder = copied(&["letter.pdf", "columns.pdf", "letter.docx", "columns.docx"]);
    for (name, slip, stated) in [
        ("letter.pdf", "page 1, line 7", "page 1, line 3"),
        // The second column goes on where the first ends.
        ("columns.pdf", "page 1, line 11", "page 1, line 3"),
        ("letter.docx", "paragraph 3", "paragraph 2"),
        ("columns.docx", "paragraph 4", "paragraph 3"),
    ] {
        let told = concise(folder.path(), name);
        let expected = format!(
            "{name}:{slip}: error[gender-mismatch] “His” for a female patient; {stated}: the patient is female"
        );
        assert_eq!(told.lines().next(), Some(expected.as_str()), "{told}");
        assert!(told.contains("warning[double-period]"), "{told}");
    }
}

#[test]
fn both_sides_of_a_conflict_are_shown_with_their_pages() {
    let folder = copied(&["columns.pdf"]);
    let shown = stdout(&detlint(folder.path(), &["--check", "columns.pdf"]));
    assert!(shown.contains("--> columns.pdf, page 1:11:13"), "{shown}");
    assert!(shown.contains("11 | tenderness. His lumbar flexion is"), "{shown}");
    assert!(shown.contains("columns.pdf, page 1:3:30"), "{shown}");
    let masked = stdout(&detlint(folder.path(), &["--check", "columns.pdf", "--no-source"]));
    assert!(
        masked.contains("page 1, line 3: the patient is female") && !masked.contains("lumbar"),
        "{masked}"
    );
}

#[test]
fn programs_are_told_the_page_and_the_paragraph() {
    let folder = copied(&["letter.pdf", "letter.docx"]);
    let args = [&["--check", "letter.pdf", "letter.docx", "--output-format", "json"], &SELECT[..]].concat();
    let report: Value = serde_json::from_slice(&detlint(folder.path(), &args).stdout).unwrap();
    let schema: Value = serde_json::from_str(include_str!("../src/check/report/json.schema.json")).unwrap();
    assert!(jsonschema::is_valid(&schema, &report), "{report}");
    let start = |file: usize| &report["files"][file]["findings"][0]["range"]["start"];
    assert_eq!((&start(0)["page"], &start(0)["line"]), (&1.into(), &7.into()));
    assert_eq!((&start(1)["paragraph"], &start(1)["line"]), (&3.into(), &1.into()));
    assert_eq!(report["summary"]["fixable"], 0, "no option changes them");
}

#[test]
fn a_ci_is_told_no_line_where_there_is_none() {
    let folder = copied(&["letter.pdf"]);
    let shown = |format| {
        let args = [&["--check", "letter.pdf", "--source", "--output-format", format], &SELECT[..]].concat();
        stdout(&detlint(folder.path(), &args))
    };
    assert!(shown("github").starts_with(
        "::error file=letter.pdf,title=detlint%3A gender-mismatch::page 1, line 7: “His” for a female patient"
    ));
    let sarif: Value = serde_json::from_str(&shown("sarif")).unwrap();
    let result = &sarif["runs"][0]["results"][0];
    assert!(result["locations"][0]["physicalLocation"].get("region").is_none());
    assert!(result["message"]["text"].as_str().unwrap().starts_with("page 1, line 7: "));
    let gitlab: Value = serde_json::from_str(&shown("gitlab")).unwrap();
    assert_eq!(gitlab[0]["location"]["lines"]["begin"], 1);
    let rdjson: Value = serde_json::from_str(&shown("rdjson")).unwrap();
    assert!(rdjson["diagnostics"][0]["location"].get("range").is_none());
    assert!(rdjson["diagnostics"][0].get("suggestions").is_none());
    assert!(shown("junit").contains("<testcase name=\"gender-mismatch (page 1, line 7)\""));
}

#[test]
fn they_are_never_changed() {
    let names = ["letter.pdf", "letter.docx"];
    let folder = copied(&names);
    for option in ["--fix", "--unsafe-fixes", "--diff"] {
        let args = [&["--check"], &names[..], &[option], &SELECT[..]].concat();
        let output = detlint(folder.path(), &args);
        assert_eq!(status(&output), if option == "--diff" { 0 } else { 1 }, "{option}");
        for (name, kind) in names.iter().zip(["a PDF", "a Word document"]) {
            assert!(stderr(&output).contains(&format!("{name}: not fixed: {kind}")), "{}", stderr(&output));
            assert_eq!(fs::read(folder.path().join(name)).unwrap(), fs::read(document(name)).unwrap());
        }
    }
    let output =
        with_input(folder.path(), &["--check", "-", "--fix"], &fs::read(document("letter.pdf")).unwrap());
    assert_eq!((status(&output), stdout(&output)), (2, String::new()));
}

#[test]
fn in_a_folder_they_are_checked_where_the_configuration_names_them() {
    let folder = copied(&["letter.pdf", "letter.docx", "blank.pdf"]);
    assert_eq!(status(&detlint(folder.path(), &["--check", "."])), 2, "nothing but *.txt counts by itself");
    fs::write(folder.path().join("detlint.toml"), "include = [\"**/letter.*\"]\n").unwrap();
    let told = concise(folder.path(), ".");
    assert!(told.contains("./letter.docx:paragraph 3") && told.contains("./letter.pdf:page 1"), "{told}");
}

#[test]
fn what_cannot_be_read_says_what_helps() {
    let folder = copied(&["locked.pdf", "restricted.pdf", "blank.pdf", "letter.doc"]);
    assert!(
        concise(folder.path(), "restricted.pdf").contains("gender-mismatch"),
        "it opens without a password"
    );
    for (name, told) in [
        ("locked.pdf", "is protected by a password"),
        ("blank.pdf", "holds no text: it may be a scan"),
        ("letter.doc", "save it as .docx"),
    ] {
        let output = detlint(folder.path(), &["--check", name]);
        assert_eq!(status(&output), 2);
        assert!(
            stderr(&output).contains(&format!("{name}: ")) && stderr(&output).contains(told),
            "{}",
            stderr(&output)
        );
    }
}

/// Whatever is cut off or overwritten, the others are checked, and the file is told of by a sentence of its own.
#[test]
fn damaged_files_never_end_the_run() {
    let letter = "The pain is mild..\n";
    for name in ["letter.pdf", "letter.docx"] {
        let whole = fs::read(document(name)).unwrap();
        let mut files: Vec<(String, Vec<u8>)> = vec![("good.txt".to_owned(), letter.into())];
        let mut random = fastrand::Rng::with_seed(7);
        for nth in 0..24 {
            let mut bytes = whole.clone();
            if nth % 2 == 0 {
                bytes.truncate(random.usize(8..whole.len()));
            } else {
                for _ in 0..40 {
                    let at = random.usize(8..whole.len());
                    bytes[at] = random.u8(..);
                }
            }
            files.push((format!("damaged-{nth}"), bytes));
        }
        let files: Vec<(&str, &[u8])> =
            files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let folder = folder(&files);
        let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
        let output =
            detlint(folder.path(), &[&["--check", "--output-format", "concise"], &names[..]].concat());
        assert_eq!(status(&output), 2, "{name}");
        assert!(stdout(&output).contains("good.txt:1:17: warning[double-period]"), "{}", stdout(&output));
        for line in stderr(&output).lines() {
            assert!(line.starts_with("detlint: damaged-"), "{line}");
        }
    }
}

/// A Word document of some parts.
fn word(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, xml) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(xml.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn what_stands_above_the_pages_of_word_is_read_once() {
    let paragraph = |text: &str| format!("<w:x xmlns:w=\"w\"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:x>");
    let (body, margin) = (paragraph("The gait is normal.."), paragraph("The pain is mild.."));
    let parts =
        [("word/document.xml", body.as_str()), ("word/header1.xml", &margin), ("word/header2.xml", &margin)];
    let folder = folder(&[("a.docx", &word(&parts))]);
    let told = concise(folder.path(), "a.docx");
    let places: Vec<&str> = told.lines().map(|line| line.split(": ").next().unwrap()).collect();
    assert_eq!(places, ["a.docx:header", "a.docx:paragraph 1", "1 letter"], "{told}");
}

#[test]
fn an_archive_is_not_unpacked_without_end() {
    let bomb = format!("<w:document xmlns:w=\"w\"><w:p>{}</w:p></w:document>", " ".repeat(65 << 20));
    let folder = folder(&[
        ("bomb.docx", &word(&[("word/document.xml", &bomb)])),
        ("other.docx", &word(&[("xl/workbook.xml", "<x/>")])),
    ]);
    for (name, told) in [("bomb.docx", "too large for a letter"), ("other.docx", "is no Word document")] {
        let output = detlint(folder.path(), &["--check", name]);
        assert_eq!(status(&output), 2);
        assert!(stderr(&output).contains(told), "{}", stderr(&output));
    }
}
