//! Writes generated files to disk: [`compare()`] finds the differences, [`write()`] applies them.
//!
//! A file belongs to copperplate if its first line says so. No other file is ever overwritten or deleted, symbolic links in the
//! folder are not followed, and empty folders stay.
//!
//! # What a reader of the folder finds
//!
//! A run prepares all new files in a staging folder, then changes the crate. If it fails, is killed or meets a full disk before
//! the change, the folder has the old crate. The change itself is one of these, the first that is possible:
//!
//! 1. A rename of one file, if no other file changes; or of the whole crate, if its folder does not exist yet. At every moment the
//!    folder has the old crate or the new one.
//! 2. A swap of the smallest folder that contains all changes: `src`, or the crate. At every moment the folder has the old crate or
//!    the new one. Linux and macOS can swap folders on most local file systems. The crate is not swapped if the current folder is
//!    in it, if its parent cannot be written or is on another disk, or if the user has hidden folders (such as `.git`), `target`,
//!    symbolic links, folders with other owners or attributes, or more than 1,000 other files and folders in it. The same holds for
//!    `src`.
//! 3. A swap of `src`, and moves of the files outside it: `Cargo.toml`, `README.md`, `SURFACE.txt` and examples. If the process is
//!    killed between these moves, the folder has the new `src` and some old files outside it until the next run begins.
//! 4. Moves of all files. If the process is killed between them, the folder has a mix until the next run begins.
//!
//! In cases 3 and 4 a journal lists the steps. If a step fails, the run undoes the steps before it. If the process is killed, the
//! next run, also with `--check`, completes or undoes the steps before it reads the folder. In every case the next run removes the
//! staging folder. A [`Lock`] makes runs on the same folder wait for each other.
//!
//! After a power failure the file system decides which of the written texts are on disk. The next run finds the differences.

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
pub use lock::{Lock, lock};
pub use recovery::has_leftovers;
pub use write::write;
