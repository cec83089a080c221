//! Generation in the build script of a crate: the sources are written to `OUT_DIR`, and the crate includes them.

use std::fs;
use std::io::{Error, ErrorKind, Result};
use std::path::Path;

use super::Generation;

/// The file that declares the modules.
const MODULES: &str = "modules.rs";

impl Generation {
    /// Writes the sources to `folder`, and beside them `modules.rs`, which declares their modules. Earlier files in `folder` are
    /// removed, so choose a folder of its own in `OUT_DIR`.
    ///
    /// The crate contains the line `include!(concat!(env!("OUT_DIR"), "/FOLDER/modules.rs"));` in its root, because the sources
    /// refer to each other by paths such as `crate::runtime`. It depends on what the emitted `Cargo.toml` lists.
    ///
    /// # Errors
    /// Returns an error if there are errors in a document (the text of the error has the findings), or a file cannot be written.
    pub fn write_modules(&self, folder: &Path) -> Result<()> {
        let findings = || self.findings.iter().map(|finding| format!("{finding}\n")).collect::<String>();
        let outputs = self.files.as_ref().ok_or_else(|| Error::new(ErrorKind::InvalidData, findings()))?;
        if folder.is_dir() {
            fs::remove_dir_all(folder)?;
        }
        let mut modules = String::new();
        for output in outputs {
            let Some(name) = output.path.strip_prefix("src/").filter(|name| *name != "lib.rs") else { continue };
            let path = folder.join(name);
            path.parent().map_or(Ok(()), fs::create_dir_all)?;
            fs::write(&path, &output.text)?;
            let module = name.strip_suffix("/mod.rs").or_else(|| name.strip_suffix(".rs")).unwrap_or(name);
            if !module.contains('/') {
                modules.push_str(&format!("#[path = {:?}]\npub mod {module};\n", fs::canonicalize(path)?));
            }
        }
        fs::write(folder.join(MODULES), modules)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Input, Options, Pipeline};

    const DOCUMENT: &str = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a: {get: {operationId: a, responses: {'200': {description: Ok.}}}}\n";

    #[test]
    fn the_modules_of_all_documents_and_the_runtime_are_declared() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path().join("api");
        let options = Options::default();
        let write = |text: &str| {
            let inputs = ["cats", "dogs"].map(|name| Input::new(format!("{name}.yaml"), text, name));
            Pipeline::new(&options).generate(&inputs).write_modules(&folder)
        };
        write(DOCUMENT).expect("written");
        let modules = fs::read_to_string(folder.join(MODULES)).expect("a file");
        let names: Vec<&str> = modules.lines().filter_map(|line| line.strip_prefix("pub mod ")).collect();
        assert_eq!(names, ["cats;", "dogs;", "runtime;"]);
        assert!(folder.join("cats/operations.rs").is_file() && folder.join("runtime/mod.rs").is_file());
        let error = write("openapi: 3.0.3\n").expect_err("findings");
        assert!(error.to_string().contains("The document has no `info`"), "{error}");
        assert!(folder.join(MODULES).is_file(), "a failed run leaves the earlier sources");
    }
}
