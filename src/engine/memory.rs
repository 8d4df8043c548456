//! What sentence lints said of sentences. These are met again: in the block as a fix would leave it, after an edit beside
//! them, and in the next letter, as reviewers repeat themselves.

use std::mem::take;

use foldhash::HashMap;

use super::finding::{Draft, LintId};
use super::settings::Settings;
use crate::letter::{Block, Sentence};
use crate::text::{Gap, Token};

/// How many tokens beside its sentence a sentence lint may look at. Where words stand without a gap, all of them.
const BESIDE: usize = 4;
/// How many sentences are remembered before those that were not met again are forgotten.
const MOST: usize = 4096;

/// What a checker remembers of sentences, for the next text that is checked with the same lints.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    /// Which lints looked at them.
    lints: Vec<bool>,
    recent: HashMap<Box<[u8]>, Said>,
    earlier: HashMap<Box<[u8]>, Said>,
    /// The sentence that was asked for last.
    asked: Vec<u8>,
}

/// What the lints say of a sentence: nothing of most.
#[derive(Debug, Clone, Default)]
struct Said {
    drafts: Vec<(LintId, Draft)>,
    /// Where the sentence began in its block.
    start: usize,
}

impl Said {
    fn in_sentence_at(&self, start: usize) -> Vec<(LintId, Draft)> {
        self.drafts.iter().map(|(lint, draft)| (*lint, draft.moved(self.start, start))).collect()
    }
}

impl Memory {
    /// Forgets what other lints looked at.
    pub(super) fn keep_for(&mut self, settings: &Settings) {
        if !settings.are_on().eq(self.lints.iter().copied()) {
            *self = Self { lints: settings.are_on().collect(), ..Self::default() };
        }
    }

    /// What the lints say of a sentence of a block, if it is remembered.
    pub(super) fn recall(&mut self, block: &Block, sentence: &Sentence) -> Option<Vec<(LintId, Draft)>> {
        describe(block, sentence, &mut self.asked);
        if let Some((known, said)) = self.earlier.remove_entry(&*self.asked) {
            self.recent.insert(known, said);
        }
        self.recent.get(&*self.asked).map(|said| said.in_sentence_at(sentence.span.start))
    }

    /// Remembers what they say of the sentence that was asked for last.
    pub(super) fn keep(&mut self, sentence: &Sentence, drafts: &[(LintId, Draft)]) {
        if self.recent.len() >= MOST {
            self.earlier = take(&mut self.recent);
        }
        let said = Said { drafts: drafts.to_vec(), start: sentence.span.start };
        self.recent.insert(self.asked.as_slice().into(), said);
    }
}

/// All that a sentence lint can know of a sentence in a block whose lines tell nothing.
fn describe(block: &Block, sentence: &Sentence, description: &mut Vec<u8>) {
    let (tokens, text) = (&block.content.tokens, block.content.text());
    let is_glued = |token: Option<&Token>| token.is_some_and(|token| token.gap == Gap::None);
    let mut first = sentence.tokens.start.saturating_sub(BESIDE);
    while first > 0 && is_glued(tokens.get(first)) {
        first -= 1;
    }
    let mut end = (sentence.tokens.end + BESIDE).min(tokens.len());
    while is_glued(tokens.get(end)) {
        end += 1;
    }
    let (start, stop) = (tokens[first].span.start, tokens[end - 1].span.end);
    description.clear();
    description.extend([block.role.index() as u8, u8::from(first == 0), u8::from(end == tokens.len())]);
    for place in [sentence.span.start - start, sentence.span.end - start] {
        description.extend(place.to_le_bytes());
    }
    description.extend(&text.as_bytes()[start..stop]);
}
