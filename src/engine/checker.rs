//! Checking a document, and checking it again after an edit.
//!
//! What was found in a letter that is still the same stands; of a letter that changed, so does what block lints said of
//! blocks that are the same. There is one way through: a document that was never seen is one that changed throughout.

use std::collections::{BTreeMap, HashMap};
use std::ops::Deref;
use std::sync::Arc;

use super::catalogue::Catalogue;
use super::finding::{Edit, Finding, Fix, LintId, Related};
use super::harm::demote_harmful_fixes;
use super::letter_pass::{Said, letter_drafts, said_again};
use super::memory::Memory;
use super::passes::{Drafts, block_drafts};
use super::settings::Settings;
use super::weigh;
use crate::letter::{Block, Content, Letter, Located, Place, Reader, Role, Unread};
use crate::text::Document;

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
    Checker::new(catalogue, settings).check(document)
}

/// Checks a document after each of its edits.
#[derive(Debug)]
pub struct Checker<C, S> {
    catalogue: C,
    settings: S,
    reader: Reader,
    /// The letters of the document as it was checked last.
    checked: Vec<Checked>,
    /// The same letters, where they stand.
    letters: Vec<Located>,
    memory: Memory,
}

/// A letter with what was found in it.
#[derive(Debug)]
struct Checked {
    letter: Arc<Letter>,
    /// What block lints say of each of its blocks.
    blocks: Vec<Arc<Drafts>>,
    /// What item and letter lints say, once the letter is one that is being edited.
    said: Option<Vec<Said>>,
    findings: Vec<Finding<Place>>,
    crashed: Vec<LintId>,
}

/// What block lints say, by the content of the block (its address) and its role.
type KnownBlocks = HashMap<(*const Content, Role), Arc<Drafts>>;

impl<C: Deref<Target = Catalogue>, S: Deref<Target = Settings>> Checker<C, S> {
    /// A checker that has seen no document.
    #[must_use]
    pub fn new(catalogue: C, settings: S) -> Self {
        Self::remembering(catalogue, settings, Memory::default())
    }

    /// A checker that has seen no document, and knows sentences that another one of the same catalogue looked at.
    #[must_use]
    pub fn remembering(catalogue: C, settings: S, mut memory: Memory) -> Self {
        memory.keep_for(&settings);
        let reader = Reader::new(settings.expected);
        Self { catalogue, settings, reader, checked: Vec::new(), letters: Vec::new(), memory }
    }

    /// What it knows of sentences.
    #[must_use]
    pub fn into_memory(self) -> Memory {
        self.memory
    }

    /// Checks the document as it is now.
    pub fn check(&mut self, document: &Document) -> Outcome {
        self.letters = self.reader.read(document);
        self.check_letters()
    }

    /// Checks the document as it is now, if it is recognised as letters.
    pub fn check_recognised(&mut self, document: &Document) -> Option<Outcome> {
        self.letters = self.reader.read(document);
        self.letters.iter().any(|letter| letter.profile.is_some()).then(|| self.check_letters())
    }

    /// The letters of the document as it was looked at last.
    #[must_use]
    pub fn letters(&self) -> &[Located] {
        &self.letters
    }

    /// What could not be read or checked of each of them.
    #[must_use]
    pub fn unread(&self) -> Vec<Vec<Unread>> {
        self.letters.iter().map(|located| located.letter.unread()).collect()
    }

    fn check_letters(&mut self) -> Outcome {
        let letters = std::mem::take(&mut self.letters);
        self.recheck(&letters);
        self.letters = letters;
        let mut outcome = Outcome::default();
        for (letter, checked) in self.letters.iter().zip(&self.checked) {
            outcome.findings.extend(checked.findings.iter().map(|finding| to_document(letter, finding)));
            outcome.crashed.extend(&checked.crashed);
        }
        outcome.findings.sort_by_key(|finding| (finding.span.start, finding.span.end, finding.lint));
        outcome.crashed.sort();
        outcome.crashed.dedup();
        leave_out_accepted(&mut outcome, &self.settings);
        outcome
    }

