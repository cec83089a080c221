//! The journal: a file that lists the steps in which a run changes the crate. A run that can make all its changes by one rename
//! or by one swap of folders writes no journal.
//!
//! The run prepares all files in the staging folder, writes the journal, and then does the steps. If a step fails, the run undoes
//! the steps before it. If the process is killed, the next run reads the journal and completes the steps. If the steps cannot be
//! completed, the next run undoes them. Every step has the same result if it is done twice. So it is harmless if the next run is
//! killed as well.

use std::fs;
use std::io;
use std::path::{Component, Path};

use super::disk::{self, at};
use super::staging::{Staging, Unit};
use super::swap::swap;

/// The last line of a complete journal.
const END: &str = "end";

/// A change of the crate. Paths are relative to the folder of the crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// Swaps the crate, or its folder `src`, with the prepared new folder. The number is the inode number of the new folder. A
    /// journal has this step at most once, as its first step.
    Swap(Unit, u64),
    /// Creates a folder.
    Folder(String),
    /// Moves a new file to this path, which does not exist yet.
    Add(String),
    /// Replaces the generated file at this path with a new file.
    Replace(String),
    /// Removes a generated file.
    Remove(String),
    /// Removes a folder that has become empty.
    RemoveFolder(String),
}

impl Step {
    fn line(&self) -> String {
        match self {
            Self::Swap(unit, identity) => format!("swap {identity} {}", unit.name()),
            Self::Folder(path) => format!("folder {path}"),
            Self::Add(path) => format!("add {path}"),
            Self::Replace(path) => format!("replace {path}"),
            Self::Remove(path) => format!("remove {path}"),
            Self::RemoveFolder(path) => format!("remove-folder {path}"),
        }
    }

    fn parse(line: &str) -> Option<Self> {
        let (kind, rest) = line.split_once(' ')?;
        if kind == "swap" {
            let (identity, unit) = rest.split_once(' ')?;
            return Some(Self::Swap(Unit::named(unit)?, identity.parse().ok()?));
        }
        // The path must not lead out of the crate.
        let is_inside = Path::new(rest).components().all(|step| matches!(step, Component::Normal(_)));
        let path = Some(rest.to_owned()).filter(|path| is_inside && !path.is_empty())?;
        Some(match kind {
            "folder" => Self::Folder(path),
            "add" => Self::Add(path),
            "replace" => Self::Replace(path),
            "remove" => Self::Remove(path),
            "remove-folder" => Self::RemoveFolder(path),
            _ => return None,
        })
    }

    /// Does the step, unless it is done already.
    fn redo(&self, staging: &Staging) -> io::Result<()> {
        match self {
            Self::Swap(unit, identity) => {
                if disk::identity(&staging.staged(*unit))? == Some(*identity) {
                    swap(staging, *unit)
                } else {
                    Ok(())
                }
            }
            Self::Folder(path) => {
                let path = staging.crate_folder.join(path);
                if disk::metadata(&path)?.is_none() { disk::create_folder(&path) } else { Ok(()) }
            }
            Self::Add(path) | Self::Replace(path) => {
                let new = staging.new_file(path);
                if disk::metadata(&new)?.is_none() { Ok(()) } else { install(&new, &staging.crate_folder.join(path)) }
            }
            Self::Remove(path) => {
                let path = staging.crate_folder.join(path);
                if disk::is_generated(&path)? { disk::remove_file(&path) } else { Ok(()) }
            }
            Self::RemoveFolder(path) => remove_if_empty(&staging.crate_folder.join(path)),
        }
    }

    /// Undoes the step. Does nothing if the step was not done, or is undone already.
    fn undo(&self, staging: &Staging) -> io::Result<()> {
        match self {
            Self::Swap(unit, identity) => {
                let live = staging.live(*unit);
                if disk::identity(&live)? != Some(*identity) {
                    return Ok(());
                }
                let staged = staging.staged(*unit);
                if disk::metadata(&staged)?.is_some() { swap(staging, *unit) } else { disk::rename(&live, &staged) }
            }
            Self::Folder(path) => remove_if_empty(&staging.crate_folder.join(path)),
            Self::Add(path) => {
                let live = staging.crate_folder.join(path);
                let is_done = disk::metadata(&staging.new_file(path))?.is_none() && disk::is_generated(&live)?;
                if is_done { disk::remove_file(&live) } else { Ok(()) }
            }
            Self::Replace(path) | Self::Remove(path) => {
                let old = staging.old_file(path);
                if disk::metadata(&old)?.is_none() { Ok(()) } else { install(&old, &staging.crate_folder.join(path)) }
            }
            Self::RemoveFolder(path) => {
                let path = staging.crate_folder.join(path);
                if disk::metadata(&path)?.is_none() { disk::create_folder(&path) } else { Ok(()) }
            }
        }
    }
}

