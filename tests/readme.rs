//! The README's lint table is the catalogue's. `UPDATE=1 cargo test --test readme` rewrites it.

use std::fmt::Write;
use std::path::Path;

use detlint::lints::catalogue;

#[path = "support/readme.rs"]
mod readme;

use readme::keep_in_readme;

fn table() -> String {
    let mut table =
        String::from("| lint | family | level | fix | finds |\n| --- | --- | --- | --- | --- |\n");
    for (_, lint) in catalogue().iter() {
        let page = lint.page().unwrap();
        let first_sentence =
            page.doc.what.trim().split_inclusive(['.', ':']).next().unwrap_or_default().replace('\n', " ");
        let finds = first_sentence.trim_end_matches(['.', ':']);
        let fix = lint.fix.map_or("–", |fix| fix.name());
        writeln!(
            table,
            "| [`{0}`](lints/{1}/{0}.toml) | {1} | {2} | {fix} | {finds} |",
            lint.name,
            lint.family,
            lint.level.name()
        )
        .unwrap();
    }
    table
}

#[test]
fn the_readme_lists_every_lint() {
    keep_in_readme("lints", "readme", &table());
}

/// Every lint of a family lives in that family's folder under its own name.
#[test]
fn every_lint_is_at_home() {
    for (_, lint) in catalogue().iter() {
        let home = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("lints")
            .join(&lint.family)
            .join(format!("{}.toml", lint.name));
        assert!(home.exists(), "{} is missing", home.display());
    }
}
