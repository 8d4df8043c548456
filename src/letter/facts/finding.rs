//! Symptoms, signs, examination tests and studies, and what is said of them: there, not there, normal, or only
//! asked for.

mod frame;
mod lexicon;
mod negation;
mod polarity;
mod result;
mod sentence;
mod value;

use crate::letter::facts::words::Words;
use crate::letter::sentence::Sentence;
use crate::text::{Gap, Span, Token};

pub use lexicon::{FindingId, FindingKind};
pub use value::{Grade, Movement, Value};

/// A finding that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// The words that name it, in logical bytes; for a bare value ("4/5 in the biceps") the value.
    pub span: Span,
    /// What it is.
    pub id: FindingId,
    /// Its kind.
    pub kind: FindingKind,
    /// What is said of it.
    pub polarity: Polarity,
    /// The words that say so ("denies", "positive"); of a study that is unknown, the verb of a result ("shows"). Two facts of one span with different cues are a test with
    /// two results ("positive on the right and negative on the left"): the side stands beside the cue.
    pub cue: Option<Span>,
    /// A measured value.
    pub value: Option<Value>,
}

/// What is said of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Polarity {
    /// A symptom or sign is there, a test is positive, a function or study is not normal.
    Present,
    /// A symptom or sign is not there, a test is negative.
    Absent,
    /// A function or study is normal.
    Normal,
    /// Nothing: it is only named, requested, looked for, thought possible, or the record is said to be silent.
    Unknown,
    /// A condition, or a rule about patients at large.
    Hypothetical,
    /// It belongs to the patient's past.
    Past,
    /// It is a relative's.
    Family,
}

impl Polarity {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Absent => "absent",
            Self::Normal => "normal",
            Self::Unknown => "unknown",
            Self::Hypothetical => "hypothetical",
            Self::Past => "past",
            Self::Family => "family",
        }
    }
}

/// Reads the findings of a block, in the order of the text.
#[must_use]
pub fn read(text: &str, tokens: &[Token], sentences: &[Sentence]) -> Vec<Examined> {
    let words = Words::new(text, tokens);
    let values = value::read(&words);
    let mut found = Vec::new();
    for sentence in sentences {
        let first = found.len();
        polarity::read(&words, sentence, &values, &mut found);
        if is_table(&words, sentence) {
            for cell in &mut found[first..] {
                *cell = Examined { polarity: Polarity::Unknown, cue: None, value: None, ..cell.clone() };
            }
        }
    }
    found.sort_by_key(|fact| (fact.span.start, fact.cue.as_ref().map(|cue| cue.start)));
    found
}

/// Whether a stretch is no sentence but a table, of which a line gives one finding for several sides in columns
/// ("Phalen   positive   negative"): which is whose cannot be told.
fn is_table(words: &Words, sentence: &Sentence) -> bool {
    /// Wide gaps in a line, and such lines, at least.
    const FEWEST: usize = 2;
    let (mut rows, mut columns) = (0, 0);
    for at in sentence.tokens.clone() {
        match words.tokens[at].gap {
            Gap::Wrap => {
                rows += usize::from(columns >= FEWEST);
                columns = 0;
            }
            Gap::Blanks if at > sentence.tokens.start && !matches!(words.raw(at - 1), "." | ":" | ";") => {
                columns += 1;
            }
            _ => {}
        }
    }
    rows + usize::from(columns >= FEWEST) >= FEWEST
}

/// The longest name of a finding that begins at a token: the token behind it, the finding, and whether the words only name
/// what is examined.
pub(super) fn longest_name(words: &Words, at: usize, end: usize) -> Option<(usize, FindingId, bool)> {
    let (stop, wording) = lexicon::longest(words, at, end)?;
    Some((stop, wording.id?, matches!(wording.form, lexicon::Form::Neutral | lexicon::Form::Weak)))
}

/// The findings that some tokens name, whatever is said of them; each once.
pub(super) fn named(words: &Words, tokens: std::ops::Range<usize>) -> Vec<FindingId> {
    let mut ids = Vec::new();
    let mut at = tokens.start;
    while at < tokens.end {
        match lexicon::longest(words, at, tokens.end) {
            Some((stop, wording)) => {
                ids.extend(wording.id.filter(|id| !ids.contains(id)));
                at = stop;
            }
            None => at += 1,
        }
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::facts::cases;

    fn rendered(text: &str) -> String {
        let facts = cases::read(text, read);
        let render = |fact: &Examined| {
            let words = &text[fact.span.clone()];
            let mut line = String::new();
            if !words.eq_ignore_ascii_case(fact.id.name()) {
                line = format!("{words} = ");
            } else if words != fact.id.name() {
                return render_rest(text, fact, words);
            }
            line + &render_rest(text, fact, fact.id.name())
        };
        facts.iter().map(render).collect::<Vec<_>>().join("; ")
    }

    fn render_rest(text: &str, fact: &Examined, name: &str) -> String {
        let mut line = format!("{name}: {}", fact.polarity.name());
        if let Some(cue) = &fact.cue {
            line += &format!(" ({})", &text[cue.clone()]);
        }
        if let Some(value) = fact.value {
            line += &format!(" [{value}]");
        }
        line
    }

    #[test]
    fn cases() {
        cases::check(include_str!("cases/finding.tsv"), rendered);
    }

    #[test]
    fn any_text() {
        let spans = |text: &str| {
            let mut spans: Vec<Span> = cases::read(text, read).into_iter().map(|fact| fact.span).collect();
            // A test with two results is two facts.
            spans.dedup();
            spans
        };
        cases::check_any_text(include_str!("cases/finding.tsv"), spans);
        for text in ["no pain, ", "\u{301}\u{2019}s 5/5 °", "positive and ", "is not documented "] {
            assert!(spans(&text.repeat(1000)).iter().all(|span| !span.is_empty()));
        }
    }
}
