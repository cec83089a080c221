//! Describes the constraints of values, such as `length 1..=5, pattern /^a/`. Also lists the schema tables: schemas that are
//! stored as tables of their keywords, because no Rust type can express the keywords.

use crate::ir::{
    AdditionalProperties, Api, Bound, Format, JsonType, Keyword, Limit, ObjectRule, PatternId, Rule, SchemaTableId,
    Struct, Type, UnionKeyword, Value,
};
use crate::pointer::Pointer;
use crate::surface::constraints_2020;
use crate::surface::item::{Facet, ItemKind};
use crate::surface::listing::Listing;

/// Describes the constraints of a value. For a list or a map, also describes the constraints of the items or members. The text is
/// empty if there are no constraints.
pub(super) fn value_constraints(api: &Api, value: &Value) -> String {
    let mut texts = rule_texts(api, &value.rules);
    texts.extend(value.secret.then(|| "secret".to_owned()));
    let inner = match &value.kind {
        Type::List(inner) => Some(("each item", value_constraints(api, inner))),
        Type::Map { members, .. } => Some(("each member", value_constraints(api, members))),
        _ => None,
    };
    let inner = inner.filter(|(_, constraints)| !constraints.is_empty());
    texts.extend(inner.map(|(each, constraints)| format!("{each} ({constraints})")));
    texts.join(", ")
}

/// Returns a description of each validation rule, in order. A minimum and a maximum of the same length or count become one range,
/// such as `length 1..=5`.
pub(super) fn rule_texts(api: &Api, rules: &[Rule]) -> Vec<String> {
    let (mut texts, mut merged) = (Vec::new(), Vec::new());
    let rules: Vec<&Rule> = rules.iter().filter(|rule| !matches!(rule, Rule::SchemaLocation(_))).collect();
    for (index, rule) in rules.iter().enumerate() {
        if merged.contains(&index) {
            continue;
        }
        let Some((counted, ..)) = range(rule) else {
            texts.push(rule_text(api, rule));
            continue;
        };
        let has_same_count = |(_, other): &(usize, &&Rule)| range(other).is_some_and(|(other, ..)| other == counted);
        let (mut minimum, mut maximum) = (None, None);
        for (at, other) in rules.iter().enumerate().filter(has_same_count) {
            if let Some((_, from, to)) = range(other) {
                (minimum, maximum) = (minimum.or(from), maximum.or(to));
                merged.push(at);
            }
        }
        texts.push(format!("{counted} {}", range_text(minimum, maximum)));
    }
    texts
}

/// Returns what the rule limits (`length`, `items` or `properties`), the minimum and the maximum. Returns `None` if the rule
/// limits something else.
fn range(rule: &Rule) -> Option<(&'static str, Option<u64>, Option<u64>)> {
    match rule {
        Rule::MinLength(limit) => Some(("length", Some(*limit), None)),
        Rule::MaxLength(limit) => Some(("length", None, Some(*limit))),
        Rule::MinItems(limit) => Some(("items", Some(*limit), None)),
        Rule::MaxItems(limit) => Some(("items", None, Some(*limit))),
        Rule::MinProperties(limit) => Some(("properties", Some(*limit), None)),
        Rule::MaxProperties(limit) => Some(("properties", None, Some(*limit))),
        _ => None,
    }
}

fn range_text(minimum: Option<u64>, maximum: Option<u64>) -> String {
    let minimum = minimum.map(|limit| limit.to_string()).unwrap_or_default();
    maximum.map_or(format!("{minimum}.."), |maximum| format!("{minimum}..={maximum}"))
}

