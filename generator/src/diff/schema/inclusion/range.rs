//! The lower and upper bounds of numbers.

use std::cmp::Ordering;

use serde_json::Number;

use crate::diff::schema::inclusion::part::Part;
use crate::json::decimal::Decimal;
use crate::json::number;
use crate::resolve::document::{Schema, SchemaType};

/// A bound of a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edge {
    value: Decimal,
    is_exclusive: bool,
}

/// Returns the tightest lower bound of a number that matches all of `parts`. For integers, it is rounded to an integer.
pub(crate) fn minimum<'p>(parts: impl Iterator<Item = Part<'p>>, is_integer: bool) -> Option<Edge> {
    let edges = parts.flat_map(|part| {
        let schema = part.schema;
        let stated = schema.minimum.as_ref().map(|stated| Edge::new(stated, schema.exclusive_minimum));
        let of_format = format_range(schema).and_then(|(least, _)| Edge::whole(least));
        [stated, of_format].into_iter().flatten()
    });
    let edges = edges.map(|edge| if is_integer { edge.rounded(1) } else { edge });
    edges.max_by(|left, right| left.value.cmp(&right.value).then(left.is_exclusive.cmp(&right.is_exclusive)))
}

/// Returns the tightest upper bound of a number that matches all of `parts`. For integers, it is rounded to an integer.
pub(crate) fn maximum<'p>(parts: impl Iterator<Item = Part<'p>>, is_integer: bool) -> Option<Edge> {
    let edges = parts.flat_map(|part| {
        let schema = part.schema;
        let stated = schema.maximum.as_ref().map(|stated| Edge::new(stated, schema.exclusive_maximum));
        let of_format = format_range(schema).and_then(|(_, most)| Edge::whole(most));
        [stated, of_format].into_iter().flatten()
    });
    let edges = edges.map(|edge| if is_integer { edge.rounded(-1) } else { edge });
    edges.min_by(|left, right| left.value.cmp(&right.value).then(right.is_exclusive.cmp(&left.is_exclusive)))
}

/// Returns the range of an `int32`. Returns `None` if a bound or an `enum` value of the schema is outside the range, because the
/// format has no effect then.
fn format_range(schema: &Schema) -> Option<(i128, i128)> {
    let format = schema.format.as_deref().filter(|format| *format == "int32")?;
    let range = number::format_range(format).filter(|_| schema.kind == Some(SchemaType::Integer))?;
    let listed = schema.enum_values.iter().flatten().filter_map(|value| value.as_number());
    let mut stated = schema.minimum.iter().chain(&schema.maximum).chain(listed);
    stated.all(|number| number::compare_to_range(number, range).is_eq()).then_some(range)
}

impl Edge {
    fn new(value: &Number, is_exclusive: bool) -> Self {
        Self { value: Decimal::from(value), is_exclusive }
    }

    pub(crate) fn whole(value: i128) -> Option<Self> {
        Some(Self { value: Decimal::parse(&value.to_string())?, is_exclusive: false })
    }

    /// Returns the nearest integer that a lower bound (`direction` 1) or an upper bound (`direction` -1) allows.
    fn rounded(self, direction: i128) -> Self {
        let rounded = if direction > 0 { self.value.ceil() } else { self.value.floor() };
        let step = if self.is_exclusive && self.value.is_integer() { direction } else { 0 };
        rounded.and_then(|rounded| rounded.checked_add(step)).and_then(Self::whole).unwrap_or(self)
    }

    /// Returns whether a number above this lower bound is also above `other`.
    pub(crate) fn is_at_least(&self, other: &Self) -> bool {
        match self.value.cmp(&other.value) {
            Ordering::Greater => true,
            Ordering::Equal => self.is_exclusive || !other.is_exclusive,
            Ordering::Less => false,
        }
    }

    /// Returns whether a number below this upper bound is also below `other`.
    pub(crate) fn is_at_most(&self, other: &Self) -> bool {
        match self.value.cmp(&other.value) {
            Ordering::Less => true,
            Ordering::Equal => self.is_exclusive || !other.is_exclusive,
            Ordering::Greater => false,
        }
    }

    /// Returns whether no number is between this lower bound and the upper bound `most`.
    pub(crate) fn leaves_nothing(&self, most: &Self) -> bool {
        match self.value.cmp(&most.value) {
            Ordering::Greater => true,
            Ordering::Equal => self.is_exclusive || most.is_exclusive,
            Ordering::Less => false,
        }
    }
}
