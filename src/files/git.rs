//! What changed in a git repository, as git tells it.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The files of the repository around a folder that are not as they were where this branch left `revision`: changed,
/// new or renamed, whether they were committed or not; also those that git does not know yet. What was deleted is not
/// among them.
///
/// # Errors
/// Why git cannot tell, and what helps.
pub fn changed_since(revision: &str, folder: &Path) -> Result<HashSet<PathBuf>, String> {
    let root = git(folder, &["rev-parse", "--show-toplevel"]).map_err(|reason| match reason {
        Reason::NoGit => "--since needs git, which is not installed".to_owned(),
        Reason::Refused(told) => format!(
            "{}: --since is for a git repository, and git says: {told}; leave --since out",
            folder.display()
        ),
    })?;
    let root = path(line(&root)).to_owned();
    let commit = git(&root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{revision}^{{commit}}")])
        .map_err(|_| format!(
            "--since {revision}: this repository has no such revision; fetch it first (git fetch; in GitHub Actions \
             “fetch-depth: 0” for actions/checkout)"
        ))?;
    let changed = ["diff", "--merge-base", "--name-only", "-z", "--no-renames", "--diff-filter=d"];
    let commit = String::from_utf8_lossy(line(&commit)).into_owned();
    let changed = git(&root, &[&changed[..], &[&commit]].concat()).map_err(|reason| {
        let told = match reason {
            Reason::NoGit => "git is gone".to_owned(),
            Reason::Refused(told) => told,
        };
        format!(
            "--since {revision}: git says: {told}; fetch the whole history (git fetch --unshallow; in GitHub Actions \
             “fetch-depth: 0” for actions/checkout)"
        )
    })?;
    let unknown = git(&root, &["ls-files", "--others", "--exclude-standard", "-z"])
        .map_err(|_| format!("--since {revision}: git cannot list new files"))?;
    let names = [&changed, &unknown].into_iter().flat_map(|list| list.split(|byte| *byte == 0));
    Ok(names.filter(|name| !name.is_empty()).map(|name| root.join(path(name))).collect())
}

#[cfg(unix)]
fn path(name: &[u8]) -> &Path {
    use std::os::unix::ffi::OsStrExt;
    Path::new(std::ffi::OsStr::from_bytes(name))
}

#[cfg(not(unix))]
fn path(name: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(name).into_owned())
}

/// A line of git's answer.
fn line(answer: &[u8]) -> &[u8] {
    let end = answer.iter().rposition(|byte| !matches!(byte, b'\n' | b'\r')).map_or(0, |last| last + 1);
    &answer[..end]
}

enum Reason {
    NoGit,
    /// What git said.
    Refused(String),
}

fn git(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, Reason> {
    let output = Command::new("git").arg("-C").arg(folder).args(arguments).output();
    let output = output.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Reason::NoGit,
        _ => Reason::Refused(error.to_string()),
    })?;
    if !output.status.success() {
        let told = String::from_utf8_lossy(&output.stderr);
        return Err(Reason::Refused(
            told.lines().next().unwrap_or("nothing").trim_start_matches("fatal: ").to_owned(),
        ));
    }
    Ok(output.stdout)
}
