//! Generated parts of the README: checked, or rewritten when `UPDATE` is set.

use std::path::Path;
use std::{env, fs};

/// Holds what stands between the marks `name: begin` and `name: end` against what it should be.
pub fn keep_in_readme(name: &str, test: &str, expected: &str) {
    let begin = format!("<!-- {name}: begin (generated: UPDATE=1 cargo test --test {test}) -->\n");
    let end = format!("<!-- {name}: end -->");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let start = readme.find(&begin).expect("the README marks where it begins") + begin.len();
    let end = start + readme[start..].find(&end).expect("the README marks where it ends");
    if env::var_os("UPDATE").is_some() {
        fs::write(&path, [&readme[..start], expected, &readme[end..]].concat()).unwrap();
    } else {
        assert_eq!(&readme[start..end], expected, "run UPDATE=1 cargo test --test {test}");
    }
}
