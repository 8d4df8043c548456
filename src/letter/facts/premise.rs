//! The reason to which a conclusion is joined: whether the last thing said of the patient speaks for or against the
//! treatment.

use std::ops::Range;
use std::sync::LazyLock;

use foldhash::HashMap;

use super::conclusion::{Conclusion, Polarity, Words};
use crate::letter::sentence::Sentence;
use crate::letter::sentence_kind::SentenceKind;
use crate::text::{Span, Token};

const TABLE: &str = include_str!("premise.tsv");

/// The premise of one conclusion. Spans are bytes of the logical text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Premise {
    /// The sentence or clause before the words that join it to the conclusion.
    pub span: Span,
    /// The words that tell its bearing, or that make it unclear.
    pub cue: Option<Span>,
    /// What it says.
    pub bearing: Bearing,
    /// Index of its conclusion among those that were given.
    pub conclusion: usize,
}

/// On which side a premise stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bearing {
    /// For the treatment.
    Supports,
    /// Against it.
    Against,
    /// It turns, sets a condition, states a rule, gives reasons for both sides, or is not understood.
    Unclear,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Supports,
    Against,
    Present,
    Absent,
    Effort,
    Spent,
    Met,
    Unmet,
    Rule,
    Unclear,
    Turn,
    Modal,
    Harmless,
    Open,
    Summing,
    Unfit,
}

struct Frame {
    class: Class,
    /// Each word's alternatives; empty for a gap.
    words: Vec<Vec<&'static str>>,
}

/// The frames by their first words.
static FRAMES: LazyLock<HashMap<&'static str, Vec<Frame>>> = LazyLock::new(|| {
    let mut frames: HashMap<&'static str, Vec<Frame>> = HashMap::default();
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let (class, frame) = line.split_once('\t').expect("two columns");
        let class = match class {
            "supports" => Class::Supports,
            "against" => Class::Against,
            "present" => Class::Present,
            "absent" => Class::Absent,
            "effort" => Class::Effort,
            "spent" => Class::Spent,
            "met" => Class::Met,
            "unmet" => Class::Unmet,
            "rule" => Class::Rule,
            "unclear" => Class::Unclear,
            "turn" => Class::Turn,
            "modal" => Class::Modal,
            "harmless" => Class::Harmless,
            "open" => Class::Open,
            "summing" => Class::Summing,
            "unfit" => Class::Unfit,
            _ => panic!("premise.tsv: {class}"),
        };
        let words: Vec<Vec<&str>> = frame
            .split(' ')
            .map(|word| if word == "_" { Vec::new() } else { word.split('/').collect() })
            .collect();
        for first in words[0].clone() {
            frames.entry(first).or_default().push(Frame { class, words: words.clone() });
        }
    }
    frames
});

/// Words before a frame that take back some or all of it ("only two of the criteria are met").
const DENIALS: &[&str] = &[
    "not",
    "no",
    "never",
    "without",
    "nor",
    "neither",
    "none",
    "cannot",
    "nothing",
    "only",
    "some",
    "few",
    "partly",
    "partially",
];

/// A frame's place in a premise.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cue {
    class: Class,
    tokens: Range<usize>,
}

/// Reads the premise of each conclusion that is joined to the text before it ("As such, …", "…; therefore, …").
#[must_use]
pub fn read(
    text: &str,
    tokens: &[Token],
    sentences: &[Sentence],
    conclusions: &[Conclusion],
) -> Vec<Premise> {
    if conclusions.is_empty() {
        return Vec::new();
    }
    let words = Words::new(text, tokens);
    conclusions
        .iter()
        .enumerate()
        .filter(|(_, conclusion)| conclusion.polarity != Polarity::Reported)
        .filter_map(|(index, conclusion)| {
            let range = without_label(&words, premise_range(&words, tokens, sentences, conclusion)?);
            let sentence = sentences.iter().find(|sentence| sentence.tokens.contains(&range.start))?;
            // Somebody else's reason is none that the reviewer gives.
            if sentence.kind == SentenceKind::Attributed {
                return None;
            }
            let (bearing, cue) = bearing(&words, range.clone());
            let cue = cue.map(|cue| words.span(cue));
            Some(Premise { span: words.span(range), cue, bearing, conclusion: index })
        })
        .collect()
}

