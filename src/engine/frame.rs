//! Token frames: the patterns of a lint's file, matched on words rather than characters.
//!
//! | in a pattern | matches |
//! | --- | --- |
//! | `lower back` | these words, one blank or one wrap between them; `'` matches `’` too |
//! | `MTUS` | the word as written: one with a capital is case-sensitive |
//! | `(a\|one of)` | one of several sequences; `(the)?` may be missing |
//! | `<part>` | a word of the set `part` of the same file, or `<number>`, `<word>` |
//! | `{0-3}` | so many words, whatever they are |
//! | `^`, `$` | the sentence begins, ends here |
//! | `«…»` | what is flagged |

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::letter::{Content, Sentence};
use crate::text::{Gap, Span, TokenKind, tokens};

/// A pattern as a lint's file has it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FrameSource {
    /// The pattern.
    pub pattern: String,
    /// What should stand in place of the flagged text, best first.
    #[serde(default)]
    pub replace: Vec<String>,
    /// Patterns that make it right, wherever they share a word with what is flagged.
    #[serde(default)]
    pub unless: Vec<String>,
}

/// Named word classes.
pub(super) type Sets = BTreeMap<String, Vec<String>>;

/// A compiled pattern.
#[derive(Debug)]
pub(super) struct Frame {
    pattern: Pattern,
    unless: Vec<Pattern>,
    pub replace: Vec<String>,
}

#[derive(Debug)]
struct Pattern {
    steps: Vec<Step>,
    /// Words of which one stands in every match, in lower case.
    anchors: Vec<String>,
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
    Word { text: String, case_sensitive: bool },
    Set(Vec<String>),
    AnyWord,
    Number,
    Choice { alternatives: Vec<Vec<Step>>, optional: bool },
    Words { least: usize, most: usize },
    FlagStart,
    FlagEnd,
    SentenceStart,
    SentenceEnd,
}

impl Frame {
    pub(super) fn parse(source: &FrameSource, sets: &Sets) -> Result<Self, String> {
        let pattern = Pattern::parse(&source.pattern, sets)?;
        if !source.pattern.contains('«') {
            return Err(format!("pattern “{}” flags nothing: put «…» around what is wrong", source.pattern));
        }
        if pattern.anchors.is_empty() {
            return Err(format!("pattern “{}” has no word that always stands in it", source.pattern));
        }
        let unless = source.unless.iter().map(|text| Pattern::parse(text, sets)).collect::<Result<_, _>>()?;
        Ok(Self { pattern, unless, replace: source.replace.clone() })
    }

    /// Words of which one stands in every match, in lower case.
    pub(super) fn anchors(&self) -> &[String] {
        &self.pattern.anchors
    }

    /// The flagged logical span of a match that holds a token.
    pub(super) fn find_around(&self, content: &Content, token: usize) -> Option<Span> {
        let sentence = content.sentence_at(content.tokens[token].span.start)?;
        let found = self.pattern.find_around(content, sentence, token)?;
        let flagged_tokens = sentence.tokens.clone().filter(|&token| {
            let span = &content.tokens[token].span;
            found.start <= span.start && span.end <= found.end
        });
        let excused = flagged_tokens.into_iter().any(|token| {
            self.unless.iter().any(|unless| unless.find_around(content, sentence, token).is_some())
        });
        (!excused).then_some(found)
    }
}

impl Pattern {
    fn parse(source: &str, sets: &Sets) -> Result<Self, String> {
        let mut parser = Parser { rest: source, source, sets };
        let steps = parser.sequence()?;
        if !parser.rest.is_empty() {
            return Err(format!("pattern “{source}”: unexpected “{}”", parser.rest));
        }
        let longest = longest(&steps);
        let anchors = anchors(&steps);
        Ok(Self { steps, anchors, longest })
    }

    /// The flagged span (or the whole match) of a match inside a sentence that holds a token.
    fn find_around(&self, content: &Content, sentence: &Sentence, token: usize) -> Option<Span> {
        let first = (token + 1).saturating_sub(self.longest).max(sentence.tokens.start);
        (first..=token).find_map(|start| {
            let mut matcher = Matcher { content, sentence, start, flag: (None, None) };
            let end = matcher.run(&self.steps, start)?;
            if end <= token {
                return None;
            }
            let span_of =
                |from: usize, to: usize| content.tokens[from].span.start..content.tokens[to - 1].span.end;
            match matcher.flag {
                (Some(from), Some(to)) if from < to => Some(span_of(from, to)),
                _ if start < end => Some(span_of(start, end)),
                _ => None,
            }
        })
    }
}

