//! The rooms of `src` and the order in which they may know each other (ARCHITECTURE.md).

use std::fs;
use std::path::{Path, PathBuf};

/// From the ground up: a room imports only rooms that stand before it.
const ROOMS: [&str; 10] =
    ["text", "guideline", "letter", "engine", "assist", "lints", "files", "config", "check", "server"];
/// The doors: neither knows the other.
const DOORS: [&str; 2] = ["check", "server"];
/// Rooms that do no input or output and know no terminal, clock or protocol.
const PURE: [&str; 6] = ["text", "guideline", "letter", "engine", "assist", "lints"];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

#[test]
fn imports_run_one_way() {
    let mut faults = Vec::new();
    for (rank, room) in ROOMS.iter().enumerate() {
        for path in sources(&src().join(room)) {
            let text = fs::read_to_string(&path).unwrap();
            for (other_rank, other) in ROOMS.iter().enumerate() {
                let imports = text.contains(&format!("crate::{other}::"))
                    || text.contains(&format!("crate::{{{other}"));
                let through_a_door = DOORS.contains(room) && DOORS.contains(other) && room != other;
                if imports && (other_rank > rank || through_a_door) {
                    faults.push(format!("{} imports {other}", path.display()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_folder_is_a_room() {
    let mut folders: Vec<String> = fs::read_dir(src())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    folders.sort();
    let mut rooms = ROOMS.to_vec();
    rooms.sort_unstable();
    assert_eq!(folders, rooms);
}

#[test]
fn the_core_is_pure() {
    let forbidden = [
        "std::fs",
        "std::io",
        "std::net",
        "std::env",
        "std::time",
        "std::process",
        "println!",
        "tower_lsp",
        "anstream",
        "clap",
    ];
    let mut faults = Vec::new();
    for path in PURE.iter().flat_map(|room| sources(&src().join(room))) {
        let text = fs::read_to_string(&path).unwrap();
        faults.extend(
            forbidden
                .iter()
                .filter(|word| text.contains(**word))
                .map(|word| format!("{}: {word}", path.display())),
        );
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn ropey_is_named_in_one_file() {
    let named: Vec<PathBuf> = sources(&src())
        .into_iter()
        .filter(|path| fs::read_to_string(path).unwrap().contains("ropey::"))
        .collect();
    assert_eq!(named, [src().join("text/document.rs")]);
}

#[test]
fn lints_do_not_import_each_other() {
    for path in sources(&src().join("lints")) {
        // A lint's own tests look at the file around them.
        let text = fs::read_to_string(&path).unwrap().replace("    use super::*;\n", "");
        let own_tests = path.ends_with("lints/mod.rs");
        assert!(
            own_tests || !text.contains("crate::lints") && !text.contains("super::"),
            "{} reaches for another lint",
            path.display()
        );
    }
}
