//! The batch command: letters in files, on standard input or in JSON lines; findings on standard output.

mod accept;
mod input;
mod letter;
mod options;
mod output;
mod report;
mod run;

pub use options::{FixMode, InputFormat, Options};
pub use report::Format;
pub use run::{Status, run};
