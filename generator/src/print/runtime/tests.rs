//! Tests of the table of parts, and of the comments in the source files that refer to it.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use super::parts::PARTS;
use super::selected;
use super::selection::Selection;
use super::source_file::{self, FILES};
use super::sources::SOURCES;

/// The `Cargo.toml` of the runtime, which has the dependencies of every crate.
const MANIFEST: &str = include_str!("../../../runtime/Cargo.toml");

fn is_part(name: &str) -> bool {
    PARTS.iter().any(|part| part.name == name)
}

#[test]
fn names_in_the_table_are_known() {
    for (index, part) in PARTS.iter().enumerate() {
        assert!(PARTS[..index].iter().all(|other| other.name != part.name), "{} is listed twice", part.name);
        assert!(part.needs.iter().all(|need| is_part(need)), "{} needs an unknown part", part.name);
        for file in part.files {
            assert!(SOURCES.iter().any(|(path, _)| part.owns(path) && path.starts_with(file)), "no file {file}");
        }
    }
}

#[test]
fn comments_name_parts_and_are_balanced() {
    for (path, text) in SOURCES {
        let mut depth = 0_i32;
        for line in text.lines() {
            if let Some((code, names)) = line.split_once("// part: ") {
                assert!(names.split(" or ").all(is_part), "{path}: {names}");
                depth += i32::from(code.trim().is_empty());
            }
            depth -= i32::from(line.trim() == "// end of part");
        }
        assert_eq!(depth, 0, "{path}");
    }
}

/// Returns the crates to compile: the core, all parts, and each part that code uses alone, with the parts that it needs.
fn crates() -> Vec<(String, Selection)> {
    let alone = PARTS
        .iter()
        .filter(|part| !part.words.is_empty())
        .map(|part| (part.name.to_owned(), Selection::new(BTreeSet::from([part.name]))));
    let all = PARTS.iter().map(|part| part.name).collect();
    let core = ("core_only".to_owned(), Selection::new(BTreeSet::new()));
    [core, ("all_parts".to_owned(), Selection::new(all))].into_iter().chain(alone).collect()
}

#[test]
fn no_file_imports_from_a_part_that_its_own_part_does_not_need() {
    for (name, selection) in crates() {
        for (_, file) in FILES.iter().enumerate().filter(|(index, _)| selection.has_file(*index)) {
            let (path, text) = (file.path, selection.text(file));
            assert!(!text.contains("// part: ") && !text.contains("// end of part"), "{name}: {path}");
            for module in text.split("crate::runtime::").skip(1) {
                let module: String = module
                    .chars()
                    .take_while(|letter| letter.is_ascii_alphanumeric() || "_:".contains(*letter))
                    .collect();
                let import = format!("use crate::runtime::{module};");
                let Some(target) = source_file::target(path, &import) else { continue };
                assert!(
                    source_file::files(&target).any(|index| selection.has_file(index)),
                    "{name}: {path} refers to {target}"
                );
            }
        }
    }
}

#[test]
fn each_part_compiles_alone_without_warnings() {
    let folder = tempfile::tempdir().unwrap();
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let (_, dependencies) = MANIFEST.split_once("[features]").unwrap();
    let (dependencies, _) = dependencies.split_once("[lints]").unwrap();
    for (name, selection) in crates() {
        let package = folder.path().join(&name);
        for output in selected(&selection, selection.has("backtracking")) {
            let path = package.join(output.path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, output.text).unwrap();
        }
        let manifest = format!("[package]\nname = \"{name}\"\nedition = \"2024\"\n[features]{dependencies}");
        fs::write(package.join("Cargo.toml"), manifest).unwrap();
        let engine = if selection.has("backtracking") { "pub mod ecma;\n" } else { "" };
        fs::write(package.join("src/lib.rs"), format!("{engine}pub mod runtime;\n")).unwrap();
    }
    fs::write(folder.path().join("Cargo.toml"), "[workspace]\nmembers = [\"*\"]\nresolver = \"3\"\n").unwrap();
    // The lock file of the repository selects versions that are already on this machine, so Cargo downloads nothing.
    fs::copy(repository.join("Cargo.lock"), folder.path().join("Cargo.lock")).unwrap();
    let checked = Command::new(env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()))
        .args(["check", "--offline", "--quiet", "--keep-going", "--workspace", "--features=blocking,mock,symmetric"])
        .current_dir(folder.path())
        .env("CARGO_TARGET_DIR", repository.join("target/new_crate"))
        .env("RUSTFLAGS", "-D warnings")
        .output()
        .unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
}
