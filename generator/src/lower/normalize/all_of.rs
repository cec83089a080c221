//! Merges the members of `allOf` into one schema.
//!
//! A member that cannot be merged stays under `allOf`. The Rust type expresses only the merged schema. A schema table, which the
//! runtime interprets, validates values against the remaining members.

use std::collections::HashMap;
use std::rc::Rc;

use indexmap::{IndexMap, IndexSet};

use crate::lower::analysis::canonical;
use crate::lower::analysis::disjoint::Comparison;
use crate::lower::analysis::predicates::{has_alternatives, has_only_all_of};
use crate::lower::normalize::conjunction::{common_type, merge_into};
use crate::lower::normalize::inheritance::{Inheritance, inheritance};
use crate::lower::normalize::subtypes;
use crate::pointer::Pointer;
use crate::resolve::document::{Schema, SchemaRef, SchemaType};

/// The largest number of levels of ancestors of a component that is merged into the schemas with this component under `allOf`.
/// A schema gets no fields from a component with more levels, but its values are still validated against that component. Without
/// the limit, the generated code would grow with the square of the length of a chain of components.
const MAX_INHERITANCE: usize = 32;

/// The number of schemas in conjunctions and merged schemas that may be merged again: `REPEATED_ANYWAY`, and
/// `REPEATED_PER_COMPONENT` for each component. Components whose `items` are lists of one another would otherwise be merged in every
/// combination, and the number of merged schemas could double with each component that a component extends in two properties.
const REPEATED_ANYWAY: usize = 10_000;
const REPEATED_PER_COMPONENT: usize = 10;

/// The component schemas of a document, and the results of merging them with the members of their `allOf`.
#[derive(Debug)]
pub(crate) struct MergedComponents<'c> {
    pub(super) components: &'c IndexMap<String, Schema>,
    inheritance: HashMap<&'c str, Inheritance>,
    /// The merged components, by name. Without this cache, the time would be exponential if each component of a hierarchy had
    /// two parents.
    merged: HashMap<&'c str, Rc<Schema>>,
    /// For each component and each number of levels of alternatives that were followed: whether one of the alternatives, or the
    /// component itself, is `nullable`.
    pub(super) nullable: HashMap<(&'c str, usize), bool>,
    /// The inheritance cycle of the component that is being merged, see [`Inheritance::cycle`]. A member of `allOf` in the same
    /// cycle inherits from this component. The member adds nothing, and is not merged.
    cycle: Option<usize>,
    /// Compares the alternatives of unions.
    pub(super) disjointness: Comparison<'c>,
    /// The number of schemas of each component, without the components to which it refers.
    sizes: HashMap<&'c str, usize>,
    /// The number of schemas in further conjunctions and merged schemas that may be merged.
    repeated: usize,
}

impl<'c> MergedComponents<'c> {
    pub(super) fn new(components: &'c IndexMap<String, Schema>) -> Self {
        Self {
            components,
            inheritance: inheritance(components),
            merged: HashMap::new(),
            nullable: HashMap::new(),
            cycle: None,
            disjointness: Comparison::new(components),
            sizes: components.iter().map(|(name, schema)| (name.as_str(), size(schema, &HashMap::new()))).collect(),
            repeated: REPEATED_ANYWAY + REPEATED_PER_COMPONENT * components.len(),
        }
    }

    /// Returns whether a conjunction, or a schema within a merged schema, may be merged. Counts its schemas.
    pub(super) fn may_merge(&mut self, schema: &Schema) -> bool {
        let rest = self.repeated.checked_sub(size(schema, &self.sizes));
        self.repeated = rest.unwrap_or_default();
        rest.is_some()
    }

    /// Merges a component with the members of its `allOf` into one schema. Returns `None` if there is no such component.
    fn component(&mut self, name: &str) -> Option<Rc<Schema>> {
        if let Some(merged) = self.merged.get(name) {
            return Some(Rc::clone(merged));
        }
        let (name, component) = self.components.get_key_value(name)?;
        let outer = std::mem::replace(&mut self.cycle, self.inheritance.get(name.as_str()).map(|found| found.cycle));
        let result = Rc::new(merged(&subtypes::without_subtypes(name, component, self.components), self));
        self.cycle = outer;
        self.merged.insert(name, Rc::clone(&result));
        Some(result)
    }

    /// Returns the type of a component, merged with the members of its `allOf`.
    pub(super) fn component_type(&mut self, name: &str) -> Option<SchemaType> {
        self.component(name)?.kind
    }
}

/// Returns the number of schemas in `schema`. A reference counts for the size of the component in `components`, and otherwise for 1.
fn size(schema: &Schema, components: &HashMap<&str, usize>) -> usize {
    let sizes = schema.subschemas().map(|part| match part {
        SchemaRef::Inline(part) => size(part, components),
        SchemaRef::Component { name, .. } => components.get(name.as_str()).copied().unwrap_or(1),
    });
    1 + sizes.sum::<usize>()
}

