//! The folder in which a run prepares the new files of a crate, until the crate can be changed.
//!
//! The crate `api` has the staging folder `.api.copperplate` beside it. If the parent of the crate cannot be written or is on
//! another disk, the staging folder is `.copperplate` in the crate. Its entries:
//!
//! | entry | content |
//! |---|---|
//! | `by-copperplate` | Empty. A folder without this entry belongs to the user and is left alone. |
//! | `crate` or `src` | The complete new folder. After the swap: the old one. |
//! | `ready` | Exists as soon as `crate` or `src` is complete. |
//! | `new`, `old` | Files that are moved one by one, and second names of the files that they replace. |
//! | `journal` | The steps that change the crate, as soon as all of them are prepared. |
//! | `undo` | The journal, if its steps are being undone. |

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::disk;

/// The part of a crate that is swapped as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// The folder of the crate.
    Crate,
    /// The folder `src`.
    Sources,
}

impl Unit {
    pub(super) const ALL: [Self; 2] = [Self::Crate, Self::Sources];

    /// The name of the unit in the staging folder and in the journal.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Crate => "crate",
            Self::Sources => "src",
        }
    }

    /// The unit with this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.name() == name)
    }

    /// The path of an output relative to the unit. `None` if it is not in the unit.
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
    /// Whether the staging folder is beside the crate, and not in it.
    pub(super) is_beside: bool,
}

impl Staging {
    /// Creates a staging folder beside the crate if possible, or in it.
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

    /// The possible staging folders of a crate, which need not exist.
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

    /// Returns an error if the crate exists on another device than its parent: files cannot be moved from there.
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

    /// The path of a unit in the crate.
    pub(super) fn live(&self, unit: Unit) -> PathBuf {
        match unit {
            Unit::Crate => self.crate_folder.clone(),
            Unit::Sources => self.crate_folder.join("src"),
        }
    }

    /// The path of a unit in the staging folder.
    pub(super) fn staged(&self, unit: Unit) -> PathBuf {
        self.folder.join(unit.name())
    }

    /// The new file that will get the path `output` in the crate.
    pub(super) fn new_file(&self, output: &str) -> PathBuf {
        self.folder.join("new").join(output)
    }

    /// The second name of the file that has the path `output` in the crate.
    pub(super) fn old_file(&self, output: &str) -> PathBuf {
        self.folder.join("old").join(output)
    }

    /// The entry that exists as soon as the staged unit is complete.
    pub(super) fn ready(&self) -> PathBuf {
        self.folder.join("ready")
    }

    /// The file that lists the steps of the run.
    pub(super) fn journal(&self) -> PathBuf {
        self.folder.join("journal")
    }

    /// The file that lists the steps of the run, if they are being undone.
    pub(super) fn undo(&self) -> PathBuf {
        self.folder.join("undo")
    }

    /// Whether the folder exists and was created by copperplate. A run that is killed at once leaves an empty folder.
    pub(super) fn is_left_over(&self) -> io::Result<bool> {
        if !disk::metadata(&self.folder)?.is_some_and(|folder| folder.is_dir()) {
            return Ok(false);
        }
        Ok(disk::metadata(&self.folder.join(MARKER))?.is_some() || disk::entries(&self.folder)?.is_empty())
    }
}

/// The entry that marks a staging folder as created by copperplate.
pub(super) const MARKER: &str = "by-copperplate";

/// Returns the path of a crate without symbolic links, also if the crate does not exist. `None` if its parent does not exist.
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
