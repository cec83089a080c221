//! Servers: a function from the variables of a server's URL to a base URL.

use crate::finding::Code;
use crate::ir::{Server, UrlPart};
use crate::lower::naming::identifiers;
use crate::lower::{Lowering, docs};
use crate::resolve::document;

impl Lowering<'_> {
    /// Lowers the servers of the document's root. A relative URL names no host, so no function is made of it: the caller has
    /// to say where the service is anyway.
    pub(crate) fn lower_servers(&mut self) -> Vec<Server> {
        let (relative, absolute): (Vec<_>, Vec<_>) =
            self.document.servers.iter().partition(|server| !server.default_url().contains("://"));
        for server in relative {
            let message = format!("The server `{}` names no host, so no function is made of it.", server.url);
            self.refuse(Code::NoEffect, &server.pointer, message, "Give the client's builder the whole base URL.");
        }
        let mut scope = identifiers::Scope::default();
        absolute.into_iter().map(|server| lower_one(server, &mut scope)).collect()
    }
}

/// The server that an operation names for itself, its variables at their defaults; `None` where it has the client's.
pub(crate) fn own_server(document: &document::Document, operation: &document::Operation) -> Option<String> {
    let own = operation.servers.first()?.default_url();
    // Without `servers` a document has the server `/`.
    let shared = document.servers.first().map_or("/".to_owned(), document::Server::default_url);
    let same = own.trim_end_matches('/') == shared.trim_end_matches('/');
    (!same).then_some(own)
}

/// The line of documentation about the servers that an operation names for itself.
pub(crate) fn own_server_docs(document: &document::Document, operation: &document::Operation) -> Option<String> {
    let own = own_server(document, operation)?;
    let others: Vec<_> = operation.servers.iter().skip(1).map(|server| docs::code(&server.url)).collect();
    let others = if others.is_empty() { String::new() } else { format!(" Alternatives: {}.", others.join(", ")) };
    let own = docs::code(&own);
    Some(format!(
        "Sent to the server {own}, unless [`Call::server`](crate::runtime::Call::server) sets another.{others}"
    ))
}

fn lower_one(server: &document::Server, scope: &mut identifiers::Scope) -> Server {
    let mut arguments = identifiers::Scope::default();
    // All are texts, so that only their order tells them apart: that of the URL, and not the one in which they are described.
    let place = |name: &String| server.url.find(&format!("{{{name}}}"));
    let mut used: Vec<_> = server.variables.iter().filter(|(name, _)| place(name).is_some()).collect();
    used.sort_by_key(|(name, _)| place(name));
    let variables: Vec<String> = used.iter().map(|(name, _)| arguments.take(identifiers::snake(name))).collect();
    let mut docs = server.description.as_deref().map(docs::prose).unwrap_or_default();
    docs::paragraph(
        &mut docs,
        [format!(
            "The server {}, as a base URL for [`Client::builder`](super::Client::builder).",
            docs::code(&server.url)
        )],
    );
    for ((name, variable), argument) in used.iter().zip(&variables) {
        let mut line =
            if *name == argument { format!("`{argument}`:") } else { format!("`{argument}` is `{{{name}}}`:") };
        if let Some(description) = &variable.description {
            line.push_str(&format!(" {description}"));
        }
        line.push_str(&format!(" Default: {}.", docs::code(&variable.default)));
        if !variable.enum_values.is_empty() {
            let values: Vec<_> = variable.enum_values.iter().map(|value| docs::code(value)).collect();
            line.push_str(&format!(" One of {}.", values.join(", ")));
        }
        docs::paragraph(&mut docs, docs::prose(&line));
    }
    let (name, pointer) = (scope.take("server".to_owned()), server.pointer.clone());
    Server { name, pointer, docs, url: parts(&server.url, &used), variables }
}

fn parts(url: &str, used: &[(&String, &document::ServerVariable)]) -> Vec<UrlPart> {
    let mut parts = Vec::new();
    let mut rest = url;
    while let Some((literal, name, tail)) = next_variable(rest) {
        let Some(index) = used.iter().position(|(used, _)| *used == name) else { break };
        if !literal.is_empty() {
            parts.push(UrlPart::Literal(literal.to_owned()));
        }
        parts.push(UrlPart::Variable(index));
        rest = tail;
    }
    if !rest.is_empty() {
        parts.push(UrlPart::Literal(rest.to_owned()));
    }
    parts
}

fn next_variable(url: &str) -> Option<(&str, &str, &str)> {
    let (literal, rest) = url.split_once('{')?;
    let (name, tail) = rest.split_once('}')?;
    Some((literal, name, tail))
}
