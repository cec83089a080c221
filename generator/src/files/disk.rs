//! Operations on the file system. Their errors name the path.

use std::fs::{self, DirEntry, File, Metadata};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::Path;

use crate::print::HEADER;

/// In each file that is copied from the runtime, this text follows the comment sign, such as `//`, in the first line.
const RUNTIME_HEADER: &str = "copperplate runtime:";

/// How many bytes of a file are read to decide whether copperplate wrote the file.
const FIRST_LINE: u64 = 256;

/// How many bytes of a file are read to decide whether it may be replaced.
const FIRST_BYTES: u64 = 1_000;

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

/// Returns an error if `root`, or a folder between `root` and `root/inner`, is a symbolic link or a file. Folders that do not
/// exist are not an error.
pub(super) fn check_folders(root: &Path, inner: &Path) -> io::Result<()> {
    check_folder(root)?;
    let folders: Vec<&Path> = inner.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty()).collect();
    folders.into_iter().rev().try_for_each(|folder| check_folder(&root.join(folder)))
}

/// Returns an error if `path` is a symbolic link or a file.
pub(super) fn check_folder(path: &Path) -> io::Result<()> {
    let problem = match metadata(path)? {
        Some(entry) if entry.is_symlink() => {
            "is a symbolic link, which is not followed: replace it with a folder, or choose another folder with --out"
        }
        Some(entry) if !entry.is_dir() => {
            "is not a folder, and copperplate needs a folder there: move it, or choose another folder with --out"
        }
        _ => return Ok(()),
    };
    Err(io::Error::new(io::ErrorKind::NotADirectory, format!("{} {problem}", path.display())))
}

/// Opens a file for reading. Does not follow a symbolic link at `path`. If the file is a pipe, returns without waiting for a
/// program that writes to the pipe.
///
/// # Errors
/// Returns an error if the file cannot be opened, or if `path` is a symbolic link.
pub fn open_without_waiting(path: &Path) -> io::Result<File> {
    #[allow(unused_mut, reason = "only Unix has the flags")]
    let mut options = File::options();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, careful_flags());
    options.read(true).open(path)
}

/// Returns the flags that open neither a symbolic link nor, with waiting, a pipe.
#[cfg(unix)]
fn careful_flags() -> i32 {
    let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NOCTTY;
    flags.bits().cast_signed()
}

/// Reads at most the first `max` bytes of a regular file. Returns `None` if `path` does not exist, or is not a regular file.
fn read_start(path: &Path, max: u64) -> io::Result<Option<Vec<u8>>> {
    if !metadata(path)?.is_some_and(|metadata| metadata.is_file()) {
        return Ok(None);
    }
    let file = open_without_waiting(path).map_err(at(path))?;
    // Since the check, the file may have been replaced.
    if !file.metadata().map_err(at(path))?.is_file() {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    file.take(max).read_to_end(&mut bytes).map_err(at(path))?;
    Ok(Some(bytes))
}

/// Reads a regular file. Returns `None` if `path` does not exist, is not a regular file, or has more than `max` bytes.
///
/// # Errors
/// Returns an error if the file cannot be read.
pub fn read_regular(path: &Path, max: u64) -> io::Result<Option<Vec<u8>>> {
    Ok(read_start(path, max.saturating_add(1))?.filter(|bytes| bytes.len() as u64 <= max))
}

/// Writes a file that does not exist, or replaces the content of a regular file that `is_own` accepts. `is_own` receives the first
/// bytes of the file. Returns `false`, and writes nothing, if `path` is anything else, such as a symbolic link or a pipe.
///
/// # Errors
/// Returns an error if the file cannot be written.
pub fn replace_own(path: &Path, text: &str, is_own: impl Fn(&[u8]) -> bool) -> io::Result<bool> {
    let Some(old) = metadata(path)? else {
        let mut file = File::create_new(path).map_err(at(path))?;
        return file.write_all(text.as_bytes()).map(|()| true).map_err(at(path));
    };
    if !old.is_file() {
        return Ok(false);
    }
    let mut options = File::options();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, careful_flags());
    let mut file = options.read(true).write(true).open(path).map_err(at(path))?;
    // The opened file is checked, because another file may have replaced the first one.
    let mut start = Vec::new();
    (&mut file).take(FIRST_BYTES).read_to_end(&mut start).map_err(at(path))?;
    if !file.metadata().map_err(at(path))?.is_file() || !is_own(&start) {
        return Ok(false);
    }
    let written = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| file.write_all(text.as_bytes()));
    written.map(|()| true).map_err(at(path))
}