/// The tokens of the premise: the clause before the joining words in their sentence, else the sentence before.
fn premise_range(
    words: &Words<'_>,
    tokens: &[Token],
    sentences: &[Sentence],
    conclusion: &Conclusion,
) -> Option<Range<usize>> {
    let introducer = conclusion.introducer.as_ref()?;
    let at = tokens.partition_point(|token| token.span.start < introducer.start);
    let is_summing = cues(words, at..at + 1).iter().any(|cue| cue.class == Class::Summing);
    if is_summing {
        return None;
    }
    let sentence = sentences.get(conclusion.sentence)?;
    // "The request is therefore …": the joining word stands inside the clause it joins.
    let clause = tokens.partition_point(|token| token.span.start < conclusion.span.start).min(at);
    if clause > sentence.tokens.start && !begins_sentence(words, sentence.tokens.start, at) {
        return Some(sentence.tokens.start..clause);
    }
    let before = sentences.get(conclusion.sentence.checked_sub(1)?)?;
    Some(before.tokens.clone())
}

/// The tokens of a premise without the field's label before them ("Decision rationale:").
fn without_label(words: &Words<'_>, premise: Range<usize>) -> Range<usize> {
    const LONGEST: usize = 5;
    let label = (premise.start..premise.end.min(LONGEST)).find(|&token| words.at(token) == ":");
    label.map_or(premise.start, |colon| colon + 1)..premise.end
}

/// Whether nothing but a label stands before the joining words.
fn begins_sentence(words: &Words<'_>, start: usize, at: usize) -> bool {
    at == start || at <= start + 4 && words.at(at - 1) == ":"
}

fn bearing(words: &Words<'_>, premise: Range<usize>) -> (Bearing, Option<Range<usize>>) {
    let cues = cues(words, premise.clone());
    // "no evidence of failed conservative care": what is absent tells of all behind it.
    let is_denied_before = |cue: &Cue| {
        matches!(cue.class, Class::Supports | Class::Present)
            && cues.iter().any(|other| {
                let behind = other.tokens.end..other.tokens.end + 5;
                other.class == Class::Absent && behind.contains(&cue.tokens.start)
            })
    };
    let telling: Vec<&Cue> = cues.iter().filter(|cue| cue.is_telling() && !is_denied_before(cue)).collect();
    // "However, there is no …" turns against what was said before, not in itself.
    let turn = cues.iter().find(|cue| {
        let opens = cue.tokens.start == premise.start && words.at(cue.tokens.start) == "however";
        cue.class == Class::Turn && !opens
    });
    let rule = cues.iter().find(|cue| cue.class == Class::Rule);
    let unclear = cues.iter().find(|cue| cue.class == Class::Unclear);
    if let Some(cue) = turn.or(rule).or(unclear) {
        return (Bearing::Unclear, Some(cue.tokens.clone()));
    }
    let Some(first) = telling.first() else { return (Bearing::Unclear, None) };
    let modal = cues.iter().find(|cue| {
        let reach = cue.tokens.start..cue.tokens.end + 5;
        cue.class == Class::Modal && reach.contains(&first.tokens.start)
    });
    if let Some(modal) = modal {
        return (Bearing::Unclear, Some(modal.tokens.clone()));
    }
    let (side, end) = side(words, first, &cues, &premise);
    let agree = telling.iter().all(|cue| self::side(words, cue, &cues, &premise).0 == side);
    let before = first.tokens.start.saturating_sub(6).max(premise.start)..first.tokens.start;
    let is_criterion = ["criteri", "condition", "requirement"]
        .iter()
        .any(|noun| words.at(first.tokens.start).starts_with(noun));
    let is_denied = matches!(first.class, Class::Supports | Class::Present | Class::Met)
        && (words.holds(before.clone(), DENIALS) || words.at(premise.start) == "nothing")
        || first.class == Class::Met && is_criterion && words.holds(before, &["of"]);
    if !agree || is_denied {
        return (Bearing::Unclear, Some(first.tokens.clone()));
    }
    (side, Some(first.tokens.start..end))
}

/// On which side a cue stands, and where its words end.
fn side(words: &Words<'_>, cue: &Cue, cues: &[Cue], premise: &Range<usize>) -> (Bearing, usize) {
    let end = cue.tokens.end;
    let within = |class: Class, range: Range<usize>| {
        cues.iter().find(|other| other.class == class && range.contains(&other.tokens.start))
    };
    let object = cue.tokens.start..(end + 4).min(premise.end);
    let around = cue.tokens.start.saturating_sub(6)..(end + 6).min(premise.end);
    let has_effort = within(Class::Effort, around).is_some();
    let is_open = within(Class::Open, object.clone()).is_some();
    let near = cue.tokens.start.saturating_sub(3)..(end + 8).min(premise.end);
    let is_spent = within(Class::Spent, near).is_some();
    let is_unfit = within(Class::Unfit, object.clone()).is_some();
    let has_harm = within(Class::Harmless, cue.tokens.start..premise.end).is_some();
    match cue.class {
        Class::Met | Class::Unmet if is_unfit => (Bearing::Unclear, end),
        Class::Met => (Bearing::Supports, end),
        Class::Present if has_harm => (Bearing::Unclear, end),
        Class::Unmet | Class::Against => (Bearing::Against, end),
        Class::Supports if !is_spent => (Bearing::Supports, end),
        Class::Present if has_effort && !is_open && !is_spent => (Bearing::Supports, end),
        Class::Absent => match within(Class::Harmless, object) {
            // Harm that is absent speaks for the treatment.
            Some(harm) => {
                let noun = harm.tokens.end;
                let has_noun = matches!(
                    words.at(noun),
                    "behavior" | "behaviors" | "behaviour" | "effect" | "effects" | "reaction" | "reactions"
                );
                (Bearing::Supports, if has_noun { noun + 1 } else { noun })
            }
            None if has_effort && !is_open => (Bearing::Against, end),
            None => (Bearing::Unclear, end),
        },
        _ => (Bearing::Unclear, end),
    }
}

