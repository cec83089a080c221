// copperplate runtime: copied into each generated crate that uses it.
//! The options of a program: those of its commands, and those for servers and credentials.

use crate::runtime::cli::failure::Failure;
use crate::runtime::cli::values::Values;
use crate::runtime::client::security::Scheme;

/// A server.
#[derive(Debug)]
pub struct Server {
    /// The value of `--server`.
    pub name: &'static str,
    /// The options of its variables.
    pub variables: &'static [&'static str],
    /// Returns the base URL.
    pub url: fn(&Values<'_>) -> Result<String, Failure>,
}

/// The option for a variable of servers.
#[derive(Debug)]
pub struct Variable {
    /// The name of the option.
    pub option: &'static str,
    /// The allowed values. Empty if any value is allowed.
    pub values: &'static [&'static str],
}

/// The option for a credential, which names environment variables.
#[derive(Debug)]
pub struct Credential {
    /// The name of the option.
    pub option: &'static str,
    /// The security scheme.
    pub scheme: &'static Scheme,
    /// What the credential is.
    pub help: &'static str,
    /// The environment variables that the document names, for the option without a value.
    pub environment: Option<&'static str>,
}

/// The option `--body` of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    /// There is none.
    None,
    /// JSON text, or the name of a file with it. If true, it is required. Options for members complete it.
    Json(bool),
    /// The name of a file with the text or the bytes of the body. If true, it is required.
    File(bool),
}

/// An option of a command.
#[derive(Debug)]
pub struct CommandOption {
    /// The name, without hyphens.
    pub name: &'static str,
    /// What the value is: paragraphs with an empty line between them.
    pub help: &'static str,
    /// How the text becomes a value.
    pub kind: Kind,
    /// Whether the option is required. The option of a member is required only without `--body`.
    pub is_required: bool,
    /// Whether the option can be repeated, for the items of a list.
    pub is_list: bool,
    /// Whether the value is a secret. If so, the option names an environment variable.
    pub is_secret: bool,
    /// The name of the member of the body that the option sets.
    pub member: Option<&'static str>,
    /// The values that the document lists.
    pub values: &'static [&'static str],
}

/// How the text of an option becomes a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It is a string.
    Text,
    /// It is a number.
    Number,
    /// It is `true` or `false`. Without text, it is true.
    Boolean,
    /// It is JSON, or a string if it is not JSON.
    Json,
    /// It is the name of a file.
    File,
}

impl CommandOption {
    /// Creates an option that is not required.
    pub const fn new(name: &'static str, kind: Kind, help: &'static str) -> Self {
        Self { name, help, kind, is_required: false, is_list: false, is_secret: false, member: None, values: &[] }
    }

    /// Makes the option required.
    pub const fn required(mut self) -> Self {
        self.is_required = true;
        self
    }

    /// Allows the option to be repeated.
    pub const fn list(mut self) -> Self {
        self.is_list = true;
        self
    }

    /// Makes the option the name of an environment variable.
    pub const fn secret(mut self) -> Self {
        self.is_secret = true;
        self
    }

    /// Sets the member of the body that the option sets.
    pub const fn member(mut self, name: &'static str) -> Self {
        self.member = Some(name);
        self
    }

    /// Sets the values that the document lists.
    pub const fn values(mut self, values: &'static [&'static str]) -> Self {
        self.values = values;
        self
    }
}
