//! `allOf`: members that describe one object, or one value, become one schema.
//!
//! What cannot be one schema stays under `allOf`: the pass that lowers schemas checks it beside what the type says.

use std::cmp::Ordering;
use std::collections::HashMap;

use indexmap::{IndexMap, IndexSet};
use serde_json::{Number, Value};

use crate::json::number;
use crate::lower::schema::says_nothing_beside_all_of;
use crate::lower::schema::{canonical, enum_values, keywords, provenance, unions};
use crate::resolve::document::{
    AdditionalProperties, Document, Operation, ParameterValue, Schema, SchemaRef, SchemaType,
};

/// The components of a document, by name.
pub(crate) type Components = IndexMap<String, Schema>;

/// The document with every `allOf` merged that can be.
pub(crate) fn merge(mut merged: Document) -> Document {
    let components = &merged.schemas.clone();
    unions::name_subtypes(&mut merged.schemas, components);
    merged.schemas.values_mut().for_each(|schema| merge_below(schema, components, &mut Vec::new()));
    for schema in merged.operations.iter_mut().flat_map(schemas_of) {
        if let SchemaRef::Inline(schema) = schema {
            merge_below(schema, components, &mut Vec::new());
        }
    }
    merged
}

/// The schemas that stand directly in an operation.
pub(crate) fn schemas_of(operation: &mut Operation) -> impl Iterator<Item = &mut SchemaRef> {
    let parameters = operation.parameters.iter_mut().filter_map(|parameter| match &mut parameter.value {
        ParameterValue::Schema(schema) => Some(schema),
        ParameterValue::Content(media) => media.schema.as_mut(),
    });
    let body = operation.body.iter_mut().flat_map(|body| &mut body.content);
    let mut in_headers = Vec::new();
    let mut in_responses = Vec::new();
    for response in &mut operation.responses {
        in_headers.extend(response.headers.iter_mut().filter_map(|header| header.schema.as_mut()));
        in_responses.extend(response.content.iter_mut());
    }
    let contents = body.chain(in_responses).filter_map(|media| media.schema.as_mut());
    parameters.chain(contents).chain(in_headers)
}

/// How deep the conjunctions that merging makes may stand in each other.
const DEEPEST: usize = 8;

/// How many components that stand on one another are merged. Where more do, the rest is judged and not merged: every one of a long
/// chain would hold all that the others say.
const LONGEST: usize = 32;

/// Merges `schema` and what stands below it; `made` are the conjunctions around it that merging has made. Recursive components with a
/// property in common would make them without end: one that stands in itself, or too deep, stays under `allOf`.
fn merge_below(schema: &mut Schema, components: &Components, made: &mut Vec<Vec<SchemaRef>>) {
    let is_reference = is_reference(schema, components);
    let is_made = schema.derived_from.is_some() && schema.all_of.len() > 1;
    let is_endless = is_made && (made.len() >= DEEPEST || made.contains(&schema.all_of));
    let outside = made.len();
    if is_endless {
        return;
    }
    if is_made {
        made.push(schema.all_of.clone());
    }
    if !schema.all_of.is_empty() && !is_reference {
        *schema = flat(schema, components, &mut Open::default());
    }
    unions::settle(schema, components);
    for child in schema.subschemas_mut() {
        if let SchemaRef::Inline(child) = child {
            merge_below(child, components, made);
        }
    }
    made.truncate(outside);
}

/// Whether a schema is its only member under `allOf`: it says nothing else, but for a type that the member has too.
pub(crate) fn is_reference(schema: &Schema, components: &Components) -> bool {
    let [only] = schema.all_of.as_slice() else { return false };
    let behind = || match only {
        SchemaRef::Inline(schema) => flat(schema, components, &mut Open::default()).kind,
        SchemaRef::Component { name, .. } => {
            components.get(name).and_then(|schema| flat(schema, components, &mut Open::default()).kind)
        }
    };
    says_nothing_beside_all_of(schema) && (schema.kind.is_none() || kind(schema.kind, behind()).is_some())
}

/// The components that are being merged, which may not come again, and those that have been.
#[derive(Debug, Default)]
pub(crate) struct Open<'c> {
    names: Vec<&'c str>,
    merged: HashMap<&'c str, Schema>,
    /// How often something was left out because of what is being merged around it.
    cuts: usize,
}

