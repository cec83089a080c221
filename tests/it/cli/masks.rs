//! Tests that `--dry-run` prints a mask in place of each secret, wherever the request has it.

use std::collections::BTreeMap;
use std::ffi::OsString;

use tests::runtime::cli::{self, Program, Shell};
use tests::runtime::{BoxTransport, Mock};

const PROGRAM: Program = Program {
    name: "accounts",
    version: "0.1.0",
    about: "Calls the operations of the case.",
    apis: &[&tests::secrets::cli::API],
    is_single: true,
};

/// A string that is part of every secret in these tests.
const MARK: &str = "s3cr3t";

/// An account as JSON.
const ACCOUNT: &str = r#"{"name":"n","password":"s3cr3t"}"#;

/// Runs the program under `--dry-run`. Returns its exit code and what it printed. The variable `M` is the mark, `L` a longer text,
/// `A` an account, and `D` a text that no path can have.
fn dry_run(arguments: &[&str]) -> (u8, String) {
    let variables = [("M", MARK), ("L", "s3cr3t-and-more"), ("A", ACCOUNT), ("D", "..")];
    let variables = BTreeMap::from(variables);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let variable = |name: &str| variables.get(name).map(|value| (*value).to_owned());
    let mut shell = Shell { out: &mut out, err: &mut err, is_terminal: true, variables: &variable };
    let arguments = [&["accounts"], arguments, &["--dry-run"]].concat().into_iter().map(OsString::from);
    let transport = BoxTransport::new(Mock::new());
    let code = cli::run(&PROGRAM, arguments, transport, &move |response| runtime.block_on(response), &mut shell);
    let printed = String::from_utf8([out, err].concat()).unwrap();
    assert!(!printed.contains(MARK), "{printed}");
    (code, printed)
}

#[track_caller]
fn assert_printed(arguments: &[&str], part: &str) {
    let (code, printed) = dry_run(arguments);
    assert_eq!(code, 0, "{printed}");
    assert!(printed.contains(part), "{printed}");
}

#[test]
fn a_secret_is_masked_in_a_url_and_a_header() {
    assert_printed(&["get-form", "--account-env=A"], "'https://service.example/form?account=***'");
    assert_printed(&["get-deep", "--account-env=A"], "'https://service.example/deep?account=***'");
    assert_printed(&["get-json", "--accounts-env=A"], "'https://service.example/json?accounts=***'");
    assert_printed(&["get-xml", "--account-env=L"], "'https://service.example/xml?account=***'");
    assert_printed(&["get-query", "--account-env=A"], "'https://service.example/query?***'");
    assert_printed(&["get-text", "--pin-env=M"], "'https://service.example/text?***'");
    assert_printed(&["get-header", "--x-account-env=A"], "--header 'x-account: ***'");
    assert_printed(&["get-matrix", "--account-env=A"], "'https://service.example/matrix***'");
    assert_printed(&["get-pins", "--first-env=M", "--second-env=L"], "'https://service.example/pins/***/***'");
    // The mask does not hide that the request is invalid.
    let (code, printed) = dry_run(&["get-pins", "--first-env=M", "--second-env=D"]);
    assert!(code != 0 && printed.contains("dot-segment"), "{code} {printed}");
}

#[test]
fn a_secret_is_masked_in_a_body() {
    assert_printed(&["set-account", "--body", ACCOUNT], r#"--data-binary '{"name":"n","password":"***"}'"#);
    assert_printed(&["set-pin", "--body", r#""s3cr3t""#], "--data-binary '***'");
    assert_printed(&["set-pins", "--body", r#"["s3cr3t","s3cr3t"]"#], "--data-binary '***'");
    let form = r#"{"pin":"s3cr3t","account":{"name":"n","password":"s3cr3t"}}"#;
    let pairs = "--data-binary 'account%5Bname%5D=***&account%5Bpassword%5D=***&pin=***'";
    assert_printed(&["send-form", "--body", form], pairs);
    // The pairs have the names of the members, which the document does not know.
    assert_printed(&["send-spread", "--body", r#"{"pins":{"k":"s3cr3t"}}"#], "--data-binary '***'");
    for (body, masked) in [
        (r#"{"patterns":{"k":"s3cr3t"},"shown":{"k":"v"}}"#, r#"{"shown":{"k":"v"},"patterns":"***"}"#),
        (r#"{"names":{"s3cr3t":1}}"#, r#"{"names":"***"}"#),
        (r#"{"rest":{"name":"n","pin":"s3cr3t"}}"#, r#"{"rest":"***"}"#),
        (r#"{"dependent":{"name":"n","pin":"s3cr3t"}}"#, r#"{"dependent":"***"}"#),
        (r#"{"conditional":{"name":"n","pin":"s3cr3t"}}"#, r#"{"conditional":"***"}"#),
        (r#"{"tuple":["s3cr3t",1]}"#, r#"{"tuple":"***"}"#),
        (r#"{"either":"s3cr3t"}"#, r#"{"either":"***"}"#),
    ] {
        assert_printed(&["set-marked", "--body", body], &format!("--data-binary '{masked}'"));
    }
}
