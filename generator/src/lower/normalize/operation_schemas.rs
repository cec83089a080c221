//! The schemas that an operation uses.

use crate::resolve::document::{Operation, ParameterValue, SchemaRef};

/// Returns the schemas of the parameters, bodies and response headers of an operation.
pub(crate) fn operation_schemas(operation: &mut Operation) -> impl Iterator<Item = &mut SchemaRef> {
    let parameters = operation.parameters.iter_mut().filter_map(|parameter| match &mut parameter.value {
        ParameterValue::Schema(schema) => Some(schema),
        ParameterValue::Content(media) => media.schema.as_mut(),
    });
    let request_bodies = operation.body.iter_mut().flat_map(|body| &mut body.content);
    let mut headers = Vec::new();
    let mut response_bodies = Vec::new();
    for response in &mut operation.responses {
        headers.extend(response.headers.iter_mut().filter_map(|header| header.schema.as_mut()));
        response_bodies.extend(response.content.iter_mut());
    }
    let bodies = request_bodies.chain(response_bodies).filter_map(|media| media.schema.as_mut());
    parameters.chain(bodies).chain(headers)
}
