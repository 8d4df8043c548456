//! Which configuration applies to a letter, and what it says.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use globset::{Glob, GlobSet, GlobSetBuilder};
use toml::Spanned;

use super::baseline::Baseline;
use super::error::{ConfigError, line_column};
use super::file::{Audience, ConfigFile, LintLevels};
use super::house;
use crate::engine::{Catalogue, Level, LintId, Settings, nearest};
use crate::files::Fallback;
use crate::letter::{Expected, Profile, Profiles};
use crate::lints;

/// The name of a configuration.
pub const FILE_NAME: &str = "detlint.toml";
/// What marks the root of a repository: configurations above it belong to somebody else.
const REPOSITORY: &str = ".git";
/// The profile that stands for none: the text tells.
const AUTO: &str = "auto";
/// Which files of a folder can be letters, unless a configuration says otherwise.
const DEFAULT_INCLUDE: &str = "**/*.txt";

/// Everything that applies below a folder: its `detlint.toml` with what that builds on, and its baseline.
#[derive(Debug)]
pub struct Config {
    /// The file; absent where none applies.
    pub path: Option<PathBuf>,
    /// The folder to which a baseline's paths are relative.
    pub folder: PathBuf,
    /// The product's lints and the house's own.
    pub catalogue: Arc<Catalogue>,
    /// The files of the house's own lints.
    pub house: Vec<PathBuf>,
    /// How text that is not Unicode is read.
    pub fallback: Option<Fallback>,
    /// The findings that were accepted.
    pub baseline: Baseline,
    /// What letters there can be.
    pub expected: Expected,
    /// For which readers the letters are.
    pub audience: Audience,
    /// Words that the spelling lints accept, in lower case.
    pub words: HashSet<String>,
    include: GlobSet,
    exclude: GlobSet,
    /// The files of the chain, the farthest base first.
    layers: Vec<Layer>,
}

/// One file of a chain of `extend`.
#[derive(Debug)]
struct Layer {
    path: PathBuf,
    text: String,
    file: ConfigFile,
    /// The globs of each of its overrides.
    overrides: Vec<GlobSet>,
}

/// Where a lint's level comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The lint's own file.
    Default,
    /// A line, from 1, of a configuration.
    File {
        /// The configuration.
        path: PathBuf,
        /// The line.
        line: usize,
    },
}

