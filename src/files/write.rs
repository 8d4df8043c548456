//! Writing a letter back: the old one or the new one, never half of it.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A file in the making: what stood at its path stays until it is whole, and when it is given up.
#[derive(Debug)]
pub struct Draft {
    file: NamedTempFile,
    target: PathBuf,
    /// Whether the target stood there when the draft was begun.
    replaces: bool,
}

impl Draft {
    /// Begins a file. What stands there already keeps its permissions; a symbolic link stays, and its target is replaced.
    ///
    /// # Errors
    /// When the folder or the file cannot be written.
    pub fn new(path: &Path) -> io::Result<Self> {
        if path.exists() { Self::replacement(path) } else { Self::addition(path) }
    }

    fn replacement(path: &Path) -> io::Result<Self> {
        let target = fs::canonicalize(path)?;
        let metadata = fs::metadata(&target)?;
        if metadata.is_dir() {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
        }
        if metadata.permissions().readonly() {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
        }
        let file = NamedTempFile::new_in(folder_of(&target))?;
        #[cfg(unix)]
        {
            // Whoever may write in a folder may not always give files away; permissions are set after, for they get lost.
            use std::os::unix::fs::{MetadataExt, fchown};
            let own = file.as_file().metadata()?;
            if (own.uid(), own.gid()) != (metadata.uid(), metadata.gid()) {
                let _ = fchown(file.as_file(), Some(metadata.uid()), Some(metadata.gid()));
            }
        }
        file.as_file().set_permissions(metadata.permissions())?;
        Ok(Self { file, target, replaces: true })
    }

    fn addition(path: &Path) -> io::Result<Self> {
        let file = NamedTempFile::new_in(folder_of(path))?;
        #[cfg(unix)]
        {
            // A temporary file is its owner's alone; a new file of a repository is for everybody who may read that.
            use std::os::unix::fs::PermissionsExt;
            file.as_file().set_permissions(fs::Permissions::from_mode(0o644))?;
        }
        Ok(Self { file, target: path.to_owned(), replaces: false })
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// When that cannot be done, or a new file's place was taken in the meantime; what stands there is then as it was.
    pub fn persist(self) -> io::Result<()> {
        self.file.as_file().sync_all()?;
        let persisted = if self.replaces {
            self.file.persist(&self.target)
        } else {
            self.file.persist_noclobber(&self.target)
        };
        persisted.map(drop).map_err(|error| error.error)
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Replaces the content of a file that still holds what was read from it, keeping its permissions. A symbolic link stays,
/// and its target is replaced.
///
/// # Errors
/// When the folder or the file cannot be written, or somebody else wrote it in the meantime; the file is then as it was.
pub fn replace(path: &Path, before: &[u8], after: &[u8]) -> io::Result<()> {
    let mut draft = Draft::replacement(path)?;
    draft.write_all(after)?;
    // Looked at as late as can be: what a person saved a moment ago is worth more than a fix.
    if fs::read(&draft.target)? != before {
        return Err(io::Error::other("it was changed in the meantime; check it again"));
    }
    draft.persist()
}

/// Writes a file that need not exist yet.
///
/// # Errors
/// When the folder or the file cannot be written; the file is then as it was.
pub fn write_new_atomically(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut draft = Draft::new(path)?;
    draft.write_all(content)?;
    draft.persist()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_stays_and_permissions_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let letter = folder.path().join("letter.txt");
        fs::write(&letter, "old").unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::{PermissionsExt, symlink};
            fs::set_permissions(&letter, fs::Permissions::from_mode(0o640)).unwrap();
            let link = folder.path().join("link.txt");
            symlink(&letter, &link).unwrap();
            replace(&link, b"old", b"new").unwrap();
            assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
            assert_eq!(fs::metadata(&letter).unwrap().permissions().mode() & 0o777, 0o640);
        }
        #[cfg(not(unix))]
        replace(&letter, b"old", b"new").unwrap();
        assert_eq!(fs::read_to_string(&letter).unwrap(), "new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), if cfg!(unix) { 2 } else { 1 });
    }

    #[test]
    fn what_somebody_else_wrote_or_took_away_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let letter = folder.path().join("letter.txt");
        fs::write(&letter, "saved a moment ago").unwrap();
        assert!(replace(&letter, b"old", b"new").is_err());
        assert_eq!(fs::read_to_string(&letter).unwrap(), "saved a moment ago");
        fs::remove_file(&letter).unwrap();
        assert_eq!(replace(&letter, b"old", b"new").unwrap_err().kind(), io::ErrorKind::NotFound);
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            0,
            "nothing comes back, and nothing is left"
        );
    }

    #[test]
    fn a_draft_that_is_given_up_leaves_what_stood_there() {
        let folder = tempfile::tempdir().unwrap();
        let report = folder.path().join("report.txt");
        for before in [None, Some("old")] {
            if let Some(before) = before {
                fs::write(&report, before).unwrap();
            }
            let mut draft = Draft::new(&report).unwrap();
            draft.write_all(b"half").unwrap();
            drop(draft);
            assert_eq!(fs::read_to_string(&report).ok().as_deref(), before);
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), usize::from(before.is_some()));
        }
        assert!(Draft::new(folder.path()).is_err(), "a folder is no file");
    }
}
