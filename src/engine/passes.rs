//! The passes: block lints over blocks, item lints over items, letter lints over letters; then yields and levels.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::catalogue::Catalogue;
use super::finding::{Applicability, Draft, DraftFix, Edit, Finding, Fix, Level, LintId, Related};
use super::lint::{BlockContext, Check, ItemContext, LetterContext, Lint, Sink};
use super::message::{Arg, Message};
use super::settings::Settings;
use crate::letter::facts::changes_fact;
use crate::letter::{self, Block, Content, Letter, Place};
use crate::text::{Document, LogicalBuilder, Span, overlaps};

/// What checking a document gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The findings, in the order of the document.
    pub findings: Vec<Finding>,
    /// Lints that panicked: a fault of the product. The others' findings stand.
    pub crashed: Vec<LintId>,
    /// Accepted findings that are still there, as counts by fingerprint. They are not among the findings.
    pub accepted: BTreeMap<String, usize>,
}

/// Checks a document: text in, findings out.
#[must_use]
pub fn check_document(catalogue: &Catalogue, settings: &Settings, document: &Document) -> Outcome {
    let mut outcome = Outcome::default();
    for letter in letter::parse(document) {
        let (findings, crashed) = check_letter(catalogue, settings, &letter);
        outcome.findings.extend(findings.into_iter().map(|finding| to_document(&letter, finding)));
        outcome.crashed.extend(crashed);
    }
    outcome.findings.sort_by_key(|finding| (finding.span.start, finding.span.end, finding.lint));
    outcome.crashed.sort();
    outcome.crashed.dedup();
    leave_out_accepted(&mut outcome, settings);
    outcome
}

/// Of each fingerprint, as many findings are left out as were accepted, the first ones.
fn leave_out_accepted(outcome: &mut Outcome, settings: &Settings) {
    let Outcome { findings, accepted, .. } = outcome;
    findings.retain(|finding| {
        let allowed = settings.accepted.get(&finding.fingerprint).copied().unwrap_or(0);
        let seen = accepted.get(&finding.fingerprint).copied().unwrap_or(0);
        if seen < allowed {
            accepted.insert(finding.fingerprint.clone(), seen + 1);
        }
        seen >= allowed
    });
}

/// Whether a spelling lint flags a word that the house accepts.
fn is_accepted_word(lint: &Lint, settings: &Settings, flagged: &str) -> bool {
    lint.family == "spelling" && settings.words.contains(&flagged.to_lowercase())
}

/// Checks one letter; places are in its blocks.
pub(super) fn check_letter(
    catalogue: &Catalogue,
    settings: &Settings,
    letter: &Letter,
) -> (Vec<Finding<Place>>, Vec<LintId>) {
    let mut run = Run { catalogue, settings, drafts: Vec::new(), crashed: Vec::new() };
    for (index, block) in letter.blocks.iter().enumerate() {
        run.block(index, block);
    }
    for item in &letter.items {
        run.item(letter, item);
    }
    run.letter(letter);
    let Run { drafts, crashed, .. } = run;
    let findings = (0..drafts.len())
        .filter(|&index| !(0..drafts.len()).any(|other| speaks_instead(catalogue, &drafts, other, index)))
        .filter_map(|index| weigh(catalogue, settings, letter, &drafts[index]))
        .collect();
    (findings, crashed)
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

struct Run<'a> {
    catalogue: &'a Catalogue,
    settings: &'a Settings,
    drafts: Vec<(LintId, Draft)>,
    crashed: Vec<LintId>,
}

impl Run<'_> {
    fn block(&mut self, index: usize, block: &Block) {
        let mut drafts = block_drafts(self.catalogue, self.settings, index, block, &mut self.crashed);
        demote_harmful_fixes(self.catalogue, self.settings, index, block, &mut drafts);
        self.drafts.append(&mut drafts);
    }

    fn item(&mut self, letter: &Letter, item: &letter::Item) {
        self.each(|check, sink| {
            if let Check::Item(check) = check {
                check(&ItemContext { letter, item }, sink);
            }
        });
    }

    fn letter(&mut self, letter: &Letter) {
        self.each(|check, sink| {
            if let Check::Letter(check) = check {
                check(&LetterContext { letter }, sink);
            }
        });
    }

    /// Runs the code of every lint that is on.
    fn each(&mut self, run: impl Fn(Check, &mut Sink)) {
        for (id, lint) in self.catalogue.iter() {
            if self.settings.level(id).is_some() {
                run_check(id, |sink| run(lint.check, sink), &mut self.drafts, &mut self.crashed);
            }
        }
    }
}

