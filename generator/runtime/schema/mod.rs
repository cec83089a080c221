// copperplate runtime: copied unchanged into every generated crate.
//! Schemas as tables, for what no Rust type can say: `not`, keywords without a type, several unions in one `allOf`. They judge any JSON
//! value, and leave the typed part of a schema to its type.

pub(crate) mod budget;

use std::cmp::Ordering;

use serde::Serialize;
use serde_json::{Map, Number, Value};

use crate::runtime::schema::budget::Budget;
use crate::runtime::validation::context::{Report, ValidationContext};
use crate::runtime::validation::keywords::Matcher;
use crate::runtime::validation::violation::Direction;

/// A schema: its keywords, all of which must hold.
#[derive(Debug)]
pub struct Schema(pub &'static [Keyword]);

/// A type of JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonType {
    /// `string`.
    String,
    /// `number`.
    Number,
    /// `integer`: a number without a fraction.
    Integer,
    /// `boolean`.
    Boolean,
    /// `array`.
    Array,
    /// `object`.
    Object,
}

/// The limit of a number.
#[derive(Debug, Clone, Copy)]
pub enum Limit {
    /// One that is an integer.
    Integer(i128),
    /// Any other.
    Double(f64),
}

/// A keyword. Each but the first few constrains values of its own type only, as JSON Schema has it.
#[derive(Clone, Copy)]
pub enum Keyword {
    /// `type`.
    Type(JsonType),
    /// `type` with `nullable`.
    TypeOrNull(JsonType),
    /// `enum`: the values as JSON texts.
    Enum(&'static [&'static str]),
    /// `minLength`.
    MinLength(usize),
    /// `maxLength`.
    MaxLength(usize),
    /// `pattern`.
    Pattern(&'static (dyn Matcher + Sync)),
    /// `minimum`.
    Minimum(Limit),
    /// `minimum` with `exclusiveMinimum`.
    ExclusiveMinimum(Limit),
    /// `maximum`.
    Maximum(Limit),
    /// `maximum` with `exclusiveMaximum`.
    ExclusiveMaximum(Limit),
    /// `multipleOf`.
    MultipleOf(&'static str),
    /// `format`: the check of it.
    Format(for<'a, 'v> fn(ValidationContext<'a>, &'v str) -> ValidationContext<'a>),
    /// `uniqueItems`.
    UniqueItems,
    /// `minItems`.
    MinItems(usize),
    /// `maxItems`.
    MaxItems(usize),
    /// `items`.
    Items(&'static Schema),
    /// `minProperties`.
    MinProperties(usize),
    /// `maxProperties`.
    MaxProperties(usize),
    /// A name of `required`.
    Required(&'static str),
    /// A name of `required` whose property is `readOnly` or `writeOnly`.
    RequiredIn(Direction, &'static str),
    /// `properties` and `additionalProperties`.
    Properties(&'static [(&'static str, &'static Schema)], AdditionalProperties),
    /// `allOf`.
    AllOf(&'static [&'static Schema]),
    /// `oneOf`.
    OneOf(&'static [&'static Schema]),
    /// `anyOf`.
    AnyOf(&'static [&'static Schema]),
    /// `not`.
    Not(&'static Schema),
    /// Where the schema of a component stands; before all other keywords.
    Component(&'static str),
    /// The value is a secret, never shown in a violation; before the keywords that could show it.
    Secret,
}

/// `additionalProperties`.
#[derive(Debug, Clone, Copy)]
pub enum AdditionalProperties {
    /// Any member is allowed.
    Any,
    /// None is.
    None,
    /// Those that this schema takes.
    Schema(&'static Schema),
}

impl std::fmt::Debug for Keyword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Schemas may lead back to themselves.
        f.write_str("Keyword")
    }
}

impl ValidationContext<'_> {
    /// The keywords of a schema beyond what the type says.
    pub fn check_schema<T: Serialize + ?Sized>(self, value: &T, schema: &Schema) -> Self {
        // A value holds no integer of more than 64 bits, and a text does.
        let read = |_| serde_json::to_vec(value).and_then(|text| serde_json::from_slice(&text));
        match serde_json::to_value(value).or_else(read) {
            Ok(value) => schema.check(&value, self),
            Err(error) => self.violated("json", None, Some(error.to_string())),
        }
        self
    }
}

/// How many schemas may be applied within one another. A value that has been read nests 128 levels deep at most.
const DEEPEST: usize = 500;

/// How many schemas may be applied for each part of a value.
const MOST: usize = 1_000;

thread_local! {
    /// What judging one value by tables takes. Beyond the bounds nothing is judged.
    static EFFORT: Budget = const { Budget::new(DEEPEST, MOST, 0) };
}

impl Schema {
    /// Reports everything in which `value` contradicts the schema.
    pub fn check(&self, value: &Value, at: ValidationContext<'_>) {
        if !EFFORT.with(|effort| effort.begin(1, value)) {
            return;
        }
        let mut ruled = at;
        for keyword in self.0 {
            match keyword {
                Keyword::Component(place) => ruled = ruled.with_schema(place),
                Keyword::Secret => ruled = ruled.secret(),
                _ => keyword.check(value, ruled),
            }
        }
        if EFFORT.with(Budget::end) {
            let actual = "nested too deep, or its schemas lead through one another too often";
            at.violated("$ref", None, Some(actual.to_owned()));
        }
    }

    fn fits(&self, value: &Value, direction: Direction) -> bool {
        let report = Report::new(direction);
        self.check(value, ValidationContext::root(&report));
        report.finish().is_ok()
    }
}

impl Keyword {
    /// Little stands on the stack here: values and schemas nest.
    fn check(&self, value: &Value, at: ValidationContext<'_>) {
        match (self, value) {
            (Self::Type(kind), value) if !kind.takes(value) => wrong_type(*kind, value, at),
            (Self::TypeOrNull(kind), value) if !value.is_null() && !kind.takes(value) => wrong_type(*kind, value, at),
            (Self::Enum(values), value) => check_enum(values, value, at),
            (Self::AllOf(schemas), value) => check_all(schemas, value, at),
            (Self::OneOf(schemas), value) => alternatives("oneOf", schemas, value, at),
            (Self::AnyOf(schemas), value) => alternatives("anyOf", schemas, value, at),
            (Self::Not(schema), value) => check_not(schema, value, at),
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
        let (keyword, limit, is_right): (_, _, fn(Ordering) -> bool) = match self {
            Self::Minimum(limit) => ("minimum", limit, Ordering::is_ge),
            Self::ExclusiveMinimum(limit) => ("exclusiveMinimum", limit, Ordering::is_gt),
            Self::Maximum(limit) => ("maximum", limit, Ordering::is_le),
            Self::ExclusiveMaximum(limit) => ("exclusiveMaximum", limit, Ordering::is_lt),
            Self::MultipleOf(step) => return check_multiple(number, step, at),
            _ => return,
        };
        if !limit.compared_with(number, is_right(Ordering::Equal)).is_some_and(is_right) {
            at.violated(keyword, Some(limit.to_string()), at.shown(&number.to_string()));
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
                at.member(name).violated_in_holder("required", None, None);
            }
            Self::RequiredIn(direction, name) if at.direction() == *direction && !members.contains_key(*name) => {
                at.member(name).violated_in_holder("required", None, None);
            }
            _ => {}
        }
    }
}

impl JsonType {
    fn takes(self, value: &Value) -> bool {
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

    fn word(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Number => "number",
            Self::Integer => "integer",
            Self::Boolean => "boolean",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

impl Limit {
    /// How a number compares with the limit, to the last digit where that is an integer. Any other lies where doubles have fractions, or
    /// beyond all integers.
    fn compared_with(self, number: &Number, is_inclusive: bool) -> Option<Ordering> {
        match (self, number.as_i128(), number.as_f64()) {
            (Self::Integer(limit), Some(number), _) => Some(number.cmp(&limit)),
            // The double that a limit is read as is the limit, unless more is known of it.
            (Self::Integer(limit), None, Some(number)) if is_inclusive => number.partial_cmp(&(limit as f64)),
            (Self::Integer(limit), None, Some(number)) => crate::runtime::validation::number::compared(number, limit),
            (Self::Double(limit), _, Some(number)) => number.partial_cmp(&limit),
            _ => None,
        }
    }
}

impl std::fmt::Display for Limit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Integer(limit) => limit.fmt(f),
            Self::Double(limit) => limit.fmt(f),
        }
    }
}

fn check_enum(values: &[&str], value: &Value, at: ValidationContext<'_>) {
    if !values.iter().any(|listed| is(value, listed)) {
        at.violated("enum", Some(values.join(", ")), at.shown(&value.to_string()));
    }
}

fn check_not(schema: &Schema, value: &Value, at: ValidationContext<'_>) {
    if schema.fits(value, at.direction()) {
        at.violated("not", None, at.shown(&value.to_string()));
    }
}

fn check_all(schemas: &[&Schema], value: &Value, at: ValidationContext<'_>) {
    for (index, schema) in schemas.iter().enumerate() {
        schema.check(value, at.subschema("allOf", index));
    }
}

fn check_items(schema: &Schema, items: &[Value], at: ValidationContext<'_>) {
    for (index, item) in items.iter().enumerate() {
        schema.check(item, at.item(index));
    }
}

fn check_members(
    properties: &[(&str, &Schema)],
    additional: AdditionalProperties,
    members: &Map<String, Value>,
    at: ValidationContext<'_>,
) {
    for (name, value) in members {
        match (properties.iter().find(|(known, _)| *known == name.as_str()), additional) {
            (Some((_, schema)), _) => schema.check(value, at.member(name)),
            (None, AdditionalProperties::Schema(schema)) => schema.check(value, at.additional(name)),
            (None, AdditionalProperties::None) => {
                at.member(name).violated_in_holder("additionalProperties", None, None)
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
    at.violated("type", Some(kind.word().to_owned()), at.shown(&value.to_string()));
}

/// Whether the value is the one that the JSON text says; a number is what it counts.
fn is(value: &Value, listed: &str) -> bool {
    serde_json::from_str::<Value>(listed)
        .is_ok_and(|listed| crate::runtime::validation::equality::equal(value, &listed))
}

fn alternatives(keyword: &'static str, schemas: &[&Schema], value: &Value, at: ValidationContext<'_>) {
    let fitting = schemas.iter().filter(|schema| schema.fits(value, at.direction())).count();
    let is_right = if keyword == "oneOf" { fitting == 1 } else { fitting > 0 };
    if !is_right {
        at.violated(keyword, None, Some(format!("right for {fitting} alternatives")));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    static NUMBER: Schema = Schema(&[Keyword::Type(JsonType::Number)]);
    static AT_LEAST_TWO: Schema = Schema(&[Keyword::Minimum(Limit::Integer(2))]);
    static LISTED: Schema = Schema(&[Keyword::Enum(&["1", "{\"a\": [true, null]}"])]);
    static SMALL_TEXT_OR_TREE: Schema = Schema(&[
        Keyword::MaxLength(2),
        Keyword::Properties(&[("left", &SMALL_TEXT_OR_TREE)], AdditionalProperties::None),
        Keyword::Items(&NUMBER),
    ]);
    static NO_NUMBER: Schema = Schema(&[Keyword::Not(&NUMBER)]);
    static ONE: Schema = Schema(&[Keyword::OneOf(&[&NUMBER, &AT_LEAST_TWO])]);
    static NAMED: Schema = Schema(&[Keyword::Required("id"), Keyword::RequiredIn(Direction::Response, "seen")]);

    #[test]
    fn each_keyword_binds_its_own_type() {
        let cases = [
            (&LISTED, json!(1.0), true),
            (&LISTED, json!({"a": [true, null]}), true),
            (&LISTED, json!(true), false),
            (&SMALL_TEXT_OR_TREE, json!(12345), true),
            (&SMALL_TEXT_OR_TREE, json!("abc"), false),
            (&SMALL_TEXT_OR_TREE, json!({"left": {"left": "ab"}}), true),
            (&SMALL_TEXT_OR_TREE, json!({"left": {"left": "abc"}}), false),
            (&SMALL_TEXT_OR_TREE, json!({"right": 1}), false),
            (&SMALL_TEXT_OR_TREE, json!([1, "a"]), false),
            (&NO_NUMBER, json!("1"), true),
            (&NO_NUMBER, json!(1), false),
            (&ONE, json!(1), true),
            (&ONE, json!("two"), true),
            (&ONE, json!(2), false),
            (&NAMED, json!({"id": 1}), true),
            (&NAMED, json!({}), false),
            (&NAMED, json!([]), true),
        ];
        for (schema, value, valid) in cases {
            assert_eq!(schema.fits(&value, Direction::Request), valid, "{value}");
        }
        assert!(!NAMED.fits(&json!({"id": 1}), Direction::Response));
    }
}
