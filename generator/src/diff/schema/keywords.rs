//! Compares the keywords that constrain a value as a whole, such as `type`, `format`, `nullable`, bounds, `pattern`, `enum` and
//! `default`.

use std::collections::HashSet;

use serde_json::{Number, Value};

use crate::diff::change::Direction;
use crate::diff::compared_value::{ComparedValue, Holder};
use crate::diff::rules::{self, Rule, ValueRule};
use crate::diff::schema::all_of::schema_type;
use crate::diff::schema::bound_changes;
use crate::diff::schema::implied::is_implied;
use crate::diff::schema::place::keyword_place;
use crate::diff::walk::Walk;
use crate::json::{equality, number};
use crate::resolve::document::{Schema, SchemaType, string_format};

/// Compares the keywords of two schemas. If the types have no values in common, compares only the types and returns false.
pub(crate) fn compare(walk: &mut Walk<'_>, old: &Schema, new: &Schema, site: &ComparedValue) -> bool {
    if !compare_type(walk, old, new, site) {
        return false;
    }
    compare_format(walk, old, new, site);
    compare_flags(walk, old, new, site);
    bound_changes::compare(walk, old, new, site);
    compare_multiple_of(walk, old, new, site);
    compare_pattern(walk, old, new, site);
    compare_enum(walk, old, new, site);
    compare_default(walk, old, new, site);
    true
}

fn type_name(kind: Option<SchemaType>) -> &'static str {
    kind.map_or("any type", SchemaType::quoted)
}

/// Compares the types. Returns false if they have no values in common.
fn compare_type(walk: &mut Walk<'_>, old: &Schema, new: &Schema, site: &ComparedValue) -> bool {
    let (before, after) = (schema_type(walk.old, old), schema_type(walk.new, new));
    let rule = match (before, after) {
        (before, after) if before == after => return true,
        (Some(_), None) | (Some(SchemaType::Integer), Some(SchemaType::Number)) => &rules::TYPE_GENERALIZED,
        (None, Some(_)) | (Some(SchemaType::Number), Some(SchemaType::Integer)) => &rules::TYPE_SPECIALIZED,
        _ => &rules::TYPE_CHANGED,
    };
    let message = format!("the type changed from {} to {}", type_name(before), type_name(after));
    let place = |schema: &Schema| keyword_place(schema, schema.kind.is_some(), "type");
    walk.report_value(rule, site, message, &place(old), &place(new));
    !std::ptr::eq(rule, &rules::TYPE_CHANGED)
}

/// Formats that restrict the allowed values, although the runtime has no validator for them.
pub(crate) const FORMATS: &[&str] = &["base64", "binary", "byte", "double", "float", "int32", "int64"];

fn compare_format(walk: &mut Walk<'_>, old: &Schema, new: &Schema, site: &ComparedValue) {
    let (before, after) = (old.validated_format(), new.validated_format());
    // If the types differ, the change of type has been reported, and the formats are not comparable.
    if before == after || schema_type(walk.old, old) != schema_type(walk.new, new) {
        return;
    }
    let constrains = |format: &&str| FORMATS.contains(format) || string_format::validator(format).is_some();
    let default = match schema_type(walk.new, new) {
        Some(SchemaType::Integer) => Some("int64"),
        Some(SchemaType::Number) => Some("double"),
        _ => None,
    };
    let rule = match (before.filter(constrains).or(default), after.filter(constrains).or(default)) {
        (before, after) if before == after => &rules::FORMAT_ANNOTATION,
        (None, None) => &rules::FORMAT_ANNOTATION,
        (None, Some(_)) => &rules::FORMAT_ADDED,
        (Some(_), None) => &rules::FORMAT_REMOVED,
        (Some("int32"), Some("int64")) | (Some("float"), Some("double")) => &rules::FORMAT_GENERALIZED,
        (Some("int64"), Some("int32")) | (Some("double"), Some("float")) => &rules::FORMAT_SPECIALIZED,
        _ => &rules::FORMAT_CHANGED,
    };
    let message = match (before, after) {
        (Some(before), Some(after)) => format!("the format changed from `{before}` to `{after}`"),
        (Some(before), None) => format!("the format `{before}` was removed"),
        (None, after) => format!("the format `{}` was added", after.unwrap_or_default()),
    };
    report_unless_implied(walk, rule, (old, new), site, message, ("format", |schema| schema.format.is_some()));
}

