//! The batch command: letters in files, on standard input or in JSON lines; findings on standard output.

mod accept;
mod diff;
mod input;
mod letter;
mod memory;
mod options;
mod output;
mod progress;
mod report;
mod run;
mod watch;

pub use options::{FixMode, InputFormat, Options, Target};
pub use report::Format;
pub use run::{Status, run};
