//! What a schema says of a value, the same in whatever order a document says it. Where several things have no name, this tells which
//! of them comes first.

use std::hash::{Hash, Hasher};

use crate::lower::schema::numbers;
use crate::resolve::document::{AdditionalProperties, Schema, SchemaRef, SchemaType};

/// The schemas of a list whose order means nothing, each with its place in it: components by name, then the others by what they say.
pub(crate) fn in_order(schemas: &[SchemaRef]) -> Vec<(usize, &SchemaRef)> {
    let mut ordered: Vec<(usize, &SchemaRef)> = schemas.iter().enumerate().collect();
    let several_in_place = schemas.iter().filter(|schema| matches!(schema, SchemaRef::Inline(_))).count() > 1;
    ordered.sort_by_cached_key(|(_, schema)| match schema {
        SchemaRef::Component { name, .. } => (false, (name.clone().into_bytes(), Vec::new())),
        SchemaRef::Inline(schema) if several_in_place => (true, of_schema(schema)),
        SchemaRef::Inline(_) => (true, Default::default()),
    });
    ordered
}

/// What a schema in place says, as bytes that compare: without its prose, and with it.
pub(crate) fn of_schema(schema: &Schema) -> (Vec<u8>, Vec<u8>) {
    let with = |prose| {
        let mut said = Bytes::default();
        words(schema, prose, &mut said);
        said.0
    };
    (with(Prose::Passed), with(Prose::Told))
}

/// What a schema says of a value, whatever describes it as a whole and wherever it stands, as bytes.
pub(crate) fn of_rules(schema: &Schema, prose: Prose) -> Vec<u8> {
    let mut said = Bytes::default();
    rules(schema, prose, &mut said);
    said.0
}

/// Whether prose counts. It is the last to decide what comes first, and makes two types of what says the same in other words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Prose {
    Told,
    Passed,
}

/// Keeps all that it is told, the same on every machine.
#[derive(Default)]
struct Bytes(Vec<u8>);

impl Hasher for Bytes {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn write_u64(&mut self, number: u64) {
        self.write(&number.to_be_bytes());
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(u64::try_from(number).unwrap_or(u64::MAX));
    }

    fn write_isize(&mut self, number: isize) {
        self.write_u64(u64::try_from(number).unwrap_or_default());
    }

    fn finish(&self) -> u64 {
        0
    }
}

fn reference(schema: &SchemaRef, prose: Prose, said: &mut Bytes) {
    match schema {
        SchemaRef::Component { name, .. } => name.hash(said),
        SchemaRef::Inline(schema) => words(schema, prose, said),
    }
}

/// What a schema says, and how it is documented: what stands within a type has words of its own.
fn words(schema: &Schema, prose: Prose, said: &mut Bytes) {
    rules(schema, prose, said);
    (schema.nullable, schema.deprecated, schema.read_only, schema.write_only).hash(said);
    schema.title.hash(said);
    if prose == Prose::Told {
        (&schema.description, &schema.source).hash(said);
        schema.default.as_ref().map(ToString::to_string).hash(said);
    }
}

fn list(schemas: &[SchemaRef], prose: Prose, said: &mut Bytes) {
    let bytes = |schema: &SchemaRef| {
        let mut said = Bytes::default();
        reference(schema, prose, &mut said);
        said.0
    };
    let mut schemas: Vec<Vec<u8>> = schemas.iter().map(bytes).collect();
    schemas.sort_unstable();
    schemas.hash(said);
}

/// What a schema says of a value, whatever describes it as a whole and wherever it stands.
fn rules(schema: &Schema, prose: Prose, said: &mut Bytes) {
    (schema.kind, &schema.format, &schema.pattern, schema.unique_items).hash(said);
    (schema.min_length, schema.max_length, schema.min_items, schema.max_items).hash(said);
    (schema.min_properties, schema.max_properties, schema.exclusive_minimum, schema.exclusive_maximum).hash(said);
    for number in [&schema.minimum, &schema.maximum, &schema.multiple_of] {
        number.as_ref().map(ToString::to_string).hash(said);
    }
    if schema.kind == Some(SchemaType::Integer) {
        // Its default and its examples decide as well.
        numbers::range(&numbers::integer(schema)).hash(said);
    }
    sorted(schema.enum_values.iter().flatten().map(ToString::to_string)).hash(said);
    sorted(schema.required.iter()).hash(said);
    schema.properties.len().hash(said);
    for (name, property) in sorted_by_name(schema.properties.iter()) {
        name.hash(said);
        reference(property, prose, said);
    }
    std::mem::discriminant(&schema.additional_properties).hash(said);
    if let AdditionalProperties::Schema(members) = &schema.additional_properties {
        reference(members, prose, said);
    }
    for schema in [&schema.items, &schema.not] {
        list(schema.as_slice(), prose, said);
    }
    for schemas in [&schema.all_of, &schema.one_of, &schema.any_of] {
        list(schemas, prose, said);
    }
    if let Some(discriminator) = &schema.discriminator {
        discriminator.property_name.hash(said);
        sorted(discriminator.mapping.iter()).hash(said);
    }
}

fn sorted<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    items.sort_unstable();
    items
}

fn sorted_by_name<'s, T>(items: impl Iterator<Item = (&'s String, T)>) -> Vec<(&'s String, T)> {
    let mut items: Vec<(&String, T)> = items.collect();
    items.sort_unstable_by_key(|(name, _)| *name);
    items
}
