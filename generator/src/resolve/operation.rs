//! Reads path items, operations and responses.

use indexmap::IndexMap;
use openapiv3::{PathItem, Responses, StatusCode};
use serde::Deserialize;
use serde_json::Value;

use crate::finding::Code;
use crate::load::{OpenApiVersion, typed_view};
use crate::pointer::Pointer;
use crate::resolve::context::Context;
use crate::resolve::document::{Operation, Parameter, Response, SecurityScheme, Server, Status};
use crate::resolve::reference::follow;
use crate::resolve::{
    extension, idempotency, media_type, overload, pagination, parameter, request_body, security, server,
};

/// Reads all operations, in document order.
pub(super) fn operations(cx: &mut Context<'_>, schemes: &IndexMap<String, SecurityScheme>) -> Vec<Operation> {
    let openapi = cx.openapi;
    let mut operations = Vec::new();
    for (path, item) in openapi.paths.iter() {
        let Some((place, item)) = follow(cx, item, &Pointer::root().join("paths").join(path)) else {
            continue;
        };
        let shared = parameter::parameters(cx, &item.parameters, &place.join("parameters"));
        let item = Item { path, place, spec: &item, shared };
        // Take the order of the HTTP methods from the raw tree, because `openapiv3` does not keep this order.
        let members = cx.value_at(&item.place).and_then(Value::as_object).into_iter().flat_map(|item| item.keys());
        for method in members {
            let place = item.place.join(method);
            if let Some(spec) = spec_of(item.spec, method) {
                operations.push(operation(cx, &item, (method, place), spec, schemes));
            } else if cx.version >= OpenApiVersion::V3_2 && method == "query" {
                let spec = unread_operation(cx, &place);
                operations.extend(spec.map(|spec| operation(cx, &item, (method, place), &spec, schemes)));
            } else if cx.version >= OpenApiVersion::V3_2 && method == "additionalOperations" {
                operations.extend(additional_operations(cx, &item, &place, schemes));
            }
        }
    }
    operations
}

/// Reads an operation that the types of `openapiv3` do not have.
fn unread_operation(cx: &Context<'_>, place: &Pointer) -> Option<openapiv3::Operation> {
    openapiv3::Operation::deserialize(&*typed_view::of_object(cx.value_at(place)?, "operations", cx.version)).ok()
}

/// Reads `additionalOperations`: operations with other methods than those that are keys of a path item.
fn additional_operations(
    cx: &mut Context<'_>,
    item: &Item<'_>,
    place: &Pointer,
    schemes: &IndexMap<String, SecurityScheme>,
) -> Vec<Operation> {
    let mut operations = Vec::new();
    for method in cx.value_at(place).and_then(Value::as_object).into_iter().flat_map(|methods| methods.keys()) {
        let place = place.join(method);
        // `CONNECT` asks a proxy for a tunnel, and has no path.
        if method == "CONNECT" {
            let message = "copperplate sends no requests with the method `CONNECT`, so the operation is not generated.";
            cx.findings.add(Code::NoEffect, &place, message, "Send the request yourself, or delete the operation.");
        } else if let Some(spec) = unread_operation(cx, &place) {
            let operation = operation(cx, item, (method, place), &spec, schemes);
            operations.push(Operation { method: method.clone(), ..operation });
        }
    }
    operations
}

/// A path item with its path template, its JSON Pointer, and the parameters that its operations share.
struct Item<'i> {
    path: &'i str,
    place: Pointer,
    spec: &'i PathItem,
    shared: Vec<Parameter>,
}

/// Returns the operation of `item` under the key `method`, such as `get`. Returns `None` if the key is not an HTTP method.
pub(super) fn spec_of<'i>(item: &'i PathItem, method: &str) -> Option<&'i openapiv3::Operation> {
    let operation = match method {
        "get" => &item.get,
        "put" => &item.put,
        "post" => &item.post,
        "delete" => &item.delete,
        "options" => &item.options,
        "head" => &item.head,
        "patch" => &item.patch,
        "trace" => &item.trace,
        _ => &None,
    };
    operation.as_ref()
}

