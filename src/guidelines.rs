//! `detlint guidelines`: the catalogue of guidelines, for people.

use std::io::Write;

use anyhow::{Result, bail};
use detlint::guideline::catalogue::{Entry, Kind, entries, search};
use detlint::guideline::describe::{heading, in_force, lines};

/// As many entries as are shown in full; more are shown a line each.
const IN_FULL: usize = 12;
/// Columns of text behind the labels.
const WIDTH: usize = 84;

/// Shows what the words of a query describe, or the whole catalogue without its sections.
pub fn show(query: &[String]) -> Result<()> {
    let query = query.join(" ");
    let found: Vec<&Entry> = if query.trim().is_empty() {
        entries().iter().filter(|entry| entry.kind != Kind::Topic).collect()
    } else {
        search(&query)
    };
    if found.is_empty() {
        bail!("the catalogue knows nothing of “{query}”; `detlint guidelines` lists all it knows");
    }
    let mut out = anstream::stdout().lock();
    if found.len() > IN_FULL {
        let width = found.iter().map(|entry| heading(entry).chars().count()).max().unwrap_or(0).min(WIDTH);
        for entry in &found {
            let line = format!("{:width$}  {}", heading(entry), in_force(entry).unwrap_or_default());
            writeln!(out, "{}", line.trim_end())?;
        }
        return Ok(());
    }
    for (index, entry) in found.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", heading(entry))?;
        for (label, text) in lines(entry) {
            let mut label = label;
            for line in wrapped(&text) {
                writeln!(out, "  {label:12}{line}")?;
                label = "";
            }
        }
    }
    Ok(())
}

/// A text as lines of at most so many columns, broken between words.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let Some(line) = lines.last_mut() else { break };
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}