struct Matcher<'a> {
    content: &'a Content,
    sentence: &'a Sentence,
    start: usize,
    flag: (Option<usize>, Option<usize>),
}

impl Matcher<'_> {
    /// Matches steps from a token; returns the token after the match.
    fn run(&mut self, steps: &[Step], at: usize) -> Option<usize> {
        let Some((step, rest)) = steps.split_first() else { return Some(at) };
        match &step.node {
            Node::FlagStart => {
                let outer = self.flag;
                self.flag.0 = Some(at);
                self.run(rest, at).or_else(|| {
                    self.flag = outer;
                    None
                })
            }
            Node::FlagEnd => {
                let outer = self.flag;
                self.flag.1 = Some(at);
                self.run(rest, at).or_else(|| {
                    self.flag = outer;
                    None
                })
            }
            Node::SentenceStart => {
                if at == self.sentence.tokens.start {
                    self.run(rest, at)
                } else {
                    None
                }
            }
            Node::SentenceEnd => {
                if at == self.sentence.tokens.end {
                    self.run(rest, at)
                } else {
                    None
                }
            }
            Node::Choice { alternatives, optional } => {
                for alternative in alternatives {
                    // The alternative and what follows it are matched as one, so that a shorter one can be tried next.
                    let outer = self.flag;
                    if let Some(end) = self.run_spaced(alternative, step.spaced, at)
                        && let Some(end) = self.run(rest, end)
                    {
                        return Some(end);
                    }
                    self.flag = outer;
                }
                if *optional { self.run(rest, at) } else { None }
            }
            Node::Words { least, most } => {
                let mut end = at;
                let mut count = 0;
                loop {
                    if count >= *least
                        && let Some(end) = self.run(rest, end)
                    {
                        return Some(end);
                    }
                    if count == *most || !self.is_word(end) || !self.gap_fits(end, true) {
                        return None;
                    }
                    end += 1;
                    count += 1;
                }
            }
            node => {
                let fits = at < self.sentence.tokens.end
                    && self.gap_fits(at, step.spaced)
                    && self.token_fits(node, at);
                if fits { self.run(rest, at + 1) } else { None }
            }
        }
    }

    fn run_spaced(&mut self, steps: &[Step], spaced: bool, at: usize) -> Option<usize> {
        if !steps.is_empty() && (at >= self.sentence.tokens.end || !self.gap_fits(at, spaced)) {
            return None;
        }
        // The group's own space was checked; its first step stands right there.
        let (first, rest) = steps.split_first()?;
        match &first.node {
            node @ (Node::Word { .. } | Node::Set(_) | Node::AnyWord | Node::Number) => {
                if self.token_fits(node, at) { self.run(rest, at + 1) } else { None }
            }
            _ => self.run(steps, at),
        }
    }

    fn is_word(&self, at: usize) -> bool {
        at < self.sentence.tokens.end && self.content.tokens[at].kind != TokenKind::Mark
    }

    fn gap_fits(&self, at: usize, spaced: bool) -> bool {
        if at == self.start || at >= self.sentence.tokens.end {
            return true;
        }
        let gap = self.content.tokens[at].gap;
        if spaced { gap.is_space() } else { gap == Gap::None }
    }

    fn token_fits(&self, node: &Node, at: usize) -> bool {
        let token = &self.content.tokens[at];
        let word = self.content.word(at);
        match node {
            Node::Word { text, case_sensitive: true } => same(word, text, false),
            Node::Word { text, case_sensitive: false } => same(word, text, true),
            Node::Set(words) => words.iter().any(|text| same(word, text, true)),
            Node::AnyWord => token.kind == TokenKind::Word,
            Node::Number => {
                token.kind == TokenKind::Number || NUMBER_WORDS.contains(&word.to_lowercase().as_str())
            }
            _ => false,
        }
    }
}

const NUMBER_WORDS: &[&str] =
    &["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// Compares a letter's word with a pattern's, whose apostrophes are the typewriter's.
fn same(word: &str, pattern: &str, fold_case: bool) -> bool {
    let mut pattern = pattern.chars();
    for c in word.chars() {
        let c = if c == '\u{2019}' { '\'' } else { c };
        let Some(p) = pattern.next() else { return false };
        let equal = if fold_case { c == p || c.to_lowercase().eq(p.to_lowercase()) } else { c == p };
        if !equal {
            return false;
        }
    }
    pattern.next().is_none()
}

struct Parser<'s> {
    rest: &'s str,
    source: &'s str,
    sets: &'s Sets,
}

