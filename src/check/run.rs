//! The run: inputs in parallel, results in their order, one exit status.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use similar::TextDiff;

use super::accept::Acceptance;
use super::input::{Input, inputs};
use super::letter::{CheckResult, Checked, check, settings};
use super::options::{FixMode, InputFormat, Options};
use super::output::Output;
use super::report::{Checked as Reported, Report, Summary, Terms};
use crate::config::{ConfigError, Resolver};

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

/// Checks what the options name and writes the report.
///
/// # Errors
/// When the options cannot be followed (an unknown lint, `--fix` on JSON lines) or the report cannot be written.
pub fn run(options: &Options) -> Result<Status> {
    let resolver = match &options.config {
        Some(path) => Resolver::with(path)?,
        None => Resolver::default(),
    };
    if let Ok(config) = resolver.of(Path::new(".")) {
        settings(&config, ".", options)?;
    }
    if options.write_baseline && options.paths.iter().any(|path| path.as_os_str() == "-") {
        bail!("--write-baseline is for letters in files; standard input has no name to remember");
    }
    if options.fix != FixMode::None && options.input_format == InputFormat::Jsonl {
        bail!("--fix and --diff change files; records of JSON lines cannot be written back");
    }
    if let Some(jobs) = options.jobs {
        rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global().context("starting threads")?;
    }
    let terms = Terms {
        source: options.source.unwrap_or(options.format.shows_source()),
        show_hints: options.show_hints,
        fail_on: options.fail_on,
    };
    let output = Output::new(options)?;
    let mut report = if options.statistics {
        Report::statistics(terms, output)
    } else {
        Report::new(options.format, terms, output)
    };
    let mut run = Run {
        options,
        summary: Summary::default(),
        without_letters: options.paths.iter().filter(|path| path.is_dir()).map(PathBuf::as_path).collect(),
        acceptance: Acceptance::default(),
        broken: BTreeSet::new(),
        would_change: false,
        failing: false,
        problem: false,
    };
    if !options.diff {
        report.begin()?;
    }
    let mut waiting = inputs(options, &resolver).into_iter();
    loop {
        let batch: Vec<Input> = waiting.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        let checked: Vec<Checked> = batch.into_par_iter().map(|input| check(input, options)).collect();
        for checked in checked {
            run.take(checked, &mut report)?;
        }
    }
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
                "{}: no determination letter (*.txt) is under this folder",
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

    fn unconfigured(&mut self, name: &str, error: &ConfigError, report: &mut Report) -> Result<()> {
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

    fn take(&mut self, checked: Checked, report: &mut Report) -> Result<()> {
        match checked.result {
            CheckResult::NoLetter => Ok(()),
            CheckResult::Unreadable(reason) => {
                self.summary.unreadable += 1;
                self.complain(&format!("{}: {reason}", checked.name));
                if self.options.diff { Ok(()) } else { report.unreadable(&checked.name, &reason) }
            }
            CheckResult::Unconfigured(error) => self.unconfigured(&checked.name, &error, report),
            CheckResult::Letter { document, outcome, fixed, config } => {
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
                report.letter(&Reported {
                    name: &checked.name,
                    document: &document,
                    findings: &outcome.findings,
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

fn unified_diff(name: &str, before: &str, after: &str) -> String {
    if before == after {
        return String::new();
    }
    TextDiff::from_lines(before, after).unified_diff().context_radius(2).header(name, name).to_string()
}
