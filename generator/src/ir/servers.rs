//! Servers. Each becomes a function that returns a base URL.

use crate::ir::docs::Docs;
use crate::ir::types::EnumVariant;
use crate::pointer::Pointer;

/// A server in the document. It becomes a function that takes the values of the server's variables and returns a base URL.
#[derive(Debug, Clone)]
pub struct Server {
    /// The name of the function.
    pub name: String,
    /// The JSON Pointer of the server object in the document.
    pub pointer: Pointer,
    /// The documentation of the function.
    pub docs: Docs,
    /// The URL, split at its variables.
    pub url: Vec<UrlPart>,
    /// The URLs of other servers with the same name. Each has the values of the only variable for which it replaces `url`, as
    /// indexes of their variants.
    pub exceptions: Vec<(Vec<usize>, Vec<UrlPart>)>,
    /// The arguments of the function that returns the base URL, in order.
    pub variables: Vec<ServerVariable>,
}

/// A variable of a server. It becomes an argument of the server's function.
#[derive(Debug, Clone)]
pub struct ServerVariable {
    /// The name of the argument.
    pub name: String,
    /// The name of the variable in the document.
    pub wire: String,
    /// The default value in the document.
    pub default: String,
    /// The enum of the variable's values. `None` if the variable can have any value.
    pub kind: Option<ServerEnum>,
}

/// The enum of the values that a server variable can have.
#[derive(Debug, Clone)]
pub struct ServerEnum {
    /// The name of the enum.
    pub name: String,
    /// The name of the variable in the document.
    pub variable: String,
    /// A variant for each value.
    pub variants: Vec<EnumVariant>,
}

impl ServerVariable {
    /// Returns the type of the argument.
    pub fn type_text(&self) -> &str {
        self.kind.as_ref().map_or("&str", |kind| &kind.name)
    }
}

impl Server {
    /// Returns whether a variable can have any value. The struct with the variables borrows such a value.
    pub fn borrows_value(&self) -> bool {
        self.variables.iter().any(|variable| variable.kind.is_none())
    }

    /// Returns the name of the struct that names the values of the variables, such as `ServerVariables`. Only a server with two or
    /// more variables has such a struct.
    pub fn variables_type(&self) -> String {
        Self::variables_type_of(&self.name)
    }

    /// Returns the name of the struct with the variables of the server whose function is `function`.
    pub fn variables_type_of(function: &str) -> String {
        let words = function.split('_').map(|word| {
            let (first, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
            format!("{}{rest}", first.to_uppercase())
        });
        let name = words.collect::<String>();
        let start = if name.starts_with(|first: char| first.is_ascii_digit()) { "_" } else { "" };
        format!("{start}{name}Variables")
    }
}

/// A part of a server's URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UrlPart {
    /// Literal text.
    Literal(String),
    /// The value of a variable.
    Variable {
        /// The index in [`Server::variables`].
        index: usize,
        /// The characters that a free value keeps besides letters, digits and `-._~`. All others are percent-encoded, so that the
        /// value cannot leave its component of the URL. `None` if the value is the beginning of the URL.
        kept: Option<String>,
    },
}

#[cfg(test)]
mod tests {
    use super::Server;

    #[test]
    fn the_struct_of_variables_has_an_identifier() {
        for (function, name) in [("server", "ServerVariables"), ("eu_1", "Eu1Variables"), ("_443", "_443Variables")] {
            assert_eq!(Server::variables_type_of(function), name);
        }
    }
}
