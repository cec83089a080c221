//! Tests of constructs that other generators mishandle: they crash, or send a request that differs from the document. The pages
//! in `tests/documents/pitfalls/` have a small document for each construct, and the expected result.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command as Process;
use std::{env, fs};

use copperplate::{EmittedOperation, Generation, Input, Options, Pipeline, Types};
use serde_json::Value;

use crate::markdown::{Command, Section, compare, joined, pages, parts, path, reported, sections};

const FOLDER: &str = "tests/documents/pitfalls";

/// A small document, and the expected result of generating from it.
struct Pitfall {
    name: String,
    text: String,
    /// The IDs of the operations that are generated. Empty if there are errors.
    operations: BTreeSet<String>,
    /// The IDs of the errors.
    errors: BTreeSet<String>,
    /// The IDs of the operations that are generated with `--skip-unsupported`.
    left: BTreeSet<String>,
}

fn pitfalls() -> Vec<Pitfall> {
    let of_page = |(_, file): (String, PathBuf)| {
        let sections = sections(&parts(&fs::read_to_string(file).unwrap()));
        sections.iter().map(pitfall).collect::<Vec<_>>()
    };
    pages(FOLDER).into_iter().flat_map(of_page).collect()
}

fn pitfall(section: &Section) -> Pitfall {
    let list = |label: &str| {
        let line = section.prose.lines().find_map(|line| line.strip_prefix(label));
        let ids = line.into_iter().flat_map(|line| line.split('`').skip(1).step_by(2));
        ids.map(str::to_owned).collect::<BTreeSet<_>>()
    };
    let documents = section.blocks.iter().filter(|(info, _)| info == "yaml");
    let [(_, text)] = documents.collect::<Vec<_>>()[..] else { panic!("{}: one document", section.title) };
    let (operations, errors) = (list("- Operations:"), list("- Errors:"));
    assert!(operations.is_empty() != errors.is_empty(), "{}: either operations or errors", section.title);
    let is_description = |line: &str| !line.is_empty() && !line.starts_with("- ");
    assert!(section.prose.lines().any(is_description), "{}: a description", section.title);
    let left = if errors.is_empty() { operations.clone() } else { list("- Operations with `--skip-unsupported`:") };
    Pitfall { name: section.title.clone(), text: text.clone(), operations, errors, left }
}

impl Pitfall {
    fn input(&self) -> Input {
        Input::new(format!("{}.yaml", self.name), self.text.clone(), self.name.replace('-', "_"))
    }

    /// Returns the ID of each generated operation, or its JSON pointer if it has no ID.
    fn ids(&self, operations: &[EmittedOperation]) -> BTreeSet<String> {
        let document: Value = serde_yaml::from_str(&self.text).unwrap_or_default();
        let id = |operation: &EmittedOperation| {
            let place = operation.pointer.as_str();
            document.pointer(place).unwrap()["operationId"].as_str().unwrap_or(place).to_owned()
        };
        operations.iter().map(id).collect()
    }
}

fn run(inputs: &[Input], skip_unsupported: bool) -> Generation {
    let options =
        Options { crate_name: "pitfalls".to_owned(), types: Types::All, skip_unsupported, ..Options::default() };
    Pipeline::new(&options).generate(inputs)
}

#[test]
fn each_document_becomes_what_its_page_says() {
    let pitfalls = pitfalls();
    assert!(pitfalls.len() >= 71, "{} documents", pitfalls.len());
    let names: BTreeSet<&str> = pitfalls.iter().map(|pitfall| pitfall.name.as_str()).collect();
    assert_eq!(names.len(), pitfalls.len(), "each document has a name of its own");
    let mut wrong = Vec::new();
    for pitfall in &pitfalls {
        let generation = run(&[pitfall.input()], false);
        let errors = generation.findings.iter().filter(|finding| finding.is_error());
        let errors: BTreeSet<String> = errors.map(|finding| finding.code.id().to_owned()).collect();
        let operations = match generation.files {
            Some(_) => pitfall.ids(&generation.operations),
            None => BTreeSet::new(),
        };
        let left = pitfall.ids(&run(&[pitfall.input()], true).operations);
        if (&operations, &errors, &left) != (&pitfall.operations, &pitfall.errors, &pitfall.left) {
            wrong.push(format!("{}: operations {operations:?}, errors {errors:?}, skipping {left:?}", pitfall.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Each page shows all findings about its documents, including warnings about constructs without effect.
#[test]
fn pages_show_what_is_printed() {
    for (_, file) in pages(FOLDER) {
        let parts = parts(&fs::read_to_string(&file).unwrap());
        let parts = reported(&parts, |heading, _, document| {
            let name = format!("{heading}.yaml");
            let (findings, text) = Command::GenerateAll.findings(&name, document.as_bytes().to_vec());
            Command::GenerateAll.report(&name, &findings, &text)
        });
        compare(&file, &joined(&parts));
    }
}

/// Generates one crate from all documents, with a module for each. Operations with errors are skipped.
#[test]
fn what_is_generated_compiles_without_warnings() {
    let pitfalls = pitfalls();
    let readable = pitfalls.iter().filter(|pitfall| !pitfall.errors.contains("beyond-json"));
    let inputs: Vec<Input> = readable.map(Pitfall::input).collect();
    let folder = tempfile::tempdir().unwrap();
    for output in run(&inputs, true).files.unwrap() {
        let path = folder.path().join(&output.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, output.text).unwrap();
    }
    // With this lock file, the crate has the same dependencies as other generated crates in the tests, so Cargo compiles them
    // only once.
    fs::copy(path("Cargo.lock"), folder.path().join("Cargo.lock")).unwrap();
    let checked = Process::new(env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()))
        .args(["clippy", "--offline", "--quiet", "--all-targets", "--features", "blocking,mock,symmetric"])
        .args(["--", "-D", "warnings"])
        .current_dir(folder.path())
        .env("CARGO_TARGET_DIR", path("target/new_crate"))
        .output()
        .unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
}

/// The README of the pages has a table of mistakes that a compiler does not detect. Each row names a test for the mistake.
#[test]
fn each_mistake_of_other_generators_has_a_test() {
    let readme = fs::read_to_string(path(FOLDER).join("README.md")).unwrap();
    let rows: Vec<&str> = readme.lines().filter(|line| line.starts_with("| ") && line.contains(".rs")).collect();
    assert!(rows.len() >= 36, "{} rows", rows.len());
    for row in rows {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [_, mistake, file, test, _] = cells.as_slice() else { panic!("{row}: three columns") };
        let (file, test) = (file.trim_matches('`'), test.trim_matches('`'));
        let text = fs::read_to_string(path("tests/it").join(file)).unwrap();
        assert!(text.contains(&format!("#[test]\nfn {test}()")), "{mistake}: no test {test} in {file}");
    }
}
