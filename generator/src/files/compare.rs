//! Compares a folder with the files of a generated crate.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use super::disk::{at, check_folder, entries, is_generated, metadata, read_regular};
use crate::print::{Output, Ownership};

/// The differences between a folder and the files of a generated crate.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files of the crate that the folder does not have yet.
    pub added: Vec<String>,
    /// Generated files whose content in the folder differs from their new content.
    pub changed: Vec<String>,
    /// Files in `src` that an earlier run generated and this run does not generate.
    pub stale: Vec<String>,
    /// The number of files that are up to date.
    pub unchanged: usize,
    /// Files that copperplate did not write, but would have to overwrite. If there are any, the run fails.
    pub foreign: Vec<String>,
}

impl Changes {
    /// Returns whether the folder is up to date.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.stale.is_empty() && self.foreign.is_empty()
    }
}

/// Compares the files in `folder` with the generated files `outputs`.
///
/// Symbolic links in the folder are not followed, and never count as generated files.
///
/// # Errors
/// Returns an error if a file cannot be read, or if the crate needs a folder at the path of a symbolic link or a file.
pub fn compare(folder: &Path, outputs: &[Output]) -> io::Result<Changes> {
    let mut changes = Changes::default();
    let mut checked = HashSet::new();
    for output in outputs {
        check_folders(folder, &output.path, &mut checked)?;
        let path = folder.join(&output.path);
        let path_of = || output.path.clone();
        match metadata(&path)? {
            None => changes.added.push(path_of()),
            // If the lengths differ, the contents differ, so the file is not read.
            Some(file) if file.is_file() && file.len() == output.text.len() as u64 && has_text(&path, output)? => {
                changes.unchanged += 1;
            }
            Some(_) if is_generated(&path)? => changes.changed.push(path_of()),
            Some(_) if output.ownership == Ownership::UnlessForeign => changes.unchanged += 1,
            Some(_) => changes.foreign.push(path_of()),
        }
    }
    let wanted: HashSet<PathBuf> = outputs.iter().map(|output| folder.join(&output.path)).collect();
    for path in sources(&folder.join("src"))? {
        if wanted.contains(&path) || !is_generated(&path)? {
            continue;
        }
        // All file names that copperplate creates are UTF-8. A file whose name is not UTF-8 belongs to the user.
        let relative = path.strip_prefix(folder).ok().and_then(Path::to_str);
        // On systems other than Windows, a backslash is part of the name.
        let with_slashes =
            |relative: &str| if cfg!(windows) { relative.replace('\\', "/") } else { relative.to_owned() };
        changes.stale.extend(relative.map(with_slashes));
    }
    Ok(changes)
}

fn has_text(path: &Path, output: &Output) -> io::Result<bool> {
    Ok(read_regular(path, output.text.len() as u64)?.is_some_and(|text| text == output.text.as_bytes()))
}

/// Returns an error if a parent folder of the file `output` is a symbolic link or a file. `checked` has the folders that passed
/// this check before.
fn check_folders<'o>(folder: &Path, output: &'o str, checked: &mut HashSet<&'o str>) -> io::Result<()> {
    for (end, _) in output.match_indices('/') {
        let inner = &output[..end];
        if !checked.insert(inner) {
            continue;
        }
        check_folder(&folder.join(inner))?;
    }
    Ok(())
}

/// Returns the Rust files below a folder, sorted. Symbolic links are skipped.
fn sources(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        if metadata(&next)?.is_none() {
            continue;
        }
        for entry in entries(&next)? {
            let kind = entry.file_type().map_err(at(&entry.path()))?;
            match (kind.is_dir(), entry.path().extension().is_some_and(|extension| extension == "rs")) {
                (true, _) => open.push(entry.path()),
                (false, true) if kind.is_file() => found.push(entry.path()),
                _ => {}
            }
        }
    }
    found.sort();
    Ok(found)
}