fn rule_text(api: &Api, rule: &Rule) -> String {
    match rule {
        Rule::Pattern(id) => pattern(api, *id),
        Rule::Format(format) => format_name(*format).to_owned(),
        Rule::Minimum(bound) => minimum(*bound),
        Rule::Maximum(bound) => maximum(*bound),
        Rule::MultipleOf(step) => format!("multiple of {step}"),
        Rule::UniqueItems => "unique items".to_owned(),
        Rule::SchemaTable(id) => schema_reference(api, *id),
        Rule::IntegerEnum(values) => one_of(values.iter().map(ToString::to_string)),
        Rule::DoubleEnum(values) => one_of(values.iter().map(|value| double(*value))),
        Rule::BooleanEnum(values) => one_of(values.iter().map(ToString::to_string)),
        Rule::JsonEnum(values) => one_of(values.iter().cloned()),
        // `rule_texts` combines limits of lengths and counts into ranges. The location of a schema is not a constraint.
        Rule::MinLength(_)
        | Rule::MaxLength(_)
        | Rule::MinItems(_)
        | Rule::MaxItems(_)
        | Rule::MinProperties(_)
        | Rule::MaxProperties(_)
        | Rule::SchemaLocation(_) => String::new(),
    }
}

fn one_of(values: impl Iterator<Item = String>) -> String {
    format!("one of [{}]", sorted(values))
}

/// Sorts `texts` and joins them with commas. So the order in the document has no effect on the result.
fn sorted(texts: impl Iterator<Item = String>) -> String {
    let mut texts: Vec<String> = texts.collect();
    texts.sort_unstable();
    texts.join(", ")
}

fn minimum(bound: Bound) -> String {
    format!("{}{}", if bound.exclusive { "> " } else { ">= " }, limit(bound.limit))
}

fn maximum(bound: Bound) -> String {
    format!("{}{}", if bound.exclusive { "< " } else { "<= " }, limit(bound.limit))
}

fn limit(limit: Limit) -> String {
    match limit {
        Limit::Integer(limit) => limit.to_string(),
        Limit::Double(limit) => double(limit),
    }
}

/// Formats a floating-point number as in generated code: in scientific notation if the number is very large or very small.
fn double(number: f64) -> String {
    match number.abs() {
        0.0 | 1e-5..1e17 => number.to_string(),
        _ => format!("{number:e}"),
    }
}

/// Describes a pattern as a regular expression literal of ECMA-262: `pattern /^a/`.
fn pattern(api: &Api, id: PatternId) -> String {
    format!("pattern /{}/", api.patterns[id.0].text)
}

fn format_name(format: Format) -> &'static str {
    match format {
        Format::DateTime => "date-time",
        Format::Date => "date",
        Format::Time => "time",
        Format::Duration => "duration",
        Format::Uuid => "uuid",
        Format::Ipv4 => "ipv4",
        Format::Ipv6 => "ipv6",
        Format::Uri => "uri",
        Format::UriReference => "uri-reference",
        Format::Email => "email",
        Format::Hostname => "hostname",
        Format::Byte => "base64",
        Format::JsonPointer => "json-pointer",
        Format::IdnEmail => "idn-email",
        Format::Iri => "iri",
        Format::IriReference => "iri-reference",
        Format::UriTemplate => "uri-template",
    }
}

/// Describes the constraints of an object as a whole, such as `properties 1..`.
pub(super) fn struct_constraints(api: &Api, structure: &Struct) -> String {
    let object_rule = |rule: &ObjectRule| match rule {
        ObjectRule::SchemaTable(id) => schema_reference(api, *id),
        ObjectRule::RequiredFields(keyword, alternatives) => {
            let names = |fields: &Vec<usize>| {
                let mut names: Vec<&str> = fields.iter().map(|field| structure.fields[*field].name.as_str()).collect();
                names.sort_unstable();
                names.join(" and ")
            };
            let alternatives = sorted(alternatives.iter().map(names));
            let count = match keyword {
                UnionKeyword::OneOf => "exactly one",
                UnionKeyword::AnyOf => "at least one",
            };
            format!("{count} of [{alternatives}]")
        }
    };
    let texts = rule_texts(api, &structure.count_rules).into_iter().chain(structure.rules.iter().map(object_rule));
    texts.collect::<Vec<_>>().join(", ")
}

