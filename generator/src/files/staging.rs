//! The staging folder, in which a run prepares the new files of a crate before it changes the crate.
//!
//! The crate `api` has the staging folder `.api.copperplate` beside it. If the parent of the crate cannot be written or is on
//! another disk, the staging folder is `.copperplate` in the crate. The staging folder contains these files and folders:
//!
//! | name | content |
//! |---|---|
//! | `by-copperplate` | An empty folder that marks the staging folder. |
//! | `identity` | The inode number of `by-copperplate` and the time of its creation. |
//! | `crate` or `src` | The new folder that is swapped with the crate or its `src`; after the swap, the old folder. |
//! | `linked` | The inode numbers of the files that are linked to `crate` or `src`. |
//! | `ready` | An empty folder that is created when `crate` or `src` is complete. |
//! | `new` | New files that are moved into the crate one by one. |
//! | `old` | Hard links to, or copies of, the files that are replaced or removed. |
//! | `journal` | The list of steps that change the crate. It is written when all files are prepared. |
//! | `undo` | The journal, renamed, while its steps are being undone. |
//!
//! A staging folder of an earlier run is not trusted unless it was created in this place by the current user. A repository or an
//! archive may contain a folder of the same name, with a journal that its author wrote. Such a folder has another inode number
//! and another time than its file `identity` says, and its author cannot know them in advance. It is treated like any folder of
//! the user: it is neither read nor removed.

use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use super::disk;

/// A folder that is swapped as a whole: the crate, or `src` in the crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// The folder of the crate.
    Crate,
    /// The folder `src`.
    Sources,
}

impl Unit {
    pub(super) const ALL: [Self; 2] = [Self::Crate, Self::Sources];

    /// Returns `crate` or `src`: the name in the staging folder and in the journal.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Crate => "crate",
            Self::Sources => "src",
        }
    }

    /// Parses the name of a folder that is swapped: `crate` or `src`.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.name() == name)
    }

    /// Converts `output` from a path relative to the crate to a path relative to `self`, which is the crate or its folder
    /// `src`. For `src`, `src/lib.rs` becomes `lib.rs`. Returns `None` if the file `output` is outside `self`.
    pub(super) fn inner(self, output: &str) -> Option<&str> {
        match self {
            Self::Crate => Some(output),
            Self::Sources => output.strip_prefix("src/"),
        }
    }
}

/// The staging folder of a crate.
#[derive(Debug)]
pub(super) struct Staging {
    pub(super) folder: PathBuf,
    pub(super) crate_folder: PathBuf,
    /// Whether the staging folder is beside the crate, rather than in it.
    pub(super) is_beside: bool,
}

impl Staging {
    /// Creates the staging folder beside the crate; if that fails, in the crate.
    pub(super) fn create(crate_folder: &Path) -> io::Result<Self> {
        let mut first_error = None;
        for staging in Self::candidates(crate_folder) {
            match staging.check_device().and_then(|()| disk::create_private_folder(&staging.folder)) {
                Ok(()) => {
                    staging.mark()?;
                    return Ok(staging);
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    let text = format!(
                        "{} was not created by a run of copperplate of this user in this place, and is not changed: move or delete it",
                        staging.folder.display()
                    );
                    _ = first_error.get_or_insert(io::Error::new(io::ErrorKind::AlreadyExists, text));
                }
                Err(error) => _ = first_error.get_or_insert(error),
            }
        }
        Err(first_error.unwrap_or_else(|| disk::at(crate_folder)(io::ErrorKind::NotFound.into())))
    }

    /// Returns the folders that a run may use as the staging folder of a crate: first the folder beside the crate, then the one
    /// in the crate. The folders need not exist.
    pub(super) fn candidates(crate_folder: &Path) -> impl Iterator<Item = Self> {
        let beside = beside(crate_folder, ".copperplate").map(|folder| (folder, true));
        let inside = (crate_folder.join(".copperplate"), false);
        let crate_folder = crate_folder.to_owned();
        let candidates = beside.into_iter().chain([inside]);
        candidates.map(move |(folder, is_beside)| Self { folder, crate_folder: crate_folder.clone(), is_beside })
    }