impl<'c> Open<'c> {
    /// The component as one schema; `None` for one that is being merged. Components that stand on two others, each of which does, would
    /// be merged twice as often at every level.
    fn component(&mut self, name: &str, components: &'c Components) -> Option<Schema> {
        let (name, component) = components.get_key_value(name)?;
        if self.names.contains(&name.as_str()) {
            self.cuts += 1;
            return None;
        }
        if let Some(known) = self.merged.get(name.as_str()) {
            return Some(known.clone());
        }
        let cuts = self.cuts;
        self.names.push(name);
        let merged = flat(&unions::without_subtypes(name, component, components), components, self);
        self.names.pop();
        if self.cuts == cuts {
            self.merged.insert(name, merged.clone());
        }
        Some(merged)
    }
}

/// The schema and its members as one, with the members left under `allOf` that no one schema says together with the others.
pub(crate) fn flat<'c>(schema: &Schema, components: &'c Components, open: &mut Open<'c>) -> Schema {
    let mut result = Schema { all_of: Vec::new(), ..schema.clone() };
    let (mut is_any_nullable, mut all_take_null) = (false, true);
    // Where not all can be merged, which ones are must not follow from their order; the members stay as the document has them.
    let mut described: Vec<(usize, Vec<String>)> = Vec::new();
    for (index, member) in canonical::in_order(&schema.all_of) {
        if open.names.len() >= LONGEST {
            open.cuts += 1;
            result.all_of.push(member.clone());
            all_take_null = false;
            continue;
        }
        let flattened = match member {
            SchemaRef::Inline(member) => Some(flat(member, components, open)),
            SchemaRef::Component { name, .. } => open.component(name, components),
        };
        // A component that requires itself says nothing more the second time.
        let Some(flattened) = flattened else { continue };
        is_any_nullable |= flattened.nullable;
        all_take_null &= flattened.nullable || is_silent_on_null(&flattened);
        match both(&result, &flattened) {
            Some(mut together) => {
                provenance::note(&mut together, &result, &flattened);
                result = together;
                described.push((index, flattened.properties.into_keys().collect()));
            }
            None => result.all_of.push(member.clone()),
        }
    }
    described.sort_unstable();
    let described: IndexSet<&String> =
        schema.properties.keys().chain(described.iter().flat_map(|(_, names)| names)).collect();
    result.properties.sort_by_cached_key(|name, _| described.get_index_of(name));
    if let ([_], Some(kind)) = (result.all_of.as_slice(), result.kind)
        && says_nothing_beside_all_of(&result)
    {
        // It has another type than its only member, which it must not be taken for.
        let pointer = result.pointer.clone();
        result.all_of.push(SchemaRef::Inline(Box::new(Schema { pointer, kind: Some(kind), ..Schema::default() })));
    }
    // By the letter every member would have to allow null; what documents mean by `nullable` beside `allOf` is that it is allowed.
    result.nullable = schema.nullable || (is_any_nullable && all_take_null);
    result
}

/// Whether a schema takes null without a word: it has no type, and no part that could have one. One with properties is held as an object.
fn is_silent_on_null(schema: &Schema) -> bool {
    let is_composed = !schema.all_of.is_empty() || !schema.one_of.is_empty() || !schema.any_of.is_empty();
    schema.kind.is_none() && !is_composed && schema.enum_values.is_none() && schema.properties.is_empty()
}

