//! The run: inputs in parallel, results in their order, one exit status.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Error, Result, bail};
use rayon::prelude::*;

use super::accept::Acceptance;
use super::diff::unified_diff;
use super::input::{Input, Only, inputs};
use super::letter::{CheckResult, Checked, check, settings};
use super::options::{FixMode, InputFormat, Options, Target};
use super::output::Output;
use super::progress::Progress;
use super::report::{Checked as Reported, Report, Reports, Summary, Terms};
use super::watch::watch;
use crate::config::{ConfigError, Resolver};
use crate::files::changed_since;

/// How the run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Nothing at or above the level that fails.
    Clean,
    /// Findings.
    Findings,
    /// Something could not be read, or a path has no letter under it.
    Incomplete,
}

/// Inputs that are worked on before their results are written: enough to keep the cores busy, few enough to keep
/// memory flat.
const BATCH: usize = 256;

/// Checks what the options name and writes the reports.
///
/// # Errors
/// When the options cannot be followed (an unknown lint, `--fix` on JSON lines) or a report cannot be written.
pub fn run(options: &Options) -> Result<Status> {
    let reads_stdin = options.paths.iter().any(|path| path.as_os_str() == "-");
    if options.write_baseline && reads_stdin {
        bail!("--write-baseline is for letters in files; standard input has no name to remember");
    }
    if options.since.is_some() && (reads_stdin || options.input_format == InputFormat::Jsonl) {
        bail!("--since is for letters in files of a git repository");
    }
    refuse_to_overwrite(options)?;
    if options.fix != FixMode::None && options.input_format == InputFormat::Jsonl {
        bail!("--fix and --diff change files; records of JSON lines cannot be written back");
    }
    if let Some(jobs) = options.jobs {
        rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global().context("starting threads")?;
    }
    if options.watch {
        return watch(options);
    }
    match &options.since {
        Some(revision) => run_once(options, Some(&changed(options, revision)?)),
        None => run_once(options, None),
    }
}

/// A report in the place of a letter would be the end of that letter.
fn refuse_to_overwrite(options: &Options) -> Result<()> {
    let files: Vec<&Path> = options.outputs.iter().filter_map(|output| output.file.as_deref()).collect();
    for (index, file) in files.iter().enumerate() {
        let is_same = |other: &Path| match (other.canonicalize(), file.canonicalize()) {
            (Ok(other), Ok(file)) => other == file,
            _ => other == *file,
        };
        if options.paths.iter().any(|path| is_same(path) && path.is_file()) {
            bail!("{}: this letter would be overwritten by the report", file.display());
        }
        if files[..index].iter().any(|other| is_same(other)) {
            bail!("{}: two reports cannot go to one file", file.display());
        }
    }
    Ok(())
}

/// The files that changed in the repositories of what the options name.
fn changed(options: &Options, revision: &str) -> Result<Only> {
    let mut folders: Vec<&Path> = Vec::new();
    for path in &options.paths {
        let folder = if path.is_dir() { path } else { path.parent().unwrap_or(path) };
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        if !folders.contains(&folder) {
            folders.push(folder);
        }
    }
    let mut changed = Only::new();
    for folder in folders {
        changed.extend(changed_since(revision, folder).map_err(Error::msg)?);
    }
    Ok(changed)
}

pub(super) fn resolver(options: &Options) -> Result<Resolver> {
    Ok(match &options.config {
        Some(path) => Resolver::with(path)?,
        None => Resolver::default(),
    })
}

fn reports(options: &Options) -> Result<Reports> {
    let terms = |source| Terms {
        source: options.source.unwrap_or(source),
        show_hints: options.show_hints,
        fail_on: options.fail_on,
    };
    let report = |target: &Target| {
        let output = Output::new(target.file.as_deref(), options)?;
        let terms = terms(target.format.shows_source());
        Ok(if options.statistics {
            Report::statistics(terms, output)
        } else {
            Report::new(target.format, terms, output)
        })
    };
    options.outputs.iter().map(report).collect::<Result<_>>().map(Reports)
}

/// Checks what the options name, or only some of it, and writes the reports.
pub(super) fn run_once(options: &Options, only: Option<&Only>) -> Result<Status> {
    let resolver = resolver(options)?;
    if let Ok(config) = resolver.of(Path::new(".")) {
        settings(&config, ".", options)?;
    }
    let mut report = reports(options)?;
    // Where only some files are looked at, a folder without letters tells nothing.
    let folders = options.paths.iter().filter(|path| only.is_none() && path.is_dir());
    let mut run = Run {
        options,
        summary: Summary::default(),
        without_letters: folders.map(PathBuf::as_path).collect(),
        acceptance: Acceptance::new(options.write_baseline),
        broken: BTreeSet::new(),
        would_change: false,
        failing: false,
        problem: false,
    };
    if !options.diff {
        report.begin()?;
    }
    let mut waiting = inputs(options, &resolver, only);
    let progress = Progress::new();
    loop {
        let batch: Vec<Input> = waiting.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        let checked: Vec<Checked> = batch.into_par_iter().map(|input| check(input, options)).collect();
        progress.around(checked.len(), || {
            checked.into_iter().try_for_each(|checked| run.take(checked, &mut report))
        })?;
    }
    drop(progress);
    run.name_folders_without_letters();
    run.settle_baselines();
    if !options.diff {
        report.end(&run.summary)?;
    }
    report.finish()?;
    Ok(run.status())
}

