//! What a schema says of a value by itself: its type, its bounds, its values.

use copperplate_runtime::runtime::validation::format;
use serde_json::{Number, Value};

use crate::check::value::{equality, number};
use crate::diff::Direction;
use crate::diff::rules::{self, Rule, ValueRule};
use crate::diff::schema::bounds;
use crate::diff::schema::implied_bounds::is_implied;
use crate::diff::schema::{keyword, kind_of};
use crate::diff::walk::{Holder, Site, Walk};
use crate::resolve::document::{Schema, SchemaType};

/// Compares what is said of a value by itself; answers whether what is said of its parts can be compared too.
pub(crate) fn compare(walk: &mut Walk<'_>, old: &Schema, new: &Schema, site: &Site) -> bool {
    if !kind(walk, old, new, site) {
        return false;
    }
    formats(walk, old, new, site);
    flags(walk, old, new, site);
    bounds::compare(walk, old, new, site);
    multiple(walk, old, new, site);
    pattern(walk, old, new, site);
    values(walk, old, new, site);
    default(walk, old, new, site);
    true
}

/// The name of a type in a document.
pub(crate) fn type_name(kind: Option<SchemaType>) -> &'static str {
    match kind {
        None => "any type",
        Some(SchemaType::String) => "string",
        Some(SchemaType::Number) => "number",
        Some(SchemaType::Integer) => "integer",
        Some(SchemaType::Boolean) => "boolean",
        Some(SchemaType::Array) => "array",
        Some(SchemaType::Object) => "object",
    }
}

fn kind(walk: &mut Walk<'_>, old: &Schema, new: &Schema, site: &Site) -> bool {
    let (was, is) = (kind_of(walk.old, old), kind_of(walk.new, new));
    let rule = match (was, is) {
        (before, after) if before == after => return true,
        (Some(_), None) | (Some(SchemaType::Integer), Some(SchemaType::Number)) => &rules::TYPE_GENERALIZED,
        (None, Some(_)) | (Some(SchemaType::Number), Some(SchemaType::Integer)) => &rules::TYPE_SPECIALIZED,
        _ => &rules::TYPE_CHANGED,
    };
    let message = format!("the type is {} instead of {}", type_name(is), type_name(was));
    let place = |schema: &Schema| keyword(schema, schema.kind.is_some(), "type");
    walk.push_value(rule, site, message, &place(old), &place(new));
    !std::ptr::eq(rule, &rules::TYPE_CHANGED)
}

/// Formats that say which values there are, beside those of texts that are decided by looking at the text.
const FORMATS: &[&str] = &["base64", "binary", "byte", "double", "float", "int32", "int64"];

fn formats(walk: &mut Walk<'_>, old: &Schema, new: &Schema, site: &Site) {
    let (before, after) = (old.format.as_deref(), new.format.as_deref());
    // A value of another type has other formats, and that is told.
    if before == after || kind_of(walk.old, old) != kind_of(walk.new, new) {
        return;
    }
    let decides = |format: &&str| FORMATS.contains(format) || format::deciding(format).is_some();
    // Numbers that say nothing of their size are as large as any that is usual.
    let usual = match kind_of(walk.new, new) {
        Some(SchemaType::Integer) => Some("int64"),
        Some(SchemaType::Number) => Some("double"),
        _ => None,
    };
    let rule = match (before.filter(decides).or(usual), after.filter(decides).or(usual)) {
        (before, after) if before == after => &rules::FORMAT_ANNOTATION,
        (None, None) => &rules::FORMAT_ANNOTATION,
        (None, Some(_)) => &rules::FORMAT_ADDED,
        (Some(_), None) => &rules::FORMAT_REMOVED,
        (Some("int32"), Some("int64")) | (Some("float"), Some("double")) => &rules::FORMAT_GENERALIZED,
        (Some("int64"), Some("int32")) | (Some("double"), Some("float")) => &rules::FORMAT_SPECIALIZED,
        _ => &rules::FORMAT_CHANGED,
    };
    let message = match (before, after) {
        (Some(before), Some(after)) => format!("the format is {after} instead of {before}"),
        (Some(before), None) => format!("the format is not {before} any more"),
        (None, after) => format!("the format is {} now", after.unwrap_or_default()),
    };
    tell(walk, rule, (old, new), site, message, ("format", |schema| schema.format.is_some()));
}

