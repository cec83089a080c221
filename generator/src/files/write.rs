//! Writes a crate. If the system allows it, other programs see the complete old crate or the complete new crate at every moment.

use std::collections::{BTreeSet, HashSet};
use std::fs::File;
use std::io;
use std::path::Path;

use super::compare::Changes;
use super::disk;
use super::journal::{Journal, Step, install};
use super::recovery;
use super::staging::{Staging, Unit, resolve};
use super::swap::{prepare, swap};
use crate::print::Output;

/// Applies `changes` to the folder. The [module documentation](super) describes what other programs see in the folder during the
/// run.
///
/// # Errors
/// Returns an error if a file cannot be written or removed. In that case the old crate is unchanged, unless the text of the error
/// says otherwise.
pub fn write(folder: &Path, outputs: &[Output], changes: &Changes) -> io::Result<()> {
    if changes.added.is_empty() && changes.changed.is_empty() && changes.stale.is_empty() {
        return Ok(());
    }
    if let Some(parent) = folder.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        disk::create_folders(parent)?;
    }
    let folder = resolve(folder)?.ok_or_else(|| disk::at(folder)(io::ErrorKind::NotFound.into()))?;
    let staging = Staging::create(&folder)?;
    let result = Transaction { staging: &staging, outputs, changes }.run();
    if result.is_err() && staging.is_pending()? {
        return result;
    }
    let removed = recovery::remove(&staging).map_err(|error| match result {
        Ok(()) => io::Error::new(
            error.kind(),
            format!("the crate was written, but files remain that the next run removes: {error}"),
        ),
        Err(_) => error,
    });
    result.and(removed)
}

/// A change from the old crate to the new crate.
struct Transaction<'t> {
    staging: &'t Staging,
    outputs: &'t [Output],
    changes: &'t Changes,
}

