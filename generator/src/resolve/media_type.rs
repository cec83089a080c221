//! Reads media types, their encodings, and the headers of responses and of multipart parts.

use indexmap::IndexMap;
use openapiv3::{ParameterSchemaOrContent, QueryStyle, ReferenceOr};
use serde_json::Value;

use crate::finding::Code;
use crate::pointer::Pointer;
use crate::resolve::context::Context;
use crate::resolve::document::{Encoding, Header, MediaType, Style};
use crate::resolve::example::examples;
use crate::resolve::reference::{self, follow};
use crate::resolve::schema;

/// Reads the `content` at `place`.
pub(super) fn content(cx: &mut Context<'_>, content: &openapiv3::Content, place: &Pointer) -> Vec<MediaType> {
    let media_types = content.iter().filter_map(|(name, media)| {
        let pointer = place.join(name);
        match cx.member(&pointer, "$ref").and_then(Value::as_str) {
            Some(reference) => {
                let (pointer, media) = referenced(cx, reference, &pointer)?;
                Some(media_type(cx, name, &media, pointer))
            }
            None => Some(media_type(cx, name, media, pointer)),
        }
    });
    media_types.collect()
}

/// Follows a reference to a component media type of OpenAPI 3.2.
fn referenced(cx: &mut Context<'_>, reference: &str, place: &Pointer) -> Option<(Pointer, openapiv3::MediaType)> {
    let (target, value) = reference::target(cx, reference, place)?;
    Some((target.clone(), reference::typed(cx, value, &target, place, ("mediaTypes", "a media type"))?))
}

fn media_type(cx: &mut Context<'_>, name: &str, media: &openapiv3::MediaType, pointer: Pointer) -> MediaType {
    let named_examples = &media.examples;
    let mut media = MediaType {
        name: name.to_owned(),
        schema: None,
        has_item_schema: false,
        examples: Vec::new(),
        encoding: encodings(cx, &media.encoding, &pointer.join("encoding")),
        pointer,
    };
    media.examples = examples(cx, named_examples, &media.pointer, media.is_json());
    if media.item_format().is_some() {
        media.schema = schema::member(cx, &media.pointer, "itemSchema");
        media.has_item_schema = media.schema.is_some();
    }
    report_unused_schema(cx, &media);
    media.schema = media.schema.or_else(|| schema::member(cx, &media.pointer, "schema"));
    media
}

/// Reports `itemSchema` if the media type is not a series of items, and otherwise `schema` beside it.
fn report_unused_schema(cx: &mut Context<'_>, media: &MediaType) {
    let has = |key: &str| cx.member(&media.pointer, key).is_some();
    let (key, reason, remedy) = match (has("itemSchema"), media.has_item_schema && has("schema")) {
        (true, _) if media.item_format().is_none() => (
            "itemSchema",
            "copperplate reads items only from `text/event-stream` and JSON Lines",
            "Describe the whole body with `schema`.",
        ),
        (_, true) => ("schema", "`itemSchema` describes the items of the body", "Delete `schema`."),
        _ => return,
    };
    let message = format!("`{key}` has no effect: {reason}.");
    cx.findings.add(Code::NoEffect, &media.pointer.join(key), message, remedy);
}

/// Reads the `encoding` at `place`.
fn encodings(
    cx: &mut Context<'_>,
    encodings: &IndexMap<String, openapiv3::Encoding>,
    place: &Pointer,
) -> Vec<Encoding> {
    let encodings = encodings.iter().map(|(property, encoding)| {
        let pointer = place.join(property);
        Encoding {
            property: property.clone(),
            content_type: encoding.content_type.clone(),
            headers: headers(cx, &encoding.headers, &pointer.join("headers")),
            style: encoding.style.as_ref().map(query_style),
            // `openapiv3` reads an absent `explode` as false, but the default of `explode` depends on the style.
            explode: cx.member(&pointer, "explode").and_then(Value::as_bool),
            allow_reserved: encoding.allow_reserved,
            pointer,
        }
    });
    encodings.collect()
}

/// Converts the `style` of a query parameter or form property from the type that `openapiv3` uses.
pub(super) fn query_style(style: &QueryStyle) -> Style {
    match style {
        QueryStyle::Form => Style::Form,
        QueryStyle::SpaceDelimited => Style::SpaceDelimited,
        QueryStyle::PipeDelimited => Style::PipeDelimited,
        QueryStyle::DeepObject => Style::DeepObject,
    }
}

/// Reads the object `headers` at `place`. It describes the headers of a response, or of a part of a multipart body.
pub(super) fn headers(
    cx: &mut Context<'_>,
    headers: &IndexMap<String, ReferenceOr<openapiv3::Header>>,
    place: &Pointer,
) -> Vec<Header> {
    let headers = headers.iter().filter_map(|(name, item)| {
        let (pointer, header) = follow(cx, item, &place.join(name))?;
        let schema = match header.format {
            ParameterSchemaOrContent::Schema(_) => schema::member(cx, &pointer, "schema"),
            ParameterSchemaOrContent::Content(_) => None,
        };
        let (description, required) = (header.description.clone(), header.required);
        Some(Header { pointer, name: name.clone(), description, required, schema, examples: Vec::new() })
    });
    headers.collect()
}

#[cfg(test)]
mod tests {
    use crate::resolve::tests::resolved;

    #[test]
    fn item_schemas_describe_only_series_of_items() {
        let (document, mut findings) = resolved(
            "paths:\n  /a:\n    get:\n      responses:\n        '200':\n          description: d\n          content:\n            \
             text/event-stream: {itemSchema: {type: integer}}\n            application/jsonl: {itemSchema: {type: integer}, schema: \
             {type: array}}\n            application/json: {itemSchema: {type: integer}}\n",
        );
        // The document has an older version, which does not know `itemSchema`.
        findings.retain(|finding| !finding.starts_with("unknown-key"));
        let place = "no-effect /paths/~1a/get/responses/200/content/application~1json";
        assert_eq!(findings, [format!("{place}l/schema"), format!("{place}/itemSchema")]);
        let content = &document.operations[0].responses[0].content;
        let found = content.iter().map(|media| (media.has_item_schema, media.schema.is_some()));
        assert_eq!(found.collect::<Vec<_>>(), [(true, true), (true, true), (false, false)]);
    }
}
