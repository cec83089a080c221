//! Defines the bounds of numbers, lengths and counts, and finds the tightest bound among two or more schemas.

use std::cmp::Ordering;

use serde_json::Number;

use crate::diff::rules::{self, ValueRule};
use crate::json::decimal::Decimal;
use crate::json::number;
use crate::resolve::document::{Schema, SchemaType};

/// A keyword for a bound, such as `maxLength`, and the rules for its changes.
pub(crate) struct Bound {
    pub keyword: &'static str,
    pub get: fn(&Schema) -> Option<Limit>,
    pub increased: &'static ValueRule,
    pub decreased: &'static ValueRule,
    pub set: &'static ValueRule,
    pub unset: &'static ValueRule,
}

/// The number of a bound, such as the 5 of `maxLength: 5`: as stated in the document, and in a normalized form for comparisons.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Limit {
    /// The normalized number. For an integer type, this is the smallest or largest integer that the bound allows, such as 3 for a
    /// minimum of 2.5.
    pub value: Number,
    /// Whether `value` itself is allowed: 0 if it is, 1 if only greater values are allowed, -1 if only smaller values are
    /// allowed.
    side: i8,
    /// The number that the document states.
    pub stated: Number,
    /// Whether the document excludes the number `stated`, with `exclusiveMinimum` or `exclusiveMaximum`.
    pub is_exclusive: bool,
}

impl Limit {
    fn count(value: u64) -> Self {
        Self { value: value.into(), side: 0, stated: value.into(), is_exclusive: false }
    }

    /// Returns the limit that a `minimum` (`direction` 1) or a `maximum` (`direction` -1) sets. `stated` is the number in the
    /// document.
    ///
    /// For an integer type, `value` is the nearest integer that the bound allows, so that bounds with the same effect are equal.
    /// An exclusive minimum of 2 and a minimum of 2.5 both become 3.
    fn number(schema: &Schema, stated: &Number, is_exclusive: bool, direction: i8) -> Self {
        let exact = Decimal::from(stated);
        let rounded = if direction > 0 { exact.ceil() } else { exact.floor() };
        let step = if is_exclusive && exact.to_i128().is_some() { i128::from(direction) } else { 0 };
        let nearest = rounded.and_then(|rounded| rounded.checked_add(step));
        let nearest = nearest.filter(|_| schema.kind == Some(SchemaType::Integer));
        let nearest = nearest.and_then(|nearest| number::parse(&nearest.to_string()));
        let side = if is_exclusive && nearest.is_none() { direction } else { 0 };
        Self { value: nearest.unwrap_or_else(|| stated.clone()), side, stated: stated.clone(), is_exclusive }
    }

    pub(crate) fn compare(&self, other: &Self) -> Ordering {
        number::compare(&self.value, &other.value).then(self.side.cmp(&other.side))
    }

    /// Returns the limit as it is printed, such as `5` or `5 (exclusive)`.
    pub(crate) fn text(&self) -> String {
        let exclusive = if self.is_exclusive { " (exclusive)" } else { "" };
        format!("{}{exclusive}", self.stated)
    }

    /// Returns whether two limits state the same number, but only one of them excludes that number.
    pub(crate) fn differs_in_exclusion(&self, other: &Self) -> bool {
        self.is_exclusive != other.is_exclusive && number::compare(&self.stated, &other.stated).is_eq()
    }
}

macro_rules! bounds {
    ($($keyword:literal $get:expr, $increased:ident $decreased:ident $set:ident $unset:ident;)*) => {
        pub(crate) static BOUNDS: &[Bound] = &[$(Bound {
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
    "minimum" |schema| schema.minimum.as_ref().map(|value| Limit::number(schema, value, schema.exclusive_minimum, 1)),
        MIN_INCREASED MIN_DECREASED MIN_SET MIN_UNSET;
    "maximum" |schema| schema.maximum.as_ref().map(|value| Limit::number(schema, value, schema.exclusive_maximum, -1)),
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
    /// Returns the stricter of two limits.
    pub(crate) fn tightest(&self, left: Limit, right: Limit) -> Limit {
        let is_left = left.compare(&right).is_gt() == self.keyword.starts_with("min");
        if is_left { left } else { right }
    }
}

/// Returns whether both limits have the same effect, or both are absent.
pub(crate) fn are_equal(old: Option<&Limit>, new: Option<&Limit>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => old.compare(new).is_eq(),
        (old, new) => old.is_none() && new.is_none(),
    }
}

/// Returns the limits of a value that must satisfy all `schemas`: for each bound in [`BOUNDS`], in the same order, the tightest
/// limit among the schemas.
pub(crate) fn limits(schemas: &[&Schema]) -> Vec<Option<Limit>> {
    let limit = |bound: &Bound| {
        let limits = schemas.iter().filter_map(|schema| (bound.get)(schema));
        limits.reduce(|left, right| bound.tightest(left, right))
    };
    BOUNDS.iter().map(limit).collect()
}

/// Returns a schema without its bounds.
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
