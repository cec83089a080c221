//! Servers and their variables.

use super::document::{Server, ServerVariable};
use crate::pointer::Pointer;

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

fn variable(variable: &openapiv3::ServerVariable) -> ServerVariable {
    ServerVariable {
        default: variable.default.clone(),
        values: variable.enumeration.clone(),
        description: variable.description.clone(),
    }
}
