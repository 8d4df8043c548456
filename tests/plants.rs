//! What the lints find of defects that were written before them. A plant is a sentence with one defect, or a change
//! that brings one into a letter; a trap is a sound sentence or change that looks like one. Each is set into a clean
//! letter. Those in `held-out` and in `second` to `sixteenth` were written without sight of the lints or of the others; no
//! lint is tuned on those in `held-out`.
//!
//! `cargo test --test plants -- --nocapture` prints how many plants each lint finds and how many traps it walks into,
//! and what it misses. With `DETLINT_TEXTS` naming a folder of texts or a file of JSON lines (`path`, `text`), it
//! prints how often each lint speaks there too. `DETLINT_LINTS=a,b` measures only these lints and holds nothing
//! against the floor. `UPDATE=1` rewrites what each lint finds at least.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

use detlint::engine::{Activation, Level, LintId, Settings, check_document};
use detlint::lints::catalogue;
use detlint::text::{Document, Span, overlaps};
use rayon::prelude::*;

#[path = "support/change.rs"]
mod change;
#[path = "support/host.rs"]
mod host;

use change::{Change, changes, holds_changes, letters};
use host::{Host, Place, Planted, hosts};

/// The clean letters: those into which sentences are set, in their order, and all by their names.
struct Letters {
    hosts: Vec<Host>,
    by_name: BTreeMap<String, String>,
}

/// A letter with a plant or a trap in it; the spans are bytes of its text.
struct Case {
    /// The plant, for a person.
    shown: String,
    letter: String,
    text: String,
    /// A finding has to touch one of them.
    flagged: Vec<Span>,
    /// Where what is set in stands, if that is one place: no finding there is an old one.
    planted: Option<Span>,
}

/// A sentence of `plants/<lint>.tsv` or `traps/<lint>.tsv`.
struct Sentence {
    text: String,
    /// What a finding has to touch; of a trap, all of it.
    flagged: String,
    place: Place,
}

/// What a lint made of its plants and traps.
#[derive(Default)]
struct Score {
    plants: usize,
    found: usize,
    /// Plants that only another lint's finding touches.
    by_another: usize,
    /// Findings of other lints beside that, in letters with a plant.
    wrong: usize,
    traps: usize,
    walked_into: usize,
    /// Findings of other lints in letters with a trap.
    other_alarms: usize,
    /// Findings in letters without a defect.
    in_clean: usize,
    details: Vec<String>,
}

/// A finding in a document.
struct Seen {
    lint: LintId,
    span: Span,
    related: Vec<Span>,
    text: String,
}

#[test]
fn plants_are_found_and_traps_are_not_walked_into() {
    let folder = accuracy();
    measure_all(&folder, &Letters::of(&folder), &clean_letters(&folder));
}

#[test]
fn held_out_plants_are_found_and_traps_are_not_walked_into() {
    measure_apart("held-out", "held-out");
}

#[test]
fn second_plants_are_found_and_traps_are_not_walked_into() {
    measure_apart("second", "second");
}

#[test]
fn third_plants_are_found_and_traps_are_not_walked_into() {
    measure_apart("third", "second");
}

#[test]
fn fourth_plants_are_found_and_traps_are_not_walked_into() {
    measure_apart("fourth", "second");
}

#[test]
fn fifth_plants_are_found_and_traps_are_not_walked_into() {
    measure_apart("fifth", "fifth");
}

#[test]
fn sixth_plants_are_found_and_traps_are_not_walked_into() {
    measure_apart("sixth", "sixth");
}

#[test]
fn seventh_plants_are_found_and_traps_are_not_walked_into() {
    measure_apart("seventh", "seventh");
}

#[test]
fn eighth_plants_are_found_and_traps_are_not_walked_into() {
    measure_apart("eighth", "eighth");
}

#[test]
fn ninth_plants_are_found_and_traps_are_not_walked_into() {
    measure_apart("ninth", "ninth");
}

#[test]
fn tenth_plants_are_found_and_traps_are_not_walked_into() {
    measure_apart("tenth", "tenth");
}

#[test]
fn eleventh_plants_are_found_and_traps_are_not_walked_into() {
    measure_apart("eleventh", "eleventh");
}

#[test]
fn twelfth_plants_are_found_and_traps_are_not_walked_into() {
    measure_apart("twelfth", "twelfth");
}

#[test]
fn thirteenth_plants_are_found_and_traps_are_not_walked_into() {
    measure_apart("thirteenth", "thirteenth");
}

