//! Tests of the `lint` command: the findings that make a run fail, the output in each format, and that no file is written.

use std::fs;
use std::path::Path;

use clap::Parser as _;
use copperplate::command::{Command, ErrorStream, ExitStatus, run};

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

/// Runs the `lint` command on a document in a new folder. Returns the exit status, standard output and standard error.
fn lint(text: &str, more: &[&str]) -> (ExitStatus, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("pets.yaml");
    fs::write(&spec, text).unwrap();
    let fixed = ["copperplate", "lint", spec.to_str().unwrap()];
    let command = Command::try_parse_from(fixed.iter().chain(more)).unwrap();
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let status = run(command, &mut stdout, ErrorStream { writer: &mut stderr, is_colored: false });
    let files: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(files, ["pets.yaml"], "lint wrote a file");
    assert_eq!(fs::read_to_string(spec).unwrap(), text);
    (status, String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

#[test]
fn a_document_without_findings_prints_one_line() {
    let summary = "1 document: 0 errors, 0 warnings, 0 notes\n".to_owned();
    assert_eq!(lint(CLEAN, &["--deny", "warnings"]), (ExitStatus::Success, summary, String::new()));
}

#[test]
fn errors_fail_the_run_and_warnings_only_if_they_are_denied() {
    let note = CLEAN.replace(", example: rex", "");
    let warning = CLEAN.replace("tags: [Pets]", "tags: [Pest]");
    let error = CLEAN.replace("maxLength: 8", "maxLength: 8, minLength: 9");
    for (text, counts, expected, denied) in [
        (&note, "0 errors, 0 warnings, 1 note", ExitStatus::Success, ExitStatus::Success),
        (&warning, "0 errors, 1 warning, 0 notes", ExitStatus::Success, ExitStatus::Findings),
        (&error, "1 error, 0 warnings, 0 notes", ExitStatus::Findings, ExitStatus::Findings),
    ] {
        let (status, stdout, stderr) = lint(text, &[]);
        let summary =
            format!("1 document: {counts}\nFor an explanation of a finding, run `copperplate explain CODE`.\n");
        assert_eq!((status, stdout), (expected, summary), "{stderr}");
        assert_eq!(lint(text, &["--deny", "warnings"]).0, denied, "{stderr}");
    }
}

#[test]
fn machine_formats_have_no_summary() {
    let note = CLEAN.replace(", example: rex", "");
    let (_, stdout, stderr) = lint(&note, &["--format", "json"]);
    let finding: serde_json::Value = serde_json::from_str(&stderr).unwrap();
    assert_eq!((stdout.as_str(), &finding["code"], &finding["severity"]), ("", &"CP0501".into(), &"note".into()));
    let (_, stdout, stderr) = lint(&note, &["--format", "github"]);
    assert!(stderr.starts_with("::notice file=") && stderr.contains("line=6,col=5"), "{stderr}");
    assert_eq!(stdout, "");
}

#[test]
fn many_findings_of_one_rule_are_counted_unless_all_are_requested() {
    let unused: String = (0..9).map(|index| format!("    A{index}: {{type: string}}\n")).collect();
    let text = format!("{CLEAN}components:\n  schemas:\n{unused}");
    let (_, stdout, stderr) = lint(&text, &[]);
    assert!(
        stdout.contains("9 warnings")
            && stderr.contains("Not shown: 4 more findings of CP0503 unused-component. `--all`"),
        "{stdout}{stderr}"
    );
    let (_, stdout, stderr) = lint(&text, &["--all"]);
    assert!(stdout.contains("9 warnings") && !stderr.contains("Not shown"), "{stdout}{stderr}");
}

#[test]
fn one_run_reports_the_findings_of_all_stages() {
    // The document has an error of `check`, a warning of `lower`, and a finding of `lint`.
    let text = CLEAN
        .replace("maxLength: 8", "maxLength: 8, minLength: 9")
        .replace("      operationId: getPet\n", "")
        .replace("tags: [Pets]", "tags: [Pest]");
    let (_, _, stderr) = lint(&text, &["--format", "json"]);
    for id in ["contradictory-bounds", "missing-operation-id", "undeclared-tag"] {
        assert!(stderr.contains(id), "no {id} in {stderr}");
    }
}

#[test]
fn a_missing_document_fails_the_run() {
    let command = Command::try_parse_from(["copperplate", "lint", "nowhere.yaml"]).unwrap();
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let status = run(command, &mut stdout, ErrorStream { writer: &mut stderr, is_colored: false });
    assert_eq!((status, stdout.is_empty()), (ExitStatus::Failure, true));
    assert!(String::from_utf8(stderr).unwrap().contains("nowhere.yaml"));
}

/// The documents in `specs/` have no findings, except those that they acknowledge.
#[test]
fn the_specs_have_no_findings() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let paths = fs::read_dir(specs).unwrap().map(|entry| entry.unwrap().path());
    let paths: Vec<_> = paths.filter(|path| path.extension().is_some_and(|extension| extension == "yaml")).collect();
    let words = ["copperplate", "lint", "--all"].into_iter().chain(paths.iter().filter_map(|path| path.to_str()));
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let status = run(
        Command::try_parse_from(words).unwrap(),
        &mut stdout,
        ErrorStream { writer: &mut stderr, is_colored: false },
    );
    assert_eq!(String::from_utf8(stderr).unwrap(), "");
    assert_eq!(
        (status, String::from_utf8(stdout).unwrap().trim_end()),
        (ExitStatus::Success, "4 documents: 0 errors, 0 warnings, 0 notes")
    );
}

#[test]
fn notes_name_the_command_that_has_the_option() {
    let error = CLEAN.replace("maxLength: 8", "maxLength: 8, minLength: 9");
    let (_, _, stderr) = lint(&error, &[]);
    let note = "= note: `generate` writes nothing. With `--skip-unsupported`: the schema keeps its bounds.";
    assert!(stderr.contains(note), "{stderr}");
    let (_, _, stderr) = lint("a: b: c\n", &[]);
    assert!(stderr.contains("= note: `generate` writes nothing.\n"), "{stderr}");
}
