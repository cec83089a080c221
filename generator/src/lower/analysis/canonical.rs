//! The canonical form of a schema: bytes that depend neither on the order of the keywords nor on the location of the schema.
//!
//! Some passes sort schemas by canonical form, so that the order of the schemas in the document does not change the result. For
//! example, if two inline types would get the same name, the canonical form decides which type gets it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::lower::analysis::integer_type::integer_type;
use crate::lower::analysis::numbers;
use crate::resolve::document::{AdditionalProperties, Keywords2020, Schema, SchemaRef, SchemaType};

/// The canonical form of a schema, as two byte strings: the first without annotations such as `description`, the second with
/// them. Sorting therefore compares the constraints first, and such annotations only if the constraints are equal.
pub(crate) type CanonicalForm = (Vec<u8>, Vec<u8>);

/// Returns the canonical form of a schema.
pub(crate) fn canonical_form(schema: &Schema) -> CanonicalForm {
    let with = |annotations| {
        let mut bytes = Bytes::default();
        add_schema(schema, Form { annotations, fingerprints: None }, &mut bytes);
        bytes.0
    };
    (with(Annotations::Ignored), with(Annotations::Included))
}

/// A hash of 128 bits, so that different schemas of a document do not have the same fingerprint by chance.
pub(crate) type Fingerprint = (u64, u64);

/// The fingerprints of the inline subschemas so far, by their addresses. The canonical bytes of a schema then have the fingerprint of
/// each of them instead of its bytes, so that deeply nested schemas are not read again for each level.
#[derive(Default)]
pub(crate) struct Fingerprints(RefCell<HashMap<(*const Schema, Annotations), Fingerprint>>);

impl Fingerprints {
    /// Returns the fingerprint of the constraints of a schema. `annotations` decides whether it covers the descriptions of
    /// subschemas. It never covers the description of the schema itself. The schema must exist as long as the fingerprints.
    pub(crate) fn of_constraints(&self, schema: &Schema, annotations: Annotations) -> Fingerprint {
        let mut bytes = Bytes::default();
        add_constraints(schema, Form { annotations, fingerprints: Some(self) }, &mut bytes);
        bytes.fingerprint()
    }

    /// Returns the canonical form of a schema, with the fingerprint of each inline subschema instead of its bytes.
    pub(crate) fn canonical_form(&self, schema: &Schema) -> CanonicalForm {
        let with = |annotations| {
            let mut bytes = Bytes::default();
            add_schema(schema, Form { annotations, fingerprints: Some(self) }, &mut bytes);
            bytes.0
        };
        (with(Annotations::Ignored), with(Annotations::Included))
    }

    fn of_subschema(&self, schema: &Schema, annotations: Annotations) -> Fingerprint {
        let key = (std::ptr::from_ref(schema), annotations);
        if let Some(known) = self.0.borrow().get(&key) {
            return *known;
        }
        let mut bytes = Bytes::default();
        add_schema(schema, Form { annotations, fingerprints: Some(self) }, &mut bytes);
        let fingerprint = bytes.fingerprint();
        self.0.borrow_mut().insert(key, fingerprint);
        fingerprint
    }
}

/// How canonical bytes are written.
#[derive(Clone, Copy)]
struct Form<'f> {
    annotations: Annotations,
    /// If present, inline subschemas are written as their fingerprints.
    fingerprints: Option<&'f Fingerprints>,
}

/// Sorts a list of schemas whose order has no meaning, such as `oneOf`: first the references to components by name, then the
/// inline schemas by canonical form. Returns each schema with its original index.
pub(crate) fn sorted(schemas: &[SchemaRef]) -> Vec<(usize, &SchemaRef)> {
    let mut ordered: Vec<(usize, &SchemaRef)> = schemas.iter().enumerate().collect();
    let has_several_inline = schemas.iter().filter(|schema| matches!(schema, SchemaRef::Inline(_))).count() > 1;
    ordered.sort_by_cached_key(|(_, schema)| match schema {
        SchemaRef::Component { name, .. } => (false, (name.clone().into_bytes(), Vec::new())),
        SchemaRef::Inline(schema) if has_several_inline => (true, canonical_form(schema)),
        SchemaRef::Inline(_) => (true, Default::default()),
    });
    ordered
}

/// Whether the canonical bytes of a schema include annotations such as `description`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Annotations {
    Included,
    Ignored,
}

/// A [`Hasher`] that computes no hash, but collects the bytes that are written to it. The bytes are the same on every machine.
#[derive(Default)]
struct Bytes(Vec<u8>);

impl Bytes {
    fn fingerprint(&self) -> Fingerprint {
        let half = |first: u8| {
            let mut half = DefaultHasher::new();
            half.write_u8(first);
            half.write(&self.0);
            half.finish()
        };
        (half(0), half(1))
    }
}

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

