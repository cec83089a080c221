//! Servers and their variables.

use crate::pointer::Pointer;
use crate::resolve::document::{Server, ServerVariable};

/// The servers of the list at `place`.
pub(super) fn servers(list: &[openapiv3::Server], place: &Pointer) -> Vec<Server> {
    let servers = list.iter().enumerate().map(|(index, server)| Server {
        pointer: place.join(index),
        url: server.url.clone(),
        description: server.description.clone(),
        variables: server.variables.iter().flatten().map(|(name, spec)| (name.clone(), variable(spec))).collect(),
    });
    servers.collect()
}

impl Server {
    /// The URL with every variable at its default.
    pub fn url_by_default(&self) -> String {
        let filled = |url: String, (name, variable): (&String, &ServerVariable)| {
            url.replace(&format!("{{{name}}}"), &variable.default)
        };
        self.variables.iter().fold(self.url.clone(), filled)
    }

    /// What keeps a request from being sent to this server.
    pub fn fault(&self) -> Option<&'static str> {
        let url = self.url_by_default();
        let path = match url.split_once("://") {
            Some(("http" | "https", rest)) => rest,
            Some(_) => return Some("it is neither http nor https"),
            None => &url,
        };
        if url.contains("://") && (path.is_empty() || path.starts_with(['/', '?', '#'])) {
            return Some("it names no host");
        }
        if path.contains(['{', '}']) {
            return Some("a name in it is no variable");
        }
        if path.contains(['?', '#']) {
            return Some("it has a query or a fragment");
        }
        path.contains(|letter: char| !letter.is_ascii_graphic())
            .then_some("a character in it has to be percent-encoded")
    }
}

fn variable(variable: &openapiv3::ServerVariable) -> ServerVariable {
    ServerVariable {
        default: variable.default.clone(),
        values: variable.enumeration.clone(),
        description: variable.description.clone(),
    }
}
