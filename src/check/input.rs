//! What is checked: files, standard input, and records of JSON lines. Inputs come one by one, so that memory stays flat
//! however many there are.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::iter;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;

use super::options::{InputFormat, Options};
use crate::config::{Config, ConfigError, Resolver};
use crate::files::{Encoding, Fallback, Found, Source, decode, find, read, told};

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

/// Files by their real folder and their own name: the only ones to check.
pub(super) type Only = HashSet<PathBuf>;

/// The inputs that the options name, in order; a file that is named twice is checked once.
pub(super) fn inputs<'a>(
    options: &'a Options,
    resolver: &'a Resolver,
    only: Option<&'a Only>,
) -> impl Iterator<Item = Input> + 'a {
    let named: HashSet<&Path> =
        options.paths.iter().map(PathBuf::as_path).filter(|path| !path.is_dir()).collect();
    // One path cannot name a file twice.
    let mut seen = (options.paths.len() > 1).then(HashSet::new);
    options
        .paths
        .iter()
        .flat_map(move |path| of_path(path, options, resolver, only))
        .map(move |mut input| {
            if let InputContent::File(path) = &input.content {
                input.named |= named.contains(path.as_path());
            }
            input
        })
        .filter(move |input| match (&mut seen, &input.content) {
            (Some(seen), InputContent::File(path)) => seen.insert(path.clone()),
            _ => true,
        })
}

fn of_path<'a>(
    path: &'a Path,
    options: &'a Options,
    resolver: &'a Resolver,
    only: Option<&'a Only>,
) -> Box<dyn Iterator<Item = Input> + 'a> {
    let is_stdin = path.as_os_str() == "-";
    let (name, config) = match &options.stdin_filename {
        _ if !is_stdin => (path.display().to_string(), resolver.of(path)),
        Some(name) => (name.clone(), resolver.of(Path::new(name))),
        None => ("<stdin>".to_owned(), resolver.of(Path::new("."))),
    };
    if options.input_format == InputFormat::Jsonl {
        let lines: Box<dyn BufRead> = if is_stdin {
            Box::new(io::stdin().lock())
        } else {
            match File::open(path) {
                Ok(file) => Box::new(BufReader::new(file)),
                Err(error) => return Box::new(iter::once(unreadable(name, told(&error), config))),
            }
        };
        return Box::new(records(name, lines, config));
    }
    if is_stdin {
        let content = match read_stdin(config.as_ref().ok().and_then(|config| config.fallback)) {
            Ok(source) => InputContent::Text(source),
            Err(reason) => InputContent::Unreadable(reason),
        };
        return Box::new(iter::once(Input { name, content, config, named: true }));
    }
    let found = find(path, |path| can_be_letter(resolver, path));
    let found = found.filter(move |found| match (only, found) {
        (Some(only), Ok(found)) => is_one_of(only, &found.path),
        _ => true,
    });
    Box::new(found.map(|found| match found {
        Ok(Found { path, named }) => {
            let (name, config) = (path.display().to_string(), resolver.of(&path));
            Input { name, content: InputContent::File(path), config, named }
        }
        Err((path, reason)) => unreadable(path.display().to_string(), reason, resolver.of(&path)),
    }))
}

/// Under a configuration that cannot be used every text file is taken, and reported with that configuration's fault.
fn can_be_letter(resolver: &Resolver, path: &Path) -> bool {
    match resolver.of(path) {
        Ok(config) => config.includes(path),
        Err(_) => path.extension().is_some_and(|extension| extension == "txt"),
    }
}

/// Whether a file, or what its link leads to, is among those to check; one that is gone is, for it has to be told.
fn is_one_of(only: &Only, path: &Path) -> bool {
    match path.canonicalize() {
        Ok(target) => only.contains(&target) || only.contains(&in_real_folder(path)),
        Err(_) => true,
    }
}

/// A file by its real folder and its own name.
pub(super) fn in_real_folder(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match (folder.canonicalize(), path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}

fn unreadable(name: String, reason: String, config: Result<Arc<Config>, ConfigError>) -> Input {
    Input { name, content: InputContent::Unreadable(reason), config, named: true }
}

/// The records of a file, or of standard input; a line that is none stands for itself, and the others are checked.
fn records(
    name: String,
    mut lines: Box<dyn BufRead>,
    config: Result<Arc<Config>, ConfigError>,
) -> impl Iterator<Item = Input> {
    let mut number = 0;
    let mut is_over = false;
    iter::from_fn(move || {
        while !is_over {
            number += 1;
            let mut line = Vec::new();
            match lines.read_until(b'\n', &mut line) {
                Ok(0) => is_over = true,
                Ok(_) => {
                    let line =
                        if number == 1 { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line) } else { &line };
                    if !line.trim_ascii().is_empty() {
                        let (name, content) = record(&name, number, line);
                        return Some(Input { name, content, config: config.clone(), named: true });
                    }
                }
                Err(error) => {
                    is_over = true;
                    return Some(unreadable(name.clone(), told(&error), config.clone()));
                }
            }
        }
        None
    })
}

fn record(name: &str, line_number: usize, line: &[u8]) -> (String, InputContent) {
    match serde_json::from_slice::<Record>(line) {
        Ok(record) => (record.path, InputContent::Text(Source::plain(record.text, Encoding::Utf8))),
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
