//! Completes or undoes the changes of runs that were killed, and removes their staging folders.

#[cfg(test)]
mod tests;

use std::io;
use std::path::Path;

use super::disk;
use super::journal::Journal;
use super::staging::{IDENTITY, MARKER, Staging, resolve};
use super::swap::remove_units;

/// Returns whether a staging folder of the crate exists. It belongs to a run that was killed, or to a run that has not ended yet.
///
/// # Errors
/// Returns an error if the folder cannot be read.
pub fn has_leftovers(crate_folder: &Path) -> io::Result<bool> {
    let Some(crate_folder) = resolve(crate_folder)? else { return Ok(false) };
    for staging in Staging::candidates(&crate_folder) {
        if staging.is_left_over()? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Completes or undoes the changes of a run that was killed, and removes the staging folder of that run.
///
/// # Errors
/// Returns an error if a file cannot be changed, or if the journal cannot be read. The journal is then kept.
pub(super) fn recover(crate_folder: &Path) -> io::Result<()> {
    for staging in Staging::candidates(crate_folder) {
        if staging.is_left_over()? {
            Journal::recover(&staging)?;
            remove(&staging)?;
        }
    }
    Ok(())
}

/// Removes a staging folder. All steps of its journal must be completed or undone.
///
/// # Errors
/// Returns an error if a file cannot be removed, or if the folder contains a file that copperplate did not write.
pub(super) fn remove(staging: &Staging) -> io::Result<()> {
    clear(staging)?;
    let entries = disk::entries(&staging.folder)?;
    if let Some(entry) = entries.iter().find(|entry| entry.file_name() != MARKER && entry.file_name() != IDENTITY) {
        let text = format!("{} was not written by copperplate: move or delete it", entry.path().display());
        return Err(io::Error::new(io::ErrorKind::DirectoryNotEmpty, text));
    }
    // Without the marker, the rest of the folder would not be trusted, so the marker is removed last.
    disk::remove_any(&staging.folder.join(MARKER))?;
    disk::remove_any(&staging.folder.join(IDENTITY))?;
    disk::remove_folder(&staging.folder)
}

/// Removes the journal and all prepared files from a staging folder.
pub(super) fn clear(staging: &Staging) -> io::Result<()> {
    disk::remove_any(&staging.journal())?;
    remove_units(staging)?;
    ["linked", "new", "old", "journal.part"].iter().try_for_each(|name| disk::remove_any(&staging.folder.join(name)))
}