struct Run<'a> {
    options: &'a Options,
    summary: Summary,
    /// Folders that were named and under which no letter was found yet.
    without_letters: Vec<&'a Path>,
    acceptance: Acceptance,
    /// Faults of configurations, so that each is told once.
    broken: BTreeSet<String>,
    would_change: bool,
    failing: bool,
    problem: bool,
}

impl Run<'_> {
    /// A gate must not pass because it looked in the wrong place.
    fn name_folders_without_letters(&mut self) {
        for folder in std::mem::take(&mut self.without_letters) {
            self.complain(&format!(
                "{}: no determination letter (*.txt, unless “include” names others) is under this folder",
                folder.display()
            ));
        }
    }

    /// Writes the baselines, or tells what of them is out of date.
    fn settle_baselines(&mut self) {
        let told = if self.options.write_baseline {
            self.acceptance.write()
        } else if self.options.select.is_empty() && self.options.ignore.is_empty() {
            self.acceptance.stale()
        } else {
            Vec::new()
        };
        for line in told {
            match line {
                Ok(note) => drop(writeln!(io::stderr(), "detlint: {note}")),
                Err(fault) => self.complain(&fault),
            }
        }
    }

    fn unconfigured(&mut self, name: &str, error: &ConfigError, report: &mut Reports) -> Result<()> {
        let reason = error.to_string();
        self.summary.unreadable += 1;
        if self.broken.insert(reason.clone()) {
            self.complain(&reason);
        }
        self.without_letters.retain(|folder| !Path::new(name).starts_with(folder));
        if self.options.diff { Ok(()) } else { report.unreadable(name, &reason) }
    }

    fn complain(&mut self, message: &str) {
        self.problem = true;
        // Standard error may be closed; the exit status still tells.
        let _ = writeln!(io::stderr(), "detlint: {message}");
    }

    fn take(&mut self, checked: Checked, report: &mut Reports) -> Result<()> {
        match checked.result {
            CheckResult::NoLetter => Ok(()),
            CheckResult::Unreadable(reason) => {
                self.summary.unreadable += 1;
                self.complain(&format!("{}: {reason}", checked.name));
                if self.options.diff { Ok(()) } else { report.unreadable(&checked.name, &reason) }
            }
            CheckResult::Unconfigured(error) => self.unconfigured(&checked.name, &error, report),
            CheckResult::Letter { document, parts, outcome, unread, unfixed, fixed, config } => {
                self.without_letters.retain(|folder| !Path::new(&checked.name).starts_with(folder));
                self.summary.add(&outcome.findings);
                self.failing |= outcome.findings.iter().any(|finding| finding.level >= self.options.fail_on);
                self.acceptance.add(&config, Path::new(&checked.name), &outcome);
                for lint in &outcome.crashed {
                    let name = &config.catalogue.get(*lint).name;
                    self.complain(&format!(
                        "{}: {name} failed on this letter (a fault of detlint; its other lints ran)",
                        checked.name
                    ));
                }
                if let Some(kind) = unfixed {
                    let name = &checked.name;
                    let note =
                        format!("{name}: not fixed: {kind} is only read; correct what it was made from");
                    let _ = writeln!(io::stderr(), "detlint: {note}");
                }
                if let Some(fixed) = fixed {
                    self.summary.fixed += fixed.applied;
                    self.would_change |= fixed.before != fixed.after;
                    if self.options.diff {
                        return report.text(&unified_diff(&checked.name, &fixed.before, &fixed.after));
                    }
                    if let Some(bytes) = fixed.for_stdout {
                        io::stdout().lock().write_all(&bytes)?;
                    }
                }
                if self.options.diff {
                    return Ok(());
                }
                report.letter(&Reported {
                    name: &checked.name,
                    document: &document,
                    parts: &parts,
                    findings: &outcome.findings,
                    unread: &unread,
                    catalogue: &config.catalogue,
                })
            }
        }
    }

    fn status(&self) -> Status {
        if self.problem {
            Status::Incomplete
        } else if self.options.exit_zero || self.options.write_baseline {
            Status::Clean
        } else if self.options.diff && self.would_change || !self.options.diff && self.failing {
            Status::Findings
        } else {
            Status::Clean
        }
    }
}
