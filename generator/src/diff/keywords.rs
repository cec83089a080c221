//! What a schema says of a value by itself: its type, its bounds, its values.

use std::cmp::Ordering;

use copperplate_runtime::runtime::format;
use serde_json::{Number, Value};

use super::Direction;
use super::implied::is_implied;
use super::rules::{self, Rule, ValueRule};
use super::schemas::{keyword, kind_of};
use super::walk::{Holder, Site, Walk};
use crate::check::value::{equality, number};
use crate::resolve::document::{Schema, SchemaType};

/// Compares what is said of a value by itself; answers whether what is said of its parts can be compared too.
pub(super) fn compare(walk: &mut Walk<'_>, old: &Schema, new: &Schema, site: &Site) -> bool {
    if !kind(walk, old, new, site) {
        return false;
    }
    formats(walk, old, new, site);
    flags(walk, old, new, site);
    bounds(walk, old, new, site);
    multiple(walk, old, new, site);
    pattern(walk, old, new, site);
    values(walk, old, new, site);
    default(walk, old, new, site);
    true
}

/// The name of a type in a document.
pub(super) fn type_name(kind: Option<SchemaType>) -> &'static str {
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

/// A bound, and the rules of its changes.
struct Bound {
    keyword: &'static str,
    get: fn(&Schema) -> Option<Limit>,
    increased: &'static ValueRule,
    decreased: &'static ValueRule,
    set: &'static ValueRule,
    unset: &'static ValueRule,
}

/// Where a bound is.
#[derive(Debug, Clone, PartialEq)]
struct Limit {
    at: Number,
    /// Above 0 where an excluded minimum lies above it, below 0 where an excluded maximum lies below it.
    shift: i8,
    /// The bound as the document has it.
    stated: Number,
    is_excluded: bool,
}

impl Limit {
    fn count(at: u64) -> Self {
        Self { at: at.into(), shift: 0, stated: at.into(), is_excluded: false }
    }

    /// A bound of numbers. An excluded bound of integers is the next integer.
    fn number(schema: &Schema, at: &Number, is_excluded: bool, towards: i8) -> Self {
        let next = number::Decimal::of(at).whole().and_then(|at| at.checked_add(i128::from(towards)));
        let next = next.filter(|_| is_excluded && schema.kind == Some(SchemaType::Integer));
        let next = next.and_then(|next| number::number(&next.to_string()));
        let (shift, stated) = (if is_excluded && next.is_none() { towards } else { 0 }, at.clone());
        Self { at: next.unwrap_or_else(|| at.clone()), shift, stated, is_excluded }
    }

    fn compare(&self, other: &Self) -> Ordering {
        number::compare(&self.at, &other.at).then(self.shift.cmp(&other.shift))
    }

    fn said(&self) -> String {
        let excluded = if self.is_excluded { " (excluded)" } else { "" };
        format!("{}{excluded}", self.stated)
    }

    /// Whether only that it is excluded differs, as the documents have it.
    fn is_stated_as(&self, other: &Self) -> bool {
        self.is_excluded != other.is_excluded && number::compare(&self.stated, &other.stated).is_eq()
    }
}

macro_rules! bounds {
    ($($keyword:literal $get:expr, $increased:ident $decreased:ident $set:ident $unset:ident;)*) => {
        static BOUNDS: &[Bound] = &[$(Bound {
            keyword: $keyword,
            get: $get,
            increased: &rules::$increased,
            decreased: &rules::$decreased,
            set: &rules::$set,
            unset: &rules::$unset,
        }),*];
    };
}

