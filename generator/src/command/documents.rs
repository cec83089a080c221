//! Finds and reads documents, and the files that they refer to.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::{env, fs};

use crate::command::document_source::DocumentSource;
use crate::command::file_access::{AllowedFolders, FileAccess, unread_document};
use crate::finding::place::Place;
use crate::finding::{Finding, Focus};
use crate::load::{self, ReadError};
use crate::lower::naming::reserved::module_name;
use crate::options::{Input, Overlay};

/// The folder with the documents of a project without a `copperplate.toml`.
pub(super) const SPECS: &str = "specs";

/// Makes a path inside the current folder relative to that folder. Returns any other path unchanged.
pub(super) fn relative(path: PathBuf) -> PathBuf {
    let here = env::current_dir().unwrap_or_default();
    match path.strip_prefix(&here) {
        Ok(inside) if inside.as_os_str().is_empty() => PathBuf::from("."),
        Ok(inside) => inside.to_owned(),
        Err(_) => path,
    }
}

/// Returns the YAML and JSON files in a folder, sorted by name.
pub(super) fn find_documents(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let is_document = |path: &PathBuf| {
        path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml" || extension == "json")
    };
    let mut specs: Vec<PathBuf> =
        entries.filter_map(|entry| entry.ok().map(|entry| relative(entry.path()))).filter(is_document).collect();
    specs.sort();
    // A pipe is refused, because copperplate would wait until another program writes to the pipe.
    if let Some(other) = specs.iter().find(|path| !path.is_file()) {
        return Err(format!("{} is not a regular file", other.display()));
    }
    // A link in a cloned repository could lead to any file. Findings and the crate would show the content of that file.
    let real_folder = fs::canonicalize(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let is_outside = |path: &&PathBuf| !fs::canonicalize(path).is_ok_and(|real| real.starts_with(&real_folder));
    if let Some(link) = specs.iter().find(is_outside) {
        let (link, folder) = (link.display(), folder.display());
        return Err(format!("{link} is a link to a file outside of {folder}: name it on the command line to read it"));
    }
    if specs.is_empty() { Err(format!("{} has no YAML or JSON file", folder.display())) } else { Ok(specs) }
}

/// Reads files from disk. Keeps the contents of the files, because findings are printed with excerpts.
pub(super) struct SourceFiles {
    access: FileAccess,
    texts: Mutex<HashMap<String, String>>,
}

impl SourceFiles {
    pub(super) fn new(allowed: &AllowedFolders) -> Self {
        Self { access: FileAccess::new(allowed), texts: Mutex::default() }
    }

    /// Reads a file that a document refers to.
    pub(super) fn read(&self, document: &str, path: &str) -> Result<String, ReadError> {
        let text = decoded(path, self.access.read_reference(document, path)?).map_err(ReadError::Unreadable)?;
        self.keep(path, &text);
        Ok(text)
    }

    /// Reads documents and their overlays. Adds a finding for each of them that cannot be decoded as text.
    pub(super) fn read_documents(
        &self,
        documents: &[DocumentSource],
        findings: &mut Vec<Finding>,
    ) -> Result<Vec<Input>, String> {
        let mut inputs = Vec::new();
        for document in documents {
            let name = document.module.clone().unwrap_or_else(|| module(&document.path));
            let Some((file, text)) = self.read_text(&document.path, &document.path, findings)? else { continue };
            let mut input = Input::new(file, text, name);
            input.selection = document.selection.clone();
            input.reading = document.reading;
            for overlay in &document.overlays {
                if let Some((file, text)) = self.read_text(overlay, &document.path, findings)? {
                    self.keep(&file, &text);
                    input.overlays.push(Overlay { file, text });
                }
            }
            inputs.push(input);
        }
        check_modules(&inputs)?;
        Ok(inputs)
    }

    /// Reads a document or overlay, and returns its name and its text. Adds a finding if the bytes are not text. The bytes count
    /// towards the size limit of `document`.
    fn read_text(
        &self,
        path: &Path,
        document: &Path,
        findings: &mut Vec<Finding>,
    ) -> Result<Option<(String, String)>, String> {
        let file = file_name(path);
        let bytes = self.access.read_document(&file_name(document), path);
        let bytes = bytes.map_err(|error| unread_document(&path.display().to_string(), error))?;
        match load::decode(&file, bytes) {
            Ok(text) => Ok(Some((file, text))),
            Err(undecodable) => {
                findings.push(undecodable.finding);
                self.keep(&file, &undecodable.text);
                Ok(None)
            }
        }
    }

    /// Keeps the text of a file for the excerpts in findings.
    fn keep(&self, file: &str, text: &str) {
        self.texts.lock().unwrap_or_else(PoisonError::into_inner).insert(file.to_owned(), text.to_owned());
    }

    /// Returns the contents of all files that have been read, keyed by file name.
    pub(super) fn into_texts(self) -> HashMap<String, String> {
        self.texts.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Decodes the bytes of a file to text. An error names the line and column that cannot be decoded.
pub(super) fn decoded(file: &str, bytes: Vec<u8>) -> Result<String, String> {
    load::decode(file, bytes).map_err(|undecodable| {
        let Focus::Bytes(bytes) = undecodable.finding.focus else { return undecodable.finding.message };
        let place = Place::of(&undecodable.text, bytes);
        format!("{file}:{}:{}: {}", place.line, place.column, undecodable.finding.message)
    })
}

/// Returns the path of a file as findings show it, with `/` as the separator.
pub(super) fn file_name(spec: &Path) -> String {
    spec.to_string_lossy().replace('\\', "/")
}

fn module(spec: &Path) -> String {
    spec.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Returns an error if two documents would become the same module.
fn check_modules(inputs: &[Input]) -> Result<(), String> {
    let mut named: HashMap<String, &Input> = HashMap::new();
    for input in inputs {
        let name = module_name(&input.module);
        if let Some(other) = named.insert(name.clone(), input) {
            return Err(format!(
                "{} and {} would both become the module `{name}`: rename one of them",
                other.file, input.file
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a_link_that_leads_out_of_the_folder_is_not_found() {
        let folder = tempfile::tempdir().expect("a folder");
        let specs = folder.path().join("specs");
        fs::create_dir(&specs).expect("a folder");
        fs::write(specs.join("a.yaml"), "").expect("a file");
        symlink("a.yaml", specs.join("b.yaml")).expect("a link");
        assert_eq!(find_documents(&specs).map(|found| found.len()), Ok(2));
        fs::write(folder.path().join("secret"), "").expect("a file");
        symlink("../secret", specs.join("c.yaml")).expect("a link");
        let error = find_documents(&specs).expect_err("an error");
        assert!(error.contains("c.yaml is a link to a file outside of"), "{error}");
    }
}
