//! One input through the engine: checked, and fixed where that is asked for.

use std::path::PathBuf;

use super::input::Input;
use super::options::{FixMode, Options};
use crate::engine::{Applicability, Fixed, Outcome, Settings, apply_fixes, check_document};
use crate::files::{Source, write_atomically};
use crate::letter::recognise;
use crate::lints::catalogue;
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
        outcome: Outcome,
        fixed: Option<FixedText>,
    },
    /// A file of a folder that is no determination letter.
    NoLetter,
    /// It could not be read or written.
    Unreadable(String),
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

pub(super) fn check(input: Input, options: &Options, settings: &Settings) -> Checked {
    let Input { name, content, named } = input;
    let result = match content.load() {
        Err(reason) => CheckResult::Unreadable(reason),
        Ok((source, path)) => {
            let document = Document::new(&source.text);
            if !named && recognise(&document).is_none() {
                CheckResult::NoLetter
            } else if options.fix == FixMode::None {
                let outcome = check_document(catalogue(), settings, &document);
                CheckResult::Letter { document, outcome, fixed: None }
            } else {
                fix(source, path, options, settings)
            }
        }
    };
    Checked { name, result }
}

/// Fixes a text and, unless only the difference is asked for, its file.
fn fix(source: Source, path: Option<PathBuf>, options: &Options, settings: &Settings) -> CheckResult {
    let up_to = if options.fix == FixMode::Unsafe { Applicability::Unsafe } else { Applicability::Safe };
    let Fixed { text, applied, outcome } = apply_fixes(catalogue(), settings, &source.text, up_to);
    if let Some(path) = &path
        && !options.diff
        && text != source.text
        && let Err(error) = write_atomically(path, &source.encoding.encode(&text))
    {
        return CheckResult::Unreadable(format!("it could not be fixed: {error}"));
    }
    let for_stdout = (path.is_none() && !options.diff).then(|| source.encoding.encode(&text));
    CheckResult::Letter {
        document: Document::new(&text),
        outcome,
        fixed: Some(FixedText { before: source.text, after: text, applied, for_stdout }),
    }
}
