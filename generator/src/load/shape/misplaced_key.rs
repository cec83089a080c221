//! Reports keys that are indented one level too little or too much, and `ref` in place of `$ref`. Moves or renames a key if the
//! intention is clear.

use serde_json::{Map, Value};

use crate::finding::{Code, Findings};
use crate::json::member::member_of;
use crate::load::grammar::kind::ObjectKind;
use crate::load::grammar::{METHODS, SCHEMA};
use crate::load::version::OpenApiVersion;
use crate::pointer::Pointer;
use crate::suggestion::nearest;

/// The sentence that states what `--skip-unsupported` does with a misplaced key.
const MOVED: &str = "The document is read as if this were corrected.";

/// Each row has a type of object, keys that wrong indentation often puts into such an object, and the remedy.
const REMEDIES: &[(&str, &[&str], &str)] = &[
    (
        "Responses",
        &["description", "content", "headers", "links"],
        "Indent the key deeper: it belongs to the response above.",
    ),
    ("Operation", &["content"], "Indent the key deeper: it belongs to `requestBody` or to a response."),
    (
        "Path Item",
        &["operationId", "tags", "requestBody", "responses", "security", "deprecated", "callbacks"],
        "Move the key into an operation, below an HTTP method such as `get`.",
    ),
    ("Operation", METHODS, "Indent the key less: it belongs to the path, next to the operation above."),
    ("Paths", METHODS, "Indent the key deeper: it belongs to the path above."),
    ("Request Body", &["responses"], "Indent the key less: it belongs to the operation, next to `requestBody`."),
    ("Request Body", &["schema"], "Move the key into a media type below `content`."),
    ("Parameter", SCHEMA_KEYS, "Move the key below `schema:`."),
    ("Header", SCHEMA_KEYS, "Move the key below `schema:`."),
    ("Media Type", &["type", "properties", "items", "allOf", "oneOf", "anyOf"], "Move the key below `schema:`."),
    ("OpenAPI", &["title", "version", "description"], "Indent the key deeper: it belongs to `info`."),
    (
        "OpenAPI",
        &["schemas", "responses", "parameters", "requestBodies", "securitySchemes"],
        "Indent the key deeper: it belongs to `components`.",
    ),
    (
        "OpenAPI",
        &["get", "put", "post", "delete", "patch"],
        "Indent the key deeper: it belongs to a path below `paths`.",
    ),
];

/// Keys of a schema that are often written next to `schema` instead of below it.
const SCHEMA_KEYS: &[&str] = &[
    "minLength",
    "maxLength",
    "pattern",
    "default",
    "minimum",
    "maximum",
    "items",
    "minItems",
    "maxItems",
    "nullable",
    "properties",
];

/// Returns the remedy for `name`, which is not a key of `object` but probably belongs to an outer or inner object.
pub(crate) fn remedy(name: &str, object: &str) -> Option<&'static str> {
    let known = REMEDIES.iter().find(|(owner, names, _)| *owner == object && names.contains(&name));
    known.map(|(_, _, remedy)| *remedy)
}

/// Renames `ref` to `$ref` if its value is a reference within the document.
pub(crate) fn correct_ref(members: &mut Map<String, Value>, place: &Pointer, findings: &mut Findings) {
    let is_reference = member_of(members, "ref").and_then(Value::as_str).is_some_and(|text| text.starts_with("#/"));
    if !is_reference
        || members.contains_key("$ref")
        || members.contains_key("schema")
        || members.contains_key("content")
    {
        return;
    }
    let Some(reference) = members.shift_remove("ref") else { return };
    members.insert("$ref".to_owned(), reference);
    let message = "`ref` is not a reference, because it lacks the `$`.";
    findings.add_repairable(
        Code::UnknownKey,
        &place.join("ref"),
        message,
        "Did you mean `$ref`?",
        "The reference is followed.",
    );
}

/// Moves misplaced members of an object below the key to which they belong, such as `schema`. Does nothing if the object already
/// has that key.
pub(crate) fn move_deeper(
    object: &'static ObjectKind,
    version: OpenApiVersion,
    members: &mut Map<String, Value>,
    place: &Pointer,
    findings: &mut Findings,
) {
    let is_own = |name: &str| object.key(name, version).is_some();
    let is_schema_key = |name: &str| SCHEMA.key(name, version).is_some() && !name.starts_with("x-");
    let (parent, is_misplaced): (_, &dyn Fn(&str) -> bool) = match object.name {
        "Media Type" if version < OpenApiVersion::V3_2 => ("schema", &|name| name == "$ref"),
        "Parameter" | "Header" => ("schema", &|name| !is_own(name) && is_schema_key(name)),
        "Request Body" | "Response" => ("content", &|name| !is_own(name) && is_media_type(name)),
        _ => return,
    };
    // If the object has a misspelt `schema` or `content`, move nothing: the finding about the misspelling is more useful.
    let is_parent = |name: &String| name == parent || nearest(name, std::iter::once(parent), 3).is_some();
    let prevents_move = |name: &String| is_parent(name) || (parent == "schema" && name == "content");
    let misplaced: Vec<String> = members.keys().filter(|name| is_misplaced(name)).cloned().collect();
    let Some(first) = misplaced.first().filter(|_| !members.keys().any(prevents_move)) else { return };
    let (verb, them) = if misplaced.len() == 1 { ("belongs", "it") } else { ("belong", "them") };
    let message = format!("`{}` {verb} below `{parent}`, which is missing.", misplaced.join("`, `"));
    let remedy = format!("Move {them} below `{parent}:`.");
    findings.add_repairable(Code::UnknownKey, &place.join(first), message, remedy, MOVED);
    let moved: Map<String, Value> =
        misplaced.iter().filter_map(|name| Some((name.clone(), members.shift_remove(name)?))).collect();
    members.insert(parent.to_owned(), moved.into());
}

/// Returns whether `name` looks like a media type: `application/json`.
fn is_media_type(name: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && !word.contains([' ', '/']);
    name.split_once('/')
        .is_some_and(|(kind, rest)| is_word(kind) && is_word(rest.split(';').next().unwrap_or_default()))
}

/// Repairs a key `properties` that is indented like a schema name: moves the key into the schema on the lines above.
pub(crate) fn move_properties(members: &mut Map<String, Value>, place: &Pointer, findings: &mut Findings) {
    if place.last().as_deref() != Some("schemas") {
        return;
    }
    let is_key = |name: &String| SCHEMA.keys.iter().any(|key| key.name == *name);
    // A schema that is really named `properties` has schema keywords as members, not property names.
    let is_misplaced = |value: &Value| {
        let names = value.as_object();
        names.is_some_and(|names| {
            !names.is_empty() && names.iter().all(|(name, value)| !is_key(name) && value.is_object())
        })
    };
    let Some(index) = members.keys().position(|name| name == "properties") else { return };
    let above = members.iter().nth(index.wrapping_sub(1)).map(|(name, schema)| (name.clone(), schema.clone()));
    let Some((name, Value::Object(mut schema))) =
        above.filter(|_| members.values().nth(index).is_some_and(is_misplaced))
    else {
        return;
    };
    if schema.contains_key("properties") || schema.contains_key("$ref") {
        return;
    }
    let message =
        format!("`properties` has the same indentation as the schema `{name}` above, which has no `properties`.");
    findings.add_repairable(
        Code::UnknownKey,
        &place.join("properties"),
        message,
        format!("Indent `properties` deeper: it belongs to `{name}`."),
        MOVED,
    );
    if let Some(properties) = members.shift_remove("properties") {
        schema.insert("properties".to_owned(), properties);
        members.insert(name, schema.into());
    }
}