    /// Checks the letters that are not those of the last time.
    fn recheck(&mut self, letters: &[Located]) {
        let mut before: HashMap<*const Letter, (usize, Checked)> = HashMap::new();
        for (index, checked) in self.checked.drain(..).enumerate() {
            before.insert(Arc::as_ptr(&checked.letter), (index, checked));
        }
        let kept: Vec<Option<Checked>> = letters
            .iter()
            .map(|located| before.remove(&Arc::as_ptr(&located.letter)).map(|(_, checked)| checked))
            .collect();
        let known: KnownBlocks = before.values().flat_map(|(_, checked)| checked.known_blocks()).collect();
        let mut changed: Vec<(usize, Checked)> = before.into_values().collect();
        changed.sort_by_key(|(index, _)| *index);
        // As many letters as were changed are new: they are the same ones after an edit.
        let is_edit = changed.len() == kept.iter().filter(|kept| kept.is_none()).count();
        let mut changed = changed.into_iter().map(|(_, checked)| checked).filter(|_| is_edit);
        let checks = Checks { catalogue: &self.catalogue, settings: &self.settings, known: &known };
        let memory = &mut self.memory;
        let checked = kept.into_iter().zip(letters).map(|(kept, located)| {
            kept.unwrap_or_else(|| checks.check(&located.letter, changed.next(), memory))
        });
        self.checked = checked.collect();
    }
}

/// How the letters of a document are checked.
struct Checks<'c> {
    catalogue: &'c Catalogue,
    settings: &'c Settings,
    known: &'c KnownBlocks,
}

impl Checks<'_> {
    /// Checks a letter, of which `before` is what it was before an edit.
    fn check(&self, letter: &Arc<Letter>, before: Option<Checked>, memory: &mut Memory) -> Checked {
        let Self { catalogue, settings, known } = self;
        let check = |block: &Block| {
            let known = known.get(&(Arc::as_ptr(&block.content), block.role));
            known.map_or_else(|| Arc::new(check_block(catalogue, settings, block, memory)), Arc::clone)
        };
        let blocks: Vec<Arc<Drafts>> = letter.blocks.iter().map(check).collect();
        let said = before.map(|before| {
            let known = before.said.map(|said| (&*before.letter, said));
            said_again(catalogue, settings, letter, known)
        });
        let of_letter = said.as_ref().map_or_else(
            || letter_drafts(catalogue, settings, letter),
            |said| said.iter().map(|said| said.drafts.clone()).collect(),
        );
        let (findings, crashed) = merge(catalogue, settings, letter, &blocks, of_letter);
        Checked { letter: Arc::clone(letter), blocks, said, findings, crashed }
    }
}

impl Checked {
    fn known_blocks(&self) -> impl Iterator<Item = ((*const Content, Role), Arc<Drafts>)> {
        let key = |block: &Block| (Arc::as_ptr(&block.content), block.role);
        self.letter.blocks.iter().map(key).zip(self.blocks.iter().map(Arc::clone))
    }
}

fn check_block(catalogue: &Catalogue, settings: &Settings, block: &Block, memory: &mut Memory) -> Drafts {
    let mut said = block_drafts(catalogue, settings, block, memory);
    demote_harmful_fixes(catalogue, settings, block, &mut said.drafts, memory);
    said
}

/// The findings of a letter whose blocks were checked.
fn merge(
    catalogue: &Catalogue,
    settings: &Settings,
    letter: &Letter,
    blocks: &[Arc<Drafts>],
    of_letter: Drafts,
) -> (Vec<Finding<Place>>, Vec<LintId>) {
    let mut said = Drafts::default();
    for (index, of_block) in blocks.iter().enumerate() {
        let placed = of_block.drafts.iter().map(|(lint, draft)| (*lint, draft.in_block(index)));
        said.drafts.extend(placed);
        said.crashed.extend(&of_block.crashed);
    }
    said.extend(of_letter);
    (weigh::findings(catalogue, settings, letter, &said.drafts), said.crashed)
}

/// Checks one letter; places are in its blocks.
pub(super) fn check_letter(
    catalogue: &Catalogue,
    settings: &Settings,
    letter: &Letter,
) -> Vec<Finding<Place>> {
    let mut memory = Memory::default();
    let check = |block| Arc::new(check_block(catalogue, settings, block, &mut memory));
    let blocks: Vec<_> = letter.blocks.iter().map(check).collect();
    merge(catalogue, settings, letter, &blocks, letter_drafts(catalogue, settings, letter)).0
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

fn to_document(letter: &Located, finding: &Finding<Place>) -> Finding {
    let span = |place: &Place| letter.to_document(place);
    let edit = |edit: &Edit<Place>| Edit { span: span(&edit.span), new_text: edit.new_text.clone() };
    let related =
        |related: &Related<Place>| Related { span: span(&related.span), message: related.message.clone() };
    let fix = |fix: &Fix<Place>| Fix {
        title: fix.title.clone(),
        applicability: fix.applicability,
        edits: fix.edits.iter().map(edit).collect(),
    };
    Finding {
        lint: finding.lint,
        span: span(&finding.span),
        level: finding.level,
        message: finding.message.clone(),
        related: finding.related.iter().map(related).collect(),
        fixes: finding.fixes.iter().map(fix).collect(),
        fingerprint: finding.fingerprint.clone(),
    }
}