impl Config {
    /// Reads a configuration and what it builds on.
    ///
    /// # Errors
    /// When one of the files cannot be read or says what it cannot mean.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let layers = read_chain(path)?;
        let folder = folder_of(path);
        let house = house::files(layers.iter().flat_map(|layer| layer.places(&layer.file.house_lints)))?;
        let mut words = HashSet::new();
        for layer in &layers {
            words.extend(layer.file.words.iter().map(|word| word.to_lowercase()));
            for list in layer.places(&layer.file.words_files) {
                words.extend(read_words(&list)?);
            }
        }
        let last = |read: fn(&ConfigFile) -> bool| layers.iter().rev().find(|layer| read(&layer.file));
        let include = match last(|file| file.include.is_some()) {
            Some(layer) => layer.globs(layer.file.include.as_deref().unwrap_or_default())?,
            None => default_include(),
        };
        let mut exclude = GlobSetBuilder::new();
        for layer in &layers {
            for pattern in &layer.file.exclude {
                exclude.add(layer.glob(pattern)?);
            }
        }
        let fallback = match last(|file| file.encoding.is_some()) {
            Some(layer) => layer.fallback()?,
            None => None,
        };
        let expected = expected(&layers)?;
        let audience = layers.iter().rev().find_map(|layer| layer.file.audience).unwrap_or_default();
        let config = Self {
            path: Some(path.to_owned()),
            baseline: Baseline::read(&folder)?,
            folder,
            catalogue: house::load_house(&house)?,
            house,
            fallback,
            expected,
            audience,
            words,
            include,
            exclude: exclude.build().map_err(|error| ConfigError::new(path, error.to_string()))?,
            layers,
        };
        config.check_names()?;
        Ok(config)
    }

    /// What applies where there is no configuration.
    ///
    /// # Errors
    /// When the folder's baseline cannot be read.
    pub fn without_file(folder: PathBuf) -> Result<Self, ConfigError> {
        Ok(Self {
            path: None,
            catalogue: lints::catalogue().clone(),
            house: Vec::new(),
            fallback: None,
            baseline: Baseline::read(&folder)?,
            expected: Expected::default(),
            audience: Audience::default(),
            words: HashSet::new(),
            include: default_include(),
            exclude: GlobSet::empty(),
            layers: Vec::new(),
            folder,
        })
    }

    /// Whether a file of a folder can be a letter.
    #[must_use]
    pub fn includes(&self, path: &Path) -> bool {
        let path = absolute(path);
        self.include.is_match(&path) && !self.exclude.is_match(&path)
    }

    /// Whether a file is one of its lists of accepted words.
    #[must_use]
    pub fn reads_words_of(&self, file: &Path) -> bool {
        let mut lists = self.layers.iter().flat_map(|layer| layer.places(&layer.file.words_files));
        lists.any(|list| absolute(&list.path) == file)
    }

    /// How a letter is checked.
    #[must_use]
    pub fn settings(&self, letter: &Path) -> Settings {
        let mut settings = self.levels(letter, |_, _| {});
        settings.expected = self.expected;
        settings.words.clone_from(&self.words);
        settings.accepted = self.baseline.accepted(&self.key(letter));
        settings
    }

    /// The letter's name in a baseline: its path under the configuration's folder, with `/`.
    #[must_use]
    pub fn key(&self, letter: &Path) -> String {
        let letter = absolute(letter);
        let relative = letter.strip_prefix(&self.folder).unwrap_or(&letter);
        let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        parts.join("/")
    }

    /// The level of every lint for a letter, and where it comes from.
    #[must_use]
    pub fn explain(&self, letter: &Path) -> Vec<(LintId, Option<Level>, Origin)> {
        let mut origins: HashMap<LintId, Origin> = HashMap::new();
        let settings = self.levels(letter, |id, origin| {
            origins.insert(id, origin);
        });
        self.catalogue
            .iter()
            .map(|(id, _)| (id, settings.level(id), origins.remove(&id).unwrap_or(Origin::Default)))
            .collect()
    }

    /// Every chain's levels in their order: a base before what builds on it, families before lints, overrides last.
    fn levels(&self, letter: &Path, mut note: impl FnMut(LintId, Origin)) -> Settings {
        let letter = absolute(letter);
        let mut settings = Settings::defaults(&self.catalogue);
        if self.audience == Audience::Publication {
            settings.publish(&self.catalogue);
        }
        for layer in &self.layers {
            let overrides = layer.file.overrides.iter().zip(&layer.overrides);
            let fitting =
                overrides.filter(|(_, globs)| globs.is_match(&letter)).map(|(rules, _)| &rules.lints);
            for levels in std::iter::once(&layer.file.lints).chain(fitting) {
                let is_lint = |name: &str| self.catalogue.find(name).is_some();
                let (of_lints, of_families): (Vec<_>, Vec<_>) =
                    levels.iter().partition(|(name, _)| is_lint(name.get_ref()));
                for (name, level) in of_families.into_iter().chain(of_lints) {
                    // Every name was looked up when the file was read.
                    let set =
                        settings.set(&self.catalogue, name.get_ref(), level.level()).unwrap_or_default();
                    for id in set {
                        note(id, Origin::File { path: layer.path.clone(), line: layer.line(name) });
                    }
                }
            }
        }
        settings
    }

    fn check_names(&self) -> Result<(), ConfigError> {
        let mut settings = Settings::everything(&self.catalogue);
        for layer in &self.layers {
            let overrides = layer.file.overrides.iter().map(|rules| &rules.lints);
            for name in std::iter::once(&layer.file.lints).chain(overrides).flat_map(LintLevels::keys) {
                settings
                    .set(&self.catalogue, name.get_ref(), None)
                    .map_err(|unknown| layer.fault(name, unknown.to_string()))?;
            }
        }
        Ok(())
    }
}

