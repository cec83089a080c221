//! Finds bounds that a `description` states, such as "at most 64 characters", but that the schema does not have.

use serde_json::Number;

use crate::check::value::pattern_length::length_range_of;
use crate::finding::{Code, Findings};
use crate::json::decimal::Decimal;
use crate::json::number;
use crate::lint::context::Context;
use crate::lint::description::statement::{Measure, Side, Statement, stated};
use crate::pointer::Pointer;
use crate::resolve::document::SchemaType::{Array, Integer, Number as Fraction, String as Text};
use crate::resolve::document::{Document, Schema};

/// Reports each bound that a description states, such as "at most 64 characters", if the schema has no such bound or a different
/// bound.
pub(crate) fn bounds(context: &Context<'_>, findings: &mut Findings) {
    let document = context.document;
    for schema in &context.schemas {
        if let Some(description) = &schema.description {
            compare(document, schema, &schema.pointer, description, findings);
        }
    }
    for named in &context.named_values {
        if let Some(description) = named.description {
            compare(document, named.schema, &named.pointer, description, findings);
        }
    }
}

/// Compares the bounds of `schema` with the bounds that `description` states. `owner` is the JSON Pointer of the object with the
/// description.
fn compare(document: &Document, schema: &Schema, owner: &Pointer, description: &str, findings: &mut Findings) {
    let is_composed = [&schema.all_of, &schema.one_of, &schema.any_of].iter().any(|parts| !parts.is_empty());
    if is_composed || schema.enum_values.is_some() {
        return;
    }
    let items = schema.items.as_ref().and_then(|items| document.resolved(items));
    let bounded: Vec<(Measure, &Schema)> = match schema.kind {
        Some(Text) => vec![(Measure::Length, schema)],
        Some(Integer | Fraction) => vec![(Measure::Value, schema)],
        // In the description of an array of strings, a stated length may be the length of each string or the number of strings.
        Some(Array) => {
            let strings = items.filter(|items| items.kind == Some(Text)).map(|items| (Measure::Length, items));
            [(Measure::Items, schema)].into_iter().chain(strings).collect()
        }
        _ => return,
    };
    for (measure, bounded) in bounded {
        let statements = stated(measure, description);
        let violated: Vec<&Statement> = [Side::Low, Side::High]
            .into_iter()
            .filter_map(|side| only_statement(&statements, side))
            .filter(|statement| !has_bound(statement, schema, bounded))
            .collect();
        report(&violated, bounded, owner, findings);
    }
}

/// Returns the first statement about the minimum or about the maximum; `side` selects which. Returns `None` if there are two such
/// statements with different limits, because each limit then probably applies only under a condition.
fn only_statement(statements: &[Statement], side: Side) -> Option<&Statement> {
    let mut about_side = statements.iter().filter(|statement| statement.side == side);
    let first = about_side.next()?;
    about_side.all(|other| other.limit == first.limit).then_some(first)
}

/// Formats whose strings have a limited length, so that a stated length needs no `minLength` or `maxLength`.
const FIXED_LENGTH: &[&str] = &["uuid", "date", "date-time", "time", "ipv4", "ipv6"];

/// Returns whether a schema has the bound that `statement` describes. A schema can express a maximum length by `maxLength`, but
/// also by another keyword, such as `pattern`.
///
/// `whole` is the schema with the description. `bounded` is the schema to which the bound applies: `whole`, or its `items` if the
/// description states the length of each string in an array.
fn has_bound(statement: &Statement, whole: &Schema, bounded: &Schema) -> bool {
    let limit = &statement.limit;
    let is_limit = |bound: Option<Number>| bound.is_some_and(|bound| number::compare(&bound, limit).is_eq());
    let (_, own) = keyword(statement, bounded);
    if is_limit(own.clone()) {
        return true;
    }
    match statement.measure {
        Measure::Length => {
            let lengths = bounded.pattern.as_deref().and_then(length_range_of);
            let by_pattern =
                lengths.and_then(|lengths| if statement.side == Side::Low { Some(lengths.min) } else { lengths.max });
            let by_list = if statement.side == Side::Low { whole.min_items } else { whole.max_items };
            let is_fixed = bounded.format.as_deref().is_some_and(|format| FIXED_LENGTH.contains(&format));
            let has_no_effect = statement.side == Side::Low && limit.as_u64() == Some(0);
            own.is_none() && (is_fixed || has_no_effect)
                || is_limit(by_pattern.map(Number::from))
                || is_limit(by_list.map(Number::from))
        }
        Measure::Value => {
            // For an integer, an exclusive minimum of 0 is equal to a minimum of 1.
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

/// Returns the keyword for a bound that a description states, such as `maxLength` for "at most 64 characters". Also returns the
/// value of the keyword in `schema`.
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

/// Reports each keyword of `schema` whose value differs from the description. Reports all missing keywords in one finding.
/// `violated` are the statements in the description that `schema` violates.
fn report(violated: &[&Statement], schema: &Schema, owner: &Pointer, findings: &mut Findings) {
    let mut missing = Vec::new();
    for statement in violated {
        let (keyword, bound) = keyword(statement, schema);
        let Some(bound) = bound else {
            missing.push((*statement, keyword));
            continue;
        };
        let (limit, words) = (&statement.limit, &statement.words);
        findings.add(
            Code::DescribedBound,
            &schema.pointer.join(keyword),
            format!("The description states “{words}”, but `{keyword}` is {bound}."),
            format!("Write `{keyword}: {limit}`, or correct the description."),
        );
    }
    let (lacks, words) = match missing.as_slice() {
        [] => return,
        [(stated, keyword)] => (format!("no `{keyword}`"), format!("“{}”", stated.words)),
        [(one, low), (other, high), ..] => {
            let second = if one.words == other.words { String::new() } else { format!(" and “{}”", other.words) };
            (format!("neither `{low}` nor `{high}`"), format!("“{}”{second}", one.words))
        }
    };
    let keywords: Vec<String> =
        missing.iter().map(|(stated, keyword)| format!("`{keyword}: {}`", stated.limit)).collect();
    findings.add(
        Code::DescribedBound,
        &owner.join("description"),
        format!("The description states {words}, but the schema has {lacks}."),
        format!("Add {} to the schema, or correct the description.", keywords.join(" and ")),
    );
}

#[cfg(test)]
mod tests {
    use crate::lint::tests::{places, places_in_schemas};

    fn found(schema: &str) -> Vec<String> {
        let schemas = format!("A: {schema}, Short: {{type: string, maxLength: 8}}");
        places_in_schemas("described-bound", &schemas)
    }

    #[test]
    fn a_described_bound_that_is_missing_or_differs_is_reported() {
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
            assert_eq!(found(schema), [place], "{schema}");
        }
    }

    #[test]
    fn a_described_bound_that_the_schema_has_is_not_reported() {
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
            assert_eq!(found(schema), [""; 0], "{schema}");
        }
    }

    #[test]
    fn the_description_of_a_parameter_is_compared_with_its_schema() {
        let found = |schema: &str| {
            let parameter = format!("{{name: a, in: query, description: Maximum of 8 characters., schema: {schema}}}");
            places(
                "described-bound",
                &format!("paths:\n  /a:\n    get: {{parameters: [{parameter}], responses: {{}}}}\n"),
            )
        };
        assert_eq!(found("{type: string}"), ["/paths/~1a/get/parameters/0/description"]);
        assert_eq!(found("{type: string, maxLength: 8}"), [""; 0]);
    }
}
