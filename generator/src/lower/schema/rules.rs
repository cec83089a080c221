//! Lowers validation keywords to the rules that the emitted code checks for each type.

use serde_json::{Number, Value as Json};

use crate::finding::Code;
use crate::ir::{Bound, Limit, Rule, Type};
use crate::json::decimal::Decimal;
use crate::lower::analysis::formats::string_format;
use crate::lower::analysis::numbers::{self, Side};
use crate::lower::schema::locations::make_relative;
use crate::lower::state::Lowering;
use crate::resolve::document::{Schema, SchemaType};

/// The maximum number of digits of `multipleOf`. The runtime divides digit by digit: each step multiplies the remainder by ten.
/// The product must fit in a 128-bit integer.
const MAX_MULTIPLE_DIGITS: usize = 37;

/// The maximum absolute value of the decimal exponent of `multipleOf`. No finite `f64` has a larger exponent.
const MAX_MULTIPLE_EXPONENT: i64 = 400;

impl Lowering<'_> {
    /// Returns the validation rules of `schema` for values of the Rust type `kind`.
    pub(crate) fn validation_rules(&mut self, schema: &Schema, kind: &Type) -> Vec<Rule> {
        let mut rules = Vec::new();
        match kind {
            Type::String | Type::External(_) => {
                rules.extend(schema.min_length.filter(|limit| *limit > 0).map(Rule::MinLength));
                rules.extend(schema.max_length.map(Rule::MaxLength));
                rules.extend(schema.pattern.as_deref().map(|pattern| Rule::Pattern(self.pattern_id(pattern))));
                rules.extend(schema.validated_format().and_then(string_format).map(Rule::Format));
            }
            Type::Int32 | Type::Int64 | Type::UInt64 | Type::Int128 => {
                let limit = |number: &Number, exclusive, side| numbers::integer_limit(number, exclusive, side, kind);
                add_bounds(schema, limit, &mut rules);
                rules.extend(self.multiple_of(schema).map(Rule::MultipleOf));
                rules.extend(integer_values(schema, kind).map(Rule::IntegerEnum));
                self.report_wide_values(schema);
            }
            Type::Double => {
                add_bounds(schema, numbers::double_limit, &mut rules);
                rules.extend(self.multiple_of(schema).map(Rule::MultipleOf));
                let doubles = |values: &Vec<Json>| values.iter().filter_map(Json::as_f64).collect();
                rules.extend(schema.enum_values.as_ref().map(doubles).map(Rule::DoubleEnum));
            }
            Type::Boolean => {
                let booleans = |values: &Vec<Json>| values.iter().filter_map(Json::as_bool).collect();
                rules.extend(schema.enum_values.as_ref().map(booleans).map(Rule::BooleanEnum));
            }
            Type::List(_) => {
                rules.extend(schema.min_items.filter(|limit| *limit > 0).map(Rule::MinItems));
                rules.extend(schema.max_items.map(Rule::MaxItems));
                rules.extend(schema.unique_items.then_some(Rule::UniqueItems));
            }
            Type::Map { .. } => rules.extend(count_rules(schema)),
            Type::Any => rules.extend(json_values(schema).map(Rule::JsonEnum)),
            Type::Bytes | Type::File | Type::Named { .. } => {}
        }
        rules
    }

    /// Returns `multipleOf` as decimal text, such as `0.01`; `None` if the schema has no `multipleOf` that the crate can
    /// validate. A number with too many digits, or with a too large exponent, is reported.
    pub(crate) fn multiple_of(&mut self, schema: &Schema) -> Option<String> {
        // The `check` stage has already reported a number that is not positive.
        let step = schema.multiple_of.as_ref().map(Decimal::from).filter(Decimal::is_positive)?;
        let text = step.to_text_within(MAX_MULTIPLE_DIGITS).filter(|_| step.exponent().abs() <= MAX_MULTIPLE_EXPONENT);
        if text.is_none() {
            let message = format!(
                "`multipleOf` has more than {MAX_MULTIPLE_DIGITS} digits, or an exponent beyond {MAX_MULTIPLE_EXPONENT}. The \
                 crate cannot validate this keyword."
            );
            let remedy = "Correct the number, or delete `multipleOf` and check values before you send them.";
            let own = schema.derived_from.as_ref().unwrap_or(&schema.pointer);
            let pointer = schema.keyword_origins.get("multipleOf").unwrap_or(own).join("multipleOf");
            self.report(Code::UnsupportedSchema, &pointer, message, remedy);
        }
        text
    }

    /// Reports integers in `enum` that do not fit in 128 bits, because no rule can contain them.
    fn report_wide_values(&mut self, schema: &Schema) {
        let values = schema.enum_values.iter().flatten().enumerate();
        for (index, number) in values.filter_map(|(index, value)| Some((index, value.as_number()?))) {
            if Decimal::from(number).is_integer() && numbers::to_i128(number).is_none() {
                let message = format!("`enum` contains {number}, which does not fit in 128 bits.");
                let remedy = "Use `type: number`, or a string with a `pattern`.";
                self.report(Code::UnsupportedSchema, &schema.pointer.join("enum").join(index), message, remedy);
            }
        }
    }

    /// Returns the rules of `minProperties` and `maxProperties`, with schema locations relative to `schema`.
    pub(crate) fn count_rules(&self, schema: &Schema) -> Vec<Rule> {
        let mut rules = self.with_locations(schema, count_rules(schema).collect());
        make_relative(&mut rules, &self.schema_location(schema));
        rules
    }
}

fn count_rules(schema: &Schema) -> impl Iterator<Item = Rule> {
    let least = schema.min_properties.filter(|limit| *limit > 0).map(Rule::MinProperties);
    least.into_iter().chain(schema.max_properties.map(Rule::MaxProperties))
}

fn add_bounds(schema: &Schema, limit: impl Fn(&Number, bool, Side) -> Option<(Limit, bool)>, rules: &mut Vec<Rule>) {
    let bound = |(limit, exclusive)| Bound { limit, exclusive };
    let minimum = schema.minimum.as_ref().and_then(|least| limit(least, schema.exclusive_minimum, Side::Lower));
    let maximum = schema.maximum.as_ref().and_then(|most| limit(most, schema.exclusive_maximum, Side::Upper));
    rules.extend(minimum.map(|limit| Rule::Minimum(bound(limit))));
    rules.extend(maximum.map(|limit| Rule::Maximum(bound(limit))));
}

/// Returns the values of `enum` that are in the range of the integer type `kind`.
fn integer_values(schema: &Schema, kind: &Type) -> Option<Vec<i128>> {
    let (least, most) = numbers::range(kind)?;
    let integers = schema.enum_values.as_ref()?.iter().filter_map(|value| numbers::to_i128(value.as_number()?));
    Some(integers.filter(|value| (least..=most).contains(value)).collect())
}

/// Returns the values of `enum` as JSON text. If the schema has the type `array` or `object`, values of other types are omitted.
fn json_values(schema: &Schema) -> Option<Vec<String>> {
    let has_type = |value: &&Json| match schema.kind {
        Some(SchemaType::Array) => value.is_array(),
        Some(SchemaType::Object) => value.is_object(),
        _ => true,
    };
    Some(schema.enum_values.as_ref()?.iter().filter(has_type).map(Json::to_string).collect())
}
