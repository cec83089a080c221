//! Visits the OpenAPI objects of a raw tree (a document as JSON values).

use serde_json::{Map, Value};

use crate::load::grammar::OPENAPI;
use crate::load::grammar::kind::{Kind, ObjectKind};
use crate::load::version::OpenApiVersion;
use crate::pointer::{Pointer, Token};

/// Calls `visit` for every OpenAPI object and every reference, in document order. Extensions, examples and defaults are data and
/// are not visited.
pub(crate) fn objects<'a>(raw: &'a Value, visit: &mut dyn FnMut(&'a Map<String, Value>, &Pointer)) {
    let version = OpenApiVersion::of(raw);
    descend(&Kind::Object(&OPENAPI), version, raw, &mut Pointer::root(), &mut |_, members, place| {
        visit(members, place)
    });
}

/// Calls `visit` for every Schema Object of a document, in document order. A boolean schema is not visited.
pub(crate) fn schemas<'a>(raw: &'a Value, visit: &mut dyn FnMut(&'a Map<String, Value>, &Pointer)) {
    let version = OpenApiVersion::of(raw);
    descend(&Kind::Object(&OPENAPI), version, raw, &mut Pointer::root(), &mut |object, members, place| {
        if object.is_schema() {
            visit(members, place);
        }
    });
}

/// A function that gets the type of an object, its members and its place.
type Visit<'v, 'a> = dyn FnMut(&'static ObjectKind, &'a Map<String, Value>, &Pointer) + 'v;

fn descend<'a>(kind: &Kind, version: OpenApiVersion, value: &'a Value, place: &mut Pointer, visit: &mut Visit<'_, 'a>) {
    match (kind, value) {
        (Kind::Object(object) | Kind::Referable(object), Value::Object(members)) => {
            visit(object, members, place);
            for (name, member) in members {
                if let Some(kind) = kind_of(object, name, version) {
                    descend_into(kind, version, member, name, place, visit);
                }
            }
        }
        (Kind::BooleanOr(kind), Value::Object(_)) => descend(kind, version, value, place, visit),
        (Kind::List(kind), Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                descend_into(kind, version, item, index, place, visit);
            }
        }
        (Kind::Map(kind), Value::Object(members)) => {
            for (name, member) in members {
                descend_into(kind, version, member, name, place, visit);
            }
        }
        _ => {}
    }
}

/// Visits the objects of `value`, which is the member or item `token` of the value at `place`.
fn descend_into<'a>(
    kind: &Kind,
    version: OpenApiVersion,
    value: &'a Value,
    token: impl Token,
    place: &mut Pointer,
    visit: &mut Visit<'_, 'a>,
) {
    place.push(token);
    descend(kind, version, value, place, visit);
    place.pop();
}

/// Returns the kind of value that `object` expects under the key `name` in this version of OpenAPI. Returns `None` if the key is
/// unknown.
pub(crate) fn kind_of(object: &'static ObjectKind, name: &str, version: OpenApiVersion) -> Option<&'static Kind> {
    let fixed = object.key(name, version).map(|key| &key.kind);
    let patterned = object.patterned.as_ref().filter(|keys| (keys.matches)(name)).map(|keys| &keys.kind);
    fixed.or(patterned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn data_is_not_visited() {
        let raw = json!({"paths": {"/a": {"get": {"x-a": {"b": {}}, "responses": {"200": {"content": {"a/b": {
            "schema": {"properties": {"example": {"example": {"x-acknowledge": {}}}}}}}}}}}}});
        let mut places = Vec::new();
        objects(&raw, &mut |_, place| places.push(place.to_string()));
        let deepest = "/paths/~1a/get/responses/200/content/a~1b/schema/properties/example";
        assert_eq!(places.last().map(String::as_str), Some(deepest));
        assert_eq!(places.len(), 9);
    }
}
