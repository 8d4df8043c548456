//! How a CI finds a letter: by its path in the repository.

use std::path::{MAIN_SEPARATOR, Path};

/// The path from the present folder (a CI's is the repository's root) with slashes; what lies outside keeps its own.
pub(super) fn repository_path(name: &str) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    from_folder(name, &here)
}

fn from_folder(name: &str, folder: &Path) -> String {
    let path = Path::new(name);
    let path = path.strip_prefix(folder).or_else(|_| path.strip_prefix(".")).unwrap_or(path);
    path.to_string_lossy().replace(MAIN_SEPARATOR, "/")
}

/// The same as a URI reference.
pub(super) fn repository_uri(name: &str) -> String {
    let path = repository_path(name);
    let mut uri = match path.as_bytes() {
        [b'/', ..] => "file://".to_owned(),
        [_, b':', b'/', ..] if cfg!(windows) => "file:///".to_owned(),
        _ => String::new(),
    };
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_of_the_repository() {
        let folder = Path::new("/home/reviewer/letters");
        assert_eq!(from_folder("./a/b.txt", folder), "a/b.txt");
        assert_eq!(from_folder("/home/reviewer/letters/a.txt", folder), "a.txt");
        assert_eq!(from_folder("/home/other/a.txt", folder), "/home/other/a.txt");
        assert_eq!(from_folder("<stdin>", folder), "<stdin>");
    }

    #[test]
    fn uris_hold_nothing_that_must_be_escaped() {
        assert_eq!(repository_uri("draft: é 50%.txt"), "draft%3A%20%C3%A9%2050%25.txt");
        assert_eq!(repository_uri("/no such folder/a.txt"), "file:///no%20such%20folder/a.txt");
    }
}
