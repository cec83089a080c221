//! Checks whether a hand-written `Cargo.toml` in the folder of the crate has the dependencies of the generated code.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use crate::command::output::printed;
use crate::print::{HEADER, Output};

/// Returns whether the folder has a `Cargo.toml` that copperplate did not write.
pub(super) fn is_handwritten(folder: &Path) -> bool {
    let manifest = read_manifest(folder);
    !manifest.is_empty() && !manifest.contains(HEADER)
}

/// Prints the dependencies that a hand-written `Cargo.toml` lacks. Without them the crate does not compile.
pub(super) fn print_missing_dependencies(folder: &Path, outputs: &[Output], to: &mut dyn Write) -> io::Result<()> {
    let generated = outputs.iter().find(|output| output.path == "Cargo.toml");
    let Some(generated) = generated.filter(|_| is_handwritten(folder)) else { return Ok(()) };
    let manifest = read_manifest(folder);
    let missing = required_dependencies(&generated.text);
    let missing: Vec<&str> = missing.filter(|line| !has_dependency(&manifest, dependency_name(line))).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let path = folder.join("Cargo.toml");
    writeln!(to, "{} lacks dependencies of the generated code. Add to its [dependencies]:", printed(&path))?;
    missing.iter().try_for_each(|line| writeln!(to, "    {line}"))
}

/// Returns the content of `Cargo.toml` in the folder; empty if there is no such file.
fn read_manifest(folder: &Path) -> String {
    fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default()
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
    fn optional_dependencies_are_not_required() {
        let manifest = "[package]\nname = \"a\"\n\n[dependencies]\nbytes = \"1\"\nreqwest = { version = \"0.13\", optional = true }\n\n[lints]\na = \"b\"\n";
        assert_eq!(required_dependencies(manifest).collect::<Vec<_>>(), ["bytes = \"1\""]);
    }
}
