//! Merges the members of `allOf` into one schema.
//!
//! A member that cannot be merged stays under `allOf`. The Rust type expresses only the merged schema. A schema table, which the
//! runtime interprets, validates values against the remaining members.

use std::collections::HashMap;

use indexmap::{IndexMap, IndexSet};

use crate::lower::analysis::canonical;
use crate::lower::analysis::predicates::{has_alternatives, has_only_all_of};
use crate::lower::normalize::conjunction::{common_type, merge_two};
use crate::lower::normalize::{keyword_origins, subtypes};
use crate::resolve::document::{Schema, SchemaRef};

/// At most this many levels of `allOf` inheritance are merged. Deeper levels are validated but have no fields. Without the
/// limit, every type in a long chain would have the fields of all its ancestors.
const MAX_INHERITANCE: usize = 32;

/// The results of merging component schemas with the members of their `allOf`, and the components whose merge is in progress.
#[derive(Debug, Default)]
pub(crate) struct MergedComponents<'c> {
    /// The names of the components whose merge is in progress, from the outermost to the innermost. A component in this list is
    /// not merged again, because it would be merged into itself.
    in_progress: Vec<&'c str>,
    /// The completely merged components, by name. Without this cache, the time would be exponential if each component of a
    /// hierarchy had two parents.
    merged: HashMap<&'c str, Schema>,
    /// The components that were merged without some `allOf` members because of [`MAX_INHERITANCE`]. Which members are skipped
    /// depends on the length of `in_progress` when the merge begins, so the key is the component name and this length.
    incomplete: HashMap<(&'c str, usize), Schema>,
    /// How often an `allOf` member was skipped because [`MAX_INHERITANCE`] components were already being merged.
    skipped: usize,
    /// How often a component was skipped because it inherits from itself. A schema that was merged without this component is
    /// correct only inside the merge of this component, so the schema is not cached.
    repeated: usize,
}

impl<'c> MergedComponents<'c> {
    /// Merges a component with the members of its `allOf` into one schema. Returns `None` if the merge of this component is
    /// already in progress, which means that the component inherits from itself.
    fn component(&mut self, name: &str, components: &'c IndexMap<String, Schema>) -> Option<Schema> {
        let (name, component) = components.get_key_value(name)?;
        if self.in_progress.contains(&name.as_str()) {
            self.repeated += 1;
            return None;
        }
        let depth = self.in_progress.len();
        if let Some(merged) = self.merged.get(name.as_str()) {
            return Some(merged.clone());
        }
        if let Some(incomplete) = self.incomplete.get(&(name.as_str(), depth)) {
            self.skipped += 1;
            return Some(incomplete.clone());
        }
        let (skipped, repeated) = (self.skipped, self.repeated);
        self.in_progress.push(name);
        let result = merged(&subtypes::without_subtypes(name, component, components), components, self);
        self.in_progress.pop();
        match (self.repeated == repeated, self.skipped == skipped) {
            (true, true) => _ = self.merged.insert(name, result.clone()),
            (true, false) => _ = self.incomplete.insert((name, depth), result.clone()),
            (false, _) => {}
        }
        Some(result)
    }
}

/// Merges a schema with the members of its `allOf`. Members that cannot be merged remain in `allOf`. `known` caches the results
/// for components.
pub(crate) fn merged<'c>(
    schema: &Schema,
    components: &'c IndexMap<String, Schema>,
    known: &mut MergedComponents<'c>,
) -> Schema {
    let mut result = Schema { all_of: Vec::new(), ..schema.clone() };
    let (mut is_any_nullable, mut do_all_accept_null) = (false, true);
    let mut property_names: Vec<(usize, Vec<String>)> = Vec::new();
    // If some members cannot be merged, the order of the document must not decide which ones. Therefore, the members are merged
    // in canonical order. At the end, the properties are sorted in document order.
    for (index, member) in canonical::sorted(&schema.all_of) {
        if known.in_progress.len() >= MAX_INHERITANCE {
            known.skipped += 1;
            result.all_of.push(member.clone());
            do_all_accept_null = false;
            continue;
        }
        let member_schema = match member {
            SchemaRef::Inline(member) => Some(merged(member, components, known)),
            SchemaRef::Component { name, .. } => known.component(name, components),
        };
        // A component that includes itself adds nothing.
        let Some(member_schema) = member_schema else { continue };
        is_any_nullable |= member_schema.nullable;
        do_all_accept_null &= member_schema.nullable || accepts_null_implicitly(&member_schema);
        match merge_two(&result, &member_schema) {
            Some(mut together) => {
                keyword_origins::note(&mut together, &result, &member_schema);
                result = together;
                property_names.push((index, member_schema.properties.into_keys().collect()));
            }
            None => result.all_of.push(member.clone()),
        }
    }
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
    result
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
pub(crate) fn is_wrapper(schema: &Schema, components: &IndexMap<String, Schema>) -> bool {
    let [only] = schema.all_of.as_slice() else { return false };
    let member_type = || match only {
        SchemaRef::Inline(schema) => merged(schema, components, &mut MergedComponents::default()).kind,
        SchemaRef::Component { name, .. } => component_type(name, components),
    };
    has_only_all_of(schema) && (schema.kind.is_none() || common_type(schema.kind, member_type()).is_some())
}

/// Returns the type of a component after its `allOf` is merged.
pub(crate) fn component_type(
    name: &str,
    components: &IndexMap<String, Schema>,
) -> Option<crate::resolve::document::SchemaType> {
    components.get(name).and_then(|schema| merged(schema, components, &mut MergedComponents::default()).kind)
}
