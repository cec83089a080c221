// copperplate runtime: copied unchanged into every generated crate.
//! JSON's equality: `1` is `1.0`, `true` is not `1`, and the order of members does not matter.

use std::collections::HashMap;
use std::hash::RandomState;

use serde::Serialize;
use serde_json::{Number, Value};

use crate::runtime::validation::context::ValidationContext;
use crate::runtime::validation::fingerprint::Fingerprints;

/// Whether two values are the same.
pub(crate) fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => count(left) == count(right),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| equal(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(name, left)| right.get(name).is_some_and(|right| equal(left, right)))
        }
        (left, right) => left == right,
    }
}

/// What a number counts, however it is written.
#[derive(PartialEq, Hash)]
pub(crate) enum Count {
    Whole(i128),
    /// The bits of a double that is not whole, or too large.
    Double(u64),
}

impl From<f64> for Count {
    fn from(number: f64) -> Self {
        // Below 10^38 the conversion of a whole number is exact.
        match number.fract() == 0.0 && number.abs() < 1e38 {
            true => Self::Whole(number as i128),
            false => Self::Double(number.to_bits()),
        }
    }
}

/// What a JSON number counts.
pub(crate) fn count(number: &Number) -> Count {
    /// From here on no integer of 64 bits is as large, and what is written decides: `1e24` has zeros that its double has not.
    const BEYOND: f64 = 18_446_744_073_709_551_616.0;
    if let Some(whole) = number.as_i128() {
        return Count::Whole(whole);
    }
    let double = number.as_f64().unwrap_or_default();
    let written =
        (double.abs() >= BEYOND).then(|| crate::runtime::validation::number::whole(&number.to_string())).flatten();
    written.map_or_else(|| Count::from(double), Count::Whole)
}

/// How many items are compared without a table of their own.
const FEW: usize = 16;

/// The first two items that are the same. Fingerprints are compared first, so that it takes no longer than reading the items.
fn repeated<T: Serialize>(items: &[T]) -> Option<(usize, usize)> {
    let fingerprints = Fingerprints(&RandomState::new());
    let mut few = [0; FEW];
    let mut many = HashMap::new();
    if items.len() > FEW {
        many.reserve(items.len());
    }
    for (index, item) in items.iter().enumerate() {
        // What cannot be written as JSON is refused when it is written.
        let Ok(fingerprint) = item.serialize(fingerprints) else { continue };
        let earlier = if items.len() > FEW {
            match many.get(&fingerprint) {
                None => {
                    many.insert(fingerprint, index);
                    None
                }
                earlier => earlier.copied(),
            }
        } else {
            let earlier = few[..index].iter().position(|earlier| *earlier == fingerprint);
            few[index] = fingerprint;
            earlier
        };
        if let Some(earlier) = earlier.filter(|earlier| same(&items[*earlier], item)) {
            return Some((earlier, index));
        }
    }
    None
}

/// Whether two items with one fingerprint are the same; numbers beyond 64 bits are compared by their digits.
fn same<T: Serialize>(left: &T, right: &T) -> bool {
    match (serde_json::to_value(left), serde_json::to_value(right)) {
        (Ok(left), Ok(right)) => equal(&left, &right),
        _ => serde_json::to_vec(left).ok() == serde_json::to_vec(right).ok(),
    }
}

impl ValidationContext<'_> {
    /// `uniqueItems`: no two items are the same JSON value.
    pub fn unique_items<T: Serialize>(self, items: &[T]) -> Self {
        if items.len() > 1
            && let Some((earlier, later)) = repeated(items)
        {
            self.violated("uniqueItems", None, Some(format!("the same at {earlier} and {later}")));
        }
        self
    }
}
