//! What fixes would change, as a unified diff.

use std::fmt::Write;
use std::ops::Range;

use similar::{DiffOp, group_diff_ops};

use crate::text::{line_changes, lines_with_breaks};

/// Unchanged lines that are shown around a change.
const CONTEXT: usize = 2;

/// The unified diff of a letter; empty where nothing differs.
pub(super) fn unified_diff(name: &str, before: &str, after: &str) -> String {
    let (old, new) = (lines_with_breaks(before), lines_with_breaks(after));
    let mut diff = String::new();
    for hunk in group_diff_ops(line_changes(&old, &new), CONTEXT) {
        let (Some(first), Some(last)) = (hunk.first(), hunk.last()) else { continue };
        if diff.is_empty() {
            diff = format!("--- {name}\n+++ {name}\n");
        }
        let old_lines = first.old_range().start..last.old_range().end;
        let new_lines = first.new_range().start..last.new_range().end;
        // Writing to a string cannot fail.
        let _ = writeln!(diff, "@@ -{} +{} @@", lines_named(&old_lines), lines_named(&new_lines));
        for change in &hunk {
            if let DiffOp::Equal { .. } = change {
                push(&mut diff, ' ', &old[change.old_range()]);
            } else {
                push(&mut diff, '-', &old[change.old_range()]);
                push(&mut diff, '+', &new[change.new_range()]);
            }
        }
    }
    diff
}

/// Lines as a hunk's header has them: the first, from 1, and how many, unless one; the line before where there is none.
fn lines_named(lines: &Range<usize>) -> String {
    match lines.len() {
        0 => format!("{},0", lines.start),
        1 => (lines.start + 1).to_string(),
        count => format!("{},{count}", lines.start + 1),
    }
}

fn push(diff: &mut String, tag: char, lines: &[&str]) {
    for line in lines {
        diff.push(tag);
        diff.push_str(line);
        if !line.ends_with(['\n', '\r']) {
            diff.push_str("\n\\ No newline at end of file\n");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hunks_as_patch_reads_them() {
        assert_eq!(unified_diff("a.txt", "one\n", "one\n"), "");
        assert_eq!(
            unified_diff("a.txt", "one\ntwo\nthree\nfour\n", "one\ntwo\nthree\nfive\nsix\n"),
            "--- a.txt\n+++ a.txt\n@@ -2,3 +2,4 @@\n two\n three\n-four\n+five\n+six\n"
        );
        assert_eq!(
            unified_diff("a.txt", "one..", "one."),
            "--- a.txt\n+++ a.txt\n@@ -1 +1 @@\n-one..\n\\ No newline at end of file\n+one.\n\\ No newline at end of file\n"
        );
        assert_eq!(unified_diff("a.txt", "", "one\n"), "--- a.txt\n+++ a.txt\n@@ -0,0 +1 @@\n+one\n");
        let lines = |changed: &str| format!("{changed}2\n3\n4\n5\n6\n7\n8\n9\n{changed}");
        assert_eq!(
            unified_diff("a.txt", &lines("1\n"), &lines("x\n")),
            "--- a.txt\n+++ a.txt\n@@ -1,3 +1,3 @@\n-1\n+x\n 2\n 3\n@@ -8,3 +8,3 @@\n 8\n 9\n-1\n+x\n"
        );
    }
}
