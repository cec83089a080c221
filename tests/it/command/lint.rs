//! `lint`: what fails a run and what does not, in each format, and that nothing is written.

use std::fs;
use std::path::Path;

use clap::Parser as _;
use copperplate::command::{Command, Ending, Said, run};

const CLEAN: &str = "openapi: 3.0.3
info: {title: Pets, version: '1'}
tags: [{name: Pets}]
paths:
  /pets/{id}:
    get:
      operationId: getPet
      x-source: 1 Getting a Pet
      tags: [Pets]
      parameters: [{name: id, in: path, required: true, schema: {type: string, maxLength: 8}, example: rex}]
      responses: {'204': {description: There.}}
";

/// Runs `lint` on a document in a folder of its own; answers how it ended, what it said, and what it complained about.
fn lint(text: &str, more: &[&str]) -> (Ending, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("pets.yaml");
    fs::write(&spec, text).unwrap();
    let fixed = ["copperplate", "lint", spec.to_str().unwrap()];
    let command = Command::try_parse_from(fixed.iter().chain(more)).unwrap();
    let (mut said, mut complained) = (Vec::new(), Vec::new());
    let ending = run(command, &mut said, Said { to: &mut complained, styled: false });
    let files: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(files, ["pets.yaml"], "something was written");
    assert_eq!(fs::read_to_string(spec).unwrap(), text);
    (ending, String::from_utf8(said).unwrap(), String::from_utf8(complained).unwrap())
}

#[test]
fn a_clean_document_is_one_line() {
    let summary = "1 document: 0 errors, 0 warnings, 0 notes\n".to_owned();
    assert_eq!(lint(CLEAN, &["--deny", "warnings"]), (Ending::Done, summary, String::new()));
}

#[test]
fn errors_fail_and_notes_never_do_and_warnings_where_they_are_denied() {
    let note = CLEAN.replace(", example: rex", "");
    let warning = CLEAN.replace("tags: [Pets]", "tags: [Pest]");
    let error = CLEAN.replace("maxLength: 8", "maxLength: 8, minLength: 9");
    for (text, counts, ending, denied) in [
        (&note, "0 errors, 0 warnings, 1 note", Ending::Done, Ending::Done),
        (&warning, "0 errors, 1 warning, 0 notes", Ending::Done, Ending::Found),
        (&error, "1 error, 0 warnings, 0 notes", Ending::Found, Ending::Found),
    ] {
        let (ended, said, complained) = lint(text, &[]);
        assert_eq!((ended, said.trim_end()), (ending, format!("1 document: {counts}").as_str()), "{complained}");
        assert_eq!(lint(text, &["--deny", "warnings"]).0, denied, "{complained}");
    }
}

#[test]
fn machines_get_findings_and_no_summary() {
    let note = CLEAN.replace(", example: rex", "");
    let (_, said, complained) = lint(&note, &["--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&complained).unwrap();
    assert_eq!((said.as_str(), &told["code"], &told["severity"]), ("", &"CP0501".into(), &"note".into()));
    let (_, said, complained) = lint(&note, &["--format", "github"]);
    assert!(complained.starts_with("::notice file=") && complained.contains("line=6,col=5"), "{complained}");
    assert_eq!(said, "");
}

#[test]
fn many_of_a_kind_are_counted_unless_all_are_asked_for() {
    let unused: String = (0..9).map(|index| format!("    A{index}: {{type: string}}\n")).collect();
    let text = format!("{CLEAN}components:\n  schemas:\n{unused}");
    let (_, said, complained) = lint(&text, &[]);
    assert!(said.contains("5 warnings") && complained.contains("There are 4 more of this kind"), "{said}{complained}");
    let (_, said, complained) = lint(&text, &["--all"]);
    assert!(said.contains("9 warnings") && !complained.contains("of this kind"), "{said}{complained}");
}

#[test]
fn every_stage_speaks_in_one_run() {
    // An error of `check`, a warning of `lower` behind it, and a finding of `lint`.
    let text = CLEAN
        .replace("maxLength: 8", "maxLength: 8, minLength: 9")
        .replace("      operationId: getPet\n", "")
        .replace("tags: [Pets]", "tags: [Pest]");
    let (_, _, complained) = lint(&text, &["--format", "json"]);
    for id in ["contradictory-bounds", "missing-operation-id", "undeclared-tag"] {
        assert!(complained.contains(id), "no {id} in {complained}");
    }
}

#[test]
fn a_document_that_is_not_there_is_a_fault() {
    let command = Command::try_parse_from(["copperplate", "lint", "nowhere.yaml"]).unwrap();
    let (mut said, mut complained) = (Vec::new(), Vec::new());
    let ending = run(command, &mut said, Said { to: &mut complained, styled: false });
    assert_eq!((ending, said.is_empty()), (Ending::Failed, true));
    assert!(String::from_utf8(complained).unwrap().contains("nowhere.yaml"));
}

/// The project's own documents are clean, or say why not.
#[test]
fn the_specs_lint_clean() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let paths = fs::read_dir(specs).unwrap().map(|entry| entry.unwrap().path());
    let paths: Vec<_> = paths.filter(|path| path.extension().is_some_and(|extension| extension == "yaml")).collect();
    let words = ["copperplate", "lint", "--all"].into_iter().chain(paths.iter().filter_map(|path| path.to_str()));
    let (mut said, mut complained) = (Vec::new(), Vec::new());
    let ending = run(Command::try_parse_from(words).unwrap(), &mut said, Said { to: &mut complained, styled: false });
    assert_eq!(String::from_utf8(complained).unwrap(), "");
    assert_eq!(
        (ending, String::from_utf8(said).unwrap().trim_end()),
        (Ending::Done, "4 documents: 0 errors, 0 warnings, 0 notes")
    );
}

#[test]
fn what_lint_says_of_the_option_is_whose_it_is() {
    let error = CLEAN.replace("maxLength: 8", "maxLength: 8, minLength: 9");
    let (_, _, complained) = lint(&error, &[]);
    let note = "= note: `generate` writes nothing; under its --skip-unsupported: it is passed over.";
    assert!(complained.contains(note), "{complained}");
    let (_, _, complained) = lint("a: b: c\n", &[]);
    assert!(complained.contains("= note: `generate` writes nothing.\n"), "{complained}");
}
