//! Merges two schemas into one. A value is valid for the merged schema exactly if it is valid for both schemas.

use std::cmp::Ordering;
use std::collections::HashSet;

use indexmap::map::Entry;
use serde_json::{Number, Value};

use crate::json::equality::canonical_text;
use crate::json::number;
use crate::lower::analysis::{formats, predicates};
use crate::lower::normalize::conjunction_2020::common_keywords_2020;
use crate::lower::normalize::keyword_origins;
use crate::pattern::compile;
use crate::pointer::Pointer;
use crate::resolve::document::{AdditionalProperties, Schema, SchemaRef, SchemaType, string_format};

/// Merges `right` into `left`. Returns `false`, and does not change `left`, if no single schema can express the keywords of both,
/// or if both together allow none of the values of `enum`.
///
/// `required` and `allOf` of the result may contain repetitions.
pub(super) fn merge_into(left: &mut Schema, mut right: Schema) -> bool {
    let Some(common) = Common::of(left, &right) else { return false };
    let before = keyword_origins::keyword_values(left);
    apply_additional_properties(left, &right);
    apply_additional_properties(&mut right, left);
    common.apply(left, &mut right);
    left.all_of.append(&mut right.all_of);
    left.default = left.default.take().or(right.default);
    left.wide_example = left.wide_example.take().or(right.wide_example);
    left.description = left.description.take().or(right.description);
    left.min_items = combined(left.min_items, right.min_items, u64::max);
    left.max_items = combined(left.max_items, right.max_items, u64::min);
    left.min_properties = combined(left.min_properties, right.min_properties, u64::max);
    left.max_properties = combined(left.max_properties, right.max_properties, u64::min);
    (left.minimum, left.exclusive_minimum) = tighter_bound(
        (left.minimum.take(), left.exclusive_minimum),
        (right.minimum, right.exclusive_minimum),
        Ordering::is_gt,
    );
    (left.maximum, left.exclusive_maximum) = tighter_bound(
        (left.maximum.take(), left.exclusive_maximum),
        (right.maximum, right.exclusive_maximum),
        Ordering::is_lt,
    );
    left.unique_items |= right.unique_items;
    left.read_only |= right.read_only;
    left.write_only |= right.write_only;
    left.deprecated |= right.deprecated;
    match (&mut left.items, right.items) {
        (Some(items), Some(others)) => conjoin(items, left.pointer.join("items"), others),
        (items, others) => *items = items.take().or(others),
    }
    let properties = left.pointer.join("properties");
    for (name, property) in right.properties {
        match left.properties.entry(name) {
            Entry::Vacant(entry) => _ = entry.insert(property),
            Entry::Occupied(mut entry) => {
                let pointer = properties.join(entry.key());
                conjoin(entry.get_mut(), pointer, property);
            }
        }
    }
    left.required.append(&mut right.required);
    let pointer = right.derived_from.as_ref().unwrap_or(&right.pointer);
    keyword_origins::note(left, &before, pointer, &right.keyword_origins);
    true
}

/// Selects the left or the right of two schemas that are merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

/// The keywords of a merged schema for which the two original schemas can contradict each other. A field of the type [`Side`]
/// tells which schema's value is kept. Any other field contains the merged value.
struct Common {
    alternatives: Side,
    not: Side,
    additional_properties: Side,
    kind: Option<SchemaType>,
    format: Side,
    pattern: Side,
    multiple_of: Side,
    keywords_2020: Side,
    min_length: Option<u64>,
    max_length: Option<u64>,
    /// The values of `enum` in the merged schema; `None` if the `enum` of the left schema does not change.
    enum_values: Option<Vec<Value>>,
}

impl Common {
    /// Decides the keywords for the merge of `left` and `right`. Returns `None` if the two values of a keyword cannot be
    /// combined, such as two different types, or if no value of `enum` remains.
    fn of(left: &Schema, right: &Schema) -> Option<Self> {
        let mut common = Self {
            alternatives: common_alternatives(left, right)?,
            not: only_or_equal(&left.not, &right.not)?,
            additional_properties: common_additional_properties(left, right)?,
            kind: common_type(left.kind, right.kind)?,
            format: common_format(left.format.as_deref(), right.format.as_deref())?,
            pattern: only_or_equal(&left.pattern, &right.pattern)?,
            multiple_of: common_multiple(&left.multiple_of, &right.multiple_of)?,
            keywords_2020: if common_keywords_2020(left, right)? { Side::Left } else { Side::Right },
            min_length: combined(left.min_length, right.min_length, u64::max),
            max_length: combined(left.max_length, right.max_length, u64::min),
            enum_values: None,
        };
        common.enum_values = common.values(left, right);
        let values = common.enum_values.as_ref().or(left.enum_values.as_ref());
        (!values.is_some_and(Vec::is_empty)).then_some(common)
    }

