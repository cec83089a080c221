//! The documents that a run reads, and the files beside them.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::{env, fs};

use crate::finding::Finding;
use crate::finding::place::Place;
use crate::options::Input;
use crate::{finding, load};

/// The nearest folder upwards that has both `specs` and `Cargo.toml`.
pub(super) fn workspace() -> Result<PathBuf, String> {
    let here = env::current_dir().map_err(|error| error.to_string())?;
    let found = here.ancestors().find(|folder| folder.join("specs").is_dir() && folder.join("Cargo.toml").is_file());
    found.map(Path::to_owned).ok_or_else(|| {
        "no folder upwards has specs/ and Cargo.toml: name the documents, and --out where they become a crate"
            .to_owned()
    })
}

/// The path as seen from here, where that is shorter.
pub(super) fn relative(path: PathBuf) -> PathBuf {
    let here = env::current_dir().unwrap_or_default();
    match path.strip_prefix(&here) {
        Ok(inside) if inside.as_os_str().is_empty() => PathBuf::from("."),
        Ok(inside) => inside.to_owned(),
        Err(_) => path,
    }
}

pub(super) fn documents(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let is_document = |path: &PathBuf| {
        path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml" || extension == "json")
    };
    let mut specs: Vec<PathBuf> =
        entries.filter_map(|entry| entry.ok().map(|entry| relative(entry.path()))).filter(is_document).collect();
    specs.sort();
    if specs.is_empty() { Err(format!("{} has no documents", folder.display())) } else { Ok(specs) }
}

/// The files beside the documents. What was read is kept, for findings about it.
#[derive(Default)]
pub(super) struct Disk(Mutex<HashMap<String, String>>);

impl Disk {
    pub(super) fn read(&self, path: &str) -> Result<String, String> {
        let text = text_of(Path::new(path))?;
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), text.clone());
        Ok(text)
    }

    /// The documents; one that is no text is a finding, and what can be shown of it is kept.
    pub(super) fn documents(&self, specs: &[PathBuf], findings: &mut Vec<Finding>) -> Result<Vec<Input>, String> {
        let mut inputs = Vec::new();
        for spec in specs {
            let file = name(spec);
            match load::decode(&file, bytes_of(spec)?) {
                Ok(text) => inputs.push(Input { module: module(spec), file, text }),
                Err(undecodable) => {
                    findings.push(undecodable.finding);
                    self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(file, undecodable.text);
                }
            }
        }
        distinct_modules(inputs)
    }

    pub(super) fn texts(self) -> HashMap<String, String> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(super) fn text_of(path: &Path) -> Result<String, String> {
    load::decode(&name(path), bytes_of(path)?).map_err(|undecodable| {
        let finding::Focus::Bytes(bytes) = undecodable.finding.focus else { return undecodable.finding.message };
        let place = Place::of(&undecodable.text, bytes);
        format!("{}:{}:{}: {}", path.display(), place.line, place.column, undecodable.finding.message)
    })
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// How findings call the document.
fn name(spec: &Path) -> String {
    spec.to_string_lossy().replace('\\', "/")
}

fn module(spec: &Path) -> String {
    spec.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Two documents with one file name would overwrite each other's module.
fn distinct_modules(inputs: Vec<Input>) -> Result<Vec<Input>, String> {
    for (index, input) in inputs.iter().enumerate() {
        if let Some(other) = inputs[..index]
            .iter()
            .find(|other| crate::lower::module_name(&other.module) == crate::lower::module_name(&input.module))
        {
            return Err(format!("{} and {} make the same module: rename one of them", other.file, input.file));
        }
    }
    Ok(inputs)
}
