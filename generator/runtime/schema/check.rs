// copperplate runtime: copied into each generated crate that uses it.
//! Validates a JSON value against a [`Schema`], which is a table of keywords.

use std::cmp::Ordering;

use serde::Serialize;
use serde_json::{Map, Number, Value};

use crate::runtime::decoding::json_copy::{self, CopyError};
use crate::runtime::printing::cut_list;
use crate::runtime::schema::budget::{self, Start};
use crate::runtime::schema::keyword::{AdditionalProperties, JsonType, Keyword, Limit, Schema};
use crate::runtime::validation::context::ValidationContext;
use crate::runtime::validation::decimal::compare_with_integer;
use crate::runtime::validation::keywords::matching_variants;
use crate::runtime::validation::listed_value::is_listed;
use crate::runtime::validation::report::Report;
use crate::runtime::validation::violation::{Direction, LIMIT_LENGTH};

impl ValidationContext<'_> {
    /// Validates a value against `schema`. `schema` contains only the keywords that the Rust type of the value does not
    /// express.
    pub fn check_schema<T: Serialize + ?Sized>(self, value: &T, schema: &'static Schema) -> Self {
        if !self.has_json() {
            return self;
        }
        // An integer beyond 64 bits has no copy, and JSON text can hold it.
        let reparsed = |error| match error {
            CopyError::Excess => Err(json_copy::EXCESS.to_owned()),
            CopyError::Unrepresentable(_) => serde_json::to_vec(value)
                .and_then(|text| serde_json::from_slice(&text))
                .map_err(|error| format!("not JSON: {error}")),
        };
        match json_copy::copy(value).or_else(reparsed) {
            Ok(value) => schema.check(&value, self),
            Err(reason) => self.report_violation_with("json", || (None, Some(reason))),
        }
        self
    }

    /// Validates a value like [`Self::check_schema`]. Each member in `names` is a secret, although `schema` may not mark it.
    pub fn check_schema_with_secrets<T: Serialize + ?Sized>(
        self,
        value: &T,
        schema: &'static Schema,
        names: &'static [&'static str],
    ) -> Self {
        self.with_secret_members(names).check_schema(value, schema);
        self
    }

    /// Validates a value like [`Self::check_schema`]. Each part of the value can be a secret, although `schema` may not mark
    /// it.
    pub fn check_schema_of_secret<T: Serialize + ?Sized>(self, value: &T, schema: &'static Schema) -> Self {
        self.secret().check_schema(value, schema);
        self
    }
}

impl Schema {
    /// Validates `value` against this schema. Reports every violation to `at`.
    pub fn check(&'static self, value: &Value, at: ValidationContext<'_>) {
        if at.is_decided() {
            return;
        }
        match budget::begin(self, value, at.is_verdict_only()) {
            Start::Known { is_valid: true } | Start::Exhausted { is_outermost: false } => return,
            Start::Known { is_valid: false } => return at.count_violation(),
            Start::Exhausted { is_outermost: true } => return report_exhausted(at),
            Start::Apply => {}
        }
        let before = at.report_count();
        let (mut here, steps) = (at, budget::steps_of_a_keyword(value));
        for keyword in self.0 {
            match keyword {
                Keyword::Component(pointer) => here = here.with_schema(pointer),
                Keyword::Secret => here = here.secret(),
                _ if steps > 0 && budget::is_exhausted_after(steps) => break,
                _ => keyword.check(value, here),
            }
        }
        if budget::end(self, value, at.report_count() == before) {
            report_exhausted(at);
        }
    }

    fn is_valid(&'static self, value: &Value, direction: Direction) -> bool {
        let report = Report::verdict_only(direction);
        self.check(value, ValidationContext::root(&report));
        report.finish().is_ok()
    }

    // part: schema_2020
    /// Returns whether `value` is valid for this schema.
    pub(crate) fn accepts(&'static self, value: &Value, direction: Direction) -> bool {
        self.is_valid(value, direction)
    }
    // end of part
}

impl Keyword {
    /// Validates `value` against this keyword. This function recurses through nested values. It calls other functions
    /// for the work, so that its own stack frame stays small.
    fn check(&'static self, value: &Value, at: ValidationContext<'_>) {
        match (self, value) {
            (Self::Type(kind), value) if !kind.includes(value) => wrong_type(*kind, value, at),
            (Self::TypeOrNull(kind), value) if !value.is_null() && !kind.includes(value) => {
                wrong_type(*kind, value, at)
            }
            (Self::Enum(values), value) => check_enum(values, value, at),
            (Self::AllOf(schemas), value) => check_all(schemas, value, at),
            (Self::OneOf(schemas), value) => check_variants("oneOf", schemas, value, at),
            (Self::AnyOf(schemas), value) => check_variants("anyOf", schemas, value, at),
            (Self::Not(schema), value) => check_not(schema, value, at),
            (Self::Newer(keyword), value) => keyword.check(value, at), // part: schema_2020
            (Self::Items(schema), Value::Array(items)) => check_items(schema, items, at),
            (Self::Properties(properties, additional), Value::Object(members)) => {
                check_members(properties, *additional, members, at);
            }
            (_, Value::String(text)) => self.check_text(text, at),
            (_, Value::Number(number)) => self.check_number(number, at),
            (_, Value::Array(items)) => self.check_array(items, at),
            (_, Value::Object(members)) => self.check_object(members, at),
            (_, Value::Null | Value::Bool(_)) => {}
        }
    }

