//! Drift: where the letter's fixed wording is not the form's.

use super::block::{Place, Role};
use super::fixed_text::{Alignment, Difference, FixedPlace, FixedText, FormWord, form_words, word_set};
use super::outline::Letter;
use super::profile::Field;
use crate::text::WordSet;

/// A wording shorter than this, in words, is a label: too little to be known again when it was changed.
const SHORTEST: usize = 7;
/// More changes than this, and it is another form's wording.
const MOST_CHANGES: usize = 5;
/// So many words may differ in a field's sentence, which reviewers also write in their own words.
const MOST_FIELD_WORDS: usize = 2;

/// A place at which the fixed wording was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormChange {
    /// The words that differ; where words were lost, the words around the gap.
    pub place: Place,
    /// Whether the letter has other or further words, or only lacks some.
    pub kind: ChangeKind,
    /// What the form says there; empty where words were added.
    pub wording: String,
    /// What an edit would replace by the form's words; empty where they would be inserted.
    pub edited: Place,
}

/// How the fixed wording was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// Words of the form are absent.
    Lost,
    /// Words stand there that the form has not.
    Added,
    /// Other words stand in the place of the form's.
    Replaced,
}

/// So many words of the summary can be the form's introduction to it.
const INTRODUCTION: usize = 60;

/// Words that follow each other in the letter, over the bounds of blocks.
#[derive(Default)]
struct Run {
    /// Spans are in the block of the same index in `blocks`.
    words: Vec<FormWord>,
    blocks: Vec<usize>,
    set: WordSet,
}

impl Letter {
    /// Every change to the form's fixed wording. What is cut off at the letter's ends is not lost.
    #[must_use]
    pub fn form_changes(&self) -> Vec<FormChange> {
        let Some(profile) = self.profile else { return Vec::new() };
        let runs = self.runs();
        let mut changes: Vec<FormChange> = Vec::new();
        for fixed in profile.fixed.iter().filter(|fixed| fixed.place == FixedPlace::Paragraph) {
            let aligned = runs
                .iter()
                .enumerate()
                .filter_map(|(index, run)| Some((index, fixed.align(&run.words, &run.set, false)?)));
            let best = aligned
                .max_by_key(|(_, alignment)| (alignment.kept, usize::MAX - alignment.differences.len()));
            let Some((index, alignment)) = best else { continue };
            if alignment.all < SHORTEST
                || alignment.differences.len() > MOST_CHANGES
                || is_outgrown(&alignment)
            {
                continue;
            }
            let run = &runs[index];
            let kept = alignment.differences.iter().filter(|difference| !self.is_cut_off(run, difference));
            changes.extend(kept.filter_map(|difference| run.change(difference)));
        }
        let fields = (0..self.blocks.len()).filter_map(|block| self.field_change(block));
        changes.extend(fields);
        changes
    }

    /// The stretches of text that stand between headings, items and fields.
    fn runs(&self) -> Vec<Run> {
        let mut runs = vec![Run::default()];
        for (index, block) in self.blocks.iter().enumerate() {
            let is_free = block.item.is_none()
                && matches!(
                    block.role,
                    Role::Prose | Role::Boilerplate | Role::Summary | Role::Documents | Role::Result
                );
            if !is_free {
                runs.push(Run::default());
            } else if let Some(run) = runs.last_mut() {
                let words = block.content.form_words();
                let most = match block.role {
                    Role::Summary => INTRODUCTION.saturating_sub(run.words.len()),
                    _ => words.len(),
                };
                let words = &words[..most.min(words.len())];
                run.blocks.extend(std::iter::repeat_n(index, words.len()));
                run.words.extend_from_slice(words);
            }
        }
        runs.retain(|run| !run.words.is_empty());
        runs.iter_mut().for_each(|run| run.set = word_set(&run.words));
        runs
    }

    /// Whether the letter begins or ends at a gap, so that the words may be cut off or still to come.
    fn is_cut_off(&self, run: &Run, difference: &Difference) -> bool {
        let is_lost = difference.words.is_empty();
        let first_block = run.blocks.first() == Some(&0);
        let last_block = run.blocks.last() == Some(&(self.blocks.len() - 1));
        let at_start = difference.words.start == 0 && first_block;
        let at_end = difference.at_end && difference.words.end == run.words.len() && last_block;
        is_lost && (at_start || at_end)
    }

