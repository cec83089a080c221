//! The journal: a file that lists the steps in which a run changes the crate. A run that can make all its changes by one rename
//! or by one swap of folders writes no journal.
//!
//! The run prepares all files in the staging folder, writes the journal, and then does the steps. If a step fails, the run undoes
//! the steps before it. If the process is killed, the next run reads the journal and completes the steps. If the steps cannot be
//! completed, the next run undoes them. Every step has the same result if it is done twice. So it is harmless if the next run is
//! killed as well. The journal is removed only after all steps are completed or undone.
//!
//! After a run was killed, the user may change files. A file of the user at the path of a step is kept, and folders that the user
//! removed are created again.

use std::io;
use std::path::{Component, Path};

use super::disk;
use super::staging::{Staging, Unit};
use super::swap::swap;

/// The last line of a complete journal.
const END: &str = "end";

/// The maximum size of a journal in bytes. It has a line for each file that changes.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

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
            Self::Folder(path) => format!("folder {}", escaped(path)),
            Self::Add(path) => format!("add {}", escaped(path)),
            Self::Replace(path) => format!("replace {}", escaped(path)),
            Self::Remove(path) => format!("remove {}", escaped(path)),
            Self::RemoveFolder(path) => format!("remove-folder {}", escaped(path)),
        }
    }

    fn parse(line: &str) -> Option<Self> {
        let (kind, rest) = line.split_once(' ')?;
        if kind == "swap" {
            let (identity, unit) = rest.split_once(' ')?;
            return Some(Self::Swap(Unit::named(unit)?, identity.parse().ok()?));
        }
        let path = unescaped(rest).filter(|path| is_plain(path))?;
        Some(match kind {
            "folder" => Self::Folder(path),
            "add" => Self::Add(path),
            "replace" => Self::Replace(path),
            "remove" => Self::Remove(path),
            "remove-folder" => Self::RemoveFolder(path),
            _ => return None,
        })
    }

    /// Returns an error if the step would follow a symbolic link.
    fn check(&self, staging: &Staging) -> io::Result<()> {
        match self {
            Self::Swap(unit, _) => {
                disk::check_folder(&staging.live(*unit)).and_then(|()| disk::check_folder(&staging.staged(*unit)))
            }
            Self::Folder(path)
            | Self::Add(path)
            | Self::Replace(path)
            | Self::Remove(path)
            | Self::RemoveFolder(path) => {
                let roots = [staging.crate_folder.clone(), staging.folder.join("new"), staging.folder.join("old")];
                roots.iter().try_for_each(|root| disk::check_folders(root, Path::new(path)))
            }
        }
    }

    /// Does the step, unless it is done already.
    fn redo(&self, staging: &Staging) -> io::Result<()> {
        self.check(staging)?;
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
                if disk::metadata(&path)?.is_none() { disk::create_folders(&path) } else { Ok(()) }
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
        self.check(staging)?;
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
            Self::Replace(path) => {
                let is_done = disk::metadata(&staging.new_file(path))?.is_none();
                if is_done { restore(staging, path) } else { Ok(()) }
            }
            Self::Remove(path) => restore(staging, path),
            Self::RemoveFolder(path) => {
                let path = staging.crate_folder.join(path);
                if disk::metadata(&path)?.is_none() { disk::create_folders(&path) } else { Ok(()) }
            }
        }
    }
}

/// Returns whether `path` is a relative path that consists of names only, so that it cannot lead out of the crate. A path such as
/// `a//b` or `./a`, which copperplate does not write, is rejected as well.
fn is_plain(path: &str) -> bool {
    path.split('/').all(|name| {
        let mut components = Path::new(name).components();
        matches!(components.next(), Some(Component::Normal(only)) if only == name) && components.next().is_none()
    })
}

/// Replaces characters that would end a line of the journal by an escape sequence.
fn escaped(path: &str) -> String {
    path.replace('\\', r"\\").replace('\n', r"\n").replace('\r', r"\r")
}

/// Replaces the escape sequences of [`escaped`]. Returns `None` if there is another escape sequence.
fn unescaped(text: &str) -> Option<String> {
    let mut path = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        path.push(match letter {
            '\\' => match letters.next()? {
                '\\' => '\\',
                'n' => '\n',
                'r' => '\r',
                _ => return None,
            },
            letter => letter,
        });
    }
    Some(path)
}

/// Moves the old version of the generated file `path` back to the crate, unless it is there already. A file of the user at this
/// path is kept.
fn restore(staging: &Staging, path: &str) -> io::Result<()> {
    let (old, live) = (staging.old_file(path), staging.crate_folder.join(path));
    let is_free = disk::metadata(&live)?.is_none() || disk::is_generated(&live)?;
    if is_free && disk::metadata(&old)?.is_some() { install(&old, &live) } else { Ok(()) }
}

/// Moves a generated file to `path`. Returns an error if a file exists at `path` that copperplate did not write.
pub(super) fn install(file: &Path, path: &Path) -> io::Result<()> {
    if disk::metadata(path)?.is_some() && !disk::is_generated(path)? {
        let text = format!("{} was not written by copperplate and is not overwritten", path.display());
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, text));
    }
    if let Some(parent) = path.parent()
        && disk::metadata(parent)?.is_none()
    {
        disk::create_folders(parent)?;
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
        // If the user removed the crate, there is nothing to complete.
        if disk::metadata(&staging.crate_folder)?.is_none() {
            return disk::remove_any(&staging.undo());
        }
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
            Err(_) if !staging.is_pending()? => Ok(()),
            result => result,
        }
    }

    /// Reads a journal. Returns `None` if the file does not exist.
    ///
    /// # Errors
    /// Returns an error if the journal cannot be read, is incomplete, or has an unknown step. Without the journal, a mixture of
    /// old and new files would remain, so the file is not ignored.
    fn read(path: &Path) -> io::Result<Option<Self>> {
        if disk::metadata(path)?.is_none() {
            return Ok(None);
        }
        let bytes = disk::read_regular(path, MAX_BYTES)?;
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        let steps = text.as_deref().and_then(|text| {
            let lines = text.strip_suffix('\n')?.strip_suffix(END)?;
            lines.split_terminator('\n').map(Step::parse).collect::<Option<Vec<_>>>()
        });
        let unreadable = || {
            let text = format!(
                "{} is not a journal that this version of copperplate can read: delete its folder, and generate the crate again",
                path.display()
            );
            io::Error::new(io::ErrorKind::InvalidData, text)
        };
        steps.map(|steps| Some(Self::new(steps))).ok_or_else(unreadable)
    }
}
