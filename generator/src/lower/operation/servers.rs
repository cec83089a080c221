//! Lowers servers to functions. Each function takes the variables of a server's URL and returns a base URL.

use std::collections::HashSet;

use crate::finding::Code;
use crate::ir::{Server, ServerEnum, ServerVariable, UrlPart};
use crate::lower::docs;
use crate::lower::naming::identifiers;
use crate::lower::naming::reserved::TYPE_NAMES;
use crate::lower::naming::scope::Scope;
use crate::lower::schema::definitions::enum_variants;
use crate::lower::state::Lowering;
use crate::resolve::document;

/// The names of the module `servers` that are in use.
struct Names {
    functions: Scope,
    types: Scope,
    /// The enums of variables that are named so far. Variables with the same name and values share an enum.
    enums: Vec<ServerEnum>,
}

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
        let mut names = Names { functions: Scope::default(), types: Scope::with(TYPE_NAMES), enums: Vec::new() };
        let mut groups: Vec<Vec<&document::Server>> = Vec::new();
        for server in absolute {
            let same = groups.iter_mut().find(|group| server.name.is_some() && group[0].name == server.name);
            match same {
                None => groups.push(vec![server]),
                Some(group) if group.iter().all(|other| can_share_function(other, server)) => group.push(server),
                Some(_) => {
                    let message = "`x-name` is malformed: another server has the same name, but both do not have one and the same \
                                   variable with different values in `enum`.";
                    let remedy = "Write another name.";
                    self.report(Code::ExtensionShape, &server.pointer.join("x-name"), message.to_owned(), remedy);
                }
            }
        }
        let function =
            |group: &Vec<&document::Server>| group[0].name.as_deref().map_or("server".to_owned(), identifiers::snake);
        let functions: Vec<String> = groups.iter().map(|group| names.functions.take(function(group))).collect();
        for function in &functions {
            names.types.reserve(&[&Server::variables_type_of(function)]);
        }
        let named = groups.iter().zip(functions);
        named.map(|(group, function)| lower_server(group, function, &mut names)).collect()
    }
}

/// Returns whether one function can return the URL of both servers: each has one variable of the same name, whose value decides
/// between them.
fn can_share_function(left: &document::Server, right: &document::Server) -> bool {
    let only_variable = |server: &document::Server| match server.variables.iter().collect::<Vec<_>>()[..] {
        [(name, variable)] if server.url.contains(&format!("{{{name}}}")) && !variable.enum_values.is_empty() => {
            Some((name.clone(), variable.enum_values.clone()))
        }
        _ => None,
    };
    match (only_variable(left), only_variable(right)) {
        (Some((left, values)), Some((right, others))) => {
            left == right && !values.iter().any(|value| others.contains(value))
        }
        _ => false,
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

/// Lowers the servers of the function `name`. All but the first are exceptions for some values of the only variable.
fn lower_server(servers: &[&document::Server], name: String, names: &mut Names) -> Server {
    let server = servers[0];
    let mut arguments = Scope::default();
    // The arguments have the order in which the URL contains the variables, not the order of `variables` in the document.
    let position = |name: &String| server.url.find(&format!("{{{name}}}"));
    let mut used: Vec<_> = server.variables.iter().filter(|(name, _)| position(name).is_some()).collect();
    used.sort_by_key(|(name, _)| position(name));
    let variables = used.iter().map(|(variable, spec)| {
        let argument = arguments.take(identifiers::snake(variable));
        // Servers with exceptions have one variable, whose values are those of all servers.
        let others = servers[1..].iter().filter_map(|other| other.variables.get(*variable));
        let mut values = spec.enum_values.clone();
        values.extend(others.flat_map(|other| other.enum_values.iter().cloned()));
        ServerVariable {
            kind: (!values.is_empty()).then(|| names.server_enum(&name, variable, &values)),
            name: argument,
        }
    });
    let variables: Vec<ServerVariable> = variables.collect();
    let mut docs = server.description.as_deref().map(docs::prose).unwrap_or_default();
    let base_url = "as a base URL for [`Client::builder`](super::Client::builder)";
    docs::paragraph(&mut docs, [format!("The server {}, {base_url}.", docs::code(&server.url))]);
    for other in &servers[1..] {
        let values: Vec<_> = other
            .variables
            .values()
            .flat_map(|variable| &variable.enum_values)
            .map(|value| docs::code(value))
            .collect();
        let description = other.description.as_deref().map(|text| format!(" {}", docs::line(text))).unwrap_or_default();
        let line = format!("For {}, the server is {}.{description}", values.join(", "), docs::code(&other.url));
        docs::paragraph(&mut docs, docs::wrapped(&line, 0));
    }
    for ((name, variable), argument) in used.iter().zip(&variables) {
        docs::paragraph(&mut docs, docs::wrapped(&variable_docs(name, variable, &argument.name), 0));
    }
    let exceptions = servers[1..].iter().map(|other| {
        let values = other.variables.values().flat_map(|variable| &variable.enum_values);
        let variants = variables.iter().filter_map(|variable| variable.kind.as_ref()).flat_map(|kind| &kind.variants);
        let variants: Vec<_> = variants.collect();
        let indexes = values.filter_map(|value| variants.iter().position(|variant| variant.wire == *value)).collect();
        (indexes, url_parts(&other.url, &used))
    });
    let exceptions = exceptions.collect();
    Server { name, pointer: server.pointer.clone(), docs, url: url_parts(&server.url, &used), exceptions, variables }
}

/// Describes a variable of a server. `argument` is the name of its argument. The values of an `enum` are documented at the
/// variants.
fn variable_docs(name: &str, variable: &document::ServerVariable, argument: &str) -> String {
    let mut line = if name == argument {
        format!("`{argument}`:")
    } else {
        format!("`{argument}` is {}:", docs::code(&format!("{{{name}}}")))
    };
    if let Some(description) = &variable.description {
        line.push_str(&format!(" {}", docs::line(description)));
    }
    line + &format!(" Default: {}.", docs::code(&variable.default))
}

impl Names {
    /// Returns the enum of a variable of the server `function`. The enum is named after the variable; if another variable of this
    /// name has other values, the name of the function is a prefix.
    fn server_enum(&mut self, function: &str, variable: &str, values: &[String]) -> ServerEnum {
        // The order of `enum` has no meaning.
        let is_same = |known: &&ServerEnum| {
            let known_values: HashSet<&str> = known.variants.iter().map(|variant| variant.wire.as_str()).collect();
            known.variable == variable && known_values == values.iter().map(String::as_str).collect()
        };
        if let Some(known) = self.enums.iter().find(is_same) {
            return known.clone();
        }
        let name = self
            .types
            .take_first([identifiers::pascal(variable), identifiers::pascal(&format!("{function} {variable}"))]);
        let kind = ServerEnum { name, variable: variable.to_owned(), variants: enum_variants(values) };
        self.enums.push(kind.clone());
        kind
    }
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
