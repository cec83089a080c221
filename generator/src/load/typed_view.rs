//! Reduces a document to the parts that the stage `resolve` reads from the types of `openapiv3`.
//!
//! The types of `openapiv3` are those of OpenAPI 3.0. From these types, the stage `resolve` reads paths, parameters, bodies,
//! responses and security schemes, which hardly differ between the versions. It reads schemas, examples and the keys of later
//! versions from the raw tree. Therefore, the reduced document has an empty schema in place of each schema, and no such keys.
//! Most of a document is schemas and examples, so this also saves most of the time and memory that the types of `openapiv3` take.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use crate::finding::{Code, Findings};
use crate::load::grammar::kind::{Kind, ObjectKind};
use crate::load::grammar::{
    EXAMPLE, HEADER, MEDIA_TYPE, OPENAPI, OPERATION, PARAMETER, PATH_ITEM, REQUEST_BODY, RESPONSE, SCHEMA,
    SECURITY_SCHEME,
};
use crate::load::shape;
use crate::load::text::lossy_numbers::as_doubles;
use crate::load::version::OpenApiVersion;

/// Returns the document `raw` as a tree that `openapiv3` can deserialize.
pub(super) fn of_document(raw: &Value, version: OpenApiVersion) -> Value {
    reduced(&Kind::Object(&OPENAPI), version, raw)
}

/// Returns a valid object as a tree that `openapiv3` can deserialize. `section` is the section of `components` for objects of this type,
/// such as `parameters`. Path items are in the section `paths`, operations in `operations` and media types in `mediaTypes`.
pub(crate) fn of_object<'v>(value: &'v Value, section: &str, version: OpenApiVersion) -> Cow<'v, Value> {
    match object_of(section) {
        Some(object) if !object.is_schema() => Cow::Owned(reduced(&Kind::Referable(object), version, value)),
        _ => as_doubles(value),
    }
}

/// Returns the type of the objects in a section.
fn object_of(section: &str) -> Option<&'static ObjectKind> {
    Some(match section {
        "examples" => &EXAMPLE,
        "headers" => &HEADER,
        "mediaTypes" => &MEDIA_TYPE,
        "operations" => &OPERATION,
        "parameters" => &PARAMETER,
        "paths" => &PATH_ITEM,
        "requestBodies" => &REQUEST_BODY,
        "responses" => &RESPONSE,
        "schemas" => &SCHEMA,
        "securitySchemes" => &SECURITY_SCHEME,
        _ => return None,
    })
}

/// Returns a sentence about the first malformed value in an object of OpenAPI 3.0, without the period. Returns `None` if the object is
/// valid. The target of a reference may be in an extension, which the grammar does not examine.
///
/// The types of `openapiv3` cannot tell this: their time grows exponentially with the depth of a schema with such a value.
pub(crate) fn malformed_part(value: &Value, section: &str) -> Option<String> {
    if !value.is_object() {
        return Some("it is not an object".to_owned());
    }
    let mut findings = Findings::new("");
    shape::repair_object(object_of(section)?, &mut value.clone(), &mut findings);
    let first = findings.iter().find(|finding| finding.code == Code::Shape)?;
    Some(first.message.trim_end_matches('.').to_owned())
}

fn reduced(kind: &Kind, version: OpenApiVersion, value: &Value) -> Value {
    match (kind, value) {
        (Kind::Any, _) => Value::Null,
        (Kind::Referable(object), _) if object.is_schema() => json!({}),
        (Kind::Referable(_), Value::Object(members)) if members.get("$ref").is_some_and(Value::is_string) => {
            json!({"$ref": members["$ref"]})
        }
        (Kind::Object(object) | Kind::Referable(object), Value::Object(members)) => {
            let kept =
                members.iter().filter_map(|(name, value)| Some((name.clone(), member(object, version, name, value)?)));
            let mut kept: Map<String, Value> = kept.collect();
            adapt(object, members, &mut kept);
            kept.into()
        }
        (Kind::BooleanOr(kind), Value::Object(_)) => reduced(kind, version, value),
        (Kind::List(kind), Value::Array(items)) => items.iter().map(|item| reduced(kind, version, item)).collect(),
        (Kind::Map(kind), Value::Object(members)) => {
            let members = members.iter().map(|(name, value)| (name.clone(), reduced(kind, version, value)));
            members.collect::<Map<String, Value>>().into()
        }
        _ => value.clone(),
    }
}

/// Returns the reduced value of a member; `None` for a member that `openapiv3` does not need.
fn member(object: &'static ObjectKind, version: OpenApiVersion, name: &str, value: &Value) -> Option<Value> {
    if name.starts_with("x-") {
        return Some(as_doubles(value).into_owned());
    }
    let is_unused = match object.name {
        "OpenAPI" => matches!(name, "webhooks" | "tags" | "externalDocs"),
        // The targets of references are deserialized one by one.
        "Components" => name != "securitySchemes",
        "Operation" => name == "callbacks",
        "Response" => name == "links",
        _ => false,
    };
    if is_unused {
        return None;
    }
    let fixed = object.key(name, version).map(|key| &key.kind);
    let patterned = object.patterned.as_ref().filter(|keys| (keys.matches)(name)).map(|keys| &keys.kind);
    Some(reduced(fixed.or(patterned)?, version, value))
}

/// Changes a reduced object so that the type of `openapiv3` accepts it. `members` are the members of the object as written.
fn adapt(object: &ObjectKind, members: &Map<String, Value>, kept: &mut Map<String, Value>) {
    let mut require = |key: &str, value: Value| _ = kept.entry(key.to_owned()).or_insert(value);
    match object.name {
        "OpenAPI" => require("paths", json!({})),
        "Operation" => require("responses", json!({})),
        "Response" => require("description", "".into()),
        "Parameter" if members.get("in").is_some_and(|location| location == "querystring") => {
            kept.insert("in".to_owned(), "query".into());
        }
        "Parameter" if members.get("style").is_some_and(|style| style == "cookie") => _ = kept.shift_remove("style"),
        "Security Scheme" => match members.get("type").and_then(Value::as_str) {
            Some("mutualTLS") => {
                kept.insert("type".to_owned(), "http".into());
                kept.insert("scheme".to_owned(), "mutual".into());
            }
            Some("oauth2") => _ = kept.insert("flows".to_owned(), json!({})),
            _ => {}
        },
        _ => {}
    }
}
