//! Servers. Each becomes a function that returns a base URL.

use crate::ir::docs::Docs;
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
    /// The names of the arguments of the function that returns the base URL, in order. Each argument is the value of a server
    /// variable.
    pub variables: Vec<String>,
}

impl Server {
    /// Returns the name of the struct that names the values of the variables, such as `ServerVariables`. Only a server with two or
    /// more variables has such a struct.
    pub fn variables_type(&self) -> String {
        let words = self.name.split('_').map(|word| {
            let (first, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
            format!("{}{rest}", first.to_uppercase())
        });
        format!("{}Variables", words.collect::<String>())
    }
}

/// A part of a server's URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UrlPart {
    /// Literal text.
    Literal(String),
    /// The value of a variable, by its index in [`Server::variables`].
    Variable(usize),
}