/// The frames that match, in order; of those that overlap, the longest, and what is denied before what is said.
fn cues(words: &Words<'_>, range: Range<usize>) -> Vec<Cue> {
    let mut cues: Vec<Cue> = Vec::new();
    for at in range.clone() {
        for frame in FRAMES.get(words.at(at)).into_iter().flatten() {
            if let Some(end) = frame.end(words, at, range.end) {
                cues.push(Cue { class: frame.class, tokens: at..end });
            }
        }
    }
    let mut kept: Vec<Cue> = Vec::new();
    for cue in &cues {
        let is_covered = cue.is_frame()
            && cues.iter().any(|other| {
                let reaches = other.tokens.start <= cue.tokens.start && cue.tokens.start < other.tokens.end;
                let is_longer = other.tokens.len() > cue.tokens.len();
                let denies = matches!(other.class, Class::Absent | Class::Against | Class::Unmet)
                    && matches!(cue.class, Class::Supports | Class::Present | Class::Met);
                let opens = other.class == Class::Unclear
                    && matches!(cue.class, Class::Supports | Class::Present)
                    && cue.tokens.contains(&other.tokens.start)
                    && cue.tokens.start != other.tokens.start;
                other.is_frame() && (reaches && (is_longer || denies && other.tokens != cue.tokens) || opens)
            });
        if !is_covered && !kept.contains(cue) {
            kept.push(cue.clone());
        }
    }
    kept
}

impl Cue {
    /// Whether it tells a side by itself.
    fn is_telling(&self) -> bool {
        matches!(
            self.class,
            Class::Supports | Class::Against | Class::Present | Class::Absent | Class::Met | Class::Unmet
        )
    }

    /// Whether it is a frame rather than a word beside one.
    fn is_frame(&self) -> bool {
        self.is_telling() || matches!(self.class, Class::Rule | Class::Unclear)
    }
}

impl Frame {
    /// The token after the last of its words, if it matches at a token.
    fn end(&self, words: &Words<'_>, start: usize, limit: usize) -> Option<usize> {
        let mut at = start;
        let mut gap = 0;
        for alternatives in &self.words {
            if alternatives.is_empty() {
                gap += 3;
                continue;
            }
            let reach = (at + gap).min(limit.saturating_sub(1));
            let found = (at..=reach).find(|&token| alternatives.contains(&words.at(token)))?;
            if gap > 0 && words.holds(at..found, &[",", ";", ".", ":"]) {
                return None;
            }
            at = found + 1;
            gap = 0;
        }
        (at <= limit).then_some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::facts::conclusion;
    use crate::letter::sentence::sentences;
    use crate::text::tokens;

    #[test]
    fn cases() {
        let mut failures = Vec::new();
        for row in include_str!("cases/premise.tsv").lines().skip(1).filter(|row| !row.starts_with('#')) {
            let (text, expected) = row.split_once('\t').expect("two columns");
            let text = text.replace("\\n", "\n");
            let tokens = tokens(&text);
            let sentences = sentences(&text, &tokens);
            let conclusions = conclusion::read(&text, &tokens, &sentences);
            let found = read(&text, &tokens, &sentences, &conclusions)
                .iter()
                .map(|premise| {
                    let bearing = match premise.bearing {
                        Bearing::Supports => "supports",
                        Bearing::Against => "against",
                        Bearing::Unclear => "unclear",
                    };
                    let cue = premise.cue.clone().map(|cue| format!(" \"{}\"", &text[cue]));
                    format!("{bearing}{}", cue.unwrap_or_default())
                })
                .collect::<Vec<_>>()
                .join("; ");
            if found != expected {
                failures.push(format!("{row}\n  found    {found}"));
            }
        }
        assert!(failures.is_empty(), "{} rows fail\n{}", failures.len(), failures.join("\n"));
    }
}
