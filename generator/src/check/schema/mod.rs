//! Rules of schemas: patterns, bounds, keywords that never apply, and the values a schema itself names.

pub(crate) mod literal_pattern;
pub(crate) mod satisfiability;

use std::cmp::Ordering;
use std::collections::HashMap;

use serde_json::Value;

use crate::check::example;
use crate::check::misspelling;
use crate::check::value::{Direction, Validator, Violation, number, pattern, type_name};
use crate::finding::abbreviation::abbreviated;
use crate::finding::{Code, Findings, Focus};
use crate::pattern::{Compiled, LONGEST, compile};
use crate::pointer::Pointer;
use crate::resolve::document::SchemaType::{Array, Integer, Number, Object, String};
use crate::resolve::document::{
    AdditionalProperties, Document, MediaType, ParameterValue, Schema, SchemaRef, SchemaType,
};
use crate::suggestion::nearest;

/// Calls `visit` for every schema of the document, components first; one that is reached twice is visited twice.
pub(crate) fn each<'d>(document: &'d Document, visit: &mut dyn FnMut(&'d Schema)) {
    document.schemas.values().for_each(|schema| descend(schema, visit));
    for operation in &document.operations {
        for parameter in &operation.parameters {
            match &parameter.value {
                ParameterValue::Schema(schema) => descend_ref(schema, visit),
                ParameterValue::Content(media) => descend_media(media, visit),
            }
        }
        let bodies = operation.body.iter().flat_map(|body| &body.content);
        bodies.for_each(|media| descend_media(media, visit));
        for response in &operation.responses {
            let headers = response.headers.iter().filter_map(|header| header.schema.as_ref());
            headers.for_each(|schema| descend_ref(schema, visit));
            response.content.iter().for_each(|media| descend_media(media, visit));
        }
    }
}

fn descend_media<'d>(media: &'d MediaType, visit: &mut dyn FnMut(&'d Schema)) {
    if let Some(schema) = &media.schema {
        descend_ref(schema, visit);
    }
}

fn descend_ref<'d>(schema: &'d SchemaRef, visit: &mut dyn FnMut(&'d Schema)) {
    if let SchemaRef::Inline(schema) = schema {
        descend(schema, visit);
    }
}

fn descend<'d>(schema: &'d Schema, visit: &mut dyn FnMut(&'d Schema)) {
    visit(schema);
    schema.subschemas().for_each(|child| descend_ref(child, visit));
}

/// Every `pattern` is a regular expression, and takes no longer than its text is long.
pub(super) fn patterns(document: &Document, findings: &mut Findings) {
    let mut compiled: HashMap<&str, Result<Compiled, std::string::String>> = HashMap::new();
    each(document, &mut |schema| {
        let Some(text) = schema.pattern.as_deref() else { return };
        let place = schema.pointer.join("pattern");
        match compiled.entry(text).or_insert_with(|| compile(text)) {
            Ok(Compiled::Automata(_)) => {}
            Ok(Compiled::Engine(_)) => {
                let message = format!(
                    "`{text}` is matched by going back over the text, which may take a time that doubles with each character \
                     of it; texts of more than {LONGEST} bytes are refused unread."
                );
                let remedy = "Write it without looking around other than ahead behind `^`, references back, `\\b` and \
                              `\\p`, and with counts that multiply to less than a thousand.";
                findings.add(Code::BacktrackingPattern, &place, message, remedy);
            }
            Err(fault) => findings.add_mendable(
                Code::InvalidPattern,
                &place,
                format!("`{text}` is no ECMA-262 regular expression: {fault}."),
                pattern::remedy(text),
                "The pattern is left out.",
            ),
        }
    });
}

/// Some value can meet the bounds of each schema.
pub(super) fn bounds(document: &Document, findings: &mut Findings) {
    each(document, &mut |schema| {
        for (keyword, other, message) in contradictions(document, schema) {
            let meant = (keyword == "required").then(|| misspelling::meant(schema).next()).flatten();
            let remedy = match meant {
                Some((_, _, meant)) => format!("Did you mean `{meant}`?"),
                None => "Correct one of the bounds; as they stand, every value is refused.".to_owned(),
            };
            findings.add(Code::ContradictoryBounds, &schema.pointer.join(keyword), message, remedy);
            if let Some(name) = forbidden(schema).filter(|_| keyword == "required") {
                findings.miss(&schema.pointer.join("properties").join(name));
            }
            if !other.is_empty() {
                findings.relate(&schema.pointer.join(other), Focus::Value, format!("`{other}`"));
            }
        }
    });
}

