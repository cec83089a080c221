//! Keywords that decide nothing where they stand, or that exclude each other.

use std::collections::HashSet;

use serde_json::Value;

use crate::finding::{Code, Findings};
use crate::lint::{Linted, sites};
use crate::load::grammar::visit;
use crate::resolve::document::{AdditionalProperties, MediaType};
use crate::suggestion;

/// The lists of a schema have something in them, and name nothing twice.
pub(crate) fn lists(linted: &Linted<'_>, findings: &mut Findings) {
    for schema in sites::schemas(linted.document) {
        let Some(written) = linted.raw.pointer(schema.pointer.as_str()) else { continue };
        for keyword in ["required", "oneOf", "anyOf", "allOf"] {
            let is_empty = written.get(keyword).and_then(Value::as_array).is_some_and(Vec::is_empty);
            if is_empty && !findings.has_skipped(&schema.pointer.join(keyword)) {
                let message =
                    format!("`{keyword}` is an empty list, which decides nothing; OpenAPI wants one item at least.");
                let remedy = "Delete it, or write what it is to list.";
                findings.add(Code::DoubtfulKeyword, &schema.pointer.join(keyword), message, remedy);
            }
        }
        let mut seen = HashSet::new();
        for (index, name) in schema.required.iter().enumerate().filter(|(_, name)| !seen.insert(*name)) {
            let remedy = "Delete it, or name the member that is meant.";
            let place = schema.pointer.join("required").join(index);
            findings.add(Code::DoubtfulKeyword, &place, format!("`{name}` is required twice."), remedy);
        }
    }
}

/// `example` and `examples` do not stand side by side.
pub(crate) fn examples(linted: &Linted<'_>, findings: &mut Findings) {
    visit::objects(linted.raw, &mut |members, place| {
        let has_several = members.get("examples").is_some_and(Value::is_object);
        if members.contains_key("example") && has_several && !members.contains_key("type") {
            let message = "`example` and `examples` exclude each other in OpenAPI; readers show one of them.";
            let remedy = "Move it below `examples`, under a name of its own: `name: {value: …}`.";
            findings.add(Code::DoubtfulKeyword, &place.join("example"), message, remedy);
        }
    });
}

/// Methods whose requests HTTP gives no body. That of DELETE is asked for by services all the same.
const WITHOUT_BODY: &[&str] = &["GET", "HEAD", "TRACE"];

/// No request has a body that HTTP gives no meaning.
pub(crate) fn bodies(linted: &Linted<'_>, findings: &mut Findings) {
    for operation in &linted.document.operations {
        let carries = operation.body.iter().flat_map(|body| &body.content).any(|media| !is_empty(linted, media));
        if carries && WITHOUT_BODY.contains(&operation.method.as_str()) {
            let message = format!(
                "The body of a {} has no meaning in HTTP: it is sent, and may be dropped on the way.",
                operation.method
            );
            let remedy = "Compare the method with the page, or describe the values as parameters.";
            findings.add(Code::DoubtfulKeyword, &operation.pointer.join("requestBody"), message, remedy);
        }
    }
}

/// Whether the media type is that of an object without members, which generators write where there is no body.
fn is_empty(linted: &Linted<'_>, media: &MediaType) -> bool {
    let schema = media.schema.as_ref().and_then(|schema| sites::resolved(linted.document, schema));
    schema.is_some_and(|schema| {
        schema.properties.is_empty() && matches!(schema.additional_properties, AdditionalProperties::Forbidden)
    })
}

/// The default of each variable of a server is among the values that it may have.
pub(crate) fn variables(linted: &Linted<'_>, findings: &mut Findings) {
    let of_operations = linted.document.operations.iter().flat_map(|operation| &operation.servers);
    for server in linted.document.servers.iter().chain(of_operations) {
        for (name, variable) in &server.variables {
            if variable.enum_values.is_empty() || variable.enum_values.contains(&variable.default) {
                continue;
            }
            let default = &variable.default;
            let remedy = match suggestion::nearest(default, variable.enum_values.iter().map(String::as_str), 3) {
                Some(near) => format!("Did you mean `{near}`?"),
                None => "Add it to `enum`, or take one of the values.".to_owned(),
            };
            let message = format!("The default `{default}` of `{name}` is none of the values that `enum` lists.");
            let place = server.pointer.join("variables").join(name).join("default");
            findings.add(Code::DoubtfulServer, &place, message, remedy);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::tests::{places, places_in_schemas};

    #[test]
    fn lists_that_decide_nothing_are_told() {
        let told = |schema: &str| places_in_schemas("doubtful-keyword", &format!("A: {schema}"));
        for keyword in ["required", "oneOf", "anyOf", "allOf"] {
            assert_eq!(told(&format!("{{{keyword}: []}}")), [format!("/A/{keyword}")]);
        }
        assert_eq!(told("{required: [a, b, a], properties: {a: {}, b: {}}}"), ["/A/required/2"]);
        assert_eq!(told("{required: [a], properties: {a: {}, required: {}}}"), [""; 0]);
    }

    #[test]
    fn what_excludes_each_other_and_what_has_no_meaning_is_told() {
        let told = |method: &str, media: &str| {
            let body = format!("requestBody: {{content: {{application/json: {media}}}}}");
            places(
                "doubtful-keyword",
                &format!("paths:\n  /a:\n    {method}: {{{body}, responses: {{'204': {{description: y}}}}}}\n"),
            )
        };
        let body = "/paths/~1a/post/requestBody/content/application~1json";
        assert_eq!(told("post", "{example: 1, examples: {a: {value: 1}}}"), [format!("{body}/example")]);
        assert_eq!(told("post", "{example: 1}"), [""; 0]);
        assert_eq!(told("get", "{}"), ["/paths/~1a/get/requestBody"]);
        assert_eq!(told("delete", "{}"), [""; 0]);
        let empty = "{schema: {type: object, properties: {}, additionalProperties: false}}";
        assert_eq!(told("get", empty), [""; 0]);
    }

    #[test]
    fn a_default_is_among_the_values() {
        let told = |variable: &str| {
            places(
                "doubtful-server",
                &format!("servers: [{{url: 'https://{{v}}.example', variables: {{v: {variable}}}}}]\npaths: {{}}\n"),
            )
        };
        assert_eq!(told("{default: c, enum: [a, b]}"), ["/servers/0/variables/v/default"]);
        assert_eq!(told("{default: b, enum: [a, b]}"), [""; 0]);
        assert_eq!(told("{default: b}"), [""; 0]);
    }
}
