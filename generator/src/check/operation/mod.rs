//! Rules of operations and their parameters.

pub(crate) mod failure;
pub(crate) mod overload;
pub(crate) mod path_parameter;
pub(crate) mod path_template;
pub(crate) mod server;

use std::collections::HashMap;

use crate::finding::{Code, Findings, Focus};
use crate::resolve::document::{Document, Location, Operation, Parameter};

/// No two operations have one `operationId`.
pub(super) fn duplicate_ids(document: &Document, findings: &mut Findings) {
    let mut first: HashMap<&str, &Operation> = HashMap::new();
    for operation in &document.operations {
        let Some(id) = operation.id.as_deref() else { continue };
        let Some(other) = first.get(id) else {
            first.insert(id, operation);
            continue;
        };
        findings.add_mendable(
            Code::DuplicateOperationId,
            &operation.pointer.join("operationId"),
            format!("`{id}` is already the id of {} {}.", other.method, other.path),
            "Give each operation an id of its own.",
            "A number is added to it.",
        );
        findings.relate(&other.pointer.join("operationId"), Focus::Value, "the first");
    }
    let overloads = document.operations.iter().filter_map(|operation| operation.overload.as_ref());
    for overload in overloads {
        if let Some(other) = first.get(overload.method.as_str()).filter(|other| other.overload.is_none()) {
            findings.add(
                Code::DuplicateOperationId,
                &overload.pointer.join("method"),
                format!("`{}` is already the id of {} {}.", overload.method, other.method, other.path),
                "Give the method a name of its own.",
            );
            findings.relate(&other.pointer.join("operationId"), Focus::Value, "the operation");
        }
    }
}

/// A path is sent as it is written.
pub(super) fn malformed_paths(document: &Document, findings: &mut Findings) {
    for operation in &document.operations {
        if let Some(fault) = path_template::fault(&operation.path) {
            let mark = findings.mark();
            findings.add(
                Code::MalformedPath,
                &operation.pointer.parent().unwrap_or_default(),
                format!("`{}` cannot be sent as it is written: {fault}.", operation.path),
                "Write the path as it stands in the request line of the page, percent-encoded.",
            );
            let sent = path_template::sendable(&operation.path);
            let consequence = match path_template::fault(&sent) {
                None if operation.path.contains('#') => Some("It is sent without the fragment."),
                None => Some("It is sent percent-encoded."),
                Some(_) => None,
            };
            findings.settle(mark, Code::MalformedPath, consequence);
        }
    }
}

/// No two paths match the same requests.
pub(super) fn ambiguous_paths(document: &Document, findings: &mut Findings) {
    let mut first: HashMap<String, &Operation> = HashMap::new();
    for operation in document.operations.iter().filter(|operation| operation.overload.is_none()) {
        let shape = path_template::without_names(&operation.path);
        let other = *first.entry(shape).or_insert(operation);
        if other.path != operation.path {
            findings.add(
                Code::AmbiguousPath,
                &operation.pointer.parent().unwrap_or_default(),
                format!("`{}` and `{}` differ in names only, and match the same requests.", operation.path, other.path),
                "Put the operations of both under one path.",
            );
            findings.relate(&other.pointer.parent().unwrap_or_default(), Focus::Key, "matches the same requests");
        }
    }
}

/// No two parameters of one operation have the same name and place.
pub(super) fn duplicate_parameters(document: &Document, findings: &mut Findings) {
    for operation in &document.operations {
        for (index, parameter) in operation.parameters.iter().enumerate() {
            if let Some(other) = operation.parameters.iter().take(index).find(|other| other.is_same(parameter)) {
                let focus = |parameter: &Parameter| match parameter.listed_at == parameter.pointer {
                    true => Focus::Member("name"),
                    false => Focus::Member("$ref"),
                };
                findings.add_mendable(
                    Code::DuplicateParameter,
                    &parameter.listed_at,
                    format!("`{}` in {} is declared twice.", parameter.name, place_of(parameter.location)),
                    "Keep one of the two.",
                    "The first counts.",
                );
                findings.focus(focus(parameter));
                findings.relate(&other.listed_at, focus(other), "the first");
            }
        }
    }
}

fn place_of(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

/// The header parameters that OpenAPI ignores by their names, and what says the same.
const IGNORED: &[(&str, &str)] = &[
    ("accept", "Name the media type as a key of the responses' `content`."),
    ("content-type", "Name the media type as a key of `requestBody.content`; without a body, use `x-fixed-headers`."),
    ("authorization", "Declare a security scheme, and ask for it with `security`."),
];

/// No header parameter has a name that OpenAPI ignores.
pub(super) fn ignored_parameters(document: &Document, findings: &mut Findings) {
    let parameters = document.operations.iter().flat_map(|operation| &operation.parameters);
    for parameter in parameters.filter(|parameter| parameter.location == Location::Header) {
        let ignored = IGNORED.iter().find(|(name, _)| parameter.name.eq_ignore_ascii_case(name));
        if let Some((_, remedy)) = ignored {
            findings.add_mendable(
                Code::IgnoredParameter,
                &parameter.pointer,
                format!("OpenAPI ignores a header parameter that is called `{}`.", parameter.name),
                *remedy,
                "The parameter is left out.",
            );
        }
    }
}

/// Whether OpenAPI ignores `parameter` by its name.
pub(super) fn is_ignored(parameter: &Parameter) -> bool {
    let is_named = |name: &str| parameter.name.eq_ignore_ascii_case(name);
    parameter.location == Location::Header && IGNORED.iter().any(|(name, _)| is_named(name))
}

#[cfg(test)]
mod tests {
    use crate::check::tests::says;

    #[test]
    fn ids_are_unique() {
        let text =
            "paths:\n  /a:\n    get: {operationId: x, responses: {}}\n    put: {operationId: x, responses: {}}\n";
        assert_eq!(says(text), ["duplicate-operation-id /paths/~1a/put/operationId"]);
    }

    fn says_of_path(path: &str, parameters: &str) -> Vec<String> {
        says(&format!("paths:\n  {path}:\n    get:\n      parameters: [{parameters}]\n      responses: {{}}\n"))
    }

    #[test]
    fn a_lost_parameter_is_told_once() {
        let text = says_of_path("/{id}", "{$ref: '#/components/parameters/Id'}");
        assert_eq!(text, ["ref-missing /paths/~1{id}/get/parameters/0"]);
    }

    #[test]
    fn parameters_are_unique() {
        let text = says_of_path("/", "{name: A, in: header, schema: {}}, {name: a, in: header, schema: {}}");
        assert_eq!(text, ["duplicate-parameter /paths/~1/get/parameters/1"]);
        assert_eq!(says_of_path("/", "{name: A, in: query, schema: {}}, {name: a, in: query, schema: {}}"), [""; 0]);
    }

    #[test]
    fn ignored_headers_are_refused() {
        let text =
            says_of_path("/", "{name: content-type, in: header, schema: {}}, {name: accept, in: query, schema: {}}");
        assert_eq!(text, ["ignored-parameter /paths/~1/get/parameters/0"]);
    }
}
