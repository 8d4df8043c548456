//! URIs: clients escape the same one differently.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use tower_lsp::gen_lsp_types::Uri;

/// The decoded form under which a document is found.
pub(super) fn key(uri: &Uri) -> String {
    let text = uri.0.as_bytes();
    let mut decoded = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let escaped = (text[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        let byte = escaped.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        decoded.push(byte.unwrap_or(text[at]));
        at += if byte.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// The file of a URI; none for a document that is no file.
pub(super) fn path_of(uri: &Uri) -> Option<PathBuf> {
    let decoded = key(uri);
    let path = decoded.strip_prefix("file://")?;
    let path = path.strip_prefix("localhost").unwrap_or(path);
    if !path.starts_with('/') {
        // "file://server/letters" is a share of another computer.
        return Some(PathBuf::from(format!("//{path}")));
    }
    // "file:///C:/letters" names a drive.
    let drive = path.strip_prefix('/').filter(|rest| rest.as_bytes().get(1) == Some(&b':'));
    Some(PathBuf::from(drive.unwrap_or(path)))
}

/// The URI of a file.
pub(super) fn uri_of(path: &Path) -> Uri {
    let path = path.to_string_lossy().replace('\\', "/");
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "file:///" });
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~:".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    Uri(uri)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_document_under_every_spelling_of_its_uri() {
        let plain = key(&Uri("file:///letters/a b[1].txt".to_owned()));
        assert_eq!(key(&Uri("file:///letters/a%20b%5b1%5D.txt".to_owned())), plain);
        assert_eq!(key(&Uri("file:///100%.txt".to_owned())), "file:///100%.txt");
    }

    #[test]
    fn paths_and_uris() {
        let path = Path::new("/letters/90° a.txt");
        assert_eq!(uri_of(path).0, "file:///letters/90%C2%B0%20a.txt");
        assert_eq!(path_of(&uri_of(path)), Some(path.to_owned()));
        assert_eq!(path_of(&Uri("file:///c%3A/a.txt".to_owned())), Some(PathBuf::from("c:/a.txt")));
        assert_eq!(path_of(&Uri("file://localhost/a.txt".to_owned())), Some(PathBuf::from("/a.txt")));
        assert_eq!(path_of(&Uri("file://office/a.txt".to_owned())), Some(PathBuf::from("//office/a.txt")));
        assert_eq!(path_of(&Uri("untitled:Untitled-1".to_owned())), None);
    }
}
