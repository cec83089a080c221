//! Operations on the file system. Their errors name the path.

use std::fs::{self, DirEntry, File, Metadata};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use crate::print::HEADER;

/// In each file that is copied from the runtime, this text follows the comment sign, such as `//`, in the first line.
const RUNTIME_HEADER: &str = "copperplate runtime:";

/// How many bytes of a file are read to decide whether copperplate wrote the file.
const FIRST_LINE: u64 = 256;

/// Whether the system can swap two folders in one step.
pub(super) const CAN_EXCHANGE: bool = cfg!(any(target_os = "linux", target_os = "android", target_vendor = "apple"));

/// Returns a function that adds `path` to the message of an error.
pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> io::Error {
    move |error| io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// Returns the metadata of `path`, without following a symbolic link; `None` if `path` does not exist.
pub(super) fn metadata(path: &Path) -> io::Result<Option<Metadata>> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(at(path)(error)),
    }
}

/// Returns the files and folders in a folder, sorted by name.
pub(super) fn entries(folder: &Path) -> io::Result<Vec<DirEntry>> {
    let mut entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>).map_err(at(folder))?;
    entries.sort_by_key(DirEntry::file_name);
    Ok(entries)
}

/// Returns whether `path` is a regular file whose first line marks it as generated or copied by copperplate.
pub(super) fn is_generated(path: &Path) -> io::Result<bool> {
    if !metadata(path)?.is_some_and(|metadata| metadata.is_file()) {
        return Ok(false);
    }
    let mut text = Vec::new();
    File::open(path).and_then(|file| file.take(FIRST_LINE).read_to_end(&mut text)).map_err(at(path))?;
    let first = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let first = String::from_utf8_lossy(first);
    let comment = ["// ", "# ", "<!-- "].iter().find_map(|sign| first.strip_prefix(sign));
    Ok(comment.is_some_and(|comment| comment.starts_with(HEADER) || comment.starts_with(RUNTIME_HEADER)))
}

/// Creates a folder. Its parent must exist.
pub(super) fn create_folder(path: &Path) -> io::Result<()> {
    interruption()?;
    fs::create_dir(path).map_err(at(path))
}

/// Creates a folder and its parents, if they do not exist.
pub(super) fn create_folders(path: &Path) -> io::Result<()> {
    interruption()?;
    fs::create_dir_all(path).map_err(at(path))
}

/// Creates a file with the content `text`. Returns an error if the file exists.
pub(super) fn write(path: &Path, text: &str) -> io::Result<File> {
    interruption()?;
    let mut file = File::create_new(path).map_err(at(path))?;
    file.write_all(text.as_bytes()).map_err(at(path))?;
    Ok(file)
}

/// Waits until the content of a file is on the disk. Does nothing in unit tests, because the tests start hundreds of runs and
/// would be slow.
pub(super) fn sync(file: &File, path: &Path) -> io::Result<()> {
    if cfg!(test) { Ok(()) } else { file.sync_all().map_err(at(path)) }
}

/// Creates `second`, a hard link to the file `path`.
pub(super) fn link(path: &Path, second: &Path) -> io::Result<()> {
    interruption()?;
    fs::hard_link(path, second).map_err(at(path))
}

/// Copies a file.
pub(super) fn copy(path: &Path, to: &Path) -> io::Result<()> {
    interruption()?;
    fs::copy(path, to).map_err(at(path)).map(drop)
}

/// Renames a file or folder. Replaces a file that has the new name.
pub(super) fn rename(path: &Path, to: &Path) -> io::Result<()> {
    interruption()?;
    fs::rename(path, to).map_err(at(to))
}

/// Removes a file.
pub(super) fn remove_file(path: &Path) -> io::Result<()> {
    interruption()?;
    fs::remove_file(path).map_err(at(path))
}

/// Removes an empty folder.
pub(super) fn remove_folder(path: &Path) -> io::Result<()> {
    interruption()?;
    fs::remove_dir(path).map_err(at(path))
}

/// Removes a file, or a folder with everything in it. Does nothing if neither exists.
pub(super) fn remove_any(path: &Path) -> io::Result<()> {
    interruption()?;
    match metadata(path)? {
        None => Ok(()),
        Some(entry) if entry.is_dir() => fs::remove_dir_all(path).map_err(at(path)),
        Some(_) => fs::remove_file(path).map_err(at(path)),
    }
}

/// Swaps two folders in one atomic step. Both paths exist at every moment.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub(super) fn exchange(folder: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};

    interruption()?;
    renameat_with(CWD, folder, CWD, other, RenameFlags::EXCHANGE).map_err(|error| at(folder)(error.into()))
}

/// Returns an error, because this system cannot swap folders.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub(super) fn exchange(folder: &Path, _other: &Path) -> io::Result<()> {
    Err(at(folder)(io::ErrorKind::Unsupported.into()))
}

/// Returns the inode number of a file or folder. A rename does not change the number.
///
/// Returns `None` if `path` does not exist. On systems other than Unix, the number is always 0.
pub(super) fn identity(path: &Path) -> io::Result<Option<u64>> {
    #[cfg(unix)]
    let number = |metadata: Metadata| std::os::unix::fs::MetadataExt::ino(&metadata);
    #[cfg(not(unix))]
    let number = |_: Metadata| 0;
    Ok(metadata(path)?.map(number))
}

/// Does nothing. In unit tests, a function of the same name replaces this one, and can return an error.
#[cfg(not(test))]
#[allow(clippy::unnecessary_wraps, reason = "the version for tests returns errors")]
fn interruption() -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
use interruption::interruption;

/// Lets unit tests inject failures into the operations that change the disk.
#[cfg(test)]
pub(super) mod interruption {
    use std::cell::Cell;
    use std::io;

    /// How a test interrupts a run.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(in crate::files) enum Interruption {
        /// One operation on the disk and all later operations fail, as if the process had been killed.
        Kill,
        /// One operation on the disk fails, and all later operations succeed.
        Failure,
    }

    thread_local! {
        static NEXT: Cell<Option<(Interruption, usize)>> = const { Cell::new(None) };
    }

    /// Calls `run`. The first `operations` operations on the disk succeed, and then `interruption` happens.
    pub(in crate::files) fn after<T>(operations: usize, interruption: Interruption, run: impl FnOnce() -> T) -> T {
        NEXT.set(Some((interruption, operations)));
        let result = run();
        NEXT.set(None);
        result
    }

    /// Returns whether the [`Interruption::Failure`] that a test passed to [`after`] has occurred.
    pub(in crate::files) fn is_spent() -> bool {
        NEXT.get().is_none()
    }

    /// Returns an error if the test interrupts the run at this operation on the disk.
    pub(super) fn interruption() -> io::Result<()> {
        let error = || Err(io::Error::other("interrupted"));
        match NEXT.get() {
            None => Ok(()),
            Some((Interruption::Kill, 0)) => error(),
            Some((Interruption::Failure, 0)) => {
                NEXT.set(None);
                error()
            }
            Some((interruption, operations)) => {
                NEXT.set(Some((interruption, operations - 1)));
                Ok(())
            }
        }
    }
}
