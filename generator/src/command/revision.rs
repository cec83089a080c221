//! A document as it is on disk, or as git has it.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use crate::command::documents::text_of;
use crate::options::Input;

/// A document, and where the files beside it are read.
pub(super) struct Revision {
    pub(super) input: Input,
    /// The commit, branch or tag that git has it at.
    at: Option<String>,
    read: Mutex<HashMap<String, String>>,
}

impl Revision {
    /// Reads what the user calls `name`: a file, or else `REF:PATH`.
    pub(super) fn of(name: &str) -> Result<Self, String> {
        let path = Path::new(name);
        let (at, file) = match name.split_once(':') {
            Some((at, file)) if !path.exists() && !at.is_empty() && !at.starts_with('-') => {
                (Some(at.to_owned()), file.to_owned())
            }
            _ => (None, name.replace('\\', "/")),
        };
        let text = match &at {
            Some(at) => of_git(at, &file)?,
            None => text_of(path)?,
        };
        // Both documents are compared as one module, whatever their names are.
        let module = "api".to_owned();
        let read = Mutex::new(HashMap::from([(file.clone(), text.clone())]));
        Ok(Self { input: Input { file, text, module }, at, read })
    }

    /// Reads a file beside the document: from git where the document is from there.
    pub(super) fn read(&self, path: &str) -> Result<String, String> {
        let text = match &self.at {
            Some(at) => of_git(at, path)?,
            None => text_of(Path::new(path))?,
        };
        self.read.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), text.clone());
        Ok(text)
    }

    /// What stands before the names of its files.
    pub(super) fn prefix(&self) -> String {
        self.at.as_ref().map(|at| format!("{at}:")).unwrap_or_default()
    }

    /// The files that were read, by their names.
    pub(super) fn into_texts(self) -> HashMap<String, String> {
        self.read.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

fn of_git(at: &str, path: &str) -> Result<String, String> {
    let name = format!("{at}:{path}");
    let shown = Command::new("git").args(["show", "--end-of-options", &name]).output();
    let shown = shown.map_err(|error| {
        format!("{name}: there is no such file, and git cannot be asked for that revision of it: {error}")
    })?;
    if !shown.status.success() {
        let said = String::from_utf8_lossy(&shown.stderr);
        return Err(format!("{name}: there is no such file, and git does not have it: {}", said.trim()));
    }
    String::from_utf8(shown.stdout)
        .map_err(|error| format!("{name}: not UTF-8 at byte {}", error.utf8_error().valid_up_to()))
}
