//! Makes sure that only one run at a time changes a folder.

use std::fs::File;
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::recovery::recover;
use super::staging::resolve;

/// The maximum time that a run waits for the lock. Writing a crate takes a second or two.
const MAX_WAIT: Duration = Duration::from_secs(60);

/// The time between two attempts to take the lock.
const INTERVAL: Duration = Duration::from_millis(20);

/// The right to change the folder of a crate. The right ends when this value is dropped, or when the process ends.
#[derive(Debug)]
pub struct Lock {
    /// Holds the lock of the operating system. `None` if the file system has no locks.
    _file: Option<File>,
}

/// Locks `folder`, so that no other run can change it at the same time. If an earlier run was killed, completes or undoes the
/// changes of that run, and removes the staging folder of that run.
///
/// If another run holds the lock, calls `on_wait` once, and waits for that run.
///
/// # Errors
/// Returns an error if the other run does not end within a minute, or if the files of a killed run cannot be removed.
pub fn lock(folder: &Path, on_wait: &mut dyn FnMut()) -> io::Result<Lock> {
    let Some(folder) = resolve(folder)? else { return Ok(Lock { _file: None }) };
    let start = Instant::now();
    let mut has_waited = false;
    loop {
        match try_lock(&folder) {
            Ok(file) => {
                recover(&folder)?;
                return Ok(Lock { _file: file });
            }
            Err(error) if error.kind() != io::ErrorKind::WouldBlock => return Err(error),
            Err(_) if start.elapsed() > MAX_WAIT => {
                let text = format!(
                    "another run of copperplate is changing {} and does not end: wait for it or stop it, and run again",
                    folder.display()
                );
                return Err(io::Error::new(io::ErrorKind::WouldBlock, text));
            }
            Err(_) => {
                if !has_waited {
                    on_wait();
                    has_waited = true;
                }
                thread::sleep(INTERVAL);
            }
        }
    }
}

/// Locks the parent of `folder`. The folder itself cannot be locked, because it may not exist, and a run may replace it.
///
/// # Errors
/// Returns an error of the kind [`io::ErrorKind::WouldBlock`] if another process has the lock.
#[cfg(unix)]
fn try_lock(folder: &Path) -> io::Result<Option<File>> {
    use rustix::fs::{FlockOperation, flock};

    // If the parent cannot be opened, or the file system has no locks, the run continues without a lock.
    let Ok(parent) = File::open(folder.parent().unwrap_or(folder)) else { return Ok(None) };
    match flock(&parent, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(Some(parent)),
        Err(rustix::io::Errno::WOULDBLOCK) => Err(io::ErrorKind::WouldBlock.into()),
        Err(_) => Ok(None),
    }
}

/// Opens a lock file beside `folder`. No other process can open the file at the same time. The system removes the file when this
/// process closes it.
///
/// # Errors
/// Returns an error of the kind [`io::ErrorKind::WouldBlock`] if another process has the file open.
#[cfg(windows)]
fn try_lock(folder: &Path) -> io::Result<Option<File>> {
    use std::os::windows::fs::OpenOptionsExt as _;

    const FILE_FLAG_DELETE_ON_CLOSE: u32 = 0x0400_0000;
    const ERROR_SHARING_VIOLATION: i32 = 32;

    let mut name = std::ffi::OsString::from(".");
    name.push(folder.file_name().unwrap_or_default());
    name.push(".copperplate-lock");
    let path = folder.with_file_name(name);
    let mut options = File::options();
    options.write(true).create(true).share_mode(0).custom_flags(FILE_FLAG_DELETE_ON_CLOSE);
    match options.open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.raw_os_error() == Some(ERROR_SHARING_VIOLATION) => Err(io::ErrorKind::WouldBlock.into()),
        Err(_) => Ok(None),
    }
}

/// Takes no lock: locks are implemented for Unix and Windows only.
#[cfg(not(any(unix, windows)))]
fn try_lock(_folder: &Path) -> io::Result<Option<File>> {
    Ok(None)
}
