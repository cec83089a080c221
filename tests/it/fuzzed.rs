//! Tests of the documents in `tests/documents/fuzzed/`. Each of them once made a command panic, or give a wrong result.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use copperplate::{Input, Options, Pipeline, Types};

use crate::markdown::path;

/// Runs all commands on a document.
#[path = "../fuzz/pipeline.rs"]
#[allow(dead_code, reason = "the program `fuzz` also counts how far the runs came")]
mod pipeline;

fn documents() -> Vec<PathBuf> {
    let files = fs::read_dir(path("tests/documents/fuzzed")).unwrap().map(|entry| entry.unwrap().path());
    let is_document = |file: &PathBuf| {
        let name = file.file_name().unwrap().to_string_lossy();
        !name.ends_with(".md") && !name.contains(".old.")
    };
    files.filter(is_document).collect()
}

#[test]
fn no_command_panics() {
    let documents = documents();
    assert!(documents.len() >= 3, "{} documents", documents.len());
    for file in documents {
        let ending = file.extension().unwrap().to_string_lossy().into_owned();
        let old = fs::read(file.with_extension(format!("old.{ending}"))).ok();
        pipeline::run(&file.to_string_lossy(), &fs::read(&file).unwrap(), old.as_deref(), pipeline::Commands::ALL);
    }
}

/// Runs that fail on purpose are found, with the kind of the failure, and their inputs are shrunk.
#[test]
fn fuzz_finds_every_kind_of_failure() {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_fuzz"))
        .args(["--target", "failing", "--runs", "12", "--threads", "2", "--limit", "2", "--found"])
        .arg(folder.path())
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{printed}{}", String::from_utf8_lossy(&output.stderr));
    for kind in ["panic tests/fuzz/failing.rs", "stack overflow", "too much memory", "hang", "abort"] {
        assert!(printed.contains(&format!(" failures: {kind}")), "{kind}: {printed}");
    }
    let files = fs::read_dir(folder.path()).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    let files: Vec<String> = files.collect();
    assert!(files.iter().any(|text| text == "panic") && files.iter().any(|text| text == "abort"), "{files:?}");
}

/// Returns the number of generated operations under `--skip-unsupported`, and the messages of all findings.
fn generated(name: &str) -> (usize, Vec<String>) {
    let file = path("tests/documents/fuzzed").join(name);
    let input = Input::new(name, fs::read_to_string(file).unwrap(), "fuzzed");
    let crate_name = "fuzzed".to_owned();
    let options = Options { crate_name, skip_unsupported: true, types: Types::All, ..Options::default() };
    let generation = Pipeline::new(&options).generate(&[input]);
    let messages = generation.findings.into_iter().map(|finding| finding.message).collect();
    (generation.operations.len(), messages)
}

/// Without the fourth operation, two keys of the form `Two` have no path. Only operations that give each combination of keys a
/// path are generated.
#[test]
fn an_overloaded_method_needs_all_its_operations() {
    let (operations, messages) = generated("overload_without_an_operation.yaml");
    assert_eq!(operations, 1, "{messages:?}");
    let reason = "`find` has no operation with `key: Two, to: Two`.";
    assert!(messages.iter().any(|message| message == reason), "{messages:?}");
}

#[test]
fn operations_with_different_keys_are_not_combined() {
    let (operations, messages) = generated("overload_with_different_keys.yaml");
    assert_eq!(operations, 3, "{messages:?}");
    let reason = "The type `Key` has different variants in `seek` and in `find`.";
    assert!(messages.iter().any(|message| message == reason), "{messages:?}");
}
