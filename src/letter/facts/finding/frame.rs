//! What frames a statement: a condition, a rule about patients at large, the past, a relative.

use super::Polarity;
use super::lexicon::{Cue, FindingId, FindingKind};
use super::sentence::{NEAR, Reader, Said, What};

impl Reader<'_> {
    /// What is said, unless a condition, a rule, the past or a relative frames it.
    pub(super) fn framed(&self, index: usize, id: FindingId, said: Said) -> Said {
        match self.frame(index, id) {
            Some((Polarity::Past, _)) if said.0 != Polarity::Present => said,
            Some((polarity, at)) => (polarity, Some(self.span(at))),
            None => said,
        }
    }

    fn frame(&self, index: usize, id: FindingId) -> Option<(Polarity, usize)> {
        let follows = index + 1;
        if self.cue(follows) == Some(Cue::Must) && self.gap_after(index) <= 3 {
            return Some((Polarity::Hypothetical, follows));
        }
        let mut patient = false;
        let mut past = true;
        for at in self.near(index).rev() {
            let What::Cue(cue) = &self.marks[at].what else { continue };
            match cue {
                Cue::Hypothetical | Cue::Guideline => return Some((Polarity::Hypothetical, at)),
                Cue::Must if self.lower(at) == "must" || self.lower(at) == "should" => {
                    return Some((Polarity::Hypothetical, at));
                }
                Cue::Family if !patient => return Some((Polarity::Family, at)),
                Cue::Past if past => return Some((Polarity::Past, at)),
                Cue::Before if at + 1 == index && self.gap_after(at) <= 3 => {
                    let felt = matches!(id.kind(), FindingKind::Symptom | FindingKind::Sign);
                    return felt.then_some((Polarity::Past, at));
                }
                Cue::Break
                    if matches!(self.lower(at), "but" | "however" | ";" | "although" | "though" | "yet") =>
                {
                    return None;
                }
                Cue::Break | Cue::Verb => past = false,
                Cue::Subject | Cue::Possessive => {
                    patient = true;
                    past = false;
                    let opens = at > 0
                        && self.gap_after(at - 1) == 0
                        && matches!(self.cue(at - 1), Some(Cue::Comma | Cue::Break));
                    if opens {
                        return None;
                    }
                }
                _ => {}
            }
        }
        if patient {
            return None;
        }
        for at in follows..self.marks.len().min(follows + NEAR) {
            match self.cue(at) {
                Some(Cue::Guideline) => return Some((Polarity::Hypothetical, at)),
                Some(Cue::Break | Cue::Subject) => return None,
                _ => {}
            }
        }
        None
    }
}