/// Returns whether two regular files have the same content.
pub(super) fn have_same_content(one: &Path, other: &Path) -> io::Result<bool> {
    let length = metadata(one)?.map_or(0, |file| file.len());
    let text = read_regular(one, length)?;
    Ok(text.is_some() && text == read_regular(other, length)?)
}

/// Returns whether `path` is a regular file whose first line marks it as generated or copied by copperplate.
pub(super) fn is_generated(path: &Path) -> io::Result<bool> {
    let Some(text) = read_start(path, FIRST_LINE)? else { return Ok(false) };
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

/// Creates a folder that only the current user can enter. Its parent must exist.
pub(super) fn create_private_folder(path: &Path) -> io::Result<()> {
    interruption()?;
    #[allow(unused_mut, reason = "only Unix has modes")]
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(at(path))
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
    Ok(metadata(path)?.as_ref().map(inode))
}

/// Returns the inode number from the metadata of a file or folder; 0 on systems other than Unix.
pub(super) fn inode(metadata: &Metadata) -> u64 {
    #[cfg(unix)]
    return std::os::unix::fs::MetadataExt::ino(metadata);
    #[cfg(not(unix))]
    {
        _ = metadata;
        0
    }
}

/// Returns whether `one` and `other` describe the same file or folder, or hard links to the same file. Always returns `false` on
/// systems other than Unix.
pub(super) fn is_same(one: &Metadata, other: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;

        (one.dev(), one.ino()) == (other.dev(), other.ino())
    }
    #[cfg(not(unix))]
    {
        _ = (one, other);
        false
    }
}

/// Returns the number of the mount that contains `path`; `None` if the system has no such numbers. Files cannot be moved from one
/// mount to another, even if both show the same device.
#[cfg(target_os = "linux")]
pub(super) fn mount(path: &Path) -> Option<u64> {
    use rustix::fs::{AtFlags, CWD, StatxFlags, statx};

    let found = statx(CWD, path, AtFlags::empty(), StatxFlags::MNT_ID).ok()?;
    StatxFlags::from_bits_retain(found.stx_mask).contains(StatxFlags::MNT_ID).then_some(found.stx_mnt_id)
}

/// Locks a folder until the returned file is closed.
///
/// # Errors
/// Returns an error of the kind [`io::ErrorKind::WouldBlock`] if another process has the lock, or if another run replaced the
/// folder at the same moment.
#[cfg(unix)]
pub(super) fn lock_folder(folder: &Path) -> io::Result<File> {
    lock_opened(File::open(folder).map_err(at(folder))?, folder)
}

/// Locks a regular file until the returned file is closed. Creates the file if it does not exist.
///
/// # Errors
/// Returns an error of the kind [`io::ErrorKind::WouldBlock`] if another process has the lock.
#[cfg(unix)]
pub(super) fn lock_file(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;

    let mut options = File::options();
    options.read(true).write(true).create(true).truncate(false).mode(0o600).custom_flags(careful_flags());
    lock_opened(options.open(path).map_err(at(path))?, path)
}

#[cfg(unix)]
fn lock_opened(file: File, path: &Path) -> io::Result<File> {
    use rustix::fs::{FlockOperation, flock};

    flock(&file, FlockOperation::NonBlockingLockExclusive).map_err(|error| at(path)(error.into()))?;
    // Another run may have replaced or removed the path before this run had the lock.
    let opened = file.metadata().map_err(at(path))?;
    match metadata(path)? {
        Some(now) if is_same(&opened, &now) => Ok(file),
        _ => Err(io::ErrorKind::WouldBlock.into()),
    }
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
        /// One operation on the disk and the next one fail, and all later operations succeed.
        TwoFailures,
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
            Some((Interruption::TwoFailures, 0)) => {
                NEXT.set(Some((Interruption::Failure, 0)));
                error()
            }
            Some((interruption, operations)) => {
                NEXT.set(Some((interruption, operations - 1)));
                Ok(())
            }
        }
    }
}
