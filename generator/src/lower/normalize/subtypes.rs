//! Turns a component with a discriminator, but without `oneOf` and `anyOf`, into a union of its subtypes. The subtypes of `Pet`
//! are the components whose `allOf` refers to `Pet`, directly or through other components.

use std::borrow::Cow;
use std::collections::HashSet;

use indexmap::{IndexMap, IndexSet};

use crate::lower::analysis::predicates::{has_alternatives, without_alternatives};
use crate::resolve::document::{Schema, SchemaRef};

/// The title of the base alternative, and the name of its Rust variant. If a component becomes a union of its subtypes, the base
/// alternative of the union accepts values of unknown subtypes.
const BASE_TITLE: &str = "Base";

/// The last token of the JSON pointer of a base alternative: `/components/schemas/Pet/discriminator`. No document has a schema at
/// such a pointer. If the base alternative had the pointer of `Pet`, it would be mistaken for `Pet` itself.
const BASE_TOKEN: &str = "discriminator";

/// Returns whether an alternative is the base alternative of a union. The base alternative accepts values of unknown subtypes.
pub(crate) fn is_base(alternative: &SchemaRef) -> bool {
    matches!(alternative, SchemaRef::Inline(schema) if schema.pointer.last().as_deref() == Some(BASE_TOKEN))
}

/// Turns each component that has a discriminator and subtypes, but neither `oneOf` nor `anyOf`, into a union of its subtypes.
/// The last alternative of the union is the base alternative: the original schema of the component.
pub(super) fn turn_parents_into_unions(schemas: &mut IndexMap<String, Schema>, components: &IndexMap<String, Schema>) {
    let parents: HashSet<&str> = components
        .iter()
        .filter(|(_, schema)| schema.discriminator.is_some() && !has_alternatives(schema))
        .map(|(name, _)| name.as_str())
        .collect();
    let mut subtypes_of: IndexMap<&str, Vec<&str>> = IndexMap::new();
    if parents.is_empty() {
        return;
    }
    for (name, schema) in components {
        for ancestor in ancestors(schema, components).into_iter().filter(|ancestor| parents.contains(ancestor)) {
            subtypes_of.entry(ancestor).or_default().push(name);
        }
    }
    for (name, schema) in schemas.iter_mut() {
        let mut subtypes: Vec<&str> = subtypes_of.get(name.as_str()).cloned().unwrap_or_default();
        subtypes.retain(|subtype| subtype != name);
        if subtypes.is_empty() {
            continue;
        }
        let component = |name: &str| SchemaRef::Component { name: name.to_owned(), pointer: schema.pointer.clone() };
        let mut alternatives: Vec<SchemaRef> = subtypes.into_iter().map(component).collect();
        let base = Schema {
            pointer: schema.pointer.join(BASE_TOKEN),
            derived_from: Some(schema.pointer.clone()),
            title: Some(BASE_TITLE.to_owned()),
            discriminator: None,
            nullable: false,
            ..schema.clone()
        };
        alternatives.push(SchemaRef::Inline(Box::new(base)));
        *schema = Schema { any_of: alternatives, ..annotations(schema) };
    }
}

/// Returns the schema that the subtypes of a component inherit. If the component lists subtypes in `oneOf` or `anyOf`, the
/// result has neither keyword, because a value of one subtype does not have to match another subtype.
pub(super) fn without_subtypes<'s>(
    name: &str,
    schema: &'s Schema,
    components: &IndexMap<String, Schema>,
) -> Cow<'s, Schema> {
    let alternatives: HashSet<&str> = schema
        .one_of
        .iter()
        .chain(&schema.any_of)
        .filter_map(|alternative| match alternative {
            SchemaRef::Component { name, .. } => Some(name.as_str()),
            SchemaRef::Inline(_) => None,
        })
        .collect();
    let is_subtype = |alternative: &&str| {
        components.get(*alternative).is_some_and(|schema| ancestors(schema, components).contains(name))
    };
    match alternatives.iter().any(is_subtype) {
        false => Cow::Borrowed(schema),
        true => Cow::Owned(without_alternatives(schema)),
    }
}

/// Returns the components from which a schema inherits with `allOf`, directly or indirectly.
fn ancestors<'c>(schema: &Schema, components: &'c IndexMap<String, Schema>) -> IndexSet<&'c str> {
    let mut found: IndexSet<&str> = IndexSet::new();
    let mut open: Vec<&Schema> = vec![schema];
    while let Some(schema) = open.pop() {
        for member in &schema.all_of {
            let SchemaRef::Component { name, .. } = member else { continue };
            let Some((name, parent)) = components.get_key_value(name) else { continue };
            if found.insert(name) {
                open.push(parent);
            }
        }
    }
    found
}

/// Returns a copy of `schema` without its constraints. The copy keeps the pointer, the annotations, `nullable` and
/// `discriminator`.
pub(super) fn annotations(schema: &Schema) -> Schema {
    Schema {
        pointer: schema.pointer.clone(),
        nullable: schema.nullable,
        title: schema.title.clone(),
        description: schema.description.clone(),
        default: schema.default.clone(),
        example: schema.example.clone(),
        deprecated: schema.deprecated,
        read_only: schema.read_only,
        write_only: schema.write_only,
        discriminator: schema.discriminator.clone(),
        source: schema.source.clone(),
        keywords_2020: schema.keywords_2020.clone().filter(|keywords| !keywords.constrain_values()),
        ..Schema::default()
    }
}
