//! Finds schemas whose own `default` or `enum` values violate the schema.

use serde_json::Value;

use crate::check::example::report::{quotes_remedy, relate_keyword, subject as violating, within};
use crate::check::schema_walk::each_schema;
use crate::check::value::{Direction, Validator, Violation};
use crate::finding::abbreviation::abbreviated;
use crate::finding::{Code, Findings};
use crate::pointer::Pointer;
use crate::resolve::document::{Document, Schema, SchemaType};

/// Reports each `default` and each `enum` value that violates its own schema.
pub(crate) fn values(document: &Document, findings: &mut Findings) {
    let validator = Validator::new(document, Direction::Either);
    each_schema(document, &mut |schema| {
        if let Some(value) = &schema.default
            && let Some(violation) = validator.violations_of(schema, value).into_iter().next()
        {
            let place = schema.pointer.join("default");
            OwnValue { schema, value, place, violation, is_listed: false }.report("The default", findings);
        }
        enum_values(schema, &validator, findings);
    });
}

fn enum_values<'d>(schema: &'d Schema, validator: &Validator<'d>, findings: &mut Findings) {
    let listed = schema.enum_values.as_deref().unwrap_or_default();
    let place = schema.pointer.join("enum");
    let rejected: Vec<OwnValue<'_>> = listed
        .iter()
        .enumerate()
        .filter_map(|(index, value)| {
            let violation = validator.violations_of(schema, value).into_iter().next()?;
            Some(OwnValue { schema, value, place: place.join(index), violation, is_listed: true })
        })
        .collect();
    let all_have_other_types = rejected.len() == listed.len() && rejected.iter().all(OwnValue::has_other_type);
    match rejected.as_slice() {
        // If every value of `enum` has the wrong type, the mistake is probably in `type`. Therefore, one finding covers all
        // values.
        [first, others @ ..] if all_have_other_types && !others.is_empty() => {
            let subject = format!("Each value of `enum`, such as {},", abbreviated(&first.value.to_string()));
            first.report(&subject, findings);
            findings.add_places(others.iter().map(|other| other.place.clone()));
        }
        rejected => {
            for own in rejected {
                own.report(&format!("The value {} of `enum`", abbreviated(&own.value.to_string())), findings);
            }
        }
    }
}

/// A `default` or an `enum` value that violates its own schema.
struct OwnValue<'d> {
    schema: &'d Schema,
    value: &'d Value,
    place: Pointer,
    /// The first violation of the schema by the value.
    violation: Violation,
    /// Whether the value is in `enum`. Otherwise, the value is the `default`.
    is_listed: bool,
}

impl OwnValue<'_> {
    fn has_other_type(&self) -> bool {
        self.violation.keyword == "type" && self.violation.pointer == Pointer::root()
    }

    /// Reports the violation. `subject` is the start of the message, such as `The default`.
    fn report(&self, subject: &str, findings: &mut Findings) {
        let Self { violation, .. } = self;
        let place = within(&self.place, &violation.pointer);
        let Violation { keyword, message, .. } = violation;
        let message = format!("{subject} violates `{keyword}` of its own schema: {} {message}.", violating(violation));
        let consequence = if self.is_listed { "The value is removed." } else { "The default is ignored." };
        findings.add_repairable(Code::ContradictoryBounds, &place, message, self.remedy(), consequence);
        relate_keyword(violation, findings);
    }

    fn remedy(&self) -> String {
        let violation = &self.violation;
        let given = self.value.pointer(violation.pointer.as_str()).unwrap_or(self.value);
        let needs_array = violation.required_type == Some(SchemaType::Array);
        match (violation.keyword, given) {
            ("type", Value::Null) if self.schema.kind.is_some() => {
                "Add `nullable: true` beside `type` to allow null, or delete the value.".to_owned()
            }
            ("type", Value::String(_) | Value::Number(_) | Value::Bool(_)) if self.is_listed && needs_array => {
                "If `enum` lists the values of the items, move `enum` below `items`.".to_owned()
            }
            ("type", Value::Array(_)) if self.is_listed => {
                "Remove the inner list: `enum` itself is the list of values.".to_owned()
            }
            _ => quotes_remedy(violation, given).unwrap_or_else(|| "Correct the value or the schema.".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::codes_and_places_in_schema as found;

    #[test]
    fn values_that_their_own_schema_rejects_are_reported() {
        assert_eq!(found("{type: string, default: null}"), ["contradictory-bounds /default"]);
        assert_eq!(found("{type: array, items: {type: string}, default: [1]}"), ["contradictory-bounds /default/0"]);
        assert_eq!(found("{type: string, enum: [a, true, null], nullable: true}"), ["contradictory-bounds /enum/1"]);
        assert_eq!(found("{type: string, maxLength: 1, enum: [ab], default: c}").len(), 2);
        assert_eq!(found("{type: string, nullable: true, default: null}"), [""; 0]);
    }
}
