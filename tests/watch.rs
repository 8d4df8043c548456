//! `--watch`: what changes is checked again, until Ctrl-C.
#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

#[path = "support/command.rs"]
mod command;

use command::{detlint, folder, status};

const SLIP: &str = "CLINICAL CASE SUMMARY\n\nThe pain is mild..\n\nIMR ISSUES, DECISIONS AND RATIONALES\n";

/// A run, line by line.
struct Watch {
    child: Child,
    out: Box<dyn BufRead>,
    err: Box<dyn BufRead>,
}

impl Watch {
    fn new(folder: &Path, args: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_detlint"))
            .args(["--check", "--watch", "--output-format", "concise"])
            .args(args)
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let out = Box::new(BufReader::new(child.stdout.take().unwrap()));
        let err = Box::new(BufReader::new(child.stderr.take().unwrap()));
        Self { child, out, err }
    }

    /// The report up to its last line.
    fn report(&mut self) -> Vec<String> {
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            assert!(self.out.read_line(&mut line).unwrap() > 0, "it ended: {lines:?}");
            lines.push(line.trim_end().to_owned());
            if lines.last().is_some_and(|line| line.contains(" letter")) {
                return lines;
            }
        }
    }

    fn told(&mut self, expected: &str) {
        let mut line = String::new();
        self.err.read_line(&mut line).unwrap();
        assert_eq!(line.trim_end(), format!("detlint: {expected}"));
    }

    /// Ctrl-C.
    fn interrupt(mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

#[test]
fn what_changes_is_checked_again() {
    let folder = folder(&[("letters/a.txt", SLIP.as_bytes()), ("letters/b.txt", SLIP.as_bytes())]);
    let mut watch = Watch::new(folder.path(), &["letters", "--select", "double-period,gender-mismatch"]);
    assert_eq!(watch.report().len(), 3);
    watch.told("watching for changes; Ctrl-C ends");

    // What is no letter, and what is only read, says nothing; the next line is of the next change.
    fs::write(folder.path().join("letters/notes.md"), "x").unwrap();
    fs::write(folder.path().join("letters/a.txt"), SLIP.replace("..", ".")).unwrap();
    watch.told("changed: letters/a.txt");
    assert_eq!(watch.report(), ["1 letter: nothing found"]);

    // As many editors save: a new file takes the place of the old one.
    fs::write(folder.path().join("letters/.b.swp"), SLIP.replace("mild", "severe")).unwrap();
    fs::rename(folder.path().join("letters/.b.swp"), folder.path().join("letters/b.txt")).unwrap();
    watch.told("changed: letters/b.txt");
    assert_eq!(watch.report()[0], "letters/b.txt:3:19: warning[double-period] two stops where one belongs");

    fs::write(folder.path().join("letters/new.txt"), SLIP).unwrap();
    watch.told("changed: letters/new.txt");
    assert_eq!(watch.report().len(), 2);

    fs::write(folder.path().join("letters/detlint.toml"), "exclude = [\"b.txt\", \"new.txt\"]\n").unwrap();
    watch.told("checking again");
    assert_eq!(watch.report(), ["1 letter: nothing found"]);
    assert_eq!(watch.interrupt(), Some(0));
}

#[test]
fn a_named_file_is_watched_too() {
    let folder = folder(&[("a.txt", SLIP.as_bytes()), ("b.txt", SLIP.as_bytes())]);
    let mut watch = Watch::new(folder.path(), &["a.txt", "--select", "double-period"]);
    watch.report();
    watch.told("watching for changes; Ctrl-C ends");
    fs::write(folder.path().join("b.txt"), "Not asked for..\n").unwrap();
    fs::write(folder.path().join("a.txt"), "The pain is mild..\n").unwrap();
    watch.told("changed: a.txt");
    assert_eq!(watch.report()[0], "a.txt:1:17: warning[double-period] two stops where one belongs");
    assert_eq!(watch.interrupt(), Some(0));
}

#[test]
fn it_goes_with_no_option_that_writes_letters() {
    let folder = folder(&[("a.txt", SLIP.as_bytes())]);
    for option in ["--fix", "--unsafe-fixes", "--diff", "--write-baseline", "--since=HEAD"] {
        assert_eq!(status(&detlint(folder.path(), &["--check", "a.txt", "--watch", option])), 2, "{option}");
    }
    assert_eq!(status(&detlint(folder.path(), &["--check", "-", "--watch"])), 2);
}
