// copperplate runtime: copied into each generated crate that uses it.
//! Validates the keywords of JSON Schema 2020-12 that OpenAPI 3.0 does not have.

use serde_json::{Map, Value};

use crate::runtime::printing::cut_text;
use crate::runtime::schema::budget;
use crate::runtime::schema::keyword::{AdditionalProperties, Keyword2020, NamePattern};
use crate::runtime::validation::context::ValidationContext;
use crate::runtime::validation::violation::LIMIT_LENGTH;

impl Keyword2020 {
    /// Validates `value` against this keyword.
    pub(crate) fn check(&'static self, value: &Value, at: ValidationContext<'_>) {
        match (self, value) {
            (Self::Conditional(condition, consequence, alternative), value) => {
                let (pointer, branch) = match condition.accepts(value, at.direction()) {
                    true => ("/then", consequence),
                    false => ("/else", alternative),
                };
                if let Some(branch) = branch {
                    branch.check(value, at.same_value().with_schema(pointer));
                }
            }
            (_, Value::Array(items)) => self.check_array(items, value, at),
            (_, Value::Object(members)) => self.check_object(members, value, at),
            _ => {}
        }
    }

    fn check_array(&'static self, items: &[Value], array: &Value, at: ValidationContext<'_>) {
        match self {
            Self::PrefixItems(prefix, rest) => {
                for (index, item) in items.iter().enumerate() {
                    match (prefix.get(index), rest) {
                        (Some((pointer, schema)), _) => schema.check(item, at.item(index).with_schema(pointer)),
                        (None, Some(rest)) => rest.check(item, at.item(index)),
                        (None, None) => {}
                    }
                }
            }
            Self::Contains(schema, least, most) => {
                let count = items.iter().filter(|item| schema.accepts(item, at.direction())).count();
                let violated = match () {
                    () if count > *most => Some(("maxContains", *most)),
                    () if count >= *least => None,
                    () if *least == 1 => Some(("contains", 1)),
                    () => Some(("minContains", *least)),
                };
                if let Some((keyword, limit)) = violated {
                    at.report_violation_with(keyword, || {
                        (Some(limit.to_string()), Some(format!("{count} matching items")))
                    });
                }
            }
            // part: unevaluated
            Self::UnevaluatedItems(whole, schema) => {
                let evaluated = whole.evaluated(array, at.direction());
                for (index, item) in items.iter().enumerate().filter(|(index, _)| !evaluated.has_item(*index)) {
                    schema.check(item, at.item(index).with_schema("/unevaluatedItems"));
                }
            }
            // end of part
            _ => _ = array,
        }
    }

    fn check_object(&'static self, members: &Map<String, Value>, object: &Value, at: ValidationContext<'_>) {
        match self {
            Self::Members { properties, patterns, additional } => {
                for (name, value) in members {
                    check_member((name, value), properties, patterns, *additional, at);
                }
            }
            Self::PropertyNames(schema) => {
                for name in members.keys() {
                    let at = at.additional_member(name).with_schema("/propertyNames");
                    let name = Value::String(name.clone());
                    budget::with_name(|| schema.check(&name, at));
                }
            }
            Self::DependentRequired(name, required) if members.contains_key(*name) => {
                for missing in required.iter().filter(|required| !members.contains_key(**required)) {
                    let at = at.member(missing);
                    at.report_in_parent_schema_with("dependentRequired", || (Some(cut_text(name, LIMIT_LENGTH)), None));
                }
            }
            Self::DependentSchema(name, (pointer, schema)) if members.contains_key(*name) => {
                schema.check(object, at.same_value().with_schema(pointer));
            }
            // part: unevaluated
            Self::UnevaluatedProperties(whole, schema) => {
                let evaluated = whole.evaluated(object, at.direction());
                for (name, value) in members.iter().filter(|(name, _)| !evaluated.has_member(name)) {
                    schema.check(value, at.additional_member(name).with_schema("/unevaluatedProperties"));
                }
            }
            // end of part
            _ => {}
        }
    }
}

