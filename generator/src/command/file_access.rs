//! Reads documents and the files that they refer to. A document may come from elsewhere, so it does not choose freely which files
//! are read.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::{env, io};

use clap::Args;

use crate::load::ReadError;

/// The maximum number of bytes of a document and the files that it refers to.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// Folders of systems that contain no documents. Their files look like regular ones.
const SYSTEM_FOLDERS: &[&str] = &["/dev", "/proc", "/sys"];

/// The option that all commands that read documents have.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct AllowedFolders {
    /// Folder with files that documents may refer to, besides the folder of the document; can be repeated
    #[arg(long = "allow-references", value_name = "DIR")]
    folders: Vec<PathBuf>,
}

/// Reads files within limits.
#[derive(Debug, Default)]
pub(super) struct FileAccess {
    allowed: Vec<PathBuf>,
    /// The number of bytes that have been read for each document.
    bytes: Mutex<HashMap<String, u64>>,
}

impl FileAccess {
    pub(super) fn new(allowed: &AllowedFolders) -> Self {
        Self { allowed: allowed.folders.clone(), bytes: Mutex::default() }
    }

    /// Reads the document with the name `document` that the user has named. It may be a pipe.
    pub(super) fn read_document(&self, document: &str, path: &Path) -> Result<Vec<u8>, ReadError> {
        let file = File::open(path).map_err(|error| unreadable(path, &error))?;
        self.read_limited(document, file, path)
    }

    /// Reads the file at `path`, to which `document` refers.
    ///
    /// # Errors
    /// Returns an error if the file is outside the folders that the document may refer to, also by way of a symbolic link; if it is
    /// not a regular file; or if the document and its files are too large.
    pub(super) fn read_reference(&self, document: &str, path: &str) -> Result<Vec<u8>, ReadError> {
        let file = Path::new(path);
        let folder = parent(Path::new(document));
        // On Windows a backslash separates folders as well, and can lead to another machine.
        let has_other_separator = cfg!(windows) && path.contains('\\');
        let absolute_path = absolute(file);
        // This comes first: nothing outside is touched, so it does not matter whether the file exists.
        let mut folders = self.folders(folder);
        if has_other_separator || !folders.any(|folder| absolute_path.starts_with(absolute(folder))) {
            return Err(ReadError::outside());
        }
        let real = fs::canonicalize(file).map_err(|error| unreadable(file, &error))?;
        // A document that is a symbolic link may also refer to the files beside its target.
        let target = fs::canonicalize(document).ok();
        let folders = self.folders(folder).chain(target.as_deref().map(parent));
        let is_inside =
            folders.filter_map(|folder| fs::canonicalize(folder).ok()).any(|folder| real.starts_with(folder));
        if !is_inside || SYSTEM_FOLDERS.iter().any(|folder| real.starts_with(folder)) {
            return Err(ReadError::linked_outside());
        }
        let is_regular = fs::metadata(&real).map_err(|error| unreadable(file, &error))?.is_file();
        let opened = is_regular.then(|| open_without_waiting(&real)).transpose();
        match opened.map_err(|error| unreadable(file, &error))? {
            // The path may lead to another file by now.
            Some(opened) if opened.metadata().is_ok_and(|metadata| metadata.is_file()) => {
                self.read_limited(document, opened, file)
            }
            _ => Err(ReadError::Refused {
                reason: "is not a regular file".to_owned(),
                remedy: "Refer to a regular file.".to_owned(),
            }),
        }
    }

    /// Whether `document` may refer to the file at `path`, if both are paths in a git repository, which has no links to follow.
    pub(super) fn allows_in_repository(&self, document: &str, path: &str) -> bool {
        let path = normalized(Path::new(path));
        let mut folders = self.folders(parent(Path::new(document)));
        let is_inside = |folder: &Path| path.starts_with(normalized(folder));
        folders.any(is_inside) && !path.starts_with("..") && path.is_relative()
    }

