//! `detlint init`, `detlint config` and `detlint test-lints`: the house's settings, for people.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use detlint::check::Status;
use detlint::config::{CONFIG_NAME, Config, ConfigFile, Origin, Resolver, TEMPLATE, lint_files, load_house};
use detlint::engine::check_examples;

/// Writes a commented configuration into the present folder.
pub fn init() -> Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(CONFIG_NAME).map_err(|error| {
        match error.kind() {
            io::ErrorKind::AlreadyExists => {
                anyhow::anyhow!("{CONFIG_NAME} is there already; it was left as it is")
            }
            _ => anyhow::Error::new(error).context(format!("{CONFIG_NAME} cannot be written")),
        }
    })?;
    file.write_all(TEMPLATE.as_bytes()).with_context(|| format!("{CONFIG_NAME} cannot be written"))?;
    writeln!(anstream::stdout(), "{CONFIG_NAME} is written; `detlint config .` shows what applies")?;
    Ok(())
}

/// Shows what applies to a letter, from which file and line.
pub fn show(path: &Path) -> Result<()> {
    let config = Resolver::default().of(path)?;
    let mut out = anstream::stdout().lock();
    match &config.path {
        Some(file) => writeln!(out, "configuration  {}", file.display())?,
        None => writeln!(
            out,
            "configuration  none ({CONFIG_NAME} is in no folder above; `detlint init` writes one)"
        )?,
    }
    if path.is_file() {
        let checked = if config.includes(path) { "is checked" } else { "is left out" };
        writeln!(out, "in a folder    {} {checked} if it is a letter", path.display())?;
    }
    let profile = config.expected.profile.map_or("auto", |profile| &profile.name);
    writeln!(out, "profile        {profile}")?;
    writeln!(out, "scope          {}", config.expected.scope.name())?;
    writeln!(out, "audience       {}", config.audience.name())?;
    writeln!(
        out,
        "encoding       UTF-8{}",
        config.fallback.map(|other| format!(", else {}", other.name())).unwrap_or_default()
    )?;
    writeln!(out, "words          {} accepted", config.words.len())?;
    writeln!(out, "house lints    {}", config.house.len())?;
    writeln!(out, "baseline       {} findings accepted in this letter\n", accepted(&config, path))?;
    for (id, level, origin) in config.explain(path) {
        let name = &config.catalogue.get(id).name;
        let level = level.map_or("off", detlint::engine::Level::name);
        match origin {
            Origin::Default => writeln!(out, "{name:24} {level:8} default")?,
            Origin::File { path, line } => writeln!(out, "{name:24} {level:8} {}:{line}", path.display())?,
        }
    }
    Ok(())
}

fn accepted(config: &Config, path: &Path) -> usize {
    config.baseline.accepted(&config.key(path)).values().sum()
}

/// Shows the JSON schema of the configuration.
pub fn schema() -> Result<()> {
    anstream::stdout().write_all(ConfigFile::schema().as_bytes())?;
    Ok(())
}

/// Runs the examples of a house's own lints: those under the paths, or those of the configuration.
pub fn test_lints(paths: &[PathBuf]) -> Result<Status> {
    let files = if paths.is_empty() {
        Resolver::default().of(Path::new("."))?.house.clone()
    } else {
        paths
            .iter()
            .flat_map(|path| if path.is_dir() { lint_files(path) } else { vec![path.clone()] })
            .collect()
    };
    if files.is_empty() {
        bail!("there are no lints to test: name a folder, or set house-lints in {CONFIG_NAME}");
    }
    let catalogue = load_house(&files)?;
    let mut out = anstream::stdout().lock();
    let mut status = Status::Clean;
    // The house's lints stand behind the product's, in the order of their files.
    let house = catalogue.iter().skip(catalogue.len() - files.len());
    for ((id, lint), file) in house.zip(&files) {
        let failures = check_examples(&catalogue, id);
        let verdict = if failures.is_empty() { "every example holds" } else { "" };
        writeln!(out, "{} ({}): {verdict}", lint.name, file.display())?;
        for failure in failures {
            status = Status::Findings;
            writeln!(out, "  {}\n    {}", failure.reason, failure.example.trim().replace('\n', "\n    "))?;
        }
    }
    Ok(status)
}
