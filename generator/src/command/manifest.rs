//! Reads a hand-written `Cargo.toml` in the folder of the crate: its features, and whether it has the dependencies of the generated
//! code.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use crate::command::output::printed;
use crate::files;
use crate::print::{HEADER, Output};

/// The maximum size in bytes of a `Cargo.toml` that is read.
const MAX_BYTES: u64 = 1024 * 1024;

/// The file `Cargo.toml` in the folder of a crate.
enum Manifest {
    Missing,
    Generated,
    /// The content of a file that copperplate did not write.
    Handwritten(String),
    /// A symbolic link, another file that is not a regular file, or a file that is too large. The folder may come from a
    /// stranger, so such a file is not read.
    Unread,
}

impl Manifest {
    fn read(folder: &Path) -> Self {
        let path = folder.join("Cargo.toml");
        match files::read_regular(&path, MAX_BYTES) {
            Ok(Some(text)) => match String::from_utf8(text) {
                Ok(text) if text.is_empty() => Self::Missing,
                Ok(text) if text.contains(HEADER) => Self::Generated,
                Ok(text) => Self::Handwritten(text),
                Err(_) => Self::Unread,
            },
            _ if fs::symlink_metadata(&path).is_err() => Self::Missing,
            _ => Self::Unread,
        }
    }
}

/// Returns the cargo features that a hand-written `Cargo.toml` in the folder declares. Returns `None` if copperplate writes the
/// file.
pub(super) fn declared_features(folder: &Path) -> Option<BTreeSet<String>> {
    match Manifest::read(folder) {
        Manifest::Missing | Manifest::Generated => None,
        Manifest::Handwritten(manifest) => Some(features(&manifest).map(str::to_owned).collect()),
        Manifest::Unread => Some(BTreeSet::new()),
    }
}

/// Returns the names in the section `[features]` of a manifest.
fn features(manifest: &str) -> impl Iterator<Item = &str> {
    let lines = manifest.lines().map(str::trim).skip_while(|line| *line != "[features]").skip(1);
    let lines = lines.take_while(|line| !line.starts_with('['));
    lines.filter(|line| line.contains('=') && !line.starts_with('#')).map(dependency_name)
}

/// Prints the dependencies that a hand-written `Cargo.toml` lacks. Without them the crate does not compile.
pub(super) fn print_missing_dependencies(folder: &Path, outputs: &[Output], to: &mut dyn Write) -> io::Result<()> {
    let generated = outputs.iter().find(|output| output.path == "Cargo.toml");
    let Some(generated) = generated else { return Ok(()) };
    let path = folder.join("Cargo.toml");
    let manifest = match Manifest::read(folder) {
        Manifest::Missing | Manifest::Generated => return Ok(()),
        Manifest::Handwritten(manifest) => manifest,
        Manifest::Unread => {
            let limit = MAX_BYTES / 1024 / 1024;
            return writeln!(
                to,
                "{} is not read, because it is not a regular file with at most {limit} MB of text: its dependencies are not checked",
                printed(&path)
            );
        }
    };
    let missing = required_dependencies(&generated.text);
    let missing: Vec<&str> = missing.filter(|line| !has_dependency(&manifest, dependency_name(line))).collect();
    if missing.is_empty() {
        return Ok(());
    }
    writeln!(to, "{} lacks dependencies of the generated code. Add to its [dependencies]:", printed(&path))?;
    missing.iter().try_for_each(|line| writeln!(to, "    {line}"))
}

/// Returns the lines of a generated manifest that declare required dependencies.
fn required_dependencies(manifest: &str) -> impl Iterator<Item = &str> {
    let section = manifest.split_once("[dependencies]\n").map_or("", |(_, section)| section);
    let lines = section.lines().take_while(|line| !line.starts_with('['));
    lines.filter(|line| line.contains('=') && !line.contains("optional = true"))
}

fn dependency_name(line: &str) -> &str {
    line.split(['=', '.']).next().unwrap_or_default().trim().trim_matches(['"', '\''])
}

/// Returns whether `manifest` has the dependency, in any notation that Cargo accepts.
fn has_dependency(manifest: &str, dependency: &str) -> bool {
    let mut in_dependencies = false;
    for line in manifest.lines().map(str::trim) {
        if let Some(section) = line.strip_prefix('[') {
            let section = section.split(']').next().unwrap_or_default();
            in_dependencies = section == "dependencies" || section.ends_with(".dependencies");
            // A dependency can have its own section, such as `[dependencies.serde]`.
            let outer = section.strip_suffix(dependency).and_then(|outer| outer.strip_suffix('.'));
            if outer.is_some_and(|outer| outer == "dependencies" || outer.ends_with(".dependencies")) {
                return true;
            }
        } else if in_dependencies && dependency_name(line) == dependency {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dependency_is_found_in_any_form() {
        for manifest in [
            "[dependencies]\nserde = \"1\"\n",
            "[dependencies]\nserde.workspace = true\n",
            "[dependencies]\n\"serde\" = { version = \"1\" }\n",
            "[dependencies.serde]\nversion = \"1\"\n",
            "[target.'cfg(unix)'.dependencies]\n  serde=\"1\"\n",
        ] {
            assert!(has_dependency(manifest, "serde"), "{manifest}");
        }
        for manifest in ["", "[dev-dependencies]\nserde = \"1\"\n", "[dependencies]\nserde_json = \"1\"\n", "[serde]\n"]
        {
            assert!(!has_dependency(manifest, "serde"), "{manifest}");
        }
    }

    #[test]
    fn features_are_read_from_their_section() {
        let manifest = "[package]\nname = \"a\"\n[features]\ndefault = [\n    \"osm\",\n]\n# cfw = []\nosm = []\n\"sec-master\" = []\n\n[dependencies]\nbytes = \"1\"\n";
        assert_eq!(features(manifest).collect::<Vec<_>>(), ["default", "osm", "sec-master"]);
    }

    #[test]
    fn optional_dependencies_are_not_required() {
        let manifest = "[package]\nname = \"a\"\n\n[dependencies]\nbytes = \"1\"\nreqwest = { version = \"0.13\", optional = true }\n\n[lints]\na = \"b\"\n";
        assert_eq!(required_dependencies(manifest).collect::<Vec<_>>(), ["bytes = \"1\""]);
    }
}
