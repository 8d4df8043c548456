//! What is checked: files, standard input, and records of JSON lines.

use std::collections::HashMap;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;

use super::options::{InputFormat, Options};
use crate::config::{Config, ConfigError, Resolver};
use crate::files::{Encoding, Fallback, Found, Source, decode, find, read};

/// One text to check.
#[derive(Debug)]
pub(super) struct Input {
    /// How it is called in output.
    pub name: String,
    pub content: InputContent,
    /// The configuration that applies to it.
    pub config: Result<Arc<Config>, ConfigError>,
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
pub(super) fn inputs(options: &Options, resolver: &Resolver) -> Vec<Input> {
    let mut inputs =
        Inputs { resolver, format: options.input_format, inputs: Vec::new(), files: HashMap::new() };
    for path in &options.paths {
        if path.as_os_str() == "-" {
            let name = options.stdin_filename.clone().unwrap_or_else(|| "<stdin>".to_owned());
            let config = resolver.of(Path::new(options.stdin_filename.as_deref().unwrap_or(".")));
            let text = read_stdin(fallback(&config));
            inputs.push_text(name, text, config);
        } else if options.input_format == InputFormat::Jsonl {
            let config = resolver.of(path);
            inputs.push_text(path.display().to_string(), read(path, fallback(&config)), config);
        } else {
            for found in find(path, |path| inputs.can_be_letter(path)) {
                inputs.push_found(found);
            }
        }
    }
    inputs.inputs
}

struct Inputs<'a> {
    resolver: &'a Resolver,
    format: InputFormat,
    inputs: Vec<Input>,
    /// Which input a file became.
    files: HashMap<PathBuf, usize>,
}

impl Inputs<'_> {
    /// Under a configuration that cannot be used every text file is taken, and reported with that configuration's fault.
    fn can_be_letter(&self, path: &Path) -> bool {
        match self.resolver.of(path) {
            Ok(config) => config.includes(path),
            Err(_) => path.extension().is_some_and(|extension| extension == "txt"),
        }
    }

    fn push_found(&mut self, found: Result<Found, (PathBuf, String)>) {
        match found {
            Ok(Found { path, named }) => match self.files.get(&path) {
                Some(&earlier) => self.inputs[earlier].named |= named,
                None => {
                    self.files.insert(path.clone(), self.inputs.len());
                    let config = self.resolver.of(&path);
                    self.push(path.display().to_string(), InputContent::File(path), named, config);
                }
            },
            Err((path, reason)) => {
                let config = self.resolver.of(&path);
                self.push(path.display().to_string(), InputContent::Unreadable(reason), true, config);
            }
        }
    }

    fn push_text(
        &mut self,
        name: String,
        source: Result<Source, String>,
        config: Result<Arc<Config>, ConfigError>,
    ) {
        match (source, self.format) {
            (Err(reason), _) => self.push(name, InputContent::Unreadable(reason), true, config),
            (Ok(text), InputFormat::Text) => self.push(name, InputContent::Text(text), true, config),
            (Ok(source), InputFormat::Jsonl) => {
                let lines = source.text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
                for (index, line) in lines {
                    let (name, content) = record(&name, index + 1, line);
                    self.push(name, content, true, config.clone());
                }
            }
        }
    }

    fn push(
        &mut self,
        name: String,
        content: InputContent,
        named: bool,
        config: Result<Arc<Config>, ConfigError>,
    ) {
        self.inputs.push(Input { name, content, config, named });
    }
}

fn record(name: &str, line_number: usize, line: &str) -> (String, InputContent) {
    match serde_json::from_str::<Record>(line) {
        Ok(record) => {
            (record.path, InputContent::Text(Source { text: record.text, encoding: Encoding::Utf8 }))
        }
        // The parser's own message can quote the record, which is patient data: only its place is told.
        Err(error) => {
            let reason = format!(
                "line {line_number}, column {}: not a record like {{\"path\": \"…\", \"text\": \"…\"}}",
                error.column()
            );
            (name.to_owned(), InputContent::Unreadable(reason))
        }
    }
}

fn fallback(config: &Result<Arc<Config>, ConfigError>) -> Option<Fallback> {
    config.as_ref().ok().and_then(|config| config.fallback)
}

fn read_stdin(fallback: Option<Fallback>) -> Result<Source, String> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    decode(bytes, fallback).map_err(|error| error.to_string())
}

impl InputContent {
    /// The text, how it is stored, and the file to which it can be written back.
    pub(super) fn load(self, fallback: Option<Fallback>) -> Result<(Source, Option<PathBuf>), String> {
        match self {
            Self::File(path) => read(&path, fallback).map(|source| (source, Some(path))),
            Self::Text(source) => Ok((source, None)),
            Self::Unreadable(reason) => Err(reason),
        }
    }
}