/// Checks a member against the patterns that its name matches. If no pattern and no property matches, checks the member
/// against `additional`.
fn check_member(
    (name, value): (&str, &Value),
    properties: &[&str],
    patterns: &[NamePattern],
    additional: AdditionalProperties,
    at: ValidationContext<'_>,
) {
    let mut is_described = properties.binary_search(&name).is_ok();
    for (_, schema) in patterns.iter().filter(|(pattern, _)| pattern.is_match(name)) {
        is_described = true;
        if let Some((pointer, schema)) = schema {
            schema.check(value, at.additional_member(name).with_schema(pointer));
        }
    }
    match additional {
        _ if is_described => {}
        AdditionalProperties::Schema(schema) => schema.check(value, at.additional_member(name)),
        AdditionalProperties::None => {
            at.additional_member(name).report_in_parent_schema("additionalProperties", None, None)
        }
        AdditionalProperties::Any => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::runtime::schema::keyword::{JsonType, Keyword, Schema};
    use crate::runtime::validation::violation::Direction;

    static TEXT: Schema = Schema(&[Keyword::Type(JsonType::String)]);
    static NUMBER: Schema = Schema(&[Keyword::Type(JsonType::Number)]);
    static NOTHING: Schema = Schema(&[Keyword::Not(&ANYTHING)]);
    static ANYTHING: Schema = Schema(&[]);
    static PAIR: Schema =
        Schema(&[Keyword::Newer(Keyword2020::PrefixItems(&[("/prefixItems/0", &TEXT)], Some(&NUMBER)))]);
    static TWO_NUMBERS: Schema = Schema(&[Keyword::Newer(Keyword2020::Contains(&NUMBER, 2, 3))]);
    static REQUIRES_B: Schema = Schema(&[Keyword::Newer(Keyword2020::DependentRequired("a", &["b"]))]);
    static TEXT_OR_SMALL: Schema = Schema(&[Keyword::Newer(Keyword2020::Conditional(&TEXT, None, Some(&NUMBER)))]);
    static CLOSED: Schema = Schema(&[
        Keyword::AnyOf(&[&HAS_A, &HAS_B]),
        Keyword::Newer(Keyword2020::UnevaluatedProperties(&CLOSED, &NOTHING)),
    ]);
    static HAS_A: Schema = Schema(&[Keyword::Properties(&[("a", &NUMBER)], AdditionalProperties::Any)]);
    static HAS_B: Schema = Schema(&[Keyword::Properties(&[("b", &NUMBER)], AdditionalProperties::Any)]);

    /// Declares schemas that each apply the next schema twice to the same object.
    macro_rules! tower {
        ($name:ident $next:ident $($rest:ident)*) => {
            static $name: Schema = Schema(&[
                Keyword::AllOf(&[&$next]),
                Keyword::Newer(Keyword2020::DependentSchema("a", ("/dependentSchemas/a", &$next))),
            ]);
            tower!($next $($rest)*);
        };
        ($last:ident) => {
            static $last: Schema = Schema(&[Keyword::Properties(&[("a", &NUMBER)], AdditionalProperties::Any)]);
        };
    }

    tower!(T0 T1 T2 T3 T4 T5 T6 T7 T8 T9 T10 T11 T12 T13 T14 T15 T16 T17 T18 T19 T20 T21 T22 T23 T24 T25 T26 T27 T28 T29 T30);

    static CLOSED_TOWER: Schema =
        Schema(&[Keyword::AllOf(&[&T0]), Keyword::Newer(Keyword2020::UnevaluatedProperties(&CLOSED_TOWER, &NOTHING))]);

    #[test]
    fn verdicts_on_long_strings_are_not_mistaken_for_verdicts_on_names() {
        static SHORT: Schema = Schema(&[Keyword::MaxLength(64)]);
        static NAMES: Schema = Schema(&[Keyword::Newer(Keyword2020::PropertyNames(&SHORT))]);
        static MANY: Schema = Schema(&[Keyword::AllOf(&[&SHORT; 100])]);
        static LIST: Schema = Schema(&[Keyword::Items(&Schema(&[Keyword::AllOf(&[&MANY, &NAMES])]))]);
        let texts = |length: usize| Vec::from_iter((0..20).map(|_| json!("x".repeat(length))));
        let names = |length: usize| (0..20).map(move |_| json!({"x".repeat(length): 1}));
        let list = |text, name| json!(Vec::from_iter(texts(text).into_iter().chain(names(name))));
        for (text, name, expected) in [(64, 64, true), (64, 65, false), (65, 64, false)] {
            assert_eq!(LIST.accepts(&list(text, name), Direction::Response), expected, "{text} {name}");
        }
    }

    /// Without a limit, the work would double with each of the 30 schemas.
    #[test]
    fn a_schema_that_is_applied_often_evaluates_members_once() {
        assert!(CLOSED_TOWER.accepts(&json!({"a": 1}), Direction::Request));
        assert!(!CLOSED_TOWER.accepts(&json!({"a": 1, "b": 1}), Direction::Request));
    }

    #[test]
    fn keywords_decide_by_json_schema() {
        let cases = [
            (&PAIR, json!(["a", 1, 2]), true),
            (&PAIR, json!([]), true),
            (&PAIR, json!(["a", "b"]), false),
            (&TWO_NUMBERS, json!([1, "a", 2]), true),
            (&TWO_NUMBERS, json!([1, "a"]), false),
            (&TWO_NUMBERS, json!([1, 2, 3, 4]), false),
            (&REQUIRES_B, json!({"a": 1, "b": 1}), true),
            (&REQUIRES_B, json!({"a": 1}), false),
            (&REQUIRES_B, json!({"c": 1}), true),
            (&TEXT_OR_SMALL, json!("a"), true),
            (&TEXT_OR_SMALL, json!(1), true),
            (&TEXT_OR_SMALL, json!(true), false),
            (&CLOSED, json!({"a": 1, "b": 1}), true),
            (&CLOSED, json!({"a": 1, "b": "x"}), false),
            (&CLOSED, json!({"a": 1, "c": 1}), false),
        ];
        for (schema, value, valid) in cases {
            assert_eq!(schema.accepts(&value, Direction::Request), valid, "{value}");
        }
    }
}
