//! The staging folder, in which a run prepares the new files of a crate before it changes the crate.
//!
//! The crate `api` has the staging folder `.api.copperplate` beside it. If the parent of the crate cannot be written or is on
//! another disk, the staging folder is `.copperplate` in the crate. The staging folder contains these files and folders:
//!
//! | name | content |
//! |---|---|
//! | `by-copperplate` | An empty folder that marks the staging folder. A non-empty `.api.copperplate` without it is the user's. |
//! | `crate` or `src` | The new folder that is swapped with the crate or its `src`; after the swap, the old folder. |
//! | `ready` | An empty folder that is created when `crate` or `src` is complete. |
//! | `new` | New files that are moved into the crate one by one. |
//! | `old` | Hard links to, or copies of, the files that are replaced or removed. |
//! | `journal` | The list of steps that change the crate. It is written when all files are prepared. |
//! | `undo` | The journal, renamed, while its steps are being undone. |

use std::ffi::OsString;
use std::fs;
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
            match staging.check_device().and_then(|()| disk::create_folder(&staging.folder)) {
                Ok(()) => {
                    disk::create_folder(&staging.folder.join(MARKER))?;
                    return Ok(staging);
                }
                Err(error) => _ = first_error.get_or_insert(error),
            }
        }
        Err(first_error.unwrap_or_else(|| disk::at(crate_folder)(io::ErrorKind::NotFound.into())))
    }

    /// Returns the folders that a run may use as the staging folder of a crate: first the folder beside the crate, then the one
    /// in the crate. The folders need not exist.
    pub(super) fn candidates(crate_folder: &Path) -> impl Iterator<Item = Self> {
        let beside = crate_folder.file_name().map(|name| {
            let mut hidden = OsString::from(".");
            hidden.push(name);
            hidden.push(".copperplate");
            crate_folder.with_file_name(hidden)
        });
        let beside = beside.map(|folder| (folder, true));
        let inside = (crate_folder.join(".copperplate"), false);
        let crate_folder = crate_folder.to_owned();
        let candidates = beside.into_iter().chain([inside]);
        candidates.map(move |(folder, is_beside)| Self { folder, crate_folder: crate_folder.clone(), is_beside })
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

    /// Returns whether the staging folder exists and was created by copperplate. Also returns true for an empty folder, because a
    /// run may be killed before it creates `by-copperplate` in the folder.
    pub(super) fn is_left_over(&self) -> io::Result<bool> {
        if !disk::metadata(&self.folder)?.is_some_and(|folder| folder.is_dir()) {
            return Ok(false);
        }
        Ok(disk::metadata(&self.folder.join(MARKER))?.is_some() || disk::entries(&self.folder)?.is_empty())
    }
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
