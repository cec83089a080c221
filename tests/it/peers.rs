//! The constructs at which other generators stop with a panic, or send what the document does not say: one document each in
//! peers/, and what becomes of it here.

/// What is expected of each document, and which test shows on the wire what compiling does not.
#[path = "peers/table.rs"]
mod table;
/// What only the wire shows.
#[path = "peers/wire.rs"]
mod wire;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use copperplate::finding::Finding;
use copperplate::finding::render;
use copperplate::{EmittedOperation, Generation, Input, Options, Pipeline, Types};
use serde_json::Value;
use table::{DOCUMENTS, Expected, SHOWN_ON_THE_WIRE};

/// The documents by the names of their files, without the ending.
fn documents() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let named = |path: PathBuf| (path.file_stem().unwrap().to_string_lossy().into_owned(), path);
    paths.map(named).map(|(name, path)| (name, fs::read_to_string(path).unwrap())).collect()
}

fn input(name: &str, text: &str) -> Input {
    Input { file: format!("{name}.yaml"), text: text.to_owned(), module: name.replace('-', "_") }
}

fn run(inputs: &[Input], skip_unsupported: bool) -> Generation {
    let options = Options { crate_name: "peers".to_owned(), types: Types::All, skip_unsupported, ..Options::default() };
    Pipeline::new(&options).generate(inputs)
}

/// The operation's id, or where it stands if it has none.
fn id(text: &str, operation: &EmittedOperation) -> String {
    let document: Value = serde_yaml::from_str(text).unwrap();
    let operation = operation.pointer.as_str();
    document.pointer(operation).unwrap()["operationId"].as_str().unwrap_or(operation).to_owned()
}

/// What becomes of a document: the ids of what is emitted, or of the codes of the errors.
fn outcome(name: &str, text: &str) -> (bool, BTreeSet<String>) {
    let generation = run(&[input(name, text)], false);
    if generation.files.is_some() {
        return (true, generation.operations.iter().map(|operation| id(text, operation)).collect());
    }
    let errors = generation.findings.iter().filter(|finding| finding.is_error());
    (false, errors.map(|finding| finding.code.id().to_owned()).collect())
}

#[test]
fn each_document_becomes_what_the_table_says() {
    let documents = documents();
    let expected: BTreeSet<&str> = DOCUMENTS.iter().map(|(name, _)| *name).collect();
    assert_eq!(documents.keys().map(String::as_str).collect::<BTreeSet<_>>(), expected);
    let mut wrong = Vec::new();
    for (name, expected) in DOCUMENTS {
        let text = &documents[*name];
        assert!(text.starts_with("# "), "{name} does not say what it stands for");
        let (emitted, ids) = match expected {
            Expected::Emitted(ids) => (true, ids),
            Expected::Refused(ids) => (false, ids),
        };
        let expected = (emitted, ids.iter().map(|id| (*id).to_owned()).collect());
        let outcome = outcome(name, text);
        if outcome != expected {
            wrong.push(format!("{name}: {outcome:?} instead of {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Everything that is said of a document, as it is printed; warnings too, since a construct without effect is no silent one.
#[test]
fn what_is_said_of_each_document() {
    let said = documents().into_iter().filter_map(|(name, text)| {
        let findings: Vec<Finding> = run(&[input(&name, &text)], false).findings;
        let placed = render::placed(&findings, &[(format!("{name}.yaml").as_str(), text.as_str())].into());
        let rendered: Vec<String> = placed.iter().map(|finding| finding.text(false)).collect();
        (!rendered.is_empty()).then(|| rendered.join("\n\n"))
    });
    insta::assert_snapshot!(said.collect::<Vec<_>>().join("\n\n\n"));
}

/// What one document has wrong stops none of its other operations, where it can be read at all.
#[test]
fn the_rest_of_a_refused_document_can_be_had() {
    for (name, text) in documents().iter().filter(|(_, text)| text.contains("operationId: health")) {
        let generation = run(&[input(name, text)], true);
        let ids: Vec<String> = generation.operations.iter().map(|operation| id(text, operation)).collect();
        let left = table::UNREADABLE.contains(&name.as_str());
        assert_eq!(ids.contains(&"health".to_owned()), !left, "{name}: {ids:?}, {:#?}", generation.findings);
    }
}

/// All that is emitted of them, one module a document, in one crate.
#[test]
fn what_is_emitted_compiles_without_warnings() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let documents = documents();
    let readable = documents.iter().filter(|(name, _)| !table::UNREADABLE.contains(&name.as_str()));
    let inputs: Vec<Input> = readable.map(|(name, text)| input(name, text)).collect();
    let folder = tempfile::tempdir().unwrap();
    for output in run(&inputs, true).files.unwrap() {
        let path = folder.path().join(&output.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, output.text).unwrap();
    }
    // The libraries are compiled already for the other crates that are checked here.
    fs::copy(root.join("Cargo.lock"), folder.path().join("Cargo.lock")).unwrap();
    let checked = Command::new(env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()))
        .args(["clippy", "--offline", "--quiet", "--all-targets", "--features", "blocking,symmetric"])
        .args(["--", "-D", "warnings"])
        .current_dir(folder.path())
        .env("CARGO_TARGET_DIR", root.join("target/new_crate"))
        .output()
        .unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
}

#[test]
fn each_silent_mistake_has_its_test() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("it");
    for (mistake, file, test) in SHOWN_ON_THE_WIRE {
        let text = fs::read_to_string(folder.join(file)).unwrap();
        assert!(text.contains(&format!("#[test]\nfn {test}()")), "{mistake}: no test {test} in {file}");
    }
}