/// The first member that is required, and that nothing allows.
fn forbidden(schema: &Schema) -> Option<&std::string::String> {
    let is_closed = matches!(schema.additional_properties, AdditionalProperties::Forbidden);
    schema.required.iter().find(|name| is_closed && !schema.properties.contains_key(*name))
}

/// The keywords that leave no room, each with the one that it contradicts, and what is wrong.
fn contradictions(document: &Document, schema: &Schema) -> Vec<(&'static str, &'static str, std::string::String)> {
    let mut found = Vec::new();
    for (low, low_keyword, high, high_keyword) in [
        (schema.min_length, "minLength", schema.max_length, "maxLength"),
        (schema.min_items, "minItems", schema.max_items, "maxItems"),
        (schema.min_properties, "minProperties", schema.max_properties, "maxProperties"),
    ] {
        if let (Some(low), Some(high)) = (low, high)
            && low > high
        {
            found.push((
                low_keyword,
                high_keyword,
                format!("`{low_keyword}` is {low} and `{high_keyword}` is {high}."),
            ));
        }
    }
    if let (Some(low), Some(high)) = (&schema.minimum, &schema.maximum) {
        let order = number::compare(low, high);
        if order == Ordering::Greater {
            found.push(("minimum", "maximum", format!("`minimum` is {low} and `maximum` is {high}.")));
        } else if order == Ordering::Equal && (schema.exclusive_minimum || schema.exclusive_maximum) {
            found.push((
                "minimum",
                "maximum",
                format!("`minimum` and `maximum` are {low}, and one of them is exclusive."),
            ));
        }
    }
    if let Some(step) = &schema.multiple_of
        && number::compare(step, &0.into()) != Ordering::Greater
    {
        found.push(("multipleOf", "", format!("`multipleOf` is {step}; it has to be greater than zero.")));
    }
    if schema.enum_values.as_ref().is_some_and(Vec::is_empty) {
        found.push(("enum", "", "`enum` has no values.".to_owned()));
    }
    if let Some(name) = forbidden(schema) {
        let message = format!("`{name}` is required, and `additionalProperties: false` forbids it.");
        found.push(("required", "additionalProperties", message));
    }
    found.extend(satisfiability::faults(document, schema).into_iter().map(|(keyword, message)| (keyword, "", message)));
    found
}

/// `default` and the values of `enum` meet the schema they stand in.
pub(super) fn values(document: &Document, findings: &mut Findings) {
    let validator = Validator::new(document, Direction::Either);
    each(document, &mut |schema| {
        if let Some(default) = &schema.default {
            let fault = validator.violations_of(schema, default).into_iter().next();
            let place = schema.pointer.join("default");
            fault.into_iter().for_each(|fault| refused(&place, "The default", schema, default, &fault, findings));
        }
        let listed = schema.enum_values.as_deref().unwrap_or_default();
        let faults: Vec<(usize, &Value, Violation)> = listed
            .iter()
            .enumerate()
            .filter_map(|(index, value)| {
                Some((index, value, validator.violations_of(schema, value).into_iter().next()?))
            })
            .collect();
        let place = schema.pointer.join("enum");
        let is_of_type = |fault: &Violation| fault.keyword == "type" && fault.pointer == Pointer::root();
        let all_have_other_types = faults.len() == listed.len() && faults.iter().all(|(.., fault)| is_of_type(fault));
        match faults.as_slice() {
            [(first, value, fault), others @ ..] if all_have_other_types && !others.is_empty() => {
                let name = format!("Each value of `enum`, such as {},", abbreviated(&value.to_string()));
                refused(&place.join(first), &name, schema, value, fault, findings);
                findings.extend_to(others.iter().map(|(index, ..)| place.join(index)));
            }
            each => {
                for (index, value, fault) in each {
                    let name = format!("The value {} of `enum`", abbreviated(&value.to_string()));
                    refused(&place.join(index), &name, schema, value, fault, findings);
                }
            }
        }
    });
}

