//! What a sentence says of the findings that it names: negation and its scope, results, conditions, the past.

use std::ops::Range;

use super::lexicon::{self, Cue, FindingId, FindingKind, Form};
use super::value::{Grade, Measured, Value};
use super::{Examined, Polarity};
use crate::letter::facts::absence;
use crate::letter::facts::wording::Words;
use crate::letter::sentence::Sentence;
use crate::text::{Gap, Span, TokenKind};

/// Words that separate a cue from the finding to which it belongs, at most.
const REACH: usize = 8;

/// A stretch of a sentence that means something here; what stands between marks are plain words.
struct Mark {
    tokens: Range<usize>,
    what: What,
}

#[derive(Clone)]
enum What {
    Finding(Named),
    /// Words that only look like a finding.
    Silent,
    Cue(Cue),
    /// The record is said to be silent of what follows, or of what stands before.
    SilentOf,
    SilentAfter,
    Value(Value),
}

#[derive(Clone)]
struct Named {
    id: FindingId,
    form: Form,
    /// A motion's degrees, and what its own words say of them.
    motion: Option<(Value, Option<(Polarity, Span)>)>,
}

/// What is said, and by which words.
type Said = (Polarity, Option<Span>);

struct Reader<'a> {
    words: &'a Words<'a>,
    marks: Vec<Mark>,
}

/// Reads one sentence.
pub(super) fn read(words: &Words, sentence: &Sentence, values: &[Measured], found: &mut Vec<Examined>) {
    let reader = Reader { words, marks: scan(words, sentence, values) };
    let mut taken = vec![false; reader.marks.len()];
    for index in 0..reader.marks.len() {
        if let What::Finding(named) = &reader.marks[index].what {
            reader.examine(index, named, &mut taken, found);
        }
    }
    for index in 0..reader.marks.len() {
        if let What::Value(value) = reader.marks[index].what
            && !taken[index]
            && let Some(id) = reader.measured(index, value)
        {
            let said = reader.framed(index, id, (of_value(value), None));
            let span = words.span(&reader.marks[index].tokens);
            found.push(Examined {
                span,
                id,
                kind: id.kind(),
                polarity: said.0,
                cue: said.1,
                value: Some(value),
            });
        }
    }
}

fn of_value(value: Value) -> Polarity {
    match value {
        Value::Strength { low, .. } if low >= Grade::FULL => Polarity::Normal,
        Value::Pain { high: 0, .. } => Polarity::Absent,
        Value::Strength { .. } | Value::Pain { .. } => Polarity::Present,
        Value::Motion { degrees, normal: Some(normal), .. } if degrees < normal => Polarity::Present,
        Value::Motion { normal: Some(_), .. } => Polarity::Normal,
        Value::Motion { .. } => Polarity::Unknown,
    }
}

fn scan(words: &Words, sentence: &Sentence, values: &[Measured]) -> Vec<Mark> {
    let end = sentence.tokens.end;
    let mut marks = Vec::new();
    let mut values = values[values.partition_point(|value| value.tokens.start < sentence.tokens.start)..]
        .iter()
        .peekable();
    let mut at = sentence.tokens.start;
    while at < end {
        while values.next_if(|value| value.tokens.start < at).is_some() {}
        let (stop, what) = match values.peek() {
            Some(measured) if measured.tokens.start == at && measured.tokens.end <= end => {
                (measured.tokens.end, Some(of_measured(words, measured)))
            }
            _ => mark_at(words, sentence, at),
        };
        if let Some(what) = what {
            marks.push(Mark { tokens: at..stop, what });
        }
        at = stop.max(at + 1);
    }
    marks
}

fn of_measured(words: &Words, measured: &Measured) -> What {
    let value = measured.value;
    let Value::Motion { .. } = value else { return What::Value(value) };
    let Some(id) = FindingId::from_name("range of motion") else { return What::Silent };
    let judged = measured.judged.clone().map(|span| {
        let full = matches!(words.text[span.clone()].to_lowercase().as_str(), "full" | "normal");
        (if full { Polarity::Normal } else { Polarity::Present }, span)
    });
    let compared = measured.compared.clone().map(|span| (of_value(value), span));
    What::Finding(Named { id, form: Form::Neutral, motion: Some((value, judged.or(compared))) })
}