/// A schema that says what both say; `None` where no schema does.
fn both(left: &Schema, right: &Schema) -> Option<Schema> {
    let (mut left, mut right) = (left.clone(), right.clone());
    let chooses = |schema: &Schema| !schema.one_of.is_empty() || !schema.any_of.is_empty();
    match (chooses(&left), chooses(&right)) {
        (true, true) if left.one_of != right.one_of || left.any_of != right.any_of => return None,
        (false, true) => {
            (left.one_of, left.any_of) = (right.one_of.clone(), right.any_of.clone());
            left.discriminator = right.discriminator.clone();
        }
        _ => {}
    }
    left.not = same(left.not, right.not.clone())?;
    left.all_of.extend(right.all_of.iter().cloned());
    describe_members(&mut left, &right);
    describe_members(&mut right, &left);
    left.additional_properties = additional(&left, &right)?;
    left.kind = kind(left.kind, right.kind)?;
    left.format = format(left.format, right.format)?;
    left.pattern = same(left.pattern, right.pattern)?;
    left.multiple_of = step(left.multiple_of, right.multiple_of)?;
    left.enum_values = values(left.enum_values, right.enum_values);
    left.default = left.default.or(right.default);
    left.wide_example = left.wide_example.or(right.wide_example);
    left.description = left.description.or(right.description);
    left.min_length = tighter(left.min_length, right.min_length, u64::max);
    left.max_length = tighter(left.max_length, right.max_length, u64::min);
    enum_values::keep_possible(&mut left);
    if left.enum_values.as_ref().is_some_and(Vec::is_empty) {
        return None;
    }
    left.min_items = tighter(left.min_items, right.min_items, u64::max);
    left.max_items = tighter(left.max_items, right.max_items, u64::min);
    left.min_properties = tighter(left.min_properties, right.min_properties, u64::max);
    left.max_properties = tighter(left.max_properties, right.max_properties, u64::min);
    (left.minimum, left.exclusive_minimum) =
        bound((left.minimum, left.exclusive_minimum), (right.minimum, right.exclusive_minimum), Ordering::is_gt);
    (left.maximum, left.exclusive_maximum) =
        bound((left.maximum, left.exclusive_maximum), (right.maximum, right.exclusive_maximum), Ordering::is_lt);
    left.unique_items |= right.unique_items;
    left.read_only |= right.read_only;
    left.write_only |= right.write_only;
    left.deprecated |= right.deprecated;
    let items_place = left.pointer.join("items");
    left.items = match (left.items, right.items) {
        (Some(left), Some(right)) => Some(conjunction(items_place, left, right)),
        (left, right) => left.or(right),
    };
    for (name, property) in right.properties {
        let place = left.pointer.join("properties").join(&name);
        let known = left.properties.get(&name).cloned();
        let property = known.map_or(property.clone(), |known| conjunction(place, known, property));
        left.properties.insert(name, property);
    }
    let new: Vec<String> = right.required.into_iter().filter(|name| !left.required.contains(name)).collect();
    left.required.extend(new);
    Some(left)
}

/// Writes the schema that another one has for members which it does not describe into the properties that it meets.
fn describe_members(schema: &mut Schema, other: &Schema) {
    let AdditionalProperties::Schema(described) = &other.additional_properties else { return };
    let place = schema.pointer.join("properties");
    for (name, property) in schema.properties.iter_mut().filter(|(name, _)| !other.properties.contains_key(*name)) {
        *property = conjunction(place.join(name), property.clone(), described.clone());
    }
}

/// `allOf` of two schemas, at a place of its own. One that is repeated is the same one.
fn conjunction(pointer: crate::pointer::Pointer, left: SchemaRef, right: SchemaRef) -> SchemaRef {
    match (&left, &right) {
        (SchemaRef::Component { name: known, .. }, SchemaRef::Component { name, .. }) if known == name => left,
        _ if says_the_same(&left, &right) => left,
        _ => {
            let first = match &left {
                SchemaRef::Inline(schema) => schema.derived_from.as_ref().unwrap_or(&schema.pointer),
                SchemaRef::Component { pointer, .. } => pointer,
            };
            let derived_from = Some(first.clone());
            SchemaRef::Inline(Box::new(Schema {
                pointer,
                derived_from,
                all_of: vec![left, right],
                ..Schema::default()
            }))
        }
    }
}

/// Whether two schemas differ in nothing but where they stand.
fn says_the_same(left: &SchemaRef, right: &SchemaRef) -> bool {
    let (SchemaRef::Inline(mine), SchemaRef::Inline(theirs)) = (left, right) else { return left == right };
    if mine.kind != theirs.kind || mine.properties.len() != theirs.properties.len() {
        return false;
    }
    let (mut left, mut right) = (left.clone(), right.clone());
    left.erase_pointers();
    right.erase_pointers();
    left == right
}

fn kind(left: Option<SchemaType>, right: Option<SchemaType>) -> Option<Option<SchemaType>> {
    match (left, right) {
        (Some(SchemaType::Integer), Some(SchemaType::Number))
        | (Some(SchemaType::Number), Some(SchemaType::Integer)) => Some(Some(SchemaType::Integer)),
        (left, right) => same(left, right),
    }
}

/// Of two formats the one that says more; `None` where both say something that the other does not.
fn format(left: Option<String>, right: Option<String>) -> Option<Option<String>> {
    let says = |name: &str| keywords::is_range_or_syntax(name) || matches!(name, "binary" | "password");
    match (&left, &right) {
        (Some(mine), Some(theirs)) if mine != theirs => match (says(mine), says(theirs)) {
            (false, true) => Some(right),
            (true, true) => None,
            (_, false) => Some(left),
        },
        _ => Some(left.or(right)),
    }
}

/// The one that is there, or both where they are equal.
fn same<T: PartialEq>(left: Option<T>, right: Option<T>) -> Option<Option<T>> {
    match (left, right) {
        (Some(left), Some(right)) if left != right => None,
        (left, right) => Some(left.or(right)),
    }
}

