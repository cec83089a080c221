// copperplate runtime: copied into each generated crate that uses it.
//! The tables of the commands of APIs.

use crate::runtime::cli::failure::Failure;
use crate::runtime::cli::options::{Body, CommandOption, Credential, Server, Variable};
use crate::runtime::cli::session::{Exchange, Session};

/// A program with the commands of the APIs of a crate.
#[derive(Debug, Clone, Copy)]
pub struct Program {
    /// The name of the program.
    pub name: &'static str,
    /// The version of the crate.
    pub version: &'static str,
    /// What the program does.
    pub about: &'static str,
    /// The APIs.
    pub apis: &'static [&'static Api],
    /// Whether the commands of the only API are the commands of the program.
    pub is_single: bool,
}

/// An API.
#[derive(Debug)]
pub struct Api {
    /// The name of the command that has the commands of the API, if the program has several APIs.
    pub name: &'static str,
    /// The title of the document.
    pub title: &'static str,
    /// The servers of the document. The first one is the default.
    pub servers: &'static [Server],
    /// The options for the variables of the servers.
    pub variables: &'static [Variable],
    /// The options for credentials.
    pub credentials: &'static [Credential],
    /// The groups of commands. A small API has one group without a name.
    pub groups: &'static [Group],
}

/// Commands with the same tag.
#[derive(Debug)]
pub struct Group {
    /// The name of the command that has the commands of the group. Empty if the API has no groups.
    pub name: &'static str,
    /// The tag.
    pub title: &'static str,
    /// The commands.
    pub commands: &'static [&'static Command],
}

/// The command of an operation.
#[derive(Debug)]
pub struct Command {
    /// The name.
    pub name: &'static str,
    /// What the operation does: paragraphs with an empty line between them.
    pub help: &'static str,
    /// The options for arguments, and for members or parts of the body.
    pub options: &'static [CommandOption],
    /// The option `--body`.
    pub body: Body,
    /// The names of the members of the body whose values are never printed.
    pub secrets: &'static [&'static str],
    /// Calls the operation.
    pub run: fn(&Session<'_>) -> Result<Exchange, Failure>,
}

impl Command {
    /// Returns whether the option `--body` is required if no option sets a member of the body.
    pub(super) fn requires_body(&self) -> bool {
        let has_members = self.options.iter().any(|option| option.member.is_some());
        match self.body {
            Body::None => false,
            Body::Json(is_required) => is_required && !has_members,
            Body::File(is_required) => is_required,
        }
    }
}
