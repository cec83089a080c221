//! Replaces a whole folder in one step: other programs see either all old files or all new files.
//!
//! The *live* folder is the crate, or `src` in the crate. The run prepares a new folder, the *staged* folder, and swaps it with
//! the live folder. The staged folder has the new files, and hard links to the files that do not change. So unchanged files are
//! neither copied nor rewritten.

use std::collections::HashSet;
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::{env, fs};

use super::compare::Changes;
use super::disk::{self, at};
use super::staging::{Staging, Unit};
use crate::print::Output;

/// A folder is swapped only if it contains at most this many files and folders of the user. Each file of the user needs a hard
/// link in the new folder, and more links would take too long.
const MAX_FOREIGN_ENTRIES: usize = 1_000;

/// Creates the new crate or the new `src` in the staging folder: writes the new files, and creates hard links to the files that
/// do not change.
///
/// # Errors
/// Returns an error if the folder `unit` cannot be swapped, or if the disk is full. The caller then moves the files one by one.
pub(super) fn prepare(staging: &Staging, unit: Unit, outputs: &[Output], changes: &Changes) -> io::Result<()> {
    let (live, staged) = (staging.live(unit), staging.staged(unit));
    let inner = |output: &String| unit.inner(output).map(PathBuf::from);
    if disk::metadata(&live)?.is_some() {
        check_swappable(staging, unit, &live)?;
        let mut linking = Linking {
            changed: changes.changed.iter().filter_map(inner).collect(),
            stale: changes.stale.iter().filter_map(inner).collect(),
            remaining: outputs.len() + MAX_FOREIGN_ENTRIES,
        };
        linking.link(&live, &staged, Path::new(""))?;
    } else {
        disk::create_folder(&staged)?;
    }
    let written: HashSet<&String> = changes.added.iter().chain(&changes.changed).collect();
    let mut folders = HashSet::from([staged.clone()]);
    for output in outputs.iter().filter(|output| written.contains(&output.path)) {
        let Some(inner) = unit.inner(&output.path) else { continue };
        let path = staged.join(inner);
        let parent = path.parent().unwrap_or(&staged);
        if folders.insert(parent.to_owned()) {
            disk::create_folders(parent)?;
        }
        disk::write(&path, &output.text)?;
    }
    disk::create_folder(&staging.ready())
}

/// Swaps the crate, or its `src`, with the new version in the staging folder. If there is no old version, only moves the new
/// version out of the staging folder.
pub(super) fn swap(staging: &Staging, unit: Unit) -> io::Result<()> {
    let (live, staged) = (staging.live(unit), staging.staged(unit));
    match disk::metadata(&live)? {
        Some(_) => disk::exchange(&live, &staged),
        None => disk::rename(&staged, &live),
    }
}

/// Removes `crate` and `src` from the staging folder. After a swap, these are old folders. A file of the user in them is moved
/// to the crate, unless the crate has the same version or a newer version of this file.
pub(super) fn remove_units(staging: &Staging) -> io::Result<()> {
    let is_ready = disk::metadata(&staging.ready())?.is_some();
    for unit in Unit::ALL {
        let staged = staging.staged(unit);
        match disk::metadata(&staged)? {
            None => {}
            Some(_) if is_ready => sweep(&staged, &staging.live(unit))?,
            // An incomplete folder has never been swapped. So each of its files is a new file, or a hard link to a file in the
            // crate.
            Some(_) => disk::remove_any(&staged)?,
        }
    }
    if is_ready { disk::remove_folder(&staging.ready()) } else { Ok(()) }
}

/// Returns an error if the system cannot swap the folder `live`, or if the current folder of the process is inside it.
fn check_swappable(staging: &Staging, unit: Unit, live: &Path) -> io::Result<()> {
    let refuse =
        |reason: &str| Err(io::Error::new(io::ErrorKind::Unsupported, format!("{}: {reason}", live.display())));
    if !disk::CAN_EXCHANGE {
        return refuse("this system cannot swap folders");
    }
    if unit == Unit::Crate && !staging.is_beside {
        return refuse("its parent cannot be written");
    }
    // After the swap, a shell in this folder would still be in the old folder, which is then removed.
    let here = env::current_dir().and_then(fs::canonicalize);
    if here.is_ok_and(|here| here.starts_with(live)) {
        return refuse("it is the current folder");
    }
    Ok(())
}

/// Fills a new folder with hard links to the files of the old folder.
struct Linking {
    /// The files that get new content, as paths relative to the old folder. No hard links to these files are created.
    changed: HashSet<PathBuf>,
    /// The files that must not be in the new folder, as paths relative to the old folder.
    stale: HashSet<PathBuf>,
    /// How many more files and folders of the old folder may be linked. If the old folder has more, the folder is not swapped.
    remaining: usize,
}