/// Of two steps the one that is a multiple of the other, which says both.
fn step(left: Option<Number>, right: Option<Number>) -> Option<Option<Number>> {
    match (&left, &right) {
        (Some(mine), Some(theirs)) if number::is_multiple(mine, theirs) => Some(left),
        (Some(mine), Some(theirs)) => number::is_multiple(theirs, mine).then_some(right),
        _ => Some(left.or(right)),
    }
}

fn values(left: Option<Vec<Value>>, right: Option<Vec<Value>>) -> Option<Vec<Value>> {
    match (left, right) {
        (Some(left), Some(right)) => Some(left.into_iter().filter(|value| enum_values::has(&right, value)).collect()),
        (left, right) => left.or(right),
    }
}

fn tighter(left: Option<u64>, right: Option<u64>, of: fn(u64, u64) -> u64) -> Option<u64> {
    match (left, right) {
        (Some(left), Some(right)) => Some(of(left, right)),
        (left, right) => left.or(right),
    }
}

/// The tighter of two bounds; of equal ones the exclusive one.
fn bound(
    left: (Option<Number>, bool),
    right: (Option<Number>, bool),
    is_tighter: fn(Ordering) -> bool,
) -> (Option<Number>, bool) {
    let (Some(known), Some(other)) = (&left.0, &right.0) else {
        return if left.0.is_some() { left } else { right };
    };
    match number::compare(known, other) {
        Ordering::Equal => (left.0, left.1 || right.1),
        order if is_tighter(order) => left,
        _ => right,
    }
}

/// `false` looks at the properties beside it alone, so it forbids what another member describes: no one schema says that.
fn additional(left: &Schema, right: &Schema) -> Option<AdditionalProperties> {
    let allows = |schema: &Schema, other: &Schema| {
        !matches!(schema.additional_properties, AdditionalProperties::Forbidden)
            || other.properties.keys().all(|name| schema.properties.contains_key(name))
    };
    match (&left.additional_properties, &right.additional_properties) {
        (AdditionalProperties::Forbidden, _) | (_, AdditionalProperties::Forbidden) => {
            (allows(left, right) && allows(right, left)).then_some(AdditionalProperties::Forbidden)
        }
        (AdditionalProperties::Absent, other) | (other, AdditionalProperties::Absent) => Some(other.clone()),
        (AdditionalProperties::Any, other) | (other, AdditionalProperties::Any) => Some(other.clone()),
        (left, right) => (left == right).then(|| left.clone()),
    }
}

#[cfg(test)]
mod tests {
    use crate::options::Options;

    /// The property that both have in common is a conjunction of both, whose property is one again.
    #[test]
    fn recursive_members_with_a_common_property_come_to_an_end() {
        let text = "\
openapi: 3.0.3
info: { title: t, version: '1' }
paths: {}
components:
  schemas:
    A: { type: object, properties: { x: { $ref: '#/components/schemas/A' }, y: { type: string } } }
    B: { type: object, properties: { x: { $ref: '#/components/schemas/B' }, z: { type: string } } }
    C: { allOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }] }
";
        let api = crate::pipeline::lowered(text, &Options { types: crate::options::Types::All, ..Options::default() });
        let names: Vec<&str> = api.emitted_types.iter().map(|id| api.types[id.0].name.as_str()).collect();
        assert!(["A", "B", "C"].iter().all(|name| names.contains(name)), "{names:?}");
        assert!(!api.schema_tables.is_empty(), "what is not merged is judged by a table");
    }

    /// Each level stands on both components of the one below: without memory the work would double forty times.
    #[test]
    fn components_that_stand_on_two_others_are_merged_once() {
        let mut text = String::from(
            "openapi: 3.0.3\ninfo: { title: t, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n    C0: { type: object, \
             properties: { x: { type: string } } }\n    D0: { type: object, properties: { y: { type: string } } }\n",
        );
        for level in 1..30 {
            let below = level - 1;
            for name in ["C", "D"] {
                text += &format!(
                    "    {name}{level}: {{ allOf: [{{ $ref: '#/components/schemas/C{below}' }}, {{ $ref: \
                     '#/components/schemas/D{below}' }}] }}\n"
                );
            }
        }
        let api = crate::pipeline::lowered(&text, &Options { types: crate::options::Types::All, ..Options::default() });
        let last = api.types.iter().find(|definition| definition.name == "C29").expect("the type");
        assert!(matches!(&last.kind, crate::ir::TypeKind::Struct(structure) if structure.fields.len() == 2));
    }
}