    /// The change to the fixed sentence with which a field begins, if it is one.
    fn field_change(&self, block: usize) -> Option<FormChange> {
        let content = &self.blocks[block].content;
        let is_guideline =
            matches!(self.blocks[block].role, Role::Field(Field::ClaimsGuideline | Field::ReviewerGuideline));
        if !is_guideline || content.body_start == 0 {
            return None;
        }
        let body = content.body_start..content.text().len();
        let words: Vec<FormWord> = form_words(&content.text()[body.clone()])
            .into_iter()
            .map(|word| word.shifted(body.start))
            .collect();
        let set = word_set(&words);
        let fixed = self.profile?.fixed.iter().filter(|fixed| fixed.place == FixedPlace::Field);
        // "The Claims Administrator did not base its decision on the MTUS" is no slip in what the form says of the reviewer.
        let is_claims = self.blocks[block].role == Role::Field(Field::ClaimsGuideline);
        let speaks_of_other = |text: &str| is_claims && !text.contains("Claims Administrator");
        let has_stop = |last: usize| {
            let next = words.get(last + 1).map_or(content.text().len(), |next| next.span.start);
            content.text()[words[last].span.end..next].contains(['.', ':', ';'])
        };
        // "… did not cite any evidence for this service.": a sentence that ends in other words is the reviewer's own.
        let goes_on = |fixed: &FixedText, alignment: &Alignment| {
            let mut ends = alignment.differences.iter().filter(|difference| difference.at_end);
            let is_open = |at: usize| at > 0 && at < words.len() && !has_stop(at - 1);
            let ends_so = !fixed.text.ends_with('}');
            ends_so
                && (ends.any(|end| !end.words.is_empty() && is_open(end.words.start))
                    || is_open(alignment.words.end))
        };
        let best = fixed
            .filter(|fixed| !speaks_of_other(&fixed.text))
            .filter_map(|fixed| Some((fixed, fixed.align(&words, &set, true)?)))
            .map(|(fixed, mut alignment)| {
                let is_own = goes_on(fixed, &alignment);
                // The end of a field's sentence is where the reviewer's own words begin.
                alignment.differences.retain(|difference| !difference.at_end);
                (is_own, alignment)
            })
            .min_by_key(|(_, alignment)| (alignment.differences.len(), usize::MAX - alignment.kept))?;
        let (is_own, alignment) = best;
        let [difference] = alignment_differences(&alignment).filter(|_| !is_own)? else { return None };
        let run = Run { blocks: vec![block; words.len()], words, set };
        run.change(difference)
    }
}

/// The differences of a field's sentence, where they are few enough to be slips.
fn alignment_differences(alignment: &Alignment) -> Option<&[Difference]> {
    let lost = |difference: &Difference| form_words(&difference.wording).len();
    let few = alignment
        .differences
        .iter()
        .all(|difference| difference.words.len().max(lost(difference)) <= MOST_FIELD_WORDS);
    (few && alignment.all > SHORTEST).then_some(alignment.differences.as_slice())
}

/// Whether so many words were added that the letter's own text lies between the form's words.
fn is_outgrown(alignment: &Alignment) -> bool {
    let added: usize = alignment.differences.iter().map(|difference| difference.words.len()).sum();
    added * 2 > alignment.all
}

impl Run {
    fn change(&self, difference: &Difference) -> Option<FormChange> {
        let words = &difference.words;
        let kind = match (words.is_empty(), difference.wording.is_empty()) {
            (true, _) => ChangeKind::Lost,
            (false, true) => ChangeKind::Added,
            (false, false) => ChangeKind::Replaced,
        };
        if kind != ChangeKind::Lost {
            let block = self.blocks[words.start];
            let last = words.clone().rev().find(|&word| self.blocks[word] == block)?;
            let place = Place { block, span: self.words[words.start].span.start..self.words[last].span.end };
            let mut edited = place.clone();
            let next = words.end;
            if kind == ChangeKind::Added && self.blocks.get(next) == Some(&block) {
                edited.span.end = self.words[next].span.start;
            }
            return Some(FormChange { place, kind, wording: difference.wording.clone(), edited });
        }
        let after = words.start;
        let before = after.checked_sub(1);
        let has_next = after < self.words.len();
        let next_block = self.blocks.get(after);
        let place = match before {
            Some(before) if has_next && next_block == Some(&self.blocks[before]) => Place {
                block: self.blocks[before],
                span: self.words[before].span.start..self.words[after].span.end,
            },
            Some(before) if !has_next => self.place(before),
            _ if has_next => self.place(after),
            _ => return None,
        };
        let at = if has_next { self.words[after].span.start } else { self.words[before?].span.end };
        let block = if has_next { self.blocks[after] } else { self.blocks[before?] };
        let edited = Place { block, span: at..at };
        Some(FormChange { place, kind, wording: difference.wording.clone(), edited })
    }

    fn place(&self, word: usize) -> Place {
        Place { block: self.blocks[word], span: self.words[word].span.clone() }
    }
}
