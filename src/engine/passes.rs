//! The pass of patterns, sentence lints and block lints over a block.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::catalogue::Catalogue;
use super::finding::{Applicability, Draft, DraftFix, LintId};
use super::lint::{BlockContext, Check, Lint, Sink, set_of_pattern};
use super::memory::Memory;
use super::message::Arg;
use super::sentence_words::SentenceWords;
use super::settings::Settings;
use crate::letter::{Block, Sentence};
use crate::text::Span;
use crate::text::verb::form_of;

/// What lints say of a block, an item or a letter.
#[derive(Debug, Clone, Default)]
pub(super) struct Drafts {
    pub drafts: Vec<(LintId, Draft)>,
    /// Lints that panicked.
    pub crashed: Vec<LintId>,
}

impl Drafts {
    /// Runs one lint's code; a panic in it is caught and noted.
    pub(super) fn run(&mut self, id: LintId, check: impl FnOnce(&mut Sink)) {
        let mut sink = Sink::default();
        if catch_unwind(AssertUnwindSafe(|| check(&mut sink))).is_ok() {
            self.drafts.extend(sink.drafts.into_iter().map(|draft| (id, draft)));
        } else {
            self.crashed.push(id);
        }
    }

    pub(super) fn extend(&mut self, other: Self) {
        self.drafts.extend(other.drafts);
        self.crashed.extend(other.crashed);
    }
}

/// What the patterns, the sentence lints and the block lints say of one block; their places are in block 0.
pub(super) fn block_drafts(
    catalogue: &Catalogue,
    settings: &Settings,
    block: &Block,
    memory: &mut Memory,
) -> Drafts {
    let mut said = Drafts::default();
    let lints: Vec<(LintId, &Lint)> = looking_at(catalogue, settings, block).collect();
    let has_plain_lines = block.content.logical.has_plain_lines();
    for sentence in block.content.sentences_behind_label() {
        if has_plain_lines && let Some(known) = memory.recall(block, &sentence) {
            said.drafts.extend(known);
            continue;
        }
        let of_sentence = sentence_drafts(catalogue, settings, &lints, block, &sentence);
        if has_plain_lines && of_sentence.crashed.is_empty() {
            memory.keep(&sentence, &of_sentence.drafts);
        }
        said.extend(of_sentence);
    }
    for &(id, lint) in &lints {
        if let Check::Block(check) = lint.check {
            said.run(id, |sink| check(&BlockContext::new(lint, block), sink));
        }
    }
    said
}

fn sentence_drafts(
    catalogue: &Catalogue,
    settings: &Settings,
    lints: &[(LintId, &Lint)],
    block: &Block,
    sentence: &Sentence,
) -> Drafts {
    let mut said = Drafts::default();
    for candidate in catalogue.gate.candidates(&block.content, &sentence.tokens) {
        let id = LintId(candidate.lint);
        let lint = catalogue.get(id);
        if settings.level(id).is_none() || !lint.looks_at(block.role) {
            continue;
        }
        let frame = &lint.frames[candidate.frame];
        let sets = |name: &str| set_of_pattern(&lint.sets, name);
        if let Some((span, replace)) = frame.find_around(&sets, &block.content, sentence, candidate.token) {
            said.drafts.push((id, frame_draft(&BlockContext::new(lint, block), &span, replace, lint.fix)));
        }
    }
    for &(id, lint) in lints {
        if let Check::Sentence(check) = lint.check {
            let context = BlockContext::new(lint, block);
            said.run(id, |sink| check(&SentenceWords { context: &context, sentence }, sink));
        }
    }
    said
}

/// The lints that are on and look at a block's role.
fn looking_at<'c>(
    catalogue: &'c Catalogue,
    settings: &'c Settings,
    block: &'c Block,
) -> impl Iterator<Item = (LintId, &'c Lint)> {
    catalogue.iter().filter(|(id, lint)| settings.level(*id).is_some() && lint.looks_at(block.role))
}

impl FromIterator<Drafts> for Drafts {
    fn from_iter<I: IntoIterator<Item = Self>>(parts: I) -> Self {
        let mut whole = Self::default();
        parts.into_iter().for_each(|part| whole.extend(part));
        whole
    }
}

/// The finding of a pattern: its message knows `{found}` and `{wanted}`.
fn frame_draft(
    context: &BlockContext<'_>,
    span: &Span,
    replace: &[String],
    applicability: Option<Applicability>,
) -> Draft {
    let found = &context.content.text()[span.clone()];
    let mut draft = Draft::new(context.place(span.clone()), "message").arg("found", Arg::letter(found));
    let wanted: Vec<String> = replace.iter().map(|written| replacement(found, written)).collect();
    if let (Some(written), Some(wanted)) = (replace.first(), wanted.first()) {
        let is_made = written.starts_with('{');
        draft = draft.arg("wanted", if is_made { Arg::letter(wanted) } else { Arg::term(wanted.clone()) });
    }
    let Some(applicability) = applicability else { return draft };
    for new_text in wanted {
        let new_text = with_case_of(found, &new_text);
        draft = draft.fix(DraftFix::replace(context.place(span.clone()), new_text, applicability));
    }
    draft
}

/// What a frame's replacement stands for: itself, or a form of what was found ("{third}").
fn replacement(found: &str, written: &str) -> String {
    if written.starts_with('{') {
        let found = found.to_lowercase();
        form_of(&found, written).unwrap_or(found)
    } else {
        written.to_owned()
    }
}

/// The replacement in the case of what it replaces: "Slower" → "Lower", "SLOWER" → "LOWER".
#[must_use]
pub fn with_case_of(found: &str, replacement: &str) -> String {
    let letters = || found.chars().filter(|c| c.is_alphabetic());
    if letters().count() > 1 && letters().all(char::is_uppercase) {
        return replacement.to_uppercase();
    }
    let mut chars = replacement.chars();
    match chars.next() {
        Some(first) if found.starts_with(char::is_uppercase) => first.to_uppercase().chain(chars).collect(),
        _ => replacement.to_owned(),
    }
}
