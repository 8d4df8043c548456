//! Writing a letter back: the old one or the new one, never half of it.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use tempfile::NamedTempFile;

/// Replaces a file's content, keeping its permissions. A symbolic link stays, and its target is replaced.
///
/// # Errors
/// When the folder or the file cannot be written; the file is then as it was.
pub fn write_atomically(path: &Path, content: &[u8]) -> io::Result<()> {
    let target = fs::canonicalize(path)?;
    let folder = target.parent().unwrap_or_else(|| Path::new("."));
    let metadata = fs::metadata(&target)?;
    if metadata.permissions().readonly() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
    }
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(content)?;
    file.as_file().set_permissions(metadata.permissions())?;
    file.as_file().sync_all()?;
    file.persist(&target).map_err(|error| error.error)?;
    Ok(())
}

/// Writes a file that need not exist yet.
///
/// # Errors
/// When the folder or the file cannot be written; the file is then as it was.
pub fn write_new_atomically(path: &Path, content: &[u8]) -> io::Result<()> {
    if path.exists() {
        return write_atomically(path, content);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = NamedTempFile::new_in(folder.unwrap_or_else(|| Path::new(".")))?;
    file.write_all(content)?;
    #[cfg(unix)]
    {
        // A temporary file is its owner's alone; a new file of a repository is for everybody who may read that.
        use std::os::unix::fs::PermissionsExt;
        file.as_file().set_permissions(fs::Permissions::from_mode(0o644))?;
    }
    file.as_file().sync_all()?;
    file.persist_noclobber(path).map_err(|error| error.error)?;
    Ok(())
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
            write_atomically(&link, b"new").unwrap();
            assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
            assert_eq!(fs::metadata(&letter).unwrap().permissions().mode() & 0o777, 0o640);
        }
        #[cfg(not(unix))]
        write_atomically(&letter, b"new").unwrap();
        assert_eq!(fs::read_to_string(&letter).unwrap(), "new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), if cfg!(unix) { 2 } else { 1 });
    }
}
