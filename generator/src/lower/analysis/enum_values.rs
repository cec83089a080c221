//! The values of `enum`.

use serde_json::Value;

use crate::json::equality::is_equal;

/// Returns whether a list contains the value. Values are equal as in JSON Schema: `1` equals `1.0`.
pub(crate) fn contains(listed: &[Value], value: &Value) -> bool {
    listed.iter().any(|listed| is_equal(listed, value))
}
