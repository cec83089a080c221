//! How the load stage gets the text of other files.

/// Reads a file that a document refers to. The path is relative to the same folder as the path of the document itself. The error
/// is the reason for the user.
pub type ReadFile<'r> = dyn Fn(&str) -> Result<String, String> + Sync + 'r;

/// A [`ReadFile`] for documents that consist of one file.
///
/// # Errors
/// Returns an error for every path.
pub fn no_files(_path: &str) -> Result<String, String> {
    Err("no other file is read".to_owned())
}
