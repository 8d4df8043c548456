//! The pass of item lints and letter lints over a letter. After an edit only those are run that had read what the edit changed.

use super::catalogue::Catalogue;
use super::finding::LintId;
use super::lint::{Check, ItemContext, LetterContext, Lint};
use super::passes::Drafts;
use super::settings::Settings;
use crate::letter::{Letter, Reads};

/// What the item lints and the letter lints say of a letter.
pub(super) fn letter_drafts(catalogue: &Catalogue, settings: &Settings, letter: &Letter) -> Drafts {
    let mut said = Drafts::default();
    for run in runs(catalogue, settings, letter) {
        said.extend(run.drafts(letter));
    }
    said
}

/// What one lint says of a letter, or of one of its items, and what it had read for that.
#[derive(Debug)]
pub(super) struct Said {
    pub drafts: Drafts,
    reads: Reads,
}

/// What the lints say of a letter, one by one, in a fixed order. What they said of a letter before an edit stands where the
/// edit changed nothing that they had read.
pub(super) fn said_again(
    catalogue: &Catalogue,
    settings: &Settings,
    letter: &Letter,
    before: Option<(&Letter, Vec<Said>)>,
) -> Vec<Said> {
    let known = before.and_then(|(before, said)| Some((letter.changes_from(before)?, said)));
    let (changes, said) = known.unzip();
    let mut known = said.unwrap_or_default().into_iter();
    let still_stands = |said: &Said| changes.as_ref().is_some_and(|changes| !changes.touch(&said.reads));
    // What was read to get here is nobody's.
    let _ = letter.take_reads();
    let say = |run: Run<'_>| {
        known.next().filter(still_stands).unwrap_or_else(|| {
            let drafts = run.drafts(letter);
            Said { drafts, reads: letter.take_reads() }
        })
    };
    runs(catalogue, settings, letter).map(say).collect()
}

/// One lint, over a letter or over one of its items.
struct Run<'c> {
    id: LintId,
    lint: &'c Lint,
    item: Option<usize>,
}

impl Run<'_> {
    fn drafts(&self, letter: &Letter) -> Drafts {
        let (mut said, sets) = (Drafts::default(), &self.lint.sets);
        match (self.lint.check, self.item) {
            (Check::Item(check), Some(item)) => {
                let item = &letter.items[item];
                said.run(self.id, |sink| check(&ItemContext { letter, item, sets }, sink));
            }
            (Check::Letter(check), None) => {
                said.run(self.id, |sink| check(&LetterContext { letter, sets }, sink));
            }
            _ => {}
        }
        said
    }
}

fn runs<'c>(
    catalogue: &'c Catalogue,
    settings: &'c Settings,
    letter: &Letter,
) -> impl Iterator<Item = Run<'c>> {
    let on = move || catalogue.iter().filter(|(id, _)| settings.level(*id).is_some());
    let of_items = (0..letter.items.len()).flat_map(move |item| {
        let lints = on().filter(|(_, lint)| matches!(lint.check, Check::Item(_)));
        lints.map(move |(id, lint)| Run { id, lint, item: Some(item) })
    });
    let of_letter = on().filter(|(_, lint)| matches!(lint.check, Check::Letter(_)));
    of_items.chain(of_letter.map(|(id, lint)| Run { id, lint, item: None }))
}