/// The longest of what may begin at a token.
fn mark_at(words: &Words, sentence: &Sentence, at: usize) -> (usize, Option<What>) {
    let end = sentence.tokens.end;
    let mut best = (at + 1, None);
    if let Some((stop, wording)) = lexicon::longest(words, at, end)
        && !is_surname(words, at)
    {
        let named = wording.id.map(|id| What::Finding(Named { id, form: wording.form, motion: None }));
        best = (stop, Some(named.unwrap_or(What::Silent)));
    }
    if let Some((stop, side)) = absence::silence_at(words, &sentence.tokens, at)
        && (best.1.is_none() || stop > best.0)
    {
        best = (stop, Some(if side == absence::Side::Before { What::SilentAfter } else { What::SilentOf }));
    }
    if let Some((stop, cue)) = lexicon::longest_cue(words, at, end)
        && (best.1.is_none() || stop > best.0)
        && !is_number_sign(words, at)
    {
        best = (stop, Some(What::Cue(cue)));
    }
    if best.1.is_none() && is_dash(words, at) {
        best.1 = Some(What::Cue(Cue::Break));
    }
    best
}

/// "Dr. Hawkins".
fn is_surname(words: &Words, at: usize) -> bool {
    let before = |steps: usize| at.checked_sub(steps).map_or("", |token| words.lower(token));
    matches!(before(1), "dr" | "mr" | "ms" | "mrs")
        || before(1) == "." && matches!(before(2), "dr" | "mr" | "ms" | "mrs")
}

/// "No. 3".
fn is_number_sign(words: &Words, at: usize) -> bool {
    words.lower(at) == "no"
        && words.lower(at + 1) == "."
        && words.tokens.get(at + 2).is_none_or(|token| token.kind == TokenKind::Number)
}

/// A hyphen between blanks.
fn is_dash(words: &Words, at: usize) -> bool {
    words.raw(at) == "-"
        && words.tokens[at].gap != Gap::None
        && words.tokens.get(at + 1).is_some_and(|next| next.gap != Gap::None)
}

