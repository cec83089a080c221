//! Whether bounds that do not contradict each other on their face leave room for any value.

use std::collections::HashSet;

use serde_json::Number;

use crate::check::value::{equality, extent};
use crate::json::range::Range;
use crate::resolve::document::{AdditionalProperties, Document, Schema, SchemaRef, SchemaType};

/// Where a keyword stands, and what is wrong with it.
type Fault = (&'static str, String);

/// The bounds of `schema` that leave no room for any value of its type.
pub(crate) fn faults(document: &Document, schema: &Schema) -> Vec<Fault> {
    let distinct = |schema: &Schema| distinct_items(document, schema);
    [steps(schema), lengths(schema), distinct(schema), members(schema), required(schema)]
        .into_iter()
        .flatten()
        .collect()
}

/// Some integer, or some multiple, lies between the two numbers.
fn steps(schema: &Schema) -> Option<Fault> {
    let (minimum, maximum) = (schema.minimum.as_ref()?, schema.maximum.as_ref()?);
    let between = format!("between {minimum} and {maximum}");
    let (exclusive_minimum, exclusive_maximum) = (schema.exclusive_minimum, schema.exclusive_maximum);
    let range = Range { minimum, exclusive_minimum, maximum, exclusive_maximum };
    if range.is_empty() {
        // That is said of the two bounds themselves.
        return None;
    }
    if schema.kind == Some(SchemaType::Integer) && range.contains_multiple(&Number::from(1)) == Some(false) {
        return Some(("minimum", format!("No integer lies {between} as the bounds are.")));
    }
    let step = schema.multiple_of.as_ref()?;
    (range.contains_multiple(step) == Some(false))
        .then(|| ("multipleOf", format!("No multiple of {step} lies {between} as the bounds are.")))
}

/// Some text that the pattern matches has an allowed length.
fn lengths(schema: &Schema) -> Option<Fault> {
    if schema.min_length.is_none() && schema.max_length.is_none() {
        return None;
    }
    let extent = extent::of(schema.pattern.as_deref()?)?;
    if let Some(max) = schema.max_length.filter(|max| *max < extent.min) {
        let message = format!("What the pattern matches is {} long at least, and `maxLength` is {max}.", extent.min);
        return Some(("pattern", message));
    }
    let (longest, min) = extent.max.zip(schema.min_length).filter(|(longest, min)| longest < min)?;
    Some(("pattern", format!("What the pattern matches is {longest} long at most, and `minLength` is {min}.")))
}

/// There are enough different items for `minItems` where no two may be equal.
fn distinct_items(document: &Document, schema: &Schema) -> Option<Fault> {
    let min = schema.min_items.filter(|_| schema.unique_items)?;
    let items = match schema.items.as_ref()? {
        SchemaRef::Inline(items) => items,
        SchemaRef::Component { name, .. } => document.schemas.get(name)?,
    };
    let values = match (&items.enum_values, items.kind) {
        (Some(values), _) => {
            let mut values: Vec<String> = values.iter().map(equality::canonical_text).collect();
            values.sort_unstable();
            values.dedup();
            values.len()
        }
        (None, Some(SchemaType::Boolean)) => 2 + usize::from(items.nullable),
        (None, _) => return None,
    };
    (u64::try_from(values).is_ok_and(|values| values < min)).then(|| {
        let are = if values == 1 { "there is one value" } else { &format!("there are {values} values") };
        ("minItems", format!("`minItems` is {min}, items are unique, and {are} for them."))
    })
}

/// There are enough properties for `minProperties` where there can be no others.
fn members(schema: &Schema) -> Option<Fault> {
    let min =
        schema.min_properties.filter(|_| matches!(schema.additional_properties, AdditionalProperties::Forbidden))?;
    let known = schema.properties.len();
    let message = format!("`minProperties` is {min}, and {known} are all that `additionalProperties: false` allows.");
    u64::try_from(known).is_ok_and(|known| known < min).then_some(("minProperties", message))
}

/// Not more members are required than `maxProperties` allows.
fn required(schema: &Schema) -> Option<Fault> {
    let max = schema.max_properties?;
    let names: HashSet<&String> = schema.required.iter().collect();
    let message = format!("`maxProperties` is {max}, and {} members are required.", names.len());
    u64::try_from(names.len()).is_ok_and(|names| names > max).then_some(("maxProperties", message))
}

#[cfg(test)]
mod tests {
    use crate::check::tests::says;

    fn says_of(schema: &str) -> Vec<String> {
        let said = says(&format!("paths: {{}}\ncomponents:\n  schemas:\n    A: {schema}\n"));
        said.into_iter().map(|line| line.replace(" /components/schemas/A", " ")).collect()
    }

    #[test]
    fn what_leaves_no_room_is_told() {
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
            assert_eq!(says_of(schema), [format!("contradictory-bounds /{keyword}")], "{schema}");
        }
    }

    #[test]
    fn what_leaves_room_is_not() {
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
            assert_eq!(says_of(schema), [""; 0], "{schema}");
        }
    }
}
