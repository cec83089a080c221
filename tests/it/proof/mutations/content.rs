//! Changes of headers, bodies, examples, servers and credentials.

use copperplate::pointer::Pointer;
use serde_yaml::Value;

use super::structure::Changes;
use super::{Mutation, added, dropped, edited, get, is_acknowledged, renamed, text};

/// Adds the changes of an object of the document.
pub(super) fn collect(document: &Value, place: &Pointer, value: &Value, mutations: &mut Vec<Mutation>) {
    let mut changes = Changes { document, mutations };
    if let Some(headers) =
        value.get("headers").and_then(Value::as_mapping).filter(|_| value.get("description").is_some())
    {
        headers_of_response(&mut changes, place, headers);
    }
    if value.get("content").is_some() {
        content(&mut changes, place, value);
    }
}

fn headers_of_response(changes: &mut Changes<'_>, place: &Pointer, headers: &serde_yaml::Mapping) {
    let (document, holder) = (changes.document, place.join("headers"));
    for (name, _) in headers {
        let name = text(name);
        let at = holder.join(&name);
        changes.push("dropped", &at, place, dropped(document, &holder, &name));
        let other = format!("{name}X");
        changes.push("renamed", &at, &holder.join(&other), renamed(document, &holder, &name, &other));
    }
    let more = serde_yaml::from_str("{schema: {type: string}}").unwrap();
    changes.push("added a header to", place, &holder.join("X-Wheel"), added(document, &holder, "X-Wheel", &more));
}

fn content(changes: &mut Changes<'_>, place: &Pointer, value: &Value) {
    let (document, holder) = (changes.document, place.join("content"));
    for (name, media_type) in value["content"].as_mapping().unwrap() {
        let name = text(name);
        let at = holder.join(&name);
        let other = "application/cbor";
        let (what, changed) = (format!("changed the media type {at}"), renamed(document, &holder, &name, other));
        let reported = holder.join(other);
        changes.mutations.push(Mutation { what, place: Pointer::root(), reported, document: changed });
        let examples = media_type.get("examples").and_then(Value::as_mapping);
        if !place.as_str().ends_with("requestBody") && examples.is_none() {
            changes.push("dropped the body of", place, place, dropped(document, place, "content"));
        }
        for (name, example) in examples.into_iter().flatten() {
            examples_of_page(changes, &at, &text(name), example);
        }
        let reported = at.join("examples").join("wheel");
        let document = match examples {
            Some(_) => {
                added(document, &at.join("examples"), "wheel", &serde_yaml::from_str("{value: {a: 1}}").unwrap())
            }
            None => added(document, &at, "examples", &serde_yaml::from_str("{wheel: {value: {a: 1}}}").unwrap()),
        };
        let what = format!("added {reported}");
        changes.mutations.push(Mutation { what, place: Pointer::root(), reported, document });
    }
}

fn examples_of_page(changes: &mut Changes<'_>, media_type: &Pointer, name: &str, example: &Value) {
    let document = changes.document;
    let holder = media_type.join("examples");
    let at = holder.join(name);
    // An example beyond the page.
    if example.get("x-acknowledge").is_some_and(|entry| entry.get("not-on-page").is_some()) {
        return;
    }
    changes.push("dropped", &at, media_type, dropped(document, &holder, name));
    let value = at.join("value");
    for (member, _) in example["value"].as_mapping().unwrap() {
        let member = text(member);
        let changed = added(document, &value, &member, &"wheel".into());
        changes.push("changed", &value.join(&member), &value.join(&member), changed);
    }
}

/// Adds the changes of servers, credentials and examples of requests.
pub(super) fn collect_whole(document: &Value, mutations: &mut Vec<Mutation>) {
    let mut changes = Changes { document, mutations };
    let servers = Pointer::root().join("servers");
    let first = servers.join(0);
    let url = get(document, &first.join("url")).unwrap().as_str().unwrap().to_owned();
    let changed = added(document, &first, "url", &format!("{url}/other").into());
    changes.push("changed the server", &first, &first, changed);
    let more: Value = serde_yaml::from_str("{url: 'https://wheel.example'}").unwrap();
    let changed = edited(document, &servers, |items| items.as_sequence_mut().unwrap().push(more));
    let count = get(document, &servers).unwrap().as_sequence().unwrap().len();
    changes.push("added a server", &servers, &servers.join(count), changed);
    let schemes = Pointer::root().join("components").join("securitySchemes");
    for (name, scheme) in get(document, &schemes).unwrap().as_mapping().unwrap() {
        let at = schemes.join(text(name));
        if !is_acknowledged(document, &at) && scheme.get("name").is_some() && text(name) != "X-Auth-Token" {
            let paths = Pointer::root().join("paths");
            changes.push("dropped", &at, &paths, without_scheme(document, &text(name)));
        }
    }
    for (path, item) in document["paths"].as_mapping().unwrap() {
        for (method, operation) in item.as_mapping().unwrap() {
            let place = Pointer::root().join("paths").join(text(path)).join(text(method)).join("x-examples");
            for (index, example) in operation["x-examples"].as_sequence().unwrap().iter().enumerate() {
                request(&mut changes, &place.join(index), example);
            }
        }
    }
}

/// Returns a document without a security scheme.
fn without_scheme(document: &Value, name: &str) -> Value {
    let root = Pointer::root();
    let changed = dropped(document, &root.join("components").join("securitySchemes"), name);
    edited(&changed, &root.join("security"), |items| {
        items.as_sequence_mut().unwrap().retain(|item| item.get(name).is_none());
    })
}

/// Changes an example of a request that a page prints.
fn request(changes: &mut Changes<'_>, place: &Pointer, example: &Value) {
    let (name, request) = (example["name"].as_str().unwrap(), example["request"].as_str().unwrap());
    let is_printed = match name {
        "page-example-as-array" | "page-curl" => true,
        "page-example" => place.as_str().contains("service-items"),
        _ => false,
    };
    if !is_printed {
        return;
    }
    let document = changes.document;
    let at = place.join("request");
    let mut push = |what: &str, reported: &Pointer, document: Value| {
        let (what, reported) = (format!("{what} {place}"), reported.clone());
        changes.mutations.push(Mutation { what, place: Pointer::root(), reported, document });
    };
    push("changed the request of", &at, added(document, place, "request", &format!("{request}x").into()));
    if name == "page-curl" {
        let holder = place.join("headers");
        push("changed a header of", &holder, added(document, &holder, "Authorization", &"Bearer other".into()));
    }
}