    /// Returns the values of `enum` that both schemas list and that the other keywords do not exclude. Returns `None` if these are
    /// the values of the left schema.
    fn values(&self, left: &Schema, right: &Schema) -> Option<Vec<Value>> {
        let does_keep_left = (self.min_length, self.max_length) == (left.min_length, left.max_length)
            && (self.pattern, self.format) == (Side::Left, Side::Left);
        let mut values = match (&left.enum_values, &right.enum_values) {
            (Some(left), Some(right)) => {
                let right: HashSet<String> = right.iter().map(canonical_text).collect();
                left.iter().filter(|value| right.contains(&canonical_text(value))).cloned().collect()
            }
            (None, Some(right)) => right.clone(),
            (Some(left), None) if !does_keep_left => left.clone(),
            (_, None) => return None,
        };
        self.retain_valid_strings(left, right, &mut values);
        Some(values)
    }

    /// Removes the strings from `enum` that other keywords of the merged schema exclude. The Rust enum for the schema checks only
    /// its variants, not these keywords.
    fn retain_valid_strings(&self, left: &Schema, right: &Schema, values: &mut Vec<Value>) {
        let pattern = self.pattern.of(&left.pattern, &right.pattern).as_deref();
        let pattern = pattern.and_then(|pattern| compile(pattern).ok());
        let (left_format, right_format) = (left.validated_format(), right.validated_format());
        let has_format = self.format.of(&left_format, &right_format).and_then(string_format::validator);
        values.retain(|value| {
            let Some(text) = value.as_str() else { return true };
            let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
            self.min_length.is_none_or(|least| length >= least)
                && self.max_length.is_none_or(|most| length <= most)
                && pattern.as_ref().is_none_or(|pattern| pattern.decide(text) != Some(false))
                && has_format.is_none_or(|has_format| has_format(text))
        });
    }

    /// Sets the keywords of `left` to the keywords of the merged schema. The values of `right` that are kept move to `left`.
    fn apply(self, left: &mut Schema, right: &mut Schema) {
        self.not.set(&mut left.not, &mut right.not);
        self.additional_properties.set(&mut left.additional_properties, &mut right.additional_properties);
        self.format.set(&mut left.format, &mut right.format);
        self.format.set(&mut left.has_unvalidated_format, &mut right.has_unvalidated_format);
        self.pattern.set(&mut left.pattern, &mut right.pattern);
        self.multiple_of.set(&mut left.multiple_of, &mut right.multiple_of);
        self.keywords_2020.set(&mut left.keywords_2020, &mut right.keywords_2020);
        self.alternatives.set(&mut left.one_of, &mut right.one_of);
        self.alternatives.set(&mut left.any_of, &mut right.any_of);
        self.alternatives.set(&mut left.discriminator, &mut right.discriminator);
        (left.kind, left.min_length, left.max_length) = (self.kind, self.min_length, self.max_length);
        if let Some(values) = self.enum_values {
            left.enum_values = Some(values);
        }
    }
}

impl Side {
    /// Returns `left` for [`Side::Left`], and `right` for [`Side::Right`].
    fn of<'v, T>(self, left: &'v T, right: &'v T) -> &'v T {
        match self {
            Self::Left => left,
            Self::Right => right,
        }
    }

    /// Moves the value of `right` to `left` for [`Side::Right`]. Changes nothing for [`Side::Left`].
    fn set<T>(self, left: &mut T, right: &mut T) {
        if self == Self::Right {
            std::mem::swap(left, right);
        }
    }
}

/// Returns the side whose `oneOf`, `anyOf` and `discriminator` are kept. Returns `None` if both schemas have alternatives, and
/// the alternatives differ.
fn common_alternatives(left: &Schema, right: &Schema) -> Option<Side> {
    match (predicates::has_alternatives(left), predicates::has_alternatives(right)) {
        (true, true) if left.one_of != right.one_of || left.any_of != right.any_of => None,
        (false, true) => Some(Side::Right),
        _ => Some(Side::Left),
    }
}

/// Applies the `additionalProperties` of `other` to the properties of `schema` that `other` does not describe.
fn apply_additional_properties(schema: &mut Schema, other: &Schema) {
    let AdditionalProperties::Schema(additional) = &other.additional_properties else { return };
    let pointer = schema.pointer.join("properties");
    for (name, property) in schema.properties.iter_mut().filter(|(name, _)| !other.properties.contains_key(*name)) {
        conjoin(property, pointer.join(name), additional.clone());
    }
}