#[test]
fn fourteenth_plants_are_found_and_traps_are_not_walked_into() {
    measure_apart("fourteenth", "fourteenth");
}

#[test]
fn fifteenth_plants_are_found_and_traps_are_not_walked_into() {
    measure_apart("fifteenth", "fifteenth");
}

#[test]
fn sixteenth_plants_are_found_and_traps_are_not_walked_into() {
    measure_apart("sixteenth", "sixteenth");
}

/// Measures the lints on the plants and traps of a folder, all of which change the letters of a folder.
fn measure_apart(name: &str, letters: &str) {
    let folder = accuracy().join(name);
    let letters = Letters::apart(&accuracy().join(letters));
    let clean: Vec<String> = letters.by_name.values().cloned().collect();
    measure_all(&folder, &letters, &clean);
}

fn accuracy() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/accuracy")
}

/// Measures the lints on the plants and traps of a folder, tells what was missed, and holds them against its floor.
fn measure_all(folder: &Path, letters: &Letters, clean: &[String]) {
    let only = env::var("DETLINT_LINTS").ok();
    let mut lints = lints_with_plants(folder);
    if let Some(only) = &only {
        lints.retain(|lint| only.split(',').any(|named| named == lint));
    }
    let mut scores = BTreeMap::new();
    for lint in &lints {
        if let Some((id, _)) = catalogue().find(lint) {
            scores.insert(lint.as_str(), measure(folder, letters, lint, id));
        }
    }
    count_in_clean(clean, &mut scores);
    for (lint, score) in scores.iter().filter(|(_, score)| !score.details.is_empty()) {
        println!("\n{lint}\n{}", score.details.join("\n"));
    }
    println!("\n{}\n{}", folder.display(), table(&scores));
    println!("{} lints have plants and are not registered yet", lints.len() - scores.len());
    if let Some(texts) = env::var_os("DETLINT_TEXTS") {
        println!("\n{}", rates(&texts_of(Path::new(&texts)), &lints));
    }
    if only.is_some() {
        return;
    }
    let floor = folder.join("floor.tsv");
    if env::var_os("UPDATE").is_some() {
        fs::write(&floor, floor_of(&scores)).expect("a floor that can be written");
    }
    hold_against(&fs::read_to_string(&floor).expect("a floor"), &scores);
}

fn lints_with_plants(folder: &Path) -> Vec<String> {
    let mut lints: Vec<String> = fs::read_dir(folder.join("plants"))
        .expect("a folder of plants")
        .map(|entry| entry.expect("a readable folder").path())
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect();
    lints.sort();
    lints
}

/// The letters in which nothing is wrong: their expectations ask for silence.
fn clean_letters(folder: &Path) -> Vec<String> {
    let is_clean = |path: &PathBuf| {
        let expected = fs::read_to_string(path.with_extension("expected.tsv"));
        expected.is_ok_and(|rows| rows.lines().any(|row| row.starts_with("*\tmust-not\t*\t")))
    };
    let folders = [folder.join("letters"), folder.with_file_name("letters")];
    let paths = folders.iter().flat_map(|folder| fs::read_dir(folder).expect("a folder of letters"));
    paths
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .filter(is_clean)
        .chain(clean_outline_letters(&folder.with_file_name("outline")))
        .map(|path| fs::read_to_string(path).expect("a letter in UTF-8"))
        .collect()
}

/// Those of the outline's letters of which `clean.tsv` says so.
fn clean_outline_letters(outline: &Path) -> Vec<PathBuf> {
    let table = fs::read_to_string(outline.join("clean.tsv")).expect("a table of clean letters");
    let clean = table.lines().filter_map(|row| row.split_once("\tyes\t"));
    clean.map(|(letter, _)| outline.join("letters").join(letter).with_extension("txt")).collect()
}

