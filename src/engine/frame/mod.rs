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
mod built;
mod matcher;
mod parser;
mod syntax;

use std::ops::RangeInclusive;
use std::sync::OnceLock;

use serde::Deserialize;

use anchors::{Anchors, Beside, anchors};
use built::Line;
pub use built::{BuiltFrame, BuiltFrames};
use matcher::Matcher;
use parser::Parser;
pub(super) use parser::Sets;
use syntax::{Step, longest};

use crate::letter::{Content, Sentence};
use crate::text::verb::FORM_NAMES;
#[cfg(doc)]
use crate::text::verb::form_of;
use crate::text::{Key, Span, Token};

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

/// A pattern. The product's own are parsed when one of their anchors is first met: a letter meets few.
#[derive(Debug)]
pub(super) struct Frame {
    before: RangeInclusive<usize>,
    beside: Option<Beside>,
    built: Option<(&'static BuiltFrames, &'static BuiltFrame)>,
    parsed: OnceLock<Box<Parsed>>,
}

#[derive(Debug)]
struct Parsed {
    pattern: Pattern,
    /// Those of the product's own are parsed when the pattern is first found: few are.
    unless: OnceLock<Vec<Pattern>>,
    replace: Vec<String>,
}

#[derive(Debug)]
struct Pattern {
    steps: Vec<Step>,
    /// The most tokens that a match can have.
    longest: usize,
}

impl Frame {
    /// A pattern of the product's own.
    pub(super) fn built(frames: &'static BuiltFrames, frame: &'static BuiltFrame) -> Self {
        Self {
            before: frame.before.0.into()..=frame.before.1.into(),
            beside: frames.beside(frame),
            built: Some((frames, frame)),
            parsed: OnceLock::new(),
        }
    }

    /// Parses a pattern; with it come the words of which one stands in every match.
    pub(super) fn parse(source: &FrameSource, sets: Sets<'_>) -> Result<(Self, Vec<Key>), String> {
        let FrameSource { pattern, replace, unless } = source;
        let parsed = Parsed {
            pattern: Pattern::parse(pattern, sets)?,
            unless: Pattern::parse_all(unless, sets)?.into(),
            replace: replace.clone(),
        };
        if !source.pattern.contains('«') {
            return Err(format!("pattern “{}” flags nothing: put «…» around what is wrong", source.pattern));
        }
        if let Some(form) =
            source.replace.iter().find(|text| text.starts_with('{') && !FORM_NAMES.contains(&text.as_str()))
        {
            return Err(format!("“{form}” is none of {}", FORM_NAMES.join(", ")));
        }
        let Some(anchors) = anchors(&parsed.pattern.steps) else {
            return Err(format!("pattern “{}” has no word that always stands in it", source.pattern));
        };
        let Anchors { words, before, beside } = anchors;
        Ok((Self { before, beside, built: None, parsed: Box::new(parsed).into() }, words))
    }

    fn line(&self) -> Line {
        let (frames, frame) = self.built.expect("a pattern that was not built is parsed from the first");
        frames.line(frame)
    }

    fn parsed(&self, sets: Sets<'_>) -> &Parsed {
        self.parsed.get_or_init(|| {
            let Line { pattern, replace, .. } = self.line();
            Box::new(Parsed {
                pattern: Pattern::parse(pattern, sets).expect("the build has parsed it"),
                unless: OnceLock::new(),
                replace: replace.into_iter().map(str::to_owned).collect(),
            })
        })
    }

    /// The patterns that make a found one right.
    fn unless<'f>(&'f self, parsed: &'f Parsed, sets: Sets<'_>) -> &'f [Pattern] {
        parsed
            .unless
            .get_or_init(|| Pattern::parse_all(&self.line().unless, sets).expect("the build has parsed them"))
    }

    /// What a match that has one of the anchors at a token of a sentence flags, as a logical span, and what should stand
    /// there, best first.
    pub(super) fn find_around(
        &self,
        sets: Sets<'_>,
        content: &Content,
        sentence: &Sentence,
        token: usize,
    ) -> Option<(Span, &[String])> {
        let key_of = |token: usize| content.tokens.get(token).map(|token| token.key);
        if self.beside.as_ref().is_some_and(|beside| !beside.stands(token, key_of)) {
            return None;
        }
        let read = Read { content, tokens: &content.tokens, sentence };
        let parsed = self.parsed(sets);
        let found = parsed.pattern.find(read, token, self.before.clone())?;
        let unless = self.unless(parsed, sets);
        let flagged_tokens = sentence.tokens.clone().filter(|&token| {
            let span = &content.tokens[token].span;
            found.start <= span.start && span.end <= found.end
        });
        let excused = flagged_tokens
            .into_iter()
            .any(|token| unless.iter().any(|unless| unless.find(read, token, 0..=unless.longest).is_some()));
        (!excused).then_some((found, &parsed.replace))
    }
}

impl Pattern {
    fn parse(source: &str, sets: Sets<'_>) -> Result<Self, String> {
        let steps = Parser::parse(source, sets)?;
        let longest = longest(&steps);
        Ok(Self { steps, longest })
    }

    fn parse_all(sources: &[impl AsRef<str>], sets: Sets<'_>) -> Result<Vec<Self>, String> {
        sources.iter().map(|source| Self::parse(source.as_ref(), sets)).collect()
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

/// A sentence of a text.
#[derive(Debug, Clone, Copy)]
struct Read<'a> {
    content: &'a Content,
    /// The content's tokens.
    tokens: &'a [Token],
    sentence: &'a Sentence,
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::letter::Role;
    use crate::text::{LogicalBuilder, WordClass};

    fn part(name: &str) -> Option<Arc<WordClass>> {
        (name == "part").then(|| Arc::new(WordClass::new(["back", "leg"])))
    }

    fn flagged(pattern: &str, unless: &[&str], text: &str) -> Option<String> {
        let source = FrameSource {
            pattern: pattern.to_owned(),
            replace: Vec::new(),
            unless: unless.iter().map(|&text| text.to_owned()).collect(),
        };
        let (frame, anchors) = Frame::parse(&source, &part).unwrap();
        let mut builder = LogicalBuilder::default();
        let mut start = 0;
        for line in text.split('\n') {
            builder.push_line(line, start, 0);
            start += line.len() + 1;
        }
        let content = Content::read(builder.finish(), Role::Prose, 0);
        (0..content.tokens.len())
            .filter(|&token| anchors.contains(&content.tokens[token].key))
            .find_map(|token| {
                let sentence = content.sentence_at(content.tokens[token].span.start)?;
                frame.find_around(&part, &content, sentence, token)
            })
            .map(|(span, _)| content.text()[span].to_owned())
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
        let parse = |pattern: &str| {
            let source = FrameSource { pattern: pattern.to_owned(), replace: Vec::new(), unless: Vec::new() };
            Frame::parse(&source, &part).unwrap_err()
        };
        assert!(parse("slower back").contains("flags nothing"));
        assert!(parse("«a (b").contains("not closed"));
        assert!(parse("«<limb>»").contains("no set called “limb”"));
        assert!(parse("«x» {3-1} y").contains("{0-3}"));
    }
}
