//! An open document: its text as the client has it, and what was found in that text.

use std::path::Path;
use std::sync::Arc;

use tower_lsp::gen_lsp_types::{TextDocumentContentChangeEvent, TextDocumentItem, Uri};

use super::agreed::Agreed;
use super::configuration::{Applied, Configurations, UNTITLED};
use super::convert::{Checked, span_of};
use super::uri::path_of;
use crate::config::{Config, ConfigError};
use crate::engine::{
    Applicability, Catalogue, Checker, Finding, Fixed, Lint, Outcome, Settings, apply_fixes,
};
use crate::letter::{Located, Profile};
use crate::lints;
use crate::text::Document;

/// The language of a document that is a letter whatever it looks like.
const LETTER_LANGUAGE: &str = "determination-letter";

/// A document that the client has open.
#[derive(Debug)]
pub(super) struct OpenDocument {
    /// As the client wrote it.
    pub uri: Uri,
    pub version: i32,
    pub text: Document,
    /// Whether it is checked even when it is not recognised as a letter.
    named: bool,
    applied: Applied,
    /// Knows the text as it was checked last; absent without a configuration that can be used.
    checker: Option<Checker<Arc<Catalogue>, Box<Settings>>>,
    /// What was found in the present text, once that was looked at.
    outcome: Option<Outcome>,
    pub is_published: bool,
}

impl OpenDocument {
    pub fn open(item: TextDocumentItem, configurations: &Configurations) -> Self {
        let language = serde_json::to_value(&item.language_id).unwrap_or_default();
        let mut document = Self {
            applied: Applied::default(),
            checker: None,
            uri: item.uri,
            version: item.version,
            text: Document::new(&item.text),
            named: language == LETTER_LANGUAGE,
            outcome: None,
            is_published: false,
        };
        document.configure(configurations);
        document
    }

    /// Applies the client's edits, in their order.
    pub fn change(&mut self, version: i32, changes: Vec<TextDocumentContentChangeEvent>, agreed: Agreed) {
        for change in changes {
            match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(change) => {
                    let span = span_of(&self.text, &change.range, agreed);
                    self.text.replace(span, &change.text);
                }
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(change) => {
                    self.text = Document::new(&change.text);
                }
            }
        }
        self.version = version;
        self.outcome = None;
        self.is_published = false;
    }

    /// Takes what the configurations now say.
    pub fn configure(&mut self, configurations: &Configurations) {
        self.applied = configurations.apply(&self.uri, &self.applied);
        self.checker = self
            .applied
            .good
            .as_ref()
            .map(|config| Checker::new(Arc::clone(&config.catalogue), Box::new(self.settings(config))));
        self.outcome = None;
        self.is_published = false;
    }

    /// Checks the present text, unless that was done. Without a configuration that can be used nothing is said.
    pub fn check(&mut self) {
        if self.outcome.is_none() {
            let outcome = self.checker.as_mut().and_then(|checker| match self.named {
                true => Some(checker.check(&self.text)),
                false => checker.check_recognised(&self.text),
            });
            self.outcome = Some(outcome.unwrap_or_default());
        }
    }

    fn settings(&self, config: &Config) -> Settings {
        config.settings(path_of(&self.uri).as_deref().unwrap_or_else(|| Path::new(UNTITLED)))
    }

    /// The names of the lints that failed in the last check.
    pub fn crashed(&self) -> impl Iterator<Item = &str> {
        let crashed = self.outcome.iter().flat_map(|outcome| &outcome.crashed);
        crashed.map(|lint| self.checked().catalogue.get(*lint).name.as_str())
    }

    /// What was found; empty before the first check.
    pub fn findings(&self) -> &[Finding] {
        self.outcome.as_ref().map_or(&[], |outcome| &outcome.findings)
    }

    /// The text and what was found in it.
    pub fn checked(&self) -> Checked<'_> {
        let catalogue =
            self.applied.good.as_ref().map_or_else(|| lints::catalogue(), |config| &config.catalogue);
        Checked { uri: &self.uri, text: &self.text, catalogue, findings: self.findings() }
    }

    /// The lint of one of the findings.
    pub fn lint(&self, finding: &Finding) -> &Lint {
        self.checked().catalogue.get(finding.lint)
    }

    /// The letters of the text as it was checked last; none where it is no letter.
    pub fn letters(&self) -> &[Located] {
        let letters = self.checker.as_ref().map_or(&[][..], Checker::letters);
        if self.named || letters.iter().any(|letter| letter.profile.is_some()) { letters } else { &[] }
    }

    /// What a letter begun here would be; none where the text is no letter.
    pub fn expected_profile(&self) -> Option<&'static Profile> {
        let expected = self.applied.good.as_ref()?.expected;
        let any = expected.profile.or_else(|| expected.profiles.list().first());
        any.filter(|_| self.named || !self.letters().is_empty())
    }

    /// The configuration that applies.
    pub fn config(&self) -> Option<&Arc<Config>> {
        self.applied.good.as_ref()
    }

    /// What is wrong with the document's configuration.
    pub fn fault(&self) -> Option<&ConfigError> {
        self.applied.fault.as_ref()
    }

    /// The text with every safe fix, unless the configuration is broken.
    pub fn with_safe_fixes(&self) -> Option<Fixed> {
        let config = self.applied.good.as_ref().filter(|_| self.applied.fault.is_none())?;
        let text = String::from(&self.text);
        Some(apply_fixes(&config.catalogue, &self.settings(config), &text, Applicability::Safe))
    }
}
