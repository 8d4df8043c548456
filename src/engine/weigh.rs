//! From drafts to findings: which of them speak, at what level, in what words, with which fixes.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::catalogue::Catalogue;
use super::finding::{Applicability, Draft, DraftFix, Edit, Finding, Fix, Level, LintId, Related};
use super::lint::Lint;
use super::message::{Arg, Message};
use super::settings::Settings;
use crate::letter::facts::changes_fact;
use crate::letter::{Content, Letter, Place};
use crate::text::{Span, overlaps};

/// The findings of a letter's drafts.
pub(super) fn findings(
    catalogue: &Catalogue,
    settings: &Settings,
    letter: &Letter,
    drafts: &[(LintId, Draft)],
) -> Vec<Finding<Place>> {
    let mut by_block: HashMap<usize, Vec<usize>> = HashMap::new();
    for (index, (_, draft)) in drafts.iter().enumerate() {
        by_block.entry(draft.place.block).or_default().push(index);
    }
    let is_silenced = |index: usize| {
        let beside = by_block.get(&drafts[index].1.place.block).into_iter().flatten();
        beside.into_iter().any(|&other| speaks_instead(catalogue, drafts, other, index))
    };
    (0..drafts.len())
        .filter(|&index| !is_silenced(index))
        .filter_map(|index| weigh(catalogue, settings, letter, &drafts[index]))
        .collect()
}

/// One defect, one finding: whether another draft on the same text makes this one unnecessary. Of one lint's, the longer
/// speaks; of two lints', the one to which the other yields.
fn speaks_instead(catalogue: &Catalogue, drafts: &[(LintId, Draft)], other: usize, this: usize) -> bool {
    let (speaker, rival) = &drafts[other];
    let (lint, draft) = &drafts[this];
    let shares_text =
        rival.place.block == draft.place.block && overlaps(&rival.place.span, &draft.place.span);
    if other == this || !shares_text {
        return false;
    }
    if speaker == lint {
        let length = |draft: &Draft| draft.place.span.len();
        return (length(rival), this) > (length(draft), other);
    }
    catalogue.get(*lint).yields_to.contains(&catalogue.get(*speaker).name)
}

/// Whether a spelling lint flags a word that the house accepts.
fn is_accepted_word(lint: &Lint, settings: &Settings, flagged: &str) -> bool {
    lint.family == "spelling" && settings.words.contains(&flagged.to_lowercase())
}

/// Gives a draft its level, messages and fingerprint.
fn weigh(
    catalogue: &Catalogue,
    settings: &Settings,
    letter: &Letter,
    (id, draft): &(LintId, Draft),
) -> Option<Finding<Place>> {
    let lint = catalogue.get(*id);
    let configured = settings.level(*id)?;
    let content = &letter.blocks[draft.place.block].content;
    if is_accepted_word(lint, settings, &content.text()[draft.place.span.clone()]) {
        return None;
    }
    let message = |key: &str, args: &[(&'static str, Arg)]| {
        let template =
            lint.messages.get(key).unwrap_or_else(|| panic!("{} has no message “{key}”", lint.name));
        Message::new(template.clone(), args.to_vec())
    };
    Some(Finding {
        lint: *id,
        span: draft.place.clone(),
        level: level(lint, configured, draft),
        message: message(draft.message, &draft.args),
        related: draft
            .related
            .iter()
            .map(|related| Related {
                span: related.place.clone(),
                message: message(related.message, &related.args),
            })
            .collect(),
        fixes: draft.fixes.iter().filter_map(|fix| weigh_fix(letter, fix)).collect(),
        fingerprint: fingerprint(&lint.name, content, &draft.place.span),
    })
}

fn level(lint: &Lint, configured: Level, draft: &Draft) -> Level {
    let own = draft.raised.filter(|_| configured == lint.level).unwrap_or(configured);
    draft.cap.map_or(own, |cap| cap.min(own))
}

/// A fix that touches a fact is a person's to apply; one that would have to rewrite a wrap is not offered.
fn weigh_fix(letter: &Letter, fix: &DraftFix) -> Option<Fix<Place>> {
    let content = &letter.blocks[fix.place.block].content;
    if content.logical.touches_wrap(&fix.place.span) {
        return None;
    }
    let touches_fact = changes_fact(content, &fix.place.span, &fix.new_text);
    Some(Fix {
        title: fix.title(),
        applicability: if touches_fact { Applicability::Manual } else { fix.applicability },
        edits: vec![Edit { span: fix.place.clone(), new_text: fix.new_text.clone() }],
    })
}

fn fingerprint(lint: &str, content: &Content, span: &Span) -> String {
    let normalised = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let sentence =
        content.sentence_at(span.start).map_or("", |sentence| &content.text()[sentence.span.clone()]);
    let mut hasher = Sha256::new();
    for part in [lint, &normalised(&content.text()[span.clone()]), &normalised(sentence)] {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
