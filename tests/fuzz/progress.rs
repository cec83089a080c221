//! A file in which a child process records the number of its current run, so that the parent knows which run ended the process.

use std::fs::{self, File};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;

/// The file that a child process writes.
pub struct Progress(File);

impl Progress {
    /// Opens the file.
    ///
    /// # Errors
    /// Returns an error if the file cannot be created.
    pub fn create(path: &Path) -> io::Result<Self> {
        File::create(path).map(Self)
    }

    /// Records the number of the current run.
    ///
    /// # Errors
    /// Returns an error if the file cannot be written.
    pub fn record(&mut self, run: u64) -> io::Result<()> {
        self.0.seek(SeekFrom::Start(0))?;
        self.0.write_all(&run.to_le_bytes())
    }
}

/// Returns the number that a child process recorded last.
pub fn recorded(path: &Path) -> Option<u64> {
    Some(u64::from_le_bytes(fs::read(path).ok()?.try_into().ok()?))
}