impl Reader<'_> {
    fn cue(&self, index: usize) -> Option<Cue> {
        match self.marks.get(index)?.what {
            What::Cue(cue) => Some(cue),
            _ => None,
        }
    }

    fn named(&self, index: usize) -> Option<&Named> {
        match &self.marks.get(index)?.what {
            What::Finding(named) => Some(named),
            _ => None,
        }
    }

    fn span(&self, index: usize) -> Span {
        self.words.span(&self.marks[index].tokens)
    }

    fn lower(&self, index: usize) -> &str {
        self.words.lower(self.marks[index].tokens.start)
    }

    /// Plain words between a mark and the next.
    fn gap_after(&self, index: usize) -> usize {
        self.marks.get(index + 1).map_or(0, |next| next.tokens.start - self.marks[index].tokens.end)
    }

    fn is_link(&self, index: usize) -> bool {
        self.cue(index).is_some_and(Cue::is_link)
    }

    fn examine(&self, index: usize, named: &Named, taken: &mut [bool], found: &mut Vec<Examined>) {
        let id = named.id;
        let mut said = match named.form {
            Form::States => vec![self.stated(index)],
            Form::Denies => vec![(denied(id), None)],
            Form::Neutral | Form::Weak => self.results(index, named, taken),
        };
        let mut value = named.motion.as_ref().map(|motion| motion.0);
        if value.is_none()
            && let Some(at) = self.value_of(index, id, taken)
            && let What::Value(own) = self.marks[at].what
        {
            taken[at] = true;
            value = Some(own);
            let unsaid = said.first().is_none_or(|first| first.0 == Polarity::Unknown && first.1.is_none());
            match own {
                Value::Pain { high: 0, .. } => said = vec![(Polarity::Absent, Some(self.span(at)))],
                Value::Pain { .. } if unsaid => said = vec![(Polarity::Present, None)],
                Value::Strength { .. } if unsaid => said = vec![(of_value(own), Some(self.span(at)))],
                _ => {}
            }
        }
        for (nth, said) in said.into_iter().enumerate() {
            let (polarity, cue) = self.framed(index, id, said);
            let value = value.filter(|_| nth == 0);
            if named.form == Form::Weak && cue.is_none() && value.is_none() {
                continue;
            }
            found.push(Examined { span: self.span(index), id, kind: id.kind(), polarity, cue, value });
        }
    }

    /// What is said of a finding whose words state it.
    fn stated(&self, index: usize) -> Said {
        if let Some(said) = self.before(index) {
            return said;
        }
        if let Some(at) = self.adjective(index)
            && matches!(self.cue(at), Some(Cue::Negative | Cue::Absent))
        {
            return (Polarity::Absent, Some(self.span(at)));
        }
        self.after(index).unwrap_or((Polarity::Present, None))
    }

    /// What is said of a test or function: its adjective, else what follows, else an adjective of its list, else a
    /// negation.
    fn results(&self, index: usize, named: &Named, taken: &mut [bool]) -> Vec<Said> {
        let kind = named.id.kind();
        if let Some((_, Some((polarity, cue)))) = &named.motion {
            return vec![(*polarity, Some(cue.clone()))];
        }
        if let Some(at) = self.adjective(index) {
            return vec![self.adjective_said(at, kind)];
        }
        let after =
            if named.motion.is_some() { Vec::new() } else { self.results_after(index, named.id, taken) };
        if !after.is_empty() {
            return after;
        }
        if let Some(at) = self.shared_adjective(index) {
            return vec![self.adjective_said(at, kind)];
        }
        match self.before(index) {
            Some((Polarity::Absent, cue)) if kind != FindingKind::Test => vec![(Polarity::Unknown, cue)],
            Some(said) => vec![said],
            None => vec![(Polarity::Unknown, None)],
        }
    }

    /// The result that stands as an adjective directly before a finding.
    fn adjective(&self, index: usize) -> Option<usize> {
        let at = index.checked_sub(1)?;
        let result = self.cue(at).is_some_and(Cue::is_result);
        (result && self.gap_after(at) <= 4 && self.is_noun_phrase(at)).then_some(at)
    }

    /// Whether only words of one noun phrase stand between a mark and the next.
    fn is_noun_phrase(&self, index: usize) -> bool {
        let Some(next) = self.marks.get(index + 1) else { return false };
        (self.marks[index].tokens.end..next.tokens.start)
            .all(|token| !is_preposition(self.words.lower(token)))
    }

    /// The adjective of the finding before it in a list: "positive Tinel's and Phalen's".
    fn shared_adjective(&self, index: usize) -> Option<usize> {
        let mut at = index;
        loop {
            let mut before = at.checked_sub(1)?;
            if !self.is_link(before) || self.gap_after(before) > 2 {
                return None;
            }
            while before > 0 && self.is_link(before) {
                before -= 1;
            }
            self.named(before)?;
            if self.gap_after(before) > 2 {
                return None;
            }
            if let Some(found) = self.adjective(before) {
                return Some(found);
            }
            at = before;
        }
    }

    /// What an adjective says, with the negation before it: "no decreased sensation".
    fn adjective_said(&self, at: usize, kind: FindingKind) -> Said {
        let polarity = self.cue(at).map_or(Polarity::Unknown, |cue| outcome(cue, kind));
        match self.before(at) {
            Some((Polarity::Absent, cue)) => {
                let turned = match polarity {
                    Polarity::Present if kind == FindingKind::Test => Polarity::Absent,
                    Polarity::Present => Polarity::Normal,
                    Polarity::Normal => Polarity::Present,
                    _ => Polarity::Unknown,
                };
                (turned, cue)
            }
            Some(said) => said,
            None => (polarity, Some(self.span(at))),
        }
    }

    /// What a cue before the finding (or adjective) says of it.
    fn before(&self, index: usize) -> Option<Said> {
        if let Some(at) = index.checked_sub(1)
            && self.cue(at) == Some(Cue::Not)
            && self.gap_after(at) <= 1
        {
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

    /// The negation, doubt or claim of silence in whose scope a mark stands.
    fn scope_before(&self, index: usize) -> Option<usize> {
        let mut element_names = true;
        let mut element_words = 0;
        let (mut blocked, mut commas, mut links) = (false, false, 0);
        for at in (0..index).rev() {
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
                    Cue::Negates if self.lower(at) == "without" && links > 0 && !element_names => {
                        return None;
                    }
                    Cue::Negates => return (!blocked).then_some(at),
                    Cue::Uncertain => return (!blocked && !commas).then_some(at),
                    Cue::Pseudo | Cue::Affirms | Cue::Break => return None,
                    Cue::Comma | Cue::And | Cue::Or => {
                        if !element_names && element_words > 5 {
                            return None;
                        }
                        commas |= *cue == Cue::Comma;
                        links += 1;
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
        let joined = (0..index)
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
    fn after(&self, index: usize) -> Option<Said> {
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

    /// Whether a finding is the next member of the list of the finding before it.
    fn is_list_member(&self, index: usize) -> bool {
        let mut at = index;
        while at > 0 && self.is_link(at - 1) {
            at -= 1;
        }
        at < index
            && at > 0
            && self.named(at - 1).is_some()
            && self.gap_after(at - 1) <= 3
            && self.gap_after(index - 1) <= 3
    }

    /// The results that follow a test or function in its clause.
    fn results_after(&self, index: usize, id: FindingId, taken: &mut [bool]) -> Vec<Said> {
        let kind = id.kind();
        let mut said: Vec<Said> = Vec::new();
        let mut copula = false;
        let mut reach = 0;
        let mut at = index;
        while at + 1 < self.marks.len() {
            reach += self.gap_after(at);
            at += 1;
            if reach > 2 * REACH {
                break;
            }
            match &self.marks[at].what {
                What::Finding(_) if !said.is_empty() => break,
                What::Finding(_) => {
                    let aside = !copula
                        && self.cue(at - 1).is_none_or(|cue| !cue.is_link())
                        && self.follows_preposition(at);
                    if !aside && (copula || !self.is_list_member(at)) {
                        break;
                    }
                }
                What::Value(Value::Strength { .. })
                    if id.name() == "weakness" && said.is_empty() && !taken[at] =>
                {
                    break;
                }
                What::Value(_) | What::Silent => {}
                What::SilentAfter => {
                    said.push((Polarity::Unknown, Some(self.span(at))));
                    break;
                }
                What::SilentOf => break,
                What::Cue(cue) => match cue {
                    Cue::Positive | Cue::Negative | Cue::Normal | Cue::Absent => {
                        if !self.is_predicate(at, copula) {
                            break;
                        }
                        let polarity = outcome(*cue, kind);
                        if polarity == Polarity::Unknown {
                            break;
                        }
                        if said.is_empty() || said.iter().all(|other| other.0 != polarity) {
                            said.push((polarity, Some(self.span(at))));
                        }
                        copula = false;
                    }
                    Cue::Affirms
                        if said.is_empty() && matches!(kind, FindingKind::Study | FindingKind::Test) =>
                    {
                        said.push((Polarity::Present, Some(self.span(at))));
                        break;
                    }
                    Cue::Shows if said.is_empty() && kind == FindingKind::Study => {
                        said.push((self.shown(at), Some(self.span(at))));
                        break;
                    }
                    Cue::Verb | Cue::Colon => copula = true,
                    Cue::Comma | Cue::And | Cue::Or | Cue::Participle | Cue::Parenthesis | Cue::Not => {}
                    // "negative on the left but positive on the right"
                    Cue::Break
                        if !said.is_empty()
                            && self.cue(at + 1).is_some_and(Cue::is_result)
                            && self.gap_after(at) == 0 => {}
                    _ => break,
                },
            }
        }
        said
    }

    /// Whether a result is said of what stands before it, and is no adjective of what follows.
    fn is_predicate(&self, index: usize, copula: bool) -> bool {
        let modifies_next = self.named(index + 1).is_some_and(|named| named.motion.is_none())
            && self.gap_after(index) <= 4
            && self.is_noun_phrase(index);
        if modifies_next {
            return false;
        }
        let next = self.marks[index].tokens.end;
        copula
            || self.marks.get(index + 1).is_some_and(|mark| mark.tokens.start == next)
            || self.words.tokens.get(next).is_none_or(|token| token.kind != TokenKind::Word)
            || is_preposition(self.words.lower(next))
            || matches!(self.words.lower(next), "bilaterally" | "bilateral" | "left" | "right" | "throughout")
    }

    fn follows_preposition(&self, index: usize) -> bool {
        let before = self.marks[index - 1].tokens.end;
        (before..self.marks[index].tokens.start).any(|token| is_preposition(self.words.lower(token)))
    }

    /// A study that shows something is not normal; one that shows the lack of something tells nothing of itself.
    fn shown(&self, index: usize) -> Polarity {
        let silent = matches!(
            self.marks.get(index + 1).map(|mark| &mark.what),
            Some(What::Cue(Cue::Negates | Cue::Normal | Cue::Pseudo))
        ) && self.gap_after(index) <= 3;
        if silent { Polarity::Unknown } else { Polarity::Present }
    }

    /// The value that belongs to a finding: directly before it, else the next one.
    fn value_of(&self, index: usize, id: FindingId, taken: &[bool]) -> Option<usize> {
        let fits = |at: usize| {
            !taken[at]
                && match self.marks[at].what {
                    What::Value(Value::Strength { .. }) => id.name() == "weakness",
                    What::Value(Value::Pain { .. }) => id.name() == "pain" && self.is_score(at),
                    _ => false,
                }
        };
        if let Some(at) = index.checked_sub(1)
            && fits(at)
            && self.gap_after(at) <= 3
        {
            return Some(at);
        }
        for at in index + 1..self.marks.len() {
            if fits(at) {
                return Some(at);
            }
            let other = self.named(at).is_some_and(|named| named.id == id || named.form != Form::States);
            if other || self.cue(at) == Some(Cue::Break) && self.lower(at) != "as" {
                return None;
            }
        }
        None
    }

    /// "8/10" as a score and not as a day: "on 8/10".
    fn is_score(&self, index: usize) -> bool {
        let start = self.marks[index].tokens.start;
        !start
            .checked_sub(1)
            .is_some_and(|before| matches!(self.words.lower(before), "on" | "dated" | "since"))
    }

    /// What a bare value measures, if its sentence says so.
    fn measured(&self, index: usize, value: Value) -> Option<FindingId> {
        let (name, context) = match value {
            Value::Strength { .. } => ("weakness", Cue::Muscle),
            Value::Pain { .. } if self.is_score(index) => ("pain", Cue::Rating),
            _ => return None,
        };
        let id = FindingId::from_name(name)?;
        let named =
            |at: usize| self.cue(at) == Some(context) || self.named(at).is_some_and(|named| named.id == id);
        (0..self.marks.len()).any(named).then_some(id)
    }

    /// What is said, unless a condition, a rule, the past or a relative frames it.
    fn framed(&self, index: usize, id: FindingId, said: Said) -> Said {
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
        for at in (0..index).rev() {
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
                    if matches!(
                        self.lower(at),
                        "but" | "however" | ";" | "although" | "though" | "." | "yet"
                    ) =>
                {
                    return None;
                }
                Cue::Break | Cue::Verb => past = false,
                Cue::Subject => {
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
        for at in follows..self.marks.len() {
            match self.cue(at) {
                Some(Cue::Guideline) => return Some((Polarity::Hypothetical, at)),
                Some(Cue::Break | Cue::Subject) => return None,
                _ => {}
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

/// What a result says of a finding of a kind.
fn outcome(cue: Cue, kind: FindingKind) -> Polarity {
    match (cue, kind) {
        (Cue::Positive, _) => Polarity::Present,
        (Cue::Negative | Cue::Absent, FindingKind::Test) => Polarity::Absent,
        // "Reflexes are absent."
        (Cue::Absent, FindingKind::Sign) => Polarity::Present,
        (Cue::Absent, FindingKind::Study) => Polarity::Unknown,
        (Cue::Absent, FindingKind::Symptom) => Polarity::Absent,
        (Cue::Normal | Cue::Negative, _) => Polarity::Normal,
        _ => Polarity::Unknown,
    }
}

/// A wording that says that the finding is not there; for a function ("non-antalgic") that it is normal.
fn denied(id: FindingId) -> Polarity {
    if id.is_function() { Polarity::Normal } else { Polarity::Absent }
}

fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "of" | "to"
            | "on"
            | "in"
            | "at"
            | "for"
            | "with"
            | "by"
            | "from"
            | "over"
            | "upon"
            | "under"
            | "into"
            | "about"
            | "across"
            | "within"
    )
}
