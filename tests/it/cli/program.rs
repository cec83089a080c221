//! Tests of exit codes, help, completions and secrets.

use generated::osm::operations;
use generated::runtime::cli;

use super::{Run, offline, reqwest, run, run_program, variables, words};
use crate::socket::Server;

const CREATE: [&str; 9] =
    ["osm", "create-relations", "--case-id", "c", "--group-id", "g", "--related-id-list", "1", "--x-auth-token-env=T"];

/// Returns the arguments of a call that is sent to a server.
fn to<'a>(base_url: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    CREATE.iter().chain(&["--base-url", base_url]).chain(more).copied().collect()
}

fn response(status: u16, body: &'static str) -> http::Response<bytes::Bytes> {
    let response = http::Response::builder().status(status).header("Content-Type", "application/json");
    response.body(body.into()).unwrap()
}

#[test]
fn the_help_of_a_command() {
    let help = run(&["osm", "delete-relation", "--help"], &variables(&[]), offline());
    assert_eq!((help.code, help.err.as_str()), (0, ""));
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(help.out) });
}

#[test]
fn exit_codes() {
    let token = variables(&[("T", "token-1")]);
    let success = Server::responding(response(200, "{}"));
    let sent = run(&to(&success.base_url(), &[]), &token, reqwest());
    assert_eq!(sent, Run { code: 0, out: "{}\n".to_owned(), err: "200 OK\n".to_owned() });
    let request = success.stop().remove(0);
    assert_eq!(request.header("x-auth-token"), ["token-1"]);
    assert_eq!(String::from_utf8_lossy(&request.body), r#"{"related_id_list":["1"],"group_id":"g"}"#);

    // The document calls this response a failure, although its status is 200.
    let failure = Server::responding(response(200, r#"{"error_code":"OSM.1","error_msg":"no"}"#));
    let failed = run(&to(&failure.base_url(), &[]), &token, reqwest());
    assert_eq!((failed.code, failed.out.contains("\"error_code\": \"OSM.1\"")), (1, true), "{failed:?}");
    assert!(failed.err.starts_with("200 OK\nerror: ") && failed.err.contains("code OSM.1"), "{failed:?}");

    let undocumented = Server::responding(response(404, "gone"));
    let failed = run(&to(&undocumented.base_url(), &["--no-retry"]), &token, reqwest());
    assert_eq!((failed.code, failed.out.as_str()), (1, "gone"), "{failed:?}");

    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let failed = run(&to(&format!("http://{closed}"), &["--no-retry"]), &token, reqwest());
    assert_eq!((failed.code, failed.out.as_str()), (3, ""), "{failed:?}");
    let silent = Server::unresponsive();
    let failed = run(&to(&silent.base_url(), &["--timeout", "0.05"]), &token, reqwest());
    assert_eq!(failed.code, 3, "{failed:?}");
}

/// A server must not control the terminal. Into a file, each byte is written as it is.
#[test]
fn a_body_does_not_control_the_terminal() {
    let token = variables(&[("T", "t")]);
    for (body, printed) in [
        ("a\u{1b}[31m\tb\r\nc\r\u{202e}\n", "a\\u{1b}[31m\tb\nc\\r\\u{202e}\n"),
        ("{\"a\":\"\u{9b}x\"}", "{\n  \"a\": \"\\u009bx\"\n}\n"),
    ] {
        let server = Server::responding(response(200, body));
        let shown = run(&to(&server.base_url(), &["--no-retry"]), &token, reqwest());
        assert_eq!(shown.out, printed);
    }
    let binary = http::Response::builder().status(200).body(bytes::Bytes::from_static(b"\xff\x1b[31m")).unwrap();
    let shown = run(&to(&Server::responding(binary).base_url(), &["--no-retry"]), &token, reqwest());
    assert_eq!(shown.out, "");
    assert!(shown.err.contains("the body has 6 bytes that are not text"), "{shown:?}");
}

#[test]
fn an_invalid_request_is_not_sent_and_lists_all_violations() {
    let long = "x".repeat(65);
    let mut arguments = to("https://service.example", &["--x-language="]);
    arguments[3] = &long;
    let run = run(&arguments, &variables(&[("T", "t")]), offline());
    assert_eq!((run.code, run.out.as_str()), (4, ""), "{run:?}");
    assert!(run.err.contains("case_id") && run.err.contains("X-Language"), "{run:?}");
    assert_eq!(run.err.lines().count(), 3, "{run:?}");
}

#[test]
fn usage_errors() {
    let token = variables(&[("T", "t")]);
    for (arguments, message) in [
        (vec!["osm", "delete-relation"], "--case-id"),
        (vec!["osm", "delete-relatoin"], "delete-relation"),
        (to("no URL", &[]), "the base URL"),
        (to("https://a.example", &["--timeout", "soon"]), "--timeout"),
        (to("https://a.example", &["--header", "X"]), "--header"),
        (to("https://a.example", &["--body", "{\"a\""]), "--body"),
        (to("https://a.example", &["--body", "[]"]), "--body"),
        (to("https://a.example", &["--body", "no-such-file"]), "no-such-file"),
        (to("https://a.example", &["--access-key-env"]), "CLOUD_SDK_AK"),
        (CREATE[..8].to_vec(), "--x-auth-token-env, or --access-key-env"),
    ] {
        let run = run(&arguments, &token, offline());
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}: {run:?}");
        assert!(run.err.contains(message), "{arguments:?}: {run:?}");
    }
}

#[test]
fn the_options_choose_the_server() {
    let token = variables(&[("T", "t")]);
    for (options, host) in [
        (vec![], "https://osm.invalid/"),
        (vec!["--region", "ap-southeast-3"], "https://osm.ap-southeast-3.myhuaweicloud.com/"),
        (vec!["--server", "region"], "https://osm.cn-south-1.myhuaweicloud.com/"),
        (vec!["--endpoint", "a.example"], "https://a.example/"),
        (vec!["--server", "cn-south-1-of-sdk"], "https://osm.cn-south-1.myhuaweicloud.cn/"),
    ] {
        let arguments: Vec<&str> = CREATE.iter().chain(&options).chain(&["--dry-run"]).copied().collect();
        let run = run(&arguments, &token, offline());
        assert!(run.out.contains(host), "{options:?}: {run:?}");
    }
    let run = run(&[&["osm", "--region", "mars"], &CREATE[1..]].concat(), &token, offline());
    assert_eq!(run.code, 2, "{run:?}");
}

/// A secret is in no output, whatever goes wrong.
#[test]
fn secrets_are_masked() {
    const MARK: &str = "s3cr3t-mark";
    let secrets =
        variables(&[("T", MARK), ("AK", "access"), ("SK", MARK), ("TOKEN", MARK), ("CRLF", "s3cr3t-mark\r\n")]);
    let personium =
        ["personium", "unlink-relation-from-box", "--relation-name=r", "--relation-box-name=b", "--box-name=b"];
    let peer = [&personium[..], &["--p-cookie-peer-env=T", "--dry-run"]].concat();
    let with_key = [&CREATE[..8], &["--access-key-env=AK,SK,TOKEN", "--dry-run"]].concat();
    for arguments in [
        to("https://a.example", &["--dry-run", "--header", "X-Own: s3cr3t-mark"]),
        to("http://a.example", &[]),
        to("http://a.example", &["--help"]),
        [&CREATE[..8], &["--x-auth-token-env=CRLF"]].concat(),
        with_key.clone(),
        peer.clone(),
    ] {
        let run = run(&arguments, &secrets, offline());
        assert!(!run.out.contains(MARK) && !run.err.contains(MARK), "{run:?}");
    }
    let curl = run(&peer, &secrets, offline()).out;
    assert!(curl.contains("?p_cookie_peer=***'"), "{curl}");
    let curl = words(&run(&with_key, &secrets, offline()).out);
    assert!(
        curl.contains(&"authorization: ***".to_owned()) && curl.contains(&"x-security-token: ***".to_owned()),
        "{curl:?}"
    );
}

#[test]
fn each_shell_has_completions() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = run(&["--completions", shell], &variables(&[]), offline());
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
        // Only some shells complete values.
        let words = ["delete-relation", "related-id", "cn-south-1"].into_iter();
        for word in words.take(if ["powershell", "elvish"].contains(&shell) { 2 } else { 3 }) {
            assert!(run.out.contains(word), "{shell} {word}");
        }
    }
}