impl Layer {
    fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = fs::read_to_string(path).map_err(|error| {
            let reason = match error.kind() {
                io::ErrorKind::NotFound => "there is no such configuration".to_owned(),
                io::ErrorKind::InvalidData => "it is not UTF-8; save it as UTF-8".to_owned(),
                _ => format!("it cannot be read: {error}"),
            };
            ConfigError::new(path, reason)
        })?;
        let file = ConfigFile::parse(path, &text)?;
        let mut layer = Self { path: path.to_owned(), text, file, overrides: Vec::new() };
        layer.overrides =
            layer.file.overrides.iter().map(|rules| layer.globs(&rules.files)).collect::<Result<_, _>>()?;
        Ok(layer)
    }

    fn folder(&self) -> PathBuf {
        folder_of(&self.path)
    }

    fn line<T>(&self, at: &Spanned<T>) -> usize {
        line_column(&self.text, at.span().start).0
    }

    fn fault<T>(&self, at: &Spanned<T>, reason: impl Into<String>) -> ConfigError {
        ConfigError::at(&self.path, &self.text, Some(at.span().start), reason)
    }

    /// Paths that the file names, each with what is needed to complain of it.
    fn places<'a>(&'a self, paths: &'a [Spanned<String>]) -> impl Iterator<Item = NamedPath> + 'a {
        paths.iter().map(|path| NamedPath {
            path: self.folder().join(path.get_ref()),
            unusable: self.fault(path, String::new()),
        })
    }

    /// A glob relative to the file's folder.
    fn glob(&self, pattern: &Spanned<String>) -> Result<Glob, ConfigError> {
        let folder = globset::escape(&self.folder().to_string_lossy());
        Glob::new(&format!("{folder}/{}", pattern.get_ref()))
            .map_err(|error| self.fault(pattern, format!("not a glob: {}", error.kind())))
    }

    fn globs(&self, patterns: &[Spanned<String>]) -> Result<GlobSet, ConfigError> {
        let mut set = GlobSetBuilder::new();
        for pattern in patterns {
            set.add(self.glob(pattern)?);
        }
        set.build().map_err(|error| ConfigError::new(&self.path, error.to_string()))
    }

    fn fallback(&self) -> Result<Option<Fallback>, ConfigError> {
        let Some(name) = &self.file.encoding else { return Ok(None) };
        if name.get_ref().eq_ignore_ascii_case("utf-8") {
            return Ok(None);
        }
        Fallback::named(name.get_ref()).map(Some).ok_or_else(|| {
            let reason =
                format!("no encoding is called “{}”; there is “windows-1252”, for one", name.get_ref());
            self.fault(name, reason)
        })
    }
}

/// A path that a configuration names, and the error for when it cannot be used (its reason still empty).
#[derive(Debug, Clone)]
pub(super) struct NamedPath {
    pub path: PathBuf,
    unusable: ConfigError,
}

impl NamedPath {
    pub fn fault(&self, reason: impl Into<String>) -> ConfigError {
        ConfigError { reason: reason.into(), ..self.unusable.clone() }
    }
}

/// A configuration and its bases, the farthest base first.
fn read_chain(path: &Path) -> Result<Vec<Layer>, ConfigError> {
    let mut chain: Vec<Layer> = Vec::new();
    let mut next = Some(path.to_owned());
    while let Some(path) = next {
        let layer = Layer::read(&path)?;
        next = match &layer.file.extend {
            Some(base) => {
                let target = layer.folder().join(base.get_ref());
                let same = |a: &Path, b: &Path| fs::canonicalize(a).ok() == fs::canonicalize(b).ok();
                if chain.iter().chain([&layer]).any(|seen| same(&seen.path, &target)) {
                    return Err(layer.fault(base, "this configuration builds on itself"));
                }
                if !target.is_file() {
                    return Err(layer.fault(base, format!("there is no file {}", target.display())));
                }
                Some(target)
            }
            None => None,
        };
        chain.push(layer);
    }
    chain.reverse();
    Ok(chain)
}

/// What the layers say of the letters there can be.
fn expected(layers: &[Layer]) -> Result<Expected, ConfigError> {
    let mut own: Vec<Profile> = Vec::new();
    for (name, profile) in layers.iter().flat_map(|layer| &layer.file.profiles) {
        own.retain(|known| known.name != *name.get_ref());
        let mut profile = profile.clone();
        profile.name.clone_from(name.get_ref());
        if profile.title.is_empty() {
            profile.title.clone_from(name.get_ref());
        }
        own.push(profile);
    }
    let profiles = Profiles::with_own(own).map_err(|(name, reason)| {
        let named = layers.iter().rev().find_map(|layer| {
            let (key, _) = layer.file.profiles.iter().find(|(key, _)| *key.get_ref() == name)?;
            Some(layer.fault(key, format!("the profile “{name}” cannot be used: {reason}")))
        });
        named.expect("the profile stands in one of the files")
    })?;
    let named = layers.iter().rev().find_map(|layer| Some((layer, layer.file.profile.as_ref()?)));
    let profile = match named {
        Some((layer, name)) if name.get_ref() != AUTO => {
            let known = profiles.list().iter().map(|profile| profile.name.as_str());
            Some(profiles.find(name.get_ref()).ok_or_else(|| {
                let found = name.get_ref();
                let reason = match nearest(found, known.clone()) {
                    Some(meant) => format!("no profile is called “{found}”; did you mean “{meant}”?"),
                    None => format!(
                        "no profile is called “{found}”; there are {}",
                        known.collect::<Vec<_>>().join(", ")
                    ),
                };
                layer.fault(name, reason)
            })?)
        }
        _ => None,
    };
    let scope = layers.iter().rev().find_map(|layer| layer.file.scope).unwrap_or_default();
    Ok(Expected { profiles, profile, scope })
}

