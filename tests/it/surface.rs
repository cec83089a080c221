//! Tests of the surface, which lists the public items of a crate. It must list exactly the declarations of the emitted crate,
//! with the same names and types.

/// Tests of the differences between two surfaces that the compiler does not detect.
mod differences;
/// Finds the public declarations in emitted code.
mod emitted;
/// Converts the items of a surface to Rust declarations.
mod listed;
/// Tests that the differences between two surfaces agree with the errors of the compiler.
mod pairs;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use copperplate::load::ReadError;
use copperplate::{Input, Options, Pipeline, Types};

fn input(path: &Path) -> Input {
    let module = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    Input::new(path.to_str().unwrap(), fs::read_to_string(path).unwrap(), module)
}

fn documents(folder: &str) -> Vec<Input> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.is_file() && path.extension().is_some_and(|extension| extension == "yaml"));
    paths.sort();
    paths.iter().map(|path| input(path)).collect()
}

/// Asserts that the surface of a crate lists exactly its emitted declarations. Returns the number of declarations.
fn assert_agreement(inputs: &[Input], options: &Options) -> usize {
    let read = |_: &str, path: &str| fs::read_to_string(path).map_err(ReadError::from);
    let (surface, findings) = Pipeline::new(options).with_files(&read).surface(inputs);
    let surface = surface.unwrap_or_else(|| panic!("{findings:?}"));
    let outputs = Pipeline::new(options).with_files(&read).generate(inputs).files.unwrap();
    let modules: Vec<&str> =
        if options.at_root { Vec::new() } else { inputs.iter().map(|i| i.module.as_str()).collect() };
    let (emitted, listed) = (emitted::declarations(&outputs, &modules), listed::declarations(&surface));
    let only = |left: &BTreeSet<String>, right: &BTreeSet<String>| {
        left.difference(right).cloned().collect::<Vec<_>>().join("\n")
    };
    let (only_emitted, only_listed) = (only(&emitted, &listed), only(&listed, &emitted));
    assert!(
        only_emitted.is_empty() && only_listed.is_empty(),
        "{}:\nemitted and not listed:\n{only_emitted}\nlisted and not emitted:\n{only_listed}",
        inputs[0].file
    );
    let paths: BTreeSet<&str> = surface.items.iter().map(|item| item.path.as_str()).collect();
    assert_eq!(paths.len(), surface.items.len(), "{}: two items have the same path", inputs[0].file);
    let surface_file = outputs.iter().find(|output| output.path == "SURFACE.txt").unwrap();
    assert_eq!(surface_file.text.split_once('\n').unwrap().1, surface.to_string());
    listed.len()
}

#[test]
fn the_surface_of_the_specs_lists_every_declaration() {
    let inputs = documents("../specs");
    let options = Options { crate_name: "generated".to_owned(), ..Options::default() };
    assert!(assert_agreement(&inputs, &options) > 150);
}

#[test]
fn the_surface_of_each_case_lists_every_declaration() {
    let mut count = 0;
    for input in documents("cases").into_iter().chain(documents("cases/repaired")) {
        for types in [Types::All, Types::Used] {
            let skip_unsupported = input.file.contains("/repaired/");
            let (crate_name, at_root) = (input.module.clone(), true);
            let options = Options { crate_name, at_root, skip_unsupported, types, ..Options::default() };
            count += assert_agreement(std::slice::from_ref(&input), &options);
        }
    }
    assert!(count > 2000, "{count}");
}

#[test]
fn the_surface_of_a_crate_with_many_files_lists_every_declaration() {
    let text = crate::layout::document(12);
    let input = Input::new("large.yaml", text, "large");
    let options = Options { crate_name: "large".to_owned(), at_root: true, features: true, ..Options::default() };
    assert!(assert_agreement(&[input], &options) > 500);
}
