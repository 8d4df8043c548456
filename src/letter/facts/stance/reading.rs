//! One sentence of a rationale, read for the side that its words tell.

use std::ops::Range;

use super::classes::{
    AGAINST, ALONE, ALTHOUGH, ANAPHOR, APPLIED, ASKING, AUXILIARY, BUT, CASE, CERTAIN_AGAINST, CERTAIN_FOR,
    COMMON, CONDITION, CONSERVATIVE, DECISIVE, DENIED, DIMINISHING, DISFAVORS, ENOUGH, EXCEPTING, EXCLUDING,
    FAVORS, FINDING, FITTING, FOR, GAIN, HARM, HARM_SHOWN, HYPOTHETICAL, LESSER, LICENSING, LIMIT, MANAGES,
    MEASURED, MODAL, NAMED_AGAINST, NAMED_FOR, NEGATOR, NO_MODAL, NO_NEGATOR, NO_RESPONSE, NOTED, OPENING,
    OTHER_TIME, OUTCOME_AGAINST, OUTCOME_FOR, OWN, POINTING, POSSIBLE, RULE, RULED_OUT, SHOWN, SOURCE,
    STRANDED, STRESSED, TOLD, TRIED, UNFITTING, UNLESS, WELL,
};
use super::{Criterion, Stance, Weigher, stem};
use crate::letter::facts::phrase::Phrases;
use crate::letter::facts::words::Words;
use crate::letter::sentence_kind::SentenceKind;
use crate::text::TokenKind;

/// Words that decide by themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decisive {
    pub(super) tokens: Range<usize>,
    pub(super) stance: Stance,
    pub(super) is_certain: bool,
}

impl Decisive {
    fn of(tokens: Range<usize>, stance: Stance) -> Self {
        Self { tokens, stance, is_certain: false }
    }

    fn certainly(tokens: Range<usize>, stance: Stance) -> Self {
        Self { tokens, stance, is_certain: true }
    }
}

/// A sentence being weighed.
pub(super) struct Reading<'a> {
    pub(super) words: &'a Words<'a>,
    pub(super) weigher: &'a Weigher,
}

