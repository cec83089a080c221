//! Parts of a document without their places, to compare what they say.

use crate::pointer::Pointer;
use crate::resolve::document::{Body, MediaType, Parameter, ParameterValue, Response, Schema, SchemaRef};

/// `parameter` as if it stood nowhere.
pub(super) fn parameter(parameter: &Parameter) -> Parameter {
    let mut bare = Parameter { pointer: Pointer::root(), component: None, ..parameter.clone() };
    match &mut bare.value {
        ParameterValue::Schema(schema) => strip_ref(schema),
        ParameterValue::Content(media) => strip_media(media),
    }
    bare.examples.iter_mut().for_each(|example| example.pointer = Pointer::root());
    bare
}

/// `body` as if it stood nowhere.
pub(super) fn body(body: &Body) -> Body {
    let mut bare = Body { pointer: Pointer::root(), ..body.clone() };
    bare.content.iter_mut().for_each(strip_media);
    bare
}

/// `response` as if it stood nowhere.
pub(super) fn response(response: &Response) -> Response {
    let mut bare = Response { pointer: Pointer::root(), ..response.clone() };
    bare.content.iter_mut().for_each(strip_media);
    for header in &mut bare.headers {
        header.pointer = Pointer::root();
        header.schema.iter_mut().for_each(strip_ref);
    }
    bare
}

fn strip_media(media: &mut MediaType) {
    media.pointer = Pointer::root();
    media.schema.iter_mut().for_each(strip_ref);
    media.examples.iter_mut().for_each(|example| example.pointer = Pointer::root());
}

fn strip_ref(schema: &mut SchemaRef) {
    match schema {
        SchemaRef::Inline(schema) => strip(schema),
        SchemaRef::Component { pointer, .. } => *pointer = Pointer::root(),
    }
}

fn strip(schema: &mut Schema) {
    schema.pointer = Pointer::root();
    schema.children_mut().for_each(strip_ref);
}
