//! `detlint completions` and `detlint man`: the command line as a shell and a manual know it.

use std::io::Write;

use anyhow::Result;
use clap::Command;
use clap_complete::{Shell, generate};
use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, italic, roman};

/// Writes the script that completes the command line in a shell.
pub fn completions(mut command: Command, shell: Shell) -> Result<()> {
    // The generator panics where it cannot write.
    let mut script = Vec::new();
    generate(shell, &mut command, "detlint", &mut script);
    Ok(std::io::stdout().lock().write_all(&script)?)
}

/// Writes the manual page: one page, with the commands in it.
pub fn manual(command: Command, exit_status: &[(&str, &str)]) -> Result<()> {
    let command = command.disable_help_subcommand(true);
    let mut sections = Roff::default();
    sections.control("SH", ["COMMANDS"]);
    for subcommand in command.get_subcommands() {
        sections.control("TP", []);
        sections.text(synopsis(subcommand));
        sections.text([roman(subcommand.get_about().map(ToString::to_string).unwrap_or_default())]);
    }
    sections.control("SH", ["EXIT STATUS"]);
    for (status, meaning) in exit_status {
        sections.control("TP", []);
        sections.text([bold(*status)]);
        sections.text([roman(*meaning)]);
    }
    let page = Man::new(command);
    let mut text = Vec::new();
    page.render_title(&mut text)?;
    page.render_name_section(&mut text)?;
    page.render_synopsis_section(&mut text)?;
    page.render_options_section(&mut text)?;
    sections.to_writer(&mut text)?;
    page.render_version_section(&mut text)?;
    Ok(std::io::stdout().lock().write_all(&text)?)
}

/// A command with what follows it.
fn synopsis(command: &Command) -> Vec<Inline> {
    let mut words = vec![bold(command.get_name())];
    for argument in command.get_positionals() {
        let name = argument.get_value_names().map(|names| names.join(" ")).unwrap_or_default();
        words.extend([roman(" "), italic(name)]);
    }
    for option in command.get_opts().filter_map(|option| option.get_long()) {
        words.push(roman(format!(" [--{option}]")));
    }
    words
}
