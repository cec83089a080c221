//! Descriptions that state other bounds than their schemas have.

pub(crate) mod statement;

use serde_json::Number;

use crate::check::value::{extent, number};
use crate::finding::{Code, Findings};
use crate::json::decimal::Decimal;
use crate::lint::description::statement::{Measure, Side, Statement, stated};
use crate::lint::{Linted, sites};
use crate::pointer::Pointer;
use crate::resolve::document::SchemaType::{Array, Integer, Number as Fraction, String as Text};
use crate::resolve::document::{Document, Schema};

/// Each schema has the bounds that its description states.
pub(super) fn bounds(linted: &Linted<'_>, findings: &mut Findings) {
    let document = linted.document;
    for schema in sites::schemas(document) {
        if let Some(description) = &schema.description {
            judge(document, schema, &schema.pointer, description, findings);
        }
    }
    for named in sites::named(document) {
        if let Some(description) = named.description {
            judge(document, named.schema, &named.pointer, description, findings);
        }
    }
}

/// Judges `schema` by the `description` of what stands at `owner`.
fn judge(document: &Document, schema: &Schema, owner: &Pointer, description: &str, findings: &mut Findings) {
    let chooses = [&schema.all_of, &schema.one_of, &schema.any_of].iter().any(|members| !members.is_empty());
    if chooses || schema.enum_values.is_some() {
        return;
    }
    let items = schema.items.as_ref().and_then(|items| sites::resolved(document, items));
    let bounded: Vec<(Measure, &Schema)> = match schema.kind {
        Some(Text) => vec![(Measure::Length, schema)],
        Some(Integer | Fraction) => vec![(Measure::Value, schema)],
        // What a page says of a list's length may be about its items.
        Some(Array) => {
            let texts = items.filter(|items| items.kind == Some(Text)).map(|items| (Measure::Length, items));
            [(Measure::Items, schema)].into_iter().chain(texts).collect()
        }
        _ => return,
    };
    for (measure, bounded) in bounded {
        let statements = stated(measure, description);
        let broken: Vec<&Statement> = [Side::Low, Side::High]
            .into_iter()
            .filter_map(|side| only(&statements, side))
            .filter(|statement| !is_kept(statement, schema, bounded))
            .collect();
        tell(&broken, bounded, owner, findings);
    }
}

/// The statement about one side; one that is made twice with different numbers has conditions that no rule can read.
fn only(statements: &[Statement], side: Side) -> Option<&Statement> {
    let mut of_side = statements.iter().filter(|statement| statement.side == side);
    let first = of_side.next()?;
    of_side.all(|other| other.limit == first.limit).then_some(first)
}

/// Formats whose texts have lengths of their own.
const FIXED: &[&str] = &["uuid", "date", "date-time", "time", "ipv4", "ipv6"];

/// Whether the schema keeps the bound, by the keyword or by what says the same.
fn is_kept(statement: &Statement, whole: &Schema, bounded: &Schema) -> bool {
    let limit = &statement.limit;
    let is_limit = |bound: Option<Number>| bound.is_some_and(|bound| number::compare(&bound, limit).is_eq());
    let (_, own) = keyword(statement, bounded);
    if is_limit(own.clone()) {
        return true;
    }
    match statement.measure {
        Measure::Length => {
            let extent = bounded.pattern.as_deref().and_then(extent::of);
            let by_pattern =
                extent.and_then(|extent| if statement.side == Side::Low { Some(extent.min) } else { extent.max });
            let by_list = if statement.side == Side::Low { whole.min_items } else { whole.max_items };
            let is_fixed = bounded.format.as_deref().is_some_and(|format| FIXED.contains(&format));
            let says_nothing = statement.side == Side::Low && limit.as_u64() == Some(0);
            own.is_none() && (is_fixed || says_nothing)
                || is_limit(by_pattern.map(Number::from))
                || is_limit(by_list.map(Number::from))
        }
        Measure::Value => {
            // `exclusiveMinimum` 0 is 1 for integers.
            let (exclusive, step) = if statement.side == Side::Low {
                (bounded.exclusive_minimum, 1)
            } else {
                (bounded.exclusive_maximum, -1)
            };
            let next = own.and_then(|own| Decimal::from(&own).to_i128()?.checked_add(step));
            let next = next.and_then(|next| number::parse(&next.to_string()));
            exclusive && bounded.kind == Some(Integer) && is_limit(next)
        }
        Measure::Items => own.is_none() && statement.side == Side::Low && limit.as_u64() == Some(0),
    }
}

