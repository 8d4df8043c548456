//! Tables of cases: a text, and the facts that are to be read in it.

use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::text::Span;

/// Runs every row of a table and reports all that fail. Columns: the text (`\n` stands for a wrap), and the
/// expected rendering of its facts. Lines that begin with `#` are about the cases below them.
pub(super) fn check(table: &str, render: impl Fn(&str) -> String) {
    let mut rows = 0;
    let mut faults = Vec::new();
    for line in table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let (text, expected) = line.split_once('\t').unwrap_or((line, ""));
        let text = text.replace("\\n", "\n");
        let found = render(&text);
        if found != expected {
            faults.push(format!("{text:?}\n  expected: {expected}\n  found:    {found}"));
        }
        rows += 1;
    }
    assert!(rows > 0, "an empty table");
    assert!(faults.is_empty(), "{} of {rows} rows fail:\n{}", faults.len(), faults.join("\n"));
}

/// Reads texts that are sewn together from a table's words, marks and odd characters: every span must lie in the
/// text, on characters, behind the one before it.
pub(super) fn check_any_text(table: &'static str, read: impl Fn(&str) -> Vec<Span>) {
    let words: Vec<&str> = table.split_whitespace().collect();
    let word = proptest::sample::select(words).prop_map(str::to_owned);
    let mark = proptest::sample::select(vec!["", " ", "  ", "\n", ". ", "-", "–", "/", "’", ", ", "×"]);
    let piece = (prop_oneof![8 => word, 1 => any::<char>().prop_map(String::from)], mark);
    let texts = prop::collection::vec(piece, 0..40).prop_map(|pieces| {
        pieces.into_iter().flat_map(|(word, mark)| [word, mark.to_owned()]).collect::<String>()
    });
    let checked = TestRunner::default().run(&texts, |text| {
        let mut end = 0;
        for span in read(&text) {
            prop_assert!(end <= span.start && text.get(span.clone()).is_some_and(|found| !found.is_empty()));
            end = span.end;
        }
        Ok(())
    });
    assert!(checked.is_ok(), "{checked:?}");
}