fn schema_reference(api: &Api, id: SchemaTableId) -> String {
    format!("schema schemas::{}", api.schema_tables[id.0].constant)
}

/// Lists the schema tables, each with its keywords. Descriptions of constraints refer to a schema table by its name.
pub(super) fn list_schemas(listing: &mut Listing<'_>) {
    let api = listing.api;
    let owner = listing.path("schemas");
    for id in &api.emitted_schema_tables {
        let schema = &api.schema_tables[id.0];
        let texts: Vec<String> = schema.keywords.iter().filter_map(|keyword| keyword_text(api, keyword)).collect();
        let item = listing.add(ItemKind::Schema, &owner, &format!("::{}", schema.constant), &Pointer::root());
        item.set(Facet::Declaration, "schema").set_nonempty(Facet::Constraints, texts.join(", "));
    }
}

/// Describes a keyword of a schema table, such as `length 1..`. Returns `None` if the keyword is not a constraint.
fn keyword_text(api: &Api, keyword: &Keyword) -> Option<String> {
    let name = |id: &SchemaTableId| api.schema_tables[id.0].constant.clone();
    let names = |ids: &[SchemaTableId]| sorted(ids.iter().map(name));
    Some(match keyword {
        Keyword::Component(_) => return None,
        Keyword::Type(kind, nullable) => format!("{}{}", json_type(*kind), if *nullable { " or null" } else { "" }),
        Keyword::Enum(values) => one_of(values.iter().cloned()),
        Keyword::MinLength(limit) => format!("length {limit}.."),
        Keyword::MaxLength(limit) => format!("length ..={limit}"),
        Keyword::Pattern(id) => pattern(api, *id),
        Keyword::Minimum(bound) => minimum(*bound),
        Keyword::Maximum(bound) => maximum(*bound),
        Keyword::MultipleOf(step) => format!("multiple of {step}"),
        Keyword::Format(format) => format_name(*format).to_owned(),
        Keyword::UniqueItems => "unique items".to_owned(),
        Keyword::MinItems(limit) => format!("items {limit}.."),
        Keyword::MaxItems(limit) => format!("items ..={limit}"),
        Keyword::Items(id) => format!("each item {}", name(id)),
        Keyword::MinProperties(limit) => format!("properties {limit}.."),
        Keyword::MaxProperties(limit) => format!("properties ..={limit}"),
        Keyword::Required(member) => format!("{member:?} required"),
        Keyword::RequiredInRequest(member) => format!("{member:?} required in requests"),
        Keyword::RequiredInResponse(member) => format!("{member:?} required in responses"),
        Keyword::Properties(properties, additional) => {
            let named = sorted(properties.iter().map(|(member, id)| format!("{member:?} {}", name(id))));
            let named = Some(named).filter(|named| !named.is_empty());
            let others = match additional {
                AdditionalProperties::Any => None,
                AdditionalProperties::None => Some("no other members".to_owned()),
                AdditionalProperties::Schema(id) => Some(format!("other members {}", name(id))),
            };
            named.into_iter().chain(others).collect::<Vec<_>>().join(", ")
        }
        Keyword::AllOf(ids) => format!("allOf [{}]", names(ids)),
        Keyword::OneOf(ids) => format!("oneOf [{}]", names(ids)),
        Keyword::AnyOf(ids) => format!("anyOf [{}]", names(ids)),
        Keyword::Not(id) => format!("not {}", name(id)),
        Keyword::Newer(keyword) => constraints_2020::keyword_text(api, keyword),
        Keyword::Secret => "secret".to_owned(),
    })
}

fn json_type(kind: JsonType) -> &'static str {
    match kind {
        JsonType::String => "string",
        JsonType::Number => "number",
        JsonType::Integer => "integer",
        JsonType::Boolean => "boolean",
        JsonType::Array => "array",
        JsonType::Object => "object",
    }
}
