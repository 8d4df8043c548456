//! Commands: what a person decides about a finding is written into the house's settings, in every client the same way.

use std::path::{Path, PathBuf};

use serde_json::Value;
use tower_lsp::gen_lsp_types::{
    CodeAction, CodeActionKind, CodeActionResponse, Command, ExecuteCommandParams, LspAny, Uri,
};

use super::agreed::Agreed;
use super::configuration::{Configurations, UNTITLED};
use super::convert::diagnostic;
use super::document::OpenDocument;
use super::uri::path_of;
use crate::config::{Baseline, CONFIG_NAME, ConfigError, LintLevel, accept_word, set_level};
use crate::engine::{Doc, Finding, UnknownLint};

/// Accepts a word: its arguments are the document and the word.
const ACCEPT_WORD: &str = "detlint.acceptWord";
/// Accepts a finding: the document and the finding's fingerprint.
const ACCEPT_FINDING: &str = "detlint.acceptFinding";
/// Switches a lint off: the document and the lint's name.
const SWITCH_OFF: &str = "detlint.switchOff";

/// Explains a lint: the document and the lint's name. The answer is its page, as Markdown.
const EXPLAIN: &str = "detlint.explain";
/// Checks every letter of the client's folders, and pushes what is found: its argument is the document whose folder counts
/// where the client works in none. The answer counts letters and findings.
pub(super) const CHECK_FOLDER: &str = "detlint.checkFolder";

/// Every command.
pub(super) const COMMANDS: [&str; 5] = [ACCEPT_WORD, ACCEPT_FINDING, SWITCH_OFF, EXPLAIN, CHECK_FOLDER];

/// Whether a command changes what applies to letters.
pub(super) fn writes(command: &str) -> bool {
    [ACCEPT_WORD, ACCEPT_FINDING, SWITCH_OFF].contains(&command)
}

/// What can be decided about a finding of a document that is a file.
pub(super) fn decisions(
    document: &OpenDocument,
    finding: &Finding,
    agreed: Agreed,
) -> Vec<CodeActionResponse> {
    let lint = document.lint(finding);
    let word = document.text.slice(finding.span.clone());
    let mut choices = Vec::new();
    if lint.family == "spelling" && !word.contains(char::is_whitespace) {
        choices.push((format!("Accept the word “{word}”"), ACCEPT_WORD, word.to_string()));
    }
    choices.push(("Accept this finding".to_owned(), ACCEPT_FINDING, finding.fingerprint.clone()));
    if let Some(config) = document.config() {
        let folder = config.folder.file_name().unwrap_or(config.folder.as_os_str()).to_string_lossy();
        let title = format!("Switch {} off for all letters in “{folder}”", lint.name);
        choices.push((title, SWITCH_OFF, lint.name.clone()));
    }
    let action = |(title, command, argument): (String, &str, String)| {
        CodeActionResponse::CodeAction(CodeAction {
            title: title.clone(),
            kind: Some(CodeActionKind::QuickFix),
            diagnostics: Some(vec![diagnostic(&document.checked(), finding, agreed)]),
            is_preferred: Some(false),
            command: Some(Command {
                title,
                tooltip: None,
                command: command.to_owned(),
                arguments: Some(vec![document.uri.0.clone().into(), argument.into()]),
            }),
            ..CodeAction::default()
        })
    };
    choices.into_iter().map(action).collect()
}

/// Carries a command out; its answer.
///
/// # Errors
/// For a person: why it was not done.
pub(super) fn execute(
    params: &ExecuteCommandParams,
    configurations: &Configurations,
) -> Result<LspAny, String> {
    let arguments = params.arguments.as_deref().unwrap_or_default();
    let [Some(uri), Some(argument)] = [0, 1].map(|at| arguments.get(at).and_then(Value::as_str)) else {
        return Err(format!("{} takes a document and one word", params.command));
    };
    let uri = Uri(uri.to_owned());
    if params.command == EXPLAIN {
        return explain(&uri, argument, configurations).map(LspAny::from);
    }
    let letter = path_of(&uri).ok_or("a document that is no file has no settings; save it first")?;
    let done = match params.command.as_str() {
        ACCEPT_WORD => accept_word(&settings_of(&letter, configurations)?, argument),
        SWITCH_OFF => set_level(&settings_of(&letter, configurations)?, argument, LintLevel::Off),
        ACCEPT_FINDING => accept_finding(&letter, argument, configurations),
        other => return Err(format!("there is no command {other}")),
    };
    done.map(|()| LspAny::Null).map_err(|error| error.to_string())
}

fn explain(uri: &Uri, name: &str, configurations: &Configurations) -> Result<String, String> {
    let document = path_of(uri).unwrap_or_else(|| PathBuf::from(UNTITLED));
    let config = configurations.of(&document).map_err(|error| error.to_string())?;
    let lint = config.catalogue.find(name).map(|(_, lint)| lint);
    let lint = lint.ok_or_else(|| UnknownLint::new(&config.catalogue, name).to_string())?;
    let doc = lint.page().map_err(|error| error.to_string())?.doc;
    Ok(format!("# {}\n\n{}", lint.name, page(&doc)))
}

/// A lint's documentation as Markdown.
pub(super) fn page(doc: &Doc) -> String {
    let parts = [
        ("", &doc.what),
        ("**Why.** ", &doc.why),
        ("**Source.** ", &doc.source),
        ("**Limits.** ", &doc.limits),
    ];
    parts.map(|(label, part)| format!("{label}{}", part.trim())).join("\n\n")
}

/// The configuration that applies to a letter, or the one that would.
fn settings_of(letter: &Path, configurations: &Configurations) -> Result<PathBuf, String> {
    let config = configurations.of(letter).map_err(|error| error.to_string())?;
    Ok(config.path.clone().unwrap_or_else(|| config.folder.join(CONFIG_NAME)))
}

fn accept_finding(
    letter: &Path,
    fingerprint: &str,
    configurations: &Configurations,
) -> Result<(), ConfigError> {
    let config = configurations.of(letter)?;
    let mut baseline = Baseline::read(&config.folder)?;
    baseline.accept_one(&config.key(letter), fingerprint);
    baseline.write(&config.folder).map_err(|error| ConfigError {
        path: Baseline::path(&config.folder),
        place: None,
        reason: format!("it cannot be written: {error}"),
    })
}
