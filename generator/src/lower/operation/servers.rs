//! Lowers servers to functions. Each function takes the variables of a server's URL and returns a base URL.

use std::collections::{BTreeSet, HashMap, HashSet};

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
    /// The enums of variables that are named so far, by the variable and its values. Variables with the same name and values
    /// share an enum.
    enums: HashMap<(String, BTreeSet<String>), ServerEnum>,
}

/// The servers of one function.
struct Group<'d> {
    servers: Vec<&'d document::Server>,
    /// The values of the variable that decides between the servers.
    values: HashSet<&'d str>,
}

impl<'d> Group<'d> {
    fn new(server: &'d document::Server) -> Self {
        let values = deciding_variable(server).map(|(_, values)| values.iter().map(String::as_str).collect());
        Self { servers: vec![server], values: values.unwrap_or_default() }
    }

    /// Adds a server with the same name. Returns `false` if one function cannot return the URL of all of them: each must have one
    /// variable, with the name of the first server's and with other values.
    fn add(&mut self, server: &'d document::Server) -> bool {
        let (Some((name, _)), Some((own_name, values))) =
            (deciding_variable(self.servers[0]), deciding_variable(server))
        else {
            return false;
        };
        if name != own_name || values.iter().any(|value| self.values.contains(value.as_str())) {
            return false;
        }
        self.values.extend(values.iter().map(String::as_str));
        self.servers.push(server);
        true
    }
}

/// Returns the name and the values of the only variable of a server. Returns `None` if the server has another number of variables,
/// or if the variable has no listed values.
fn deciding_variable(server: &document::Server) -> Option<(&str, &[String])> {
    let (name, variable) = server.variables.first().filter(|_| server.variables.len() == 1)?;
    let is_deciding = !variable.enum_values.is_empty() && server.url.contains(&format!("{{{name}}}"));
    is_deciding.then_some((name, &variable.enum_values))
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
        let mut names = Names { functions: Scope::default(), types: Scope::with(TYPE_NAMES), enums: HashMap::new() };
        let mut groups: Vec<Group<'_>> = Vec::new();
        let mut named_groups: HashMap<&str, usize> = HashMap::new();
        for server in absolute {
            let known = server.name.as_deref().and_then(|name| named_groups.get(name)).copied();
            match known {
                None => {
                    named_groups.extend(server.name.as_deref().map(|name| (name, groups.len())));
                    groups.push(Group::new(server));
                }
                Some(index) if groups[index].add(server) => {}
                Some(_) => {
                    let message = "`x-name` is malformed: another server has the same name, but both do not have one and the same \
                                   variable with different values in `enum`.";
                    let remedy = "Write another name.";
                    self.report(Code::ExtensionShape, &server.pointer.join("x-name"), message.to_owned(), remedy);
                }
            }
        }
        let function =
            |group: &Group<'_>| group.servers[0].name.as_deref().map_or("server".to_owned(), identifiers::snake);
        let functions: Vec<String> = groups.iter().map(|group| names.functions.take(function(group))).collect();
        for function in &functions {
            names.types.reserve(&[&Server::variables_type_of(function)]);
        }
        let named = groups.iter().zip(functions);
        named.map(|(group, function)| lower_server(&group.servers, function, &mut names)).collect()
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
            wire: (*variable).clone(),
            default: spec.default.clone(),
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
    let variants =
        variables.first().and_then(|variable| variable.kind.as_ref()).into_iter().flat_map(|kind| &kind.variants);
    let indexes: HashMap<&str, usize> =
        variants.enumerate().map(|(index, variant)| (variant.wire.as_str(), index)).collect();
    let exceptions = servers[1..].iter().map(|other| {
        let values = other.variables.values().flat_map(|variable| &variable.enum_values);
        let indexes: BTreeSet<usize> = values.filter_map(|value| indexes.get(value.as_str()).copied()).collect();
        (indexes.into_iter().collect(), url_parts(&other.url, &used))
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
        let key = (variable.to_owned(), values.iter().cloned().collect());
        if let Some(known) = self.enums.get(&key) {
            return known.clone();
        }
        let name = self
            .types
            .take_first([identifiers::pascal(variable), identifiers::pascal(&format!("{function} {variable}"))]);
        let kind = ServerEnum { name, variable: variable.to_owned(), variants: enum_variants(values) };
        self.enums.insert(key, kind.clone());
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
        let kept = kept_characters(&url[..url.len() - rest.len() + literal.len()], tail, &variables[index].1.default);
        parts.push(UrlPart::Variable { index, kept });
        rest = tail;
    }
    if !rest.is_empty() {
        parts.push(UrlPart::Literal(rest.to_owned()));
    }
    parts
}

/// Returns the characters that the value of a variable keeps besides letters, digits and `-._~`. `before` and `after` are the parts
/// of the URL template around the variable. The value keeps the slashes, colons and brackets that also its `default` has. If it is a
/// host with an optional port, it keeps colons and brackets in any case. Returns `None` if the value is the beginning of the URL.
fn kept_characters(before: &str, after: &str, default: &str) -> Option<String> {
    if before.is_empty() && !after.starts_with("://") {
        return None;
    }
    let is_whole_authority = before.ends_with("://") && (after.is_empty() || after.starts_with('/'));
    let is_kept = |letter: &char| default.contains(*letter) || (is_whole_authority && *letter != '/');
    Some("/:[]".chars().filter(is_kept).collect())
}

/// Splits a URL template at its first variable: `a{b}c` becomes `("a", "b", "c")`.
fn next_variable(url: &str) -> Option<(&str, &str, &str)> {
    let (literal, rest) = url.split_once('{')?;
    let (name, tail) = rest.split_once('}')?;
    Some((literal, name, tail))
}

#[cfg(test)]
mod tests {
    use crate::options::{Input, Options};
    use crate::pipeline::Pipeline;

    /// Returns the findings about a document with these servers.
    fn findings(servers: &[&str]) -> Vec<String> {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\nservers: [{}]\npaths: {{}}\n",
            servers.join(", ")
        );
        let input = Input::new("t.yaml", text, "t");
        let generation = Pipeline::new(&Options::default()).generate(&[input]);
        generation
            .findings
            .iter()
            .map(|finding| format!("{} {}", finding.code.id(), finding.pointer.as_str()))
            .collect()
    }

    fn server(url: &str, name: &str, values: &str) -> String {
        format!("{{url: '{url}', x-name: {name}, variables: {{v: {{default: a, enum: [{values}]}}}}}}")
    }

    #[test]
    fn servers_of_one_name_need_different_values_of_one_variable() {
        let first = server("https://{v}.com", "n", "a, b");
        assert_eq!(findings(&[&first, &server("https://{v}.eu", "n", "c")]), [""; 0]);
        assert_eq!(findings(&[&first, &server("https://{v}.eu", "m", "a")]), [""; 0]);
        for other in [
            server("https://{v}.eu", "n", "b"),
            server("https://v.eu", "n", "c"),
            "{url: 'https://a.eu', x-name: n}".to_owned(),
            "{url: 'https://{w}.eu', x-name: n, variables: {w: {default: c, enum: [c]}}}".to_owned(),
            "{url: 'https://{v}.eu', x-name: n, variables: {v: {default: c}}}".to_owned(),
        ] {
            assert_eq!(findings(&[&first, &other]), ["extension-shape /servers/1/x-name"], "{other}");
        }
    }
}
