//! Compares a folder with the files of a generated crate.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::print::{HEADER, Output, Ownership};

/// The marker that follows the comment sign in the first line of every file that is copied from the runtime.
const RUNTIME_HEADER: &str = "copperplate runtime:";

/// The differences between a folder and the files of a generated crate.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that the folder lacks.
    pub added: Vec<String>,
    /// Generated files whose text differs.
    pub changed: Vec<String>,
    /// Generated files that the crate no longer has.
    pub stale: Vec<String>,
    /// The number of files that are up to date.
    pub unchanged: usize,
    /// Files that copperplate did not write, at paths that it would have to overwrite. They stop the run.
    pub foreign: Vec<String>,
}

impl Changes {
    /// Whether the folder is up to date.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.stale.is_empty() && self.foreign.is_empty()
    }
}

/// Compares the folder with the outputs.
///
/// # Errors
/// Returns an error if a file cannot be read.
pub fn compare(folder: &Path, outputs: &[Output]) -> io::Result<Changes> {
    let mut changes = Changes::default();
    for output in outputs {
        match read(&folder.join(&output.path))? {
            None => changes.added.push(output.path.clone()),
            Some(text) if text == output.text.as_bytes() => changes.unchanged += 1,
            Some(text) if is_generated(&text) => changes.changed.push(output.path.clone()),
            Some(_) if output.ownership == Ownership::UnlessForeign => changes.unchanged += 1,
            Some(_) => changes.foreign.push(output.path.clone()),
        }
    }
    let wanted: HashSet<PathBuf> = outputs.iter().map(|output| folder.join(&output.path)).collect();
    for path in sources(&folder.join("src"))? {
        let is_stale = !wanted.contains(&path) && read(&path)?.is_some_and(|text| is_generated(&text));
        if is_stale {
            let relative = path.strip_prefix(folder).unwrap_or(&path);
            changes.stale.push(relative.to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(changes)
}

fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(io::Error::new(error.kind(), format!("{}: {error}", path.display()))),
    }
}

/// Whether the first line marks a file as generated or copied by copperplate.
fn is_generated(text: &[u8]) -> bool {
    let first = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let first = String::from_utf8_lossy(first);
    let comment = ["// ", "# ", "<!-- "].iter().find_map(|sign| first.strip_prefix(sign));
    comment.is_some_and(|comment| comment.starts_with(HEADER) || comment.starts_with(RUNTIME_HEADER))
}

/// The Rust sources below a folder, sorted.
fn sources(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        let entries = match fs::read_dir(&next) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        for entry in entries {
            let entry = entry?;
            let kind = entry.file_type()?;
            match (kind.is_dir(), entry.path().extension().is_some_and(|extension| extension == "rs")) {
                (true, _) => open.push(entry.path()),
                (false, true) => found.push(entry.path()),
                (false, false) => {}
            }
        }
    }
    found.sort();
    Ok(found)
}
