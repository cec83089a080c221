// copperplate runtime: copied into each generated crate that uses it.
//! The command line of a program, from the tables of its APIs.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::{Arg, ArgAction, Command as Clap};

use crate::runtime::cli::failure::EXIT_CODES;
use crate::runtime::cli::options::{Body, CommandOption, Kind};
use crate::runtime::cli::table::{Api, Command, Program};
use crate::runtime::client::security::CredentialLocation; // part: signing

/// The heading of the options that all commands have.
const CLIENT: &str = "Client";

/// Returns the command line of a program.
pub(super) fn parser(program: &Program) -> Clap {
    let shells = Arg::new("completions").long("completions").value_name("SHELL").help("Print completions for a shell");
    let root = Clap::new(program.name)
        .version(program.version)
        .about(program.about)
        .after_help(EXIT_CODES)
        .arg(shells.value_parser(clap::value_parser!(clap_complete::Shell)))
        .disable_help_subcommand(true)
        .arg_required_else_help(true);
    match program.apis {
        [only] if program.is_single => with_commands(root, only),
        apis => root.subcommands(
            apis.iter()
                .map(|api| with_commands(Clap::new(api.name).about(api.title), api).arg_required_else_help(true)),
        ),
    }
}

/// Adds the commands and the common options of an API.
fn with_commands(parser: Clap, api: &'static Api) -> Clap {
    let parser = parser.args(client_options(api)).disable_help_subcommand(true);
    api.groups.iter().fold(parser, |parser, group| match group.name {
        "" => parser.subcommands(group.commands.iter().map(|command| command_parser(command))),
        name => {
            let commands = group.commands.iter().map(|command| command_parser(command));
            let about = Clap::new(name).about(group.title).arg_required_else_help(true);
            parser.subcommand(about.disable_help_subcommand(true).subcommands(commands))
        }
    })
}

fn option(name: &'static str, value: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value).global(true).help_heading(CLIENT)
}

fn flag(name: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue).global(true).help_heading(CLIENT)
}

/// Returns the options that all commands of an API have.
fn client_options(api: &'static Api) -> Vec<Arg> {
    let mut options = vec![option("base-url", "URL").help("Send all requests to this URL")];
    if !api.servers.is_empty() {
        let names: Vec<&str> = api.servers.iter().map(|server| server.name).collect();
        let help = format!("Server of the document [default: {}, or the one with the options below]", names[0]);
        options.push(option("server", "NAME").value_parser(names).help(help));
    }
    for variable in api.variables {
        let option = option(variable.option, "VALUE").help("Variable of the URL of a server");
        options.push(if variable.values.is_empty() { option } else { option.value_parser(Listed(variable.values)) });
    }
    for credential in api.credentials {
        let option = option(credential.option, "VARIABLE");
        let option = match credential.environment {
            Some(names) => {
                option.num_args(0..=1).require_equals(true).default_missing_value(names).value_name("AK,SK[,TOKEN]")
            }
            // part: signing
            None if matches!(credential.scheme.location, CredentialLocation::SdkHmacSha256) => {
                option.value_name("AK,SK[,TOKEN]")
            }
            // end of part
            None => option,
        };
        options.push(
            option.help(format!("Environment variable with the credential: {}", first_paragraph(credential.help))),
        );
    }
    options.extend([
        option("header", "NAME: VALUE").action(ArgAction::Append).help("Further header, never printed"),
        option("timeout", "SECONDS").help("Longest time of the call, with all its attempts [default: 120]"),
        flag("no-retry").help("Send the request once"),
        flag("allow-plain-http").help("Send credentials over plain HTTP"),
        flag("dry-run").help("Print the request as a curl command, without secrets, and send nothing"),
    ]);
    options
}

