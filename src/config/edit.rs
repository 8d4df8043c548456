//! Changing a `detlint.toml` for its owner: comments, order and line endings stay.

use std::fs;
use std::io;
use std::path::Path;

use toml_edit::{Array, DocumentMut, Item, Table, Value, value};

use super::error::ConfigError;
use super::file::LintLevel;
use crate::files::write_new_atomically;

/// Adds a word to those that the spelling lints accept. A file that is not there is made.
///
/// # Errors
/// When the file cannot be read, understood or written; it is then as it was.
pub fn accept_word(path: &Path, word: &str) -> Result<(), ConfigError> {
    edit(path, |document| {
        let words = document.entry("words").or_insert(value(Array::new()));
        let words = words.as_array_mut().ok_or("“words” is no list")?;
        if !words.iter().any(|known| known.as_str().is_some_and(|known| known.eq_ignore_ascii_case(word))) {
            push_like_the_last(words, word);
        }
        Ok(())
    })
}

/// Sets the level of a lint. A file that is not there is made.
///
/// # Errors
/// When the file cannot be read, understood or written; it is then as it was.
pub fn set_level(path: &Path, lint: &str, level: LintLevel) -> Result<(), ConfigError> {
    edit(path, |document| {
        let lints = document.entry("lints").or_insert(Item::Table(Table::new()));
        let lints = lints.as_table_like_mut().ok_or("“lints” is no table")?;
        match lints.get_mut(lint).and_then(Item::as_value_mut) {
            Some(old) => {
                let decor = old.decor().clone();
                *old = Value::from(level.name());
                *old.decor_mut() = decor;
            }
            None => {
                lints.insert(lint, value(level.name()));
            }
        }
        Ok(())
    })
}

/// A list of one word a line stays one.
fn push_like_the_last(words: &mut Array, word: &str) {
    let prefix = words.get(words.len().saturating_sub(1)).and_then(|last| last.decor().prefix());
    let prefix = prefix.and_then(|prefix| prefix.as_str()).map(str::to_owned);
    words.push(word);
    let stands_alone = prefix.as_ref().is_some_and(|prefix| prefix.contains('\n'));
    if let (true, Some(prefix), Some(new)) = (stands_alone, prefix, words.get_mut(words.len() - 1)) {
        // Comments before the last word are that word's.
        let line = prefix.rfind('\n').map_or("", |at| &prefix[at..]).to_owned();
        new.decor_mut().set_prefix(line);
    }
}

fn edit(
    path: &Path,
    change: impl FnOnce(&mut DocumentMut) -> Result<(), &'static str>,
) -> Result<(), ConfigError> {
    let fault = |reason: String| ConfigError::new(path, reason);
    let before = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(fault(format!("it cannot be read: {error}"))),
    };
    let (mark, text) = match before.strip_prefix('\u{feff}') {
        Some(text) => ("\u{feff}", text),
        None => ("", before.as_str()),
    };
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
        let at = error.span().map(|span| span.start);
        ConfigError::at(path, text, at, error.message().trim().replace('\n', " "))
    })?;
    change(&mut document).map_err(|reason| fault(reason.to_owned()))?;
    let mut after = document.to_string();
    if text.contains("\r\n") {
        after = after.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    write_new_atomically(path, format!("{mark}{after}").as_bytes())
        .map_err(|error| fault(format!("it cannot be written: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file after a change; none before it where the text is empty.
    fn edited(before: &str, change: impl FnOnce(&Path) -> Result<(), ConfigError>) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("detlint.toml");
        if !before.is_empty() {
            fs::write(&path, before).unwrap();
        }
        change(&path).unwrap();
        fs::read_to_string(&path).unwrap()
    }

    #[test]
    fn words_are_added_and_the_rest_stays() {
        let accept = |before: &str| edited(before, |path| accept_word(path, "Kinesio"));
        assert_eq!(accept(""), "words = [\"Kinesio\"]\n");
        assert_eq!(
            accept("# ours\nwords = [\"Exogen\"] # two\n"),
            "# ours\nwords = [\"Exogen\", \"Kinesio\"] # two\n"
        );
        assert_eq!(accept("words = [\"KINESIO\"]\n"), "words = [\"KINESIO\"]\n");
        assert_eq!(
            accept("words = [\n    # braces\n    \"Exogen\",\n]\n[lints]\n"),
            "words = [\n    # braces\n    \"Exogen\",\n    \"Kinesio\",\n]\n[lints]\n"
        );
        assert_eq!(
            accept("\u{feff}[lints]\r\nx = \"off\"\r\n"),
            "\u{feff}words = [\"Kinesio\"]\r\n[lints]\r\nx = \"off\"\r\n"
        );
    }

    #[test]
    fn levels_are_set_and_the_rest_stays() {
        let set = |before: &str| edited(before, |path| set_level(path, "jargon", LintLevel::Off));
        assert_eq!(set(""), "[lints]\njargon = \"off\"\n");
        assert_eq!(
            set("[lints] # ours\njargon = \"info\" # why\n"),
            "[lints] # ours\njargon = \"off\" # why\n"
        );
        assert_eq!(set("lints = { jargon = \"info\" }\n"), "lints = { jargon = \"off\" }\n");
        assert_eq!(
            set("[lints]\npatient = \"info\"\n\n[[overrides]]\nfiles = [\"a\"]\nlints = {}\n"),
            "[lints]\npatient = \"info\"\njargon = \"off\"\n\n[[overrides]]\nfiles = [\"a\"]\nlints = {}\n"
        );
    }

    #[test]
    fn a_broken_file_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("detlint.toml");
        for broken in ["words = [\n", "words = 3\n"] {
            fs::write(&path, broken).unwrap();
            assert!(accept_word(&path, "Kinesio").is_err());
            assert_eq!(fs::read_to_string(&path).unwrap(), broken);
        }
    }
}