fn read_table(folder: &Path, kind: &str, lint: &str) -> String {
    let path = folder.join(kind).join(lint).with_extension("tsv");
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn sentences(table: &str) -> Vec<Sentence> {
    let mut rows = table.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let columns = rows.next().unwrap_or_default();
    let column = |name: &str| columns.iter().position(|column| *column == name);
    let (text, flagged, role) = (column("sentence"), column("flagged"), column("role"));
    rows.map(|row| {
        let cell = |column: Option<usize>| column.and_then(|column| row.get(column)).map(ToString::to_string);
        let text = cell(text).unwrap_or_default();
        let flagged = cell(flagged).unwrap_or_else(|| text.clone());
        assert_eq!(text.matches(&flagged).count(), 1, "“{flagged}” in “{text}”");
        let place = match cell(role).as_deref() {
            None | Some("summary") => Place::Summary,
            Some("rationale") => Place::Rationale,
            Some(other) => panic!("no role is called {other}"),
        };
        Sentence { text, flagged, place }
    })
    .collect()
}

impl Letters {
    fn of(folder: &Path) -> Self {
        let tests = folder.with_file_name("");
        let folders = [folder.join("letters"), tests.join("letters"), tests.join("outline/letters")];
        Self { hosts: hosts(folder), by_name: letters(&folders) }
    }

    /// The letters of a folder, in which only changes are made.
    fn apart(folder: &Path) -> Self {
        Self { hosts: Vec::new(), by_name: letters(&[folder.join("letters")]) }
    }

    fn cases(&self, table: &str) -> Vec<Case> {
        if holds_changes(table) {
            return changes(table).iter().map(|change| self.changed(change)).collect();
        }
        let each = self.hosts.iter().cycle().zip(sentences(table));
        each.map(|(host, sentence)| with_sentence(host, &sentence)).collect()
    }

    fn changed(&self, change: &Change) -> Case {
        let changed = change.make(self.text(&change.letter));
        Case {
            shown: change.show(),
            letter: change.letter.clone(),
            text: changed.text,
            flagged: changed.flagged,
            planted: None,
        }
    }

    fn text(&self, letter: &str) -> &str {
        self.by_name.get(letter).unwrap_or_else(|| panic!("no letter is called {letter}"))
    }
}

fn with_sentence(host: &Host, sentence: &Sentence) -> Case {
    let planted = host.insert(sentence.place, &sentence.text, &sentence.flagged);
    Case {
        shown: sentence.text.replacen(&sentence.flagged, &format!("«{}»", sentence.flagged), 1),
        letter: host.name.clone(),
        text: planted.text,
        flagged: vec![planted.flagged],
        planted: Some(planted.sentence),
    }
}

/// What is said of a case that was not said of its letter.
fn new_findings(settings: &Settings, case: &Case, before: &[Seen]) -> Vec<Seen> {
    let mut findings = check(settings, &case.text);
    let is_planted = |seen: &Seen| case.planted.as_ref().is_some_and(|planted| overlaps(&seen.span, planted));
    for old in before {
        let same = |new: &Seen| new.lint == old.lint && words(&new.text).eq(words(&old.text));
        if let Some(at) = findings.iter().position(|new| same(new) && !is_planted(new)) {
            findings.remove(at);
        }
    }
    findings
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
}

fn measure(folder: &Path, letters: &Letters, lint: &str, id: LintId) -> Score {
    let settings = settings_with([id]);
    let set_in = |kind: &str| -> Vec<(Case, Vec<Seen>)> {
        let cases = letters.cases(&read_table(folder, kind, lint));
        let named: BTreeSet<&str> = cases.iter().map(|case| case.letter.as_str()).collect();
        let before: BTreeMap<String, Vec<Seen>> = named
            .into_par_iter()
            .map(|letter| (letter.to_owned(), check(&settings, letters.text(letter))))
            .collect();
        let each = cases.into_par_iter();
        each.map(|case| {
            let findings = new_findings(&settings, &case, &before[&case.letter]);
            (case, findings)
        })
        .collect()
    };
    let mut score = Score::default();
    for (case, findings) in &set_in("plants") {
        let touches = |seen: &&Seen| case.flagged.iter().any(|flagged| seen.touches(flagged));
        let found = findings.iter().filter(touches).any(|seen| seen.lint == id);
        let others: Vec<&Seen> = findings.iter().filter(|seen| seen.lint != id).collect();
        let by_another = (!found).then(|| others.iter().find(|seen| touches(seen))).flatten();
        score.plants += 1;
        score.found += usize::from(found);
        score.by_another += usize::from(by_another.is_some());
        score.wrong += others.len() - usize::from(by_another.is_some());
        let Case { shown, letter, .. } = case;
        if !found {
            let said = by_another.map_or_else(String::new, |seen| format!(" ({})", name(seen.lint)));
            score.details.push(format!("  missed{said}: {shown} [{letter}]"));
        }
        if !others.is_empty() && by_another.is_none() {
            score.details.push(format!("  also said: {shown} [{letter}] {}", list(&others)));
        }
    }
    for (case, findings) in &set_in("traps") {
        let (own, others): (Vec<&Seen>, Vec<&Seen>) = findings.iter().partition(|seen| seen.lint == id);
        score.traps += 1;
        score.walked_into += usize::from(!own.is_empty());
        score.other_alarms += others.len();
        let Case { shown, letter, .. } = case;
        for (what, said) in [("walked into", own), ("alarm in trap", others)] {
            if !said.is_empty() {
                score.details.push(format!("  {what}: {shown} [{letter}] {}", list(&said)));
            }
        }
    }
    score
}

/// Counts what the measured lints say of letters without a defect.
fn count_in_clean(letters: &[String], scores: &mut BTreeMap<&str, Score>) {
    let settings = settings_with(scores.keys().filter_map(|lint| catalogue().find(lint)).map(|(id, _)| id));
    let findings: Vec<Seen> = letters.par_iter().flat_map(|text| check(&settings, text)).collect();
    for (lint, score) in scores {
        let own: Vec<&Seen> = findings.iter().filter(|seen| name(seen.lint) == *lint).collect();
        score.in_clean = own.len();
        if !own.is_empty() {
            score.details.push(format!("  in clean letters: {}", list(&own)));
        }
    }
}

/// The lints that are on by default, and these.
fn settings_with(lints: impl IntoIterator<Item = LintId>) -> Settings {
    let catalogue = catalogue();
    let mut settings = Settings::defaults(catalogue);
    for lint in lints.into_iter().map(|id| catalogue.get(id)) {
        settings.set(catalogue, &lint.name, Some(lint.level)).expect("a registered lint");
    }
    settings
}

fn check(settings: &Settings, text: &str) -> Vec<Seen> {
    let document = Document::new(text);
    let outcome = check_document(catalogue(), settings, &document);
    assert!(outcome.crashed.is_empty(), "{} panicked on:\n{text}", name(outcome.crashed[0]));
    let seen = outcome.findings.into_iter().map(|finding| Seen {
        text: document.slice(finding.span.clone()).into_owned(),
        lint: finding.lint,
        span: finding.span,
        related: finding.related.into_iter().map(|related| related.span).collect(),
    });
    seen.collect()
}

impl Seen {
    fn touches(&self, flagged: &Span) -> bool {
        [&self.span].into_iter().chain(&self.related).any(|span| overlaps(span, flagged))
    }
}

fn name(lint: LintId) -> &'static str {
    &catalogue().get(lint).name
}

