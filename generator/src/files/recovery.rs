//! Completes or undoes the changes of runs that were killed, and removes their staging folders.

use std::io;
use std::path::Path;

use super::disk;
use super::journal::Journal;
use super::staging::{MARKER, Staging, resolve};
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
pub(super) fn recover(crate_folder: &Path) -> io::Result<()> {
    for staging in Staging::candidates(crate_folder) {
        if staging.is_left_over()? {
            Journal::recover(&staging)?;
            remove(&staging)?;
        }
    }
    Ok(())
}

/// Removes a staging folder. Keeps the folder if its journal still has steps to undo.
pub(super) fn remove(staging: &Staging) -> io::Result<()> {
    if disk::metadata(&staging.undo())?.is_some() {
        return Ok(());
    }
    clear(staging)?;
    disk::remove_any(&staging.folder.join(MARKER))?;
    disk::remove_folder(&staging.folder)
}

/// Removes the journal and all prepared files from a staging folder.
pub(super) fn clear(staging: &Staging) -> io::Result<()> {
    disk::remove_any(&staging.journal())?;
    remove_units(staging)?;
    ["new", "old", "journal.part"].iter().try_for_each(|name| disk::remove_any(&staging.folder.join(name)))
}
