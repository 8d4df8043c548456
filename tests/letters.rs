//! Every letter with expectations gives what they ask for: those of `tests/letters`, and of the folder that
//! `DETLINT_LETTERS` names.

use std::env;
use std::path::PathBuf;

mod support;

use support::{Judged, Verdict, judge_folder};

#[test]
fn letters_give_what_a_careful_reader_finds() {
    let mut folders = vec![PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/letters"))];
    folders.extend(env::var_os("DETLINT_LETTERS").map(PathBuf::from));
    let mut faults = Vec::new();
    let (mut met, mut skipped, mut letters) = (0, 0, 0);
    for judged in folders.iter().flat_map(|folder| judge_folder(folder)) {
        letters += 1;
        for row in &judged.rows {
            if !Judged::is_registered(row) {
                skipped += 1;
            } else if judged.holds(row) {
                met += 1;
            } else if row.verdict != Verdict::Should {
                let line = row.line.map_or("*".to_owned(), |line| line.to_string());
                let nearby: Vec<String> = judged
                    .findings
                    .iter()
                    .filter(|seen| {
                        row.verdict == Verdict::MustNot && row.line.is_none_or(|line| seen.first_line == line)
                    })
                    .map(|seen| format!("{}:{} “{}”", seen.first_line, seen.lint, seen.text))
                    .collect();
                faults.push(format!(
                    "{}:{line}: {:?} {} “{}” {}",
                    judged.path.display(),
                    row.verdict,
                    row.lint,
                    row.text,
                    nearby.join("; ")
                ));
            }
        }
    }
    println!(
        "{letters} letters: {met} rows met, {skipped} rows of lints that are not registered yet skipped"
    );
    assert!(letters > 8, "the letters of tests/letters were not found");
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
