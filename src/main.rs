//! The command line: arguments to options, a run to an exit status.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::builder::{EnumValueParser, PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use detlint::check::{FixMode, Format, InputFormat, Options, Status, Target, run};
use detlint::engine::Level;
use detlint::files::PDF_THREAD;
use detlint::server;

mod configure;
mod guidelines;
mod outline;
mod pages;
mod shell;

use outline::OutlineFormat;

/// What the exit status says.
const EXIT_STATUS: [(&str, &str); 3] = [
    ("0", "Nothing at or above --fail-on"),
    ("1", "Findings; with --diff, something would change"),
    ("2", "A wrong option, something that could not be read, or a folder without letters"),
];

fn exit_status_help() -> String {
    let lines = EXIT_STATUS.iter().map(|(status, meaning)| format!("\n  {status}  {meaning}"));
    format!("Exit status:{}", lines.collect::<String>())
}

/// A linter for draft medical-review determination letters.
#[derive(Parser)]
#[command(
    version,
    args_conflicts_with_subcommands = true,
    max_term_width = 100,
    override_usage = "detlint --check PATH... [OPTION...]\n       detlint COMMAND",
    after_help = exit_status_help()
)]
struct Cli {
    #[command(flatten)]
    check: CheckArgs,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Shows what a lint finds, why, and where it is silent
    Explain {
        /// A lint's name
        lint: String,
    },
    /// Lists the lints
    Lints,
    /// Searches the catalogue of guidelines: titles, years in force, sections, and how well each is known
    Guidelines {
        /// Words of a title, another name, an organization, a section of the regulations, or a year
        query: Vec<String>,
    },
    /// Shows a letter as it was understood, and what could not be read or checked
    Outline {
        /// A letter
        file: PathBuf,
        /// How it is written
        #[arg(long, value_name = "FORMAT", default_value = "text")]
        format: OutlineFormat,
    },
    /// Writes a commented detlint.toml into this folder
    Init,
    /// Shows what applies to a letter, from which file and line
    Config {
        /// A letter or a folder
        #[arg(required_unless_present = "schema")]
        path: Option<PathBuf>,
        /// Show the JSON schema of detlint.toml instead
        #[arg(long, conflicts_with = "path")]
        schema: bool,
    },
    /// Runs the examples of your own lints
    TestLints {
        /// Files or folders; those of detlint.toml unless given
        paths: Vec<PathBuf>,
    },
    /// Writes a script that completes the command line in a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Writes the manual page
    Man,
    /// Serves an editor on standard input and output (the Language Server Protocol)
    Lsp {
        /// Accepted because many editors pass it; there is no other way
        #[arg(long)]
        stdio: bool,
    },
}

#[derive(Args)]
struct CheckArgs {
    /// Files (text, .docx, .pdf), folders (their *.txt that are letters), or - for standard input
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Check the letters that are named; options and paths follow in any order
    #[arg(long, requires = "paths")]
    check: bool,

    /// Apply the safe fixes: those that leave every fact as it is
    #[arg(long, help_heading = "Fixing")]
    fix: bool,
    /// Apply the unsafe fixes too; read what they changed
    #[arg(long, help_heading = "Fixing")]
    unsafe_fixes: bool,
    /// Show what the fixes would change, write nothing, and exit 1 if they would change anything
    #[arg(long, conflicts_with_all = ["no_source", "output_format"], help_heading = "Fixing")]
    diff: bool,

    /// Only these lints or families
    #[arg(long, value_name = "LINT|FAMILY", value_delimiter = ',', help_heading = "Lints")]
    select: Vec<String>,
    /// Not these lints or families
    #[arg(long, value_name = "LINT|FAMILY", value_delimiter = ',', help_heading = "Lints")]
    ignore: Vec<String>,
    /// Accept all that is found: from now on only new findings are reported (detlint-baseline.json)
    #[arg(long, help_heading = "Lints")]
    write_baseline: bool,
    /// The configuration for every letter, in place of the nearest detlint.toml above each
    #[arg(long, value_name = "PATH", help_heading = "Lints")]
    config: Option<PathBuf>,

