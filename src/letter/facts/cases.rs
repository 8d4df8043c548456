//! Tables of cases: a text, and the facts that are to be read in it.

use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::letter::Sentence;
use crate::letter::block::{Content, Role};
use crate::letter::sentence::sentences;
use crate::text::{LogicalBuilder, Span, Token, tokens};

/// A text of one line as a block of the case summary.
pub(super) fn content(text: &str) -> Content {
    let mut builder = LogicalBuilder::default();
    builder.push_line(text, 0, 0);
    Content::read(builder.finish(), Role::Summary, 0)
}

/// Runs every row of a table and reports all that fail. Columns: the text (`\n` stands for a wrap), and the
/// expected rendering of its facts, in which a wrap is written the same. Lines that begin with `#` and a blank are about the
/// cases below them.
pub(super) fn check(table: &str, render: impl Fn(&str) -> String) {
    check_columns(table, |[text]| render(text));
}

/// As [`check`], for facts of several texts, each in a column.
pub(super) fn check_columns<const TEXTS: usize>(table: &str, render: impl Fn([&str; TEXTS]) -> String) {
    let mut rows = 0;
    let mut faults = Vec::new();
    let is_comment = |line: &str| line == "#" || line.starts_with("# ");
    for line in table.lines().filter(|line| !is_comment(line) && !line.is_empty()) {
        let mut columns = line.split('\t');
        let texts = [(); TEXTS].map(|()| columns.next().unwrap_or_default().replace("\\n", "\n"));
        let expected = columns.next().unwrap_or_default();
        let found = render(texts.each_ref().map(String::as_str)).replace('\n', "\\n");
        if found != expected {
            faults.push(format!("{texts:?}\n  expected: {expected}\n  found:    {found}"));
        }
        assert!(columns.next().is_none(), "a column too many: {line}");
        rows += 1;
    }
    assert!(rows > 0, "an empty table");
    assert!(faults.is_empty(), "{} of {rows} rows fail:\n{}", faults.len(), faults.join("\n"));
}

/// Reads a text as a letter's block is read.
pub(super) fn read<T>(text: &str, read: impl Fn(&str, &[Token], &[Sentence]) -> T) -> T {
    let tokens = tokens(text);
    read(text, &tokens, &sentences(text, &tokens))
}

/// Reads texts that are sewn together from a table's words, marks and odd characters, and one that repeats its rows
/// without an end of sentence: every span must lie in the text, on characters, behind the one before it.
pub(super) fn check_any_text(table: &'static str, read: impl Fn(&str) -> Vec<Span>) {
    let check = |text: &str| {
        let mut end = 0;
        for span in read(text) {
            prop_assert!(end <= span.start && text.get(span.clone()).is_some_and(|found| !found.is_empty()));
            end = span.end;
        }
        Ok(())
    };
    let words: Vec<&str> = table.split_whitespace().collect();
    let word = proptest::sample::select(words).prop_map(str::to_owned);
    let mark = proptest::sample::select(vec!["", " ", "  ", "\n", ". ", "-", "–", "/", "’", ", ", "×"]);
    let piece = (prop_oneof![8 => word, 1 => any::<char>().prop_map(String::from)], mark);
    let texts = prop::collection::vec(piece, 0..40).prop_map(|pieces| {
        pieces.into_iter().flat_map(|(word, mark)| [word, mark.to_owned()]).collect::<String>()
    });
    let checked = TestRunner::default().run(&texts, |text| check(&text));
    assert!(checked.is_ok(), "{checked:?}");
    for text in ["", "\u{301}\u{2019}s", &table.replace(['.', '?', '!', '\n'], " ")] {
        assert!(check(text).is_ok(), "{text}");
    }
}
