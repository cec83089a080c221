//! Runs the program of the crate `generated` in this process, with arguments as a shell passes them.

use std::collections::BTreeMap;
use std::ffi::OsString;

use generated::runtime::cli::{self, Program, Shell};
use generated::runtime::{BoxTransport, Mock, Reqwest, Transport};
use generated::{cfw, osm, personium, secmaster};

/// Tests of `--dry-run`: its `curl` command is the request that the client sends.
mod dry_run;
/// Tests of `--dry-run`: a mask stands for each secret.
mod masks;
/// Tests of exit codes, help, completions and secrets.
mod program;

/// The program as the file `main.rs` of the crate declares it.
const PROGRAM: Program = Program {
    name: "generated",
    version: "0.1.0",
    about: "Calls the operations of several APIs.",
    apis: &[&cfw::cli::API, &osm::cli::API, &personium::cli::API, &secmaster::cli::API],
    is_single: false,
};

/// What a run of the program did.
#[derive(Debug, PartialEq)]
pub(crate) struct Run {
    pub(crate) code: u8,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs the program of the crate over a transport, with environment variables.
pub(crate) fn run(
    arguments: &[&str],
    variables: &BTreeMap<String, String>,
    transport: impl Transport + Send + Sync + 'static,
) -> Run {
    run_program(&PROGRAM, arguments, variables, transport)
}

fn run_program(
    program: &Program,
    arguments: &[&str],
    variables: &BTreeMap<String, String>,
    transport: impl Transport + Send + Sync + 'static,
) -> Run {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut shell =
        Shell { out: &mut out, err: &mut err, is_terminal: true, variables: &|name| variables.get(name).cloned() };
    let arguments = std::iter::once(&program.name).chain(arguments).map(OsString::from);
    let transport = BoxTransport::new(transport);
    let code = cli::run(program, arguments, transport, &move |response| runtime.block_on(response), &mut shell);
    Run { code, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}

fn variables(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn reqwest() -> Reqwest {
    Reqwest(reqwest::Client::new())
}

/// Splits a command into words, as a POSIX shell does.
pub(crate) fn words(command: &str) -> Vec<String> {
    let (mut words, mut word, mut is_quoted) = (Vec::new(), None::<String>, false);
    let mut letters = command.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\'' => {
                is_quoted = !is_quoted;
                word.get_or_insert_default();
            }
            '\\' if !is_quoted => word.get_or_insert_default().extend(letters.next()),
            ' ' | '\n' if !is_quoted => words.extend(word.take()),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    assert!(!is_quoted, "{command}");
    words.extend(word);
    words
}

/// Returns a transport that sends nothing.
fn offline() -> Mock {
    Mock::new()
}