/// The keyword for what is stated, and what the schema has there.
fn keyword(statement: &Statement, schema: &Schema) -> (&'static str, Option<Number>) {
    match (statement.measure, statement.side) {
        (Measure::Length, Side::Low) => ("minLength", schema.min_length.map(Number::from)),
        (Measure::Length, Side::High) => ("maxLength", schema.max_length.map(Number::from)),
        (Measure::Value, Side::Low) => ("minimum", schema.minimum.clone()),
        (Measure::Value, Side::High) => ("maximum", schema.maximum.clone()),
        (Measure::Items, Side::Low) => ("minItems", schema.min_items.map(Number::from)),
        (Measure::Items, Side::High) => ("maxItems", schema.max_items.map(Number::from)),
    }
}

/// Tells the bounds that are other ones, each at its keyword, and at once those that are missing.
fn tell(broken: &[&Statement], schema: &Schema, owner: &Pointer, findings: &mut Findings) {
    let mut missing = Vec::new();
    for statement in broken {
        let (keyword, bound) = keyword(statement, schema);
        let Some(bound) = bound else {
            missing.push((*statement, keyword));
            continue;
        };
        let (limit, words) = (&statement.limit, &statement.words);
        findings.add(
            Code::DescribedBound,
            &schema.pointer.join(keyword),
            format!("The description says “{words}”, and `{keyword}` is {bound}."),
            format!("Write `{keyword}: {limit}`, or correct the description."),
        );
    }
    let (has_not, says) = match missing.as_slice() {
        [] => return,
        [(said, keyword)] => (format!("there is no `{keyword}`"), format!("“{}”", said.words)),
        [(one, low), (other, high), ..] => {
            let says = if one.words == other.words { String::new() } else { format!(" and “{}”", other.words) };
            (format!("there is neither `{low}` nor `{high}`"), format!("“{}”{says}", one.words))
        }
    };
    let keywords: Vec<String> = missing.iter().map(|(said, keyword)| format!("`{keyword}: {}`", said.limit)).collect();
    findings.add(
        Code::DescribedBound,
        &owner.join("description"),
        format!("The description says {says}, and {has_not}."),
        format!("Write {} into the schema, or correct the description.", keywords.join(" and ")),
    );
}

#[cfg(test)]
mod tests {
    use crate::lint::tests::{places, places_in_schemas};

    fn told(schema: &str) -> Vec<String> {
        let schemas = format!("A: {schema}, Short: {{type: string, maxLength: 8}}");
        places_in_schemas("described-bound", &schemas)
    }

    #[test]
    fn a_bound_that_is_described_and_missing_or_other_is_told() {
        for (schema, place) in [
            ("{type: string, description: 'Maximum length: 64'}", "/A/description"),
            ("{type: string, maxLength: 46, description: 'Maximum length: 64'}", "/A/maxLength"),
            ("{type: string, description: 'Minimum length: 1 Maximum length: 64'}", "/A/description"),
            ("{type: integer, description: 'Maximum: 64'}", "/A/description"),
            ("{type: integer, minimum: 0, description: 'must be between 1 and 5', maximum: 5}", "/A/minimum"),
            ("{type: array, items: {type: string}, description: 'At most three IDs'}", "/A/description"),
            (
                "{type: array, items: {type: string, maxLength: 23}, description: 'Maximum length: 32'}",
                "/A/items/maxLength",
            ),
        ] {
            assert_eq!(told(schema), [place], "{schema}");
        }
    }

    #[test]
    fn a_bound_that_is_kept_is_not() {
        for schema in [
            "{type: string, maxLength: 64, description: 'Minimum length: 0 Maximum length: 64'}",
            "{type: string, pattern: '^[a-z]{1,64}$', description: '1 to 64 characters'}",
            "{type: string, format: uuid, description: 'At most 36 characters'}",
            "{type: string, description: 'Up to 8 characters as a name, up to 9 characters as an alias'}",
            "{type: integer, minimum: 0, exclusiveMinimum: true, description: 'Minimum: 1'}",
            "{type: array, items: {$ref: '#/components/schemas/Short'}, description: 'Each has at most 8 characters'}",
            "{type: string, enum: [a], description: 'At most 8 characters'}",
            "{description: 'At most 8 characters'}",
        ] {
            assert_eq!(told(schema), [""; 0], "{schema}");
        }
    }

    #[test]
    fn a_parameter_is_described_beside_its_schema() {
        let parameter = |schema: &str| {
            let parameter = format!("{{name: a, in: query, description: Maximum of 8 characters., schema: {schema}}}");
            places(
                "described-bound",
                &format!("paths:\n  /a:\n    get: {{parameters: [{parameter}], responses: {{}}}}\n"),
            )
        };
        assert_eq!(parameter("{type: string}"), ["/paths/~1a/get/parameters/0/description"]);
        assert_eq!(parameter("{type: string, maxLength: 8}"), [""; 0]);
    }
}
