//! A document on disk, or at a revision in git.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use crate::command::documents::read_text;
use crate::options::Input;

/// A document, and access to the files that it refers to.
pub(super) struct Revision {
    pub(super) input: Input,
    /// The commit, branch or tag; `None` for a document on disk.
    git_ref: Option<String>,
    /// The texts that have been read, keyed by file name.
    texts: Mutex<HashMap<String, String>>,
}

impl Revision {
    /// Reads the document `name`: a file on disk or, if there is none with this name, `REF:PATH` in git.
    pub(super) fn read(name: &str) -> Result<Self, String> {
        let path = Path::new(name);
        let (git_ref, file) = match name.split_once(':') {
            Some((git_ref, file)) if !path.exists() && !git_ref.is_empty() && !git_ref.starts_with('-') => {
                (Some(git_ref.to_owned()), file.to_owned())
            }
            _ => (None, name.replace('\\', "/")),
        };
        let text = match &git_ref {
            Some(git_ref) => read_from_git(git_ref, &file)?,
            None => read_text(path)?,
        };
        // Both documents of a comparison have the same module name, so that their crates can be compared.
        let module = "api".to_owned();
        let texts = Mutex::new(HashMap::from([(file.clone(), text.clone())]));
        Ok(Self { input: Input { file, text, module }, git_ref, texts })
    }

    /// Reads a file that the document refers to, from the same revision.
    pub(super) fn read_file(&self, path: &str) -> Result<String, String> {
        let text = match &self.git_ref {
            Some(git_ref) => read_from_git(git_ref, path)?,
            None => read_text(Path::new(path))?,
        };
        self.texts.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), text.clone());
        Ok(text)
    }

    /// The prefix of file names in the output: `REF:`, or the empty string for a document on disk.
    pub(super) fn prefix(&self) -> String {
        self.git_ref.as_ref().map(|git_ref| format!("{git_ref}:")).unwrap_or_default()
    }

    /// The texts that have been read, keyed by file name.
    pub(super) fn into_texts(self) -> HashMap<String, String> {
        self.texts.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

fn read_from_git(git_ref: &str, path: &str) -> Result<String, String> {
    let name = format!("{git_ref}:{path}");
    let output = Command::new("git").args(["show", "--end-of-options", &name]).output();
    let output = output
        .map_err(|error| format!("{name} is not a file, and git cannot be run to read that revision: {error}"))?;
    if !output.status.success() {
        let error = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{name} is neither a file nor a revision of a file in git: {}", error.trim()));
    }
    String::from_utf8(output.stdout)
        .map_err(|error| format!("{name} is not UTF-8 at byte {}", error.utf8_error().valid_up_to()))
}
