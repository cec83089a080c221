//! Validates `x-examples`. Each example is a complete request, and must match its operation.

use std::collections::HashSet;

use serde_json::Value;

use crate::check::example::report::check_ref;
use crate::check::operation::{path_parameter, path_template};
use crate::check::value::{Direction, Validator};
use crate::finding::{Code, Findings, Focus};
use crate::pointer::Pointer;
use crate::resolve::document::{
    Document, Location, Operation, OperationExample, Parameter, ParameterValue, SchemaRef, SchemeKind, Style,
};
use crate::suggestion::nearest;

/// The largest number of missing parameters for which an example has a finding each.
const MOST_MISSING: usize = 10;

/// The header in which a POST request names the HTTP method that the server executes, such as DELETE.
const METHOD_OVERRIDE: &str = "x-http-method-override";

/// Reports each example in `x-examples` whose request line, parameters or body does not match the operation.
pub(crate) fn examples(document: &Document, findings: &mut Findings) {
    let validator = Validator::new(document, Direction::Request).for_rust_types();
    let mismatches = path_parameter::mismatches(findings);
    for operation in &document.operations {
        let lists =
            [operation.pointer.join("parameters"), operation.pointer.parent().unwrap_or_default().join("parameters")];
        let is_incomplete = lists.iter().any(|list| findings.has_skipped(list) || findings.has_misspelling_of(list));
        if operation.examples.is_empty() || path_parameter::is_mismatched(&mismatches, operation) || is_incomplete {
            continue;
        }
        for example in &operation.examples {
            given_parameters(document, &validator, operation, example, findings);
            missing_parameters(document, operation, example, findings);
            body(&validator, operation, example, findings);
            method(operation, example, findings);
            target(operation, example, findings);
        }
    }
}

fn given_parameters<'d>(
    document: &'d Document,
    validator: &Validator<'d>,
    operation: &'d Operation,
    example: &OperationExample,
    findings: &mut Findings,
) {
    for (name, value) in &example.parameters {
        let place = example.pointer.join("parameters").join(name);
        let declared = operation.parameters.iter().find(|parameter| has_name(parameter, name));
        match declared.and_then(schema_of) {
            Some(schema) => check_ref(validator, schema, (&place, value), findings),
            None if declared.is_some() => {}
            None if is_credential(document, name, None) => {
                if !value.is_string() {
                    let message = format!("The credential `{name}` is not a string.");
                    contradiction(&place, message, "Put the credential in quotes.", findings);
                }
            }
            None => {
                let remedy = match similar_parameter(operation, name) {
                    Some(near) => format!("Did you mean `{near}`?"),
                    None => "Write the name of a parameter of the operation, or of a header that carries a credential."
                        .to_owned(),
                };
                let message = format!("The operation has no parameter `{name}`.");
                contradiction(&place, message, &remedy, findings);
                findings.set_focus(Focus::Key);
            }
        }
    }
}

/// Returns the name of the parameter of `operation` that is most similar to `name`; `None` if no name is similar.
fn similar_parameter<'d>(operation: &'d Operation, name: &str) -> Option<&'d str> {
    nearest(name, operation.parameters.iter().map(|parameter| parameter.name.as_str()), 3)
}

fn has_name(parameter: &Parameter, name: &str) -> bool {
    match parameter.location {
        Location::Header => parameter.name.eq_ignore_ascii_case(name),
        Location::Path | Location::Query | Location::Cookie => parameter.name == name,
    }
}

fn schema_of(parameter: &Parameter) -> Option<&SchemaRef> {
    match &parameter.value {
        ParameterValue::Schema(schema) => Some(schema),
        ParameterValue::Content(media) => media.schema.as_ref(),
    }
}

/// Returns whether a security scheme sends its credential in the header, query parameter or cookie `name`. If `location` is
/// given, an API key counts only if its `in` is that location.
fn is_credential(document: &Document, name: &str, location: Option<Location>) -> bool {
    document.security_schemes.values().any(|scheme| match &scheme.kind {
        SchemeKind::ApiKey { location: at, name: key } => {
            key.eq_ignore_ascii_case(name) && location.is_none_or(|location| location == *at)
        }
        SchemeKind::Basic | SchemeKind::Bearer | SchemeKind::OtherHttp(_) | SchemeKind::Signing { .. } => {
            name.eq_ignore_ascii_case("Authorization")
        }
    })
}

