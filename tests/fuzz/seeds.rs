//! The documents that are changed: the cases, the documents in the pages, the documents in `specs/`, parts of published documents,
//! and small documents with one operation of each of them.

use std::error::Error;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::part;

/// The folders with documents, and with pages that contain documents. All are below the root of the repository.
const FOLDERS: &[&str] = &[
    "specs",
    "tests/cases",
    "tests/cases/repaired",
    "tests/cases/shared",
    "tests/documents/fuzzed",
    "tests/documents/pitfalls",
    "tests/documents/typos",
];

/// The documents that are changed.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Seeds {
    /// The texts, for changing bytes.
    pub texts: Vec<String>,
    /// The documents as trees.
    pub trees: Vec<Value>,
    /// Small documents as trees: each has one operation of a document in `trees`, and the components that the operation uses.
    pub small: Vec<Value>,
}

impl Seeds {
    /// Reads the documents of the repository, and parts of the published documents in the folders `corpus`.
    pub fn collect(corpus: &[PathBuf]) -> Result<Self, Box<dyn Error>> {
        let mut seeds = Self::default();
        for folder in FOLDERS {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder);
            if folder.is_dir() {
                files(&folder)?.iter().for_each(|(name, text)| seeds.add_file(name, text));
            }
        }
        let parts = part::of_published_documents(corpus)?;
        seeds.texts.extend(parts.iter().map(Value::to_string));
        seeds.trees.extend(parts);
        seeds.small = seeds.trees.iter().flat_map(part::operations).collect();
        Ok(seeds)
    }

    /// Writes the documents to a file, so that the child processes need not read and divide them.
    pub fn write(&self, file: &Path) -> Result<(), Box<dyn Error>> {
        Ok(fs::write(file, serde_json::to_vec(self)?)?)
    }

    /// Reads the documents from a file that [`Seeds::write`] wrote.
    pub fn read(file: &Path) -> Result<Self, Box<dyn Error>> {
        Ok(serde_json::from_slice(&fs::read(file)?)?)
    }

    fn add_file(&mut self, name: &str, text: &str) {
        if name.ends_with(".md") {
            let blocks = text.split("\n```yaml").skip(1).filter_map(|rest| rest.split_once('\n'));
            let blocks = blocks.filter_map(|(_, rest)| rest.split("\n```").next());
            blocks.for_each(|block| self.add(block));
        } else {
            self.add(text);
        }
    }

    fn add(&mut self, text: &str) {
        self.texts.push(text.to_owned());
        self.trees.extend(parsed(text).filter(Value::is_object));
    }
}

/// Returns the names and the texts of the files in a folder, sorted by name. Files that are not UTF-8 are omitted.
pub fn files(folder: &Path) -> io::Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_file()
            && let Ok(text) = fs::read_to_string(entry.path())
        {
            files.push((entry.file_name().to_string_lossy().into_owned(), text));
        }
    }
    files.sort();
    Ok(files)
}

/// Parses a JSON or YAML document. Returns `None` if it is not well-formed.
pub fn parsed(text: &str) -> Option<Value> {
    match serde_json::from_str(text) {
        Ok(value) => Some(value),
        Err(_) => serde_yaml::from_str(text).ok(),
    }
}
