//! Choosing and applying fixes, to a fixpoint.

use super::catalogue::Catalogue;
use super::checker::{Checker, Outcome};
use super::finding::{Applicability, Edit, Finding};
use super::settings::Settings;
use crate::letter::Unread;
use crate::text::{Document, overlaps};

/// A fix can make room for another; more rounds than this means that two fixes undo each other.
const MAX_ROUNDS: usize = 10;

/// A text after its fixes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// The text.
    pub text: String,
    /// How many fixes were applied.
    pub applied: usize,
    /// What remains.
    pub outcome: Outcome,
    /// What of each letter could not be read or checked.
    pub unread: Vec<Vec<Unread>>,
}

/// Applies the fixes of a document up to an applicability (never `Manual`), re-checks, and repeats until none is left.
/// Of fixes that overlap, the first is applied; the other gets its chance in the next round.
#[must_use]
pub fn apply_fixes(catalogue: &Catalogue, settings: &Settings, text: &str, up_to: Applicability) -> Fixed {
    let mut document = Document::new(text);
    let mut checker = Checker::new(catalogue, settings);
    let mut outcome = checker.check(&document);
    let mut applied = 0;
    for _ in 0..MAX_ROUNDS {
        let edits = choose(&outcome.findings, up_to);
        if edits.is_empty() {
            break;
        }
        applied += edits.len();
        document = Document::new(&edited(&document, &edits));
        outcome = checker.check(&document);
    }
    Fixed { text: String::from(&document), applied, outcome, unread: checker.unread() }
}

fn choose(findings: &[Finding], up_to: Applicability) -> Vec<Edit> {
    let mut chosen: Vec<Edit> = Vec::new();
    for finding in findings {
        let fix = finding
            .fixes
            .first()
            .filter(|fix| fix.applicability <= up_to && fix.applicability < Applicability::Manual);
        let Some(fix) = fix else { continue };
        let free = |edit: &Edit| !chosen.iter().any(|other| overlaps(&other.span, &edit.span));
        if fix.edits.iter().all(free) {
            chosen.extend(fix.edits.iter().cloned());
        }
    }
    chosen.sort_by_key(|edit| edit.span.start);
    chosen
}

fn edited(document: &Document, edits: &[Edit]) -> String {
    let text = String::from(document);
    let mut result = String::with_capacity(text.len());
    let mut end = 0;
    for edit in edits {
        result.push_str(&text[end..edit.span.start]);
        result.push_str(&edit.new_text);
        end = edit.span.end;
    }
    result.push_str(&text[end..]);
    result
}
