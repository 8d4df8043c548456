//! One input through the engine: checked, and fixed where that is asked for.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::input::Input;
use super::memory::{remember, remembered};
use super::options::{FixMode, Options};
use super::report::is_fixable;
use crate::config::{Config, ConfigError};
use crate::engine::{Applicability, Checker, Finding, Fixed, Outcome, Settings, UnknownLint, apply_fixes};
use crate::files::{Encoding, Parts, Source, Storage, replace, told};
use crate::letter::Unread;
use crate::text::Document;

/// What came of one input.
#[derive(Debug)]
pub(super) struct Checked {
    /// How it is called in output.
    pub name: String,
    pub result: CheckResult,
}

#[derive(Debug)]
pub(super) enum CheckResult {
    /// A letter, or a text that was named.
    Letter {
        /// The text to which the findings belong.
        document: Document,
        parts: Parts,
        outcome: Outcome,
        /// What of each letter in it could not be read or checked.
        unread: Vec<Vec<Unread>>,
        /// What kind of document was to be fixed and cannot be.
        unfixed: Option<&'static str>,
        fixed: Option<FixedText>,
        config: Arc<Config>,
    },
    /// A file of a folder that is no determination letter.
    NoLetter,
    /// It could not be read or written.
    Unreadable(String),
    /// The configuration that applies to it cannot be used.
    Unconfigured(ConfigError),
}

/// What `--fix` and `--diff` made of a text.
#[derive(Debug)]
pub(super) struct FixedText {
    pub before: String,
    pub after: String,
    /// Fixes that were applied, or would be.
    pub applied: usize,
    /// For text from standard input: the bytes for standard output.
    pub for_stdout: Option<Vec<u8>>,
}

pub(super) fn check(input: Input, options: &Options) -> Checked {
    let Input { name, content, config, named } = input;
    let result = match config {
        Err(error) => CheckResult::Unconfigured(error),
        Ok(config) => match content.load(config.fallback) {
            Err(reason) => CheckResult::Unreadable(reason),
            Ok((source, path)) => check_text(&name, source, path, named, &config, options),
        },
    };
    Checked { name, result }
}

fn check_text(
    name: &str,
    source: Source,
    path: Option<PathBuf>,
    named: bool,
    config: &Arc<Config>,
    options: &Options,
) -> CheckResult {
    let document = Document::new(&source.text);
    let settings = match settings(config, name, options) {
        Ok(settings) => settings,
        Err(error) => return CheckResult::Unreadable(error.to_string()),
    };
    let mut checker = Checker::remembering(&*config.catalogue, &settings, remembered(config));
    let outcome = if named { Some(checker.check(&document)) } else { checker.check_recognised(&document) };
    match outcome {
        None => {
            remember(config, checker.into_memory());
            CheckResult::NoLetter
        }
        Some(mut outcome) => {
            let is_to_be_fixed = options.fix != FixMode::None;
            if let (Storage::Text(encoding), true) = (source.storage, is_to_be_fixed) {
                return fix(source, encoding, path, options, &settings, config);
            }
            if is_to_be_fixed && path.is_none() && !options.diff {
                return CheckResult::Unreadable("it could not be fixed: only plain text can be".to_owned());
            }
            let unfixed =
                source.storage.kind().filter(|_| is_to_be_fixed && outcome.findings.iter().any(is_fixable));
            if source.storage.kind().is_some() {
                leave_fixes_to_people(&mut outcome.findings);
            }
            // An empty text is no letter of which something is missing.
            let unread = if document.is_empty() { Vec::new() } else { checker.unread() };
            remember(config, checker.into_memory());
            let (parts, config) = (source.parts, config.clone());
            CheckResult::Letter { document, parts, outcome, unread, unfixed, fixed: None, config }
        }
    }
}

/// No option can change what is only read.
fn leave_fixes_to_people(findings: &mut [Finding]) {
    for fix in findings.iter_mut().flat_map(|finding| &mut finding.fixes) {
        fix.applicability = Applicability::Manual;
    }
}

/// What a letter's configuration says, then what the command line says.
pub(super) fn settings(config: &Config, name: &str, options: &Options) -> Result<Settings, UnknownLint> {
    let mut settings = config.settings(Path::new(name));
    if !options.select.is_empty() {
        settings.select(&config.catalogue, &options.select)?;
    }
    settings.ignore(&config.catalogue, &options.ignore)?;
    if options.write_baseline {
        settings.accepted.clear();
    }
    Ok(settings)
}

/// Fixes a text and, unless only the difference is asked for, its file.
fn fix(
    source: Source,
    encoding: Encoding,
    path: Option<PathBuf>,
    options: &Options,
    settings: &Settings,
    config: &Arc<Config>,
) -> CheckResult {
    let up_to = if options.fix == FixMode::Unsafe { Applicability::Unsafe } else { Applicability::Safe };
    let Fixed { text, applied, outcome, unread } =
        apply_fixes(&config.catalogue, settings, &source.text, up_to);
    let (Some(before), Some(bytes)) = (encoding.encode(&source.text), encoding.encode(&text)) else {
        return CheckResult::Unreadable("it could not be fixed: its encoding lacks a character".to_owned());
    };
    if let Some(path) = &path
        && !options.diff
        && text != source.text
        && let Err(error) = replace(path, &before, &bytes)
    {
        return CheckResult::Unreadable(format!("it could not be fixed: {}", told(&error)));
    }
    let for_stdout = (path.is_none() && !options.diff).then_some(bytes);
    CheckResult::Letter {
        document: Document::new(&text),
        parts: source.parts,
        outcome,
        unread,
        unfixed: None,
        fixed: Some(FixedText { before: source.text, after: text, applied, for_stdout }),
        config: config.clone(),
    }
}
