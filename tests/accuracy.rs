//! Accuracy on letters that were written and committed before the lints that they measure. Prints, for each lint, how
//! many planted defects are found and how many traps are walked into; fails when either gets worse than it was.
//!
//! `cargo test --test accuracy -- --nocapture` shows the table.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use detlint::engine::{Level, Settings, check_document};
use detlint::lints::catalogue;
use detlint::text::Document;

#[path = "support/readme.rs"]
mod readme;
mod support;

use readme::keep_in_readme;
use support::{Judged, Verdict, judge_folder};

/// How the names of the letters begin that were read while the lints were written: `a…` and `b…`. The others came later.
const KNOWN: [char; 2] = ['a', 'b'];

#[derive(Default)]
struct Score {
    known: Found,
    later: Found,
    traps: usize,
    walked_into: usize,
}

/// Planted defects, and how many of them are found.
#[derive(Default)]
struct Found {
    planted: usize,
    found: usize,
}

/// The least share of planted defects that each lint finds, in percent: in known letters, and in later ones.
const LEAST_FOUND: [(&str, usize, usize); 6] = [
    ("gender-mismatch", 90, 60),
    ("confused-word", 70, 25),
    ("double-period", 95, 80),
    ("blank-name", 85, 75),
    ("missing-citation", 95, 95),
    ("placeholder-citation", 95, 95),
];

/// Letters that careful authors wrote as sound, without sight of the lints. Information may ask for more than they give.
#[test]
fn sound_letters_have_no_warning() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/accuracy/sound/letters");
    let mut letters = 0;
    let mut alarms = Vec::new();
    for entry in fs::read_dir(folder).expect("the sound letters") {
        let path = entry.expect("a readable folder").path();
        let text = fs::read_to_string(&path).expect("a letter in UTF-8");
        let found =
            check_document(catalogue(), &Settings::defaults(catalogue()), &Document::new(&text)).findings;
        letters += 1;
        let warnings = found.iter().filter(|finding| matches!(finding.level, Level::Warning | Level::Error));
        alarms.extend(
            warnings.map(|finding| format!("{}: {}", path.display(), catalogue().get(finding.lint).name)),
        );
    }
    assert!(letters > 100, "the sound letters were not found");
    assert!(alarms.is_empty(), "{}", alarms.join("\n"));
}

#[test]
fn planted_defects_are_found_and_traps_are_not_walked_into() {
    let letters = judge_folder(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/accuracy/letters")));
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    let mut details = Vec::new();
    let mut alarms_in_clean = Vec::new();
    for judged in &letters {
        let name = judged.path.file_name().unwrap_or_default().to_string_lossy();
        for row in judged.rows.iter().filter(|row| Judged::is_registered(row)) {
            let holds = judged.holds(row);
            if row.lint == "*" {
                if !holds {
                    alarms_in_clean.extend(
                        judged
                            .findings
                            .iter()
                            .map(|seen| format!("{name}:{} {} “{}”", seen.first_line, seen.lint, seen.text)),
                    );
                }
                continue;
            }
            let score = scores.entry(row.lint.clone()).or_default();
            match row.verdict {
                Verdict::MustNot => {
                    score.traps += 1;
                    score.walked_into += usize::from(!holds);
                }
                Verdict::Must | Verdict::Should => {
                    let found = if name.starts_with(KNOWN) { &mut score.known } else { &mut score.later };
                    found.planted += 1;
                    found.found += usize::from(holds);
                }
            }
            if !holds {
                details.push(format!(
                    "{name}:{} {:?} {} {}",
                    row.line.unwrap_or(0),
                    row.verdict,
                    row.lint,
                    row.text
                ));
            }
        }
    }
    println!("{} letters\n\n{}", letters.len(), table(&scores));
    println!("{} false alarms in letters without a defect", alarms_in_clean.len());
    if std::env::var_os("DETLINT_DETAILS").is_some() {
        println!("{}\n{}", details.join("\n"), alarms_in_clean.join("\n"));
    }
    keep_in_readme("accuracy", "accuracy", &table(&scores));
    assert!(alarms_in_clean.is_empty(), "{}", alarms_in_clean.join("\n"));
    for (lint, in_known, in_later) in LEAST_FOUND {
        let score = &scores[lint];
        for (Found { planted, found }, least) in [(&score.known, in_known), (&score.later, in_later)] {
            assert!(found * 100 >= least * planted, "{lint} finds {found} of {planted}");
        }
        assert_eq!(score.walked_into, 0, "{lint} walks into traps");
    }
}

fn table(scores: &BTreeMap<String, Score>) -> String {
    let mut table = String::from(
        "| lint | known letters: found of planted | later letters: found of planted | traps | walked into |\n\
         | --- | --- | --- | --- | --- |\n",
    );
    for (lint, Score { known, later, traps, walked_into }) in scores {
        let Found { planted, found } = known;
        let Found { planted: later_planted, found: later_found } = later;
        writeln!(
            table,
            "| {lint} | {found} of {planted} | {later_found} of {later_planted} | {traps} | {walked_into} |"
        )
        .unwrap();
    }
    table
}
