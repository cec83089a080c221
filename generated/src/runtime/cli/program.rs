// copperplate runtime: copied into each generated crate that uses it.
//! Runs the program.

use std::ffi::OsString;
use std::io::{self, Write};

use bytes::Bytes;
use clap::ArgMatches;

use crate::runtime::cli::failure::Failure;
use crate::runtime::cli::json;
use crate::runtime::cli::parser::{completions_parser, parser};
use crate::runtime::cli::session::{Await, Exchange, Session};
use crate::runtime::cli::table::{Api, Command, Program};
use crate::runtime::cli::terminal::EscapedLines;
use crate::runtime::cli::values::{Values, Variables};
use crate::runtime::client::box_transport::BoxTransport;

/// The surroundings of a program: what it prints to, and the environment variables.
pub struct Shell<'s> {
    /// Receives the bodies of responses, and `curl` commands.
    pub out: &'s mut dyn Write,
    /// Receives the status and errors.
    pub err: &'s mut dyn Write,
    /// Whether `out` is a terminal, for which JSON is indented.
    pub is_terminal: bool,
    /// Returns the value of an environment variable.
    pub variables: &'s Variables<'s>,
}

impl std::fmt::Debug for Shell<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shell").field("is_terminal", &self.is_terminal).finish_non_exhaustive()
    }
}

/// Runs a program with the arguments of the process, over `reqwest`. Returns the exit code.
#[cfg(feature = "reqwest")]
pub fn main(program: &Program) -> std::process::ExitCode {
    use std::io::IsTerminal;
    use std::time::Duration;

    use crate::runtime::client::reqwest_transport::Reqwest;

    let transport = Reqwest::standard(Duration::from_secs(10)).map_err(|error| error.to_string());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string());
    let (runtime, transport) = match (runtime, transport) {
        (Ok(runtime), Ok(transport)) => (runtime, transport),
        (Err(error), _) | (_, Err(error)) => {
            eprintln!("error: {error}");
            return 3.into();
        }
    };
    let (mut out, mut err) = (io::stdout(), io::stderr());
    let is_terminal = out.is_terminal();
    let variables = |name: &str| std::env::var(name).ok();
    let mut shell = Shell { out: &mut out, err: &mut err, is_terminal, variables: &variables };
    let await_response = move |response: crate::runtime::cli::session::Response<'_>| runtime.block_on(response);
    run(program, std::env::args_os(), BoxTransport::new(transport), &await_response, &mut shell).into()
}

/// Runs a program. `arguments` begin with the name of the program. Returns the exit code.
pub fn run(
    program: &Program,
    arguments: impl IntoIterator<Item = OsString>,
    transport: BoxTransport,
    await_response: &Await<'_>,
    shell: &mut Shell<'_>,
) -> u8 {
    let result = match parser(program).try_get_matches_from(arguments) {
        Err(error) => {
            let is_error = error.use_stderr();
            let to = if is_error { &mut shell.err } else { &mut shell.out };
            return if write!(to, "{error}").is_ok() && !is_error { 0 } else { 2 };
        }
        Ok(options) => match options.get_one::<clap_complete::Shell>("completions") {
            Some(kind) => {
                clap_complete::generate(*kind, &mut completions_parser(program), program.name, &mut shell.out);
                return 0;
            }
            None => run_command(program, &options, transport, await_response, shell.variables),
        },
    };
    let (code, printed) = match result {
        Ok(Exchange::Request(curl)) => (0, writeln!(shell.out, "{curl}")),
        Ok(Exchange::Response(response, error)) => {
            let printed = print_response(&response, shell);
            let code = if error.is_some() { 1 } else { 0 };
            (code, printed.and_then(|()| error.map_or(Ok(()), |error| writeln!(shell.err, "error: {error}"))))
        }
        Err(failure) => {
            let text = failure.to_string();
            (failure.exit_code(), writeln!(shell.err, "error: {}", EscapedLines(&text)))
        }
    };
    // A reader of the output may have closed it, as `head` does.
    if printed.is_ok() { code } else { code.max(1) }
}

fn run_command(
    program: &Program,
    options: &ArgMatches,
    transport: BoxTransport,
    await_response: &Await<'_>,
    variables: &Variables<'_>,
) -> Result<Exchange, Failure> {
    let missing = || Failure::Usage("a command is missing: see --help".to_owned());
    let (api, options) = match program.apis {
        [only] if program.is_single => (*only, options),
        apis => {
            let (name, options) = options.subcommand().ok_or_else(missing)?;
            (*apis.iter().find(|api| api.name == name).ok_or_else(missing)?, options)
        }
    };
    let (command, options) = chosen(api, options).ok_or_else(missing)?;
    let session = Session {
        values: Values { options, variables },
        servers: api.servers,
        credentials: api.credentials,
        options: command.options,
        secret_names: command.secrets,
        transport,
        await_response,
    };
    (command.run)(&session)
}

/// Returns the command that the arguments name, with its options.
fn chosen<'m>(api: &'static Api, options: &'m ArgMatches) -> Option<(&'static Command, &'m ArgMatches)> {
    let (name, options) = options.subcommand()?;
    let find = |commands: &'static [&'static Command], name: &str| {
        commands.iter().copied().find(|command| command.name == name)
    };
    match api.groups.iter().find(|group| !group.name.is_empty() && group.name == name) {
        Some(group) => {
            let (name, options) = options.subcommand()?;
            Some((find(group.commands, name)?, options))
        }
        None => {
            let group = api.groups.iter().find(|group| group.name.is_empty())?;
            Some((find(group.commands, name)?, options))
        }
    }
}

/// Prints the status, and then the body. For a terminal, JSON is indented, and no byte of the body can control the terminal.
fn print_response(response: &http::Response<Bytes>, shell: &mut Shell<'_>) -> io::Result<()> {
    writeln!(shell.err, "{}", response.status())?;
    let body = response.body();
    match std::str::from_utf8(body) {
        _ if !shell.is_terminal => shell.out.write_all(body)?,
        Ok(text) => match json::indented(text) {
            Some(text) => writeln!(shell.out, "{text}")?,
            None => write!(shell.out, "{}", EscapedLines(text))?,
        },
        Err(_) => {
            let length = body.len();
            writeln!(
                shell.err,
                "the body has {length} bytes that are not text: redirect the output to a file to keep them"
            )?;
        }
    }
    shell.out.flush()
}
