// copperplate runtime: copied into each generated crate that uses it.
//! The value of a JSON number, whatever its notation is: `1`, `1.0` and `1e0` have the same value.

use serde_json::Number;

use crate::runtime::validation::decimal;

/// The value of a JSON number, which can be compared and hashed.
#[derive(PartialEq, Hash)]
pub(crate) enum NumberValue {
    Integer(i128),
    /// The bits of a double that has a fraction, or is too large for `Integer`.
    Double(u64),
}

impl From<f64> for NumberValue {
    fn from(number: f64) -> Self {
        // Below 10^38, every double without a fraction fits in an `i128`.
        match number.fract() == 0.0 && number.abs() < 1e38 {
            true => Self::Integer(number as i128),
            false => Self::Double(number.to_bits()),
        }
    }
}

impl From<&Number> for NumberValue {
    fn from(number: &Number) -> Self {
        /// 2^64, which is larger than every 64-bit integer. A larger number is parsed from its digits, because the
        /// double of `1e24` is not exactly 10^24.
        const BEYOND_INTEGERS: f64 = 18_446_744_073_709_551_616.0;
        if let Some(integer) = number.as_i128() {
            return Self::Integer(integer);
        }
        let double = number.as_f64().unwrap_or_default();
        let written = (double.abs() >= BEYOND_INTEGERS).then(|| decimal::parse_integer(&number.to_string())).flatten();
        written.map_or_else(|| Self::from(double), Self::Integer)
    }
}
