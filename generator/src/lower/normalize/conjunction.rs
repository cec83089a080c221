//! Merges two schemas into one. A value is valid for the merged schema exactly if it is valid for both schemas.

use std::cmp::Ordering;
use std::collections::HashSet;

use copperplate_runtime::runtime::validation::format;
use serde_json::{Number, Value};

use crate::json::equality::canonical_text;
use crate::json::number;
use crate::lower::analysis::{formats, predicates};
use crate::pattern::compile;
use crate::pointer::Pointer;
use crate::resolve::document::{AdditionalProperties, Schema, SchemaRef, SchemaType};

/// Merges two schemas into one. Returns `None` if one schema cannot express the keywords of both, or if both together allow none
/// of the values of `enum`.
pub(super) fn merge_two(left: &Schema, right: &Schema) -> Option<Schema> {
    let (mut left, mut right) = (left.clone(), right.clone());
    merge_alternatives(&mut left, &right)?;
    left.not = either_or_equal(left.not, right.not.clone())?;
    // Two schemas that extend the same component both list this component under `allOf`. The merged schema lists it once.
    let new: Vec<SchemaRef> = right.all_of.iter().filter(|member| !left.all_of.contains(member)).cloned().collect();
    left.all_of.extend(new);
    apply_additional_properties(&mut left, &right);
    apply_additional_properties(&mut right, &left);
    left.additional_properties = common_additional_properties(&left, &right)?;
    left.kind = common_type(left.kind, right.kind)?;
    left.format = common_format(left.format, right.format)?;
    left.pattern = either_or_equal(left.pattern, right.pattern)?;
    left.multiple_of = common_multiple(left.multiple_of, right.multiple_of)?;
    left.enum_values = common_values(left.enum_values, right.enum_values);
    left.default = left.default.or(right.default);
    left.wide_example = left.wide_example.or(right.wide_example);
    left.description = left.description.or(right.description);
    left.min_length = combined(left.min_length, right.min_length, u64::max);
    left.max_length = combined(left.max_length, right.max_length, u64::min);
    retain_valid_strings(&mut left);
    if left.enum_values.as_ref().is_some_and(Vec::is_empty) {
        return None;
    }
    left.min_items = combined(left.min_items, right.min_items, u64::max);
    left.max_items = combined(left.max_items, right.max_items, u64::min);
    left.min_properties = combined(left.min_properties, right.min_properties, u64::max);
    left.max_properties = combined(left.max_properties, right.max_properties, u64::min);
    (left.minimum, left.exclusive_minimum) = tighter_bound(
        (left.minimum, left.exclusive_minimum),
        (right.minimum, right.exclusive_minimum),
        Ordering::is_gt,
    );
    (left.maximum, left.exclusive_maximum) = tighter_bound(
        (left.maximum, left.exclusive_maximum),
        (right.maximum, right.exclusive_maximum),
        Ordering::is_lt,
    );
    left.unique_items |= right.unique_items;
    left.read_only |= right.read_only;
    left.write_only |= right.write_only;
    left.deprecated |= right.deprecated;
    let items_pointer = left.pointer.join("items");
    left.items = match (left.items, right.items) {
        (Some(left), Some(right)) => Some(conjunction(items_pointer, left, right)),
        (left, right) => left.or(right),
    };
    for (name, property) in right.properties {
        let pointer = left.pointer.join("properties").join(&name);
        let known = left.properties.get(&name).cloned();
        let property = known.map_or(property.clone(), |known| conjunction(pointer, known, property));
        left.properties.insert(name, property);
    }
    let new: Vec<String> = right.required.into_iter().filter(|name| !left.required.contains(name)).collect();
    left.required.extend(new);
    Some(left)
}

/// Copies `oneOf`, `anyOf` and `discriminator` from `right` to `left` if `left` has neither `oneOf` nor `anyOf`. Returns `None`
/// if both schemas have alternatives and these differ.
fn merge_alternatives(left: &mut Schema, right: &Schema) -> Option<()> {
    match (predicates::has_alternatives(left), predicates::has_alternatives(right)) {
        (true, true) if left.one_of != right.one_of || left.any_of != right.any_of => return None,
        (false, true) => {
            (left.one_of, left.any_of) = (right.one_of.clone(), right.any_of.clone());
            left.discriminator = right.discriminator.clone();
        }
        _ => {}
    }
    Some(())
}

/// Applies the `additionalProperties` of `other` to the properties of `schema` that `other` does not describe.
fn apply_additional_properties(schema: &mut Schema, other: &Schema) {
    let AdditionalProperties::Schema(additional) = &other.additional_properties else { return };
    let pointer = schema.pointer.join("properties");
    for (name, property) in schema.properties.iter_mut().filter(|(name, _)| !other.properties.contains_key(*name)) {
        *property = conjunction(pointer.join(name), property.clone(), additional.clone());
    }
}

/// Returns `allOf: [left, right]` as a new schema at `pointer`. If the two schemas are equal, returns `left`.
fn conjunction(pointer: Pointer, left: SchemaRef, right: SchemaRef) -> SchemaRef {
    match (&left, &right) {
        (SchemaRef::Component { name: known, .. }, SchemaRef::Component { name, .. }) if known == name => left,
        _ if are_equal(&left, &right) => left,
        _ => {
            let first = match &left {
                SchemaRef::Inline(schema) => schema.derived_from.as_ref().unwrap_or(&schema.pointer),
                SchemaRef::Component { pointer, .. } => pointer,
            };
            let (derived_from, all_of) = (Some(first.clone()), vec![left, right]);
            SchemaRef::Inline(Box::new(Schema { pointer, derived_from, all_of, ..Schema::default() }))
        }
    }
}