impl Linking {
    /// Creates the folder `to`, with hard links to the files in `from`. `inner` is the path of `from` within the old folder, and
    /// of `to` within the new folder. If all files in `from` are stale, removes `to` and returns `false`.
    fn link(&mut self, from: &Path, to: &Path, inner: &Path) -> io::Result<bool> {
        let refuse = |path: &Path| Err(at(path)(io::ErrorKind::Unsupported.into()));
        create_like(from, to)?;
        let (mut has_entries, mut has_stale) = (false, false);
        for entry in disk::entries(from)? {
            let (path, inner, second) = (entry.path(), inner.join(entry.file_name()), to.join(entry.file_name()));
            let kind = entry.file_type().map_err(at(&path))?;
            if self.changed.contains(&inner) {
                has_entries = true;
                continue;
            }
            if self.stale.contains(&inner) {
                has_stale = true;
                continue;
            }
            self.remaining = match self.remaining.checked_sub(1) {
                Some(remaining) => remaining,
                None => return refuse(&path),
            };
            if kind.is_file() {
                disk::link(&path, &second)?;
                has_entries = true;
            } else if kind.is_dir() && !belongs_to_other_program(&path) {
                match self.link(&path, &second, &inner)? {
                    true => has_entries = true,
                    false => has_stale = true,
                }
            } else {
                return refuse(&path);
            }
        }
        let is_needed = has_entries || !has_stale;
        if !is_needed {
            disk::remove_folder(to)?;
        }
        Ok(is_needed)
    }
}

/// Returns whether another program, such as git, an editor or Cargo, may use the folder during the run.
fn belongs_to_other_program(folder: &Path) -> bool {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.') || name == "target"
}

/// Creates the folder `to` with the owner and permissions of `from`.
///
/// # Errors
/// Returns an error in these cases:
/// - `to` does not get the owner or the extended attributes of `from`.
/// - `from` cannot be written, so its files could not be removed after the swap.
#[cfg(unix)]
fn create_like(from: &Path, to: &Path) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt as _;

    let refuse = || Err(at(from)(io::ErrorKind::Unsupported.into()));
    if rustix::fs::access(from, rustix::fs::Access::WRITE_OK).is_err() || has_attributes(from) {
        return refuse();
    }
    let old = fs::metadata(from).map_err(at(from))?;
    disk::create_folder(to)?;
    let new = fs::metadata(to).map_err(at(to))?;
    if (old.uid(), old.gid(), old.dev()) != (new.uid(), new.gid(), new.dev()) {
        return refuse();
    }
    if old.mode() == new.mode() { Ok(()) } else { fs::set_permissions(to, old.permissions()).map_err(at(to)) }
}

/// Creates the folder `to`.
#[cfg(not(unix))]
fn create_like(_from: &Path, to: &Path) -> io::Result<()> {
    disk::create_folder(to)
}

/// Returns whether a folder has extended attributes, such as an access control list. Attributes that the system gives to every
/// folder, such as `security.selinux`, do not count.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn has_attributes(folder: &Path) -> bool {
    const USUAL: &[&[u8]] = &[b"", b"security.selinux", b"com.apple.provenance"];
    let mut names = [0; 1024];
    match rustix::fs::llistxattr(folder, &mut names[..]) {
        Ok(length) => names[..length].split(|byte| *byte == 0).any(|name| !USUAL.contains(&name)),
        Err(rustix::io::Errno::NOTSUP) => false,
        Err(_) => true,
    }
}

/// Returns `false`. This system cannot swap existing folders, so the function is never called.
#[cfg(all(unix, not(any(target_os = "linux", target_os = "android", target_vendor = "apple"))))]
fn has_attributes(_folder: &Path) -> bool {
    false
}

/// Removes the folder `old` from the staging folder. `live` is the folder that has the same relative path in the crate.
///
/// A file of the user moves from `old` to `live` if `live` does not have it, or has an older version. All other files in `old`
/// are removed.
fn sweep(old: &Path, live: &Path) -> io::Result<()> {
    for entry in disk::entries(old)? {
        let (path, kept) = (entry.path(), live.join(entry.file_name()));
        let file = entry.metadata().map_err(at(&path))?;
        if file.is_dir() {
            sweep(&path, &kept)?;
            continue;
        }
        let twin = disk::metadata(&kept)?;
        if twin.as_ref().is_some_and(|twin| is_same(&file, twin)) || disk::is_generated(&path)? {
            disk::remove_file(&path)?;
        } else if twin.is_none_or(|twin| is_newer(&file, &twin)) {
            if let Some(parent) = kept.parent() {
                disk::create_folders(parent)?;
            }
            disk::rename(&path, &kept)?;
        } else {
            disk::remove_file(&path)?;
        }
    }
    disk::remove_folder(old)
}

/// Returns whether `one` and `other` describe hard links to the same file. Always returns `false` on systems other than Unix.
fn is_same(one: &Metadata, other: &Metadata) -> bool {
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

/// Returns whether `one` was modified later than `other`.
fn is_newer(one: &Metadata, other: &Metadata) -> bool {
    one.modified().ok().zip(other.modified().ok()).is_some_and(|(one, other)| one > other)
}
