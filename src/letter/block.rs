//! Blocks: the units that are read once and linted.

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use foldhash::HashSet;

use super::argument::{self, Step};
use super::asked;
use super::facts::finding::FindingId;
use super::facts::observation::{self, Seen};
use super::facts::{Facts, Purpose};
use super::fixed_text::{FormWord, form_words};
use super::people::{self, Mention, SexStatement};
use super::profile::{Field, Section};
use super::quotation::quotations;
use super::read_mark::ReadMark;
use super::sentence::{Sentence, sentences};
use crate::guideline::{self, citation::Citation};
use crate::text::{Key, Logical, Span, Token, WordSet, Wrap, key, tokens};

/// A run of the document with one role.
#[derive(Debug, Clone)]
pub struct Block {
    /// What it is for.
    pub role: Role,
    /// Offset of its first byte from the letter's start.
    pub start: usize,
    /// Index of the disputed item to which it belongs.
    pub item: Option<usize>,
    /// What was read in it; shared and free of positions.
    pub content: Arc<Content>,
}

/// A logical span of one of a letter's blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Index of the block among the letter's.
    pub block: usize,
    /// Logical span in it.
    pub span: Span,
}

/// What a block is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Text in no known place.
    Prose,
    /// The header's labels and values.
    Header,
    /// The heading of a section.
    Heading(Section),
    /// Fixed wording of the form.
    Boilerplate,
    /// The list of documents reviewed.
    Documents,
    /// The clinical case summary.
    Summary,
    /// The heading of a disputed item: the request and the decision.
    ItemHeading,
    /// A decision that is stated apart from its item.
    Result,
    /// A labelled field of an item.
    Field(Field),
}

impl Role {
    /// Its name in a lint's file.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES[self.index()]
    }

    /// The index of its name.
    #[must_use]
    pub fn index(self) -> usize {
        match self {
            Self::Prose => 0,
            Self::Header => 1,
            Self::Heading(_) => 2,
            Self::Boilerplate => 3,
            Self::Documents => 4,
            Self::Summary => 5,
            Self::ItemHeading => 6,
            Self::Result => 7,
            Self::Field(Field::Request) => 8,
            Self::Field(Field::Determination) => 9,
            Self::Field(Field::ClaimsGuideline) => 10,
            Self::Field(Field::ReviewerGuideline) => 11,
            Self::Field(Field::Rationale) => 12,
        }
    }

    /// Every name that a lint's file can use.
    pub const NAMES: [&'static str; 13] = [
        "prose",
        "header",
        "heading",
        "boilerplate",
        "documents",
        "summary",
        "item-heading",
        "result",
        "request",
        "determination",
        "claims-guideline",
        "reviewer-guideline",
        "rationale",
    ];
}

/// A text that was read, in its own offsets.
#[derive(Debug)]
pub struct Read {
    /// The text and the way back to the source.
    pub logical: Logical,
    /// Its words, numbers and marks.
    pub tokens: Vec<Token>,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
}

impl Read {
    /// The logical text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.logical.text()
    }
}

impl Deref for Content {
    type Target = Read;

    fn deref(&self) -> &Read {
        self.mark.set();
        &self.read
    }
}

/// What a block says, in offsets of its logical text.
#[derive(Debug)]
pub struct Content {
    read: Arc<Read>,
    /// Where a field's value begins, after the label; 0 elsewhere.
    pub body_start: usize,
    /// Whether it tells of people.
    speaks_of_people: bool,
    /// Whether anything but [`Self::body_start`] was asked for.
    mark: ReadMark,
    // What follows is read when it is first asked for: many blocks are never asked.
    small: OnceLock<String>,
    words: OnceLock<WordSet>,
    people: OnceLock<(Vec<SexStatement>, Vec<Mention>)>,
    facts: OnceLock<Facts>,
    sources: OnceLock<Vec<Span>>,
    cited_in_prose: OnceLock<Vec<Citation>>,
    citations: OnceLock<Vec<Citation>>,
    mentioned: OnceLock<Vec<(Citation, Purpose)>>,
    form_words: OnceLock<Vec<FormWord>>,
    seen: OnceLock<Vec<Seen>>,
    told: OnceLock<HashSet<FindingId>>,
    steps: OnceLock<Vec<Step>>,
    telling: OnceLock<Vec<(String, Span)>>,
}

