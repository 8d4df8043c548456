//! Finds the anchors of the lints' patterns, so that a start need not parse patterns whose words stand in no letter.

#[path = "../src/engine/frame/anchors.rs"]
mod anchors;
#[path = "../src/engine/frame/parser.rs"]
mod parser;
#[path = "../src/engine/frame/syntax.rs"]
mod syntax;

use std::fmt::Write;
use std::sync::Arc;

use crate::text::{Key, WordClass};

/// The patterns of a lint's head as a table in Rust: one text, one list of words, and numbers that point into these.
///
/// # Errors
/// What is wrong with one of them.
pub fn compile(head: &toml::Table) -> Result<String, String> {
    let set = |name: &str| {
        let words = strings(head.get("sets")?.get(name)?);
        Some(Arc::new(WordClass::new(words.iter().map(|word| word.to_lowercase()))))
    };
    let (mut text, mut words, mut table) = (String::new(), Vec::new(), String::new());
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
        let anchors::Anchors { words: anchors, before, beside } = anchors::anchors(&steps)
            .ok_or_else(|| format!("pattern “{pattern}” has no word that always stands in it"))?;
        let line = [pattern, &replace.join("\u{1f}"), &unless.join("\u{1f}")].join("\t");
        let start = text.len();
        text.push_str(&line);
        let (offset, beside) =
            beside.map_or((0, Vec::new()), |beside| (beside.offset, beside.words.into_owned()));
        let mut add = |added: Vec<Key>| {
            let start = words.len();
            words.extend(added.iter().map(|word| word.bits()));
            start..words.len()
        };
        let (anchors, beside) = (add(anchors), add(beside));
        writeln!(
            table,
            "BuiltFrame {{ line: {:?}, anchors: {anchors:?}, before: {:?}, beside: ({offset}, {beside:?}) }},",
            start..text.len(),
            (before.start(), before.end()),
        )
        .expect("memory can be written");
        text.push('\n');
    }
    let words = words.iter().map(|word| format!("Key::from_bits({word}),")).collect::<String>();
    Ok(format!("BuiltFrames {{ text: {text:?}, words: &[{words}], frames: &[{table}] }}"))
}

/// The sets of a lint's head, a line each: its name, a tab, and its words.
pub fn sets(head: &toml::Table) -> String {
    let sets = head.get("sets").and_then(toml::Value::as_table).into_iter().flatten();
    sets.map(|(name, words)| format!("{name}\t{}\n", strings(words).join("\u{1f}"))).collect()
}

fn strings(value: &toml::Value) -> Vec<&str> {
    value.as_array().into_iter().flatten().filter_map(toml::Value::as_str).collect()
}
