//! Finds schemas that no value can satisfy, because their bounds contradict each other.

use std::cmp::Ordering;

use crate::check::schema::required;
use crate::check::schema::satisfiability::{self, DistinctCounts};
use crate::check::schema_walk::each_schema;
use crate::finding::{Code, Findings, Focus};
use crate::json::number;
use crate::resolve::document::{AdditionalProperties, Document, Schema};

/// Reports schemas whose bounds no value can satisfy.
pub(crate) fn bounds(document: &Document, findings: &mut Findings) {
    let mut counts = DistinctCounts::default();
    each_schema(document, &mut |schema| {
        for Contradiction { keyword, other, message } in contradictions(document, schema, &mut counts) {
            let similar = (keyword == "required").then(|| required::misspelt_names(schema).next()).flatten();
            let remedy = match similar {
                Some((_, _, similar)) => format!("Did you mean `{similar}`?"),
                None => "Correct one of the bounds: no value satisfies them.".to_owned(),
            };
            findings.add(Code::ContradictoryBounds, &schema.pointer.join(keyword), message, remedy);
            if let Some(name) = forbidden(schema).filter(|_| keyword == "required") {
                findings.set_missing(&schema.pointer.join("properties").join(name));
            }
            if let Some(other) = other {
                findings.add_related(&schema.pointer.join(other), Focus::Value, format!("`{other}`"));
            }
        }
    });
}

/// A keyword that makes a schema unsatisfiable, with the message of its finding.
struct Contradiction {
    keyword: &'static str,
    /// The second keyword, if `keyword` contradicts one other keyword: `maximum` for `minimum`. `None` if `keyword` alone
    /// excludes all values, or contradicts two or more keywords.
    other: Option<&'static str>,
    message: String,
}

/// Returns the first name in `required` that `additionalProperties: false` forbids.
fn forbidden(schema: &Schema) -> Option<&String> {
    let is_closed = matches!(schema.additional_properties, AdditionalProperties::Forbidden);
    schema.required.iter().find(|name| is_closed && !schema.properties.contains_key(*name))
}

fn contradictions(document: &Document, schema: &Schema, counts: &mut DistinctCounts) -> Vec<Contradiction> {
    let mut found = Vec::new();
    let mut add = |keyword, other, message: String| found.push(Contradiction { keyword, other: Some(other), message });
    for (low, low_keyword, high, high_keyword) in [
        (schema.min_length, "minLength", schema.max_length, "maxLength"),
        (schema.min_items, "minItems", schema.max_items, "maxItems"),
        (schema.min_properties, "minProperties", schema.max_properties, "maxProperties"),
    ] {
        if let (Some(low), Some(high)) = (low, high)
            && low > high
        {
            let message = format!("`{low_keyword}` ({low}) is greater than `{high_keyword}` ({high}).");
            add(low_keyword, high_keyword, message);
        }
    }
    if let (Some(low), Some(high)) = (&schema.minimum, &schema.maximum) {
        let order = number::compare(low, high);
        if order == Ordering::Greater {
            let message = format!("`minimum` ({low}) is greater than `maximum` ({high}).");
            add("minimum", "maximum", message);
        } else if order == Ordering::Equal && (schema.exclusive_minimum || schema.exclusive_maximum) {
            let message = format!("`minimum` and `maximum` are both {low}, and one of them is exclusive.");
            add("minimum", "maximum", message);
        }
    }
    if let Some(name) = forbidden(schema) {
        let message = format!("The member `{name}` is required, but `additionalProperties: false` forbids it.");
        add("required", "additionalProperties", message);
    }
    let mut add = |keyword, message| found.push(Contradiction { keyword, other: None, message });
    if let Some(step) = &schema.multiple_of
        && number::compare(step, &0.into()) != Ordering::Greater
    {
        add("multipleOf", format!("`multipleOf` is {step}, but must be greater than zero."));
    }
    if schema.enum_values.as_ref().is_some_and(Vec::is_empty) {
        add("enum", "`enum` has no values.".to_owned());
    }
    let problems = satisfiability::problems(document, schema, counts);
    problems.into_iter().for_each(|(keyword, message)| add(keyword, message));
    found
}

#[cfg(test)]
mod tests {
    use crate::check::tests::codes_and_places_in_schema;

    #[test]
    fn contradictory_bounds_are_reported() {
        for (schema, keyword) in [
            ("{minLength: 2, maxLength: 1}", "minLength"),
            ("{minItems: 2, maxItems: 1}", "minItems"),
            ("{minProperties: 2, maxProperties: 1}", "minProperties"),
            ("{minimum: 2, maximum: 1.5}", "minimum"),
            ("{minimum: 2, maximum: 2, exclusiveMaximum: true}", "minimum"),
            ("{multipleOf: 0}", "multipleOf"),
            ("{enum: []}", "enum"),
            ("{required: [a], additionalProperties: false}", "required"),
        ] {
            let expected = [format!("contradictory-bounds /{keyword}")];
            assert_eq!(codes_and_places_in_schema(schema), expected, "{schema}");
        }
        assert_eq!(codes_and_places_in_schema("{minLength: 1, maxLength: 1, minimum: 2, maximum: 2}"), [""; 0]);
    }
}
