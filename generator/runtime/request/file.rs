// copperplate runtime: copied into each generated crate that uses it.
//! The type `File`: bytes to send, with an optional file name and content type.

use std::fmt;

use bytes::Bytes;

use crate::runtime::validation::context::ValidationContext;
use crate::runtime::validation::validate::Validate;

/// Bytes to send, with an optional file name and content type.
///
/// A file is sent as a part of a multipart body, or as the whole body.
#[derive(Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct File {
    /// The content of the file.
    pub bytes: Bytes,
    /// The file name that the service receives. If it is `None`, a part of a form is sent with its own name as the file
    /// name, because services recognize files by their file names.
    pub name: Option<String>,
    /// The content type of the file. `None` means the content type in the OpenAPI document.
    pub content_type: Option<String>,
    /// Whether the value is a text, which is sent without a file name.
    pub(crate) is_text: bool,
}

impl File {
    /// Creates a file without a file name.
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Self { bytes: bytes.into(), ..Self::default() }
    }

    /// Creates a text, for a part that can be a file or a text. It has no file name, not even that of the part. The
    /// content type is `text/plain`.
    pub fn text(text: impl Into<String>) -> Self {
        Self { is_text: true, ..Self::new(text.into()).content_type("text/plain") }
    }

    /// Sets the file name that the service receives.
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the content type of the file.
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File")
            .field("name", &self.name)
            .field("content_type", &self.content_type)
            .field("length", &self.bytes.len())
            .finish()
    }
}

impl<T: Into<Bytes>> From<T> for File {
    fn from(bytes: T) -> Self {
        Self::new(bytes)
    }
}

impl Validate for File {
    fn check(&self, _at: ValidationContext<'_>) {}
}
