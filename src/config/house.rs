//! A house's own lints: files in the product's format, in folders that a configuration names.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::WalkBuilder;

use super::error::ConfigError;
use super::resolve::NamedPath;
use crate::engine::Catalogue;
use crate::lints;

/// The files of a house's lints in some folders.
pub(super) fn files(folders: impl IntoIterator<Item = NamedPath>) -> Result<Vec<PathBuf>, ConfigError> {
    let mut files = Vec::new();
    for folder in folders {
        if !folder.path.is_dir() {
            return Err(folder.fault(format!("there is no folder {}", folder.path.display())));
        }
        files.extend(lint_files(&folder.path));
    }
    Ok(files)
}

/// The product's lints with those of some files, after them and in the order of the files.
///
/// # Errors
/// With the file and line of what cannot be used.
pub fn load_house(files: &[PathBuf]) -> Result<Arc<Catalogue>, ConfigError> {
    if files.is_empty() {
        return Ok(lints::catalogue().clone());
    }
    let mut sources = Vec::new();
    for file in files {
        let text = fs::read_to_string(file)
            .map_err(|error| ConfigError::new(file, format!("it cannot be read: {error}")))?;
        sources.push(Cow::Owned(text.trim_start_matches('\u{feff}').replace("\r\n", "\n")));
    }
    lints::catalogue_with(sources).map_err(|error| ConfigError {
        path: files[error.entry].clone(),
        place: error.line.map(|line| (line, 1)),
        reason: error.reason,
    })
}

/// The lints' files under a path, in the order of their names.
#[must_use]
pub fn lint_files(path: &Path) -> Vec<PathBuf> {
    let walk = WalkBuilder::new(path).sort_by_file_path(Ord::cmp).build();
    walk.filter_map(Result::ok)
        .map(ignore::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml") && path.is_file())
        .collect()
}
