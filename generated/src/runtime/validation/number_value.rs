// copperplate runtime: copied unchanged into every generated crate.
//! The value of a JSON number, however it is written: `1`, `1.0` and `1e0` are equal.

use serde_json::Number;

use crate::runtime::validation::decimal;

/// The value of a number, to compare and to hash.
#[derive(PartialEq, Hash)]
pub(crate) enum NumberValue {
    Integer(i128),
    /// The bits of a double that is not an integer, or too large for one.
    Double(u64),
}

impl From<f64> for NumberValue {
    fn from(number: f64) -> Self {
        // Below 10^38 the conversion of an integral double is exact.
        match number.fract() == 0.0 && number.abs() < 1e38 {
            true => Self::Integer(number as i128),
            false => Self::Double(number.to_bits()),
        }
    }
}

impl From<&Number> for NumberValue {
    fn from(number: &Number) -> Self {
        /// No 64-bit integer is as large. From here on the digits decide, because `1e24` and its double differ.
        const BEYOND_INTEGERS: f64 = 18_446_744_073_709_551_616.0;
        if let Some(integer) = number.as_i128() {
            return Self::Integer(integer);
        }
        let double = number.as_f64().unwrap_or_default();
        let written = (double.abs() >= BEYOND_INTEGERS).then(|| decimal::parse_integer(&number.to_string())).flatten();
        written.map_or_else(|| Self::from(double), Self::Integer)
    }
}
