//! What travels: media types, headers of responses, bodies, and the examples of all these.

use indexmap::IndexMap;
use openapiv3::{ParameterSchemaOrContent, QueryStyle, ReferenceOr};
use serde_json::Value;

use crate::finding::Code;
use crate::load::grammar::ACKNOWLEDGE;
use crate::pointer::Pointer;
use crate::resolve::document::{Body, Encoding, Example, Header, MediaType, Style};
use crate::resolve::reference::follow;
use crate::resolve::{Context, schema};

/// `requestBody` at `place`.
pub(super) fn body(cx: &mut Context<'_>, item: &ReferenceOr<openapiv3::RequestBody>, place: &Pointer) -> Option<Body> {
    let mark = cx.findings.mark();
    let Some((pointer, body)) = follow(cx, item, place) else {
        if mark == cx.findings.mark() {
            let message = "The request body is left out, and without it another request would be sent.";
            cx.findings.add(Code::RefMissing, place, message, "Correct what the reference leads to.");
        }
        return None;
    };
    Some(Body {
        description: body.description.clone(),
        required: body.required,
        content: content(cx, &body.content, &pointer.join("content")),
        pointer,
    })
}

/// The media types of `content` at `place`.
pub(super) fn content(cx: &mut Context<'_>, content: &openapiv3::Content, place: &Pointer) -> Vec<MediaType> {
    let media_types = content.iter().map(|(name, media)| {
        let pointer = place.join(name);
        MediaType {
            name: name.clone(),
            schema: schema::member(cx, &pointer, "schema"),
            examples: examples(cx, &media.examples, &pointer),
            encoding: encodings(cx, &media.encoding, &pointer.join("encoding")),
            pointer,
        }
    });
    media_types.collect()
}

/// `encoding` at `place`.
fn encodings(
    cx: &mut Context<'_>,
    encodings: &IndexMap<String, openapiv3::Encoding>,
    place: &Pointer,
) -> Vec<Encoding> {
    let encodings = encodings.iter().map(|(property, encoding)| {
        let pointer = place.join(property);
        let style = encoding.style.as_ref().map(|style| match style {
            QueryStyle::Form => Style::Form,
            QueryStyle::SpaceDelimited => Style::SpaceDelimited,
            QueryStyle::PipeDelimited => Style::PipeDelimited,
            QueryStyle::DeepObject => Style::DeepObject,
        });
        Encoding {
            property: property.clone(),
            content_type: encoding.content_type.clone(),
            headers: headers(cx, &encoding.headers, &pointer.join("headers")),
            style,
            // openapiv3 reads an absent `explode` as false; its default depends on the style.
            explode: cx.member(&pointer, "explode").and_then(Value::as_bool),
            allow_reserved: encoding.allow_reserved,
            pointer,
        }
    });
    encodings.collect()
}

/// The headers of a response or of a part, at `place`.
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
        Some(Header { pointer, name: name.clone(), description, required, schema })
    });
    headers.collect()
}

/// `example` and `examples` of the object at `place`.
pub(super) fn examples(
    cx: &mut Context<'_>,
    several: &IndexMap<String, ReferenceOr<openapiv3::Example>>,
    place: &Pointer,
) -> Vec<Example> {
    let single = cx.member(place, "example").map(|value| {
        let pointer = place.join("example");
        let acknowledged = acknowledged(cx, &pointer);
        Example { pointer, name: "example".to_owned(), summary: None, value: value.clone(), acknowledged }
    });
    let place = place.join("examples");
    let several = several.iter().filter_map(|(name, item)| {
        let (pointer, example) = follow(cx, item, &place.join(name))?;
        let Some(value) = cx.member(&pointer, "value").cloned() else {
            if example.external_value.is_some() {
                cx.findings.add(
                    Code::NoEffect,
                    &pointer.join("externalValue"),
                    "The value stands outside of the document: it is neither checked nor tested.",
                    "Write the value itself under `value`.",
                );
            }
            return None;
        };
        let pointer = pointer.join("value");
        let acknowledged = acknowledged(cx, &pointer);
        Some(Example { pointer, name: name.clone(), summary: example.summary.clone(), value, acknowledged })
    });
    single.into_iter().chain(several).collect()
}

/// The reason why the example at `place` may contradict its schema: that of the nearest object around it that has one.
pub(super) fn acknowledged(cx: &Context<'_>, place: &Pointer) -> Option<String> {
    let code = Code::ExampleInvalid.id();
    let reason = |place: &Pointer| cx.member(place, ACKNOWLEDGE)?.get(code).and_then(Value::as_str);
    let mut around = Some(place.clone());
    while let Some(place) = around {
        if let Some(reason) = reason(&place) {
            return Some(reason.to_owned());
        }
        around = place.parent();
    }
    None
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::resolve::tests::resolved;

    #[test]
    fn examples_keep_null_and_their_acknowledgement() {
        let (document, findings) = resolved(
            "paths:\n  /a:\n    post:\n      requestBody:\n        content:\n          application/json:\n            \
             example: null\n            examples:\n              a: {value: null, summary: s}\n              \
             b: {value: 1, x-acknowledge: {example-invalid: as printed}}\n              c: {externalValue: u}\n      \
             responses: {}\n",
        );
        let place = "/paths/~1a/post/requestBody/content/application~1json";
        assert_eq!(findings, [format!("no-effect {place}/examples/c/externalValue")]);
        let body = document.operations.first().and_then(|operation| operation.body.clone()).expect("a body");
        let examples = &body.content.first().expect("a media type").examples;
        let seen: Vec<_> = examples
            .iter()
            .map(|example| (example.pointer.to_string(), example.value.clone(), example.acknowledged.as_deref()))
            .collect();
        assert_eq!(
            seen,
            [
                (format!("{place}/example"), json!(null), None),
                (format!("{place}/examples/a/value"), json!(null), None),
                (format!("{place}/examples/b/value"), json!(1), Some("as printed")),
            ]
        );
    }
}
