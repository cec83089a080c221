//! The function type that the load stage uses to read other files.

use std::io;

/// A function that reads a file that a document refers to. It gets the path of the document and the path of the file, both relative
/// to the same folder.
pub type ReadFile<'r> = dyn Fn(&str, &str) -> Result<String, ReadError> + Sync + 'r;

/// The reason why a file is not read. It completes a sentence such as "The reference leads to a file, which …".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// The file does not exist, or has no text.
    Unreadable(String),
    /// Documents may not refer to the file.
    Refused {
        /// The second half of the sentence, without the period.
        reason: String,
        /// A sentence that tells the user what to do.
        remedy: String,
    },
}

impl ReadError {
    /// The error for a file outside the folders that a document may refer to.
    pub fn outside() -> Self {
        Self::refused_folder("is outside the folder of the document")
    }

    /// The error for a file that a symbolic link places outside the folders that a document may refer to.
    pub fn linked_outside() -> Self {
        Self::refused_folder("leads outside the folder of the document by way of a symbolic link")
    }

    fn refused_folder(reason: &str) -> Self {
        let remedy =
            "Move the file into the folder of the document, or allow its folder with `--allow-references DIR`.";
        Self::Refused { reason: reason.to_owned(), remedy: remedy.to_owned() }
    }
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

/// A [`ReadFile`] for documents that consist of one file.
///
/// # Errors
/// Returns an error for every path: [`ReadError::outside`] if the path leaves the folder of the document.
pub fn no_files(document: &str, path: &str) -> Result<String, ReadError> {
    let folder = document.rsplit_once('/').map_or("", |(folder, _)| folder);
    let inner = path.strip_prefix(folder).unwrap_or("..");
    if inner.trim_start_matches('/').starts_with("..") {
        return Err(ReadError::outside());
    }
    Err(ReadError::Unreadable("no other file is read".to_owned()))
}
