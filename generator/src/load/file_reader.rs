//! The type of the function that reads the files to which a document refers.

use std::io;

/// A function that reads a referenced file. Its arguments are the path of the document and the path of the referenced file.
/// Both paths are relative to the same folder.
pub type ReadFile<'r> = dyn Fn(&str, &str) -> Result<String, ReadError> + Sync + 'r;

/// The reason why a referenced file is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// The file does not exist, or is not readable as text. The string is the error message.
    Unreadable(String),
    /// The document is not allowed to refer to the file.
    Refused {
        /// The end of the sentence "The reference leads to a file, which …", without the period.
        reason: String,
        /// A sentence that tells the user what to do.
        remedy: String,
    },
}

impl ReadError {
    /// Returns the error for a file outside the folders that a document may refer to.
    pub fn outside() -> Self {
        Self::refused_folder("is outside the folder of the document")
    }

    /// Returns the error for a symbolic link to a file outside the folders that a document may refer to.
    pub fn linked_outside() -> Self {
        Self::refused_folder("leads outside the folder of the document by way of a symbolic link")
    }

    /// Returns the error for a hidden file, such as `.env`.
    pub fn hidden() -> Self {
        Self::Refused {
            reason: "is hidden, or is in a hidden folder".to_owned(),
            remedy: "Give the file, and each folder in its path, a name that does not begin with a period.".to_owned(),
        }
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

/// Returns an error for every file. This is the [`ReadFile`] for documents that consist of one file.
///
/// # Errors
/// Returns [`ReadError::outside`] if the path leaves the folder of the document, and [`ReadError::Unreadable`] for every other
/// path.
pub fn no_files(document: &str, path: &str) -> Result<String, ReadError> {
    let folder = document.rsplit_once('/').map_or("", |(folder, _)| folder);
    let inner = path.strip_prefix(folder).unwrap_or("..");
    if inner.trim_start_matches('/').starts_with("..") {
        return Err(ReadError::outside());
    }
    Err(ReadError::Unreadable("no other file is read".to_owned()))
}