/// The name of a keyword, and a function that returns whether a schema has the keyword.
type Keyword = (&'static str, fn(&Schema) -> bool);

/// Reports a change of a keyword, unless all values of an `enum` satisfy the keyword.
fn report_unless_implied(
    walk: &mut Walk<'_>,
    rule: &'static ValueRule,
    (old, new): (&Schema, &Schema),
    site: &ComparedValue,
    message: String,
    (name, has_keyword): Keyword,
) {
    if !is_implied(walk, rule, (old, new), name) {
        let place = |schema: &Schema| keyword_place(schema, has_keyword(schema), name);
        walk.report_value(rule, site, message, &place(old), &place(new));
    }
}

/// A boolean keyword, and the rules for its changes.
struct Flag {
    keyword: &'static str,
    get: fn(&Schema) -> bool,
    /// The rule and the message for a keyword that became true.
    set: (&'static ValueRule, &'static str),
    /// The rule and the message for a keyword that became false.
    unset: (&'static ValueRule, &'static str),
}

const FLAGS: &[Flag] = &[
    Flag {
        keyword: "nullable",
        get: |schema| schema.nullable,
        set: (&rules::BECAME_NULLABLE, "it became nullable"),
        unset: (&rules::BECAME_NOT_NULLABLE, "it is no longer nullable"),
    },
    Flag {
        keyword: "uniqueItems",
        get: |schema| schema.unique_items,
        set: (&rules::UNIQUE_ITEMS_ADDED, "`uniqueItems` was added"),
        unset: (&rules::UNIQUE_ITEMS_REMOVED, "`uniqueItems` was removed"),
    },
    Flag {
        keyword: "deprecated",
        get: |schema| schema.deprecated,
        set: (&rules::VALUE_DEPRECATED, "it was deprecated"),
        unset: (&rules::VALUE_REACTIVATED, "it is no longer deprecated"),
    },
];

fn compare_flags(walk: &mut Walk<'_>, old: &Schema, new: &Schema, site: &ComparedValue) {
    for Flag { keyword, get, set, unset } in FLAGS {
        let is_reported = *keyword == "nullable" && site.nullable_reported;
        if get(old) != get(new) && !is_reported {
            let (rule, message) = if get(new) { set } else { unset };
            let place = |schema: &Schema| keyword_place(schema, get(schema), keyword);
            walk.report_value(rule, site, *message, &place(old), &place(new));
        }
    }
}

fn compare_multiple_of(walk: &mut Walk<'_>, old: &Schema, new: &Schema, site: &ComparedValue) {
    // `multipleOf: 1` has no effect on integers.
    let has_effect = |schema: &&Schema| {
        let is_one = |step: &Number| number::compare(step, &1.into()).is_eq();
        !(schema.kind == Some(SchemaType::Integer) && schema.multiple_of.as_ref().is_some_and(is_one))
    };
    let step = |schema: &Schema| Some(schema).filter(has_effect).and_then(|schema| schema.multiple_of.clone());
    let (rule, message) = match (&step(old), &step(new)) {
        (None, None) => return,
        (None, Some(after)) => (&rules::MULTIPLE_OF_SET, format!("`multipleOf` {after} was added")),
        (Some(before), None) => (&rules::MULTIPLE_OF_UNSET, format!("`multipleOf` {before} was removed")),
        (Some(before), Some(after)) => {
            let rule = match (number::is_multiple(after, before), number::is_multiple(before, after)) {
                (true, true) => return,
                (true, false) => &rules::MULTIPLE_OF_TIGHTENED,
                (false, true) => &rules::MULTIPLE_OF_LOOSENED,
                (false, false) => &rules::MULTIPLE_OF_CHANGED,
            };
            (rule, format!("`multipleOf` changed from {before} to {after}"))
        }
    };
    report_unless_implied(walk, rule, (old, new), site, message, ("multipleOf", |schema| schema.multiple_of.is_some()));
}

fn compare_pattern(walk: &mut Walk<'_>, old: &Schema, new: &Schema, site: &ComparedValue) {
    let (rule, message) = match (&old.pattern, &new.pattern) {
        (before, after) if before == after => return,
        (before, None) => {
            (&rules::PATTERN_REMOVED, format!("the pattern `{}` was removed", before.as_deref().unwrap_or_default()))
        }
        (None, Some(after)) => (&rules::PATTERN_ADDED, format!("the pattern `{after}` was added")),
        (Some(before), Some(after)) => {
            (&rules::PATTERN_CHANGED, format!("the pattern changed from `{before}` to `{after}`"))
        }
    };
    report_unless_implied(walk, rule, (old, new), site, message, ("pattern", |schema| schema.pattern.is_some()));
}

fn compare_enum(walk: &mut Walk<'_>, old: &Schema, new: &Schema, site: &ComparedValue) {
    let place = |schema: &Schema| keyword_place(schema, schema.enum_values.is_some(), "enum");
    let (before, after) = match (&old.enum_values, &new.enum_values) {
        (None, None) => return,
        (None, Some(after)) => {
            let message = format!("it became an enum of {}", value_list(after.iter()));
            return walk.report_value(&rules::BECAME_ENUM, site, message, &place(old), &place(new));
        }
        (Some(_), None) => {
            let message = "it is no longer an enum";
            return walk.report_value(&rules::BECAME_NOT_ENUM, site, message, &place(old), &place(new));
        }
        (Some(before), Some(after)) => (before, after),
    };
    // If `nullable` changed too, an added or removed `null` in the `enum` is already reported.
    let is_reported = |value: &Value| value.is_null() && old.nullable != new.nullable;
    let only_in = |values: &[Value], other: &[Value]| -> Vec<usize> {
        let other: HashSet<String> = other.iter().map(equality::canonical_text).collect();
        let is_only_here = |value: &Value| !other.contains(&equality::canonical_text(value));
        let indexed = values.iter().enumerate();
        indexed.filter(|(_, value)| is_only_here(value) && !is_reported(value)).map(|(index, _)| index).collect()
    };
    let message = |verb: &str, list: &[Value], indices: &[usize]| {
        let noun = if indices.len() == 1 { "value" } else { "values" };
        let was = if indices.len() == 1 { "was" } else { "were" };
        format!("the enum {noun} {} {was} {verb}", value_list(indices.iter().filter_map(|index| list.get(*index))))
    };
    let (removed, added) = (only_in(before, after), only_in(after, before));
    if let [first, ..] = removed.as_slice() {
        let message = message("removed", before, &removed);
        walk.report_value(&rules::ENUM_VALUE_REMOVED, site, message, &place(old).join(first), &place(new));
    }
    if let [first, ..] = added.as_slice() {
        let message = message("added", after, &added);
        walk.report_value(&rules::ENUM_VALUE_ADDED, site, message, &place(old), &place(new).join(first));
    }
}

fn value_list<'v>(values: impl Iterator<Item = &'v Value>) -> String {
    values.map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn compare_default(walk: &mut Walk<'_>, old: &Schema, new: &Schema, site: &ComparedValue) {
    let is_same = |(old, new): (&Value, &Value)| equality::is_equal(old, new);
    if old.default.as_ref().zip(new.default.as_ref()).map_or(old.default == new.default, is_same) {
        return;
    }
    let is_received = site.direction == Direction::Response;
    let rule: &'static Rule = match (site.holder, &old.default, &new.default) {
        // The default of a response body has no effect, because the body is always present.
        (Holder::Body, ..) if is_received => return,
        (Holder::Header, None, _) => &rules::HEADER_DEFAULT_ADDED,
        (Holder::Header, _, None) => &rules::HEADER_DEFAULT_REMOVED,
        (Holder::Header, ..) => &rules::HEADER_DEFAULT_CHANGED,
        (_, None, _) if is_received => &rules::RESPONSE_DEFAULT_ADDED,
        (_, _, None) if is_received => &rules::RESPONSE_DEFAULT_REMOVED,
        _ if is_received => &rules::RESPONSE_DEFAULT_CHANGED,
        (Holder::Body, ..) => &rules::BODY_DEFAULT,
        (Holder::Parameter, None, _) => &rules::PARAMETER_DEFAULT_ADDED,
        (Holder::Parameter, _, None) => &rules::PARAMETER_DEFAULT_REMOVED,
        (Holder::Parameter, ..) => &rules::PARAMETER_DEFAULT_CHANGED,
        (_, None, _) => &rules::PROPERTY_DEFAULT_ADDED,
        (_, _, None) => &rules::PROPERTY_DEFAULT_REMOVED,
        _ => &rules::PROPERTY_DEFAULT_CHANGED,
    };
    let message = match (&old.default, &new.default) {
        (Some(before), Some(after)) => format!("the default changed from {before} to {after}"),
        (Some(before), None) => format!("the default {before} was removed"),
        (None, after) => format!("the default {} was added", after.as_ref().unwrap_or(&Value::Null)),
    };
    let place = |schema: &Schema| keyword_place(schema, schema.default.is_some(), "default");
    walk.report(rule, &site.path, message, Some(&place(old)), Some(&place(new)));
}
