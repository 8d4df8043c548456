//! Which lines of a text were changed.

use similar::DiffOp;
use similar::algorithms::{Capture, Compact, Replace, myers};

/// How the lines of one text become those of another, from the first to the last.
#[must_use]
pub fn line_changes(old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    let mut changes = Compact::new(Replace::new(Capture::new()), old, new);
    // The library's shorter ways bring all its algorithms for all kinds of text: half a megabyte of program.
    let Ok(()) = myers::diff_deadline_raw(&mut changes, old, 0..old.len(), new, 0..new.len(), None);
    changes.into_inner().into_inner().into_ops()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_turn_the_old_lines_into_the_new() {
        let rebuilt = |old: &[&str], new: &[&str]| -> (Vec<String>, usize) {
            let changes = line_changes(old, new);
            let line = |change: &DiffOp| match change {
                DiffOp::Equal { .. } => old[change.old_range()].concat(),
                _ => new[change.new_range()].concat(),
            };
            let kept = changes.iter().filter(|change| matches!(change, DiffOp::Equal { .. }));
            (changes.iter().map(line).collect(), kept.map(|change| change.old_range().len()).sum())
        };
        for (old, new, kept) in [
            (&["a", "b", "c"][..], &["a", "x", "c"][..], 2),
            (&["a", "b"], &["a", "b", "c", "d"], 2),
            (&["a", "b", "a", "b"], &["b", "a"], 2),
            (&[], &["a"], 0),
            (&["a"], &[], 0),
            (&["a"], &["a"], 1),
        ] {
            let (lines, equal) = rebuilt(old, new);
            assert_eq!((lines.concat(), equal), (new.concat(), kept), "{old:?} {new:?}");
        }
    }
}
