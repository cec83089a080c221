//! Lowers servers to functions. Each function takes the variables of a server's URL and returns a base URL.

use crate::finding::Code;
use crate::ir::{Server, UrlPart};
use crate::lower::docs;
use crate::lower::naming::identifiers;
use crate::lower::naming::scope::Scope;
use crate::lower::state::Lowering;
use crate::resolve::document;

impl Lowering<'_> {
    /// Lowers the servers at the root of the document. A server with a relative URL does not become a function, because the URL
    /// has no host. The caller passes the complete base URL instead.
    pub(crate) fn lower_servers(&mut self) -> Vec<Server> {
        let (relative, absolute): (Vec<_>, Vec<_>) =
            self.document.servers.iter().partition(|server| !server.default_url().contains("://"));
        for server in relative {
            let message =
                format!("The server URL `{}` has no host, so the crate has no function for this server.", server.url);
            let remedy = "Pass the complete base URL to the client's builder.";
            self.report(Code::NoEffect, &server.pointer, message, remedy);
        }
        let mut scope = Scope::default();
        absolute.into_iter().map(|server| lower_server(server, &mut scope)).collect()
    }
}

/// Returns the URL of the first server that an operation declares, with its variables at their default values. `main_server` is
/// the URL of the first server of the document. Returns `None` if the operation declares no server, or if its first server is
/// also the first server of the document.
pub(super) fn own_server(main_server: &str, operation: &document::Operation) -> Option<String> {
    let own = operation.servers.first()?.default_url();
    let is_shared = own.trim_end_matches('/') == main_server.trim_end_matches('/');
    (!is_shared).then_some(own)
}

/// Returns a sentence about the servers that an operation declares. Returns `None` under the same conditions as [`own_server`].
pub(super) fn own_server_docs(main_server: &str, operation: &document::Operation) -> Option<String> {
    let own = own_server(main_server, operation)?;
    let others: Vec<_> = operation.servers.iter().skip(1).map(|server| docs::code(&server.url)).collect();
    let others = if others.is_empty() { String::new() } else { format!(" Alternatives: {}.", others.join(", ")) };
    let takes_credential = operation.security.iter().any(|requirement| !requirement.is_empty());
    let credentials = match takes_credential && own.contains("://") {
        true => {
            " If the base URL has another host, [`Builder::allow_credentials_for`](crate::runtime::Builder::allow_credentials_for) \
             must allow this one."
        }
        false => "",
    };
    let own = docs::code(&own);
    Some(format!(
        "Sent to the server {own}, unless [`CallOptions::server`](crate::runtime::CallOptions::server) sets another.{credentials}{others}"
    ))
}

fn lower_server(server: &document::Server, scope: &mut Scope) -> Server {
    let mut arguments = Scope::default();
    // All arguments of the function are strings, so only their order distinguishes them. They have the order in which the URL
    // contains the variables, not the order of `variables` in the document.
    let position = |name: &String| server.url.find(&format!("{{{name}}}"));
    let mut used: Vec<_> = server.variables.iter().filter(|(name, _)| position(name).is_some()).collect();
    used.sort_by_key(|(name, _)| position(name));
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
        let mut line = if *name == argument {
            format!("`{argument}`:")
        } else {
            format!("`{argument}` is {}:", docs::code(&format!("{{{name}}}")))
        };
        if let Some(description) = &variable.description {
            line.push_str(&format!(" {}", docs::line(description)));
        }
        line.push_str(&format!(" Default: {}.", docs::code(&variable.default)));
        if !variable.enum_values.is_empty() {
            let values: Vec<_> = variable.enum_values.iter().map(|value| docs::code(value)).collect();
            line.push_str(&format!(" One of {}.", values.join(", ")));
        }
        docs::paragraph(&mut docs, docs::wrapped(&line, 0));
    }
    let (name, pointer) = (scope.take("server".to_owned()), server.pointer.clone());
    Server { name, pointer, docs, url: url_parts(&server.url, &used), variables }
}

/// Splits a URL template into literals and variables. A variable is stored as its index in `variables`. The emitted function
/// takes the variables in the order of this list.
fn url_parts(url: &str, variables: &[(&String, &document::ServerVariable)]) -> Vec<UrlPart> {
    let mut parts = Vec::new();
    let mut rest = url;
    while let Some((literal, name, tail)) = next_variable(rest) {
        let Some(index) = variables.iter().position(|(variable, _)| *variable == name) else { break };
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

/// Splits a URL template at its first variable: `a{b}c` becomes `("a", "b", "c")`.
fn next_variable(url: &str) -> Option<(&str, &str, &str)> {
    let (literal, rest) = url.split_once('{')?;
    let (name, tail) = rest.split_once('}')?;
    Some((literal, name, tail))
}