/// Returns whether two schemas are equal, apart from their pointers.
fn are_equal(left: &SchemaRef, right: &SchemaRef) -> bool {
    let (SchemaRef::Inline(left_schema), SchemaRef::Inline(right_schema)) = (left, right) else { return left == right };
    if left_schema.kind != right_schema.kind || left_schema.properties.len() != right_schema.properties.len() {
        return false;
    }
    let (mut left, mut right) = (left.clone(), right.clone());
    left.erase_pointers();
    right.erase_pointers();
    left == right
}

/// Returns the type that both schemas allow: `integer` for `integer` and `number`. Returns `None` if the types exclude each
/// other.
pub(super) fn common_type(left: Option<SchemaType>, right: Option<SchemaType>) -> Option<Option<SchemaType>> {
    match (left, right) {
        (Some(SchemaType::Integer), Some(SchemaType::Number))
        | (Some(SchemaType::Number), Some(SchemaType::Integer)) => Some(Some(SchemaType::Integer)),
        (left, right) => either_or_equal(left, right),
    }
}

/// Returns the format of a merged schema. Of two different formats, the format with a known meaning is taken. Returns `None` if
/// two different formats both have a known meaning.
fn common_format(left: Option<String>, right: Option<String>) -> Option<Option<String>> {
    let has_meaning = |name: &str| formats::constrains_values(name) || matches!(name, "binary" | "password");
    match (&left, &right) {
        (Some(first), Some(second)) if first != second => match (has_meaning(first), has_meaning(second)) {
            (false, true) => Some(right),
            (true, true) => None,
            (_, false) => Some(left),
        },
        _ => Some(left.or(right)),
    }
}

/// Returns `left` or `right`, whichever is present. Returns `None` if both are present and differ.
fn either_or_equal<T: PartialEq>(left: Option<T>, right: Option<T>) -> Option<Option<T>> {
    match (left, right) {
        (Some(left), Some(right)) if left != right => None,
        (left, right) => Some(left.or(right)),
    }
}

/// Returns the stricter of two values of `multipleOf`: 6 for 3 and 6. Returns `None` if neither is a multiple of the other.
fn common_multiple(left: Option<Number>, right: Option<Number>) -> Option<Option<Number>> {
    match (&left, &right) {
        (Some(first), Some(second)) if number::is_multiple(first, second) => Some(left),
        (Some(first), Some(second)) => number::is_multiple(second, first).then_some(right),
        _ => Some(left.or(right)),
    }
}

/// Returns the `enum` values that both schemas allow. A schema without `enum` allows every value.
fn common_values(left: Option<Vec<Value>>, right: Option<Vec<Value>>) -> Option<Vec<Value>> {
    match (left, right) {
        (Some(left), Some(right)) => {
            let right: HashSet<String> = right.iter().map(canonical_text).collect();
            Some(left.into_iter().filter(|value| right.contains(&canonical_text(value))).collect())
        }
        (left, right) => left.or(right),
    }
}

/// Removes each string from `enum` that violates `minLength`, `maxLength`, `pattern` or `format` of the same schema. The Rust
/// enum then has no variant for such a string, and does not need to validate these keywords.
fn retain_valid_strings(schema: &mut Schema) {
    let Some(mut values) = schema.enum_values.take() else { return };
    let pattern = schema.pattern.as_deref().and_then(|pattern| compile(pattern).ok());
    let has_format = schema.format.as_deref().and_then(format::validator);
    values.retain(|value| {
        let Some(text) = value.as_str() else { return true };
        let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
        schema.min_length.is_none_or(|least| length >= least)
            && schema.max_length.is_none_or(|most| length <= most)
            && pattern.as_ref().is_none_or(|pattern| pattern.decide(text) != Some(false))
            && has_format.is_none_or(|has_format| has_format(text))
    });
    schema.enum_values = Some(values);
}

fn combined(left: Option<u64>, right: Option<u64>, combine: fn(u64, u64) -> u64) -> Option<u64> {
    match (left, right) {
        (Some(left), Some(right)) => Some(combine(left, right)),
        (left, right) => left.or(right),
    }
}

/// Returns the tighter of two limits. The `bool` of a limit is `true` if the limit is exclusive. Of two equal limits, the
/// exclusive limit is tighter.
fn tighter_bound(
    left: (Option<Number>, bool),
    right: (Option<Number>, bool),
    is_tighter: fn(Ordering) -> bool,
) -> (Option<Number>, bool) {
    let (Some(first), Some(second)) = (&left.0, &right.0) else {
        return if left.0.is_some() { left } else { right };
    };
    match number::compare(first, second) {
        Ordering::Equal => (left.0, left.1 || right.1),
        order if is_tighter(order) => left,
        _ => right,
    }
}

/// Merges the `additionalProperties` of both schemas. Returns `None` if one schema cannot express both. For example, one schema
/// has `additionalProperties: false`, and the other schema has a property that the first one does not describe.
fn common_additional_properties(left: &Schema, right: &Schema) -> Option<AdditionalProperties> {
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
