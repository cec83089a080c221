//! Writes the changed files of a crate and deletes stale ones. If a write fails, the old crate remains in place.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use tempfile::Builder;

use super::compare::Changes;
use crate::print::Output;

/// Brings the folder up to date. All texts are written to temporary files before the first file is replaced.
///
/// # Errors
/// Returns an error if a file cannot be written. In that case the old files are unchanged, unless the error occurred while they
/// were being replaced.
pub fn write(folder: &Path, outputs: &[Output], changes: &Changes) -> io::Result<()> {
    let wanted: HashSet<&String> = changes.added.iter().chain(&changes.changed).collect();
    let (mut written, mut made) = (Vec::new(), HashSet::new());
    for output in outputs.iter().filter(|output| wanted.contains(&output.path)) {
        let path = folder.join(&output.path);
        let parent = path.parent().unwrap_or(folder);
        if made.insert(parent.to_owned()) {
            fs::create_dir_all(parent)?;
        }
        // An error names the file itself: users do not know the name of the temporary file.
        let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
        let mut file = temporary().tempfile_in(parent).map_err(named)?;
        file.as_file_mut().write_all(output.text.as_bytes()).map_err(named)?;
        // Close the file, because a large crate can have more files than a process may keep open.
        written.push((file.into_temp_path(), path));
    }
    for (file, path) in written {
        file.persist(&path).map_err(|error| error.error)?;
    }
    for path in &changes.stale {
        fs::remove_file(folder.join(path))?;
    }
    remove_empty_folders(&folder.join("src"))
}

/// Creates temporary files with the permissions of ordinary new files, because they become sources.
fn temporary() -> Builder<'static, 'static> {
    #[allow(unused_mut, reason = "only Unix has modes")]
    let mut builder = Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder
}

/// Removes empty folders, which remain after stale files were deleted.
fn remove_empty_folders(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            remove_empty_folders(&entry.path())?;
            if fs::read_dir(entry.path())?.next().is_none() {
                fs::remove_dir(entry.path())?;
            }
        }
    }
    Ok(())
}