    /// How findings are written; give FORMAT=PATH to write a report to a file too, as often as you like
    #[arg(
        long,
        value_name = "FORMAT[=PATH]",
        value_parser = TargetParser,
        default_value = "full",
        help_heading = "Output"
    )]
    output_format: Vec<Target>,
    /// Write the report to a file, which is replaced only by a whole one
    #[arg(long, value_name = "PATH", help_heading = "Output")]
    output_file: Option<PathBuf>,
    /// Show how often each lint speaks, in place of the findings
    #[arg(long, conflicts_with_all = ["output_format", "diff"], help_heading = "Output")]
    statistics: bool,
    /// Show the letter's text (the default but for sarif, github, gitlab, junit and rdjson)
    #[arg(long, overrides_with = "no_source", help_heading = "Output")]
    source: bool,
    /// Show nothing of the letter's text: no excerpts, no quotations, no fixes
    #[arg(long, overrides_with = "source", help_heading = "Output")]
    no_source: bool,
    /// Show hints, which are meant for editors (json and jsonl always do)
    #[arg(long, help_heading = "Output")]
    show_hints: bool,

    /// The lowest level that exits 1
    #[arg(long, value_name = "LEVEL", default_value = "warning", help_heading = "Failing")]
    fail_on: FailOn,
    /// Exit 0 whatever is found (but 2 where something could not be read)
    #[arg(long, help_heading = "Failing")]
    exit_zero: bool,

    /// Only the letters that changed since this branch left REF, in a git repository (new ones too)
    #[arg(long, value_name = "REF", help_heading = "Input")]
    since: Option<String>,
    /// Check again each letter that changes; Ctrl-C ends
    #[arg(
        long,
        conflicts_with_all = ["fix", "unsafe_fixes", "diff", "write_baseline", "since"],
        help_heading = "Input"
    )]
    watch: bool,
    /// How the input is written
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Input")]
    input_format: InputFormat,
    /// What standard input is called in the output
    #[arg(long, value_name = "PATH", help_heading = "Input")]
    stdin_filename: Option<String>,
    /// Threads; one a core by default
    #[arg(long, value_name = "N", value_parser = parse_jobs, help_heading = "Input")]
    jobs: Option<usize>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Info,
}

fn parse_jobs(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|jobs| *jobs > 0).ok_or_else(|| "a number from 1 is needed".to_owned())
}

fn main() -> ExitCode {
    hide_letter_text_in_panics();
    let cli = Cli::parse();
    if let Err(told) = cli.check.targets() {
        Cli::command().error(ErrorKind::ArgumentConflict, told).exit();
    }
    let result = match cli.command {
        Some(Command::Explain { lint }) => pages::explain(&lint).map(|()| Status::Clean),
        Some(Command::Lints) => pages::list().map(|()| Status::Clean),
        Some(Command::Guidelines { query }) => guidelines::show(&query).map(|()| Status::Clean),
        Some(Command::Outline { file, format }) => outline::show(&file, format).map(|()| Status::Clean),
        Some(Command::Init) => configure::init().map(|()| Status::Clean),
        Some(Command::Config { path: Some(path), .. }) => configure::show(&path).map(|()| Status::Clean),
        Some(Command::Config { path: None, .. }) => configure::schema().map(|()| Status::Clean),
        Some(Command::TestLints { paths }) => configure::test_lints(&paths),
        Some(Command::Completions { shell }) => {
            shell::completions(Cli::command(), shell).map(|()| Status::Clean)
        }
        Some(Command::Man) => shell::manual(Cli::command(), &EXIT_STATUS).map(|()| Status::Clean),
        Some(Command::Lsp { .. }) => match server::run() {
            Ok(status) => return status,
            Err(error) => Err(error),
        },
        None if !cli.check.check => match cli.check.paths.first() {
            Some(path) => no_command(path),
            None => {
                let _ = Cli::command().print_help();
                return ExitCode::from(2);
            }
        },
        None => run(&cli.check.into()),
    };
    match result {
        Ok(Status::Clean) => ExitCode::SUCCESS,
        Ok(Status::Findings) => ExitCode::from(1),
        Ok(Status::Incomplete) => ExitCode::from(2),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("detlint: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// What comes first without `--check` is a misspelt command or a forgotten option.
fn no_command(name: &Path) -> ! {
    let name = name.display();
    let told = format!("“{name}” is no command; to check a letter, write: detlint --check {name}");
    Cli::command().error(ErrorKind::InvalidSubcommand, told).exit()
}

/// Whoever reads the output may stop when he has seen enough (`detlint … | head`).
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
    })
}

