//! Required properties that never travel.

use std::collections::HashSet;

use serde_json::Value;

use crate::finding::{Code, Findings};
use crate::lint::{Linted, sites};
use crate::pointer::Pointer;
use crate::resolve::document::{Document, MediaType, ParameterValue, Schema, SchemaRef};

/// No required property is `readOnly` in a schema that is only sent, or `writeOnly` in one that is only received.
pub(crate) fn one_way(linted: &Linted<'_>, findings: &mut Findings) {
    if turns_round(linted.raw) {
        return;
    }
    let document = linted.document;
    let (sent, received) = (sent(document), received(document));
    for schema in sites::schemas(document) {
        let (is_sent, is_received) = (sent.contains(&schema.pointer), received.contains(&schema.pointer));
        for (name, property) in schema.required.iter().filter_map(|name| schema.properties.get_key_value(name)) {
            let Some(property) = sites::resolved(document, property) else { continue };
            let (keyword, way) = match (is_sent, is_received) {
                (true, false) if property.read_only => ("readOnly", "only sent"),
                (false, true) if property.write_only => ("writeOnly", "only received"),
                _ => continue,
            };
            findings.add(
                Code::OneWayProperty,
                &schema.pointer.join("properties").join(name),
                format!("`{name}` is required and `{keyword}`, and values of this schema are {way}: it never travels."),
                format!(
                    "Remove `{keyword}` where the page asks for the value, or take the property out of `required`."
                ),
            );
        }
    }
}

/// Whether requests come back to the caller, so that what is sent is received elsewhere.
fn turns_round(raw: &Value) -> bool {
    let items = raw.get("paths").and_then(Value::as_object).into_iter().flat_map(|paths| paths.values());
    let mut operations = items.filter_map(Value::as_object).flat_map(|item| item.values());
    let webhooks = ["webhooks", "x-webhooks"];
    webhooks.iter().any(|key| raw.get(key).is_some())
        || operations.any(|operation| operation.get("callbacks").is_some())
}

/// The places of all schemas that requests lead to.
pub(crate) fn sent(document: &Document) -> HashSet<&Pointer> {
    reached(document, requested(document))
}

/// The places of all schemas that responses lead to.
fn received(document: &Document) -> HashSet<&Pointer> {
    reached(document, answered(document))
}

fn requested(document: &Document) -> impl Iterator<Item = &SchemaRef> {
    let parameters = document.operations.iter().flat_map(|operation| &operation.parameters);
    let in_parameters = parameters.filter_map(|parameter| match &parameter.value {
        ParameterValue::Schema(schema) => Some(schema),
        ParameterValue::Content(media) => media.schema.as_ref(),
    });
    let bodies = document.operations.iter().filter_map(|operation| operation.body.as_ref());
    in_parameters.chain(bodies.flat_map(|body| schemas_of(&body.content)))
}

fn answered(document: &Document) -> impl Iterator<Item = &SchemaRef> {
    let responses = document.operations.iter().flat_map(|operation| &operation.responses);
    responses.flat_map(|response| {
        response.headers.iter().filter_map(|header| header.schema.as_ref()).chain(schemas_of(&response.content))
    })
}

fn schemas_of(content: &[MediaType]) -> impl Iterator<Item = &SchemaRef> {
    content.iter().filter_map(|media| media.schema.as_ref())
}

/// The places of all schemas that `from` lead to. A schema that tells subtypes apart by name leads to each of them.
fn reached<'d>(document: &'d Document, from: impl Iterator<Item = &'d SchemaRef>) -> HashSet<&'d Pointer> {
    let mut open: Vec<&Schema> = from.filter_map(|schema| sites::resolved(document, schema)).collect();
    let mut places = HashSet::new();
    while let Some(schema) = open.pop() {
        if !places.insert(&schema.pointer) {
            continue;
        }
        open.extend(schema.subschemas().filter_map(|child| sites::resolved(document, child)));
        if schema.discriminator.is_some() {
            open.extend(document.schemas.values().filter(|other| builds_on(document, other, schema)));
        }
    }
    places
}

fn builds_on(document: &Document, schema: &Schema, base: &Schema) -> bool {
    let members = schema.all_of.iter().filter_map(|member| sites::resolved(document, member));
    members.into_iter().any(|member| member.pointer == base.pointer)
}

#[cfg(test)]
mod tests {
    use crate::lint::tests::places;

    fn told(operation: &str, flag: &str) -> Vec<String> {
        let content = "{content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}, description: y}";
        let operation = operation.replace('A', content);
        places(
            "one-way-property",
            &format!(
                "paths:\n  /a:\n    put: {{{operation}}}\n\
                 components: {{schemas: {{A: {{required: [id], properties: {{id: {{type: string, {flag}}}}}}}}}}}\n"
            ),
        )
    }

    #[test]
    fn a_required_property_travels() {
        let id = "/components/schemas/A/properties/id";
        assert_eq!(told("requestBody: A, responses: {'204': {description: y}}", "readOnly: true"), [id]);
        assert_eq!(told("responses: {'200': A}", "writeOnly: true"), [id]);
        for (operation, flag) in [
            ("requestBody: A, responses: {'200': A}", "readOnly: true"),
            ("requestBody: A, responses: {'204': {description: y}}", "writeOnly: true"),
            ("responses: {'200': A}", "readOnly: true"),
        ] {
            assert_eq!(told(operation, flag), [""; 0], "{operation}");
        }
    }
}
