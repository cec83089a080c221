//! The program that calls the operations of an API from a shell: its commands, and their options.

/// The commands of an API. Only a crate with the cargo feature `cli` has them.
#[derive(Debug, Clone)]
pub struct CommandLine {
    /// The commands, in the order of [`Api::operations`](crate::ir::Api::operations).
    pub commands: Vec<Command>,
    /// The options for the variables of servers. Servers with a variable of the same name share an option.
    pub variables: Vec<VariableOption>,
    /// The options for credentials, in the order of [`Api::security_schemes`](crate::ir::Api::security_schemes).
    pub credentials: Vec<CredentialOption>,
}

/// The command of an operation.
#[derive(Debug, Clone)]
pub struct Command {
    /// The name of the command, such as `delete-relation`.
    pub name: String,
    /// The name of the constant that describes the command.
    pub constant: String,
    /// The help, as Markdown: paragraphs with an empty line between them.
    pub help: String,
    /// The options, in the order of the help.
    pub options: Vec<CommandOption>,
    /// The names of the members of the body whose values are secrets.
    pub secrets: Vec<String>,
    /// Whether the body can contain a secret that no name of a member tells, such as an item of a list, or too many secrets.
    pub has_secret_body: bool,
    /// Whether the command can send the body of the operation. A multipart body can have too many parts.
    pub has_body: bool,
}

impl Command {
    /// Returns the name of the option that sets a value. Empty if there is none.
    pub fn option_of(&self, target: &OptionTarget) -> &str {
        self.options.iter().find(|option| option.target == *target).map_or("", |option| &option.name)
    }
}

/// An option of a command.
#[derive(Debug, Clone)]
pub struct CommandOption {
    /// The name of the option without its hyphens, such as `case-id`.
    pub name: String,
    /// The help, as Markdown: paragraphs with an empty line between them.
    pub help: String,
    /// Whether the option is required. An option for a member of the body is required only without `--body`.
    pub is_required: bool,
    /// Whether the option can be repeated.
    pub is_list: bool,
    /// Whether the value is a secret. If so, the option takes the name of an environment variable.
    pub is_secret: bool,
    /// How the text becomes a value.
    pub kind: OptionKind,
    /// The allowed values of a string. Empty if any value is allowed.
    pub values: Vec<String>,
    /// The value that the option sets.
    pub target: OptionTarget,
}

/// How the text of an option becomes a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionKind {
    /// The text is a string.
    Text,
    /// The text is a number.
    Number,
    /// The text is `true` or `false`.
    Boolean,
    /// The text is JSON. Text that is not JSON is a string.
    Json,
    /// The text is the name of a file.
    File,
}

/// The value that an option sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OptionTarget {
    /// The argument of the operation with this index.
    Argument(usize),
    /// A field of a key: the index of the argument, and the name of the field.
    KeyField(usize, String),
    /// The form of a key, by the index of the argument.
    KeyForm(usize),
    /// The member of the body with this name in JSON.
    Member(String),
    /// The field of a multipart body with this index.
    Part(usize),
}

/// The option for a variable of servers.
#[derive(Debug, Clone)]
pub struct VariableOption {
    /// The name of the option without its hyphens, such as `region`.
    pub name: String,
    /// The name of the variable in the document.
    pub variable: String,
    /// The allowed values. Empty if any value is allowed.
    pub values: Vec<String>,
}

/// The option for a credential. It names environment variables.
#[derive(Debug, Clone)]
pub struct CredentialOption {
    /// The name of the option without its hyphens, such as `access-token-env`.
    pub name: String,
    /// The help, as Markdown: paragraphs with an empty line between them.
    pub help: String,
}