fn add_reference(schema: &SchemaRef, form: Form<'_>, bytes: &mut Bytes) {
    match schema {
        SchemaRef::Component { name, .. } => name.hash(bytes),
        SchemaRef::Inline(schema) => match form.fingerprints {
            Some(fingerprints) => fingerprints.of_subschema(schema, form.annotations).hash(bytes),
            None => add_schema(schema, form, bytes),
        },
    }
}

/// Adds the constraints and the title of `schema` to `bytes`. Adds the description and the default only if the annotations are
/// [`Annotations::Included`].
fn add_schema(schema: &Schema, form: Form<'_>, bytes: &mut Bytes) {
    add_constraints(schema, form, bytes);
    (schema.nullable, schema.deprecated, schema.read_only, schema.write_only).hash(bytes);
    schema.title.hash(bytes);
    if form.annotations == Annotations::Included {
        (&schema.description, &schema.source).hash(bytes);
        schema.default.as_ref().map(ToString::to_string).hash(bytes);
    }
}

fn add_unordered(schemas: &[SchemaRef], form: Form<'_>, bytes: &mut Bytes) {
    let of_one = |schema: &SchemaRef| {
        let mut bytes = Bytes::default();
        add_reference(schema, form, &mut bytes);
        bytes.0
    };
    let mut schemas: Vec<Vec<u8>> = schemas.iter().map(of_one).collect();
    schemas.sort_unstable();
    schemas.hash(bytes);
}

fn add_constraints(schema: &Schema, form: Form<'_>, bytes: &mut Bytes) {
    (schema.kind, &schema.format, &schema.pattern, schema.unique_items).hash(bytes);
    (schema.min_length, schema.max_length, schema.min_items, schema.max_items).hash(bytes);
    (schema.min_properties, schema.max_properties, schema.exclusive_minimum, schema.exclusive_maximum).hash(bytes);
    for number in [&schema.minimum, &schema.maximum, &schema.multiple_of] {
        number.as_ref().map(ToString::to_string).hash(bytes);
    }
    if schema.kind == Some(SchemaType::Integer) {
        // The Rust type of an integer also depends on its default and its examples, so the bytes include the range of this
        // type.
        numbers::range(&integer_type(schema)).hash(bytes);
    }
    sorted_items(schema.enum_values.iter().flatten().map(ToString::to_string)).hash(bytes);
    sorted_items(schema.required.iter()).hash(bytes);
    schema.properties.len().hash(bytes);
    for (name, property) in sorted_by_name(schema.properties.iter()) {
        name.hash(bytes);
        add_reference(property, form, bytes);
    }
    std::mem::discriminant(&schema.additional_properties).hash(bytes);
    if let AdditionalProperties::Schema(members) = &schema.additional_properties {
        add_reference(members, form, bytes);
    }
    for schema in [&schema.items, &schema.not] {
        add_unordered(schema.as_slice(), form, bytes);
    }
    for schemas in [&schema.all_of, &schema.one_of, &schema.any_of] {
        add_unordered(schemas, form, bytes);
    }
    if let Some(discriminator) = &schema.discriminator {
        discriminator.property_name.hash(bytes);
        sorted_items(discriminator.mapping.iter()).hash(bytes);
        discriminator.default_mapping.iter().for_each(|target| target.hash(bytes));
    }
    if let Some(keywords) = &schema.keywords_2020 {
        add_keywords_2020(keywords, form, bytes);
    }
}

fn add_keywords_2020(keywords: &Keywords2020, form: Form<'_>, bytes: &mut Bytes) {
    for (value, label) in &keywords.labels {
        (value, &label.title).hash(bytes);
        if form.annotations == Annotations::Included {
            label.description.hash(bytes);
        }
    }
    keywords.content_media_type.hash(bytes);
    keywords.prefix_items.len().hash(bytes);
    keywords.prefix_items.iter().for_each(|schema| add_reference(schema, form, bytes));
    (keywords.min_contains, keywords.max_contains).hash(bytes);
    for schema in [
        &keywords.contains,
        &keywords.property_names,
        &keywords.condition,
        &keywords.consequence,
        &keywords.alternative,
        &keywords.unevaluated_properties,
        &keywords.unevaluated_items,
    ] {
        add_unordered(schema.as_slice(), form, bytes);
    }
    for (name, required) in sorted_by_name(keywords.dependent_required.iter()) {
        (name, sorted_items(required.iter())).hash(bytes);
    }
    for schemas in [&keywords.pattern_properties, &keywords.dependent_schemas] {
        schemas.len().hash(bytes);
        for (name, schema) in sorted_by_name(schemas.iter()) {
            name.hash(bytes);
            add_reference(schema, form, bytes);
        }
    }
}

fn sorted_items<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    items.sort_unstable();
    items
}

fn sorted_by_name<'s, T>(items: impl Iterator<Item = (&'s String, T)>) -> Vec<(&'s String, T)> {
    let mut items: Vec<(&String, T)> = items.collect();
    items.sort_unstable_by_key(|(name, _)| *name);
    items
}
