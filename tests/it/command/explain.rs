//! Tests of the `explain` command.

use clap::Parser as _;
use copperplate::command::{Command, ErrorStream, ExitStatus, run};

/// Runs `copperplate explain`. Returns the exit status, standard output and standard error.
fn explain(arguments: &[&str]) -> (ExitStatus, String, String) {
    let command = Command::try_parse_from(["copperplate", "explain"].iter().chain(arguments)).unwrap();
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let status = run(command, &mut stdout, ErrorStream { writer: &mut stderr, is_colored: false });
    (status, String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

#[test]
fn a_finding_is_explained_by_number_or_id() {
    let (status, stdout, _) = explain(&["CP0104"]);
    assert_eq!(status, ExitStatus::Success);
    assert_eq!((explain(&["cp0104"]).1, explain(&["Unknown-Key"]).1), (stdout.clone(), stdout.clone()));
    for part in [
        "CP0104 unknown-key\n",
        "\n        Name: {type: string, maxLenght: 30}\n",
        "\nHow to correct it\n",
        "--skip-unsupported",
    ] {
        assert!(stdout.contains(part), "{part:?} is not in {stdout}");
    }
    assert!(explain(&["example-invalid"]).1.contains("x-acknowledge: {example-invalid: the reason}"));
}

#[test]
fn an_extension_is_explained_with_or_without_its_prefix() {
    let (status, stdout, _) = explain(&["x-pagination"]);
    assert_eq!(status, ExitStatus::Success);
    assert!(stdout.starts_with("x-pagination\n") && stdout.contains("`link: next`: "), "{stdout}");
    assert_eq!(explain(&["pagination"]).1, stdout);
    assert!(explain(&["x-failures"]).2.contains("did you mean `x-failure`?"));
}

#[test]
fn all_findings_are_listed_and_an_unknown_code_has_a_suggestion() {
    let (status, stdout, _) = explain(&[]);
    let (findings, extensions) = stdout.split_once("\n\nExtensions, which belong to:\n").unwrap();
    assert_eq!((status, findings.lines().count()), (ExitStatus::Success, copperplate::finding::Code::ALL.len()));
    assert!(extensions.contains("x-failure          a response with a 2xx status\n"), "{extensions}");
    let (status, stdout, stderr) = explain(&["unknwn-key"]);
    assert_eq!((status, stdout.as_str()), (ExitStatus::Failure, ""));
    assert!(stderr.contains("did you mean `unknown-key`?"), "{stderr}");
    assert!(explain(&["nonsense"]).2.contains("lists all"));
}
