//! Reads webhooks, and the callbacks of operations, in documents of OpenAPI 3.1 and later.

use openapiv3::{PathItem, ReferenceOr};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::finding::Code;
use crate::load::grammar::METHODS;
use crate::load::typed_view;
use crate::pointer::Pointer;
use crate::resolve::context::Context;
use crate::resolve::document::{Header, Location, Operation, Parameter, ParameterValue, Webhook};
use crate::resolve::operation::spec_of;
use crate::resolve::reference::follow;
use crate::resolve::{extension, parameter, reference, request_body};

/// Reads `webhooks`, then the callbacks of `operations`.
pub(super) fn webhooks(cx: &mut Context<'_>, operations: &[Operation]) -> Vec<Webhook> {
    let mut found = Vec::new();
    if !cx.version.has_json_schema() {
        return found;
    }
    let place = Pointer::root().join("webhooks");
    for (name, item) in members(cx.value_at(&place)) {
        read_item(cx, item, &place.join(name), (name, "The webhook"), &mut found);
    }
    for operation in operations {
        let owner = operation.id.clone().unwrap_or_else(|| format!("{} {}", operation.method, operation.path));
        let title = format!("A callback of `{owner}`");
        let place = operation.pointer.join("callbacks");
        for (name, callback) in members(cx.value_at(&place)) {
            let Some((place, callback)) = followed(cx, callback, place.join(name)) else { continue };
            for (expression, item) in members(Some(callback)).filter(|(expression, _)| !expression.starts_with("x-")) {
                let name = format!("{owner} {name}");
                read_item(cx, item, &place.join(expression), (&name, &title), &mut found);
            }
        }
    }
    found
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flat_map(Map::iter)
}

/// Follows the reference in place of a callback.
fn followed<'a>(cx: &mut Context<'a>, value: &'a Value, place: Pointer) -> Option<(Pointer, &'a Value)> {
    match value.get("$ref").and_then(Value::as_str) {
        Some(text) => reference::target(cx, text, &place),
        None => Some((place, value)),
    }
}

/// Reads the operations of a path item. `names` are the name of the webhook and its title.
fn read_item(cx: &mut Context<'_>, value: &Value, place: &Pointer, names: (&str, &str), found: &mut Vec<Webhook>) {
    let view = typed_view::of_object(value, "paths", cx.version);
    let Ok(item) = ReferenceOr::<PathItem>::deserialize(&*view) else { return };
    let Some((place, item)) = follow(cx, &item, place) else { return };
    let shared = parameter::parameters(cx, &item.parameters, &place.join("parameters"));
    let methods = cx.value_at(&place).and_then(Value::as_object).into_iter().flat_map(|item| item.keys());
    let methods: Vec<&String> = methods.filter(|method| METHODS.contains(&method.as_str())).collect();
    for method in &methods {
        let Some(spec) = spec_of(&item, method) else { continue };
        let pointer = place.join(method.as_str());
        let own = parameter::parameters(cx, &spec.parameters, &pointer.join("parameters"));
        let body = spec.request_body.as_ref();
        let body = body.and_then(|body| request_body::request_body(cx, body, &pointer.join("requestBody")));
        let source = extension::source(cx, spec.extensions.get("x-source"), &pointer);
        let parameters = parameter::merged(&shared, own);
        parameters.iter().for_each(|parameter| report_unread(cx, parameter));
        found.push(Webhook {
            tags: spec.tags.clone(),
            source,
            name: if methods.len() > 1 { format!("{} {method}", names.0) } else { names.0.to_owned() },
            title: names.1.to_owned(),
            summary: spec.summary.clone().or_else(|| item.summary.clone()),
            description: spec.description.clone().or_else(|| item.description.clone()),
            deprecated: spec.deprecated,
            headers: parameters.into_iter().filter_map(header).collect(),
            body,
            pointer,
        });
    }
}

/// Reports a parameter that is no header: the function of a webhook gets the headers and the payload.
fn report_unread(cx: &mut Context<'_>, parameter: &Parameter) {
    if parameter.location != Location::Header {
        let message = format!("The function of a webhook does not read the parameter `{}`.", parameter.name);
        cx.findings.add(Code::NoEffect, &parameter.pointer, message, "Read it from the request yourself.");
    }
}

/// Returns a header parameter as a header; `None` for other parameters.
fn header(parameter: Parameter) -> Option<Header> {
    let schema = match parameter.value {
        ParameterValue::Schema(schema) => Some(schema),
        ParameterValue::Content(_) => None,
    };
    (parameter.location == Location::Header).then_some(Header {
        pointer: parameter.pointer,
        name: parameter.name,
        description: parameter.description,
        required: parameter.required,
        schema,
        examples: parameter.examples,
    })
}

#[cfg(test)]
mod tests {
    use crate::finding::Findings;
    use crate::load::load;
    use crate::options::SchemaReading;
    use crate::resolve::resolve;

    #[test]
    fn webhooks_and_callbacks_are_read() {
        let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\nwebhooks:\n  new-pet: {$ref: '#/components/pathItems/P'}\n\
                    paths:\n  /a:\n    post:\n      operationId: subscribe\n      callbacks: {done: {'{$url}': {post: {}}}}\n\
                    components:\n  pathItems:\n    P: {parameters: [{name: X-Sign, in: header, schema: {type: string}}], \
                    post: {summary: S., requestBody: {content: {application/json: {schema: {type: string}}}}}}\n";
        let mut findings = Findings::new("test.yaml");
        let document = load("test.yaml", text, &mut findings).expect("a document");
        let document =
            resolve(&document, SchemaReading::default(), &mut findings).expect("a document within the limits");
        let seen: Vec<_> = document
            .webhooks
            .iter()
            .map(|webhook| {
                (webhook.name.as_str(), webhook.pointer.as_str(), webhook.headers.len(), webhook.body.is_some())
            })
            .collect();
        assert_eq!(
            seen,
            [
                ("new-pet", "/components/pathItems/P/post", 1, true),
                ("subscribe done", "/paths/~1a/post/callbacks/done/{$url}/post", 0, false),
            ]
        );
        assert_eq!(findings.iter().count(), 0, "{:?}", findings.iter().next());
    }
}