impl Parser<'_> {
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
            if let Node::Word { .. } = node {
                let consumed = &before[..before.len() - self.rest.len()];
                self.push_words(&mut steps, consumed, spaced);
            } else {
                steps.push(Step { spaced, node });
            }
        }
    }

    /// A run of literal text can be several tokens ("follow-up").
    fn push_words(&self, steps: &mut Vec<Step>, literal: &str, spaced: bool) {
        for (index, token) in tokens(literal).into_iter().enumerate() {
            let text = literal[token.span].to_owned();
            let case_sensitive = text.chars().any(char::is_uppercase);
            steps.push(Step { spaced: spaced && index == 0, node: Node::Word { text, case_sensitive } });
        }
    }

    fn node(&mut self, first: char) -> Result<Node, String> {
        let mut single = |node: Node| {
            self.rest = &self.rest[first.len_utf8()..];
            Ok(node)
        };
        match first {
            '«' => single(Node::FlagStart),
            '»' => single(Node::FlagEnd),
            '^' => single(Node::SentenceStart),
            '$' => single(Node::SentenceEnd),
            '(' => self.choice(),
            '<' => self.set(),
            '{' => self.words(),
            _ => {
                let end = self
                    .rest
                    .find(|c: char| {
                        c.is_whitespace() || matches!(c, '(' | ')' | '|' | '<' | '{' | '«' | '»' | '$' | '^')
                    })
                    .unwrap_or(self.rest.len());
                self.rest = &self.rest[end..];
                Ok(Node::Word { text: String::new(), case_sensitive: false })
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
            _ => match self.sets.get(name) {
                Some(words) => Ok(Node::Set(words.clone())),
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

fn longest(steps: &[Step]) -> usize {
    steps
        .iter()
        .map(|step| match &step.node {
            Node::Choice { alternatives, .. } => {
                alternatives.iter().map(|steps| longest(steps)).max().unwrap_or(0)
            }
            Node::Words { most, .. } => *most,
            Node::Word { .. } | Node::Set(_) | Node::AnyWord | Node::Number => 1,
            Node::FlagStart | Node::FlagEnd | Node::SentenceStart | Node::SentenceEnd => 0,
        })
        .sum()
}

/// The smallest choice of words of which one must stand in every match; a flagged word is preferred, because what is
/// wrong is rare.
fn anchors(steps: &[Step]) -> Vec<String> {
    let mut flagged = false;
    let mut best: Option<((bool, bool, usize), Vec<String>)> = None;
    for step in steps {
        match &step.node {
            Node::FlagStart => flagged = true,
            Node::FlagEnd => flagged = false,
            _ => {}
        }
        if let Some(words) = required_words(step) {
            let shortest = words.iter().map(String::len).min().unwrap_or(0);
            let rank = (!flagged, shortest < 4, words.len());
            if best.as_ref().is_none_or(|(least, _)| rank < *least) {
                best = Some((rank, words));
            }
        }
    }
    best.map(|(_, words)| words).unwrap_or_default()
}

/// Words of which one stands in every match of a step; none when it can match without a known word.
fn required_words(step: &Step) -> Option<Vec<String>> {
    match &step.node {
        Node::Word { text, .. } if text.chars().all(char::is_alphanumeric) || text.contains('\'') => {
            Some(vec![text.to_lowercase()])
        }
        Node::Set(words) => Some(words.iter().map(|word| word.to_lowercase()).collect()),
        Node::Choice { alternatives, optional: false } => {
            let mut words = Vec::new();
            for alternative in alternatives {
                words.extend(anchors_of(alternative)?);
            }
            Some(words)
        }
        _ => None,
    }
}

fn anchors_of(steps: &[Step]) -> Option<Vec<String>> {
    let words = anchors(steps);
    (!words.is_empty()).then_some(words)
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
        let frame = Frame::parse(&source, &sets).unwrap();
        let mut builder = LogicalBuilder::default();
        let mut start = 0;
        for line in text.split('\n') {
            builder.push_line(line, start, 0);
            start += line.len() + 1;
        }
        let content = Content::read(builder.finish(), Role::Prose, 0);
        (0..content.tokens.len())
            .filter(|&token| frame.anchors().contains(&content.word(token).to_lowercase().replace('’', "'")))
            .find_map(|token| frame.find_around(&content, token))
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
            Frame::parse(&source, &sets).unwrap_err()
        };
        assert!(parse("slower back").contains("flags nothing"));
        assert!(parse("«a (b").contains("not closed"));
        assert!(parse("«<limb>»").contains("no set called “limb”"));
        assert!(parse("«x» {3-1} y").contains("{0-3}"));
    }
}
