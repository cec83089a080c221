//! Visits every schema of a document.

use crate::resolve::document::{Document, MediaType, ParameterValue, Schema, SchemaRef};

/// Calls `visit` for every schema of the document, components first. The schemas of a component that is a parameter, request body
/// or response are visited once for each operation that uses the component.
pub(crate) fn each_schema<'d>(document: &'d Document, visit: &mut dyn FnMut(&'d Schema)) {
    document.schemas.values().for_each(|schema| descend(schema, visit));
    for operation in &document.operations {
        for parameter in &operation.parameters {
            match &parameter.value {
                ParameterValue::Schema(schema) => descend_ref(schema, visit),
                ParameterValue::Content(media) => descend_media(media, visit),
            }
        }
        let bodies = operation.body.iter().flat_map(|body| &body.content);
        bodies.for_each(|media| descend_media(media, visit));
        for response in &operation.responses {
            let headers = response.headers.iter().filter_map(|header| header.schema.as_ref());
            headers.for_each(|schema| descend_ref(schema, visit));
            response.content.iter().for_each(|media| descend_media(media, visit));
        }
    }
    for webhook in &document.webhooks {
        webhook.schemas().for_each(|schema| descend_ref(schema, visit));
    }
}

fn descend_media<'d>(media: &'d MediaType, visit: &mut dyn FnMut(&'d Schema)) {
    if let Some(schema) = &media.schema {
        descend_ref(schema, visit);
    }
}

fn descend_ref<'d>(schema: &'d SchemaRef, visit: &mut dyn FnMut(&'d Schema)) {
    if let SchemaRef::Inline(schema) = schema {
        descend(schema, visit);
    }
}

fn descend<'d>(schema: &'d Schema, visit: &mut dyn FnMut(&'d Schema)) {
    visit(schema);
    schema.subschemas().for_each(|child| descend_ref(child, visit));
}

/// Calls `visit` with mutable access for every schema of the document, in the same order as [`each_schema`].
pub(super) fn each_schema_mut(document: &mut Document, visit: &mut dyn FnMut(&mut Schema)) {
    document.schemas.values_mut().for_each(|schema| descend_mut(schema, visit));
    for operation in &mut document.operations {
        for parameter in &mut operation.parameters {
            match &mut parameter.value {
                ParameterValue::Schema(schema) => descend_ref_mut(schema, visit),
                ParameterValue::Content(media) => descend_media_mut(media, visit),
            }
        }
        let bodies = operation.body.iter_mut().flat_map(|body| &mut body.content);
        bodies.for_each(|media| descend_media_mut(media, visit));
        for response in &mut operation.responses {
            let headers = response.headers.iter_mut().filter_map(|header| header.schema.as_mut());
            headers.for_each(|schema| descend_ref_mut(schema, visit));
            response.content.iter_mut().for_each(|media| descend_media_mut(media, visit));
        }
    }
    for webhook in &mut document.webhooks {
        webhook.schemas_mut().for_each(|schema| descend_ref_mut(schema, visit));
    }
}

fn descend_media_mut(media: &mut MediaType, visit: &mut dyn FnMut(&mut Schema)) {
    if let Some(schema) = &mut media.schema {
        descend_ref_mut(schema, visit);
    }
}

fn descend_ref_mut(schema: &mut SchemaRef, visit: &mut dyn FnMut(&mut Schema)) {
    if let SchemaRef::Inline(schema) = schema {
        descend_mut(schema, visit);
    }
}

fn descend_mut(schema: &mut Schema, visit: &mut dyn FnMut(&mut Schema)) {
    visit(schema);
    schema.subschemas_mut().for_each(|child| descend_ref_mut(child, visit));
}