    /// Creates the folder `by-copperplate` and the file `identity` in the staging folder.
    fn mark(&self) -> io::Result<()> {
        let marker = self.folder.join(MARKER);
        disk::create_folder(&marker)?;
        let metadata = fs::symlink_metadata(&marker).map_err(disk::at(&marker))?;
        disk::write(&self.folder.join(IDENTITY), &identity_of(&metadata)).map(drop)
    }

    /// Returns an error if the crate and its parent are on different devices, because files cannot be moved between devices.
    fn check_device(&self) -> io::Result<()> {
        #[cfg(unix)]
        if let (true, Some(here), Some(parent)) =
            (self.is_beside, disk::metadata(&self.crate_folder)?, self.folder.parent().map(fs::metadata))
        {
            use std::os::unix::fs::MetadataExt as _;

            if here.dev() != parent.map_err(disk::at(&self.folder))?.dev() {
                return Err(disk::at(&self.folder)(io::ErrorKind::CrossesDevices.into()));
            }
        }
        #[cfg(target_os = "linux")]
        if let (true, Some(parent), true) =
            (self.is_beside, self.folder.parent(), disk::metadata(&self.crate_folder)?.is_some())
            && disk::mount(&self.crate_folder) != disk::mount(parent)
        {
            return Err(disk::at(&self.folder)(io::ErrorKind::CrossesDevices.into()));
        }
        Ok(())
    }

    /// Returns the path of the folder that is replaced by its new version: the crate, or `src` in the crate.
    pub(super) fn live(&self, unit: Unit) -> PathBuf {
        match unit {
            Unit::Crate => self.crate_folder.clone(),
            Unit::Sources => self.crate_folder.join("src"),
        }
    }

    /// Returns the path of the new crate or the new `src` in the staging folder.
    pub(super) fn staged(&self, unit: Unit) -> PathBuf {
        self.folder.join(unit.name())
    }

    /// Returns the path that the new version of the file `output` has in the staging folder.
    pub(super) fn new_file(&self, output: &str) -> PathBuf {
        self.folder.join("new").join(output)
    }

    /// Returns the path that the old version of the file `output` has in the staging folder.
    pub(super) fn old_file(&self, output: &str) -> PathBuf {
        self.folder.join("old").join(output)
    }

    /// Returns the path of the empty folder `ready`. It exists if the new crate or the new `src` in the staging folder is
    /// complete.
    pub(super) fn ready(&self) -> PathBuf {
        self.folder.join("ready")
    }

    /// Returns the path of the journal, which lists the steps of the run.
    pub(super) fn journal(&self) -> PathBuf {
        self.folder.join("journal")
    }

    /// Returns the path that the journal has while its steps are being undone.
    pub(super) fn undo(&self) -> PathBuf {
        self.folder.join("undo")
    }

    /// Returns the path of the list of inode numbers of the files that are linked to the new crate or the new `src`.
    pub(super) fn linked(&self) -> PathBuf {
        self.folder.join("linked")
    }

    /// Returns whether there are steps that must be completed or undone before the files in the staging folder may be removed.
    pub(super) fn is_pending(&self) -> io::Result<bool> {
        Ok(disk::metadata(&self.journal())?.is_some() || disk::metadata(&self.undo())?.is_some())
    }