impl Transaction<'_> {
    /// Changes the crate in the first of these ways that is possible:
    /// - Replaces a file, if no other file changes.
    /// - Swaps the smallest folder that contains all changes.
    /// - Swaps `src`, and moves the files outside it.
    /// - Moves all files one by one.
    fn run(&self) -> io::Result<()> {
        let Changes { added, changed, stale, .. } = self.changes;
        if let ([], [path], []) = (added.as_slice(), changed.as_slice(), stale.as_slice()) {
            self.stage(path)?;
            return install(&self.staging.new_file(path), &self.staging.crate_folder.join(path));
        }
        let exists = disk::metadata(&self.staging.crate_folder)?.is_some();
        let paths = || added.iter().chain(changed).chain(stale);
        let is_in_sources = |path: &String| Unit::Sources.inner(path).is_some();
        let unit = if exists && paths().all(is_in_sources) { Unit::Sources } else { Unit::Crate };
        // The locks are held until the swap is done.
        let swapped = self.prepare(unit).and_then(|_locks| swap(self.staging, unit));
        if swapped.is_ok() || !exists {
            return swapped;
        }
        recovery::clear(self.staging)?;
        if unit == Unit::Crate && paths().any(is_in_sources) && self.prepare(Unit::Sources).is_ok() {
            let moved = self.move_files(Some(Unit::Sources));
            if moved.is_ok() || self.staging.is_pending()? {
                return moved;
            }
        }
        recovery::clear(self.staging)?;
        self.move_files(None)
    }

    fn prepare(&self, unit: Unit) -> io::Result<Vec<File>> {
        prepare(self.staging, unit, self.outputs, self.changes)
    }

    /// Moves files one by one, with a journal. If `swapped` is `Some`, first swaps that folder, and moves only the files outside
    /// it. The staging folder must already contain the new version of that folder.
    fn move_files(&self, swapped: Option<Unit>) -> io::Result<()> {
        let is_moved = |path: &&String| swapped.is_none_or(|unit| unit.inner(path).is_none());
        let Changes { added, changed, stale, .. } = self.changes;
        let mut steps = Vec::new();
        if let Some(unit) = swapped {
            let staged = self.staging.staged(unit);
            let identity = disk::identity(&staged)?.ok_or_else(|| disk::at(&staged)(io::ErrorKind::NotFound.into()))?;
            steps.push(Step::Swap(unit, identity));
        }
        for folder in self.missing_folders(added.iter().filter(is_moved))? {
            steps.push(Step::Folder(folder));
        }
        for path in added.iter().chain(changed).filter(is_moved) {
            self.stage(path)?;
        }
        for path in changed.iter().chain(stale).filter(is_moved) {
            self.keep_old(path)?;
        }
        steps.extend(added.iter().filter(is_moved).cloned().map(Step::Add));
        steps.extend(changed.iter().filter(is_moved).cloned().map(Step::Replace));
        steps.extend(stale.iter().filter(is_moved).cloned().map(Step::Remove));
        if swapped.is_none() {
            steps.extend(self.emptied_folders()?.into_iter().map(Step::RemoveFolder));
        }
        Journal::new(steps).run(self.staging)
    }

    /// Writes the new version of the file `path` to the staging folder.
    fn stage(&self, path: &str) -> io::Result<()> {
        let text = self.outputs.iter().find(|output| output.path == path).map_or("", |output| &output.text);
        let file = self.staging.new_file(path);
        create_parent(&file)?;
        disk::write(&file, text).map(drop)
    }

    /// Keeps the old version of the file `path` in the staging folder, as a hard link. If hard links are not possible, copies the
    /// file.
    fn keep_old(&self, path: &str) -> io::Result<()> {
        let (live, old) = (self.staging.crate_folder.join(path), self.staging.old_file(path));
        create_parent(&old)?;
        disk::link(&live, &old).or_else(|_| disk::copy(&live, &old))
    }

    /// Returns the folders of the crate that must be created for the files `paths`, outer folders first.
    fn missing_folders<'p>(&self, paths: impl Iterator<Item = &'p String>) -> io::Result<BTreeSet<String>> {
        let mut missing = BTreeSet::new();
        for path in paths {
            for folder in parents(path).take_while(|folder| !missing.contains(*folder)).collect::<Vec<_>>() {
                if disk::metadata(&self.staging.crate_folder.join(folder))?.is_none() {
                    missing.insert(folder.to_owned());
                }
            }
        }
        Ok(missing)
    }

    /// Returns the folders in `src` that will be empty after the stale files are removed, inner folders first. Folders that were
    /// empty before the run belong to the user, and are not included.
    fn emptied_folders(&self) -> io::Result<Vec<String>> {
        let Changes { added, stale, .. } = self.changes;
        let needed: HashSet<&str> = added.iter().flat_map(|path| parents(path)).collect();
        let mut gone: HashSet<String> = stale.iter().cloned().collect();
        let mut folders: Vec<&str> =
            stale.iter().flat_map(|path| parents(path)).filter(|path| *path != "src").collect();
        folders.sort_by_key(|folder| std::cmp::Reverse((folder.matches('/').count(), *folder)));
        folders.dedup();
        let mut emptied = Vec::new();
        for folder in folders.into_iter().filter(|folder| !needed.contains(folder)) {
            let entries = disk::entries(&self.staging.crate_folder.join(folder))?;
            let is_gone = |name: Option<&str>| name.is_some_and(|name| gone.contains(&format!("{folder}/{name}")));
            if entries.iter().all(|entry| is_gone(entry.file_name().to_str())) {
                gone.insert(folder.to_owned());
                emptied.push(folder.to_owned());
            }
        }
        Ok(emptied)
    }
}

/// Returns the folders that contain a path, from the innermost to the outermost: `a/b` and `a` for `a/b/c.rs`.
fn parents(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once('/'), |(folder, _)| folder.rsplit_once('/')).map(|(folder, _)| folder)
}

fn create_parent(file: &Path) -> io::Result<()> {
    file.parent().map_or(Ok(()), disk::create_folders)
}