    fn check_text(&self, text: &str, at: ValidationContext<'_>) {
        _ = match self {
            Self::MinLength(limit) => at.min_length(text, *limit),
            Self::MaxLength(limit) => at.max_length(text, *limit),
            Self::Pattern(matcher) => at.pattern(text, *matcher),
            Self::Format(check) => check(at, text),
            _ => at,
        };
    }

    fn check_number(&self, number: &Number, at: ValidationContext<'_>) {
        let (keyword, limit, is_satisfied): (_, _, fn(Ordering) -> bool) = match self {
            Self::Minimum(limit) => ("minimum", limit, Ordering::is_ge),
            Self::ExclusiveMinimum(limit) => ("exclusiveMinimum", limit, Ordering::is_gt),
            Self::Maximum(limit) => ("maximum", limit, Ordering::is_le),
            Self::ExclusiveMaximum(limit) => ("exclusiveMaximum", limit, Ordering::is_lt),
            Self::MultipleOf(step) => return check_multiple(number, step, at),
            _ => return,
        };
        if !limit.compare(number, is_satisfied(Ordering::Equal)).is_some_and(is_satisfied) {
            at.report_violation_with(keyword, || (Some(limit.to_string()), at.actual_number(number)));
        }
    }

    fn check_array(&self, items: &[Value], at: ValidationContext<'_>) {
        match self {
            Self::MinItems(limit) => _ = at.min_items(items.len(), *limit),
            Self::MaxItems(limit) => _ = at.max_items(items.len(), *limit),
            Self::UniqueItems => _ = at.unique_items(items),
            _ => {}
        }
    }

    fn check_object(&self, members: &Map<String, Value>, at: ValidationContext<'_>) {
        match self {
            Self::MinProperties(limit) => _ = at.min_properties(members.len(), *limit),
            Self::MaxProperties(limit) => _ = at.max_properties(members.len(), *limit),
            Self::Required(name) if !members.contains_key(*name) => {
                at.member(name).report_in_parent_schema("required", None, None);
            }
            Self::RequiredIn(direction, name) if at.direction() == *direction && !members.contains_key(*name) => {
                at.member(name).report_in_parent_schema("required", None, None);
            }
            _ => {}
        }
    }
}

impl JsonType {
    fn includes(self, value: &Value) -> bool {
        match (self, value) {
            (Self::Integer, Value::Number(number)) => {
                number.is_i64() || number.is_u64() || number.as_f64().is_some_and(|number| number.fract() == 0.0)
            }
            (Self::String, Value::String(_))
            | (Self::Number, Value::Number(_))
            | (Self::Boolean, Value::Bool(_))
            | (Self::Array, Value::Array(_))
            | (Self::Object, Value::Object(_)) => true,
            _ => false,
        }
    }
}

impl Limit {
    /// Compares `number` with this limit, which is the number in a keyword such as `minimum`.
    ///
    /// If both numbers are integers, the comparison is exact. A double is compared exactly with an integer limit that
    /// is exclusive. In all other cases, both numbers are compared as doubles.
    fn compare(self, number: &Number, is_inclusive: bool) -> Option<Ordering> {
        match (self, number.as_i128(), number.as_f64()) {
            (Self::Integer(limit), Some(number), _) => Some(number.cmp(&limit)),
            // If the limit is inclusive, a double is valid if it equals the limit converted to a double. An exclusive
            // limit is compared exactly.
            (Self::Integer(limit), None, Some(number)) if is_inclusive => number.partial_cmp(&(limit as f64)),
            (Self::Integer(limit), None, Some(number)) => compare_with_integer(number, limit),
            (Self::Double(limit), _, Some(number)) => number.partial_cmp(&limit),
            _ => None,
        }
    }
}

#[cold]
fn report_exhausted(at: ValidationContext<'_>) {
    let actual = "nested too deeply, or its schemas refer to one another too often";
    at.report_undecided("$ref", actual);
}

fn check_enum(values: &'static [&'static str], value: &Value, at: ValidationContext<'_>) {
    if !is_listed(value, values) {
        at.report_violation_with("enum", || (Some(cut_list(values, LIMIT_LENGTH)), at.actual_json(value)));
    }
}

fn check_not(schema: &'static Schema, value: &Value, at: ValidationContext<'_>) {
    if schema.is_valid(value, at.direction()) {
        at.report_violation_with("not", || (None, at.actual_json(value)));
    }
}

