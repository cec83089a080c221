//! The validators of the formats of strings.

use copperplate_runtime::runtime::validation::{format, format_2020};

/// Returns the function with which generated code decides whether a string is valid for the format `name`. Returns `None` if the
/// format is not validated.
pub fn validator(name: &str) -> Option<fn(&str) -> bool> {
    format::validator(name).or_else(|| format_2020::validator(name))
}
