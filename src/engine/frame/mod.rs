//! Token frames: the patterns of a lint's file, matched on words rather than characters.
//!
//! | in a pattern | matches |
//! | --- | --- |
//! | `lower back` | these words, one blank or one wrap between them; `'` matches `’` too |
//! | `MTUS` | the word as written: one with a capital is case-sensitive |
//! | `(a\|one of)` | one of several sequences; `(the)?` may be missing |
//! | `<part>` | a word of the set `part` of the same file, or `<number>`, `<word>` |
//! | `<only noun/adjective>` | a word that can be nothing but these [parts of speech](crate::text::Parts) |
//! | `<maybe noun>`, `<never noun>` | a word that can be one, or of which nothing is known; a known word that can't |
//! | `{0-3}` | so many words, whatever they are |
//! | `^`, `$` | the sentence begins, ends here |
//! | `«…»` | what is flagged |

mod anchors;
mod lexicon;
mod matcher;
mod parser;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

use serde::Deserialize;

pub(super) use anchors::Anchors;
use anchors::anchors;
pub(super) use lexicon::{Lexicon, WordId};
use matcher::Matcher;
use parser::Parser;

use crate::letter::{Content, Sentence};
use crate::text::verb::FORM_NAMES;
#[cfg(doc)]
use crate::text::verb::form_of;
use crate::text::{Parts, Span};

/// A pattern as a lint's file has it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FrameSource {
    /// The pattern.
    pub pattern: String,
    /// What should stand in place of the flagged text, best first; "{third}" and the like are [forms](form_of) of it.
    #[serde(default)]
    pub replace: Vec<String>,
    /// Patterns that make it right, wherever they share a word with what is flagged.
    #[serde(default)]
    pub unless: Vec<String>,
}

/// Named word classes.
pub(super) type Sets = BTreeMap<String, Vec<String>>;

/// The word classes of a lint's file as numbers, each numbered when a pattern first names it.
pub(super) struct Classes<'l> {
    sets: &'l Sets,
    numbered: BTreeMap<&'l str, Arc<[WordId]>>,
}

impl<'l> Classes<'l> {
    pub(super) fn new(sets: &'l Sets) -> Self {
        Self { sets, numbered: BTreeMap::new() }
    }

    /// The sorted words of a class, and the length of its shortest.
    fn get(&mut self, name: &str, lexicon: &mut Lexicon) -> Option<(Arc<[WordId]>, usize)> {
        let (name, words) = self.sets.get_key_value(name)?;
        let ids = self.numbered.entry(name).or_insert_with(|| {
            let mut ids: Vec<WordId> = words.iter().map(|word| lexicon.intern(word)).collect();
            ids.sort_unstable();
            ids.into()
        });
        Some((Arc::clone(ids), words.iter().map(String::len).min().unwrap_or(0)))
    }
}

/// A compiled pattern.
#[derive(Debug)]
pub(super) struct Frame {
    pattern: Pattern,
    anchors: Anchors,
    unless: Vec<Pattern>,
    pub replace: Vec<String>,
}

#[derive(Debug)]
struct Pattern {
    steps: Vec<Step>,
    /// The most tokens that a match can have.
    longest: usize,
}

#[derive(Debug)]
struct Step {
    /// Whether a space stands before it in the pattern.
    spaced: bool,
    node: Node,
}

#[derive(Debug)]
enum Node {
    Word {
        id: WordId,
        /// As it must be written, where its case matters.
        written: Option<Box<str>>,
        /// Its length in bytes, if it can be an anchor.
        anchor_length: Option<usize>,
    },
    /// Sorted words, with the length of the shortest.
    Set {
        ids: Arc<[WordId]>,
        shortest: usize,
    },
    Part {
        wanted: Parts,
        certainty: Certainty,
    },
    AnyWord,
    Number,
    Choice {
        alternatives: Vec<Vec<Step>>,
        optional: bool,
    },
    Words {
        least: usize,
        most: usize,
    },
    FlagStart,
    FlagEnd,
    SentenceStart,
    SentenceEnd,
}

/// How a word's parts of speech have to lie to the wanted ones.
#[derive(Debug, Clone, Copy)]
enum Certainty {
    /// It can be nothing else.
    Only,
    /// It can be one of them, or nothing is known of it.
    Maybe,
    /// It can be none of them.
    Never,
}

