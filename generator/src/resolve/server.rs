//! Reads servers.

use crate::pointer::Pointer;
use crate::resolve::document::{Server, ServerVariable};

/// Reads the list of servers at `place`.
pub(super) fn servers(list: &[openapiv3::Server], place: &Pointer) -> Vec<Server> {
    let servers = list.iter().enumerate().map(|(index, server)| Server {
        pointer: place.join(index),
        url: server.url.clone(),
        description: server.description.clone(),
        name: server.extensions.get("x-name").and_then(|name| name.as_str()).map(str::to_owned),
        variables: server.variables.iter().flatten().map(|(name, spec)| (name.clone(), variable(spec))).collect(),
    });
    servers.collect()
}

fn variable(variable: &openapiv3::ServerVariable) -> ServerVariable {
    ServerVariable {
        default: variable.default.clone(),
        enum_values: variable.enumeration.clone(),
        description: variable.description.clone(),
    }
}
