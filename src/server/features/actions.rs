//! Code actions: each fix of the findings in a range, the fixes of one lint in the whole document, what a house can
//! decide about findings, and all safe fixes of a document.

use std::collections::HashMap;

use similar::DiffOp;
use tower_lsp::gen_lsp_types::{
    CodeAction, CodeActionKind, CodeActionParams, CodeActionResponse, DocumentChange, Edit,
    OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextDocumentIdentifier, TextEdit,
    WorkspaceEdit,
};

use crate::engine::{Applicability, Edit as FixEdit, Finding, Fix, LintId};
use crate::server::agreed::Agreed;
use crate::server::commands::decisions;
use crate::server::convert::{FIX_ALL, diagnostic, range, span_of};
use crate::server::document::OpenDocument;
use crate::server::uri::path_of;
use crate::text::{Span, line_changes, overlaps};

pub(in crate::server) fn code_actions(
    document: &OpenDocument,
    params: &CodeActionParams,
    agreed: Agreed,
) -> Vec<CodeActionResponse> {
    if document.fault().is_some() {
        return Vec::new();
    }
    let wanted = |kind: &CodeActionKind| {
        params.context.only.as_ref().is_none_or(|kinds| kinds.iter().any(|asked| includes(asked, kind)))
    };
    let mut actions = Vec::new();
    if wanted(&CodeActionKind::QuickFix) {
        let asked = span_of(&document.text, &params.range, agreed);
        let touched = || document.findings().iter().filter(|finding| touches(&finding.span, &asked));
        let preferred = preferred(touched(), &asked);
        for finding in touched() {
            let is_preferred = preferred.is_some_and(|preferred| std::ptr::eq(preferred, finding));
            let fixes = finding.fixes.iter().enumerate();
            actions.extend(
                fixes.map(|(index, fix)| {
                    quick_fix(document, finding, fix, is_preferred && index == 0, agreed)
                }),
            );
        }
        let mut lints: Vec<LintId> = touched().map(|finding| finding.lint).collect();
        lints.sort();
        lints.dedup();
        actions.extend(lints.into_iter().filter_map(|lint| fix_lint(document, lint, agreed)));
        if path_of(&document.uri).is_some() {
            actions.extend(touched().flat_map(|finding| decisions(document, finding, agreed)));
        }
    }
    // Offered where it is asked for: it is no answer to "what can be done here?".
    let asked_for_all =
        params.context.only.as_ref().is_some_and(|kinds| kinds.iter().any(|kind| includes(kind, &FIX_ALL)));
    if asked_for_all {
        actions.extend(fix_all(document, agreed));
    }
    actions
}

/// Whether a kind that was asked for covers another: itself and its sub-kinds.
fn includes(asked: &CodeActionKind, kind: &CodeActionKind) -> bool {
    let name = |kind: &CodeActionKind| match serde_json::to_value(kind) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    };
    let (asked, kind) = (name(asked), name(kind));
    asked.is_empty()
        || kind == asked
        || kind.starts_with(&format!("{asked}."))
        || asked.starts_with(&format!("{kind}."))
}

/// A caret at either end of a finding is on it.
fn touches(finding: &Span, asked: &Span) -> bool {
    overlaps(finding, asked) || finding.start <= asked.end && asked.start <= finding.end
}

/// Of several findings, the one whose first fix the key applies that takes the preferred action unseen: the one that was
/// asked for exactly, else the first. What a person must weigh is never it.
fn preferred<'f>(touched: impl Iterator<Item = &'f Finding>, asked: &Span) -> Option<&'f Finding> {
    let is_ready = |finding: &&Finding| {
        finding.fixes.first().is_some_and(|fix| fix.applicability < Applicability::Manual)
    };
    touched.filter(is_ready).min_by_key(|finding| finding.span != *asked)
}

/// The fixes of one lint in the whole document, where there are several: the first of each finding, unless a person must
/// weigh it.
fn fix_lint(document: &OpenDocument, lint: LintId, agreed: Agreed) -> Option<CodeActionResponse> {
    let of_lint = document.findings().iter().filter(|finding| finding.lint == lint);
    let ready = of_lint.filter_map(|finding| {
        let fix = finding.fixes.first().filter(|fix| fix.applicability < Applicability::Manual)?;
        Some((finding, fix))
    });
    let mut chosen: Vec<&FixEdit> = Vec::new();
    let mut fixed = Vec::new();
    for (finding, fix) in ready {
        if !fix.edits.iter().any(|edit| chosen.iter().any(|other| overlaps(&other.span, &edit.span))) {
            chosen.extend(&fix.edits);
            fixed.push(diagnostic(&document.checked(), finding, agreed));
        }
    }
    (fixed.len() > 1).then(|| {
        CodeActionResponse::CodeAction(CodeAction {
            title: format!(
                "Fix all {} of {} in this document",
                fixed.len(),
                document.checked().catalogue.get(lint).name
            ),
            kind: Some(CodeActionKind::QuickFix),
            diagnostics: Some(fixed),
            is_preferred: Some(false),
            edit: Some(workspace_edit(document, text_edits(document, chosen.into_iter(), agreed), agreed)),
            ..CodeAction::default()
        })
    })
}

