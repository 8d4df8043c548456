//! Tables of cases: a text, and the facts that are to be read in it.

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
