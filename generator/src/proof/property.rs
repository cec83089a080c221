//! The schemas of values: references are followed, and the properties of `allOf` are collected.

use indexmap::IndexMap;

use crate::page::fact::{Field, Rule, Stated, TypeName};
use crate::page::vocabulary::TypeWord;
use crate::pointer::Pointer;
use crate::resolve::document::{AdditionalProperties, Document, Example, Schema, SchemaRef};

/// The deepest nesting of `allOf` that is followed.
const MOST_DEPTH: usize = 16;

/// The parameter, header or property that has a schema.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Owner<'d> {
    pub(crate) pointer: &'d Pointer,
    pub(crate) description: Option<&'d str>,
    pub(crate) examples: &'d [Example],
    /// Whether the header may be repeated: the page describes one of its values.
    pub(crate) repeats: bool,
}

/// A property of a document.
#[derive(Debug)]
pub(crate) struct Property<'d> {
    pub(crate) schema: &'d SchemaRef,
    /// The JSON pointer of the key in `properties`.
    pub(crate) pointer: Pointer,
    pub(crate) is_required: bool,
    /// The JSON pointer of `required`, or of the schema without it.
    pub(crate) required: Pointer,
}

/// Returns the properties of a schema and of the schemas in its `allOf`.
pub(crate) fn properties<'d>(
    schema: &'d Schema,
    document: &'d Document,
    depth: usize,
) -> IndexMap<&'d str, Property<'d>> {
    let mut all = IndexMap::new();
    for (name, property) in &schema.properties {
        let is_required = schema.required.contains(name);
        let place = if schema.required.is_empty() { schema.pointer.clone() } else { schema.pointer.join("required") };
        let pointer = schema.pointer.join("properties").join(name);
        all.insert(name.as_str(), Property { schema: property, pointer, is_required, required: place });
    }
    if depth < MOST_DEPTH {
        for part in schema.all_of.iter().filter_map(|part| document.resolved(part)) {
            for (name, property) in properties(part, document, depth + 1) {
                all.entry(name).or_insert(property);
            }
        }
    }
    for name in &schema.required {
        if let Some(property) = all.get_mut(name.as_str()) {
            property.is_required = true;
        }
    }
    all
}

/// Returns the schema itself: references are followed, and so is an `allOf` with one schema.
pub(crate) fn effective<'d>(schema: &'d SchemaRef, document: &'d Document) -> Option<&'d Schema> {
    let mut schema = document.resolved(schema)?;
    for _ in 0..MOST_DEPTH {
        match schema.all_of.as_slice() {
            [only] if schema.kind.is_none() && schema.properties.is_empty() => schema = document.resolved(only)?,
            _ => break,
        }
    }
    Some(schema)
}

/// Returns the schema of the items, as often as the page names an array.
pub(crate) fn innermost<'d>(schema: &'d Schema, name: &TypeName, document: &'d Document) -> &'d Schema {
    let items = schema.items.as_ref().and_then(|items| effective(items, document));
    match (name.base, items) {
        (TypeWord::Array, Some(items)) => match &name.inner {
            Some(inner) => innermost(items, inner, document),
            None => items,
        },
        _ => schema,
    }
}

/// Returns the schema of the values of a map, if the page names a map.
pub(crate) fn value_schema<'d>(schema: &'d Schema, name: &TypeName, document: &'d Document) -> &'d Schema {
    match (&schema.additional_properties, &name.innermost().inner) {
        (AdditionalProperties::Schema(values), Some(inner)) => {
            effective(values, document).map_or(schema, |values| innermost(values, inner, document))
        }
        _ => schema,
    }
}

/// Returns the first rule of a kind.
pub(crate) fn rule<'f, T>(field: &'f Field, pick: impl Fn(&'f Rule) -> Option<T>) -> Option<(T, &'f Stated<Rule>)> {
    field.rules.iter().find_map(|stated| pick(&stated.value).map(|value| (value, stated)))
}