fn check_all(schemas: &[&'static Schema], value: &Value, at: ValidationContext<'_>) {
    for (index, schema) in schemas.iter().enumerate() {
        schema.check(value, at.subschema("allOf", index));
    }
}

fn check_items(schema: &'static Schema, items: &[Value], at: ValidationContext<'_>) {
    for (index, item) in items.iter().enumerate() {
        schema.check(item, at.item(index));
    }
}

fn check_members(
    properties: &[(&str, &'static Schema)],
    additional: AdditionalProperties,
    members: &Map<String, Value>,
    at: ValidationContext<'_>,
) {
    for (name, value) in members {
        let property = properties.binary_search_by_key(&name.as_str(), |(known, _)| known);
        match (property.ok().map(|index| properties[index]), additional) {
            (Some((_, schema)), _) => schema.check(value, at.member(name)),
            (None, AdditionalProperties::Schema(schema)) => schema.check(value, at.additional_member(name)),
            (None, AdditionalProperties::None) => {
                at.additional_member(name).report_in_parent_schema("additionalProperties", None, None)
            }
            (None, AdditionalProperties::Any) => {}
        }
    }
}

fn check_multiple(number: &Number, step: &'static str, at: ValidationContext<'_>) {
    _ = match number.as_i128() {
        Some(number) => at.multiple_of(number, step),
        None => at.multiple_of(number.as_f64().unwrap_or(f64::NAN), step),
    };
}

fn wrong_type(kind: JsonType, value: &Value, at: ValidationContext<'_>) {
    at.report_violation_with("type", || (Some(kind.as_str().to_owned()), at.actual_json(value)));
}

fn check_variants(keyword: &'static str, schemas: &[&'static Schema], value: &Value, at: ValidationContext<'_>) {
    let matching = schemas.iter().filter(|schema| schema.is_valid(value, at.direction())).count();
    let is_satisfied = if keyword == "oneOf" { matching == 1 } else { matching > 0 };
    if !is_satisfied {
        at.report_violation_with(keyword, || (None, Some(matching_variants(matching))));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    static NUMBER: Schema = Schema(&[Keyword::Type(JsonType::Number)]);
    static AT_LEAST_TWO: Schema = Schema(&[Keyword::Minimum(Limit::Integer(2))]);
    static ENUM: Schema = Schema(&[Keyword::Enum(&["1", "{\"a\": [true, null]}"])]);
    static SMALL_TEXT_OR_TREE: Schema = Schema(&[
        Keyword::MaxLength(2),
        Keyword::Properties(&[("left", &SMALL_TEXT_OR_TREE)], AdditionalProperties::None),
        Keyword::Items(&NUMBER),
    ]);
    static NO_NUMBER: Schema = Schema(&[Keyword::Not(&NUMBER)]);
    static EXACTLY_ONE: Schema = Schema(&[Keyword::OneOf(&[&NUMBER, &AT_LEAST_TWO])]);
    static THREE: Schema = Schema(&[Keyword::Properties(
        &[("B", &NUMBER), ("a", &NUMBER), ("c", &SMALL_TEXT_OR_TREE)],
        AdditionalProperties::Schema(&AT_LEAST_TWO),
    )]);
    static REQUIRES_ID: Schema = Schema(&[Keyword::Required("id"), Keyword::RequiredIn(Direction::Response, "seen")]);

    #[test]
    fn keywords_ignore_values_of_other_types() {
        let cases = [
            (&ENUM, json!(1.0), true),
            (&ENUM, json!({"a": [true, null]}), true),
            (&ENUM, json!(true), false),
            (&SMALL_TEXT_OR_TREE, json!(12345), true),
            (&SMALL_TEXT_OR_TREE, json!("abc"), false),
            (&SMALL_TEXT_OR_TREE, json!({"left": {"left": "ab"}}), true),
            (&SMALL_TEXT_OR_TREE, json!({"left": {"left": "abc"}}), false),
            (&SMALL_TEXT_OR_TREE, json!({"right": 1}), false),
            (&SMALL_TEXT_OR_TREE, json!([1, "a"]), false),
            (&THREE, json!({"B": 1, "a": 1, "c": "ab", "b": 2}), true),
            (&THREE, json!({"B": "1"}), false),
            (&THREE, json!({"a": "1"}), false),
            (&THREE, json!({"c": "abc"}), false),
            (&THREE, json!({"b": 1}), false),
            (&NO_NUMBER, json!("1"), true),
            (&NO_NUMBER, json!(1), false),
            (&EXACTLY_ONE, json!(1), true),
            (&EXACTLY_ONE, json!("two"), true),
            (&EXACTLY_ONE, json!(2), false),
            (&REQUIRES_ID, json!({"id": 1}), true),
            (&REQUIRES_ID, json!({}), false),
            (&REQUIRES_ID, json!([]), true),
        ];
        for (schema, value, valid) in cases {
            assert_eq!(schema.is_valid(&value, Direction::Request), valid, "{value}");
        }
        assert!(!REQUIRES_ID.is_valid(&json!({"id": 1}), Direction::Response));
    }
}
