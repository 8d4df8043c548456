//! The format of `detlint.toml`.

use std::collections::BTreeMap;
use std::path::Path;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::error::ConfigError;
use crate::engine::{Level, nearest};
use crate::letter::{Profile, Scope};

/// Settings for the letters in this folder and the folders below it.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ConfigFile {
    /// Another configuration that this one builds on, relative to this file. What this file says wins.
    #[schemars(with = "Option<String>")]
    pub extend: Option<Spanned<String>>,
    /// The kind of every letter: the name of a profile of the product or of your own. `auto` unless set: the text tells.
    #[schemars(with = "Option<String>")]
    pub profile: Option<Spanned<String>>,
    /// How much of a letter a file holds. `auto` unless set: all of it where its form's first and last marks stand.
    pub scope: Option<Scope>,
    /// For which readers the letters are: `publication` asks for names and contacts to be gone.
    pub audience: Option<Audience>,
    /// How a file that is neither UTF-8 nor UTF-16 is read, such as `windows-1252`.
    #[schemars(with = "Option<String>")]
    pub encoding: Option<Spanned<String>>,
    /// Which files of a folder can be letters, as globs relative to this file. `**/*.txt` unless set.
    #[schemars(with = "Option<Vec<String>>")]
    pub include: Option<Vec<Spanned<String>>>,
    /// Which files of a folder are left out, as globs relative to this file.
    #[schemars(with = "Vec<String>")]
    pub exclude: Vec<Spanned<String>>,
    /// Words that the spelling lints accept.
    pub words: Vec<String>,
    /// Files of accepted words, a word a line, relative to this file. Lines that begin with # are comments.
    #[schemars(with = "Vec<String>")]
    pub words_files: Vec<Spanned<String>>,
    /// Folders of your own lints, relative to this file.
    #[schemars(with = "Vec<String>")]
    pub house_lints: Vec<Spanned<String>>,
    /// Profiles of your own: titles, headings, labels and decision words of your letters, by the profile's name.
    #[schemars(with = "BTreeMap<String, Profile>")]
    pub profiles: BTreeMap<Spanned<String>, Profile>,
    /// Levels of lints and families. A lint's own name wins over its family's.
    #[schemars(with = "BTreeMap<String, LintLevel>")]
    pub lints: LintLevels,
    /// Other levels for some files; of two that fit, the later wins.
    pub overrides: Vec<Override>,
}

/// Levels by the name of a lint or a family, with their places in the file.
pub(super) type LintLevels = BTreeMap<Spanned<String>, LintLevel>;

/// Levels for some of the files.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Override {
    /// The files, as globs relative to this file.
    #[schemars(with = "Vec<String>")]
    pub files: Vec<Spanned<String>>,
    /// Their levels of lints and families.
    #[schemars(with = "BTreeMap<String, LintLevel>")]
    pub lints: LintLevels,
}

/// For which readers letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// The parties to the dispute: names may stay.
    #[default]
    Parties,
    /// The public: names and contacts have to be gone (Labor Code 4610.6(m)).
    Publication,
}

/// The level of a lint, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LintLevel {
    /// Would be wrong in a signed letter.
    Error,
    /// Very likely wrong.
    Warning,
    /// Worth a look.
    Info,
    /// Shown in editors only.
    Hint,
    /// Not looked for.
    Off,
}

impl Audience {
    /// Its name in a configuration.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Parties => "parties",
            Self::Publication => "publication",
        }
    }
}

impl LintLevel {
    /// Its name in a configuration.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.level().map_or("off", Level::name)
    }

    pub(super) fn level(self) -> Option<Level> {
        match self {
            Self::Error => Some(Level::Error),
            Self::Warning => Some(Level::Warning),
            Self::Info => Some(Level::Info),
            Self::Hint => Some(Level::Hint),
            Self::Off => None,
        }
    }
}

impl ConfigFile {
    /// Reads the text of a configuration.
    ///
    /// # Errors
    /// With the line, what is wrong, and what may have been meant.
    pub fn parse(path: &Path, text: &str) -> Result<Self, ConfigError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        toml::from_str(text).map_err(|error| {
            let at = error.span().map(|span| span.start);
            ConfigError::at(path, text, at, explain(error.message()))
        })
    }

    /// The JSON schema of the format.
    #[must_use]
    pub fn schema() -> String {
        let mut schema = schemars::schema_for!(Self);
        schema.insert("title".to_owned(), "detlint.toml".into());
        let mut text = serde_json::to_string_pretty(&schema).expect("a schema is JSON");
        text.push('\n');
        text
    }
}

/// The parser's message for people: "unknown field `profil`, expected one of …" says what was meant.
fn explain(message: &str) -> String {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let kind = match message.split(' ').take(2).collect::<Vec<_>>()[..] {
        ["unknown", "field"] => "no key is called",
        ["unknown", "variant"] => "no value is called",
        _ => return message.trim().replace('\n', " "),
    };
    let found = quoted.next().unwrap_or_default();
    let known: Vec<&str> = quoted.collect();
    match nearest(found, known.iter().copied()) {
        Some(meant) => format!("{kind} “{found}”; did you mean “{meant}”?"),
        None => format!("{kind} “{found}”; there are {}", known.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        ConfigFile::parse(Path::new("detlint.toml"), text).unwrap_err().to_string()
    }

    #[test]
    fn errors_say_the_line_and_what_was_meant() {
        assert_eq!(
            error("# house\nwrods = [\"Kinesio\"]\n"),
            "detlint.toml:2:1: no key is called “wrods”; did you mean “words”?"
        );
        assert_eq!(
            error("[lints]\r\nspelling = \"warnning\"\r\n"),
            "detlint.toml:2:12: no value is called “warnning”; did you mean “warning”?"
        );
        assert!(error("audience = 3\n").starts_with("detlint.toml:1:12: "));
        assert!(error("words = [\n").starts_with("detlint.toml:"));
        assert!(error("audience = \"everybody\"").ends_with("there are parties, publication"));
    }

    #[test]
    fn a_byte_order_mark_and_crlf_are_taken() {
        let file = ConfigFile::parse(
            Path::new("x"),
            "\u{feff}words = [\"Kinesio\"]\r\n[lints]\r\nspelling = \"off\"\r\n",
        );
        assert_eq!(file.unwrap().words, ["Kinesio"]);
    }
}
