//! Copies parameters, request bodies and responses without their JSON Pointers, so that the copies can be compared.

use crate::pointer::Pointer;
use crate::resolve::document::{Header, MediaType, Parameter, ParameterValue, RequestBody, Response, SchemaRef};

/// Returns a copy of `parameter` in which all JSON Pointers are cleared.
pub(super) fn parameter_without_places(parameter: &Parameter) -> Parameter {
    let mut copy =
        Parameter { pointer: Pointer::root(), listed_at: Pointer::root(), component: None, ..parameter.clone() };
    match &mut copy.value {
        ParameterValue::Schema(schema) => clear_schema(schema),
        ParameterValue::Content(media) => clear_media(media),
    }
    copy.examples.iter_mut().for_each(|example| example.pointer = Pointer::root());
    copy
}

/// Returns a copy of `body` in which all JSON Pointers are cleared.
pub(super) fn body_without_places(body: &RequestBody) -> RequestBody {
    let mut copy = RequestBody { pointer: Pointer::root(), ..body.clone() };
    copy.content.iter_mut().for_each(clear_media);
    copy
}

/// Returns a copy of `response` in which all JSON Pointers are cleared.
pub(super) fn response_without_places(response: &Response) -> Response {
    let mut copy = Response { pointer: Pointer::root(), ..response.clone() };
    copy.content.iter_mut().for_each(clear_media);
    copy.headers.iter_mut().for_each(clear_header);
    copy
}

fn clear_media(media: &mut MediaType) {
    media.pointer = Pointer::root();
    media.schema.iter_mut().for_each(clear_schema);
    media.examples.iter_mut().for_each(|example| example.pointer = Pointer::root());
    for encoding in &mut media.encoding {
        encoding.pointer = Pointer::root();
        encoding.headers.iter_mut().for_each(clear_header);
    }
}

fn clear_header(header: &mut Header) {
    header.pointer = Pointer::root();
    header.schema.iter_mut().for_each(clear_schema);
}

fn clear_schema(schema: &mut SchemaRef) {
    schema.erase_pointers();
}
