//! Letters are recognised, and nothing else in this repository is: a run over a folder must not lint a manual.

use std::fs;
use std::path::{Path, PathBuf};

use detlint::letter::recognise;
use detlint::text::Document;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
/// Folders that are not of the repository.
const FOREIGN: [&str; 3] = ["target", ".git", "node_modules"];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if FOREIGN.contains(&&*name) {
            continue;
        }
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

fn is_letter(path: &Path) -> bool {
    let bytes = fs::read(path).expect("a readable file");
    let text = String::from_utf8_lossy(&bytes);
    recognise(&Document::new(text.strip_prefix('\u{feff}').unwrap_or(&text))).is_some()
}

#[test]
fn letters_and_nothing_else() {
    let mut found = Vec::new();
    files(Path::new(ROOT), &mut found);
    let in_letters = |path: &PathBuf| {
        path.extension().is_some_and(|extension| extension == "txt")
            && path.parent().is_some_and(|folder| folder.ends_with("letters"))
            && path.starts_with(Path::new(ROOT).join("tests"))
    };
    let (letters, others): (Vec<PathBuf>, Vec<PathBuf>) = found.into_iter().partition(in_letters);
    assert!(letters.len() > 50 && others.len() > 100, "the repository was not found");
    let missed: Vec<&PathBuf> = letters.iter().filter(|path| !is_letter(path)).collect();
    assert!(missed.is_empty(), "not recognised: {missed:?}");
    let taken: Vec<&PathBuf> = others.iter().filter(|path| is_letter(path)).collect();
    assert!(taken.is_empty(), "taken for letters: {taken:?}");
}
