//! Bounds of numbers, lengths and counts: where they are, and which of several are in force.

use std::cmp::Ordering;

use serde_json::Number;

use crate::check::value::number;
use crate::diff::rules::{self, ValueRule};
use crate::diff::schema::implied_bounds::is_implied;
use crate::diff::schema::keyword;
use crate::diff::walk::{Site, Walk};
use crate::json::decimal::Decimal;
use crate::resolve::document::{Schema, SchemaType};

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
pub(crate) struct Limit {
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

    /// A bound of numbers. Integers are bound by the last integer within, whether the bound is excluded or lies between two.
    fn number(schema: &Schema, at: &Number, is_excluded: bool, towards: i8) -> Self {
        let exact = Decimal::from(at);
        let within = if towards > 0 { exact.ceil() } else { exact.floor() };
        let step = if is_excluded && exact.to_i128().is_some() { i128::from(towards) } else { 0 };
        let next = within.and_then(|within| within.checked_add(step));
        let next = next.filter(|_| schema.kind == Some(SchemaType::Integer));
        let next = next.and_then(|next| number::parse(&next.to_string()));
        let (shift, stated) = (if is_excluded && next.is_none() { towards } else { 0 }, at.clone());
        Self { at: next.unwrap_or_else(|| at.clone()), shift, stated, is_excluded }
    }

    pub(crate) fn compare(&self, other: &Self) -> Ordering {
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

impl Bound {
    /// The one of two bounds that is in force where both are given.
    fn tighter(&self, left: Limit, right: Limit) -> Limit {
        let is_left = left.compare(&right).is_gt() == self.keyword.starts_with("min");
        if is_left { left } else { right }
    }

    /// Whether what is in force for the value is what it was, beside what one part says.
    fn is_alike(&self, index: usize, (before, after): (&Option<Limit>, &Option<Limit>), site: &Site) -> bool {
        let Some(whole) = &site.whole else { return false };
        let in_force = |own: &Option<Limit>, all: &[Option<Limit>]| {
            own.iter()
                .chain(all.get(index).into_iter().flatten())
                .cloned()
                .reduce(|left, right| self.tighter(left, right))
        };
        let (old, new) = whole.limits();
        are_alike(in_force(before, old).as_ref(), in_force(after, new).as_ref())
    }
}

/// Whether the two limit the same, or neither is there.
pub(crate) fn are_alike(old: Option<&Limit>, new: Option<&Limit>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => old.compare(new).is_eq(),
        (old, new) => old.is_none() && new.is_none(),
    }
}

/// The bounds that are in force where a value has to fit all of some schemas, in the order of their keywords.
pub(crate) fn limits(parts: &[&Schema]) -> Vec<Option<Limit>> {
    let of = |bound: &Bound| {
        let given = parts.iter().filter_map(|part| (bound.get)(part));
        given.reduce(|left, right| bound.tighter(left, right))
    };
    BOUNDS.iter().map(of).collect()
}

/// A schema without its bounds.
pub(crate) fn without_bounds(schema: Schema) -> Schema {
    Schema {
        min_length: None,
        max_length: None,
        minimum: None,
        maximum: None,
        exclusive_minimum: false,
        exclusive_maximum: false,
        min_items: None,
        max_items: None,
        min_properties: None,
        max_properties: None,
        ..schema
    }
}

/// Tells the bounds that are others than before.
pub(crate) fn compare(walk: &mut Walk<'_>, old: &Schema, new: &Schema, site: &Site) {
    for (index, bound) in BOUNDS.iter().enumerate() {
        let (before, after) = ((bound.get)(old), (bound.get)(new));
        let name = bound.keyword;
        // Nothing has fewer than no characters, items or members.
        let is_least_count = ["minLength", "minItems", "minProperties"].contains(&name);
        let says_something = |limit: &Option<Limit>| {
            limit.as_ref().is_some_and(|limit| !(is_least_count && limit.at.as_u64() == Some(0)))
        };
        let says_nothing = !says_something(&before) && !says_something(&after);
        if says_nothing || bound.is_alike(index, (&before, &after), site) {
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