fn list(findings: &[&Seen]) -> String {
    let said: Vec<String> =
        findings.iter().map(|seen| format!("{} {:?}", name(seen.lint), seen.text)).collect();
    said.join(", ")
}

fn table(scores: &BTreeMap<&str, Score>) -> String {
    let mut table = String::from(
        "| lint | plants | found | by another | wrong | traps | walked into | other alarms | in clean letters |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for (lint, score) in scores {
        let Score { plants, found, by_another, wrong, traps, walked_into, other_alarms, in_clean, .. } =
            score;
        writeln!(
            table,
            "| {lint} | {plants} | {found} | {by_another} | {wrong} | {traps} | {walked_into} | {other_alarms} \
             | {in_clean} |"
        )
        .expect("a string takes all");
    }
    table
}

/// The texts of a folder, of its folders, or of a file of JSON lines.
fn texts_of(path: &Path) -> Vec<String> {
    if path.is_dir() {
        let entries = fs::read_dir(path).expect("a readable folder");
        let paths = entries.map(|entry| entry.expect("a readable folder").path());
        let texts = paths.filter(|path| path.is_dir() || path.extension().is_some_and(|it| it == "txt"));
        return texts.flat_map(|path| texts_of(&path)).collect();
    }
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let text = String::from_utf8_lossy(&bytes).into_owned();
    if path.extension().is_none_or(|extension| extension != "jsonl") {
        return vec![text];
    }
    let record = |line: &str| -> String {
        let record: serde_json::Value = serde_json::from_str(line).expect("a JSON value a line");
        record["text"].as_str().expect("a record with a text").to_owned()
    };
    text.lines().map(record).collect()
}

/// How often each measured lint speaks in the texts.
fn rates(texts: &[String], lints: &[String]) -> String {
    let ids: Vec<LintId> = lints.iter().filter_map(|lint| catalogue().find(lint)).map(|(id, _)| id).collect();
    let settings = settings_with(ids.iter().copied());
    let findings: Vec<Seen> = texts.par_iter().flat_map(|text| check(&settings, text)).collect();
    let words: usize = texts.iter().map(|text| text.split_whitespace().count()).sum();
    let mut table = format!("{} texts, {words} words\n\n", texts.len());
    table.push_str("| lint | findings | per 1,000 words |\n| --- | --- | --- |\n");
    for id in ids {
        let count = findings.iter().filter(|seen| seen.lint == id).count();
        let rate = count as f64 * 1000.0 / words.max(1) as f64;
        writeln!(table, "| {} | {count} | {rate:.3} |", name(id)).expect("a string takes all");
    }
    table
}

