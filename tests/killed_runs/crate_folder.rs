//! The folder that the killed runs write to, and the files and folders in it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// All paths below a folder. The value is the content of a file, or `None` for a folder.
pub type Tree = BTreeMap<PathBuf, Option<Vec<u8>>>;

/// The paths of the user's files and empty folders in the crate. A path that ends with `/` is a folder.
const USER_ENTRIES: &[&str] = &["src/mine.rs", "src/mine/empty/", "notes/plan.md", "Cargo.lock"];

/// Further paths of the user: a git repository and a build. They prevent a swap of the crate's folder.
const REPOSITORY: &[&str] = &[".git/HEAD", "target/debug/"];

/// Reads a folder. Returns an empty tree if the folder does not exist.
pub fn tree(folder: &Path) -> io::Result<Tree> {
    let mut tree = Tree::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        let entries = match fs::read_dir(&next) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && next == folder => continue,
            entries => entries?,
        };
        for entry in entries {
            let path = entry?.path();
            let is_folder = fs::symlink_metadata(&path)?.is_dir();
            let text = if is_folder { None } else { Some(fs::read(&path)?) };
            tree.insert(path.strip_prefix(folder).map_err(io::Error::other)?.to_owned(), text);
            if is_folder {
                open.push(path);
            }
        }
    }
    Ok(tree)
}

/// Creates the files and folders of the user in a folder.
pub fn add_user_entries(folder: &Path, with_repository: bool) -> io::Result<()> {
    let repository = REPOSITORY.iter().filter(|_| with_repository);
    for entry in USER_ENTRIES.iter().chain(repository) {
        let path = folder.join(entry);
        if entry.ends_with('/') {
            fs::create_dir_all(path)?;
        } else {
            fs::create_dir_all(path.parent().unwrap_or(folder))?;
            fs::write(path, format!("{entry} of the user"))?;
        }
    }
    Ok(())
}

/// Returns the paths beside a folder: everything in its parent except the folder itself.
pub fn beside(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder.parent().unwrap_or(folder))?;
    let paths = entries.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
    Ok(paths.into_iter().filter(|path| path != folder).collect())
}
