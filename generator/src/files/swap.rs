//! Replaces a whole folder in one step: a reader finds all of the old files or all of the new ones.
//!
//! The staged folder has the new files, and second names (hard links) of all other files of the live folder: files of the user,
//! and generated files that do not change. So the swap neither copies nor rewrites them.

use std::collections::HashSet;
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::{env, fs};

use super::compare::Changes;
use super::disk::{self, at};
use super::staging::{Staging, Unit};
use crate::print::Output;

/// The maximum number of entries of the user in a folder that is swapped. Linking more would take too long.
const MAX_FOREIGN_ENTRIES: usize = 1_000;

/// Prepares the staged folder of `unit`.
///
/// # Errors
/// Returns an error if the unit cannot be swapped, or if the disk is full. The caller then moves the files one by one.
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

/// Makes the staged folder of `unit` live. The old folder, if there is one, becomes the staged one.
pub(super) fn swap(staging: &Staging, unit: Unit) -> io::Result<()> {
    let (live, staged) = (staging.live(unit), staging.staged(unit));
    match disk::metadata(&live)? {
        Some(_) => disk::exchange(&live, &staged),
        None => disk::rename(&staged, &live),
    }
}

/// Removes the staged units. Files of the user in them are second names of files in the crate, which stay.
pub(super) fn remove_units(staging: &Staging) -> io::Result<()> {
    let is_ready = disk::metadata(&staging.ready())?.is_some();
    for unit in Unit::ALL {
        let staged = staging.staged(unit);
        match disk::metadata(&staged)? {
            None => {}
            Some(_) if is_ready => sweep(&staged, &staging.live(unit))?,
            // An incomplete unit has never been live. So all its files are new, or second names.
            Some(_) => disk::remove_any(&staged)?,
        }
    }
    if is_ready { disk::remove_folder(&staging.ready()) } else { Ok(()) }
}

/// Returns an error if a swap could disturb more than the files of the crate.
fn check_swappable(staging: &Staging, unit: Unit, live: &Path) -> io::Result<()> {
    let refuse =
        |reason: &str| Err(io::Error::new(io::ErrorKind::Unsupported, format!("{}: {reason}", live.display())));
    if !disk::CAN_EXCHANGE {
        return refuse("this system cannot swap folders");
    }
    if unit == Unit::Crate && !staging.is_beside {
        return refuse("its parent cannot be written");
    }
    // A shell whose current folder was swapped would be in the old folder.
    let here = env::current_dir().and_then(fs::canonicalize);
    if here.is_ok_and(|here| here.starts_with(live)) {
        return refuse("it is the current folder");
    }
    Ok(())
}

/// Links the files of a live folder into a staged one.
struct Linking {
    /// Files that get a new text, relative to the unit.
    changed: HashSet<PathBuf>,
    /// Files that the new folder does not have, relative to the unit.
    stale: HashSet<PathBuf>,
    /// The number of entries that may still be linked.
    remaining: usize,
}

impl Linking {
    /// Links the entries of `from` into the new folder `to`. `inner` is the path relative to the unit. Returns whether the folder
    /// is needed: a folder that had only stale files is not.
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

/// Whether a folder may have an owner that uses it during the run: git, an editor, or cargo.
fn belongs_to_other_program(folder: &Path) -> bool {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.') || name == "target"
}

/// Creates the folder `to` with the owner and permissions of `from`.
///
/// # Errors
/// Returns an error if `from` has an owner or attributes that `to` does not get, or if its files cannot be removed later.
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

/// Whether a folder has extended attributes, such as an access control list, other than those that every folder gets.
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

/// Returns false, because other systems never swap folders that exist.
#[cfg(all(unix, not(any(target_os = "linux", target_os = "android", target_vendor = "apple"))))]
fn has_attributes(_folder: &Path) -> bool {
    false
}

/// Removes the folder `old`, which `live` has replaced or will not be replaced by.
///
/// Generated files are removed. A file of the user is removed if `live` has it as well, under the same path. If the file was
/// changed in one of the folders during the run, the newer one stays.
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

/// Whether both are the same file under two names.
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

/// Whether `one` was modified later than `other`.
fn is_newer(one: &Metadata, other: &Metadata) -> bool {
    one.modified().ok().zip(other.modified().ok()).is_some_and(|(one, other)| one > other)
}