/// Reports `value` at `place`, which `schema` names itself, and refuses.
fn refused(place: &Pointer, name: &str, schema: &Schema, value: &Value, fault: &Violation, findings: &mut Findings) {
    let given = value.pointer(fault.pointer.as_str()).unwrap_or(value);
    let place = example::within(place, &fault.pointer);
    let message = format!("{name} contradicts its own schema by `{}`: it {}.", fault.keyword, fault.message);
    let is_listed = name != "The default";
    let remedy = match (fault.keyword, given) {
        ("type", Value::Null) if schema.kind.is_some() => {
            "Write `nullable: true` beside `type` if null is meant, or delete the value.".to_owned()
        }
        ("type", Value::String(_) | Value::Number(_) | Value::Bool(_)) if is_listed && fault.wanted == Some(Array) => {
            "Write `enum` below `items`, if it lists what the items may be.".to_owned()
        }
        ("type", Value::Array(_)) if is_listed => "Write the values themselves: `enum` is the list.".to_owned(),
        _ => example::about_quotes(fault, given).unwrap_or_else(|| "Correct the value or the schema.".to_owned()),
    };
    let consequence = if is_listed { "The value is left out." } else { "It is passed over." };
    findings.add_mendable(Code::ContradictoryBounds, &place, message, remedy, consequence);
    example::relate_keyword(fault, findings);
}

/// A keyword, whether a schema has it, and the types it is for.
type Keyword = (&'static str, fn(&Schema) -> bool, &'static [SchemaType]);

const KEYWORDS: &[Keyword] = &[
    ("minLength", |schema| schema.min_length.is_some(), &[String]),
    ("maxLength", |schema| schema.max_length.is_some(), &[String]),
    ("pattern", |schema| schema.pattern.is_some(), &[String]),
    ("minimum", |schema| schema.minimum.is_some(), &[Number, Integer]),
    ("maximum", |schema| schema.maximum.is_some(), &[Number, Integer]),
    ("exclusiveMinimum", |schema| schema.exclusive_minimum, &[Number, Integer]),
    ("exclusiveMaximum", |schema| schema.exclusive_maximum, &[Number, Integer]),
    ("multipleOf", |schema| schema.multiple_of.is_some(), &[Number, Integer]),
    ("items", |schema| schema.items.is_some(), &[Array]),
    ("minItems", |schema| schema.min_items.is_some(), &[Array]),
    ("maxItems", |schema| schema.max_items.is_some(), &[Array]),
    ("uniqueItems", |schema| schema.unique_items, &[Array]),
    ("properties", |schema| !schema.properties.is_empty(), &[Object]),
    ("required", |schema| !schema.required.is_empty(), &[Object]),
    ("additionalProperties", |schema| !matches!(schema.additional_properties, AdditionalProperties::Absent), &[Object]),
    ("minProperties", |schema| schema.min_properties.is_some(), &[Object]),
    ("maxProperties", |schema| schema.max_properties.is_some(), &[Object]),
];

/// No schema has a keyword that is for other types than its own.
pub(super) fn foreign_keywords(document: &Document, findings: &mut Findings) {
    each(document, &mut |schema| {
        let Some(kind) = schema.kind else { return };
        for (keyword, _, types) in KEYWORDS.iter().filter(|(_, has, types)| has(schema) && !types.contains(&kind)) {
            let own: Vec<_> = types.iter().map(|kind| type_name(*kind)).collect();
            findings.add(
                Code::ForeignKeyword,
                &schema.pointer.join(keyword),
                format!(
                    "`{keyword}` never applies here: it is for {}, and this is {}.",
                    own.join(" or "),
                    type_name(kind)
                ),
                "Delete the keyword, or correct `type`.",
            );
        }
    });
}

/// No bound is said to be exclusive where there is none.
pub(super) fn bounds_without_number(document: &Document, findings: &mut Findings) {
    each(document, &mut |schema| {
        let exclusive = [
            ("exclusiveMinimum", schema.exclusive_minimum && schema.minimum.is_none(), "minimum"),
            ("exclusiveMaximum", schema.exclusive_maximum && schema.maximum.is_none(), "maximum"),
        ];
        for (keyword, _, bound) in exclusive.into_iter().filter(|(_, idle, _)| *idle) {
            let message = format!("`{keyword}` has no effect: there is no `{bound}` that it could exclude.");
            let remedy = format!("Add `{bound}`, or remove it.");
            findings.add(Code::NoEffect, &schema.pointer.join(keyword), message, remedy);
        }
    });
}