/// A keyword, and whether a schema has it.
type Keyword = (&'static str, fn(&Schema) -> bool);

/// Tells a change of a keyword, where it does not follow from listed values.
fn tell(
    walk: &mut Walk<'_>,
    rule: &'static ValueRule,
    (old, new): (&Schema, &Schema),
    site: &Site,
    message: String,
    (name, has): Keyword,
) {
    if !is_implied(walk, rule, (old, new), name) {
        walk.push_value(rule, site, message, &keyword(old, has(old), name), &keyword(new, has(new), name));
    }
}

fn flags(walk: &mut Walk<'_>, old: &Schema, new: &Schema, site: &Site) {
    type Flag = (&'static str, fn(&Schema) -> bool, [(&'static ValueRule, &'static str); 2]);
    const FLAGS: &[Flag] = &[
        (
            "nullable",
            |schema| schema.nullable,
            [
                (&rules::BECAME_NULLABLE, "it may be null now"),
                (&rules::BECAME_NOT_NULLABLE, "it may not be null any more"),
            ],
        ),
        (
            "uniqueItems",
            |schema| schema.unique_items,
            [
                (&rules::UNIQUE_ITEMS_ADDED, "its items have to differ from each other now"),
                (&rules::UNIQUE_ITEMS_REMOVED, "its items need not differ from each other any more"),
            ],
        ),
        (
            "deprecated",
            |schema| schema.deprecated,
            [
                (&rules::VALUE_DEPRECATED, "it is deprecated now"),
                (&rules::VALUE_REACTIVATED, "it is not deprecated any more"),
            ],
        ),
    ];
    for (name, get, [came, went]) in FLAGS {
        let is_told = *name == "nullable" && site.null_is_told;
        if get(old) != get(new) && !is_told {
            let (rule, message) = if get(new) { came } else { went };
            walk.push_value(rule, site, *message, &keyword(old, get(old), name), &keyword(new, get(new), name));
        }
    }
}

fn multiple(walk: &mut Walk<'_>, old: &Schema, new: &Schema, site: &Site) {
    // Every integer is a multiple of 1.
    let says_something = |schema: &&Schema| {
        let is_one = |step: &Number| number::compare(step, &1.into()).is_eq();
        !(schema.kind == Some(SchemaType::Integer) && schema.multiple_of.as_ref().is_some_and(is_one))
    };
    let of = |schema: &Schema| Some(schema).filter(says_something).and_then(|schema| schema.multiple_of.clone());
    let (rule, message) = match (&of(old), &of(new)) {
        (None, None) => return,
        (None, Some(after)) => (&rules::MULTIPLE_OF_SET, format!("it has to be a multiple of {after} now")),
        (Some(before), None) => (&rules::MULTIPLE_OF_UNSET, format!("it need not be a multiple of {before} any more")),
        (Some(before), Some(after)) => {
            let rule = match (number::is_multiple(after, before), number::is_multiple(before, after)) {
                (true, true) => return,
                (true, false) => &rules::MULTIPLE_OF_TIGHTENED,
                (false, true) => &rules::MULTIPLE_OF_LOOSENED,
                (false, false) => &rules::MULTIPLE_OF_CHANGED,
            };
            (rule, format!("it has to be a multiple of {after} instead of {before}"))
        }
    };
    tell(walk, rule, (old, new), site, message, ("multipleOf", |schema| schema.multiple_of.is_some()));
}

fn pattern(walk: &mut Walk<'_>, old: &Schema, new: &Schema, site: &Site) {
    let (rule, message) = match (&old.pattern, &new.pattern) {
        (before, after) if before == after => return,
        (before, None) => {
            (&rules::PATTERN_REMOVED, format!("it need not match `{}` any more", before.as_deref().unwrap_or_default()))
        }
        (None, Some(after)) => (&rules::PATTERN_ADDED, format!("it has to match `{after}` now")),
        (Some(before), Some(after)) => {
            (&rules::PATTERN_CHANGED, format!("it has to match `{after}` instead of `{before}`"))
        }
    };
    tell(walk, rule, (old, new), site, message, ("pattern", |schema| schema.pattern.is_some()));
}

fn values(walk: &mut Walk<'_>, old: &Schema, new: &Schema, site: &Site) {
    let place = |schema: &Schema| keyword(schema, schema.enum_values.is_some(), "enum");
    let said = |values: &[&Value]| values.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let (before, after) = match (&old.enum_values, &new.enum_values) {
        (None, None) => return,
        (None, Some(after)) => {
            let message = format!("it has to be one of {} now", said(&after.iter().collect::<Vec<_>>()));
            return walk.push_value(&rules::BECAME_ENUM, site, message, &place(old), &place(new));
        }
        (Some(_), None) => {
            let message = "any value is allowed, and not those of the enum alone";
            return walk.push_value(&rules::BECAME_NOT_ENUM, site, message, &place(old), &place(new));
        }
        (Some(before), Some(after)) => (before, after),
    };
    // `null` among the values says that it may be null, and is told there.
    let is_told = |value: &Value| value.is_null() && old.nullable != new.nullable;
    let missing = |from: &'_ [Value], to: &[Value]| -> Vec<usize> {
        from.iter()
            .enumerate()
            .filter(|(_, value)| !to.iter().any(|other| equality::is_equal(other, value)) && !is_told(value))
            .map(|(index, _)| index)
            .collect()
    };
    let (gone, come) = (missing(before, after), missing(after, before));
    let names = |list: &[Value], indices: &[usize]| {
        said(&indices.iter().filter_map(|index| list.get(*index)).collect::<Vec<_>>())
    };
    if let [first, ..] = gone.as_slice() {
        let message = format!("{} is not among the values any more", names(before, &gone));
        walk.push_value(&rules::ENUM_VALUE_REMOVED, site, message, &place(old).join(first), &place(new));
    }
    if let [first, ..] = come.as_slice() {
        let message = format!("{} is among the values now", names(after, &come));
        walk.push_value(&rules::ENUM_VALUE_ADDED, site, message, &place(old), &place(new).join(first));
    }
}

fn default(walk: &mut Walk<'_>, old: &Schema, new: &Schema, site: &Site) {
    let is_same = |(old, new): (&Value, &Value)| equality::is_equal(old, new);
    if old.default.as_ref().zip(new.default.as_ref()).map_or(old.default == new.default, is_same) {
        return;
    }
    let is_received = site.direction == Direction::Response;
    let rule: &'static Rule = match (site.holder, &old.default, &new.default) {
        // A body is there, or it is not.
        (Holder::Body, ..) if is_received => return,
        (Holder::Header, None, _) => &rules::HEADER_DEFAULT_ADDED,
        (Holder::Header, _, None) => &rules::HEADER_DEFAULT_REMOVED,
        (Holder::Header, ..) => &rules::HEADER_DEFAULT_CHANGED,
        (_, None, _) if is_received => &rules::ANSWERED_DEFAULT_ADDED,
        (_, _, None) if is_received => &rules::ANSWERED_DEFAULT_REMOVED,
        _ if is_received => &rules::ANSWERED_DEFAULT_CHANGED,
        (Holder::Body, ..) => &rules::BODY_DEFAULT,
        (Holder::Parameter, None, _) => &rules::PARAMETER_DEFAULT_ADDED,
        (Holder::Parameter, _, None) => &rules::PARAMETER_DEFAULT_REMOVED,
        (Holder::Parameter, ..) => &rules::PARAMETER_DEFAULT_CHANGED,
        (_, None, _) => &rules::PROPERTY_DEFAULT_ADDED,
        (_, _, None) => &rules::PROPERTY_DEFAULT_REMOVED,
        _ => &rules::PROPERTY_DEFAULT_CHANGED,
    };
    let said = |value: &Option<Value>| value.as_ref().map_or_else(|| "nothing".to_owned(), ToString::to_string);
    let message = format!("the default is {} instead of {}", said(&new.default), said(&old.default));
    let place = |schema: &Schema| keyword(schema, schema.default.is_some(), "default");
    walk.push(rule, &site.path, message, Some(&place(old)), Some(&place(new)));
}
