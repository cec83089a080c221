//! Finds the references of a document that the module has to replace.

use serde_json::{Map, Value};

use crate::file_reference::is_relative;
use crate::json::member::member_of;
use crate::load::grammar::DISCRIMINATOR;
use crate::load::grammar::kind::{Kind, ObjectKind};
use crate::load::grammar::visit::kind_of;
use crate::load::version::OpenApiVersion;

/// Returns whether `value` contains a reference that [`inline`](super::inline) has to replace. For most documents the result is `false`, and
/// `inline` need not copy the tree.
pub(super) fn needs_inlining(kind: &Kind, version: OpenApiVersion, value: &Value) -> bool {
    match (kind, value) {
        (Kind::Any, _) => false,
        (Kind::Referable(object), Value::Object(members)) if reference_of(members).is_some() => {
            let has_siblings = version.has_json_schema() && object.is_schema() && members.len() > 1;
            reference_of(members).is_some_and(is_relative)
                || (has_siblings && has_member_that_needs_inlining(object, version, members))
        }
        _ if forbidden_reference(kind, value).is_some() => true,
        (Kind::Object(object), Value::Object(members)) if std::ptr::eq(*object, &DISCRIMINATOR) => {
            mapping_values(members).any(is_relative_file)
        }
        (Kind::Object(object) | Kind::Referable(object), Value::Object(members)) => {
            has_member_that_needs_inlining(object, version, members)
        }
        (Kind::BooleanOr(kind), Value::Object(_)) => needs_inlining(kind, version, value),
        (Kind::List(kind), Value::Array(items)) => items.iter().any(|item| needs_inlining(kind, version, item)),
        (Kind::Map(kind), Value::Object(members)) => {
            members.values().any(|member| needs_inlining(kind, version, member))
        }
        _ => false,
    }
}

fn has_member_that_needs_inlining(
    object: &'static ObjectKind,
    version: OpenApiVersion,
    members: &Map<String, Value>,
) -> bool {
    members
        .iter()
        .any(|(name, member)| kind_of(object, name, version).is_some_and(|kind| needs_inlining(kind, version, member)))
}

/// Returns the `$ref` of an object.
pub(super) fn reference_of(members: &Map<String, Value>) -> Option<&str> {
    member_of(members, "$ref").and_then(Value::as_str)
}

/// Returns the `$ref` of `value` if OpenAPI does not allow a reference in place of a value of this `kind`.
pub(super) fn forbidden_reference<'v>(kind: &Kind, value: &'v Value) -> Option<&'v str> {
    match kind {
        // In a map with string values, `$ref` is an ordinary key.
        Kind::Any | Kind::Referable(_) | Kind::BooleanOr(_) | Kind::Map(Kind::Text | Kind::Any) => None,
        _ => reference_of(value.as_object()?),
    }
}

/// Returns the values in the `mapping` of a discriminator.
pub(super) fn mapping_values(discriminator: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let mapping = discriminator.get("mapping").and_then(Value::as_object);
    mapping.into_iter().flat_map(|mapping| mapping.values()).filter_map(Value::as_str)
}

/// Returns whether `text`, a value in the `mapping` of a discriminator, is the relative path of a file. A value without a file
/// extension, such as `Pet`, is a schema name.
pub(super) fn is_relative_file(text: &str) -> bool {
    let path = text.split('#').next().unwrap_or_default();
    is_relative(text) && [".yaml", ".yml", ".json"].iter().any(|ending| path.ends_with(ending))
}
