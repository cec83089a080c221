//! Validation keywords: which of them apply to a type, as rules that emitted code checks.

use serde_json::{Number, Value as Json};

use crate::finding::Code;
use crate::ir::{Bound, Format, Limit, Pattern, PatternId, Rule, Type};
use crate::json::decimal::Decimal;
use crate::lower::naming::identifiers;
use crate::lower::schema::numbers::{self, Side};
use crate::lower::schema::{patterns, provenance};
use crate::lower::{Lowering, docs};
use crate::resolve::document::{Schema, SchemaType};

/// How many digits a step may have: the runtime divides in 128 bits, and shifts the rest of a division by a digit.
const DIGITS_OF_STEP: usize = 37;

/// How far from one a step may be, in powers of ten: doubles end before.
const POWERS_OF_STEP: i64 = 400;

impl Lowering<'_> {
    /// The rules that `schema` sets for values of the type `kind`.
    pub(crate) fn rules(&mut self, schema: &Schema, kind: &Type) -> Vec<Rule> {
        let mut rules = Vec::new();
        match kind {
            Type::String => {
                rules.extend(schema.min_length.filter(|limit| *limit > 0).map(Rule::MinLength));
                rules.extend(schema.max_length.map(Rule::MaxLength));
                rules.extend(schema.pattern.as_deref().map(|pattern| Rule::Pattern(self.pattern(pattern))));
                rules.extend(schema.format.as_deref().and_then(format).map(Rule::Format));
            }
            Type::Int32 | Type::Int64 | Type::UInt64 | Type::Int128 => {
                bounds(schema, |number, out, side| numbers::integer_limit(number, out, side, kind), &mut rules);
                rules.extend(self.step(schema).map(Rule::MultipleOf));
                rules.extend(listed(schema, kind).map(Rule::IntegerEnum));
                self.refuse_beyond_integers(schema);
            }
            Type::Double => {
                bounds(schema, numbers::double_limit, &mut rules);
                rules.extend(self.step(schema).map(Rule::MultipleOf));
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
            Type::Map(_) => rules.extend(member_counts(schema)),
            Type::Any => rules.extend(any_listed(schema).map(Rule::JsonEnum)),
            Type::Bytes | Type::File | Type::Named { .. } => {}
        }
        rules
    }

    /// What numbers have to be multiples of.
    pub(crate) fn step(&mut self, schema: &Schema) -> Option<String> {
        // One that is not above zero divides nothing, and has been reported.
        let step = schema.multiple_of.as_ref().map(Decimal::from).filter(Decimal::is_positive)?;
        let text = step.to_text_within(DIGITS_OF_STEP).filter(|_| step.exponent().abs() <= POWERS_OF_STEP);
        if text.is_none() {
            let message = format!(
                "`multipleOf` has more than {DIGITS_OF_STEP} digits, or is far from all doubles: the crate divides by no such number."
            );
            let remedy =
                "Compare it with the page; if it is what the page says, delete it here and check it where you send it.";
            let own = schema.derived_from.as_ref().unwrap_or(&schema.pointer);
            let place = schema.keyword_origins.get("multipleOf").unwrap_or(own).join("multipleOf");
            self.refuse(Code::UnsupportedSchema, &place, message, remedy);
        }
        text
    }

    /// A listed integer that no type holds would be missing from the list in silence.
    fn refuse_beyond_integers(&mut self, schema: &Schema) {
        let listed = schema.enum_values.iter().flatten().enumerate();
        for (index, number) in listed.filter_map(|(index, value)| Some((index, value.as_number()?))) {
            if Decimal::from(number).is_integer() && numbers::whole(number).is_none() {
                let message = format!("`enum` lists {number}, and 128 bits hold no such integer.");
                let remedy = "Write `type: number`, or a string with a pattern, as the page has it.";
                self.refuse(Code::UnsupportedSchema, &schema.pointer.join("enum").join(index), message, remedy);
            }
        }
    }

    /// The rules for how many members an object has.
    pub(crate) fn member_counts(&self, schema: &Schema) -> Vec<Rule> {
        let mut rules = self.by_origin(schema, member_counts(schema).collect());
        provenance::from_holder(&mut rules, &self.place_of_schema(schema));
        rules
    }

    /// The constant for `text`; equal patterns share one.
    pub(crate) fn pattern(&mut self, text: &str) -> PatternId {
        if let Some(known) = self.patterns.iter().position(|pattern| pattern.text == text) {
            return PatternId(known);
        }
        let (constant, docs) = (String::new(), vec![format!("`pattern` {}", docs::code(text))]);
        self.patterns.push(Pattern { constant, docs, text: text.to_owned(), matcher: patterns::matcher(text) });
        PatternId(self.patterns.len() - 1)
    }

    /// Wants the constants named after `owner`, which is known only when a field or argument is lowered. Of the names that its
    /// users would give a pattern it has the shortest.
    pub(crate) fn name_patterns(&mut self, rules: &[Rule], owner: &str) {
        for rule in rules {
            if let Rule::Pattern(PatternId(id)) = rule {
                let (wanted, known) = (identifiers::shouty(owner), &mut self.patterns[*id].constant);
                if known.is_empty() || (wanted.len(), &wanted) < (known.len(), known) {
                    *known = wanted;
                }
            }
        }
    }

    /// Names the patterns, when every user of them is known.
    pub(crate) fn name_all_patterns(&mut self) {
        let mut scope = identifiers::Scope::with(&["SECURITY"]);
        let mut patterns: Vec<&mut Pattern> = self.patterns.iter_mut().collect();
        patterns.sort_by(|one, other| (&one.constant, &one.text).cmp(&(&other.constant, &other.text)));
        for pattern in patterns {
            let wanted = std::mem::take(&mut pattern.constant);
            pattern.constant = scope.take(if wanted.is_empty() { "PATTERN".to_owned() } else { wanted });
        }
    }
}