fn missing_parameters(document: &Document, operation: &Operation, example: &OperationExample, findings: &mut Findings) {
    let required = operation.parameters.iter().filter(|parameter| parameter.required);
    let lower: HashSet<String> = example.parameters.keys().map(|name| name.to_ascii_lowercase()).collect();
    let is_given = |parameter: &Parameter| match parameter.location {
        Location::Header => lower.contains(&parameter.name.to_ascii_lowercase()),
        Location::Path | Location::Query | Location::Cookie => example.parameters.contains_key(&parameter.name),
    };
    // A misspelt name in the example has already been reported, and explains why the parameter is missing.
    let meant: HashSet<&str> =
        example.parameters.keys().filter_map(|given| similar_parameter(operation, given)).collect();
    let is_missing = |parameter: &&Parameter| {
        let name = &parameter.name;
        !is_given(parameter)
            && !meant.contains(name.as_str())
            && !is_credential(document, name, Some(parameter.location))
    };
    let missing: Vec<&Parameter> = required.filter(is_missing).collect();
    for parameter in missing.iter().take(MOST_MISSING) {
        let name = &parameter.name;
        let remedy = format!("Add `{name}` to the `parameters` of the example.");
        let message = format!("The example has no value for `{name}`, which the operation requires.");
        contradiction(&example.pointer, message, &remedy, findings);
    }
    if let Some(others @ 1..) = missing.len().checked_sub(MOST_MISSING) {
        let message = format!("The example has no values for {others} further parameters that the operation requires.");
        contradiction(&example.pointer, message, "Add all required parameters to the example.", findings);
    }
}

fn body<'d>(validator: &Validator<'d>, operation: &'d Operation, example: &OperationExample, findings: &mut Findings) {
    let place = example.pointer.join("body");
    match (&example.body, &operation.body) {
        (Some(value), Some(body)) => {
            let media = body.content.iter().find(|media| media.is_json()).or(body.content.first());
            if let Some(schema) = media.and_then(|media| media.schema.as_ref()) {
                check_ref(validator, schema, (&place, value), findings);
            }
        }
        (Some(_), None) => {
            let declared = operation.pointer.join("requestBody");
            if findings.has_skipped(&declared) || findings.has_misspelling_of(&declared) {
                return;
            }
            let message = "The example has a body, but the operation has none.";
            contradiction(&place, message.to_owned(), "Delete the body, or add `requestBody`.", findings);
        }
        (None, Some(body)) if body.required => {
            let message = "The example has no body, but the operation requires one.";
            contradiction(&example.pointer, message.to_owned(), "Add `body` to the example.", findings);
        }
        (None, _) => {}
    }
}

fn method(operation: &Operation, example: &OperationExample, findings: &mut Findings) {
    let method = example.request.split(' ').next().unwrap_or_default();
    let named = example.parameters.keys().chain(example.headers.keys());
    let is_override = method == "POST" && named.into_iter().any(|name| name.eq_ignore_ascii_case(METHOD_OVERRIDE));
    if method != operation.method && !is_override {
        let message = format!("The example has the HTTP method {method}, but the operation has {}.", operation.method);
        let remedy = format!("Start the request line with `{}`.", operation.method);
        contradiction(&example.pointer.join("request"), message, &remedy, findings);
    }
}

