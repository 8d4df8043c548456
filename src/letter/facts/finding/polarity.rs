//! What a sentence says of the findings that it names.

use super::lexicon::{Cue, FindingId, Form};
use super::sentence::{Named, Reader, Said, What};
use super::value::{Measured, Value};
use super::{Examined, Polarity};
use crate::letter::facts::words::Words;
use crate::letter::sentence::Sentence;

/// Reads one sentence.
pub(super) fn read(words: &Words, sentence: &Sentence, values: &[Measured], found: &mut Vec<Examined>) {
    let reader = Reader::new(words, sentence, values);
    let mut taken = vec![false; reader.marks.len()];
    for index in 0..reader.marks.len() {
        if let What::Finding(named) = &reader.marks[index].what {
            reader.examine(index, named, &mut taken, found);
        }
    }
    for (index, mark) in reader.marks.iter().enumerate() {
        if let What::Value(value) = mark.what
            && !taken[index]
            && let Some(id) = reader.measured(index, value)
        {
            let said = reader.framed(index, id, (value.polarity(), None));
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

impl Reader<'_> {
    fn examine(&self, index: usize, named: &Named, taken: &mut [bool], found: &mut Vec<Examined>) {
        let id = named.id;
        let mut said = match named.form {
            Form::States => vec![self.stated(index)],
            Form::Denies => vec![(denied(id), None)],
            Form::Neutral | Form::Weak => self.results(index, named),
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
                Value::Strength { .. } if unsaid => said = vec![(own.polarity(), Some(self.span(at)))],
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
}

/// A wording that says that the finding is not there; for a function ("non-antalgic") that it is normal.
fn denied(id: FindingId) -> Polarity {
    if id.is_function() { Polarity::Normal } else { Polarity::Absent }
}
