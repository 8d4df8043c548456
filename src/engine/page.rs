//! A lint's page: its documentation and examples, parsed on demand.

use std::borrow::Cow;

use serde::Deserialize;
use thiserror::Error;

use super::finding::Level;
use crate::text::inflated;

/// Why a lint's file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}{reason}", line.map(|line| format!("line {line}: ")).unwrap_or_default())]
pub struct LoadError {
    /// Which of the files it is.
    pub entry: usize,
    /// Its line, from 1, where the fault has one.
    pub line: Option<usize>,
    /// What is wrong.
    pub reason: String,
}

/// The text of a lint's file.
#[derive(Debug, Clone)]
pub enum Source {
    /// As it is.
    Text(Cow<'static, str>),
    /// Deflated, behind its length in four bytes, the lowest first: the product's own, which are read only where a page is
    /// shown.
    Deflated(&'static [u8]),
}

impl Source {
    /// The text; empty where what is deflated is none.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Deflated(deflated) => Cow::Owned(inflated(deflated).unwrap_or_default()),
        }
    }
}

/// A fault in a lint's documentation or examples.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {reason}")]
pub struct PageError {
    /// Its line, from 1.
    pub line: usize,
    /// What is wrong.
    pub reason: String,
}

/// A lint's documentation and examples: the part of its file from `[doc]` on.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// The page.
    pub doc: Doc,
    /// Texts in which it must find what is marked.
    #[serde(default)]
    pub bad: Vec<Bad>,
    /// Texts in which it must be silent.
    #[serde(default)]
    pub good: Vec<Good>,
}

/// What a physician reads about a lint, in Markdown.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Doc {
    /// What it finds.
    pub what: String,
    /// Why that matters.
    pub why: String,
    /// The statute, study or house rule behind it.
    pub source: String,
    /// What it does not find, and where it stays silent.
    pub limits: String,
}

/// A text with a defect: `«…»` is flagged, `‹…›` explains it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bad {
    /// A block's text.
    #[serde(default)]
    pub text: Option<String>,
    /// The role of the block; the first role of the lint where absent.
    #[serde(default)]
    pub role: Option<String>,
    /// A whole small letter, for lints that need more than one block.
    #[serde(default)]
    pub letter: Option<String>,
    /// The text after its first fix.
    #[serde(default)]
    pub fixed: Option<String>,
    /// The level, where it is not the lint's own.
    #[serde(default)]
    pub level: Option<Level>,
}

/// A text without the defect.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Good {
    /// A block's text.
    #[serde(default)]
    pub text: Option<String>,
    /// The role of the block; the first role of the lint where absent.
    #[serde(default)]
    pub role: Option<String>,
    /// A whole small letter.
    #[serde(default)]
    pub letter: Option<String>,
    /// What makes it right.
    pub because: String,
}

impl Page {
    pub(super) fn parse(source: &str) -> Result<Self, PageError> {
        let (head, tail) = split(source);
        toml::from_str(tail).map_err(|error| {
            let at = head.len() + error.span().map_or(0, |span| span.start);
            PageError {
                line: source[..at].matches('\n').count() + 1,
                reason: error.message().trim().to_owned(),
            }
        })
    }
}

/// The head of a lint's file, and its documentation and examples.
pub(super) fn split(source: &str) -> (&str, &str) {
    let at = source.find("\n[doc]").map_or(source.len(), |at| at + 1);
    source.split_at(at)
}
