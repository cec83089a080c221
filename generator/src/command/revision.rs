//! A document on disk, or at a revision in git.

use std::collections::HashMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};

use crate::command::document_source::DocumentSource;
use crate::command::documents::{decoded, file_name};
use crate::command::file_access::{AllowedFolders, FileAccess, unread_document};
use crate::load::ReadError;
use crate::options::{Input, Overlay};

/// A document, and access to the files that it refers to.
pub(super) struct Revision {
    pub(super) input: Input,
    /// The commit, branch or tag; `None` for a document on disk.
    git_ref: Option<String>,
    access: FileAccess,
    /// The contents of all files that have been read, keyed by file name.
    texts: Mutex<HashMap<String, String>>,
}

impl Revision {
    /// Reads the document `name`: a file on disk or, if there is none with this name, `REF:PATH` in git. The overlays and the
    /// selection are those of `settings`. Overlays are always read from disk.
    pub(super) fn read(name: &str, settings: &DocumentSource, allowed: &AllowedFolders) -> Result<Self, String> {
        let access = FileAccess::new(allowed);
        let path = Path::new(name);
        let (git_ref, file) = match name.split_once(':') {
            Some((git_ref, file)) if !path.exists() && !git_ref.is_empty() && !git_ref.starts_with('-') => {
                (Some(git_ref.to_owned()), file.to_owned())
            }
            _ => (None, file_name(path)),
        };
        let text = match &git_ref {
            Some(git_ref) => read_from_git(&access, git_ref, (&file, &file)),
            None => {
                access.read_document(&file, path).and_then(|bytes| decoded(&file, bytes).map_err(ReadError::Unreadable))
            }
        };
        let text = text.map_err(|error| unread_document(name, error))?;
        // Both documents of a comparison have the same module name, so that their crates can be compared.
        let module = "api".to_owned();
        let mut texts = HashMap::from([(file.clone(), text.clone())]);
        let mut input = Input { selection: settings.selection.clone(), ..Input::new(file, text, module) };
        for path in &settings.overlays {
            let file = file_name(path);
            let bytes = access.read_document(&input.file, path);
            let text = bytes.and_then(|bytes| decoded(&file, bytes).map_err(ReadError::Unreadable));
            let text = text.map_err(|error| unread_document(&file, error))?;
            texts.insert(file.clone(), text.clone());
            input.overlays.push(Overlay { file, text });
        }
        Ok(Self { input, git_ref, access, texts: Mutex::new(texts) })
    }

    /// Reads a file that the document refers to, from the same revision.
    pub(super) fn read_file(&self, path: &str) -> Result<String, ReadError> {
        let document = self.input.file.as_str();
        let text = match &self.git_ref {
            Some(_) if !self.access.allows_in_repository(document, path) => return Err(ReadError::outside()),
            Some(git_ref) => read_from_git(&self.access, git_ref, (document, path))?,
            None => decoded(path, self.access.read_reference(document, path)?).map_err(ReadError::Unreadable)?,
        };
        self.texts.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), text.clone());
        Ok(text)
    }

    /// Returns the prefix of file names in the output: `REF:`, or the empty string for a document on disk.
    pub(super) fn prefix(&self) -> String {
        self.git_ref.as_ref().map(|git_ref| format!("{git_ref}:")).unwrap_or_default()
    }

    /// Returns the contents of all files that have been read, keyed by file name.
    pub(super) fn into_texts(self) -> HashMap<String, String> {
        self.texts.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads the file `path` at a git revision. The file is `document` itself, or a file that `document` refers to.
fn read_from_git(access: &FileAccess, git_ref: &str, (document, path): (&str, &str)) -> Result<String, ReadError> {
    let name = format!("{git_ref}:{path}");
    let not_run = |error: std::io::Error| {
        ReadError::Unreadable(format!("{name} is not a file, and git cannot be run to read that revision: {error}"))
    };
    // Unlike `git show`, `git cat-file blob` does not list folders, and runs no filters.
    let mut git = Command::new("git");
    // A partial clone would otherwise fetch missing objects from the network.
    git.env("GIT_NO_LAZY_FETCH", "1");
    git.args(["cat-file", "blob", &name]).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = git.spawn().map_err(not_run)?;
    let bytes = match running.stdout.take() {
        Some(stdout) => access.read_limited(document, stdout, Path::new(&name)),
        None => Ok(Vec::new()),
    };
    // If the file is too large, the pipe has been closed before git could write the whole file. Git then ends early.
    let output = running.wait_with_output().map_err(not_run)?;
    let bytes = bytes?;
    if !output.status.success() {
        let error = String::from_utf8_lossy(&output.stderr);
        let error = error.trim().replace('\n', " ");
        let text = format!("{name} is neither a file nor a revision of a file in git: {error}");
        return Err(ReadError::Unreadable(text));
    }
    String::from_utf8(bytes).map_err(|error| {
        ReadError::Unreadable(format!("{name} is not UTF-8 at byte {}", error.utf8_error().valid_up_to()))
    })
}