#[test]
fn a_mock_answers_the_program() {
    let mock = offline();
    mock.on::<operations::CreateRelations>().respond(200, "{}").unwrap();
    let run = run(&to("https://a.example", &[]), &variables(&[("T", "t")]), mock.clone());
    assert_eq!((run.code, mock.on::<operations::CreateRelations>().requests().len()), (0, 1), "{run:?}");
}

/// The help of the command has texts of the document, and so do scripts for completions, which a shell runs.
#[test]
fn texts_of_the_document_are_no_code_for_a_shell() {
    static HOSTILE: cli::Command = cli::Command {
        name: "call",
        help: "a\u{2018}; calc; \u{2018} $(id) `id` \" ' ] : b\n\nmore",
        options: &[cli::CommandOption::new("kind", cli::Kind::Text, "c\u{201b}; $(id) \" d").values(&[
            "plain",
            "$(id)",
            "`id`",
            "\"; id; \"",
            "x y",
            "\u{1b}[31m",
            "\u{202e}",
        ])],
        body: cli::Body::None,
        secrets: &[],
        run: |_| Err(cli::Failure::Usage("\u{1b}[31m\nno".to_owned())),
    };
    static API: cli::Api = cli::Api {
        name: "api",
        title: "T $(id) \u{2018}",
        servers: &[],
        variables: &[cli::Variable { option: "region", values: &["a", "$(id)"] }],
        credentials: &[],
        groups: &[cli::Group { name: "", title: "", commands: &[&HOSTILE] }],
    };
    static APIS: &[&cli::Api] = &[&API];
    let program = cli::Program { name: "p", version: "1", about: "d $(id)", apis: APIS, is_single: true };
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = run_program(&program, &["--completions", shell], &variables(&[]), offline()).out;
        assert!(script.contains("kind"), "{script}");
        for text in ["$(id)", "`id`", "\u{2018}", "\u{201b}", "\"; id", "calc;", "\u{1b}", "\u{202e}"] {
            assert!(!script.contains(text), "{shell}: {text} in {script}");
        }
    }
    let help = run_program(&program, &["call", "--help"], &variables(&[]), offline()).out;
    assert!(help.contains("[possible values: plain]") || help.contains("- plain"), "{help}");
    assert!(!help.contains(['\u{1b}', '\u{202e}']), "{help}");
    let failed = run_program(&program, &["call"], &variables(&[]), offline());
    assert_eq!(failed.err, "error: \\u{1b}[31m\nno\n");
}