    /// Returns whether the staging folder exists and was created in this place by a run of the current user.
    ///
    /// Also returns true for a folder that has nothing in it but the marker. A run may be killed before the marker is complete,
    /// and the removal of such a folder does no harm.
    pub(super) fn is_left_over(&self) -> io::Result<bool> {
        if !disk::metadata(&self.folder)?.is_some_and(|folder| folder.is_dir() && is_own(&folder)) {
            return Ok(false);
        }
        let (mut is_marked, mut has_more) = (None, false);
        let identity = disk::read_regular(&self.folder.join(IDENTITY), MAX_IDENTITY)?;
        for entry in disk::entries(&self.folder)? {
            let metadata = entry.metadata().map_err(disk::at(&entry.path()))?;
            if metadata.is_symlink() || !is_own(&metadata) {
                return Ok(false);
            }
            if entry.file_name() == MARKER {
                let is_empty = metadata.is_dir() && disk::entries(&entry.path())?.is_empty();
                is_marked = Some(is_empty && identity.as_deref() == Some(identity_of(&metadata).as_bytes()));
            } else if entry.file_name() != IDENTITY || identity.is_none() {
                has_more = true;
            }
        }
        let is_unfinished =
            !has_more && disk::metadata(&self.folder.join(MARKER))?.is_none_or(|marker| marker.is_dir());
        Ok(is_marked == Some(true) || is_unfinished)
    }
}

/// The end of the name of a lock file.
pub(super) const LOCK_SUFFIX: &str = ".copperplate-lock";

/// The name of the file that identifies the marker.
pub(super) const IDENTITY: &str = "identity";

/// The maximum size of the file that identifies the marker.
const MAX_IDENTITY: u64 = 100;

/// Returns what the file `identity` says about the folder `by-copperplate`: its inode number, and the time of its last change,
/// which is its creation. No program can choose this time for a file that it creates.
fn identity_of(marker: &Metadata) -> String {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;

        format!("{} {}.{:09}\n", marker.ino(), marker.ctime(), marker.ctime_nsec())
    }
    #[cfg(not(unix))]
    format!("{:?}\n", marker.created().ok())
}

/// Returns whether a file or folder belongs to the current user.
fn is_own(entry: &Metadata) -> bool {
    #[cfg(unix)]
    return std::os::unix::fs::MetadataExt::uid(entry) == rustix::process::geteuid().as_raw();
    #[cfg(not(unix))]
    {
        _ = entry;
        true
    }
}

/// The maximum length in bytes of the name of a crate's folder, if the names of the files beside it contain it whole.
const MAX_NAME: usize = 200;

/// Returns the path of a hidden file or folder beside the crate: `.api.copperplate` for the crate `api` and the suffix
/// `.copperplate`. If the name of the crate is long, a part of it is replaced by a number, because a file name has at most 255
/// bytes. Returns `None` for the root of the file system.
pub(super) fn beside(crate_folder: &Path, suffix: &str) -> Option<PathBuf> {
    let name = crate_folder.file_name()?;
    let mut hidden = OsString::from(".");
    if name.len() <= MAX_NAME {
        hidden.push(name);
    } else {
        let name = name.to_string_lossy();
        let start: String = name.chars().take(MAX_NAME / 4).collect();
        // The hash function FNV-1a.
        let hash = name
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        hidden.push(format!("{start}-{hash:016x}"));
    }
    hidden.push(suffix);
    Some(crate_folder.with_file_name(hidden))
}

/// The name of the empty folder that marks a staging folder as created by copperplate.
pub(super) const MARKER: &str = "by-copperplate";

/// Returns the absolute path of a crate, without symbolic links. The crate itself need not exist. Returns `None` if its parent
/// does not exist.
pub(super) fn resolve(crate_folder: &Path) -> io::Result<Option<PathBuf>> {
    let absolute = |path: &Path| match fs::canonicalize(path) {
        Ok(path) => Ok(Some(path)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(disk::at(path)(error)),
    };
    if let Some(folder) = absolute(crate_folder)? {
        return Ok(Some(folder));
    }
    let parent = crate_folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(absolute(parent)?.zip(crate_folder.file_name()).map(|(parent, name)| parent.join(name)))
}
