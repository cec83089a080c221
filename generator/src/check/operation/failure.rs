//! Finds each `x-failure` whose `pointer` refers to no property of the response. Such an `x-failure` would never detect a
//! failure.

use crate::finding::{Code, Findings, Focus};
use crate::pointer::Pointer;
use crate::resolve::document::{AdditionalProperties, Document, Response, Schema, SchemaRef};
use crate::suggestion::nearest;

/// Reports each `x-failure` with a `pointer` that refers to no property of the response schema.
pub(crate) fn pointers(document: &Document, findings: &mut Findings) {
    for response in document.operations.iter().flat_map(|operation| &operation.responses) {
        let Some(failure) = &response.failure else { continue };
        let Some(pointer) = Pointer::parse(&failure.pointer) else { continue };
        let Some((name, properties)) = unknown_property(document, response, &pointer) else { continue };
        let place = response.pointer.join("x-failure").join("pointer");
        let remedy = match nearest(&name, properties.into_iter(), 3) {
            Some(meant) => format!("Did you mean `{meant}`?"),
            None => format!("Name a property of the response, or add `{name}` to its schema."),
        };
        let message = format!("`x-failure` refers to `{name}`, but the schema of the response has no such property.");
        findings.add(Code::ExtensionShape, &place, message, remedy);
        findings.set_focus(Focus::Value);
    }
}

/// Finds the first token of `pointer` that is not a property in any schema of `response`. Returns this token, and the properties
/// that the schemas declare at its depth.
///
/// Returns `None` if every token is a property, or if a schema at this depth allows undeclared members.
fn unknown_property<'d>(
    document: &'d Document,
    response: &'d Response,
    pointer: &Pointer,
) -> Option<(String, Vec<&'d str>)> {
    let media = response.content.iter().filter(|media| media.is_json());
    let mut here: Vec<&SchemaRef> = media.map(|media| media.schema.as_ref()).collect::<Option<_>>()?;
    for name in pointer.tokens() {
        let around =
            document.reachable_schemas(here, |schema| schema.all_of.iter().chain(&schema.one_of).chain(&schema.any_of));
        let holders = around.iter().filter_map(|schema| schema.properties.get(&name));
        here = holders.collect();
        if here.is_empty() {
            let names: Vec<&str> =
                around.iter().flat_map(|schema| schema.properties.keys().map(String::as_str)).collect();
            let is_unknown = !names.is_empty() && !around.iter().any(|schema| is_open(schema));
            return is_unknown.then_some((name, names));
        }
    }
    None
}

/// Returns whether a schema explicitly allows undeclared members, or allows any members because it declares no properties.
fn is_open(schema: &Schema) -> bool {
    let is_composed = [&schema.all_of, &schema.one_of, &schema.any_of].iter().any(|parts| !parts.is_empty());
    match schema.additional_properties {
        AdditionalProperties::Any | AdditionalProperties::Schema(_) => true,
        AdditionalProperties::Absent | AdditionalProperties::Forbidden => schema.properties.is_empty() && !is_composed,
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::codes_and_places;

    fn found(pointer: &str, schema: &str) -> Vec<String> {
        let findings = codes_and_places(&format!(
            "paths:\n  /a:\n    get:\n      responses:\n        200:\n          description: ''\n          \
             x-failure: {{pointer: {pointer}, when: non-empty}}\n          \
             content: {{application/json: {{schema: {schema}}}}}\n\
             components:\n  schemas:\n    E: {{type: object, properties: {{error: {{type: object, properties: {{id: {{}}}}}}}}}}\n"
        ));
        findings.into_iter().filter(|line| !line.starts_with("missing-operation-id")).collect()
    }

    #[test]
    fn pointers_to_unknown_properties_are_reported() {
        let expected = ["extension-shape /paths/~1a/get/responses/200/x-failure/pointer"];
        let reference = "{$ref: '#/components/schemas/E'}";
        for known in ["/error", "/error/id", "/error/id/deep"] {
            assert_eq!(found(known, reference), [""; 0], "{known}");
        }
        for unknown in ["/eror", "/error/name", "/other"] {
            assert_eq!(found(unknown, reference), expected, "{unknown}");
        }
        let both = "{allOf: [{$ref: '#/components/schemas/E'}, {type: object, properties: {b: {}}}]}";
        assert_eq!((found("/b", both), found("/error/id", both)), (Vec::new(), Vec::new()));
        assert_eq!(found("/errors", both), expected);
        for open in ["{}", "{type: object}", "{properties: {a: {}}, additionalProperties: true}"] {
            assert_eq!(found("/b", open), [""; 0], "{open}");
        }
        assert_eq!(found("/b", &format!("{{oneOf: [{reference}, {{}}]}}")), [""; 0]);
    }
}
