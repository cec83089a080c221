//! Reads documents and the files that they refer to. A document may be untrusted, so it can refer only to files in allowed
//! folders.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::{env, io};

use clap::Args;

use crate::files::open_without_waiting;
use crate::load::ReadError;

/// The maximum size in bytes of a document together with all files that it refers to.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// System folders. Documents may not refer to files in these folders. A check for regular files is not enough, because some files
/// in `/proc` and `/sys` look like regular files.
const SYSTEM_FOLDERS: &[&str] = &["/dev", "/proc", "/sys"];

/// The option `--allow-references` of all commands that read documents.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct AllowedFolders {
    /// Folder with files that documents may refer to, besides the folder of the document; can be repeated
    #[arg(long = "allow-references", value_name = "DIR")]
    folders: Vec<PathBuf>,
}

/// Reads documents and the files that they refer to, within limits on folders and size.
#[derive(Debug, Default)]
pub(super) struct FileAccess {
    allowed: Vec<PathBuf>,
    /// The number of bytes that have been read for each document, including the files that it refers to. The keys are names of
    /// documents.
    bytes: Mutex<HashMap<String, u64>>,
}

impl AllowedFolders {
    pub(super) fn new(folders: Vec<PathBuf>) -> Self {
        Self { folders }
    }

    /// Adds the folders of `others`.
    pub(super) fn extend(&mut self, others: &Self) {
        self.folders.extend(others.folders.iter().cloned());
    }
}

impl FileAccess {
    pub(super) fn new(allowed: &AllowedFolders) -> Self {
        Self { allowed: allowed.folders.clone(), bytes: Mutex::default() }
    }

    /// Reads a document that the user named on the command line. `path` may be a pipe. The bytes count towards the size limit of
    /// `document`.
    pub(super) fn read_document(&self, document: &str, path: &Path) -> Result<Vec<u8>, ReadError> {
        let file = File::open(path).map_err(|error| unreadable(path, &error))?;
        self.read_limited(document, file, path)
    }

    /// Reads the file at `path`, to which `document` refers.
    ///
    /// # Errors
    /// Returns an error in these cases:
    /// - The file is outside the folders that the document may refer to, or is a symbolic link to a file outside these folders.
    /// - The file is hidden, or is in a hidden folder.
    /// - The file is not a regular file.
    /// - The document and its files are too large.
    pub(super) fn read_reference(&self, document: &str, path: &str) -> Result<Vec<u8>, ReadError> {
        let file = Path::new(path);
        let folder = parent(Path::new(document));
        // On Windows, a backslash also separates folders, and a path such as `\\host\share` leads to another machine.
        let has_other_separator = cfg!(windows) && path.contains('\\');
        let absolute_path = absolute(file);
        // This check comes first and does not access the file. So a document cannot find out whether a file outside the folders
        // exists.
        let mut folders = self.folders(folder);
        if has_other_separator || !folders.any(|folder| absolute_path.starts_with(absolute(folder))) {
            return Err(ReadError::outside());
        }
        let real = fs::canonicalize(file).map_err(|error| unreadable(file, &error))?;
        // If the document is a symbolic link, it may also refer to files in the folder of its target.
        let target = fs::canonicalize(document).ok();
        let folders = self.folders(folder).chain(target.as_deref().map(parent));
        let inner =
            folders.filter_map(|folder| real.strip_prefix(fs::canonicalize(folder).ok()?).ok().map(Path::to_owned));
        let inner: Vec<PathBuf> = inner.collect();
        if !inner.is_empty() && inner.iter().all(|path| is_hidden(path)) {
            return Err(ReadError::hidden());
        }
        if inner.is_empty() || SYSTEM_FOLDERS.iter().any(|folder| real.starts_with(folder)) {
            return Err(ReadError::linked_outside());
        }
        let is_regular = fs::metadata(&real).map_err(|error| unreadable(file, &error))?.is_file();
        let opened = is_regular.then(|| open_without_waiting(&real)).transpose();
        match opened.map_err(|error| unreadable(file, &error))? {
            // Since the check, the path may have been replaced. The opened file is therefore checked again.
            Some(opened) if opened.metadata().is_ok_and(|metadata| metadata.is_file()) => {
                self.read_limited(document, opened, file)
            }
            _ => Err(ReadError::Refused {
                reason: "is not a regular file".to_owned(),
                remedy: "Refer to a regular file.".to_owned(),
            }),
        }
    }

    /// Returns whether `document` may refer to the file at `path`. Both are paths in a git repository, where symbolic links are
    /// not followed.
    pub(super) fn allows_in_repository(&self, document: &str, path: &str) -> bool {
        let path = normalized(Path::new(path));
        let mut folders = self.folders(parent(Path::new(document)));
        let is_inside = |folder: &Path| path.strip_prefix(normalized(folder)).is_ok_and(|inner| !is_hidden(inner));
        folders.any(is_inside) && !path.starts_with("..") && path.is_relative()
    }

    /// Returns `folder`, and the folders in `--allow-references`. A document in `folder` may refer to files in all of these
    /// folders.
    fn folders<'f>(&'f self, folder: &'f Path) -> impl Iterator<Item = &'f Path> {
        self.allowed.iter().map(PathBuf::as_path).chain([folder])
    }

    /// Reads all bytes of `file`. Returns an error if the document and its files together exceed the size limit.
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

/// Returns the error message for a document that could not be read. `name` is the name of the document on the command line.
pub(super) fn unread_document(name: &str, error: ReadError) -> String {
    match error {
        ReadError::Unreadable(reason) => reason,
        ReadError::Refused { reason, .. } => format!("{name}: the file {reason}"),
    }
}

fn unreadable(path: &Path, error: &io::Error) -> ReadError {
    ReadError::Unreadable(format!("{}: {error}", path.display()))
}

/// Returns whether the name of the file, or of a folder in its path, begins with a period. Such files contain settings and secrets,
/// and findings show parts of the files that are read.
fn is_hidden(path: &Path) -> bool {
    path.components().any(|part| matches!(part, Component::Normal(name) if name.as_encoded_bytes().starts_with(b".")))
}

/// Returns the folder of a file; `.` if the path has only a file name.
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
        assert!(!allows("specs/v1/.env") && !allows("shared/.git/config"));
        assert!(FileAccess::default().allows_in_repository(".specs/a.yaml", ".specs/b.yaml"));
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
