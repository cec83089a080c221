//! Rules in words: what values have to keep, as a line says it.

use crate::ir::{
    AdditionalProperties, Api, Bound, Format, JsonType, Keyword, Limit, ObjectRule, PatternId, Rule, SchemaTableId,
    Struct, Type, UnionKeyword, Value,
};
use crate::pointer::Pointer;
use crate::surface::{Facet, Kind, Listing};

/// The rules of a value and of its parts; empty where there is none.
pub(super) fn of_value(api: &Api, value: &Value) -> String {
    let mut words = of_rules(api, &value.rules);
    words.extend(value.secret.then(|| "secret".to_owned()));
    let part = match &value.kind {
        Type::List(inner) => Some(("each item", of_value(api, inner))),
        Type::Map(inner) => Some(("each member", of_value(api, inner))),
        _ => None,
    };
    words.extend(part.filter(|(_, rules)| !rules.is_empty()).map(|(what, rules)| format!("{what} ({rules})")));
    words.join(", ")
}

/// Rules in their order, with both bounds of a range in one.
pub(super) fn of_rules(api: &Api, rules: &[Rule]) -> Vec<String> {
    let (mut words, mut taken) = (Vec::new(), Vec::new());
    let rules: Vec<&Rule> = rules.iter().filter(|rule| !matches!(rule, Rule::SchemaLocation(_))).collect();
    for (index, rule) in rules.iter().enumerate() {
        if taken.contains(&index) {
            continue;
        }
        let Some((what, ..)) = range(rule) else {
            words.push(of_rule(api, rule));
            continue;
        };
        let alike = |(_, other): &(usize, &&Rule)| range(other).is_some_and(|(other, ..)| other == what);
        let (mut least, mut most) = (None, None);
        for (at, other) in rules.iter().enumerate().filter(alike) {
            if let Some((_, from, to)) = range(other) {
                (least, most) = (least.or(from), most.or(to));
                taken.push(at);
            }
        }
        words.push(format!("{what} {}", bounds(least, most)));
    }
    words
}

/// What a rule for a count counts, and its bounds.
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

fn bounds(least: Option<u64>, most: Option<u64>) -> String {
    let least = least.map(|limit| limit.to_string()).unwrap_or_default();
    most.map_or(format!("{least}.."), |most| format!("{least}..={most}"))
}

fn of_rule(api: &Api, rule: &Rule) -> String {
    match rule {
        Rule::Pattern(id) => pattern(api, *id),
        Rule::Format(format) => self::format(*format).to_owned(),
        Rule::Minimum(bound) => minimum(*bound),
        Rule::Maximum(bound) => maximum(*bound),
        Rule::MultipleOf(step) => format!("multiple of {step}"),
        Rule::UniqueItems => "unique items".to_owned(),
        Rule::SchemaTable(id) => table_name(api, *id),
        Rule::IntegerEnum(values) => listed(values.iter().map(ToString::to_string)),
        Rule::DoubleEnum(values) => listed(values.iter().map(|value| double(*value))),
        Rule::BooleanEnum(values) => listed(values.iter().map(ToString::to_string)),
        Rule::JsonEnum(values) => listed(values.iter().cloned()),
        // These are ranges, or no rules.
        Rule::MinLength(_)
        | Rule::MaxLength(_)
        | Rule::MinItems(_)
        | Rule::MaxItems(_)
        | Rule::MinProperties(_)
        | Rule::MaxProperties(_)
        | Rule::SchemaLocation(_) => String::new(),
    }
}

fn listed(values: impl Iterator<Item = String>) -> String {
    format!("one of [{}]", sorted(values))
}

/// What has no order of its own.
fn sorted(words: impl Iterator<Item = String>) -> String {
    let mut words: Vec<String> = words.collect();
    words.sort_unstable();
    words.join(", ")
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

/// A double as emitted code writes it: nobody counts the zeros of one that is very large or very small.
fn double(number: f64) -> String {
    match number.abs() {
        0.0 | 1e-5..1e17 => number.to_string(),
        _ => format!("{number:e}"),
    }
}

/// A pattern as ECMA-262 writes it, on one line.
fn pattern(api: &Api, id: PatternId) -> String {
    format!("pattern /{}/", one_line(&api.patterns[id.0].text))
}

/// Text of a document in a line: it must not break it.
pub(super) fn one_line(text: &str) -> String {
    if !text.contains(char::is_control) {
        return text.to_owned();
    }
    let escaped =
        |letter: char| if letter.is_control() { letter.escape_default().collect() } else { String::from(letter) };
    text.chars().map(escaped).collect()
}

fn format(format: Format) -> &'static str {
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
    }
}

/// The rules for an object as a whole.
pub(super) fn of_structure(api: &Api, structure: &Struct) -> String {
    let object_rule = |rule: &ObjectRule| match rule {
        ObjectRule::SchemaTable(id) => table_name(api, *id),
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
    let words = of_rules(api, &structure.count_rules).into_iter().chain(structure.rules.iter().map(object_rule));
    words.collect::<Vec<_>>().join(", ")
}

fn table_name(api: &Api, id: SchemaTableId) -> String {
    format!("judged by schemas::{}", api.schema_tables[id.0].constant)
}

/// The tables that rules refer to.
pub(super) fn tables(listing: &mut Listing<'_>) {
    let api = listing.api;
    let owner = listing.path("schemas");
    for id in &api.emitted_schema_tables {
        let table = &api.schema_tables[id.0];
        let words: Vec<String> = table.keywords.iter().filter_map(|keyword| of_keyword(api, keyword)).collect();
        let item = listing.add(Kind::Table, &owner, &format!("::{}", table.constant), &Pointer::root());
        item.says(Facet::Shape, "schema").says_if_any(Facet::Rules, words.join(", "));
    }
}

/// What a keyword says; where the schema stands is no rule.
fn of_keyword(api: &Api, keyword: &Keyword) -> Option<String> {
    let name = |id: &SchemaTableId| api.schema_tables[id.0].constant.clone();
    let names = |ids: &[SchemaTableId]| sorted(ids.iter().map(name));
    Some(match keyword {
        Keyword::Component(_) => return None,
        Keyword::Type(kind, nullable) => format!("{}{}", json_type(*kind), if *nullable { " or null" } else { "" }),
        Keyword::Enum(values) => listed(values.iter().cloned()),
        Keyword::MinLength(limit) => format!("length {limit}.."),
        Keyword::MaxLength(limit) => format!("length ..={limit}"),
        Keyword::Pattern(id) => pattern(api, *id),
        Keyword::Minimum(bound) => minimum(*bound),
        Keyword::Maximum(bound) => maximum(*bound),
        Keyword::MultipleOf(step) => format!("multiple of {step}"),
        Keyword::Format(format) => self::format(*format).to_owned(),
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
        Keyword::AllOf(ids) => format!("all of [{}]", names(ids)),
        Keyword::OneOf(ids) => format!("exactly one of [{}]", names(ids)),
        Keyword::AnyOf(ids) => format!("any of [{}]", names(ids)),
        Keyword::Not(id) => format!("not {}", name(id)),
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
