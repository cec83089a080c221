//! Lists the schemas of a document, the schemas that an `allOf` combines, and the properties, parameters and headers.

use std::collections::HashSet;

use crate::check::schema_walk::each_schema;
use crate::pointer::Pointer;
use crate::resolve::document::{Document, ParameterValue, Schema};

/// Returns every schema of `document` once: first the components, then the inline schemas of operations, in document order.
pub(super) fn schemas(document: &Document) -> Vec<&Schema> {
    let mut seen = HashSet::new();
    let mut schemas = Vec::new();
    each_schema(document, &mut |schema| {
        if seen.insert(&schema.pointer) {
            schemas.push(schema);
        }
    });
    schemas
}

/// Returns `schemas` and, recursively, the members of their `allOf`.
pub(super) fn all_of_parts<'d>(
    document: &'d Document,
    schemas: impl IntoIterator<Item = &'d Schema>,
) -> Vec<&'d Schema> {
    let mut open: Vec<&Schema> = schemas.into_iter().collect();
    let mut seen = HashSet::new();
    let mut parts = Vec::new();
    while let Some(schema) = open.pop() {
        if seen.insert(&schema.pointer) {
            parts.push(schema);
            open.extend(schema.all_of.iter().rev().filter_map(|part| document.resolved(part)));
        }
    }
    parts
}

/// A property, a parameter or a header.
pub(crate) struct NamedValue<'d> {
    /// The name as it is sent or received.
    pub(crate) name: &'d str,
    /// The schema of the value.
    pub(crate) schema: &'d Schema,
    /// The JSON Pointer of the property, parameter or header.
    pub(crate) pointer: Pointer,
    /// The description of the parameter or header object; `None` for a property. The description of the schema is not included.
    pub(crate) description: Option<&'d str>,
}

/// Returns every property, parameter and header that has a schema. A component that two operations use occurs once. `schemas` is
/// the result of [`schemas`].
pub(super) fn named_values<'d>(document: &'d Document, schemas: &[&'d Schema]) -> Vec<NamedValue<'d>> {
    let mut all = Vec::new();
    for schema in schemas {
        for (name, property) in &schema.properties {
            let pointer = schema.pointer.join("properties").join(name);
            let schema = document.resolved(property);
            all.extend(schema.map(|schema| NamedValue { name, schema, pointer, description: None }));
        }
    }
    let mut seen = HashSet::new();
    for operation in &document.operations {
        for parameter in operation.parameters.iter().filter(|parameter| seen.insert(&parameter.pointer)) {
            let ParameterValue::Schema(schema) = &parameter.value else { continue };
            let (name, pointer) = (parameter.name.as_str(), parameter.pointer.clone());
            let description = parameter.description.as_deref();
            let schema = document.resolved(schema);
            all.extend(schema.map(|schema| NamedValue { name, schema, pointer, description }));
        }
        let headers = operation.responses.iter().flat_map(|response| &response.headers);
        for header in headers.filter(|header| seen.insert(&header.pointer)) {
            let schema = header.schema.as_ref().and_then(|schema| document.resolved(schema));
            let (name, pointer) = (header.name.as_str(), header.pointer.clone());
            let description = header.description.as_deref();
            all.extend(schema.map(|schema| NamedValue { name, schema, pointer, description }));
        }
    }
    let of_webhooks = document.webhooks.iter().flat_map(|webhook| &webhook.headers);
    for header in of_webhooks.filter(|header| seen.insert(&header.pointer)) {
        let schema = header.schema.as_ref().and_then(|schema| document.resolved(schema));
        let (name, pointer) = (header.name.as_str(), header.pointer.clone());
        let description = header.description.as_deref();
        all.extend(schema.map(|schema| NamedValue { name, schema, pointer, description }));
    }
    all
}