impl Frame {
    pub(super) fn parse(
        source: &FrameSource,
        classes: &mut Classes<'_>,
        lexicon: &mut Lexicon,
    ) -> Result<Self, String> {
        let pattern = Pattern::parse(&source.pattern, classes, lexicon)?;
        if !source.pattern.contains('«') {
            return Err(format!("pattern “{}” flags nothing: put «…» around what is wrong", source.pattern));
        }
        if let Some(form) =
            source.replace.iter().find(|text| text.starts_with('{') && !FORM_NAMES.contains(&text.as_str()))
        {
            return Err(format!("“{form}” is none of {}", FORM_NAMES.join(", ")));
        }
        let Some(anchors) = anchors(&pattern.steps) else {
            return Err(format!("pattern “{}” has no word that always stands in it", source.pattern));
        };
        let mut unless = Vec::with_capacity(source.unless.len());
        for text in &source.unless {
            unless.push(Pattern::parse(text, classes, lexicon)?);
        }
        Ok(Self { pattern, anchors, unless, replace: source.replace.clone() })
    }

    /// Words of which one stands in every match.
    pub(super) fn anchors(&self) -> &Anchors {
        &self.anchors
    }

    /// The flagged logical span of a match that has one of the anchors at a token.
    pub(super) fn find_around(&self, content: &Content, words: &[WordId], token: usize) -> Option<Span> {
        let sentence = content.sentence_at(content.tokens[token].span.start)?;
        let read = Read { content, words, sentence };
        let found = self.pattern.find(read, token, self.anchors.before.clone())?;
        let flagged_tokens = sentence.tokens.clone().filter(|&token| {
            let span = &content.tokens[token].span;
            found.start <= span.start && span.end <= found.end
        });
        let excused = flagged_tokens.into_iter().any(|token| {
            self.unless.iter().any(|unless| unless.find(read, token, 0..=unless.longest).is_some())
        });
        (!excused).then_some(found)
    }
}

impl Pattern {
    fn parse(source: &str, classes: &mut Classes<'_>, lexicon: &mut Lexicon) -> Result<Self, String> {
        let steps = Parser::parse(source, classes, lexicon)?;
        let longest = longest(&steps);
        Ok(Self { steps, longest })
    }

    /// The flagged span (or the whole match) of a match that holds a token and has so many tokens before it.
    fn find(&self, read: Read<'_>, token: usize, before: RangeInclusive<usize>) -> Option<Span> {
        let Read { content, sentence, .. } = read;
        let first = token.saturating_sub(*before.end()).max(sentence.tokens.start);
        (first..=token.checked_sub(*before.start())?).find_map(|start| {
            let mut matcher = Matcher::new(read, start);
            let end = matcher.run(&self.steps, start)?;
            if end <= token {
                return None;
            }
            let span_of =
                |from: usize, to: usize| content.tokens[from].span.start..content.tokens[to - 1].span.end;
            match matcher.flag() {
                (Some(from), Some(to)) if from < to => Some(span_of(from, to)),
                _ if start < end => Some(span_of(start, end)),
                _ => None,
            }
        })
    }
}

/// A sentence of a text, with the text's words as the patterns know them.
#[derive(Debug, Clone, Copy)]
struct Read<'a> {
    content: &'a Content,
    words: &'a [WordId],
    sentence: &'a Sentence,
}

/// The most tokens that steps can match.
fn longest(steps: &[Step]) -> usize {
    steps
        .iter()
        .map(|step| match &step.node {
            Node::Choice { alternatives, .. } => {
                alternatives.iter().map(|steps| longest(steps)).max().unwrap_or(0)
            }
            Node::Words { most, .. } => *most,
            Node::Word { .. } | Node::Set { .. } | Node::Part { .. } | Node::AnyWord | Node::Number => 1,
            Node::FlagStart | Node::FlagEnd | Node::SentenceStart | Node::SentenceEnd => 0,
        })
        .sum()
}

