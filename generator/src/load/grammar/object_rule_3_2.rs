//! Rules of OpenAPI 3.2 that concern more than one key of an object.

use serde_json::{Map, Value};

use crate::load::grammar::method::METHODS;
use crate::load::grammar::rule_violation::RuleViolation;
use crate::load::version::OpenApiVersion;

/// Checks the rules for path items: no operation occurs twice, and the parameters describe the query once.
pub(crate) fn path_item(object: &Map<String, Value>, version: OpenApiVersion) -> Option<RuleViolation> {
    if version < OpenApiVersion::V3_2 {
        return None;
    }
    let additional = object.get("additionalOperations").and_then(Value::as_object);
    let mut methods = additional.into_iter().flat_map(|operations| operations.keys());
    let is_fixed = |method: &&String| {
        let key = method.to_ascii_lowercase();
        METHODS.contains(&key.as_str()) || key == "query"
    };
    if let Some(method) = methods.find(is_fixed) {
        let key = method.to_ascii_lowercase();
        let message = format!("`additionalOperations` has `{method}`, which is a key of the path item itself.");
        return Some(RuleViolation::new(message, format!("Move the operation to `{key}`.")).at("additionalOperations"));
    }
    let is_invalid = |method: &&String| !is_token(method);
    if let Some(method) = additional.into_iter().flat_map(|operations| operations.keys()).find(is_invalid) {
        let message = format!("`{method}` is not a valid HTTP method.");
        return Some(
            RuleViolation::new(message, "Write the method as it is sent, such as `COPY`.").at("additionalOperations"),
        );
    }
    parameters(object, version)
}

/// Checks the rule for operations: the parameters describe the query once, as a whole or by its parameters.
pub(crate) fn parameters(object: &Map<String, Value>, version: OpenApiVersion) -> Option<RuleViolation> {
    if version < OpenApiVersion::V3_2 {
        return None;
    }
    let locations = object.get("parameters").and_then(Value::as_array).into_iter().flatten();
    let count = |wanted: &str| {
        let has_location = |parameter: &&Value| parameter.get("in").is_some_and(|location| location == wanted);
        locations.clone().filter(has_location).count()
    };
    match (count("querystring"), count("query")) {
        (0, _) | (1, 0) => None,
        (1, _) => Some(RuleViolation::new(
            "A querystring parameter describes the whole query, but there are query parameters too.",
            "Describe the query with one querystring parameter, or with query parameters.",
        )),
        _ => Some(RuleViolation::new(
            "Two querystring parameters describe the whole query.",
            "Describe the query with one querystring parameter.",
        )),
    }
    .map(|violation| violation.at("parameters"))
}

/// Checks the rule for responses: the names of the headers can be sent.
pub(crate) fn response(object: &Map<String, Value>, version: OpenApiVersion) -> Option<RuleViolation> {
    let headers = object.get("headers").and_then(Value::as_object).filter(|_| version >= OpenApiVersion::V3_2);
    let name = headers.into_iter().flat_map(|headers| headers.keys()).find(|name| !is_token(name))?;
    let message = format!("`{name}` is not a valid header name.");
    RuleViolation::new(message, "Write letters, digits and hyphens.").at("headers").repaired(
        "The header is skipped.",
        |object| {
            if let Some(Value::Object(headers)) = object.get_mut("headers") {
                headers.retain(|name, _| is_token(name));
            }
        },
    )
}

/// Checks the rule for the names of parameters: a header name is a token, and the name of a path parameter has no braces.
pub(super) fn parameter_name(location: &str, name: &str) -> Option<RuleViolation> {
    let message = match location {
        "header" if !is_token(name) => format!("`{name}` is not a valid header name."),
        "path" if name.contains(['{', '}']) => format!("The name `{name}` of a path parameter contains a brace."),
        _ => return None,
    };
    Some(RuleViolation::new(message, "Write a name of letters, digits and hyphens.").at("name"))
}

/// Returns whether a text is a token of HTTP, of which header names consist.
fn is_token(name: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_part)
}