fn floor_of(scores: &BTreeMap<&str, Score>) -> String {
    let rows = scores.iter().map(|(lint, score)| format!("{lint}\t{}\t{}\n", score.found, score.walked_into));
    ["lint\tfound\ttraps walked into\n".to_owned()].into_iter().chain(rows).collect()
}

/// What must always hold: no lint is worse than the floor says, and a lint of level error that is on and has no row
/// there walks into no trap.
fn hold_against(floor: &str, scores: &BTreeMap<&str, Score>) {
    let mut allowed: BTreeMap<&str, usize> = BTreeMap::new();
    let mut worse = Vec::new();
    for row in floor.lines().skip(1) {
        let columns: Vec<&str> = row.split('\t').collect();
        let [lint, found, walked_into] = columns[..] else { panic!("floor.tsv: {row}") };
        let found: usize = found.parse().expect("a number of plants");
        let score = scores.get(lint).unwrap_or_else(|| panic!("floor.tsv: {lint} is not measured"));
        if score.found < found {
            worse.push(format!("{lint} finds {} of {} plants, and found {found}", score.found, score.plants));
        }
        allowed.insert(lint, walked_into.parse().expect("a number of traps"));
    }
    for (lint, score) in scores {
        let (_, entry) = catalogue().find(lint).expect("only registered lints are measured");
        let is_error = entry.level == Level::Error && entry.default == Activation::On;
        let none = is_error.then_some(0);
        if allowed.get(lint).copied().or(none).is_some_and(|allowed| score.walked_into > allowed) {
            worse.push(format!("{lint} walks into {} of {} traps", score.walked_into, score.traps));
        }
    }
    assert!(worse.is_empty(), "{}", worse.join("\n"));
}

#[test]
fn a_sentence_is_set_in_and_nothing_else_changes() {
    let folder = &accuracy();
    let hosts = hosts(folder);
    let words = |text: &str| words(text).map(str::to_owned).collect::<Vec<_>>();
    for lint in lints_with_plants(folder) {
        for (kind, least) in [("plants", 40), ("traps", 20)] {
            let table = read_table(folder, kind, &lint);
            if holds_changes(&table) {
                continue;
            }
            let sentences = sentences(&table);
            assert!(sentences.len() >= least, "{lint} has {} {kind}", sentences.len());
            for (index, sentence) in sentences.iter().enumerate() {
                let host = &hosts[index % hosts.len()];
                let Planted { text, sentence: span, flagged } =
                    host.insert(sentence.place, &sentence.text, &sentence.flagged);
                assert!(span.start <= flagged.start && flagged.end <= span.end, "{}", sentence.text);
                let without = [&text[..span.start], &text[span.end..]].concat();
                assert_eq!(words(&without), words(&host.text), "{} in {}", sentence.text, host.name);
                if !sentence.text.contains('{') {
                    assert_eq!(
                        words(&text[span]),
                        words(&sentence.text),
                        "{} in {}",
                        sentence.text,
                        host.name
                    );
                    assert_eq!(words(&text[flagged]), words(&sentence.flagged), "{}", sentence.text);
                }
            }
        }
    }
}

/// Tables of lints that are not registered yet are held to the letters too.
#[test]
fn a_change_is_made_and_nothing_else_changes() {
    let [folder, held_out, second] = ["", "held-out", "second"].map(|name| accuracy().join(name));
    let apart = [held_out, second].map(|folder| (Letters::apart(&folder), folder));
    for (letters, folder) in apart.into_iter().chain([(Letters::of(&folder), folder)]) {
        for lint in lints_with_plants(&folder) {
            for kind in ["plants", "traps"] {
                let table = read_table(&folder, kind, &lint);
                if holds_changes(&table) {
                    hold_to_letters(&format!("{kind}/{lint}"), kind == "plants", &table, &letters);
                }
            }
        }
    }
}

fn hold_to_letters(name: &str, is_flagged: bool, table: &str, letters: &Letters) {
    println!("{name}");
    for change in changes(table) {
        assert_eq!(is_flagged, change.is_flagged(), "{name}: {}", change.show());
        let letter = letters.text(&change.letter);
        let changed = change.make(letter).text;
        assert_eq!(words(&changed).collect::<Vec<_>>(), change.words(letter), "{}", change.show());
    }
}
