//! Replaces a whole folder in one step: other programs see either all old files or all new files.
//!
//! The *live* folder is the crate, or `src` in the crate. The run prepares a new folder, the *staged* folder, and swaps it with
//! the live folder. The staged folder has the new files, and hard links to the files that do not change. So unchanged files are
//! neither copied nor rewritten.

use std::collections::HashSet;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::{env, fs};

use super::compare::Changes;
use super::disk::{self, at};
use super::staging::{LOCK_SUFFIX, Staging, Unit};
use crate::print::Output;

/// A folder is swapped only if it contains at most this many files and folders of the user. Each file of the user needs a hard
/// link in the new folder, and more links would take too long.
const MAX_FOREIGN_ENTRIES: usize = 1_000;

/// Creates the new crate or the new `src` in the staging folder: writes the new files, and creates hard links to the files that
/// do not change. Returns locks of the folders that will be replaced, so that no other run changes a crate in one of them.
///
/// # Errors
/// Returns an error if the folder `unit` cannot be swapped, or if the disk is full. The caller then moves the files one by one.
pub(super) fn prepare(staging: &Staging, unit: Unit, outputs: &[Output], changes: &Changes) -> io::Result<Vec<File>> {
    let (live, staged) = (staging.live(unit), staging.staged(unit));
    let inner = |output: &String| unit.inner(output).map(PathBuf::from);
    let mut locks = Vec::new();
    if disk::metadata(&live)?.is_some() {
        check_swappable(staging, unit, &live)?;
        let mut linking = Linking {
            changed: changes.changed.iter().filter_map(inner).collect(),
            stale: changes.stale.iter().filter_map(inner).collect(),
            remaining: outputs.len() + MAX_FOREIGN_ENTRIES,
            may_contain_crates: unit == Unit::Crate,
            linked: String::new(),
            locks: Vec::new(),
        };
        linking.link(&live, &staged, Path::new(""))?;
        disk::write(&staging.linked(), &linking.linked)?;
        locks = linking.locks;
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
    disk::create_folder(&staging.ready())?;
    Ok(locks)
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

/// Removes `crate` and `src` from the staging folder. After a swap, these are old folders. A file that the user created or
/// changed in them, after the run linked their files, is moved to the crate.
pub(super) fn remove_units(staging: &Staging) -> io::Result<()> {
    let is_ready = disk::metadata(&staging.ready())?.is_some();
    let linked = if is_ready { linked(staging)? } else { HashSet::new() };
    for unit in Unit::ALL {
        let staged = staging.staged(unit);
        match disk::metadata(&staged)? {
            None => {}
            Some(entry) if is_ready && entry.is_dir() => {
                Sweep { root: &staging.live(unit), linked: &linked }.sweep(&staged, Path::new(""))?;
            }
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
    /// Whether other runs may write a crate in a folder of the old folder. In `src`, all generated files are of this crate.
    may_contain_crates: bool,
    /// The inode number of each linked file, on a line of its own.
    linked: String,
    /// The locks of the folders in which other runs may write a crate. A run locks the parent of its crate.
    locks: Vec<File>,
}

impl Linking {
    /// Creates the folder `to`, with hard links to the files in `from`. `inner` is the path of `from` within the old folder, and
    /// of `to` within the new folder. If all files in `from` are stale, removes `to` and returns `false`.
    fn link(&mut self, from: &Path, to: &Path, inner: &Path) -> io::Result<bool> {
        let refuse = |path: &Path| Err(at(path)(io::ErrorKind::Unsupported.into()));
        if self.may_contain_crates && !inner.starts_with("src") {
            self.lock(from)?;
        }
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
            if kind.is_file() && !entry.file_name().to_string_lossy().ends_with(LOCK_SUFFIX) {
                disk::link(&path, &second)?;
                self.linked += &format!("{}\n", disk::identity(&second)?.unwrap_or_default());
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

    /// Locks a folder of the old folder. Returns an error if another run writes a crate in it.
    #[cfg(unix)]
    fn lock(&mut self, folder: &Path) -> io::Result<()> {
        self.locks.push(disk::lock_folder(folder)?);
        Ok(())
    }

    /// Does nothing, because the system cannot swap folders.
    #[cfg(not(unix))]
    fn lock(&mut self, _folder: &Path) -> io::Result<()> {
        _ = &self.locks;
        Ok(())
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

/// The maximum size in bytes of the list of linked files.
const MAX_LINKED: u64 = 64 * 1024 * 1024;

/// Returns the inode numbers of the files that the run linked from the old folder to the new folder.
fn linked(staging: &Staging) -> io::Result<HashSet<u64>> {
    let text = disk::read_regular(&staging.linked(), MAX_LINKED)?.unwrap_or_default();
    Ok(String::from_utf8_lossy(&text).lines().filter_map(|line| line.parse().ok()).collect())
}

/// Removes an old folder from the staging folder.
struct Sweep<'s> {
    /// The folder of the crate that replaced the old folder.
    root: &'s Path,
    /// The inode numbers of the files that had not changed when the new folder was complete. Editors give a changed file another
    /// inode number, or change the file in both folders.
    linked: &'s HashSet<u64>,
}

impl Sweep<'_> {
    /// Removes the folder `old`. `inner` is its path relative to the root.
    ///
    /// A file of the user that changed in `old` during the run is moved to the crate. If that file changed in the crate as well,
    /// both versions are kept. All other files in `old` are removed.
    fn sweep(&self, old: &Path, inner: &Path) -> io::Result<()> {
        for entry in disk::entries(old)? {
            let (path, inner) = (entry.path(), inner.join(entry.file_name()));
            let file = entry.metadata().map_err(at(&path))?;
            if file.is_dir() {
                self.sweep(&path, &inner)?;
            } else if self.linked.contains(&disk::inode(&file)) || disk::is_generated(&path)? {
                disk::remove_file(&path)?;
            } else {
                self.keep(&path, &inner)?;
            }
        }
        disk::remove_folder(old)
    }

    /// Moves the file `path` of the user to `inner` in the crate.
    fn keep(&self, path: &Path, inner: &Path) -> io::Result<()> {
        disk::check_folders(self.root, inner)?;
        let kept = self.root.join(inner);
        let is_free = match disk::metadata(&kept)? {
            None => true,
            Some(twin) if self.linked.contains(&disk::inode(&twin)) => true,
            Some(_) if disk::have_same_content(path, &kept)? => return disk::remove_file(path),
            Some(_) => false,
        };
        if is_free {
            if let Some(parent) = kept.parent() {
                disk::create_folders(parent)?;
            }
            return disk::rename(path, &kept);
        }
        let mut name = inner.file_name().unwrap_or_default().to_owned();
        name.push(".copperplate-old");
        let second = kept.with_file_name(name);
        if disk::metadata(&second)?.is_none() {
            return disk::rename(path, &second);
        }
        let text = format!("{} and {} differ: keep one of them, and delete the other", path.display(), kept.display());
        Err(io::Error::new(io::ErrorKind::AlreadyExists, text))
    }
}