impl Content {
    /// Reads a logical text once.
    #[must_use]
    pub fn read(logical: Logical, role: Role, body_start: usize) -> Self {
        let tokens = tokens(logical.text());
        let sentences = sentences(logical.text(), &tokens);
        Self {
            read: Arc::new(Read { logical, tokens, sentences }),
            body_start,
            speaks_of_people: role.speaks_of_people(),
            mark: ReadMark::default(),
            small: OnceLock::new(),
            words: OnceLock::new(),
            people: OnceLock::new(),
            facts: OnceLock::new(),
            sources: OnceLock::new(),
            cited_in_prose: OnceLock::new(),
            citations: OnceLock::new(),
            mentioned: OnceLock::new(),
            form_words: OnceLock::new(),
            seen: OnceLock::new(),
            told: OnceLock::new(),
            steps: OnceLock::new(),
            telling: OnceLock::new(),
        }
    }

    /// Whether it was read.
    pub(super) fn mark(&self) -> &ReadMark {
        &self.mark
    }

    /// Whether reading this text for this role would give this content.
    pub(super) fn is_read_from(&self, logical: &Logical, role: Role, body_start: usize) -> bool {
        self.logical == *logical
            && self.body_start == body_start
            && self.speaks_of_people == role.speaks_of_people()
    }

    /// Statements of a person's sex that can be the patient's.
    pub fn sexes(&self) -> &[SexStatement] {
        &self.people().0
    }

    /// Whom pronouns and nouns mean.
    pub fn mentions(&self) -> &[Mention] {
        &self.people().1
    }

    fn people(&self) -> &(Vec<SexStatement>, Vec<Mention>) {
        self.mark.set();
        self.people.get_or_init(|| {
            if !self.speaks_of_people {
                return (Vec::new(), Vec::new());
            }
            let sexes = people::statements(self.text(), &self.tokens, &self.sentences);
            let mentions = people::mentions(self.text(), &self.tokens, &self.sentences, &sexes);
            (sexes, mentions)
        })
    }

    /// What it cites, as the field that is for it.
    pub(super) fn citations(&self) -> &[Citation] {
        self.mark.set();
        self.citations.get_or_init(|| {
            let citations = guideline::citation::parse(&self.text()[self.body_start..]).into_iter();
            citations.map(|citation| citation.shifted(self.body_start)).collect()
        })
    }

    /// What its prose cites, and what for.
    pub fn mentioned(&self) -> &[(Citation, Purpose)] {
        self.mark.set();
        self.mentioned.get_or_init(|| {
            let with_purpose = |citation: &Citation| (citation.clone(), Purpose::of(self, citation));
            self.cited_in_prose().iter().map(with_purpose).collect()
        })
    }

    fn cited_in_prose(&self) -> &[Citation] {
        self.mark.set();
        self.cited_in_prose.get_or_init(|| guideline::citation::in_prose(self.text()))
    }

    /// Its words as a form's wording is compared with them.
    pub(super) fn form_words(&self) -> &[FormWord] {
        self.mark.set();
        self.form_words.get_or_init(|| form_words(self.text()))
    }

    /// Where it names guidelines and studies.
    pub(super) fn sources(&self) -> &[Span] {
        self.mark.set();
        self.sources.get_or_init(|| {
            guideline::sources(self.cited_in_prose()).map(|source| source.span.clone()).collect()
        })
    }

    /// What it states.
    pub fn facts(&self) -> &Facts {
        self.mark.set();
        self.facts.get_or_init(|| Facts::of(&self.read))
    }

    /// What it tells of the patient's findings.
    pub(super) fn seen(&self) -> &[Seen] {
        self.mark.set();
        self.seen.get_or_init(|| observation::read(self))
    }

    /// Its words that tell one request from another, in small letters and without a plural's ending, with where they stand.
    pub(super) fn telling(&self) -> &[(String, Span)] {
        self.mark.set();
        self.telling.get_or_init(|| asked::telling(self))
    }

    /// What each of its sentences does in an argument.
    pub(super) fn steps(&self) -> &[Step] {
        self.mark.set();
        self.steps.get_or_init(|| argument::steps(self))
    }

    /// The findings that it names or tells of in other words, whatever it says of them.
    pub fn findings_told(&self) -> &HashSet<FindingId> {
        self.mark.set();
        self.told.get_or_init(|| observation::told(self))
    }