impl Reading<'_> {
    pub(super) fn stance(&self, kind: SentenceKind) -> (Stance, Vec<Range<usize>>) {
        // A list without stops is no sentence, and must not make reading slow.
        const LONGEST: usize = 150;
        let all = 0..self.words.len();
        if all.len() > LONGEST {
            return (Stance::Open, Vec::new());
        }
        let has = |phrases: &Phrases<()>| self.first(phrases, all.clone()).is_some();
        let start = usize::from(OPENING.stands_at(self.words, 0));
        // "does not say what the study would change": the question is open, what is said of it is not.
        let asked = self.first(&ASKING, all.clone()).map_or(all.end, |asking| asking.start);
        let is_modal = self.first(&MODAL, 0..asked).is_some() && !has(&NO_MODAL);
        if matches!(kind, SentenceKind::Attributed | SentenceKind::Conditional)
            || has(&TOLD)
            || CONDITION.stands_at(self.words, 0)
            || !has(&CASE) && (has(&RULE) || has(&SOURCE) && !has(&LIMIT))
        {
            return (Stance::Aside, Vec::new());
        }
        // What would or may be says nothing by itself; of the case, it may be the reason that counts.
        if is_modal {
            let is_of_case = kind == SentenceKind::Statement && has(&CASE) && has(&POSSIBLE);
            return (if is_of_case { Stance::Open } else { Stance::Aside }, Vec::new());
        }
        let weighed = self.weighed_part(start);
        let gives_up = weighed.len() < all.len() - start;
        let cues = self.cues(weighed.clone());
        if kind == SentenceKind::Guideline && !self.is_applied(&cues) {
            return (Stance::Aside, Vec::new());
        }
        if self.turns(start..all.end) {
            return (Stance::Mixed, Vec::new());
        }
        let found = if cues.is_empty() && !gives_up { self.echoes() } else { cues };
        let open = if gives_up { Stance::Mixed } else { Stance::Open };
        let Some(stance) = found.first().map(|(_, stance)| *stance) else { return (open, Vec::new()) };
        let agree = found.iter().all(|(_, other)| *other == stance);
        if !agree {
            return (Stance::Mixed, Vec::new());
        }
        (stance, found.into_iter().map(|(tokens, _)| self.with_denial(tokens)).collect())
    }

    /// What decides by itself, in the reviewer's own words and without a turn.
    pub(super) fn decisive(&self, kind: SentenceKind) -> Vec<Decisive> {
        let all = 0..self.words.len();
        let has = |phrases: &Phrases<()>| self.first(phrases, all.clone()).is_some();
        if matches!(kind, SentenceKind::Attributed | SentenceKind::Conditional)
            || [&TOLD, &BUT, &ALTHOUGH].into_iter().any(|phrases| has(phrases))
            || CONDITION.stands_at(self.words, 0)
        {
            return Vec::new();
        }
        if let Some(tokens) = self.first(&ALONE, all.clone()) {
            let is_plain = self.first(&NEGATOR, 0..tokens.start).is_none() && !has(&HYPOTHETICAL);
            return is_plain.then(|| Decisive::certainly(tokens, Stance::For)).into_iter().collect();
        }
        if self.turns(all.clone()) {
            return Vec::new();
        }
        let mut found = self.certain(&all);
        if kind != SentenceKind::Statement {
            return found;
        }
        found.extend(self.verdicts().into_iter().map(|(tokens, stance)| Decisive::certainly(tokens, stance)));
        found.extend(self.first(&STRESSED, all.clone()).map(|tokens| Decisive::of(tokens, Stance::For)));
        found.extend(self.outcome(&all).map(|(tokens, stance)| Decisive::of(tokens, stance)));
        let against = self.first(&DECISIVE, all.clone()).filter(|_| !has(&MODAL));
        let against = against.filter(|tokens| {
            !self.is_denied(&self.clause(tokens.start), tokens.start) && !self.rules_out_another(tokens)
        });
        found.extend(against.map(|tokens| Decisive::of(tokens, Stance::Against)));
        found
    }

    /// What decides whatever a guideline says, where nothing is denied before it.
    fn certain(&self, all: &Range<usize>) -> Vec<Decisive> {
        let first = |phrases: &Phrases<()>| self.first(phrases, all.clone());
        if first(&HYPOTHETICAL).is_some() {
            return Vec::new();
        }
        let is_plain = |tokens: &Range<usize>| self.first(&NEGATOR, 0..tokens.start).is_none();
        let of = |phrases: &Phrases<()>, stance| {
            first(phrases).filter(is_plain).map(|tokens| Decisive::certainly(tokens, stance))
        };
        let mut found = Vec::new();
        found.extend(of(&CERTAIN_FOR, Stance::For));
        found.extend(of(&CERTAIN_AGAINST, Stance::Against));
        // "That is the situation here": as the guideline speaks for the treatment there, or warns of it.
        let asked = self.weigher.criteria.last().filter(|criterion| criterion.favors && !criterion.excludes);
        if asked.is_some() {
            found.extend(of(&FITTING, Stance::For));
            found.extend(of(&UNFITTING, Stance::Against));
        }
        found.extend(self.stranded(all).map(|(tokens, stance)| Decisive::certainly(tokens, stance)));
        // "He did not respond to the gel", of the gel that is asked for.
        let spent = first(&NO_RESPONSE).filter(|tokens| {
            let is_last =
                self.words.tokens.get(tokens.end + 1).is_none_or(|next| next.kind == TokenKind::Mark);
            self.is_named(&(tokens.end..all.end.min(tokens.end + 1))) && is_last
        });
        found.extend(spent.map(|tokens| Decisive::certainly(tokens.start..tokens.end + 1, Stance::Against)));
        // "The brace is unlikely to help her", "She manages well without a brace".
        let of_named = |phrases: &Phrases<()>, stance| {
            let tokens = first(phrases).filter(is_plain)?;
            let clause = self.clause(tokens.start);
            let is_named = self.is_named(&(clause.start..tokens.start)) && first(&CASE).is_some();
            let is_other = self.first(&OTHER_TIME, clause).is_some();
            (is_named && !is_other).then(|| Decisive::certainly(tokens, stance))
        };
        found.extend(of_named(&NAMED_FOR, Stance::For));
        found.extend(of_named(&NAMED_AGAINST, Stance::Against));
        let without = first(&MANAGES).filter(is_plain).filter(|tokens| {
            const REACH: usize = 3;
            self.is_named(&(tokens.end..all.end.min(tokens.end + REACH)))
        });
        found.extend(without.map(|tokens| Decisive::certainly(tokens, Stance::Against)));
        // "A splint will suffice": something less than what is asked for is enough, or is not.
        let enough = first(&ENOUGH).filter(|tokens| {
            let clause = self.clause(tokens.start).start..tokens.start;
            self.first(&LESSER, clause.clone()).is_some() && !self.is_asked(&clause) && is_plain(tokens)
        });
        found.extend(enough.map(|tokens| {
            let denied = self.first(&NEGATOR, tokens.clone()).is_some();
            Decisive::certainly(tokens, if denied { Stance::For } else { Stance::Against })
        }));
        found
    }

    /// "The record shows any improvement": words that only a denial lets stand, and none is there.
    fn stranded(&self, all: &Range<usize>) -> Option<(Range<usize>, Stance)> {
        let tokens = self.first(&STRANDED, all.clone())?;
        if self.first(&LICENSING, all.clone()).is_some() {
            return None;
        }
        let is_of_harm = self.first(&HARM, all.clone()).is_some();
        Some((tokens, if is_of_harm { Stance::Against } else { Stance::For }))
    }

    /// What the treatment will bring, or not, where nothing makes it a condition, a rule or a question.
    fn outcome(&self, all: &Range<usize>) -> Option<(Range<usize>, Stance)> {
        let has = |phrases: &Phrases<()>| self.first(phrases, all.clone()).is_some();
        if has(&HYPOTHETICAL) || has(&ASKING) || has(&RULE) || has(&SOURCE) {
            return None;
        }
        let of = |phrases: &Phrases<()>, stance| {
            self.first(phrases, all.clone())
                .filter(|tokens| !self.is_denied(&self.clause(tokens.start), tokens.start))
                .map(|tokens| (tokens, stance))
        };
        of(&OUTCOME_AGAINST, Stance::Against).or_else(|| of(&OUTCOME_FOR, Stance::For))
    }

    /// The words that tell a side, from the denial before them in their clause on.
    fn with_denial(&self, tokens: Range<usize>) -> Range<usize> {
        let clause = self.clause(tokens.start);
        let denial = (clause.start..tokens.start).find(|&at| NEGATOR.stands_at(self.words, at));
        denial.unwrap_or(tokens.start)..tokens.end
    }

    /// The part of a sentence that counts where it gives something up ("Although …, the criteria are met"). "However, …"
    /// turns against what was said before, not in itself.
    fn weighed_part(&self, start: usize) -> Range<usize> {
        let end = self.words.len();
        if ALTHOUGH.stands_at(self.words, start) {
            let comma = (start..end).find(|&at| self.words.lower(at) == ",");
            return comma.map_or(start, |comma| comma + 1)..end;
        }
        let but = self.first(&BUT, start..end).filter(|_| self.first(&NO_NEGATOR, start..end).is_none());
        if let Some(but) = but {
            return but.end..end;
        }
        self.first(&ALTHOUGH, start..end).map_or(start..end, |although| start..although.start)
    }

    /// The first words of a class among some tokens.
    pub(super) fn first(&self, phrases: &Phrases<()>, within: Range<usize>) -> Option<Range<usize>> {
        let end = within.end;
        // "In May 2014": no modal.
        let mut words = within.filter(|&at| !self.words.is_month(at));
        words.find_map(|at| phrases.longest(self.words, at, end).map(|(after, ())| at..after))
    }

    /// Whether a guideline's sentence holds the case to it ("… and the 24 visits requested exceed that number").
    fn is_applied(&self, cues: &[(Range<usize>, Stance)]) -> bool {
        !cues.is_empty() && self.first(&APPLIED, 0..self.words.len()).is_some()
    }

    /// The clause that holds a token: from the mark or the "and" before it to the next.
    pub(super) fn clause(&self, at: usize) -> Range<usize> {
        let parts = |token: &usize| {
            matches!(
                self.words.lower(*token),
                "," | ";" | ":" | "and" | "so" | "which" | "because" | "as" | "since"
            )
        };
        // "no spasm, weakness, or loss of a reflex is recorded": a denial reaches over a list.
        let mut start = (0..at).rfind(parts).map_or(0, |token| token + 1);
        if matches!(self.words.lower(start), "or" | "nor") {
            start = 0;
        }
        let end = (at..self.words.len()).find(parts).unwrap_or(self.words.len());
        start..end
    }

    /// Whether a clause is denied before a token: an odd number of denials.
    fn is_denied(&self, clause: &Range<usize>, before: usize) -> bool {
        let mut count = 0;
        let mut at = clause.start;
        while at < before {
            if let Some((after, ())) = NO_NEGATOR.longest(self.words, at, clause.end) {
                at = after;
                continue;
            }
            // "neither a seizure nor a lapse": the second goes on with the first.
            let goes_on = count > 0 && self.words.lower(at) == "nor";
            count += usize::from(NEGATOR.stands_at(self.words, at) && !goes_on);
            at += 1;
        }
        count % 2 == 1
    }

    /// The words that tell a side, with it.
    fn cues(&self, within: Range<usize>) -> Vec<(Range<usize>, Stance)> {
        let mut cues = Vec::new();
        let mut at = within.start;
        while at < within.end {
            match self.cue(at, within.end) {
                Some((tokens, stance)) => {
                    // "no evidence that therapy has failed": what is absent tells of all behind it.
                    let is_absence =
                        stance == Some(Stance::Against) && DENIED.stands_at(self.words, tokens.start);
                    at = if is_absence { self.clause(tokens.start).end.max(tokens.end) } else { tokens.end };
                    cues.extend(stance.map(|stance| (tokens, stance)));
                }
                None => at += 1,
            }
        }
        cues
    }

    /// The words at a token that may tell a side, and which, if any.
    fn cue(&self, at: usize, end: usize) -> Option<(Range<usize>, Option<Stance>)> {
        let of = |phrases: &Phrases<()>| phrases.longest(self.words, at, end).map(|(after, ())| at..after);
        if let Some((tokens, stance)) = self.verdict(at, end) {
            return Some((tokens, Some(stance)));
        }
        if let Some(tokens) = of(&HARM_SHOWN) {
            let denied = self.is_denied(&self.clause(at), at);
            let stance = if denied { Stance::For } else { Stance::Against };
            return Some((tokens, (!self.weigher.monitors).then_some(stance)));
        }
        if let Some(tokens) = of(&GAIN) {
            let stance = self.gain(at);
            return Some((tokens, stance));
        }
        let (against, speaks_for) = (of(&AGAINST), of(&FOR));
        let reach = |found: &Option<Range<usize>>| found.as_ref().map_or(0, |tokens| tokens.len());
        if reach(&speaks_for) > reach(&against) {
            // "The patient has failed acupuncture": the treatment in dispute is what failed.
            let mut stems = self.clause(at).filter_map(|at| stem(self.words, at));
            let is_spent = stems.any(|stem| self.weigher.named.contains(&stem));
            return speaks_for.map(|tokens| (tokens, (!is_spent).then_some(Stance::For)));
        }
        if let Some(tokens) = against {
            let is_asked_for = self.shares_criterion(&tokens);
            // "Arthritis, a reason for caution, is absent"
            let is_finding_absent = self.first(&EXCLUDING, tokens.clone()).is_some()
                && self.first(&FINDING, 0..self.words.len()).is_some();
            let is_neutral = is_asked_for || is_finding_absent || self.rules_out_another(&tokens);
            let stance = (!is_neutral).then_some(Stance::Against);
            return Some((tokens, stance));
        }
        let clause = self.clause(at);
        let harm = self.first(&HARM, clause.clone());
        let speaks_of_harm = harm.is_some();
        // Harm for which a guideline gives the treatment says nothing before it is reckoned what it asks for.
        if harm.is_some_and(|harm| self.weigher.monitors || self.shares_criterion(&harm)) {
            return [of(&SHOWN), of(&NOTED), of(&DENIED)]
                .into_iter()
                .flatten()
                .next()
                .map(|tokens| (tokens, None));
        }
        // "… unless there is a fracture. Neither is present."
        if self.denies_exclusion(&clause) {
            return [of(&SHOWN), of(&NOTED), of(&TRIED), of(&DENIED)]
                .into_iter()
                .flatten()
                .next()
                .map(|tokens| (tokens, None));
        }
        let speaks_of_gain = self.first(&GAIN, clause.clone()).is_some();
        let denied = self.is_denied(&clause, at);
        if let Some(tokens) = of(&WELL) {
            let stance = if denied { Stance::For } else { Stance::Against };
            return Some((tokens, Some(stance)));
        }
        let says = |stance: Option<Stance>, tokens: Range<usize>| Some((tokens, stance));
        // The gain itself is weighed.
        if let Some(tokens) = of(&SHOWN).filter(|_| !speaks_of_gain) {
            if self.is_of_kind(clause.start) {
                return says(None, tokens);
            }
            let stance = if denied == speaks_of_harm { Stance::For } else { Stance::Against };
            return says(Some(stance), tokens);
        }
        if let Some(tokens) = of(&NOTED).filter(|_| !speaks_of_gain) {
            let is_asked_for =
                self.first(&POINTING, clause.clone()).is_some() || self.shares_criterion(&clause);
            let stance = match (denied, speaks_of_harm) {
                (false, true) => Some(Stance::Against),
                (true, true) => Some(Stance::For),
                (true, false) => self.absent(&clause),
                (false, false) => is_asked_for.then_some(Stance::For),
            };
            return says(stance, tokens);
        }
        if let Some(tokens) = of(&TRIED) {
            // That the service asked for was not tried yet says nothing.
            let tells = denied && !speaks_of_gain && !self.is_asked(&clause);
            return says(tells.then_some(Stance::Against), tokens);
        }
        let tokens = of(&DENIED).filter(|_| !speaks_of_gain)?;
        // "The radiographs cannot show cartilage": what a test is unable to tell is no gap in the record.
        if at > 0 && self.words.lower(at - 1) == "cannot" {
            return says(None, tokens);
        }
        let stance = match (denied, speaks_of_harm) {
            (false, _) => None,
            (true, true) => Some(Stance::For),
            (true, false) => self.absent(&clause),
        };
        says(stance, tokens)
    }

    /// Whether a clause tells of which kind something is: "operations in which an assistant is needed".
    fn is_of_kind(&self, start: usize) -> bool {
        let Some(preposition) = start.checked_sub(2) else { return false };
        self.words.lower(start - 1) == "which"
            && matches!(self.words.lower(preposition), "in" | "for" | "of" | "on" | "to" | "under" | "with")
    }

    /// Whether a clause denies what the last guideline's sentence named, where that takes the treatment away: by words that
    /// only point to it, or by its own.
    fn denies_exclusion(&self, clause: &Range<usize>) -> bool {
        const SHORT: usize = 6;
        let Some(criterion) = self.weigher.criteria.last().filter(|criterion| criterion.excludes) else {
            return false;
        };
        let mut stems = clause.clone().filter_map(|at| self.telling(at));
        let names = stems.any(|stem| criterion.denied.contains(&stem));
        let points = clause.len() <= SHORT && self.first(&ANAPHOR, clause.clone()).is_some();
        points || names && self.is_denied(clause, clause.end)
    }

    /// What it says that something is absent: nothing of a finding, unless a guideline asks for it.
    fn absent(&self, clause: &Range<usize>) -> Option<Stance> {
        let is_finding = self.first(&FINDING, clause.clone()).is_some();
        (!is_finding || self.shares_criterion(clause)).then_some(Stance::Against)
    }

    /// Whether a clause names something that a guideline asks for.
    fn shares_criterion(&self, clause: &Range<usize>) -> bool {
        let mut stems = clause.clone().filter_map(|at| self.telling(at));
        stems.any(|stem| self.weigher.criteria.iter().any(|rule| rule.favors && rule.stems.contains(&stem)))
    }

    /// What a gain, or none, says: of the treatment that is asked for, or of another one.
    fn gain(&self, at: usize) -> Option<Stance> {
        let clause = self.clause(at);
        // "no documentation of improvement", "improvement has not been shown"
        let denied = self.is_denied(&clause, clause.end);
        let of_own = self.is_asked(&clause) || self.first(&OWN, clause.clone()).is_some();
        let of_other = self.first(&CONSERVATIVE, clause.clone()).is_some() && !self.asks_service(&clause);
        let counts = self.first(&MEASURED, clause.clone()).is_some();
        match (denied, of_other, of_own) {
            (true, true, _) => Some(Stance::For),
            (true, false, _) => Some(Stance::Against),
            (false, false, true) if counts => Some(Stance::For),
            _ => None,
        }
    }

    /// Whether some words name the service, drug or device that is asked for.
    pub(super) fn is_named(&self, tokens: &Range<usize>) -> bool {
        let Weigher { named, regions, .. } = self.weigher;
        let mut stems = tokens.clone().filter_map(|at| stem(self.words, at));
        stems.any(|stem| named.contains(&stem) && !regions.contains(&stem))
    }

    /// "Propranolol is contraindicated by asthma": of another drug than the one that is asked for.
    fn rules_out_another(&self, tokens: &Range<usize>) -> bool {
        let subject = self.clause(tokens.start).start..tokens.start;
        self.first(&RULED_OUT, tokens.clone()).is_some()
            && self.first(&OWN, subject.clone()).is_none()
            && !self.is_asked(&subject)
    }

    /// Whether some words name what is asked for.
    fn is_asked(&self, tokens: &Range<usize>) -> bool {
        tokens.clone().filter_map(|at| stem(self.words, at)).any(|stem| self.weigher.asked.contains(&stem))
    }

    /// Whether some words name what is asked for by more than a part of the body.
    fn asks_service(&self, tokens: &Range<usize>) -> bool {
        let Weigher { asked, regions, .. } = self.weigher;
        let mut stems = tokens.clone().filter_map(|at| stem(self.words, at));
        stems.any(|stem| asked.contains(&stem) && !regions.contains(&stem))
    }

    /// The clauses that say, or deny, what a guideline asks for, with their sides.
    fn echoes(&self) -> Vec<(Range<usize>, Stance)> {
        let mut found = Vec::new();
        let mut start = 0;
        while start < self.words.len() {
            let clause = start..self.predicate_end(start).max(start + 1);
            found.extend(self.echo(&clause).map(|stance| (clause.clone(), stance)));
            start = clause.end;
        }
        let whole = 0..self.words.len();
        if found.is_empty() && !whole.clone().any(|at| NEGATOR.stands_at(self.words, at)) {
            found.extend(self.echo(&whole).map(|stance| (whole, stance)));
        }
        found
    }

    /// The end of the clause that begins at a token, or of the next where its verb stands there ("His exercises and walks have
    /// helped").
    fn predicate_end(&self, start: usize) -> usize {
        let end = self.clause(start).end;
        let has_verb = |clause: Range<usize>| self.first(&AUXILIARY, clause).is_some();
        if self.words.lower(end) != "and" || has_verb(start..end) {
            return end;
        }
        let next = self.clause(end + 1).end;
        if has_verb(end..next) { next } else { end }
    }

    fn echo(&self, clause: &Range<usize>) -> Option<Stance> {
        // How many and how long has to be reckoned.
        let counts = clause.clone().any(|at| self.words.is_number(at));
        let stems: Vec<String> = clause.clone().filter_map(|at| self.telling(at)).collect();
        let share = |criterion: &&Criterion| {
            let shared = stems.iter().filter(|stem| criterion.stems.contains(stem));
            let own = shared.clone().filter(|stem| !self.weigher.asked.contains(stem)).count();
            if own == 0 { 0 } else { shared.count() }
        };
        let criterion = self.weigher.criteria.iter().max_by_key(share)?;
        let denied = self.is_denied(clause, clause.end);
        // "no weakness": one word is enough next to its denial.
        let least = if denied && self.denies_criterion(clause, criterion) { 1 } else { 2 };
        if counts || criterion.is_open || share(&criterion) < least {
            return None;
        }
        let is_denied_there = stems.iter().any(|stem| criterion.denied.contains(stem));
        Some(if (denied == is_denied_there) == criterion.favors { Stance::For } else { Stance::Against })
    }

    /// Whether a word of a criterion stands next to a denial.
    fn denies_criterion(&self, clause: &Range<usize>, criterion: &Criterion) -> bool {
        const REACH: usize = 3;
        let mut negators = clause.clone().filter(|&at| NEGATOR.stands_at(self.words, at));
        negators.any(|at| {
            let mut near = (at + 1..clause.end.min(at + 1 + REACH)).filter_map(|at| self.telling(at));
            near.any(|stem| criterion.stems.contains(&stem) && !self.weigher.asked.contains(&stem))
        })
    }

    /// The stem of a word that tells one criterion from another.
    fn telling(&self, at: usize) -> Option<String> {
        stem(self.words, at).filter(|_| !COMMON.stands_at(self.words, at))
    }

    /// What a guideline's sentence asks for.
    pub(super) fn criterion(&self, kind: SentenceKind) -> Option<Criterion> {
        let all = 0..self.words.len();
        // "recommended where other drugs are contraindicated": what comes first is what it says.
        let favors_at = self.first(&FAVORS, all.clone()).map(|found| found.start);
        let disfavors_at = self.first(&DISFAVORS, all.clone()).map(|found| found.start);
        let disfavors = disfavors_at.is_some_and(|at| favors_at.is_none_or(|favors| at <= favors));
        let excepting: Vec<usize> = all.clone().filter(|&at| EXCEPTING.stands_at(self.words, at)).collect();
        let excepts = !excepting.is_empty();
        let unless = self.first(&UNLESS, all.clone()).filter(|_| !disfavors).map(|found| found.start);
        // "not recommended after a fusion" may name an exception, or the very case.
        let is_open = disfavors && excepts && excepting.iter().all(|&at| self.words.lower(at) == "after")
            || self.first(&DIMINISHING, all.clone()).is_some();
        if !disfavors && kind != SentenceKind::Guideline && favors_at.is_none() {
            return None;
        }
        let stems: Vec<String> = all.clone().filter_map(|at| self.telling(at)).collect();
        let denied = all
            .filter(|&at| {
                // "not recommended unless … has not helped": what is excepted has denials of its own.
                let mut clause = self.clause(at);
                let excepting = (clause.start..at).rfind(|&token| EXCEPTING.stands_at(self.words, token));
                clause.start = excepting.map_or(clause.start, |token| token + 1);
                let is_excluded = self.first(&EXCLUDING, at..clause.end).is_some();
                let is_denied =
                    (self.is_denied(&clause, at) || is_excluded) && self.first(&DISFAVORS, clause).is_none();
                is_denied != unless.is_some_and(|unless| unless < at)
            })
            .filter_map(|at| self.telling(at))
            .collect();
        let excludes = unless.is_some() || disfavors && !excepts;
        Some(Criterion { stems, favors: !disfavors || excepts, denied, excludes, is_open })
    }
}
