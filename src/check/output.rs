//! Where the report goes.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use anstream::adapter::StripBytes;
use anyhow::{Context, Result};

use super::options::Options;
use crate::files::Draft;

/// Where the report goes.
pub(super) enum Output {
    /// Standard output or standard error.
    Stream(Box<dyn Write>),
    /// A file, without a terminal's colours; it takes its place when the report is whole.
    File(BufWriter<Draft>, StripBytes),
}

impl Output {
    /// # Errors
    /// When the file cannot be written.
    pub fn new(file: Option<&Path>, options: &Options) -> Result<Self> {
        if let Some(path) = file {
            let draft =
                Draft::new(path).with_context(|| format!("{}: it cannot be written", path.display()))?;
            return Ok(Self::File(BufWriter::new(draft), StripBytes::new()));
        }
        Ok(Self::Stream(if options.fixes_stdin() {
            Box::new(anstream::stderr())
        } else {
            Box::new(anstream::stdout().lock())
        }))
    }

    /// Writes what is still held back.
    pub fn finish(self) -> Result<()> {
        match self {
            Self::Stream(mut stream) => Ok(stream.flush()?),
            Self::File(draft, _) => Ok(draft.into_inner()?.persist()?),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stream(stream) => stream.write(bytes),
            Self::File(draft, strip) => {
                strip.strip_next(bytes).try_for_each(|printable| draft.write_all(printable))?;
                Ok(bytes.len())
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stream(stream) => stream.flush(),
            Self::File(draft, _) => draft.flush(),
        }
    }
}