fn operation(
    cx: &mut Context<'_>,
    item: &Item<'_>,
    (method, place): (&str, Pointer),
    spec: &openapiv3::Operation,
    schemes: &IndexMap<String, SecurityScheme>,
) -> Operation {
    let own = parameter::parameters(cx, &spec.parameters, &place.join("parameters"));
    let security = match &spec.security {
        Some(own) => security::requirements(cx, own, &place.join("security"), schemes),
        None => {
            let shared = cx.openapi.security.as_deref().unwrap_or_default();
            security::requirements(cx, shared, &Pointer::root().join("security"), schemes)
        }
    };
    let body =
        spec.request_body.as_ref().and_then(|body| request_body::request_body(cx, body, &place.join("requestBody")));
    Operation {
        id: spec.operation_id.clone().filter(|id| !id.trim().is_empty()),
        method: method.to_ascii_uppercase(),
        path: item.path.to_owned(),
        tags: spec.tags.clone(),
        summary: spec.summary.clone(),
        description: spec.description.clone(),
        deprecated: spec.deprecated,
        parameters: parameter::merged(&item.shared, own),
        body,
        responses: responses(cx, &spec.responses, &place.join("responses")),
        security,
        servers: servers(item, spec, &place),
        source: extension::source(cx, spec.extensions.get("x-source"), &place),
        overload: overload::overload(cx, &spec.extensions, &place, item.path),
        fixed_headers: extension::fixed_headers(cx, &spec.extensions, &place),
        is_idempotent: idempotency::is_idempotent(cx, &spec.extensions, &place),
        idempotency_key: idempotency::idempotency_key(cx, method, &spec.extensions, &place),
        pagination: pagination::pagination(cx, &spec.extensions, &place),
        examples: extension::examples(cx, &spec.extensions, &place),
        pointer: place,
    }
}

/// Returns the `servers` of an operation, or of its path item if the operation has none. The list is empty if neither has
/// `servers`.
fn servers(item: &Item<'_>, spec: &openapiv3::Operation, place: &Pointer) -> Vec<Server> {
    match (spec.servers.as_slice(), item.spec.servers.as_slice()) {
        ([], shared) => server::servers(shared, &item.place.join("servers")),
        (own, _) => server::servers(own, &place.join("servers")),
    }
}

/// Reads the `responses` at `place`.
fn responses(cx: &mut Context<'_>, spec: &Responses, place: &Pointer) -> Vec<Response> {
    let mut responses: Vec<Response> = Vec::new();
    // Take the order of the keys from the raw tree, because `openapiv3` does not keep the position of `default`.
    for key in cx.value_at(place).and_then(Value::as_object).into_iter().flat_map(|responses| responses.keys()) {
        let Some(status) = status(key) else { continue };
        let item = match status {
            Status::Default => spec.default.as_ref(),
            Status::Code(code) => spec.responses.get(&StatusCode::Code(code)),
            Status::Range(class) => spec.responses.get(&StatusCode::Range(class.into())),
        };
        let Some((pointer, response)) = item.and_then(|item| follow(cx, item, &place.join(key))) else {
            continue;
        };
        responses.push(Response {
            status,
            description: response.description.clone(),
            headers: media_type::headers(cx, &response.headers, &pointer.join("headers")),
            content: media_type::content(cx, &response.content, &pointer.join("content")),
            failure: extension::failure(cx, &response.extensions, &pointer),
            pointer,
        });
    }
    responses
}

/// Parses a key of `responses`. Returns `None` for an extension such as `x-a`.
fn status(key: &str) -> Option<Status> {
    match key.as_bytes() {
        b"default" => Some(Status::Default),
        [class @ b'1'..=b'9', b'X' | b'x', b'X' | b'x'] => Some(Status::Range(class - b'0')),
        _ => key.parse().ok().map(Status::Code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::tests::resolved;

    #[test]
    fn operations_and_responses_keep_the_order_of_the_document() {
        let (document, findings) = resolved(
            "paths:\n  /b:\n    put: {responses: {}}\n    get:\n      responses:\n        default: {description: d}\n        \
             4XX: {description: r}\n        200: {description: c}\n        x-a: 1\n  /a:\n    trace: {responses: {}}\n",
        );
        assert_eq!(findings, [""; 0]);
        let seen = document.operations.iter().map(|operation| format!("{} {}", operation.method, operation.path));
        assert_eq!(seen.collect::<Vec<_>>(), ["PUT /b", "GET /b", "TRACE /a"]);
        let statuses = document.operations.iter().flat_map(|operation| &operation.responses);
        let statuses: Vec<_> = statuses.map(|response| response.status).collect();
        assert_eq!(statuses, [Status::Default, Status::Range(4), Status::Code(200)]);
    }

    #[test]
    fn an_operation_has_its_own_servers_or_those_of_its_path() {
        let (document, findings) = resolved(
            "servers: [{url: /root}]\npaths:\n  /a:\n    servers: [{url: /path}]\n    get: {responses: {}}\n    \
             put: {responses: {}, servers: [{url: /own}, {url: /other}]}\n  /b:\n    get: {responses: {}}\n",
        );
        assert_eq!(findings, [""; 0]);
        let urls = document.operations.iter().map(|operation| {
            operation.servers.iter().map(|server| server.pointer.to_string() + " " + &server.url).collect::<Vec<_>>()
        });
        let own = "/paths/~1a/put/servers";
        assert_eq!(
            urls.collect::<Vec<_>>(),
            [
                vec!["/paths/~1a/servers/0 /path".to_owned()],
                vec![format!("{own}/0 /own"), format!("{own}/1 /other")],
                vec![]
            ]
        );
    }
}
