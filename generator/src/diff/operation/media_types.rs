//! Compares the media types of a request body or response, with their schemas and encodings.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::diff::change::Direction;
use crate::diff::compared_value::{ComparedValue, Holder};
use crate::diff::rules::{self, Rule};
use crate::diff::walk::Walk;
use crate::pointer::Pointer;
use crate::resolve::document::{Encoding, MediaType, SchemaRef};

/// The empty schema, which every value satisfies. A media type without `schema` is compared as if it had this schema.
static ANY_VALUE: LazyLock<SchemaRef> = LazyLock::new(|| SchemaRef::Inline(Box::default()));

/// The rules for changed media types of a request body or response. `path` names the body or response in the report, such as
/// `response 200`.
pub(crate) struct MediaTypes {
    pub added: &'static Rule,
    pub removed: &'static Rule,
    pub parameters_changed: &'static Rule,
    pub direction: Direction,
    pub path: String,
}

impl MediaTypes {
    /// Compares two lists of media types. Each list is paired with the JSON Pointer of the request body or response that contains
    /// it.
    pub(crate) fn compare<'a>(
        &self,
        walk: &mut Walk<'a>,
        (old_place, old): (&Pointer, &'a [MediaType]),
        (new_place, new): (&Pointer, &'a [MediaType]),
    ) {
        let has_several = old.len() > 1 || new.len() > 1;
        for before in old {
            let Some(after) = counterpart((before, old), new) else {
                let message = format!("the media type `{}` was removed", before.name);
                let new_place = new_place.join("content");
                walk.report(self.removed, &self.path, message, Some(&before.pointer), Some(&new_place));
                continue;
            };
            let path = if has_several { format!("{} ({})", self.path, after.name) } else { self.path.clone() };
            if normalized(before) != normalized(after) {
                let message = format!("the media type changed from `{}` to `{}`", before.name, after.name);
                walk.report(self.parameters_changed, &path, message, Some(&before.pointer), Some(&after.pointer));
            }
            if self.direction == Direction::Request {
                compare_encodings(walk, before, after, &path);
            }
            compare_schemas(walk, before, after, ComparedValue::new(self.direction, Holder::Body, path));
        }
        for after in new.iter().filter(|after| counterpart((after, new), old).is_none()) {
            let message = format!("the media type `{}` was added", after.name);
            walk.report(self.added, &self.path, message, Some(&old_place.join("content")), Some(&after.pointer));
        }
    }
}

/// Returns the counterpart of `media_type` in the list `among` of the other document. `siblings` is the list that contains
/// `media_type`.
///
/// If `among` contains an equal media type, returns it. Otherwise, returns the media type that differs only in its parameters,
/// such as `text/csv` for `text/csv; header=present`. Returns `None` if the choice is ambiguous: after the media types that both
/// lists contain are removed, each list must have exactly one media type with this type and subtype.
fn counterpart<'a>(
    (media_type, siblings): (&MediaType, &[MediaType]),
    among: &'a [MediaType],
) -> Option<&'a MediaType> {
    let is_same = |left: &MediaType, right: &MediaType| normalized(left) == normalized(right);
    if let Some(exact) = among.iter().find(|other| is_same(other, media_type)) {
        return Some(exact);
    }
    let has_same_essence = |other: &&MediaType| other.essence() == media_type.essence();
    let unmatched_siblings = siblings.iter().filter(has_same_essence);
    let unmatched_siblings = unmatched_siblings.filter(|own| !among.iter().any(|other| is_same(own, other))).count();
    let unmatched = among.iter().filter(has_same_essence);
    let mut unmatched = unmatched.filter(|other| !siblings.iter().any(|own| is_same(own, other)));
    match (unmatched.next(), unmatched.next()) {
        (Some(only), None) if unmatched_siblings == 1 => Some(only),
        _ => None,
    }
}

/// Returns the type and subtype of a media type, and the set of its parameters in lower case and without quotes. Two media types
/// are equal if this function returns the same for both.
fn normalized(media_type: &MediaType) -> (String, BTreeSet<String>) {
    let parameters = media_type.name.split(';').skip(1).map(|parameter| {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        format!("{}={}", name.trim(), value.trim().trim_matches('"')).to_ascii_lowercase()
    });
    (media_type.essence(), parameters.collect())
}

/// Compares the schemas of two media types. A media type without a schema allows any value.
pub(crate) fn compare_schemas<'a>(walk: &mut Walk<'a>, old: &'a MediaType, new: &'a MediaType, site: ComparedValue) {
    if old.schema.is_some() || new.schema.is_some() {
        walk.compare_refs(old.schema.as_ref().unwrap_or(&ANY_VALUE), new.schema.as_ref().unwrap_or(&ANY_VALUE), site);
    }
}

/// Compares the encodings of the properties of a form, or of the parts of a multipart body.
fn compare_encodings(walk: &mut Walk<'_>, old: &MediaType, new: &MediaType, path: &str) {
    let find = |media_type: &MediaType, property: &str| -> Option<Encoding> {
        media_type.encoding.iter().find(|encoding| encoding.property == property).cloned()
    };
    // An encoding without any settings is the same as no encoding.
    let content = |encoding: &Option<Encoding>| {
        let encoding = encoding.as_ref()?;
        let headers: BTreeSet<String> =
            encoding.headers.iter().map(|header| header.name.to_ascii_lowercase()).collect();
        let serialization = (encoding.style, encoding.explode, encoding.allow_reserved);
        (encoding.content_type.is_some() || !headers.is_empty() || serialization != (None, None, false))
            .then(|| (encoding.content_type.clone(), headers, serialization))
    };
    let part = if new.essence().starts_with("multipart/") { "part" } else { "property" };
    let added = new.encoding.iter().filter(|encoding| find(old, &encoding.property).is_none());
    for encoding in old.encoding.iter().chain(added) {
        let (before, after) = (find(old, &encoding.property), find(new, &encoding.property));
        if content(&before) != content(&after) {
            let message = format!("the encoding of the {part} `{}` changed", encoding.property);
            let place = |encoding: &Option<Encoding>, media_type: &MediaType| {
                encoding.as_ref().map_or_else(|| media_type.pointer.clone(), |encoding| encoding.pointer.clone())
            };
            walk.report(&rules::BODY_ENCODING, path, message, Some(&place(&before, old)), Some(&place(&after, new)));
        }
    }
}