bounds! {
    "minLength" |schema| schema.min_length.map(Limit::count),
        MIN_LENGTH_INCREASED MIN_LENGTH_DECREASED MIN_LENGTH_SET MIN_LENGTH_UNSET;
    "maxLength" |schema| schema.max_length.map(Limit::count),
        MAX_LENGTH_INCREASED MAX_LENGTH_DECREASED MAX_LENGTH_SET MAX_LENGTH_UNSET;
    "minimum" |schema| schema.minimum.as_ref().map(|at| Limit::number(schema, at, schema.exclusive_minimum, 1)),
        MIN_INCREASED MIN_DECREASED MIN_SET MIN_UNSET;
    "maximum" |schema| schema.maximum.as_ref().map(|at| Limit::number(schema, at, schema.exclusive_maximum, -1)),
        MAX_INCREASED MAX_DECREASED MAX_SET MAX_UNSET;
    "minItems" |schema| schema.min_items.map(Limit::count),
        MIN_ITEMS_INCREASED MIN_ITEMS_DECREASED MIN_ITEMS_SET MIN_ITEMS_UNSET;
    "maxItems" |schema| schema.max_items.map(Limit::count),
        MAX_ITEMS_INCREASED MAX_ITEMS_DECREASED MAX_ITEMS_SET MAX_ITEMS_UNSET;
    "minProperties" |schema| schema.min_properties.map(Limit::count),
        MIN_PROPERTIES_INCREASED MIN_PROPERTIES_DECREASED MIN_PROPERTIES_SET MIN_PROPERTIES_UNSET;
    "maxProperties" |schema| schema.max_properties.map(Limit::count),
        MAX_PROPERTIES_INCREASED MAX_PROPERTIES_DECREASED MAX_PROPERTIES_SET MAX_PROPERTIES_UNSET;
}

fn bounds(walk: &mut Walk<'_>, old: &Schema, new: &Schema, site: &Site) {
    for bound in BOUNDS {
        let (before, after) = ((bound.get)(old), (bound.get)(new));
        let name = bound.keyword;
        // Nothing has fewer than no characters, items or members.
        let is_least_count = ["minLength", "minItems", "minProperties"].contains(&name);
        let says_something = |limit: &Option<Limit>| {
            limit.as_ref().is_some_and(|limit| !(is_least_count && limit.at.as_u64() == Some(0)))
        };
        if !says_something(&before) && !says_something(&after) {
            continue;
        }
        let (rule, message) = match (&before, &after) {
            (None, None) => continue,
            (None, Some(after)) => (bound.set, format!("{name} is {} now", after.said())),
            (Some(before), None) => (bound.unset, format!("{name} is not {} any more", before.said())),
            (Some(before), Some(after)) => {
                let rule = match after.compare(before) {
                    Ordering::Equal => continue,
                    Ordering::Greater => bound.increased,
                    Ordering::Less => bound.decreased,
                };
                let now = if after.is_excluded { "is excluded now" } else { "is not excluded any more" };
                let message = match before.is_stated_as(after) {
                    true => format!("the {name} {} {now}", after.stated),
                    false => format!("{name} is {} instead of {}", after.said(), before.said()),
                };
                (rule, message)
            }
        };
        if is_implied(walk, rule, (old, new), name) {
            continue;
        }
        // Where it is the other keyword that differs, that one is shown.
        let exclusive = before.as_ref().zip(after.as_ref()).is_some_and(|(before, after)| before.is_stated_as(after));
        let place = |schema: &Schema, limit: &Option<Limit>| match (exclusive, limit, exclusion(name)) {
            (true, Some(Limit { is_excluded: true, .. }), Some(exclusion)) => keyword(schema, true, exclusion),
            _ => keyword(schema, limit.is_some(), name),
        };
        walk.push_value(rule, site, message, &place(old, &before), &place(new, &after));
    }
}

/// The keyword that excludes a bound itself.
fn exclusion(bound: &str) -> Option<&'static str> {
    match bound {
        "minimum" => Some("exclusiveMinimum"),
        "maximum" => Some("exclusiveMaximum"),
        _ => None,
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
    let place = |schema: &Schema| keyword(schema, schema.values.is_some(), "enum");
    let said = |values: &[&Value]| values.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let (before, after) = match (&old.values, &new.values) {
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
