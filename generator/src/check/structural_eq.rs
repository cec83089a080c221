//! Parts of a document without their places, to compare what they say.

use crate::pointer::Pointer;
use crate::resolve::document::{Header, MediaType, Parameter, ParameterValue, RequestBody, Response, SchemaRef};

/// `parameter` as if it stood nowhere.
pub(super) fn parameter(parameter: &Parameter) -> Parameter {
    let mut bare =
        Parameter { pointer: Pointer::root(), listed_at: Pointer::root(), component: None, ..parameter.clone() };
    match &mut bare.value {
        ParameterValue::Schema(schema) => strip_ref(schema),
        ParameterValue::Content(media) => strip_media(media),
    }
    bare.examples.iter_mut().for_each(|example| example.pointer = Pointer::root());
    bare
}

/// `body` as if it stood nowhere.
pub(super) fn body(body: &RequestBody) -> RequestBody {
    let mut bare = RequestBody { pointer: Pointer::root(), ..body.clone() };
    bare.content.iter_mut().for_each(strip_media);
    bare
}

/// `response` as if it stood nowhere.
pub(super) fn response(response: &Response) -> Response {
    let mut bare = Response { pointer: Pointer::root(), ..response.clone() };
    bare.content.iter_mut().for_each(strip_media);
    bare.headers.iter_mut().for_each(strip_header);
    bare
}

fn strip_media(media: &mut MediaType) {
    media.pointer = Pointer::root();
    media.schema.iter_mut().for_each(strip_ref);
    media.examples.iter_mut().for_each(|example| example.pointer = Pointer::root());
    for encoding in &mut media.encoding {
        encoding.pointer = Pointer::root();
        encoding.headers.iter_mut().for_each(strip_header);
    }
}

fn strip_header(header: &mut Header) {
    header.pointer = Pointer::root();
    header.schema.iter_mut().for_each(strip_ref);
}

fn strip_ref(schema: &mut SchemaRef) {
    schema.erase_pointers();
}
