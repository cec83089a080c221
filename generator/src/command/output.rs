//! The output of a run: its exit status, the stream of findings and errors, and the format of findings.

use std::io::Write;
use std::path::Path;

use clap::ValueEnum;

use crate::text::printable::printable;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitStatus {
    /// The command did its work.
    Success,
    /// A document has errors, the crate is out of date under `--check`, a change matches `--fail-on`, or there are warnings under
    /// `--deny warnings`.
    Findings,
    /// The arguments are wrong, or a file cannot be read or written. For `diff`, also: a document has errors, so nothing was
    /// compared.
    Failure,
}

impl ExitStatus {
    /// Returns the exit code of the process.
    pub fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Findings => 1,
            Self::Failure => 2,
        }
    }
}

/// The stream that receives findings and errors.
pub struct ErrorStream<'a> {
    /// The stream, usually standard error.
    pub writer: &'a mut dyn Write,
    /// Whether the stream is a terminal that shows colors.
    pub is_colored: bool,
}

/// Returns a path for printing, with unprintable characters escaped.
pub(super) fn printed(path: &Path) -> String {
    printable(&path.to_string_lossy()).into_owned()
}

/// The format of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people.
    Text,
    /// One JSON object per line.
    Json,
    /// Annotations of GitHub Actions.
    Github,
}