/// A panic's message can quote the letter ("byte index 5 is not a char boundary; it is inside …"): only its place
/// in the program is told.
fn hide_letter_text_in_panics() {
    std::panic::set_hook(Box::new(|info| {
        if std::thread::current().name() == Some(PDF_THREAD) {
            return;
        }
        let place =
            info.location().map(|place| format!("{}:{}", place.file(), place.line())).unwrap_or_default();
        anstream::eprintln!("detlint: internal error at {place}");
    }));
}

/// Reads `FORMAT` or `FORMAT=PATH`; shells complete the formats.
#[derive(Clone)]
struct TargetParser;

impl TypedValueParser for TargetParser {
    type Value = Target;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<Target, clap::Error> {
        let formats = EnumValueParser::<Format>::new();
        let text = value.to_string_lossy();
        let Some((format, path)) = text.split_once('=') else {
            return Ok(Target { format: formats.parse_ref(command, argument, value)?, file: None });
        };
        let format = formats.parse_ref(command, argument, OsStr::new(format))?;
        if path.is_empty() {
            let told = format!("“{text}” names no file after “=”\n");
            return Err(clap::Error::raw(ErrorKind::InvalidValue, told).with_cmd(command));
        }
        Ok(Target { format, file: Some(PathBuf::from(path)) })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Format::value_variants().iter().filter_map(Format::to_possible_value)))
    }
}

impl CheckArgs {
    /// The reports, `--output-file` being the file of the one that names none.
    fn targets(&self) -> Result<Vec<Target>, String> {
        let mut targets = self.output_format.clone();
        let mut open = targets.iter_mut().filter(|target| target.file.is_none());
        match (open.next(), open.next(), &self.output_file) {
            (_, Some(_), _) => {
                return Err(
                    "two formats cannot go to one place; write FORMAT=PATH for all but one".to_owned()
                );
            }
            (None, _, Some(_)) => {
                return Err("each format has its file already, so --output-file has none to take".to_owned());
            }
            (Some(target), None, file) => target.file.clone_from(file),
            (None, None, None) => {}
        }
        Ok(targets)
    }
}

impl From<CheckArgs> for Options {
    fn from(args: CheckArgs) -> Self {
        // What cannot be was refused before.
        let outputs = args.targets().unwrap_or_default();
        let fix = match (args.fix || args.diff, args.unsafe_fixes) {
            (_, true) => FixMode::Unsafe,
            (true, false) => FixMode::Safe,
            (false, false) => FixMode::None,
        };
        Self {
            paths: args.paths,
            fix,
            diff: args.diff,
            select: args.select,
            ignore: args.ignore,
            fail_on: match args.fail_on {
                FailOn::Error => Level::Error,
                FailOn::Warning => Level::Warning,
                FailOn::Info => Level::Info,
            },
            exit_zero: args.exit_zero,
            outputs,
            statistics: args.statistics,
            input_format: args.input_format,
            stdin_filename: args.stdin_filename,
            jobs: args.jobs,
            source: if args.no_source { Some(false) } else { args.source.then_some(true) },
            show_hints: args.show_hints,
            config: args.config,
            write_baseline: args.write_baseline,
            since: args.since,
            watch: args.watch,
        }
    }
}