/// Runs one lint's code; a panic in it is caught and noted.
fn run_check(
    id: LintId,
    check: impl FnOnce(&mut Sink),
    drafts: &mut Vec<(LintId, Draft)>,
    crashed: &mut Vec<LintId>,
) {
    let mut sink = Sink::default();
    if catch_unwind(AssertUnwindSafe(|| check(&mut sink))).is_ok() {
        drafts.extend(sink.drafts.into_iter().map(|draft| (id, draft)));
    } else {
        crashed.push(id);
    }
}

/// What the block lints say of one block.
fn block_drafts(
    catalogue: &Catalogue,
    settings: &Settings,
    index: usize,
    block: &Block,
    crashed: &mut Vec<LintId>,
) -> Vec<(LintId, Draft)> {
    let mut drafts = Vec::new();
    for candidate in catalogue.gate.candidates(&block.content) {
        let id = LintId(candidate.lint);
        let lint = catalogue.get(id);
        if settings.level(id).is_none() || !lint.looks_at(block.role) {
            continue;
        }
        let frame = &lint.frames[candidate.frame];
        if let Some(span) = frame.find_around(&block.content, candidate.token) {
            drafts.push((
                id,
                frame_draft(&BlockContext::new(lint, index, block), &span, &frame.replace, lint.fix),
            ));
        }
    }
    for (id, lint) in catalogue.iter() {
        if let Check::Block(check) = lint.check
            && settings.level(id).is_some()
            && lint.looks_at(block.role)
        {
            run_check(id, |sink| check(&BlockContext::new(lint, index, block), sink), &mut drafts, crashed);
        }
    }
    drafts
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
    if let Some(wanted) = replace.first() {
        draft = draft.arg("wanted", Arg::term(wanted.clone()));
    }
    let Some(applicability) = applicability else { return draft };
    for new_text in replace {
        let new_text = with_case_of(found, new_text);
        draft = draft.fix(DraftFix::replace(context.place(span.clone()), new_text, applicability));
    }
    draft
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

/// A fix that would bring a new finding into its block is a person's to apply.
fn demote_harmful_fixes(
    catalogue: &Catalogue,
    settings: &Settings,
    index: usize,
    block: &Block,
    drafts: &mut [(LintId, Draft)],
) {
    let count_of =
        |drafts: &[(LintId, Draft)], id: LintId| drafts.iter().filter(|(other, _)| *other == id).count();
    let mut demoted = Vec::new();
    for (draft_index, (_, draft)) in drafts.iter().enumerate() {
        for (fix_index, fix) in draft.fixes.iter().enumerate() {
            if fix.applicability == Applicability::Manual {
                continue;
            }
            let edited = Block { content: Arc::new(edited_content(block, fix)), ..block.clone() };
            let after = block_drafts(catalogue, settings, index, &edited, &mut Vec::new());
            if after.iter().any(|(id, _)| count_of(&after, *id) > count_of(drafts, *id)) {
                demoted.push((draft_index, fix_index));
            }
        }
    }
    for (draft_index, fix_index) in demoted {
        drafts[draft_index].1.fixes[fix_index].applicability = Applicability::Manual;
    }
}

fn edited_content(block: &Block, fix: &DraftFix) -> Content {
    let text = block.content.text();
    let edited = [&text[..fix.place.span.start], &fix.new_text, &text[fix.place.span.end..]].concat();
    let mut builder = LogicalBuilder::with_margin(block.content.logical.page_margin());
    let mut start = 0;
    for line in edited.split('\n') {
        builder.push_line(line, start, 0);
        start += line.len() + 1;
    }
    Content::read(builder.finish(), block.role, block.content.body_start)
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

fn to_document(letter: &Letter, finding: Finding<Place>) -> Finding {
    let span = |place: &Place| letter.blocks[place.block].to_document(&place.span);
    Finding {
        lint: finding.lint,
        span: span(&finding.span),
        level: finding.level,
        message: finding.message,
        related: finding
            .related
            .into_iter()
            .map(|related| Related { span: span(&related.span), message: related.message })
            .collect(),
        fixes: finding
            .fixes
            .into_iter()
            .map(|fix| Fix {
                title: fix.title,
                applicability: fix.applicability,
                edits: fix
                    .edits
                    .into_iter()
                    .map(|edit| Edit { span: span(&edit.span), new_text: edit.new_text })
                    .collect(),
            })
            .collect(),
        fingerprint: finding.fingerprint,
    }
}
