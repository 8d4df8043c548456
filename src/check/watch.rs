//! Checking again what changes, until the user ends it.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::input::{Only, in_real_folder, inputs};
use super::options::Options;
use super::run::{Status, resolver, run_once};

/// An editor saves a file in several steps: they count as one when they follow each other within this.
const SETTLED: Duration = Duration::from_millis(100);

enum Event {
    /// Files that may have changed.
    Changed(Vec<PathBuf>),
    /// The user wants to end it.
    End,
}

/// Checks what the options name, then again what of it changes.
pub(super) fn watch(options: &Options) -> Result<Status> {
    let (sender, events) = channel();
    let _watcher = watcher(options, sender.clone())?;
    run_once(options, None)?;
    end_on_interrupt(sender);
    say("watching for changes; Ctrl-C ends");
    while let Some(changed) = next(&events) {
        match recheck(options, &changed) {
            Ok(()) => {}
            Err(error) if error.downcast_ref::<io::Error>().is_some() => return Err(error),
            // A configuration that is being written; the next change is another chance.
            Err(error) => say(&format!("{error:#}")),
        }
    }
    Ok(Status::Clean)
}

/// What changed until it has settled; none when it is to end.
fn next(events: &Receiver<Event>) -> Option<BTreeSet<PathBuf>> {
    let mut changed = BTreeSet::new();
    let mut event = events.recv().ok()?;
    loop {
        match event {
            Event::End => return None,
            Event::Changed(paths) => changed.extend(paths),
        }
        match events.recv_timeout(SETTLED) {
            Ok(following) => event = following,
            Err(_) => return Some(changed),
        }
    }
}

/// Checks the letters that changed; all of them when what applies to them did, or when a report holds them all.
fn recheck(options: &Options, changed: &BTreeSet<PathBuf>) -> Result<()> {
    let applies_to_all = |path: &PathBuf| {
        path.is_dir() || path.extension().is_some_and(|extension| extension == "toml" || extension == "json")
    };
    let only: Only = changed.iter().filter(|path| path.is_file()).map(|path| in_real_folder(path)).collect();
    let whole_reports = options.statistics || options.outputs.iter().any(|output| output.file.is_some());
    let own = |path: &PathBuf| options.outputs.iter().any(|output| output.file.as_ref() == Some(path));
    if changed.iter().any(|path| applies_to_all(path) && !own(path)) {
        say("checking again");
        return run_once(options, None).map(drop);
    }
    let names: Vec<String> =
        inputs(options, &resolver(options)?, Some(&only)).map(|input| input.name).collect();
    if names.is_empty() {
        return Ok(());
    }
    say(&format!("changed: {}", names.join(", ")));
    run_once(options, if whole_reports { None } else { Some(&only) }).map(drop)
}

/// Watches the named folders with all below them, the folders of named files, and those of the configurations.
fn watcher(options: &Options, sender: Sender<Event>) -> Result<RecommendedWatcher> {
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Reading a file is an event too.
        if let Ok(event) = event
            && !matches!(event.kind, EventKind::Access(_))
        {
            let _ = sender.send(Event::Changed(event.paths));
        }
    })?;
    let configurations = resolver(options)?;
    let mut folders: BTreeSet<PathBuf> = BTreeSet::new();
    for path in &options.paths {
        if path.as_os_str() == "-" {
            bail!("--watch is for files and folders; standard input ends");
        }
        if path.is_dir() {
            let mode = RecursiveMode::Recursive;
            watcher.watch(path, mode).with_context(|| format!("{}: it cannot be watched", path.display()))?;
        } else {
            folders.insert(folder_of(path));
        }
        if let Ok(config) = configurations.of(path) {
            folders.extend(config.path.iter().chain(&config.house).map(|path| folder_of(path)));
        }
    }
    let named = |folder: &PathBuf| options.paths.contains(folder);
    for folder in folders.iter().filter(|folder| !named(folder)) {
        let mode = RecursiveMode::NonRecursive;
        watcher.watch(folder, mode).with_context(|| format!("{}: it cannot be watched", folder.display()))?;
    }
    Ok(watcher)
}

fn folder_of(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new(".")).to_owned()
}

/// Ends it on Ctrl-C, after what is being written.
fn end_on_interrupt(sender: Sender<Event>) {
    thread::spawn(move || {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_io().build() else { return };
        if runtime.block_on(tokio::signal::ctrl_c()).is_ok() {
            let _ = sender.send(Event::End);
        }
    });
}

fn say(told: &str) {
    let _ = writeln!(io::stderr(), "detlint: {told}");
}