/// Checks that the path in the request line is the path template filled with the parameter values of the example.
fn target(operation: &Operation, example: &OperationExample, findings: &mut Findings) {
    let text = |parameter: &Parameter| match example.parameters.get(&parameter.name)? {
        Value::String(text) => Some(text.clone()),
        scalar @ (Value::Number(_) | Value::Bool(_)) => Some(scalar.to_string()),
        _ => None,
    };
    let value = |name: &str| {
        let named = |parameter: &&Parameter| parameter.location == Location::Path && parameter.name == name;
        let parameter = operation.parameters.iter().find(named)?;
        // Parameters with a style other than `simple` are not checked here. The test that is generated from the example checks
        // them.
        let is_plain = parameter.style == Style::Simple && matches!(parameter.value, ParameterValue::Schema(_));
        let text = if is_plain { text(parameter)? } else { return None };
        Some(if parameter.odata_literal { text.replace('\'', "''") } else { text })
    };
    // If a value is missing, another check reports it.
    let Some(expected) = path_template::expand(&operation.path, value) else { return };
    let target = example.request.split_once(' ').map_or("", |(_, target)| target.trim());
    let path = if expected.contains('?') { target } else { target.split('?').next().unwrap_or_default() };
    if path != expected {
        let message = format!("The request line has the path `{path}`, but the parameters result in `{expected}`.");
        let remedy = "Correct the request line or the parameters. In a value, every byte is percent-encoded except ASCII letters, \
                      digits, `-`, `.`, `_` and `~`.";
        contradiction(&example.pointer.join("request"), message, remedy, findings);
    }
}

fn contradiction(place: &Pointer, message: String, remedy: &str, findings: &mut Findings) {
    findings.add(Code::ExampleInvalid, place, message, remedy);
}

#[cfg(test)]
mod tests {
    use crate::check::tests::codes_and_places;

    fn found(example: &str) -> Vec<String> {
        let text = format!(
            "paths:\n  /a/{{id}}:\n    post:\n      parameters:\n      \
             - {{name: id, in: path, required: true, schema: {{type: string, maxLength: 2}}}}\n      \
             - {{name: X-Token, in: header, required: true, schema: {{minLength: 1}}}}\n      \
             requestBody: {{required: true, content: {{application/json: {{schema: {{type: object}}}}}}}}\n      \
             responses: {{}}\n      x-examples: [{{name: a, {example}}}]\n    get:\n      parameters:\n      \
             - {{name: id, in: path, required: true, schema: {{}}}}\n      responses: {{}}\n\
             components:\n  securitySchemes:\n    t: {{type: apiKey, in: header, name: X-Token}}\n    \
             b: {{type: http, scheme: bearer}}\n"
        );
        let found = codes_and_places(&text);
        found.into_iter().map(|line| line.replace("/paths/~1a~1{id}/post/x-examples/0", "")).collect()
    }

    #[test]
    fn a_request_that_fits_its_operation_has_no_findings() {
        assert_eq!(found("request: POST /a/1, parameters: {id: '1'}, body: {}"), [""; 0]);
        let credentials = "request: POST /a/1, parameters: {id: '1', x-token: t, Authorization: Bearer x}, body: {}";
        assert_eq!(found(credentials), [""; 0]);
    }

    #[test]
    fn every_contradiction_is_reported() {
        assert_eq!(
            found("request: GET /a/1, parameters: {id: abc, other: 1, X-Token: ''}"),
            [
                "example-invalid /parameters/id",
                "example-invalid /parameters/other",
                "example-invalid /parameters/X-Token",
                "example-invalid ",
                "example-invalid /request",
                "example-invalid /request",
            ]
        );
        assert_eq!(
            found("request: POST /a/1, parameters: {}, body: []"),
            ["example-invalid ", "example-invalid /body"]
        );
    }

    #[test]
    fn the_request_line_must_match_the_expanded_template() {
        let findings_for = |id: &str, target: &str| {
            found(&format!("request: 'POST {target}', parameters: {{id: '{id}', X-Token: t}}, body: {{}}"))
        };
        assert_eq!(findings_for("a/", "/a/a%2F"), [""; 0]);
        assert_eq!(findings_for("1", "/a/1?q=2"), [""; 0]);
        for wrong in ["/b/1", "/a/%31", "/a/1/", "/a/2"] {
            assert_eq!(findings_for("1", wrong), ["example-invalid /request"], "{wrong}");
        }
        assert_eq!(findings_for("a/", "/a/a%2f"), ["example-invalid /request"]);
    }

    #[test]
    fn an_acknowledged_example_has_no_findings() {
        let example =
            "request: POST /a/1, parameters: {id: abc}, body: {}, x-acknowledge: {example-invalid: as printed}";
        assert_eq!(found(example), [""; 0]);
    }
}
