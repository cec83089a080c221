//! The function type that the load stage uses to read other files.

/// A function that reads a file that a document refers to. The path is relative to the same folder as the path of the document
/// itself. The error tells the user why the file cannot be read.
pub type ReadFile<'r> = dyn Fn(&str) -> Result<String, String> + Sync + 'r;

/// A [`ReadFile`] for documents that consist of one file.
///
/// # Errors
/// Returns an error for every path.
pub fn no_files(_path: &str) -> Result<String, String> {
    Err("no other file is read".to_owned())
}
