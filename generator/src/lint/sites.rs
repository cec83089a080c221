//! Where the rules look: every schema once, and every value that a document gives a name.

use std::collections::HashSet;

use crate::check::schema::each;
use crate::pointer::Pointer;
use crate::resolve::document::{Document, ParameterValue, Schema, SchemaRef};

/// Every schema of `document`, once, in document order with the components first.
pub(super) fn schemas(document: &Document) -> Vec<&Schema> {
    let mut seen = HashSet::new();
    let mut schemas = Vec::new();
    each(document, &mut |schema| {
        if seen.insert(&schema.pointer) {
            schemas.push(schema);
        }
    });
    schemas
}

/// The schema that `schema` is or leads to.
pub(super) fn resolved<'d>(document: &'d Document, schema: &'d SchemaRef) -> Option<&'d Schema> {
    match schema {
        SchemaRef::Inline(schema) => Some(schema),
        SchemaRef::Component { name, .. } => document.schemas.get(name),
    }
}

/// A property, a parameter or a header.
pub(super) struct Named<'d> {
    /// Its name on the wire.
    pub(super) name: &'d str,
    /// What its value is.
    pub(super) schema: &'d Schema,
    /// Where it stands.
    pub(super) pointer: Pointer,
    /// What is said about it beside its schema.
    pub(super) description: Option<&'d str>,
}

/// Every property, parameter and header that has a schema, once.
pub(super) fn named(document: &Document) -> Vec<Named<'_>> {
    let mut all = Vec::new();
    for schema in schemas(document) {
        for (name, property) in &schema.properties {
            let pointer = schema.pointer.join("properties").join(name);
            all.extend(resolved(document, property).map(|schema| Named { name, schema, pointer, description: None }));
        }
    }
    let mut seen = HashSet::new();
    for operation in &document.operations {
        for parameter in operation.parameters.iter().filter(|parameter| seen.insert(&parameter.pointer)) {
            let ParameterValue::Schema(schema) = &parameter.value else { continue };
            let (name, pointer) = (parameter.name.as_str(), parameter.pointer.clone());
            let description = parameter.description.as_deref();
            all.extend(resolved(document, schema).map(|schema| Named { name, schema, pointer, description }));
        }
        let headers = operation.responses.iter().flat_map(|response| &response.headers);
        for header in headers.filter(|header| seen.insert(&header.pointer)) {
            let schema = header.schema.as_ref().and_then(|schema| resolved(document, schema));
            let (name, pointer) = (header.name.as_str(), header.pointer.clone());
            let description = header.description.as_deref();
            all.extend(schema.map(|schema| Named { name, schema, pointer, description }));
        }
    }
    all
}
