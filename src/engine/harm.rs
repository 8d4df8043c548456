//! Fixes that would do harm: those that bring a new finding.

use std::sync::Arc;

use super::catalogue::Catalogue;
use super::finding::{Applicability, Draft, DraftFix, LintId};
use super::memory::Memory;
use super::passes::block_drafts;
use super::settings::Settings;
use crate::letter::{Block, Content};
use crate::text::LogicalBuilder;

/// A fix that would bring a new finding into its block is a person's to apply. The first fixes of all findings are
/// tried together: only where that brings something new is each tried by itself.
pub(super) fn demote_harmful_fixes(
    catalogue: &Catalogue,
    settings: &Settings,
    block: &Block,
    drafts: &mut [(LintId, Draft)],
    memory: &mut Memory,
) {
    let mut is_harmful = |fixes: &[(usize, usize)]| {
        let fixed: Vec<&DraftFix> = fixes.iter().map(|&(draft, fix)| &drafts[draft].1.fixes[fix]).collect();
        let edited = Block { content: Arc::new(edited_content(block, &fixed)), ..block.clone() };
        let after = block_drafts(catalogue, settings, &edited, memory).drafts;
        let allowed = |id: LintId| {
            let stays = |draft: usize| fixes.len() == 1 || fixes.iter().all(|&(fixed, _)| fixed != draft);
            drafts.iter().enumerate().filter(|(draft, (other, _))| *other == id && stays(*draft)).count()
        };
        let count = |id: LintId| after.iter().filter(|(other, _)| *other == id).count();
        after.iter().any(|(id, _)| count(*id) > allowed(*id))
    };
    let mut fixes: Vec<(usize, usize)> = Vec::new();
    for (draft, (_, Draft { fixes: offered, .. })) in drafts.iter().enumerate() {
        let own = (0..offered.len()).filter(|&fix| offered[fix].applicability != Applicability::Manual);
        fixes.extend(own.map(|fix| (draft, fix)));
    }
    let together = apart(drafts, &fixes);
    if together.len() > 1 && !is_harmful(&together) {
        fixes.retain(|fix| !together.contains(fix));
    }
    fixes.retain(|&fix| is_harmful(&[fix]));
    for (draft, fix) in fixes {
        drafts[draft].1.fixes[fix].applicability = Applicability::Manual;
    }
}

/// The first fix of each draft, in the order of the text, without those that share text with another.
fn apart(drafts: &[(LintId, Draft)], fixes: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let span = |&(draft, fix): &(usize, usize)| &drafts[draft].1.fixes[fix].place.span;
    let mut first: Vec<(usize, usize)> = fixes.iter().copied().filter(|&(_, fix)| fix == 0).collect();
    first.sort_by_key(|fix| (span(fix).start, span(fix).end));
    let mut end = None;
    first.retain(|fix| {
        let is_free = end.is_none_or(|end| span(fix).start > end);
        if is_free {
            end = Some(span(fix).end);
        }
        is_free
    });
    first
}

/// A block's text after fixes that stand apart, in the order of the text.
fn edited_content(block: &Block, fixes: &[&DraftFix]) -> Content {
    let text = block.content.text();
    let mut edited = String::with_capacity(text.len());
    let mut at = 0;
    for fix in fixes {
        edited.push_str(&text[at..fix.place.span.start]);
        edited.push_str(&fix.new_text);
        at = fix.place.span.end;
    }
    edited.push_str(&text[at..]);
    let mut builder = LogicalBuilder::with_margin(block.content.logical.page_margin());
    let mut start = 0;
    for line in edited.split('\n') {
        builder.push_line(line, start, 0);
        start += line.len() + 1;
    }
    Content::read(builder.finish(), block.role, block.content.body_start)
}
