//! `--since`: only what changed in a git repository.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

#[path = "support/command.rs"]
mod command;

use command::{detlint, folder, status, stderr, stdout, with_input};

const SLIP: &[u8] = b"The pain is mild..\n";

fn git(folder: &Path, args: &[&str]) {
    let output = Command::new("git")
        .args([
            "-c",
            "user.name=Reviewer",
            "-c",
            "user.email=reviewer@example.org",
            "-c",
            "commit.gpgsign=false",
        ])
        .args(args)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "git {args:?}: {}", stderr(&output));
}

/// A repository with letters on `main`, and a branch on which some of them changed.
fn repository() -> TempDir {
    let letter: &[u8] =
        b"CLINICAL CASE SUMMARY\n\nThe pain is mild..\n\nIMR ISSUES, DECISIONS AND RATIONALES\n";
    let root = folder(&[
        ("letters/same.txt", letter),
        ("letters/edited.txt", letter),
        ("letters/staged.txt", letter),
        ("letters/old name.txt", letter),
        ("letters/deleted.txt", letter),
        (".gitignore", b"ignored.txt\n"),
    ]);
    let (at, letters) = (root.path(), root.path().join("letters"));
    git(at, &["init", "--quiet", "--initial-branch=main"]);
    git(at, &["add", "."]);
    git(at, &["commit", "--quiet", "--message=letters"]);
    git(at, &["checkout", "--quiet", "-b", "draft"]);
    let edit = |name: &str| fs::write(letters.join(name), [letter, b"\nMore pain..\n"].concat()).unwrap();
    git(at, &["mv", "letters/old name.txt", "letters/new ” name.txt"]);
    edit("committed.txt");
    git(at, &["add", "."]);
    git(at, &["commit", "--quiet", "--message=drafts"]);
    git(at, &["rm", "--quiet", "letters/deleted.txt"]);
    edit("staged.txt");
    git(at, &["add", "letters/staged.txt"]);
    for name in ["edited.txt", "untracked.txt", "ignored.txt"] {
        edit(name);
    }
    root
}

fn checked(folder: &Path, args: &[&str]) -> Vec<String> {
    let output = detlint(folder, &[&["--check", "--output-format", "json"], args].concat());
    let report: serde_json::Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", stderr(&output)));
    report["files"].as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn only_what_changed_is_checked() {
    let root = repository();
    let changed = ["committed.txt", "edited.txt", "new ” name.txt", "staged.txt", "untracked.txt"];
    let of = |folder: &str| changed.map(|name| format!("{folder}{name}"));
    assert_eq!(checked(root.path(), &["letters", "--since", "main"]), of("letters/"));
    assert_eq!(checked(root.path(), &[".", "--since", "main"]), of("./letters/"));
    assert_eq!(checked(&root.path().join("letters"), &[".", "--since", "main"]), of("./"));
    let root_path = root.path().to_str().unwrap();
    assert_eq!(
        checked(Path::new("/"), &[root_path, "--since", "main"]),
        of(&format!("{root_path}/letters/"))
    );
    let named = ["letters/same.txt", "letters/edited.txt", "--since", "main"];
    assert_eq!(checked(root.path(), &named), ["letters/edited.txt"]);
    // What others did on the main branch in the meantime is theirs.
    git(root.path(), &["stash", "--quiet", "--include-untracked"]);
    git(root.path(), &["checkout", "--quiet", "main"]);
    fs::write(root.path().join("letters/same.txt"), "CLINICAL CASE SUMMARY\n").unwrap();
    git(root.path(), &["commit", "--quiet", "--all", "--message=theirs"]);
    git(root.path(), &["checkout", "--quiet", "draft"]);
    assert_eq!(
        checked(root.path(), &["letters", "--since", "main"]),
        ["letters/committed.txt", "letters/new ” name.txt"]
    );
}

#[test]
fn nothing_changed_is_clean() {
    let root = repository();
    git(root.path(), &["add", "."]);
    git(root.path(), &["commit", "--quiet", "--message=all"]);
    let output = detlint(root.path(), &["--check", "letters", "--since", "HEAD"]);
    assert_eq!((status(&output), stdout(&output).as_str()), (0, "0 letters: nothing found\n"));
    // But a file that is not there is told, whatever changed.
    assert_eq!(status(&detlint(root.path(), &["--check", "letters/missing.txt", "--since", "HEAD"])), 2);
}

#[cfg(unix)]
#[test]
fn a_link_counts_by_what_it_leads_to() {
    let root = repository();
    std::os::unix::fs::symlink("edited.txt", root.path().join("letters/link.txt")).unwrap();
    std::os::unix::fs::symlink("same.txt", root.path().join("letters/same-link.txt")).unwrap();
    git(root.path(), &["add", "letters/link.txt", "letters/same-link.txt"]);
    git(root.path(), &["commit", "--quiet", "--message=links"]);
    assert!(checked(root.path(), &["letters", "--since", "HEAD"]).contains(&"letters/link.txt".to_owned()));
    assert!(
        !checked(root.path(), &["letters", "--since", "HEAD"]).contains(&"letters/same-link.txt".to_owned())
    );
}

#[test]
fn without_git_or_the_revision_it_says_what_helps() {
    let root = repository();
    let outside = folder(&[("a.txt", SLIP)]);
    let refused = |folder: &Path, args: &[&str], told: &str| {
        let output = detlint(folder, &[&["--check"], args].concat());
        assert_eq!((status(&output), stdout(&output).as_str()), (2, ""), "{args:?}");
        assert!(stderr(&output).contains(told), "{args:?}: {}", stderr(&output));
    };
    refused(root.path(), &["letters", "--since", "no-such-branch"], "fetch it first");
    refused(root.path(), &["letters", "--since=--output=x"], "fetch it first");
    refused(outside.path(), &["a.txt", "--since", "main"], "leave --since out");
    let output = with_input(root.path(), &["--check", "-", "--since", "main"], SLIP);
    assert_eq!(status(&output), 2);
    let without_git = Command::new(env!("CARGO_BIN_EXE_detlint"))
        .args(["--check", "letters", "--since", "main"])
        .current_dir(root.path())
        .env("PATH", "")
        .output()
        .unwrap();
    assert_eq!(status(&without_git), 2);
    assert!(stderr(&without_git).contains("needs git"), "{}", stderr(&without_git));
    // A shallow clone has lost where the branches parted.
    git(root.path(), &["checkout", "--quiet", "--force", "--orphan", "unrelated"]);
    git(root.path(), &["commit", "--quiet", "--message=unrelated"]);
    refused(root.path(), &["letters", "--since", "main"], "fetch the whole history");
}
