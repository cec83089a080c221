//! Classifies media types, sorts them by preference, and names the enum variants for them.

use crate::lower::analysis::canonical::{CanonicalForm, canonical_form};
use crate::lower::naming::identifiers;
use crate::resolve::document::{MediaType, Schema, SchemaRef, SchemaType};

/// The media type of forms.
pub(super) const FORM: &str = "application/x-www-form-urlencoded";

/// Sorts media types by preference: JSON, forms, multipart, plain text, other types such as `image/png`, and finally ranges such
/// as `image/*`. The result does not depend on the order in the document.
pub(super) fn preferred_first<'m>(content: impl IntoIterator<Item = &'m MediaType>) -> Vec<&'m MediaType> {
    let mut media: Vec<&MediaType> = content.into_iter().collect();
    media.sort_by_cached_key(|media| {
        let essence = media.essence();
        let rank = match essence.as_str() {
            "application/json" => 0,
            _ if media.is_json() => 1,
            FORM => 2,
            essence if essence.starts_with("multipart/") => 3,
            "text/plain" => 4,
            essence if essence.contains('*') => 6,
            _ => 5,
        };
        (rank, media.name.clone())
    });
    media
}

/// Returns whether two media types have equal schemas. Two media types without a schema count as equal.
pub(super) fn have_same_schema(left: &MediaType, right: &MediaType) -> bool {
    match (&left.schema, &right.schema) {
        (Some(SchemaRef::Component { name: left, .. }), Some(SchemaRef::Component { name: right, .. })) => {
            left == right
        }
        (Some(left), Some(right)) => {
            let (mut left, mut right) = (left.clone(), right.clone());
            left.erase_pointers();
            right.erase_pointers();
            left == right
        }
        (left, right) => left.is_none() && right.is_none(),
    }
}

/// The identity of the schema of a media type. Media types with [equal schemas](have_same_schema) have equal keys. Media types with
/// equal keys can have schemas that differ in what the canonical form leaves out.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) enum SchemaKey<'m> {
    Absent,
    Component(&'m str),
    Inline(CanonicalForm),
}

impl<'m> SchemaKey<'m> {
    pub(super) fn of(media: &'m MediaType) -> Self {
        match &media.schema {
            None => Self::Absent,
            Some(SchemaRef::Component { name, .. }) => Self::Component(name),
            Some(SchemaRef::Inline(schema)) => Self::Inline(canonical_form(schema)),
        }
    }
}

/// Returns the name of the enum variant for a body of this media type: `Json` for `application/json`, `Png` for `image/png`.
pub(super) fn variant_name(media: &MediaType) -> String {
    let essence = media.essence();
    match essence.as_str() {
        "application/json" | "text/json" => "Json".to_owned(),
        FORM => "Form".to_owned(),
        "text/plain" => "Text".to_owned(),
        "application/octet-stream" => "Bytes".to_owned(),
        "*/*" | "*" => "Any".to_owned(),
        essence if essence.starts_with("multipart/") => "Multipart".to_owned(),
        essence => {
            let (kind, subtype) = essence.split_once('/').unwrap_or(("", essence));
            identifiers::pascal(if subtype == "*" { kind } else { subtype })
        }
    }
}

/// Returns whether a body of the media type `essence` is text. `essence` has no media type parameters.
pub(super) fn is_textual(essence: &str) -> bool {
    const TEXTUAL: &[&str] =
        &["xml", "yaml", "x-yaml", "yml", "toml", "javascript", "csv", "x-ndjson", "jsonl", "graphql"];
    let subtype = essence.strip_prefix("application/").unwrap_or_default();
    essence.starts_with("text/")
        || TEXTUAL.contains(&subtype)
        || essence.ends_with("+xml")
        || essence.ends_with("+yaml")
}

/// Returns whether `essence` is a media type range that includes `application/json`.
pub(super) fn is_json_range(essence: &str) -> bool {
    matches!(essence, "*/*" | "*" | "application/*")
}

/// Returns whether the values of a schema are bytes: strings with the format `binary`, `byte` or `base64`.
pub(super) fn is_binary(schema: &Schema) -> bool {
    let string = matches!(schema.kind, Some(SchemaType::String) | None);
    string && matches!(schema.format.as_deref(), Some("binary" | "byte" | "base64"))
}
