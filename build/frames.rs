//! Finds the anchors of the lints' patterns, so that a start need not parse patterns whose words stand in no letter.

#[path = "../src/engine/frame/anchors.rs"]
mod anchors;
#[path = "../src/engine/frame/parser.rs"]
mod parser;
#[path = "../src/engine/frame/syntax.rs"]
mod syntax;

use std::fmt::Write;
use std::sync::Arc;

use crate::text::WordClass;

/// The patterns of a lint's head as a table in Rust.
///
/// # Errors
/// What is wrong with one of them.
pub fn compile(head: &toml::Table) -> Result<String, String> {
    let set = |name: &str| {
        let words = strings(head.get("sets")?.get(name)?);
        Some(Arc::new(WordClass::new(words.iter().map(|word| word.to_lowercase()))))
    };
    let mut table = String::from("&[");
    for frame in head.get("frame").and_then(toml::Value::as_array).into_iter().flatten() {
        let pattern = frame.get("pattern").and_then(toml::Value::as_str).unwrap_or_default();
        let list = |key: &str| frame.get(key).map(strings).unwrap_or_default();
        let (unless, replace) = (list("unless"), list("replace"));
        for unless in &unless {
            parser::Parser::parse(unless, &set)?;
        }
        let steps = parser::Parser::parse(pattern, &set)?;
        if !pattern.contains('«') {
            return Err(format!("pattern “{pattern}” flags nothing: put «…» around what is wrong"));
        }
        let anchors = anchors::anchors(&steps)
            .ok_or_else(|| format!("pattern “{pattern}” has no word that always stands in it"))?;
        let words: Vec<u64> = anchors.words.iter().map(|word| word.bits()).collect();
        writeln!(
            table,
            "BuiltFrame {{ pattern: {pattern:?}, replace: &{replace:?}, unless: &{unless:?}, anchors: &{words:?}, \
             before: {:?} }},",
            anchors.before
        )
        .expect("memory can be written");
    }
    table.push(']');
    Ok(table)
}

fn strings(value: &toml::Value) -> Vec<&str> {
    value.as_array().into_iter().flatten().filter_map(toml::Value::as_str).collect()
}