/// Merges a schema with the members of its `allOf`. Members that cannot be merged remain in `allOf`. `known` caches the results
/// for components.
pub(crate) fn merged(schema: &Schema, known: &mut MergedComponents<'_>) -> Schema {
    let mut result = Schema { all_of: Vec::new(), ..schema.clone() };
    let (mut is_any_nullable, mut do_all_accept_null) = (false, true);
    let mut property_names: Vec<(usize, Vec<String>)> = Vec::new();
    // If some members cannot be merged, the order of the document must not decide which ones. Therefore, the members are merged
    // in canonical order. At the end, the properties are sorted in document order.
    for (index, member) in canonical::sorted(&schema.all_of) {
        let member_schema = match member {
            SchemaRef::Inline(member) => merged(member, known),
            SchemaRef::Component { name, .. } => match known.inheritance.get(name.as_str()) {
                // A component that includes itself adds nothing.
                Some(inheritance) if known.cycle == Some(inheritance.cycle) => continue,
                Some(inheritance) if inheritance.height >= MAX_INHERITANCE => {
                    result.all_of.push(member.clone());
                    do_all_accept_null = false;
                    continue;
                }
                _ => match known.component(name) {
                    Some(component) => Rc::unwrap_or_clone(component),
                    None => continue,
                },
            },
        };
        is_any_nullable |= member_schema.nullable;
        do_all_accept_null &= member_schema.nullable || accepts_null_implicitly(&member_schema);
        let names: Vec<String> = member_schema.properties.keys().cloned().collect();
        match merge_into(&mut result, member_schema) {
            true => property_names.push((index, names)),
            false => result.all_of.push(member.clone()),
        }
    }
    remove_duplicates(&mut result);
    sort_properties(&mut result, schema, property_names);
    if let ([_], Some(kind)) = (result.all_of.as_slice(), result.kind)
        && has_only_all_of(&result)
    {
        // The only remaining member could not be merged, for example because it has a different type. A second member with the
        // type of the schema is added. Without the second member, the schema would be mistaken for a wrapper of the first one.
        let pointer = result.pointer.clone();
        result.all_of.push(SchemaRef::Inline(Box::new(Schema { pointer, kind: Some(kind), ..Schema::default() })));
    }
    // Strictly, null is allowed only if every member allows it. However, documents with `nullable` next to `allOf` mean that null
    // is allowed.
    result.nullable = schema.nullable || (is_any_nullable && do_all_accept_null);
    let values = result.enum_values.as_deref().unwrap_or_default();
    if result.nullable && !values.is_empty() && values.iter().all(serde_json::Value::is_null) {
        // Only null is left, so no Rust type needs the other type.
        result.kind = None;
    }
    result
}

/// Removes duplicate names from `required`, and duplicate members from `allOf`. A duplicate member occurs if two merged schemas
/// both extend the same component, and that component cannot be merged.
fn remove_duplicates(result: &mut Schema) {
    let mut names: IndexSet<String> = IndexSet::new();
    names.extend(std::mem::take(&mut result.required));
    result.required = names.into_iter().collect();
    remove_repetitions(&mut result.all_of);
}

/// Removes every schema that is equal to an earlier schema of the list, which includes an equal JSON Pointer.
pub(super) fn remove_repetitions(schemas: &mut Vec<SchemaRef>) {
    let mut seen: HashMap<Pointer, Vec<SchemaRef>> = HashMap::new();
    schemas.retain(|schema| {
        let same_place = seen.entry(schema.pointer().clone()).or_default();
        let is_new = !same_place.contains(schema);
        if is_new {
            same_place.push(schema.clone());
        }
        is_new
    });
}

/// Sorts the merged properties in document order: the properties of the schema itself, then the properties of each `allOf`
/// member. `of_members` contains the index of each member and the names of its properties.
fn sort_properties(result: &mut Schema, schema: &Schema, mut of_members: Vec<(usize, Vec<String>)>) {
    of_members.sort_unstable();
    let names = schema.properties.keys().chain(of_members.iter().flat_map(|(_, names)| names));
    let order: IndexSet<&String> = names.collect();
    result.properties.sort_by_cached_key(|name, _| order.get_index_of(name));
}

/// Returns whether null is valid because nothing excludes it: the schema has no type, no `enum`, and no subschemas that could
/// exclude null. A schema with properties is considered an object.
fn accepts_null_implicitly(schema: &Schema) -> bool {
    let is_composed = !schema.all_of.is_empty() || has_alternatives(schema);
    schema.kind.is_none() && !is_composed && schema.enum_values.is_none() && schema.properties.is_empty()
}

/// Returns whether a schema only wraps the single member of its `allOf`, for example to add a description to a reference. The
/// schema may repeat the type of the member.
pub(super) fn is_wrapper(schema: &Schema, known: &mut MergedComponents<'_>) -> bool {
    let [only] = schema.all_of.as_slice() else { return false };
    let mut member_type = || match only {
        SchemaRef::Inline(schema) => merged(schema, known).kind,
        SchemaRef::Component { name, .. } => known.component_type(name),
    };
    has_only_all_of(schema) && (schema.kind.is_none() || common_type(schema.kind, member_type()).is_some())
}
