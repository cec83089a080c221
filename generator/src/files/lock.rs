//! Makes sure that only one run at a time changes a folder.

#[cfg(test)]
mod tests;

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::disk;
use super::recovery::recover;
use super::staging::{LOCK_SUFFIX, beside, resolve};

/// The maximum time that a run waits for the lock. Writing a crate takes a second or two.
const MAX_WAIT: Duration = Duration::from_secs(60);

/// The time between two attempts to take the lock.
const INTERVAL: Duration = Duration::from_millis(20);

/// The right to change the folder of a crate. The right ends when this value is dropped, or when the process ends.
#[derive(Debug)]
pub struct Lock {
    /// Holds the lock of the operating system. `None` if there is nothing to lock, because the parent of the crate does not exist.
    _file: Option<File>,
    /// The lock file, which is removed before the lock ends. `None` if a folder is locked.
    path: Option<PathBuf>,
}

impl Lock {
    const NOTHING: Self = Self { _file: None, path: None };
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(path) = &self.path {
            // If the file remains, the next run uses it.
            _ = std::fs::remove_file(path);
        }
    }
}

/// Locks `folder`, so that no other run can change it at the same time. If an earlier run was killed, completes or undoes the
/// changes of that run, and removes the staging folder of that run.
///
/// If another run holds the lock, calls `on_wait` once, and waits for that run.
///
/// # Errors
/// Returns an error in these cases:
/// - The other run does not end within a minute.
/// - The folder cannot be locked.
/// - The changes of a killed run cannot be completed or undone, or its files cannot be removed.
pub fn lock(folder: &Path, on_wait: &mut dyn FnMut()) -> io::Result<Lock> {
    let Some(folder) = resolve(folder)? else { return Ok(Lock::NOTHING) };
    let lock = wait(&folder, on_wait, try_lock)?;
    recover(&folder)?;
    Ok(lock)
}

/// Waits until no other run changes `folder`, and locks it. Writes nothing, so a killed run is neither completed nor undone. If
/// the folder cannot be locked without writing a file, takes no lock.
///
/// # Errors
/// Returns an error if the other run does not end within a minute.
pub fn lock_for_reading(folder: &Path, on_wait: &mut dyn FnMut()) -> io::Result<Lock> {
    let Some(folder) = resolve(folder)? else { return Ok(Lock::NOTHING) };
    wait(&folder, on_wait, |folder| match try_lock_parent(folder) {
        Err(error) if error.kind() != io::ErrorKind::WouldBlock => Ok(Lock::NOTHING),
        result => result,
    })
}

/// Calls `try_lock` until it returns a lock, or another error than [`io::ErrorKind::WouldBlock`].
fn wait(folder: &Path, on_wait: &mut dyn FnMut(), try_lock: impl Fn(&Path) -> io::Result<Lock>) -> io::Result<Lock> {
    let start = Instant::now();
    let mut has_waited = false;
    loop {
        match try_lock(folder) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            result => return result,
        }
        if start.elapsed() > MAX_WAIT {
            let text = format!(
                "another run of copperplate is changing {}, or another program has locked its parent folder, and does not end: wait \
                 for it or stop it, and run again",
                folder.display()
            );
            return Err(io::Error::new(io::ErrorKind::WouldBlock, text));
        }
        if !has_waited {
            on_wait();
            has_waited = true;
        }
        thread::sleep(INTERVAL);
    }
}

/// Locks the parent of `folder`; if that is not possible, a file in the parent.
///
/// # Errors
/// Returns an error of the kind [`io::ErrorKind::WouldBlock`] if another process has the lock.
fn try_lock(folder: &Path) -> io::Result<Lock> {
    match try_lock_parent(folder) {
        Err(error) if error.kind() != io::ErrorKind::WouldBlock => try_lock_file(folder).map_err(|second| {
            if second.kind() == io::ErrorKind::WouldBlock {
                return second;
            }
            let text =
                format!("{} cannot be locked, so another run could change it: {error}; {second}", folder.display());
            io::Error::new(second.kind(), text)
        }),
        result => result,
    }
}

/// Locks the parent of `folder`. The folder itself cannot be locked, because it may not exist, and a run may replace it. A run
/// that replaces a folder locks it as well, and so waits for runs that write a crate in this folder.
#[cfg(unix)]
fn try_lock_parent(folder: &Path) -> io::Result<Lock> {
    let parent = disk::lock_folder(folder.parent().unwrap_or(folder))?;
    Ok(Lock { _file: Some(parent), path: None })
}

/// Returns an error, because only Unix can lock folders.
#[cfg(not(unix))]
fn try_lock_parent(folder: &Path) -> io::Result<Lock> {
    Err(disk::at(folder)(io::ErrorKind::Unsupported.into()))
}

/// Creates and locks a lock file beside `folder`. The parent of the folder may not be readable, or its file system may lock only
/// files.
#[cfg(unix)]
pub(super) fn try_lock_file(folder: &Path) -> io::Result<Lock> {
    let path = beside(folder, LOCK_SUFFIX).ok_or(io::ErrorKind::NotFound)?;
    let file = disk::lock_file(&path)?;
    let metadata = file.metadata().map_err(disk::at(&path))?;
    if !metadata.is_file() || metadata.len() > 0 {
        let text = format!("{} was not written by copperplate: move or delete it", path.display());
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, text));
    }
    Ok(Lock { _file: Some(file), path: Some(path) })
}

/// Opens a lock file beside `folder`. No other process can open the file at the same time. The system removes the file when this
/// process closes it.
#[cfg(windows)]
fn try_lock_file(folder: &Path) -> io::Result<Lock> {
    use std::os::windows::fs::OpenOptionsExt as _;

    const FILE_FLAG_DELETE_ON_CLOSE: u32 = 0x0400_0000;
    const ERROR_SHARING_VIOLATION: i32 = 32;

    let path = beside(folder, LOCK_SUFFIX).ok_or(io::ErrorKind::NotFound)?;
    let mut options = File::options();
    options.write(true).create(true).share_mode(0).custom_flags(FILE_FLAG_DELETE_ON_CLOSE);
    match options.open(&path) {
        Ok(file) => Ok(Lock { _file: Some(file), path: None }),
        Err(error) if error.raw_os_error() == Some(ERROR_SHARING_VIOLATION) => Err(io::ErrorKind::WouldBlock.into()),
        Err(error) => Err(disk::at(&path)(error)),
    }
}

/// Takes no lock: locks are implemented for Unix and Windows only.
#[cfg(not(any(unix, windows)))]
fn try_lock_file(_folder: &Path) -> io::Result<Lock> {
    Ok(Lock::NOTHING)
}
