//! The pattern language.

use std::sync::Arc;

use super::syntax::{Certainty, Node, Step};
use crate::text::{Parts, WordClass, key, tokens};

/// Gives the set of a lint's file that has a name, its words in small letters.
pub(crate) type Sets<'s> = &'s dyn Fn(&str) -> Option<Arc<WordClass>>;

pub(super) struct Parser<'s> {
    rest: &'s str,
    source: &'s str,
    sets: Sets<'s>,
}

impl<'s> Parser<'s> {
    /// Reads a pattern into its steps.
    ///
    /// # Errors
    /// What is wrong with it, for its author.
    pub(super) fn parse(source: &'s str, sets: Sets<'s>) -> Result<Vec<Step>, String> {
        let mut parser = Self { rest: source, source, sets };
        let steps = parser.sequence()?;
        if parser.rest.is_empty() {
            Ok(steps)
        } else {
            parser.fail(&format!("unexpected “{}”", parser.rest))
        }
    }

    fn fail<T>(&self, reason: &str) -> Result<T, String> {
        Err(format!("pattern “{}”: {reason}", self.source))
    }

    fn sequence(&mut self) -> Result<Vec<Step>, String> {
        let mut steps = Vec::new();
        loop {
            let trimmed = self.rest.trim_start();
            let spaced = trimmed.len() < self.rest.len();
            self.rest = trimmed;
            let Some(first) = self.rest.chars().next() else { return Ok(steps) };
            if matches!(first, '|' | ')') {
                return Ok(steps);
            }
            // The space before a flag's mark is the space before the word behind it.
            let spaced = spaced
                || matches!(steps.last(), Some(Step { node: Node::FlagStart | Node::FlagEnd, spaced: true }))
                    && !matches!(first, '»');
            let before = self.rest;
            let node = self.node(first)?;
            match node {
                Some(node) => steps.push(Step { spaced, node }),
                None => {
                    let literal = &before[..before.len() - self.rest.len()];
                    push_words(&mut steps, literal, spaced);
                }
            }
        }
    }

    /// The next node; none for literal text, which is only passed over.
    fn node(&mut self, first: char) -> Result<Option<Node>, String> {
        let mut single = |node: Node| {
            self.rest = &self.rest[first.len_utf8()..];
            Ok(Some(node))
        };
        match first {
            '«' => single(Node::FlagStart),
            '»' => single(Node::FlagEnd),
            '^' => single(Node::SentenceStart),
            '$' => single(Node::SentenceEnd),
            '(' => self.choice().map(Some),
            '<' => self.set().map(Some),
            '{' => self.words().map(Some),
            _ => {
                let end = self
                    .rest
                    .find(|c: char| {
                        c.is_whitespace() || matches!(c, '(' | ')' | '|' | '<' | '{' | '«' | '»' | '$' | '^')
                    })
                    .unwrap_or(self.rest.len());
                self.rest = &self.rest[end..];
                Ok(None)
            }
        }
    }

    fn choice(&mut self) -> Result<Node, String> {
        let mut alternatives = Vec::new();
        loop {
            self.rest = &self.rest[1..];
            let alternative = self.sequence()?;
            if alternative.is_empty() {
                return self.fail("an empty alternative; write (…)? for what may be missing");
            }
            alternatives.push(alternative);
            match self.rest.chars().next() {
                Some('|') => {}
                Some(')') => break,
                _ => return self.fail("a bracket is not closed"),
            }
        }
        self.rest = &self.rest[1..];
        let optional = self.rest.starts_with('?');
        if optional {
            self.rest = &self.rest[1..];
        }
        Ok(Node::Choice { alternatives, optional })
    }

    fn set(&mut self) -> Result<Node, String> {
        let Some(close) = self.rest.find('>') else { return self.fail("“<” is not closed") };
        let name = &self.rest[1..close];
        self.rest = &self.rest[close + 1..];
        match name {
            "word" => Ok(Node::AnyWord),
            "number" => Ok(Node::Number),
            _ if name.contains(' ') => match part(name) {
                Some(node) => Ok(node),
                None => self.fail(&format!("“{name}” names no parts of speech")),
            },
            _ => match (self.sets)(name) {
                Some(class) => Ok(Node::Set(class)),
                None => self.fail(&format!("there is no set called “{name}”")),
            },
        }
    }

    fn words(&mut self) -> Result<Node, String> {
        let Some(close) = self.rest.find('}') else { return self.fail("“{” is not closed") };
        let bounds = self.rest[1..close]
            .split_once('-')
            .and_then(|(least, most)| Some((least.trim().parse().ok()?, most.trim().parse().ok()?)));
        self.rest = &self.rest[close + 1..];
        match bounds {
            Some((least, most)) if least <= most && most <= 12 => Ok(Node::Words { least, most }),
            _ => self.fail("a gap is written {0-3}, with at most 12 words"),
        }
    }
}

/// A run of literal text can be several tokens ("follow-up").
fn push_words(steps: &mut Vec<Step>, literal: &str, spaced: bool) {
    // Most words, and there are many.
    if literal.bytes().all(|byte| byte.is_ascii_lowercase()) {
        let node = Node::Word { key: key(literal), written: None, anchor_length: Some(literal.len()) };
        return steps.push(Step { spaced, node });
    }
    for (index, token) in tokens(literal).into_iter().enumerate() {
        let written = &literal[token.span.clone()];
        let can_anchor = written.chars().all(char::is_alphanumeric) || written.contains('\'');
        let node = Node::Word {
            key: token.key,
            written: written.contains(char::is_uppercase).then(|| written.into()),
            anchor_length: can_anchor.then_some(written.len()),
        };
        steps.push(Step { spaced: spaced && index == 0, node });
    }
}

/// "only noun/adjective".
fn part(name: &str) -> Option<Node> {
    let (certainty, names) = name.split_once(' ')?;
    let certainty = match certainty {
        "only" => Certainty::Only,
        "maybe" => Certainty::Maybe,
        "never" => Certainty::Never,
        _ => return None,
    };
    Some(Node::Part { wanted: Parts::parse(names)?, certainty })
}
