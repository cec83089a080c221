//! Writes generated files to disk: [`compare()`] finds the differences, [`write()`] applies them.
//!
//! copperplate overwrites and deletes only files whose first line marks them as generated. Symbolic links in the folder are not
//! followed. Folders that were empty before the run are kept.
//!
//! # What other programs see in the folder
//!
//! A run prepares all new files in a staging folder, and then changes the crate. If the run fails or is killed before the change,
//! the folder has the old crate. The run changes the crate in the first of these four ways that is possible:
//!
//! 1. A rename: of one file if no other file changes, or of the whole crate if its folder does not exist yet. At every moment the
//!    folder has the complete old crate or the complete new crate.
//! 2. A swap of the smallest folder that contains all changes: `src`, or the folder of the crate. At every moment the folder has
//!    the complete old crate or the complete new crate. Linux and macOS can swap folders on most local file systems. A folder is
//!    not swapped in these cases:
//!    - The current folder of the process is inside it.
//!    - Its parent cannot be written, or is on another disk.
//!    - It contains hidden folders (such as `.git`), `target` or symbolic links.
//!    - Another run writes a crate in it.
//!    - The folder, or a folder in it, has extended attributes, or has another owner or group than a new folder gets.
//!    - It contains more than 1,000 files and folders that copperplate did not write.
//! 3. A swap of `src`, and then moves of the files outside it: `Cargo.toml`, `README.md`, `SURFACE.txt` and examples. If the
//!    process is killed between two moves, the folder has the new `src` and some old files outside it until the next run begins.
//! 4. Moves of all files. If the process is killed between two moves, the folder has a mixture of old and new files until the
//!    next run begins.
//!
//! In cases 3 and 4 a journal lists the steps. If a step fails, the run undoes the steps before it. If the process is killed, the
//! next run first completes or undoes these steps. In every case the next run removes the staging folder. A run with `--check`
//! writes nothing: it compares the folder as it is. Runs on the same folder wait for each other: see [`Lock`].
//!
//! # What is not trusted
//!
//! The folder of the crate may come from a repository or an archive of a stranger. Below the parent of the crate, no symbolic link
//! is followed, and only regular files are read. A staging folder is used only if a run of the current user created it in this
//! place. A journal is used only if each path in it consists of plain names.
//!
//! After a power failure, some written files may be missing or incomplete. The next run writes them again.

mod compare;
mod disk;
mod journal;
mod lock;
mod recovery;
mod staging;
mod swap;
#[cfg(test)]
mod tests;
mod write;

pub use compare::{Changes, compare};
pub use disk::{open_without_waiting, read_regular, replace_own};
pub use lock::{Lock, lock, lock_for_reading};
pub use recovery::has_leftovers;
pub use write::write;