    /// Its logical text with the capitals of ASCII made small, so that its offsets are the same.
    pub fn small(&self) -> &str {
        self.mark.set();
        self.small.get_or_init(|| self.text().to_ascii_lowercase())
    }

    /// Whether a word in small letters is one of its tokens, with or without a possessive, or the letters before a
    /// token's digits ("NPI123").
    pub fn has_word(&self, word: &str) -> bool {
        self.has_key(key(word))
    }

    /// [`Self::has_word`], by the word's key.
    pub fn has_key(&self, word: Key) -> bool {
        self.mark.set();
        self.words.get_or_init(|| self.read_words()).contains(&word)
    }

    fn read_words(&self) -> WordSet {
        let mut words = WordSet::default();
        for token in &self.tokens {
            words.extend([token.key, token.bare_key]);
            let small = token.small(self.text());
            let letters = small.find(|c: char| c.is_ascii_digit()).filter(|&letters| letters > 0);
            words.extend(letters.map(|letters| key(&small[..letters])));
        }
        words
    }

    /// Whether a sentence of it asks something.
    #[must_use]
    pub fn is_question(&self, sentence: &Sentence) -> bool {
        self.text()[sentence.span.clone()].ends_with('?')
    }

    /// The text of a token; empty beyond the last.
    #[must_use]
    pub fn word(&self, token: usize) -> &str {
        self.tokens.get(token).map_or("", |token| &self.text()[token.span.clone()])
    }

    /// The text of a token in small letters, empty beyond the last; an apostrophe stays as it is written.
    #[must_use]
    pub fn lower(&self, token: usize) -> Cow<'_, str> {
        match self.tokens.get(token) {
            Some(known) if self.word(token).is_ascii() => Cow::Borrowed(known.small(self.text())),
            _ => Cow::Owned(self.word(token).to_lowercase()),
        }
    }

    /// Whether a token stands in quotation marks: somebody else's words.
    #[must_use]
    pub fn is_quoted(&self, token: usize) -> bool {
        let sentences: Vec<_> = self.sentences.iter().map(|sentence| sentence.tokens.clone()).collect();
        quotations(self.text(), &self.tokens, &sentences).iter().any(|quotation| quotation.contains(&token))
    }

    /// Whether a token is half a word beside a hyphen at a line's end, or stands in a line whose hyphen was lost.
    #[must_use]
    pub fn is_at_lost_hyphen(&self, token: usize) -> bool {
        let span = &self.tokens[token].span;
        let beside = |wrap: &Wrap| wrap.after_hyphen && (wrap.at == span.start || wrap.at == span.end + 1);
        self.logical.wraps().iter().any(beside) || self.logical.runs_past_margin(span.start)
    }

    /// Whether a token is quoted with its slip: "recieve [sic]".
    #[must_use]
    pub fn is_quoted_as_it_is(&self, token: usize) -> bool {
        token + 2 < self.tokens.len()
            && matches!(self.word(token + 1), "[" | "(")
            && self.word(token + 2).eq_ignore_ascii_case("sic")
    }

    /// Its sentences, of which none holds both a field's label and what its value begins with.
    pub fn sentences_behind_label(&self) -> impl Iterator<Item = Cow<'_, Sentence>> {
        let body = self.tokens.partition_point(|token| token.span.start < self.body_start);
        let parted = move |sentence: &Sentence| sentence.tokens.start < body && body < sentence.tokens.end;
        self.sentences.iter().flat_map(move |sentence| {
            let [label, value] = if parted(sentence) {
                [sentence.tokens.start..body, body..sentence.tokens.end].map(|tokens| {
                    let span = self.tokens[tokens.start].span.start..self.tokens[tokens.end - 1].span.end;
                    Some(Cow::Owned(Sentence { span, tokens, kind: sentence.kind }))
                })
            } else {
                [None, Some(Cow::Borrowed(sentence))]
            };
            label.into_iter().chain(value)
        })
    }

    /// The sentence that holds a logical offset.
    #[must_use]
    pub fn sentence_at(&self, offset: usize) -> Option<&Sentence> {
        let index = self.sentences.partition_point(|sentence| sentence.span.end <= offset);
        self.sentences.get(index).filter(|sentence| sentence.span.start <= offset)
    }
}
