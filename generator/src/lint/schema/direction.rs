//! Finds required properties that never occur in messages, because of `readOnly` or `writeOnly`.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::finding::{Code, Findings};
use crate::lint::context::Context;
use crate::pointer::Pointer;
use crate::resolve::document::{Document, MediaType, ParameterValue, Schema, SchemaRef};

/// Reports required properties that never occur in messages: a `readOnly` property in a schema for requests only, or a
/// `writeOnly` property in a schema for responses only.
pub(crate) fn one_way(context: &Context<'_>, findings: &mut Findings) {
    if has_callbacks_or_webhooks(context.raw) {
        return;
    }
    let document = context.document;
    let (sent, received) = (sent(document), received(document));
    for schema in &context.schemas {
        let (is_sent, is_received) = (sent.contains(&schema.pointer), received.contains(&schema.pointer));
        for (name, property) in schema.required.iter().filter_map(|name| schema.properties.get_key_value(name)) {
            let Some(property) = document.resolved(property) else { continue };
            let (keyword, used, verb) = match (is_sent, is_received) {
                (true, false) if property.read_only => ("readOnly", "requests", "sent"),
                (false, true) if property.write_only => ("writeOnly", "responses", "received"),
                _ => continue,
            };
            findings.add(
                Code::OneWayProperty,
                &schema.pointer.join("properties").join(name),
                format!(
                    "The property `{name}` is required and `{keyword}`, but only {used} use the schema that declares it. The \
                     property is never {verb}."
                ),
                format!("If the API documentation requires the value, delete `{keyword}`. Otherwise, remove the property from \
                         `required`."),
            );
        }
    }
}

/// Returns whether the document has callbacks or webhooks. The server sends their requests, so a `readOnly` property may occur in
/// these requests, and a `writeOnly` property in the responses.
fn has_callbacks_or_webhooks(raw: &Value) -> bool {
    let items = raw.get("paths").and_then(Value::as_object).into_iter().flat_map(|paths| paths.values());
    let mut operations = items.filter_map(Value::as_object).flat_map(|item| item.values());
    let webhooks = ["webhooks", "x-webhooks"];
    webhooks.iter().any(|key| raw.get(key).is_some())
        || operations.any(|operation| operation.get("callbacks").is_some())
}

/// Returns the JSON Pointers of all schemas that occur in requests.
pub(crate) fn sent(document: &Document) -> HashSet<&Pointer> {
    reachable(document, request_schemas(document))
}

/// Returns the JSON Pointers of all schemas that occur in responses.
fn received(document: &Document) -> HashSet<&Pointer> {
    reachable(document, response_schemas(document))
}

fn request_schemas(document: &Document) -> impl Iterator<Item = &SchemaRef> {
    let parameters = document.operations.iter().flat_map(|operation| &operation.parameters);
    let in_parameters = parameters.filter_map(|parameter| match &parameter.value {
        ParameterValue::Schema(schema) => Some(schema),
        ParameterValue::Content(media) => media.schema.as_ref(),
    });
    let bodies = document.operations.iter().filter_map(|operation| operation.body.as_ref());
    in_parameters.chain(bodies.flat_map(|body| content_schemas(&body.content)))
}

fn response_schemas(document: &Document) -> impl Iterator<Item = &SchemaRef> {
    let responses = document.operations.iter().flat_map(|operation| &operation.responses);
    responses.flat_map(|response| {
        response.headers.iter().filter_map(|header| header.schema.as_ref()).chain(content_schemas(&response.content))
    })
}

fn content_schemas(content: &[MediaType]) -> impl Iterator<Item = &SchemaRef> {
    content.iter().filter_map(|media| media.schema.as_ref())
}

/// Returns the JSON Pointers of all schemas that are reachable from `roots`. A schema with a discriminator also reaches its
/// subtypes: the schemas whose `allOf` refers to it.
fn reachable<'d>(document: &'d Document, roots: impl Iterator<Item = &'d SchemaRef>) -> HashSet<&'d Pointer> {
    let mut open: Vec<&Schema> = roots.filter_map(|schema| document.resolved(schema)).collect();
    let subtypes = subtypes(document);
    let mut places = HashSet::new();
    while let Some(schema) = open.pop() {
        if !places.insert(&schema.pointer) {
            continue;
        }
        open.extend(schema.subschemas().filter_map(|child| document.resolved(child)));
        if schema.discriminator.is_some() {
            open.extend(subtypes.get(&schema.pointer).into_iter().flatten());
        }
    }
    places
}

/// Maps each schema to its subtypes: the components whose `allOf` refers to it.
fn subtypes(document: &Document) -> HashMap<&Pointer, Vec<&Schema>> {
    let mut subtypes: HashMap<&Pointer, Vec<&Schema>> = HashMap::new();
    for schema in document.schemas.values() {
        for base in schema.all_of.iter().filter_map(|part| document.resolved(part)) {
            subtypes.entry(&base.pointer).or_default().push(schema);
        }
    }
    subtypes
}

#[cfg(test)]
mod tests {
    use crate::lint::tests::places;

    fn found(operation: &str, flag: &str) -> Vec<String> {
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
    fn required_properties_of_the_other_direction_are_reported() {
        let id = "/components/schemas/A/properties/id";
        assert_eq!(found("requestBody: A, responses: {'204': {description: y}}", "readOnly: true"), [id]);
        assert_eq!(found("responses: {'200': A}", "writeOnly: true"), [id]);
        for (operation, flag) in [
            ("requestBody: A, responses: {'200': A}", "readOnly: true"),
            ("requestBody: A, responses: {'204': {description: y}}", "writeOnly: true"),
            ("responses: {'200': A}", "readOnly: true"),
        ] {
            assert_eq!(found(operation, flag), [""; 0], "{operation}");
        }
    }
}