fn text_edits<'e>(
    document: &OpenDocument,
    edits: impl Iterator<Item = &'e FixEdit>,
    agreed: Agreed,
) -> Vec<TextEdit> {
    let edit = |edit: &FixEdit| TextEdit {
        range: range(&document.text, &edit.span, agreed),
        new_text: edit.new_text.clone(),
    };
    edits.map(edit).collect()
}

fn quick_fix(
    document: &OpenDocument,
    finding: &Finding,
    fix: &Fix,
    is_preferred: bool,
    agreed: Agreed,
) -> CodeActionResponse {
    let edits = text_edits(document, fix.edits.iter(), agreed);
    CodeActionResponse::CodeAction(CodeAction {
        title: fix.title.clone(),
        kind: Some(CodeActionKind::QuickFix),
        diagnostics: Some(vec![diagnostic(&document.checked(), finding, agreed)]),
        is_preferred: Some(is_preferred),
        edit: Some(workspace_edit(document, edits, agreed)),
        ..CodeAction::default()
    })
}

/// Every safe fix of the document, as the changed lines.
fn fix_all(document: &OpenDocument, agreed: Agreed) -> Option<CodeActionResponse> {
    if document.findings().is_empty() {
        return None;
    }
    let before = String::from(&document.text);
    let fixed = document.with_safe_fixes().filter(|fixed| fixed.text != before)?;
    let edits = changed_lines(&before, &fixed.text)
        .into_iter()
        .map(|(span, new_text)| TextEdit { range: range(&document.text, &span, agreed), new_text })
        .collect();
    Some(CodeActionResponse::CodeAction(CodeAction {
        title: format!("Apply {} safe fix{}", fixed.applied, if fixed.applied == 1 { "" } else { "es" }),
        kind: Some(FIX_ALL),
        edit: Some(workspace_edit(document, edits, agreed)),
        ..CodeAction::default()
    }))
}

fn changed_lines(before: &str, after: &str) -> Vec<(Span, String)> {
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let new: Vec<&str> = after.split_inclusive('\n').collect();
    let start_of = |line: usize| old[..line].iter().map(|line| line.len()).sum::<usize>();
    line_changes(&old, &new)
        .into_iter()
        .filter(|change| !matches!(change, DiffOp::Equal { .. }))
        .map(|change| {
            let (old_lines, new_lines) = (change.old_range(), change.new_range());
            (start_of(old_lines.start)..start_of(old_lines.end), new[new_lines].concat())
        })
        .collect()
}

fn workspace_edit(document: &OpenDocument, edits: Vec<TextEdit>, agreed: Agreed) -> WorkspaceEdit {
    let uri = document.uri.clone();
    if !agreed.versioned_edits {
        return WorkspaceEdit { changes: Some(HashMap::from([(uri, edits)])), ..WorkspaceEdit::default() };
    }
    let edit = TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier {
            version: Some(document.version),
            text_document_identifier: TextDocumentIdentifier { uri },
        },
        edits: edits.into_iter().map(Edit::TextEdit).collect(),
    };
    WorkspaceEdit {
        document_changes: Some(vec![DocumentChange::TextDocumentEdit(edit)]),
        ..WorkspaceEdit::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_changed_lines_are_edited() {
        let before = "one..\r\ntwo\r\nthree..\r\n";
        let after = "one.\r\ntwo\r\nthree.\r\n";
        assert_eq!(
            changed_lines(before, after),
            [(0..7, "one.\r\n".to_owned()), (12..21, "three.\r\n".to_owned())]
        );
    }

    #[test]
    fn kinds_that_were_asked_for() {
        assert!(includes(&CodeActionKind::Source, &FIX_ALL));
        assert!(includes(&FIX_ALL, &FIX_ALL));
        assert!(!includes(&CodeActionKind::QuickFix, &FIX_ALL));
        assert!(includes(&CodeActionKind::Empty, &CodeActionKind::QuickFix));
    }
}
