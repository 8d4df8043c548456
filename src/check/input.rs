//! What is checked: files, standard input, and records of JSON lines.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::options::{InputFormat, Options};
use crate::files::{Encoding, Found, Source, decode, find};

/// One text to check.
#[derive(Debug)]
pub(super) struct Input {
    /// How it is called in output.
    pub name: String,
    pub content: InputContent,
    /// Whether it is checked even when it is no determination letter.
    pub named: bool,
}

#[derive(Debug)]
pub(super) enum InputContent {
    /// A file, read when its turn comes.
    File(PathBuf),
    /// Text that is already here.
    Text(Source),
    /// What could not be read.
    Unreadable(String),
}

/// A line of JSON lines; further members are left alone.
#[derive(Deserialize)]
struct Record {
    path: String,
    text: String,
}

/// The inputs that the options name, in order; a file that is named twice is checked once.
pub(super) fn inputs(options: &Options) -> Vec<Input> {
    let mut inputs = Vec::new();
    let mut files: HashMap<PathBuf, usize> = HashMap::new();
    for path in &options.paths {
        if path.as_os_str() == "-" {
            let name = options.stdin_filename.clone().unwrap_or_else(|| "<stdin>".to_owned());
            push_text(&mut inputs, name, read_stdin(), options.input_format);
        } else if options.input_format == InputFormat::Jsonl {
            push_text(&mut inputs, path.display().to_string(), read(path), InputFormat::Jsonl);
        } else {
            for found in find(path) {
                push_found(&mut inputs, &mut files, found);
            }
        }
    }
    inputs
}

fn push_found(
    inputs: &mut Vec<Input>,
    files: &mut HashMap<PathBuf, usize>,
    found: Result<Found, (PathBuf, String)>,
) {
    match found {
        Ok(Found { path, named }) => match files.get(&path) {
            Some(&earlier) => inputs[earlier].named |= named,
            None => {
                files.insert(path.clone(), inputs.len());
                inputs.push(Input {
                    name: path.display().to_string(),
                    content: InputContent::File(path),
                    named,
                });
            }
        },
        Err((path, reason)) => inputs.push(unreadable(path.display().to_string(), reason)),
    }
}

fn push_text(inputs: &mut Vec<Input>, name: String, source: Result<Source, String>, format: InputFormat) {
    match (source, format) {
        (Err(reason), _) => inputs.push(unreadable(name, reason)),
        (Ok(text), InputFormat::Text) => {
            inputs.push(Input { name, content: InputContent::Text(text), named: true })
        }
        (Ok(source), InputFormat::Jsonl) => {
            let lines = source.text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
            inputs.extend(lines.map(|(index, line)| record(&name, index + 1, line)));
        }
    }
}

fn record(name: &str, line_number: usize, line: &str) -> Input {
    match serde_json::from_str::<Record>(line) {
        Ok(record) => {
            let source = Source { text: record.text, encoding: Encoding::Utf8 };
            Input { name: record.path, content: InputContent::Text(source), named: true }
        }
        // The parser's own message can quote the record, which is patient data: only its place is told.
        Err(error) => unreadable(
            name.to_owned(),
            format!(
                "line {line_number}, column {}: not a record like {{\"path\": \"…\", \"text\": \"…\"}}",
                error.column()
            ),
        ),
    }
}

fn unreadable(name: String, reason: String) -> Input {
    Input { name, content: InputContent::Unreadable(reason), named: true }
}

fn read_stdin() -> Result<Source, String> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    decode(bytes).map_err(|error| error.to_string())
}

/// Reads and decodes a file.
pub(super) fn read(path: &Path) -> Result<Source, String> {
    let bytes = fs::read(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission to read it is denied".to_owned(),
        _ => error.to_string(),
    })?;
    decode(bytes).map_err(|error| error.to_string())
}

impl InputContent {
    /// The text, how it is stored, and the file to which it can be written back.
    pub(super) fn load(self) -> Result<(Source, Option<PathBuf>), String> {
        match self {
            Self::File(path) => read(&path).map(|source| (source, Some(path))),
            Self::Text(source) => Ok((source, None)),
            Self::Unreadable(reason) => Err(reason),
        }
    }
}
