//! On which side a sentence of a rationale stands: for the treatment, against it, or on neither.

mod classes;
mod reading;
mod verdict;

use std::ops::Range;

use classes::{EXCEPTION, LIMIT, MONITORING, OPENING};
use reading::Reading;

use super::number_word;
use super::words::Words;
use crate::letter::asked::telling_words;
use crate::letter::block::Content;
use crate::letter::sentence::Sentence;
use crate::text::{Span, TokenKind};

/// On which side a sentence stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stance {
    /// For the treatment.
    For,
    /// Against it.
    Against,
    /// It turns, or says something for either side.
    Mixed,
    /// It says something of the case that is not understood.
    Open,
    /// It says nothing of the case: a guideline speaks, or somebody else, or it sets a condition.
    Aside,
}

/// A sentence's stance, with the words that tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighed {
    /// The words that tell it; the sentence where all of it does.
    pub span: Span,
    /// On which side it stands.
    pub stance: Stance,
    /// How many words or clauses tell it.
    pub count: usize,
    /// Whether it turns from all that was said before it ("However, …").
    pub turns: bool,
    /// The sides on which it stands by itself, whatever else is said ("exceeds the limit"), with the words that tell them.
    pub decisive: Vec<Decided>,
}

/// Words that decide by themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The words.
    pub span: Span,
    /// The side for which they decide.
    pub stance: Stance,
    /// Whether they do so whatever a guideline says.
    pub is_certain: bool,
}

/// What a guideline asks for, by the beginnings of its words.
#[derive(Debug)]
struct Criterion {
    stems: Vec<String>,
    /// Whether the treatment is for those to whom it applies.
    favors: bool,
    /// Those of its words that it denies ("functional limitations that preclude a safe return").
    denied: Vec<String>,
    /// Whether what it names takes the treatment away ("… unless there is an infection", "contraindicated in …").
    excludes: bool,
    /// Whether its words do not tell which of its two sides a case is on that has what it names.
    is_open: bool,
}

/// Weighs the sentences of a rationale in their order: what a guideline asks for is known when the case is held to it.
#[derive(Debug, Default)]
pub struct Weigher {
    /// All words of the request.
    asked: Vec<String>,
    /// Those of them that are parts of the body.
    regions: Vec<String>,
    /// Those that tell it from other requests.
    named: Vec<String>,
    criteria: Vec<Criterion>,
    /// Whether the request itself looks for harm, as a drug test does.
    monitors: bool,
    /// Whether the case was called an exception.
    is_excepted: bool,
    /// Whether a guideline named a number, and the case was not held to it.
    has_open_limit: bool,
}

impl Weigher {
    /// A weigher of a rationale on a request, as its heading words it.
    #[must_use]
    pub fn new(content: &Content, request: &Span) -> Self {
        let words = Words::new(content.text(), &content.tokens);
        let tokens = words.tokens_in(request);
        let telling = telling_words(content, request);
        let telling = telling.into_iter().map(|(_, span)| words.tokens_in(&span).start);
        let regions = &content.facts().regions;
        let is_region = |at: usize| {
            words.token(at).is_some_and(|token| {
                regions
                    .iter()
                    .any(|region| region.span.start <= token.span.start && token.span.end <= region.span.end)
            })
        };
        let monitors = tokens.clone().any(|at| MONITORING.stands_at(&words, at));
        Self {
            monitors,
            asked: tokens.clone().filter_map(|at| stem(&words, at)).collect(),
            regions: tokens.filter(|&at| is_region(at)).filter_map(|at| stem(&words, at)).collect(),
            named: telling.filter_map(|at| stem(&words, at)).collect(),
            criteria: Vec::new(),
            is_excepted: false,
            has_open_limit: false,
        }
    }

    /// Whether a guideline was heard that is against the treatment, and no exception from it.
    #[must_use]
    pub fn is_disfavored(&self) -> bool {
        self.criteria.iter().any(|criterion| !criterion.favors) && !self.is_excepted
    }

    /// Whether a guideline named a number to which the case was not held in words: it has to be reckoned.
    #[must_use]
    pub fn has_open_limit(&self) -> bool {
        self.has_open_limit
    }

    /// Weighs a sentence, within some of its tokens.
    pub fn weigh(&mut self, content: &Content, sentence: &Sentence, tokens: Range<usize>) -> Weighed {
        let words = Words::new(content.text(), &content.tokens[tokens]);
        let reading = Reading { words: &words, weigher: self };
        let turns = OPENING.stands_at(&words, 0);
        let (stance, cues) = reading.stance(sentence.kind);
        let decisive = reading.decisive(sentence.kind).into_iter().map(|found| Decided {
            span: words.span(&found.tokens),
            stance: found.stance,
            is_certain: found.is_certain,
        });
        let decisive = decisive.collect();
        let is_exception = stance == Stance::For && reading.first(&EXCEPTION, 0..words.len()).is_some();
        let rule = (stance == Stance::Aside).then(|| reading.criterion(sentence.kind)).flatten();
        let all = 0..words.len();
        if rule.is_some() {
            self.has_open_limit |= all.clone().any(|at| words.is_number(at) || is_numeral(words.lower(at)));
        } else if stance != Stance::Aside && holds_to_limit(&words) {
            self.has_open_limit = false;
        }
        self.criteria.extend(rule);
        self.is_excepted |= is_exception;
        let span = words.span(&cues.first().cloned().unwrap_or(0..words.len()));
        Weighed { span, stance, count: cues.len(), turns, decisive }
    }
}

/// A number in words; "one" seldom counts.
fn is_numeral(word: &str) -> bool {
    number_word::words().any(|(numeral, value)| value > 1 && numeral == word)
}

/// Whether a sentence holds the case to a number.
fn holds_to_limit(words: &Words<'_>) -> bool {
    (0..words.len()).any(|at| LIMIT.stands_at(words, at))
}

/// The first letters of a word, by which its forms are one; absent of short words.
fn stem(words: &Words<'_>, at: usize) -> Option<String> {
    const SHORTEST: usize = 4;
    const STEM: usize = 5;
    let word = words.bare(at);
    let is_word = words.token(at).is_some_and(|token| token.kind == TokenKind::Word);
    let long_enough = word.chars().count() >= SHORTEST;
    (is_word && long_enough).then(|| word.chars().take(STEM).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::block::Role;
    use crate::letter::facts::cases;
    use crate::text::LogicalBuilder;

    fn content(text: &str) -> Content {
        let mut builder = LogicalBuilder::default();
        builder.push_line(text, 0, 0);
        Content::read(builder.finish(), Role::Summary, 0)
    }

    fn rendered(request: &str, text: &str) -> String {
        let heading = content(request);
        let mut weigher = Weigher::new(&heading, &(0..request.len()));
        let content = content(text);
        let weighed = content.sentences.iter().map(|sentence| {
            format!("{:?}", weigher.weigh(&content, sentence, sentence.tokens.clone()).stance).to_lowercase()
        });
        weighed.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn cases() {
        cases::check_columns(include_str!("cases/stance.tsv"), |[request, text]| rendered(request, text));
    }

    #[test]
    fn any_text_can_be_read() {
        for table in [super::classes::TABLE, super::verdict::TABLE] {
            check_any_text(table);
        }
    }

    fn check_any_text(table: &'static str) {
        cases::check_any_text(table, |text| {
            let content = content(text);
            let mut weigher = Weigher::default();
            let weigh = |sentence: &Sentence| weigher.weigh(&content, sentence, sentence.tokens.clone()).span;
            content.sentences.iter().map(weigh).filter(|span| !span.is_empty()).collect()
        });
    }
}