fn read_words(list: &NamedPath) -> Result<Vec<String>, ConfigError> {
    let text = fs::read_to_string(&list.path)
        .map_err(|error| list.fault(format!("{} cannot be read: {error}", list.path.display())))?;
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    Ok(lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_lowercase).collect())
}

fn default_include() -> GlobSet {
    Glob::new(DEFAULT_INCLUDE)
        .and_then(|glob| GlobSetBuilder::new().add(glob).build())
        .expect("a constant glob")
}

fn folder_of(path: &Path) -> PathBuf {
    absolute(path).parent().map_or_else(PathBuf::new, Path::to_owned)
}

/// A path from the root, without `.` and `..`; links stay, as the user sees them.
pub(super) fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut plain = PathBuf::new();
    for part in path.components() {
        if part == std::path::Component::ParentDir {
            plain.pop();
        } else {
            plain.push(part);
        }
    }
    plain
}

/// Finds the configuration of each letter: the nearest above it, or the one that was named. Each is read once.
#[derive(Debug, Default)]
pub struct Resolver {
    named: Option<Arc<Config>>,
    /// What applies in each folder; none where nothing does.
    applying: Mutex<HashMap<PathBuf, Option<Found>>>,
    /// A folder's own where nothing applies, which holds for no other folder.
    own: Mutex<HashMap<PathBuf, Found>>,
}

type Found = Result<Arc<Config>, ConfigError>;

impl Resolver {
    /// A resolver that knows one configuration.
    #[cfg(test)]
    pub(crate) fn fixed(config: Config) -> Self {
        Self { named: Some(Arc::new(config)), ..Self::default() }
    }

    /// A resolver that takes one configuration for every letter.
    ///
    /// # Errors
    /// When it cannot be used.
    pub fn with(path: &Path) -> Result<Self, ConfigError> {
        Ok(Self { named: Some(Arc::new(Config::read(path)?)), ..Self::default() })
    }

    /// The configuration of a letter, or of a folder.
    ///
    /// # Errors
    /// When it cannot be used.
    pub fn of(&self, path: &Path) -> Found {
        if let Some(config) = &self.named {
            return Ok(config.clone());
        }
        let path = absolute(path);
        let folder = if path.is_dir() { path.as_path() } else { path.parent().unwrap_or(&path) };
        self.applying(folder).unwrap_or_else(|| {
            let mut own = self.own.lock().unwrap_or_else(PoisonError::into_inner);
            let default = || Config::without_file(folder.to_owned()).map(Arc::new);
            own.entry(folder.to_owned()).or_insert_with(default).clone()
        })
    }

    /// Walks up until a folder has a configuration or a baseline, or is a repository's root.
    fn applying(&self, folder: &Path) -> Option<Found> {
        let known = self.applying.lock().unwrap_or_else(PoisonError::into_inner).get(folder).cloned();
        if let Some(found) = known {
            return found;
        }
        let file = folder.join(FILE_NAME);
        let found = if file.symlink_metadata().is_ok() {
            Some(Config::read(&file).map(Arc::new))
        } else if Baseline::path(folder).is_file() || folder.join(REPOSITORY).exists() {
            Some(Config::without_file(folder.to_owned()).map(Arc::new))
        } else {
            folder.parent().and_then(|above| self.applying(above))
        };
        let mut applying = self.applying.lock().unwrap_or_else(PoisonError::into_inner);
        applying.insert(folder.to_owned(), found.clone());
        found
    }
}
