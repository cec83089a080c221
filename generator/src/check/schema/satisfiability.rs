//! Finds schemas that no value can satisfy, although no two bounds contradict each other directly. Example: `multipleOf: 5`
//! between 6 and 9.

use std::collections::{HashMap, HashSet};

use serde_json::{Number, Value};

use crate::check::value::pattern_length::length_range_of;
use crate::json::equality;
use crate::json::range::Range;
use crate::resolve::document::{AdditionalProperties, Document, Schema, SchemaRef, SchemaType};

/// A keyword that makes a schema unsatisfiable, and the message of the finding.
type Problem = (&'static str, String);

/// The numbers of distinct values in the `enum` of component schemas, by the name of the component. Many arrays may share such an
/// `enum`, so its values are counted only once.
#[derive(Default)]
pub(super) struct DistinctCounts {
    by_component: HashMap<String, usize>,
}

impl DistinctCounts {
    /// Returns the number of distinct values in `values`, the `enum` of the schema to which `schema` leads.
    fn count(&mut self, schema: &SchemaRef, values: &[Value]) -> usize {
        let count = || values.iter().map(equality::canonical_text).collect::<HashSet<_>>().len();
        let SchemaRef::Component { name, .. } = schema else { return count() };
        if let Some(known) = self.by_component.get(name) {
            return *known;
        }
        let count = count();
        self.by_component.insert(name.clone(), count);
        count
    }
}

/// Returns the keywords of `schema` that exclude every value.
pub(super) fn problems(document: &Document, schema: &Schema, counts: &mut DistinctCounts) -> Vec<Problem> {
    [steps(schema), lengths(schema), distinct_items(document, schema, counts), members(schema), required(schema)]
        .into_iter()
        .flatten()
        .collect()
}

/// Checks that the range from `minimum` to `maximum` contains a multiple of `multipleOf` and, for an integer type, an integer.
fn steps(schema: &Schema) -> Option<Problem> {
    let (minimum, maximum) = (schema.minimum.as_ref()?, schema.maximum.as_ref()?);
    let between = format!("between {minimum} and {maximum}");
    let (exclusive_minimum, exclusive_maximum) = (schema.exclusive_minimum, schema.exclusive_maximum);
    let range = Range { minimum, exclusive_minimum, maximum, exclusive_maximum };
    if range.is_empty() {
        // The rule `bounds` reports a minimum above the maximum.
        return None;
    }
    if schema.kind == Some(SchemaType::Integer) && range.contains_multiple(&Number::from(1)) == Some(false) {
        return Some(("minimum", format!("No integer is {between}, as the bounds require.")));
    }
    let step = schema.multiple_of.as_ref()?;
    (range.contains_multiple(step) == Some(false))
        .then(|| ("multipleOf", format!("No multiple of {step} is {between}, as the bounds require.")))
}

/// Checks that `minLength` and `maxLength` do not exclude all strings that match `pattern`.
fn lengths(schema: &Schema) -> Option<Problem> {
    if schema.min_length.is_none() && schema.max_length.is_none() {
        return None;
    }
    let lengths = length_range_of(schema.pattern.as_deref()?)?;
    if let Some(max) = schema.max_length.filter(|max| *max < lengths.min) {
        let message = format!(
            "Strings that match the pattern have at least {} characters, but `maxLength` is {max}.",
            lengths.min
        );
        return Some(("pattern", message));
    }
    let (longest, min) = lengths.max.zip(schema.min_length).filter(|(longest, min)| longest < min)?;
    Some((
        "pattern",
        format!("Strings that match the pattern have at most {longest} characters, but `minLength` is {min}."),
    ))
}

/// Checks that the schema of the items allows at least `minItems` different values, if `uniqueItems` is true.
fn distinct_items(document: &Document, schema: &Schema, counts: &mut DistinctCounts) -> Option<Problem> {
    let min = schema.min_items.filter(|_| schema.unique_items)?;
    let reference = schema.items.as_ref()?;
    let items = document.resolved(reference)?;
    let values = match (&items.enum_values, items.kind) {
        (Some(values), _) => counts.count(reference, values),
        (None, Some(SchemaType::Boolean)) => 2 + usize::from(items.nullable),
        (None, _) => return None,
    };
    (u64::try_from(values).is_ok_and(|values| values < min)).then(|| {
        let values = if values == 1 { "1 value" } else { &format!("{values} values") };
        ("minItems", format!("`minItems` is {min}, but unique items can only have {values}."))
    })
}

/// Checks that the schema declares at least `minProperties` properties, if `additionalProperties` is false.
fn members(schema: &Schema) -> Option<Problem> {
    let min =
        schema.min_properties.filter(|_| matches!(schema.additional_properties, AdditionalProperties::Forbidden))?;
    let known = schema.properties.len();
    let message = format!("`minProperties` is {min}, but `additionalProperties: false` allows only {known}.");
    u64::try_from(known).is_ok_and(|known| known < min).then_some(("minProperties", message))
}

/// Checks that `required` lists no more members than `maxProperties` allows.
fn required(schema: &Schema) -> Option<Problem> {
    let max = schema.max_properties?;
    let names: HashSet<&String> = schema.required.iter().collect();
    let message = format!("`maxProperties` is {max}, but {} members are required.", names.len());
    u64::try_from(names.len()).is_ok_and(|names| names > max).then_some(("maxProperties", message))
}

#[cfg(test)]
mod tests {
    use crate::check::tests::codes_and_places_in_schema as found;

    #[test]
    fn unsatisfiable_bounds_are_reported() {
        for (schema, keyword) in [
            ("{type: integer, minimum: 1, maximum: 2, exclusiveMinimum: true, exclusiveMaximum: true}", "minimum"),
            ("{type: integer, minimum: 1.2, maximum: 1.8}", "minimum"),
            ("{type: integer, minimum: 11, maximum: 19, multipleOf: 10}", "multipleOf"),
            ("{type: number, minimum: 0.1, maximum: 0.2, exclusiveMinimum: true, multipleOf: 0.15e1}", "multipleOf"),
            ("{type: string, pattern: '^[a-z]{8}$', maxLength: 6}", "pattern"),
            ("{type: string, pattern: '^[a-z]{1,3}$', minLength: 4}", "pattern"),
            ("{type: array, uniqueItems: true, minItems: 3, items: {type: string, enum: [a, b]}}", "minItems"),
            ("{type: array, uniqueItems: true, minItems: 3, items: {type: boolean}}", "minItems"),
            ("{type: object, maxProperties: 1, required: [a, b], properties: {a: {}, b: {}}}", "maxProperties"),
            ("{type: object, minProperties: 2, additionalProperties: false, properties: {a: {}}}", "minProperties"),
        ] {
            assert_eq!(found(schema), [format!("contradictory-bounds /{keyword}")], "{schema}");
        }
    }

    #[test]
    fn satisfiable_bounds_are_not_reported() {
        for schema in [
            "{type: integer, minimum: 1, maximum: 2, exclusiveMinimum: true}",
            "{type: number, minimum: 1.2, maximum: 1.8}",
            "{type: integer, minimum: -20, maximum: -11, multipleOf: 10}",
            "{type: string, pattern: '[a-z]{8}', minLength: 20}",
            "{type: string, pattern: '^(?=a)[a-z]{1,3}$', minLength: 4}",
            "{type: string, pattern: '^[a-z]{8}$', maxLength: 8, minLength: 8}",
            "{type: array, uniqueItems: true, minItems: 2, items: {type: string, enum: [a, b]}}",
            "{type: array, minItems: 3, items: {type: boolean}}",
            "{type: object, maxProperties: 1, required: [a, a], properties: {a: {}}}",
            "{type: object, minProperties: 1, additionalProperties: false, properties: {a: {}}}",
        ] {
            assert_eq!(found(schema), [""; 0], "{schema}");
        }
    }
}
