//! Servers and their variables.

use indexmap::IndexMap;

use crate::pointer::Pointer;

/// A server that requests are sent to.
#[derive(Debug, Clone, PartialEq)]
pub struct Server {
    /// The place of the Server Object.
    pub pointer: Pointer,
    /// `url`, a template with `{variables}`.
    pub url: String,
    /// `description`.
    pub description: Option<String>,
    /// `variables` by name, in document order.
    pub variables: IndexMap<String, ServerVariable>,
}

/// A variable in the URL of a server.
#[derive(Debug, Clone, PartialEq)]
pub struct ServerVariable {
    /// `default`: the value that is used unless the caller gives another.
    pub default: String,
    /// `enum`: the allowed values. If it is empty, every value is allowed.
    pub enum_values: Vec<String>,
    /// `description`.
    pub description: Option<String>,
}

impl Server {
    /// The URL with the default value of every variable.
    pub fn default_url(&self) -> String {
        let substitute = |url: String, (name, variable): (&String, &ServerVariable)| {
            url.replace(&format!("{{{name}}}"), &variable.default)
        };
        self.variables.iter().fold(self.url.clone(), substitute)
    }

    /// The reason why no request can be sent to this server, as a clause about the URL, such as "it has no host". `None` if
    /// requests can be sent.
    pub fn unusable_reason(&self) -> Option<&'static str> {
        let url = self.default_url();
        let path = match url.split_once("://") {
            Some(("http" | "https", rest)) => rest,
            Some(_) => return Some("its scheme is neither `http` nor `https`"),
            None => &url,
        };
        if url.contains("://") && (path.is_empty() || path.starts_with(['/', '?', '#'])) {
            return Some("it has no host");
        }
        if path.contains(['{', '}']) {
            return Some("a name in braces is not one of its `variables`");
        }
        if path.contains(['?', '#']) {
            return Some("it has a query or a fragment");
        }
        path.contains(|letter: char| !letter.is_ascii_graphic()).then_some("a character in it must be percent-encoded")
    }
}