/// The fewest tokens that steps can match.
fn shortest(steps: &[Step]) -> usize {
    steps
        .iter()
        .map(|step| match &step.node {
            Node::Choice { optional: true, .. } => 0,
            Node::Choice { alternatives, .. } => {
                alternatives.iter().map(|steps| shortest(steps)).min().unwrap_or(0)
            }
            Node::Words { least, .. } => *least,
            Node::Word { .. } | Node::Set { .. } | Node::Part { .. } | Node::AnyWord | Node::Number => 1,
            Node::FlagStart | Node::FlagEnd | Node::SentenceStart | Node::SentenceEnd => 0,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::Role;
    use crate::text::LogicalBuilder;

    fn flagged(pattern: &str, unless: &[&str], text: &str) -> Option<String> {
        let sets = Sets::from([("part".to_owned(), vec!["back".to_owned(), "leg".to_owned()])]);
        let source = FrameSource {
            pattern: pattern.to_owned(),
            replace: Vec::new(),
            unless: unless.iter().map(|&text| text.to_owned()).collect(),
        };
        let mut lexicon = Lexicon::default();
        let frame = Frame::parse(&source, &mut Classes::new(&sets), &mut lexicon).unwrap();
        let mut builder = LogicalBuilder::default();
        let mut start = 0;
        for line in text.split('\n') {
            builder.push_line(line, start, 0);
            start += line.len() + 1;
        }
        let content = Content::read(builder.finish(), Role::Prose, 0);
        let words = lexicon.read(&content);
        (0..content.tokens.len())
            .filter(|&token| frame.anchors().words.contains(&words[token]))
            .find_map(|token| frame.find_around(&content, &words, token))
            .map(|span| content.text()[span].to_owned())
    }

    #[test]
    fn words_sets_and_wraps() {
        let pattern = "(her|his|the) «slower» <part>";
        assert_eq!(flagged(pattern, &[], "pain in her slower back"), Some("slower".to_owned()));
        assert_eq!(flagged(pattern, &[], "pain in her\nslower\nback"), Some("slower".to_owned()));
        assert_eq!(flagged(pattern, &[], "pain in her  slower back"), None, "two blanks may be a lost name");
        assert_eq!(flagged(pattern, &[], "her slower gait, back pain"), None);
        assert_eq!(flagged(pattern, &["slower back and forth"], "the slower back and forth"), None);
    }

    #[test]
    fn alternatives_that_overlap_and_optional_words() {
        assert_eq!(
            flagged("a «trail (of|of the)» drug", &[], "a trail of the drug"),
            Some("trail of the".to_owned())
        );
        assert_eq!(flagged("«trail» of (the)? drug", &[], "trail of drug"), Some("trail".to_owned()));
        assert_eq!(flagged("«trail» of (the)? drug", &[], "trail of the drug"), Some("trail".to_owned()));
    }

    #[test]
    fn gaps_case_and_the_edges_of_a_sentence() {
        assert_eq!(flagged("«form» {1-2} clinic", &[], "sent form the pain clinic"), Some("form".to_owned()));
        assert_eq!(flagged("«form» {1-2} clinic", &[], "sent form the very best clinic"), None);
        assert_eq!(flagged("«Its» necessary", &[], "Its necessary"), Some("Its".to_owned()));
        assert_eq!(flagged("«Its» necessary", &[], "its necessary"), None);
        assert_eq!(flagged("^ «there» pain", &[], "He walks. There pain is mild."), Some("There".to_owned()));
        assert_eq!(flagged("^ «there» pain", &[], "He has there pain."), None);
        assert_eq!(
            flagged("the «patient's» denied", &[], "the patient’s denied"),
            Some("patient’s".to_owned())
        );
        assert_eq!(flagged("«follow-up» wit", &[], "follow-up wit"), Some("follow-up".to_owned()));
    }

    #[test]
    fn faults_are_named() {
        let sets = Sets::new();
        let parse = |pattern: &str| {
            let source = FrameSource { pattern: pattern.to_owned(), replace: Vec::new(), unless: Vec::new() };
            Frame::parse(&source, &mut Classes::new(&sets), &mut Lexicon::default()).unwrap_err()
        };
        assert!(parse("slower back").contains("flags nothing"));
        assert!(parse("«a (b").contains("not closed"));
        assert!(parse("«<limb>»").contains("no set called “limb”"));
        assert!(parse("«x» {3-1} y").contains("{0-3}"));
    }
}