/// Moves a generated file to `path`. Returns an error if a file exists at `path` that copperplate did not write.
pub(super) fn install(file: &Path, path: &Path) -> io::Result<()> {
    if disk::metadata(path)?.is_some() && !disk::is_generated(path)? {
        let text = format!("{} was not written by copperplate and is not overwritten", path.display());
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, text));
    }
    disk::rename(file, path)
}

/// Removes a folder if it exists and is empty.
fn remove_if_empty(folder: &Path) -> io::Result<()> {
    let is_empty = disk::metadata(folder)?.is_some_and(|entry| entry.is_dir()) && disk::entries(folder)?.is_empty();
    if is_empty { disk::remove_folder(folder) } else { Ok(()) }
}

/// The steps of a run, in order.
#[derive(Debug)]
pub(super) struct Journal {
    steps: Vec<Step>,
}

impl Journal {
    pub(super) fn new(steps: Vec<Step>) -> Self {
        Self { steps }
    }

    /// Writes the journal, and does the steps. If a step fails, undoes the steps before it.
    pub(super) fn run(&self, staging: &Staging) -> io::Result<()> {
        let lines: String = self.steps.iter().map(|step| step.line() + "\n").collect();
        let part = staging.folder.join("journal.part");
        let file = disk::write(&part, &format!("{lines}{END}\n"))?;
        disk::sync(&file, &part)?;
        disk::rename(&part, &staging.journal())?;
        self.redo_or_undo(staging)
    }

    fn redo_or_undo(&self, staging: &Staging) -> io::Result<()> {
        let Err(error) = self.steps.iter().try_for_each(|step| step.redo(staging)) else { return Ok(()) };
        let undone = disk::rename(&staging.journal(), &staging.undo()).and_then(|()| self.undo(staging));
        match undone {
            Ok(()) => Err(error),
            Err(undo) => Err(io::Error::new(
                error.kind(),
                format!("{error}; the change could not be undone, and the next run tries again: {undo}"),
            )),
        }
    }

    fn undo(&self, staging: &Staging) -> io::Result<()> {
        self.steps.iter().rev().try_for_each(|step| step.undo(staging))?;
        disk::remove_file(&staging.undo())
    }

    /// Completes or undoes the steps of a run that was killed.
    pub(super) fn recover(staging: &Staging) -> io::Result<()> {
        if let Some(journal) = Self::read(&staging.undo())? {
            return journal.undo(staging);
        }
        let Some(journal) = Self::read(&staging.journal())? else { return Ok(()) };
        if let Some(Step::Swap(unit, identity)) = journal.steps.first() {
            // The new folder is still in the staging folder. So the first step, the swap, was not done, and the crate is
            // unchanged.
            if disk::identity(&staging.staged(*unit))? == Some(*identity) {
                return Ok(());
            }
        }
        match journal.redo_or_undo(staging) {
            // All steps are undone, so the folder has the complete old crate.
            Err(_) if disk::metadata(&staging.undo())?.is_none() => Ok(()),
            result => result,
        }
    }

    /// Reads a journal. Returns `None` if the file does not exist, is incomplete, or has an unknown step.
    fn read(path: &Path) -> io::Result<Option<Self>> {
        if !disk::metadata(path)?.is_some_and(|entry| entry.is_file()) {
            return Ok(None);
        }
        let text = fs::read_to_string(path).map_err(at(path))?;
        let steps: Option<Vec<Step>> =
            text.strip_suffix('\n').and_then(|text| text.strip_suffix(END)?.lines().map(Step::parse).collect());
        Ok(steps.map(Self::new))
    }
}
