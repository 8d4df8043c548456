//! Writes letters out of a seed into a folder, for benchmarks.
//!
//! `cargo run --release --example letters -- FOLDER COUNT [BYTES]`

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs, io};

#[path = "../benches/support/letters.rs"]
#[allow(dead_code, reason = "the benchmarks use the rest")]
mod letters;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let numbers: Option<Vec<usize>> = arguments.iter().skip(1).map(|number| number.parse().ok()).collect();
    let (Some(folder), Some([count, bytes @ ..])) = (arguments.first(), numbers.as_deref()) else {
        eprintln!("usage: letters FOLDER COUNT [BYTES]");
        return ExitCode::from(2);
    };
    match write(Path::new(folder), *count, bytes.first().copied().unwrap_or(4_700)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{folder}: {error}");
            ExitCode::from(2)
        }
    }
}

fn write(folder: &Path, count: usize, bytes: usize) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for seed in 0..count {
        let name = format!("letter-{seed:05}.txt");
        fs::write(folder.join(name), letters::letter(seed as u64, bytes, true))?;
    }
    Ok(())
}
