//! A `Cargo.toml` that is the user's own: whether it has what the sources need.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use crate::print::{HEADER, Output};

/// Whether the `Cargo.toml` in the folder is the user's own.
pub(super) fn is_own(folder: &Path) -> bool {
    let manifest = text(folder);
    !manifest.is_empty() && !manifest.contains(HEADER)
}

/// A `Cargo.toml` that is the user's own has to name the engine that the sources need.
pub(super) fn missing_engine(folder: &Path, outputs: &[Output]) -> Result<(), String> {
    let needs_engine = outputs.iter().any(|output| output.path == "src/ecma.rs");
    if needs_engine && is_own(folder) && !text(folder).contains("regress") {
        let path = folder.join("Cargo.toml");
        return Err(format!(
            "a pattern of the documents needs a regex engine: add `{}` to the dependencies in {}",
            crate::emit::ENGINE,
            path.display()
        ));
    }
    Ok(())
}

/// Tells which dependencies a `Cargo.toml` of the user's own lacks, without which the crate does not compile.
pub(super) fn tell_missing(folder: &Path, outputs: &[Output], to: &mut dyn Write) -> io::Result<()> {
    let ours = outputs.iter().find(|output| output.path == "Cargo.toml");
    let Some(ours) = ours.filter(|_| is_own(folder)) else { return Ok(()) };
    let theirs = text(folder);
    let missing: Vec<&str> = needed(&ours.text).filter(|line| !has(&theirs, name(line))).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let path = folder.join("Cargo.toml");
    writeln!(
        to,
        "{} is your own and stays, and it lacks what the sources need. Add below [dependencies]:",
        path.display()
    )?;
    missing.iter().try_for_each(|line| writeln!(to, "    {line}"))
}

fn text(folder: &Path) -> String {
    fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default()
}

/// The dependencies of a manifest of ours that are no options.
fn needed(manifest: &str) -> impl Iterator<Item = &str> {
    let behind = manifest.split_once("[dependencies]\n").map_or("", |(_, behind)| behind);
    let lines = behind.lines().take_while(|line| !line.starts_with('['));
    lines.filter(|line| line.contains('=') && !line.contains("optional = true"))
}

fn name(line: &str) -> &str {
    line.split(['=', '.']).next().unwrap_or_default().trim().trim_matches(['"', '\''])
}

/// Whether `manifest` names the dependency, in whichever way it may be written.
fn has(manifest: &str, dependency: &str) -> bool {
    let mut is_section = false;
    for line in manifest.lines().map(str::trim) {
        if let Some(section) = line.strip_prefix('[') {
            let section = section.split(']').next().unwrap_or_default();
            is_section = section == "dependencies" || section.ends_with(".dependencies");
            let own = section.strip_suffix(dependency).and_then(|outer| outer.strip_suffix('.'));
            if own.is_some_and(|outer| outer == "dependencies" || outer.ends_with(".dependencies")) {
                return true;
            }
        } else if is_section && name(line) == dependency {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dependency_is_found_however_it_is_written() {
        for manifest in [
            "[dependencies]\nserde = \"1\"\n",
            "[dependencies]\nserde.workspace = true\n",
            "[dependencies]\n\"serde\" = { version = \"1\" }\n",
            "[dependencies.serde]\nversion = \"1\"\n",
            "[target.'cfg(unix)'.dependencies]\n  serde=\"1\"\n",
        ] {
            assert!(has(manifest, "serde"), "{manifest}");
        }
        for manifest in ["", "[dev-dependencies]\nserde = \"1\"\n", "[dependencies]\nserde_json = \"1\"\n", "[serde]\n"]
        {
            assert!(!has(manifest, "serde"), "{manifest}");
        }
    }

    #[test]
    fn options_are_not_needed() {
        let manifest = "[package]\nname = \"a\"\n\n[dependencies]\nbytes = \"1\"\nreqwest = { version = \"0.13\", optional = true }\n\n[lints]\na = \"b\"\n";
        assert_eq!(needed(manifest).collect::<Vec<_>>(), ["bytes = \"1\""]);
    }
}
