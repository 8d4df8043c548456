//! Negation, doubt and silence, with their scope: before a finding ("denies") and behind it ("was not found").

use super::Polarity;
use super::lexicon::Cue;
use super::sentence::{Reader, Said, What};

/// Words that separate a cue from the finding to which it belongs, at most.
pub(super) const REACH: usize = 8;

impl Reader<'_> {
    /// What a cue before the finding (or adjective) says of it.
    pub(super) fn before(&self, index: usize) -> Option<Said> {
        if let Some(at) = self.not_before(index) {
            return Some((Polarity::Absent, Some(self.span(at))));
        }
        let at = self.scope_before(index)?;
        let cue = Some(self.span(at));
        if self.cue(at) != Some(Cue::Negates) {
            return Some((Polarity::Unknown, cue));
        }
        match self.own_clause(index) {
            Clause::List => Some((Polarity::Absent, cue)),
            Clause::Own => None,
            Clause::Either => Some((Polarity::Unknown, None)),
        }
    }

    /// A bare "not" directly before the finding, or before the one to which an "or" joins it: "not tender or swollen".
    fn not_before(&self, index: usize) -> Option<usize> {
        let mut at = index.checked_sub(1)?;
        while self.cue(at) == Some(Cue::Or)
            && self.gap_after(at) <= 1
            && at >= 2
            && self.gap_after(at - 1) == 0
        {
            self.named(at - 1)?;
            at -= 2;
        }
        (self.cue(at) == Some(Cue::Not) && self.gap_after(at) <= 1).then_some(at)
    }

    /// The negation, doubt or claim of silence in whose scope a mark stands.
    pub(super) fn scope_before(&self, index: usize) -> Option<usize> {
        let mut element_names = true;
        let mut element_words = 0;
        let (mut blocked, mut commas, mut links) = (false, false, false);
        // "without warmth, redness, or swelling"
        let mut ors = (index + 1..index + 3).any(|at| self.cue(at) == Some(Cue::Or));
        for at in self.near(index).rev() {
            element_words += self.gap_after(at);
            if element_words > REACH {
                return None;
            }
            match &self.marks[at].what {
                What::Finding(_) => {
                    element_names = true;
                    element_words = 0;
                }
                What::SilentOf => return Some(at),
                What::Silent | What::Value(_) => {}
                What::SilentAfter => return None,
                What::Cue(cue) => match cue {
                    Cue::Negates if self.lower(at) == "without" && links && !ors && !element_names => {
                        return None;
                    }
                    Cue::Negates => return (!blocked).then_some(at),
                    Cue::Uncertain => return (!blocked && !commas).then_some(at),
                    Cue::Pseudo | Cue::Affirms | Cue::Break => return None,
                    // "Denies: numbness", but no "without contrast. Clinical: pain".
                    Cue::Colon
                        if at == 0
                            || self.cue(at - 1) != Some(Cue::Negates)
                            || self.gap_after(at - 1) > 0 =>
                    {
                        return None;
                    }
                    Cue::Comma | Cue::And | Cue::Or => {
                        // "no leg pain, a negative straight leg raise": the article begins a thing of its own.
                        let next = self.words.lower(self.marks[at].tokens.end);
                        // "no trial of it, and with spasm of the calf the sleeve …": the words begin anew.
                        let begins = matches!(next, "a" | "an") || *cue == Cue::And && next == "with";
                        if begins && *cue != Cue::Or || !element_names && element_words > 5 {
                            return None;
                        }
                        commas |= *cue == Cue::Comma;
                        ors |= *cue == Cue::Or;
                        links = true;
                        element_names = false;
                        element_words = 0;
                    }
                    Cue::Verb | Cue::Subject | Cue::Participle | Cue::Shows => {
                        let opens_clause = at > 0 && self.is_link(at - 1) && self.gap_after(at - 1) <= 1;
                        if opens_clause {
                            return None;
                        }
                        blocked |= *cue != Cue::Participle;
                    }
                    _ => {}
                },
            }
        }
        None
    }

    /// Whether a finding behind a comma or "and" begins a clause of its own: "no swelling, tenderness is present".
    fn own_clause(&self, index: usize) -> Clause {
        let joined = self
            .near(index)
            .rev()
            .take_while(|&at| self.cue(at) != Some(Cue::Negates))
            .find_map(|at| self.cue(at).filter(|cue| cue.is_link() || *cue == Cue::Colon));
        if !matches!(joined, Some(Cue::Comma | Cue::And)) {
            return Clause::List;
        }
        for at in index + 1..self.marks.len() {
            match self.cue(at) {
                Some(Cue::Verb) if self.cue(at + 1) == Some(Cue::Participle) && self.gap_after(at) == 0 => {
                    return if self.lower(at + 1) == "present" { Clause::Own } else { Clause::Either };
                }
                Some(Cue::Verb) => return Clause::Own,
                Some(Cue::Comma | Cue::And | Cue::Or | Cue::Break | Cue::Subject) => return Clause::List,
                _ if matches!(self.marks[at].what, What::Finding(_)) => return Clause::List,
                _ => {}
            }
        }
        Clause::List
    }

    /// A denial behind the finding: "numbness and tingling are denied".
    pub(super) fn after(&self, index: usize) -> Option<Said> {
        let mut copula = false;
        for at in index + 1..self.marks.len() {
            if self.gap_after(at - 1) > REACH {
                return None;
            }
            match &self.marks[at].what {
                What::Finding(_) if copula || !self.is_list_member(at) => return None,
                What::SilentAfter => return Some((Polarity::Unknown, Some(self.span(at)))),
                What::SilentOf => return None,
                What::Cue(Cue::Absent | Cue::Negative) => {
                    let said = (Polarity::Absent, Some(self.span(at)));
                    return self.is_predicate(at, copula).then_some(said);
                }
                What::Cue(Cue::Verb | Cue::Colon) => copula = true,
                What::Cue(Cue::Comma | Cue::And | Cue::Or) => {
                    if copula {
                        return None;
                    }
                }
                What::Cue(Cue::Parenthesis) | What::Finding(_) | What::Silent | What::Value(_) => {}
                What::Cue(_) => return None,
            }
        }
        None
    }
}

/// Whether a finding belongs to the list before it.
enum Clause {
    List,
    Own,
    Either,
}