    /// The folders with files that a document in `folder` may refer to.
    fn folders<'f>(&'f self, folder: &'f Path) -> impl Iterator<Item = &'f Path> {
        self.allowed.iter().map(PathBuf::as_path).chain([folder])
    }

    /// Reads all of `file`, unless the document and its files get too large.
    pub(super) fn read_limited(&self, document: &str, file: impl Read, path: &Path) -> Result<Vec<u8>, ReadError> {
        let mut all = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let read = all.entry(document.to_owned()).or_default();
        let remaining = MAX_BYTES.saturating_sub(*read);
        let mut bytes = Vec::new();
        file.take(remaining + 1).read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
        let length = bytes.len() as u64;
        if length > remaining {
            let limit = MAX_BYTES / (1024 * 1024);
            let reason = match *read {
                0 => format!("has more than {limit} MB, which is the limit"),
                _ => format!("has more than the {limit} MB that a document and its files may have together"),
            };
            return Err(ReadError::Refused {
                reason,
                remedy: "Divide the document, or refer to a smaller file.".to_owned(),
            });
        }
        *read += length;
        Ok(bytes)
    }
}

/// The message for a document that is not read. `name` is the name that the user gave.
pub(super) fn unread_document(name: &str, error: ReadError) -> String {
    match error {
        ReadError::Unreadable(reason) => reason,
        ReadError::Refused { reason, .. } => format!("{name}: the file {reason}"),
    }
}

fn unreadable(path: &Path, error: &io::Error) -> ReadError {
    ReadError::Unreadable(format!("{}: {error}", path.display()))
}

/// Opens a file. If it is a pipe, does not wait for a writer.
fn open_without_waiting(path: &Path) -> io::Result<File> {
    #[allow(unused_mut, reason = "only Unix has the flag")]
    let mut options = File::options();
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;

        let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NOCTTY;
        options.custom_flags(flags.bits().cast_signed());
    }
    options.read(true).open(path)
}

/// The folder of a file.
fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn absolute(path: &Path) -> PathBuf {
    normalized(&env::current_dir().unwrap_or_default().join(path))
}

/// Removes `.` and `..` from a path without reading any folder. A `..` at the start of a relative path remains.
fn normalized(path: &Path) -> PathBuf {
    let mut steps = PathBuf::new();
    for step in path.components() {
        match (step, steps.components().next_back()) {
            (Component::CurDir, _) | (Component::ParentDir, Some(Component::RootDir | Component::Prefix(_))) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => _ = steps.pop(),
            _ => steps.push(step),
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_in_a_repository_stays_in_the_folder_of_the_document() {
        let access = FileAccess { allowed: vec!["shared/".into()], ..FileAccess::default() };
        let allows = |path: &str| access.allows_in_repository("specs/v1/a.yaml", path);
        assert!(allows("specs/v1/b.yaml") && allows("specs/v1/c/d.yaml") && allows("shared/e.yaml"));
        for outside in ["specs/b.yaml", "specs/v10/b.yaml", "../b.yaml", "shared/../b.yaml", "/etc/passwd", "b.yaml"] {
            assert!(!allows(outside), "{outside}");
        }
        assert!(FileAccess::default().allows_in_repository("a.yaml", "b.yaml"));
        assert!(!FileAccess::default().allows_in_repository("a.yaml", "../b.yaml"));
    }

    #[test]
    fn a_document_and_its_files_share_a_limit() {
        let access = FileAccess::default();
        let read = |document: &str, bytes: u64| {
            access.read_limited(document, io::repeat(b' ').take(bytes), Path::new("x")).map(|bytes| bytes.len() as u64)
        };
        assert_eq!(read("a", MAX_BYTES), Ok(MAX_BYTES));
        assert!(matches!(read("a", 1), Err(ReadError::Refused { .. })));
        assert!(matches!(read("b", MAX_BYTES + 1), Err(ReadError::Refused { .. })));
        assert_eq!(read("b", 5), Ok(5));
    }
}
