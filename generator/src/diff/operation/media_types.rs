//! Compares the media types of a request body or response, with their schemas and encodings.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use crate::diff::change::Direction;
use crate::diff::compared_value::{ComparedValue, Holder};
use crate::diff::operation::by_key::ByKey;
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
        let (old_names, new_names) = (Names::of(old), Names::of(new));
        for before in old {
            let Some(after) = new_names.counterpart(before, &old_names) else {
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
        for after in new.iter().filter(|after| old_names.counterpart(after, &new_names).is_none()) {
            let message = format!("the media type `{}` was added", after.name);
            walk.report(self.added, &self.path, message, Some(&old_place.join("content")), Some(&after.pointer));
        }
    }
}

/// The media types of a request body or response by their names.
struct Names<'a> {
    /// The first media type with each normalized name.
    exact: ByKey<'a, (String, BTreeSet<String>), MediaType>,
    /// The media types with each type and subtype.
    by_essence: HashMap<String, Vec<&'a MediaType>>,
}

impl<'a> Names<'a> {
    fn of(media_types: &'a [MediaType]) -> Self {
        let mut by_essence: HashMap<_, Vec<_>> = HashMap::new();
        for media_type in media_types {
            by_essence.entry(media_type.essence()).or_default().push(media_type);
        }
        Self { exact: ByKey::of(media_types, normalized), by_essence }
    }

    /// Returns the counterpart of `media_type` in this list. `siblings` are the names of the list that contains `media_type`.
    ///
    /// If this list contains an equal media type, returns it. Otherwise, returns the media type that differs only in its
    /// parameters, such as `text/csv` for `text/csv; header=present`. Returns `None` if the choice is ambiguous: after the media
    /// types that both lists contain are removed, each list must have exactly one media type with this type and subtype.
    fn counterpart(&self, media_type: &MediaType, siblings: &Names<'_>) -> Option<&'a MediaType> {
        if let Some(exact) = self.exact.get(&normalized(media_type)) {
            return Some(exact);
        }
        let essence = media_type.essence();
        match (siblings.unmatched(&essence, self).as_slice(), self.unmatched(&essence, siblings).as_slice()) {
            ([_], [only]) => Some(only),
            _ => None,
        }
    }

    /// Returns the first two media types with this type and subtype that `other` does not contain.
    fn unmatched(&self, essence: &str, other: &Names<'_>) -> Vec<&'a MediaType> {
        let same = self.by_essence.get(essence).into_iter().flatten().copied();
        same.filter(|own| other.exact.get(&normalized(own)).is_none()).take(2).collect()
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
    let property = |encoding: &Encoding| encoding.property.clone();
    let (old_encodings, new_encodings) = (ByKey::of(&old.encoding, property), ByKey::of(&new.encoding, property));
    // An encoding without any settings is the same as no encoding.
    let content = |encoding: Option<&Encoding>| {
        let encoding = encoding?;
        let headers: BTreeSet<String> =
            encoding.headers.iter().map(|header| header.name.to_ascii_lowercase()).collect();
        let serialization = (encoding.style, encoding.explode, encoding.allow_reserved);
        (encoding.content_type.is_some() || !headers.is_empty() || serialization != (None, None, false))
            .then(|| (encoding.content_type.clone(), headers, serialization))
    };
    let part = if new.essence().starts_with("multipart/") { "part" } else { "property" };
    let added = new.encoding.iter().filter(|encoding| old_encodings.get(&encoding.property).is_none());
    for encoding in old.encoding.iter().chain(added) {
        let property = &encoding.property;
        let (before, after) = (old_encodings.get(property), new_encodings.get(property));
        if content(before) != content(after) {
            let message = format!("the encoding of the {part} `{property}` changed");
            let place = |encoding: Option<&Encoding>, media_type: &MediaType| {
                encoding.map_or_else(|| media_type.pointer.clone(), |encoding| encoding.pointer.clone())
            };
            walk.report(&rules::BODY_ENCODING, path, message, Some(&place(before, old)), Some(&place(after, new)));
        }
    }
}
