//! One JSON object a finding, a line each: a finding of the `json` format with its path. What could not be read is a
//! line with an `error`.

use std::io::Write;

use anyhow::Result;
use serde::Serialize;

use super::json::{JsonFinding, json_finding};
use super::{Checked, Render, Summary, Terms};

pub(super) struct Jsonl;

#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    #[serde(flatten)]
    finding: JsonFinding<'a>,
}

#[derive(Serialize)]
struct Unreadable<'a> {
    path: &'a str,
    error: &'a str,
}

impl Render for Jsonl {
    fn letter(&mut self, out: &mut dyn Write, terms: Terms, letter: &Checked<'_>) -> Result<()> {
        letter.findings.iter().try_for_each(|finding| {
            line(out, &Line { path: letter.name, finding: json_finding(letter, finding, terms) })
        })
    }

    fn unreadable(&mut self, out: &mut dyn Write, name: &str, reason: &str) -> Result<()> {
        line(out, &Unreadable { path: name, error: reason })
    }

    fn end(&mut self, _out: &mut dyn Write, _summary: &Summary) -> Result<()> {
        Ok(())
    }
}

fn line(out: &mut dyn Write, value: &impl Serialize) -> Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    Ok(writeln!(out)?)
}