/// Every value of a `mapping` leads to a schema. A name with a dot or a slash may be a file, which `load` has read or reported.
pub(super) fn mappings(document: &Document, findings: &mut Findings) {
    let leads_nowhere = |target: &str| match target.strip_prefix('#') {
        Some(fragment) => {
            let name = fragment.starts_with("/components/schemas/").then(|| Pointer::parse(fragment)).flatten();
            name.and_then(|name| name.last()).is_some_and(|name| !document.schemas.contains_key(&name))
        }
        None => !target.contains(['.', '/']) && !document.schemas.contains_key(target),
    };
    each(document, &mut |schema| {
        let Some(discriminator) = &schema.discriminator else { return };
        for (value, target) in discriminator.mapping.iter().filter(|(_, target)| leads_nowhere(target)) {
            let name = target.rsplit('/').next().unwrap_or_default();
            let remedy = match nearest(name, document.schemas.keys().map(std::string::String::as_str), 3) {
                Some(near) if target.starts_with('#') => format!("Did you mean `#/components/schemas/{near}`?"),
                Some(near) => format!("Did you mean `{near}`?"),
                None => "Correct the reference, or add the schema.".to_owned(),
            };
            findings.add_mendable(
                Code::RefMissing,
                &schema.pointer.join("discriminator").join("mapping").join(value),
                format!("`{target}`, which `{value}` is mapped to, is no schema of the document."),
                remedy,
                "It is passed over.",
            );
            findings.miss(&Pointer::root().join("components").join("schemas").join(name));
        }
    });
}

#[cfg(test)]
mod tests {
    use crate::check::tests::says;

    fn says_of(schema: &str) -> Vec<std::string::String> {
        let said = says(&format!("paths: {{}}\ncomponents:\n  schemas:\n    A: {schema}\n"));
        said.into_iter().map(|line| line.replace(" /components/schemas/A", " ")).collect()
    }

    #[test]
    fn patterns_are_regular_expressions() {
        assert_eq!(says_of("{items: {pattern: '['}}"), ["invalid-pattern /items/pattern"]);
        assert_eq!(says_of("{pattern: '^[a\\-z]+$'}"), [""; 0]);
    }

    #[test]
    fn bounds_leave_room() {
        for (schema, keyword) in [
            ("{minLength: 2, maxLength: 1}", "minLength"),
            ("{minItems: 2, maxItems: 1}", "minItems"),
            ("{minProperties: 2, maxProperties: 1}", "minProperties"),
            ("{minimum: 2, maximum: 1.5}", "minimum"),
            ("{minimum: 2, maximum: 2, exclusiveMaximum: true}", "minimum"),
            ("{multipleOf: 0}", "multipleOf"),
            ("{enum: []}", "enum"),
            ("{required: [a], additionalProperties: false}", "required"),
        ] {
            assert_eq!(says_of(schema), [format!("contradictory-bounds /{keyword}")], "{schema}");
        }
        assert_eq!(says_of("{minLength: 1, maxLength: 1, minimum: 2, maximum: 2}"), [""; 0]);
    }

    #[test]
    fn a_schema_accepts_its_own_values() {
        assert_eq!(says_of("{type: string, default: null}"), ["contradictory-bounds /default"]);
        assert_eq!(says_of("{type: array, items: {type: string}, default: [1]}"), ["contradictory-bounds /default/0"]);
        assert_eq!(says_of("{type: string, enum: [a, true, null], nullable: true}"), ["contradictory-bounds /enum/1"]);
        assert_eq!(says_of("{type: string, maxLength: 1, enum: [ab], default: c}").len(), 2);
        assert_eq!(says_of("{type: string, nullable: true, default: null}"), [""; 0]);
    }

    #[test]
    fn foreign_keywords_are_warned_about() {
        let said = says_of("{type: integer, maxLength: 3, properties: {a: {type: string, minimum: 1}}}");
        assert_eq!(
            said,
            ["foreign-keyword /maxLength", "foreign-keyword /properties", "foreign-keyword /properties/a/minimum",]
        );
        assert_eq!(says_of("{maxLength: 3, minimum: 1}"), [""; 0]);
    }

    #[test]
    fn what_leads_nowhere_or_excludes_nothing_is_said() {
        let said = says_of("{type: integer, exclusiveMinimum: true, exclusiveMaximum: true, maximum: 3}");
        assert_eq!(said, ["no-effect /exclusiveMinimum"]);
        let union = |mapping: &str| says_of(&format!("{{discriminator: {{propertyName: k, mapping: {{{mapping}}}}}}}"));
        assert_eq!(union("a: A, b: '#/components/schemas/A'"), [""; 0]);
        assert_eq!(
            union("a: B, b: '#/components/schemas/B'"),
            ["ref-missing /discriminator/mapping/a", "ref-missing /discriminator/mapping/b"]
        );
    }
}
