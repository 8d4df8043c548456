//! Finding letters under the paths that a user names.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

/// A file to check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its path, under the path that was named.
    pub path: PathBuf,
    /// Whether the user named the file itself. Otherwise a folder was named, and only letters in it count.
    pub named: bool,
}

/// The files under a path, in the order of their names; hidden files and what `.gitignore` lists are left out, and of a
/// folder those that cannot be letters.
///
/// # Errors
/// The path and the reason for each part that cannot be read; the rest is found all the same.
pub fn find(
    path: &Path,
    can_be_letter: impl Fn(&Path) -> bool,
) -> impl Iterator<Item = Result<Found, (PathBuf, String)>> {
    let is_folder = path.is_dir();
    let itself = (!is_folder).then(|| Ok(Found { path: path.to_owned(), named: true }));
    // Folders are read as their turn comes: there may be a million letters.
    let walk =
        is_folder.then(|| WalkBuilder::new(path).sort_by_file_path(Ord::cmp).follow_links(true).build());
    let below = walk.into_iter().flatten().filter_map(move |entry| match entry {
        Ok(entry) => {
            let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
            (is_file && can_be_letter(entry.path()))
                .then(|| Ok(Found { path: entry.into_path(), named: false }))
        }
        Err(error) => Some(Err((path.to_owned(), error.to_string()))),
    });
    itself.into_iter().chain(below)
}