/// The rules for how many members an object has.
fn member_counts(schema: &Schema) -> impl Iterator<Item = Rule> {
    let least = schema.min_properties.filter(|limit| *limit > 0).map(Rule::MinProperties);
    least.into_iter().chain(schema.max_properties.map(Rule::MaxProperties))
}

/// The rules for the range of a number.
fn bounds(schema: &Schema, limit: impl Fn(&Number, bool, Side) -> Option<(Limit, bool)>, rules: &mut Vec<Rule>) {
    let bound = |(limit, exclusive)| Bound { limit, exclusive };
    let minimum = schema.minimum.as_ref().and_then(|least| limit(least, schema.exclusive_minimum, Side::Lower));
    let maximum = schema.maximum.as_ref().and_then(|most| limit(most, schema.exclusive_maximum, Side::Upper));
    rules.extend(minimum.map(|limit| Rule::Minimum(bound(limit))));
    rules.extend(maximum.map(|limit| Rule::Maximum(bound(limit))));
}

/// The listed values that an integer of this type can have.
fn listed(schema: &Schema, kind: &Type) -> Option<Vec<i128>> {
    let (least, most) = numbers::range(kind)?;
    let integers = schema.enum_values.as_ref()?.iter().filter_map(|value| numbers::whole(value.as_number()?));
    Some(integers.filter(|value| (least..=most).contains(value)).collect())
}

/// The listed values of a schema without a plain type, as JSON texts: those of its own type, where it has one.
fn any_listed(schema: &Schema) -> Option<Vec<String>> {
    let fits = |value: &&Json| match schema.kind {
        Some(SchemaType::Array) => value.is_array(),
        Some(SchemaType::Object) => value.is_object(),
        _ => true,
    };
    Some(schema.enum_values.as_ref()?.iter().filter(fits).map(Json::to_string).collect())
}

/// Whether a format says which values of its type there are.
pub(crate) fn is_range_or_syntax(name: &str) -> bool {
    format(name).is_some() || name == "int32"
}

/// The format that a string is checked for; `binary`, `password` and unknown ones are not.
pub(crate) fn format(name: &str) -> Option<Format> {
    Some(match name {
        "date-time" => Format::DateTime,
        "date" => Format::Date,
        "time" => Format::Time,
        "duration" => Format::Duration,
        "uuid" => Format::Uuid,
        "ipv4" => Format::Ipv4,
        "ipv6" => Format::Ipv6,
        "uri" => Format::Uri,
        "uri-reference" => Format::UriReference,
        "email" => Format::Email,
        "hostname" => Format::Hostname,
        "byte" => Format::Byte,
        "json-pointer" => Format::JsonPointer,
        _ => return None,
    })
}