fn command_parser(command: &'static Command) -> Clap {
    let parser = Clap::new(command.name)
        .about(first_paragraph(command.help))
        .long_about(command.help)
        .after_help(EXIT_CODES)
        .args(command.options.iter().map(|option| argument(command, option)));
    let body = |value: &'static str| Arg::new("body").long("body").value_name(value).required(command.requires_body());
    match command.body {
        Body::None => parser,
        Body::Json(_) => {
            let members = command.options.iter().any(|option| option.member.is_some());
            let more = if members { ", completed by the options for its members" } else { "" };
            parser.arg(
                body("JSON|FILE|-").help(format!("JSON of the body{more}; a file with it; or - for standard input")),
            )
        }
        Body::File(_) => {
            let content_type = Arg::new("content-type").long("content-type").value_name("TYPE").requires("body");
            parser
                .arg(body("FILE|-").help("File with the body, or - for standard input"))
                .arg(content_type.help("Content type of the body, if the document does not fix it"))
        }
    }
}

/// Returns the option of an argument, or of a member or part of the body.
fn argument(command: &Command, option: &'static CommandOption) -> Arg {
    let value_name = match (option.is_secret, option.kind) {
        (true, _) => "VARIABLE",
        (_, Kind::Text) => "TEXT",
        (_, Kind::Number) => "NUMBER",
        (_, Kind::Boolean) => "BOOLEAN",
        (_, Kind::Json) => "JSON",
        (_, Kind::File) => "FILE",
    };
    let help = if option.is_secret { "Environment variable with the value: " } else { "" };
    let argument = Arg::new(option.name)
        .long(option.name)
        .value_name(value_name)
        .action(if option.is_list { ArgAction::Append } else { ArgAction::Set })
        .allow_negative_numbers(option.kind == Kind::Number)
        .help(format!("{help}{}", first_paragraph(option.help)))
        .long_help(format!("{help}{}", option.help));
    let argument = match (option.is_secret, option.kind) {
        (false, Kind::Boolean) if !option.is_list => argument.num_args(0..=1).default_missing_value("true"),
        (false, _) if !option.values.is_empty() => argument.value_parser(Listed(option.values)),
        _ => argument,
    };
    match (option.is_required, option.member) {
        (true, Some(_)) if command.body != Body::None => argument.required_unless_present("body"),
        (is_required, _) => argument.required(is_required),
    }
}

/// Returns the parser of a program with plain texts only. Scripts for completions have the texts of the document in quotes, which
/// some texts would end: Bash runs the commands in `$(…)`, and PowerShell knows several kinds of quotes.
pub(super) fn completions_parser(program: &Program) -> Clap {
    with_plain_texts(parser(program))
}

fn with_plain_texts(parser: Clap) -> Clap {
    let plain = |text: String| -> String {
        text.chars().map(|letter| if is_plain(letter) || letter == ' ' { letter } else { ' ' }).collect()
    };
    let about = parser.get_about().map(|about| plain(about.to_string())).unwrap_or_default();
    let parser = parser.about(about).mut_args(|argument| {
        let help = argument.get_help().map(|help| plain(help.to_string())).unwrap_or_default();
        argument.help(help)
    });
    parser.mut_subcommands(with_plain_texts)
}

/// Returns whether no shell gives a character a meaning, and no terminal.
fn is_plain(letter: char) -> bool {
    letter.is_alphanumeric() || "-_.,:/@+%".contains(letter)
}

fn first_paragraph(text: &str) -> &str {
    text.split("\n\n").next().unwrap_or_default()
}

/// Accepts any text, and shows the plain values that the document lists in the help and in completions. The client validates
/// values.
#[derive(Clone)]
struct Listed(&'static [&'static str]);

impl TypedValueParser for Listed {
    type Value = String;

    fn parse_ref(&self, command: &Clap, argument: Option<&Arg>, value: &OsStr) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let mut values = self.0.iter().filter(|value| value.chars().all(is_plain)).peekable();
        values.peek()?;
        Some(Box::new(values.map(|value| PossibleValue::new(*value))))
    }
}