/// Replaces `schema` by the new schema `allOf: [schema, other]` at `pointer`. Does nothing if `schema` and `other` are equal. If
/// an earlier call has already created an `allOf` at `pointer`, adds `other` to that `allOf`.
fn conjoin(schema: &mut SchemaRef, pointer: Pointer, other: SchemaRef) {
    match (&mut *schema, &other) {
        (SchemaRef::Component { name: known, .. }, SchemaRef::Component { name, .. }) if known == name => return,
        (known, other) if are_equal(known, other) => return,
        (SchemaRef::Inline(known), _) if known.pointer == pointer && is_conjunction(known) => {
            return known.all_of.push(other);
        }
        _ => {}
    }
    let first = match &*schema {
        SchemaRef::Inline(schema) => schema.derived_from.as_ref().unwrap_or(&schema.pointer),
        SchemaRef::Component { pointer, .. } => pointer,
    };
    let conjunction = Schema { pointer, derived_from: Some(first.clone()), ..Schema::default() };
    let first = std::mem::replace(schema, SchemaRef::Inline(Box::new(conjunction)));
    if let SchemaRef::Inline(conjunction) = schema {
        conjunction.all_of = vec![first, other];
    }
}

/// Returns whether a schema was made by [`conjoin`] and has not been merged since.
fn is_conjunction(schema: &Schema) -> bool {
    schema.derived_from.is_some() && schema.all_of.len() > 1 && predicates::has_only_all_of(schema)
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

/// Returns the type that both schemas allow: `integer` for `integer` and `number`. Returns `Some(None)` if neither schema has a
/// type, and `None` if the types exclude each other.
pub(super) fn common_type(left: Option<SchemaType>, right: Option<SchemaType>) -> Option<Option<SchemaType>> {
    match (left, right) {
        (Some(SchemaType::Integer), Some(SchemaType::Number))
        | (Some(SchemaType::Number), Some(SchemaType::Integer)) => Some(Some(SchemaType::Integer)),
        (left, right) => Some(*only_or_equal(&left, &right)?.of(&left, &right)),
    }
}

/// Returns the schema whose `format` is kept. Of two different formats, the format with a known meaning is kept. Returns `None`
/// if two different formats both have a known meaning.
fn common_format(left: Option<&str>, right: Option<&str>) -> Option<Side> {
    let has_meaning = |name: &str| formats::constrains_values(name) || matches!(name, "binary" | "password");
    match (left, right) {
        (Some(first), Some(second)) if first != second => match (has_meaning(first), has_meaning(second)) {
            (false, true) => Some(Side::Right),
            (true, true) => None,
            (_, false) => Some(Side::Left),
        },
        (None, Some(_)) => Some(Side::Right),
        _ => Some(Side::Left),
    }
}

/// Returns the side whose value of a keyword is kept: the side that has a value, or the left side if both values are equal.
/// Returns `None` if the two values differ.
fn only_or_equal<T: PartialEq>(left: &Option<T>, right: &Option<T>) -> Option<Side> {
    match (left, right) {
        (Some(left), Some(right)) => (left == right).then_some(Side::Left),
        (None, Some(_)) => Some(Side::Right),
        (_, None) => Some(Side::Left),
    }
}

/// Returns the schema with the stricter `multipleOf`: 6 is stricter than 3. Returns `None` if neither is a multiple of the other.
fn common_multiple(left: &Option<Number>, right: &Option<Number>) -> Option<Side> {
    match (left, right) {
        (Some(left), Some(right)) if number::is_multiple(left, right) => Some(Side::Left),
        (Some(left), Some(right)) => number::is_multiple(right, left).then_some(Side::Right),
        (None, Some(_)) => Some(Side::Right),
        (_, None) => Some(Side::Left),
    }
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

/// Returns the side whose `additionalProperties` are kept. Returns `None` if no single schema can express both. For example, the
/// left schema has `additionalProperties: false`, and the right schema has a property that the left schema does not describe.
fn common_additional_properties(left: &Schema, right: &Schema) -> Option<Side> {
    use AdditionalProperties::{Absent, Any, Forbidden};

    let allows = |schema: &Schema, other: &Schema| {
        !matches!(schema.additional_properties, Forbidden)
            || other.properties.keys().all(|name| schema.properties.contains_key(name))
    };
    let side = match (&left.additional_properties, &right.additional_properties) {
        (Forbidden, _) => Side::Left,
        (_, Forbidden) => Side::Right,
        (Absent, _) => Side::Right,
        (_, Absent) => Side::Left,
        (Any, _) => Side::Right,
        (_, Any) => Side::Left,
        (first, second) => return (first == second).then_some(Side::Left),
    };
    (allows(left, right) && allows(right, left)).then_some(side)
}
