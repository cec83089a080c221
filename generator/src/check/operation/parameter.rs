//! Finds duplicate parameters, and header parameters such as `Content-Type`, which OpenAPI ignores.

use std::collections::HashMap;

use crate::finding::{Code, Findings, Focus};
use crate::resolve::document::{Document, Location, Parameter};

/// Reports parameters of one operation that have the same name and location.
pub(crate) fn duplicates(document: &Document, findings: &mut Findings) {
    for operation in &document.operations {
        let mut first_declared: HashMap<_, &Parameter> = HashMap::new();
        for parameter in &operation.parameters {
            let other = *first_declared.entry(parameter.key()).or_insert(parameter);
            if !std::ptr::eq(other, parameter) {
                let focus = |parameter: &Parameter| match parameter.listed_at == parameter.pointer {
                    true => Focus::Member("name"),
                    false => Focus::Member("$ref"),
                };
                let (name, location) = (&parameter.name, location_name(parameter.location));
                findings.add_repairable(
                    Code::DuplicateParameter,
                    &parameter.listed_at,
                    format!("The {location} parameter `{name}` is declared twice."),
                    "Delete one of the two declarations.",
                    "The first declaration is used.",
                );
                findings.set_focus(focus(parameter));
                findings.add_related(&other.listed_at, focus(other), "first declared here");
            }
        }
    }
}

fn location_name(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

/// The names of the header parameters that OpenAPI ignores, with a remedy for each.
const IGNORED: &[(&str, &str)] = &[
    ("accept", "Delete the parameter, and write the media type as a key of the `content` of each response."),
    (
        "content-type",
        "Delete the parameter, and write the media type as a key of the `content` of `requestBody`. If the operation has no \
         body, use `x-fixed-headers`.",
    ),
    ("authorization", "Delete the parameter, declare a security scheme, and require the scheme with `security`."),
];

/// Reports header parameters with names that OpenAPI ignores, such as `Content-Type`.
pub(crate) fn ignored(document: &Document, findings: &mut Findings) {
    let parameters = document.operations.iter().flat_map(|operation| &operation.parameters);
    for parameter in parameters.filter(|parameter| parameter.location == Location::Header) {
        let ignored = IGNORED.iter().find(|(name, _)| parameter.name.eq_ignore_ascii_case(name));
        if let Some((_, remedy)) = ignored {
            findings.add_repairable(
                Code::IgnoredParameter,
                &parameter.pointer,
                format!("OpenAPI ignores header parameters with the name `{}`.", parameter.name),
                *remedy,
                "The parameter is removed.",
            );
        }
    }
}

/// Returns whether OpenAPI ignores `parameter`, because it is a header with a name such as `Content-Type`.
pub(crate) fn is_ignored(parameter: &Parameter) -> bool {
    let is_named = |name: &str| parameter.name.eq_ignore_ascii_case(name);
    parameter.location == Location::Header && IGNORED.iter().any(|(name, _)| is_named(name))
}

#[cfg(test)]
mod tests {
    use crate::check::tests::codes_and_places;

    fn found(path: &str, parameters: &str) -> Vec<String> {
        codes_and_places(&format!(
            "paths:\n  {path}:\n    get:\n      parameters: [{parameters}]\n      responses: {{}}\n"
        ))
    }

    #[test]
    fn a_parameter_reference_without_a_target_is_reported_once() {
        let findings = found("/{id}", "{$ref: '#/components/parameters/Id'}");
        assert_eq!(findings, ["ref-missing /paths/~1{id}/get/parameters/0"]);
    }

    #[test]
    fn duplicate_parameters_are_reported() {
        let findings = found("/", "{name: A, in: header, schema: {}}, {name: a, in: header, schema: {}}");
        assert_eq!(findings, ["duplicate-parameter /paths/~1/get/parameters/1"]);
        assert_eq!(found("/", "{name: A, in: query, schema: {}}, {name: a, in: query, schema: {}}"), [""; 0]);
    }

    #[test]
    fn ignored_header_parameters_are_reported() {
        let findings =
            found("/", "{name: content-type, in: header, schema: {}}, {name: accept, in: query, schema: {}}");
        assert_eq!(findings, ["ignored-parameter /paths/~1/get/parameters/0"]);
    }
}
