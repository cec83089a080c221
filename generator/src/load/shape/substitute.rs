//! The values that replace malformed objects and missing required keys.

use serde_json::{Value, json};

use crate::load::grammar::kind::{Key, ObjectKind};

/// The prefix of the references that replace skipped parameters. No document has such a reference.
pub(crate) const SKIPPED_PREFIX: &str = "skipped:";

/// The reference that replaces a skipped optional parameter in the list `parameters`, so that the indices of the other parameters
/// stay the same.
pub(super) const SKIPPED_PARAMETER: &str = "skipped:optional";

/// The reference that replaces a skipped required parameter. This reference has no target, so an operation with the parameter is
/// not generated.
pub(crate) const SKIPPED_REQUIRED_PARAMETER: &str = "skipped:required";

/// Returns the value that replaces an invalid `object`, and the consequence of the replacement as a sentence for findings: "The
/// response is skipped."
///
/// Without a value, the object is removed. Without a sentence, the operation that needs the object is skipped.
pub(super) fn for_object(object: &ObjectKind, value: &Value) -> (Option<Value>, Option<&'static str>) {
    match object.name {
        "Schema" => (Some(json!({})), Some("Every value is valid for this schema.")),
        "Media Type" => (Some(json!({})), Some("The media type is read without a schema.")),
        "Parameter" if is_required(value) => (Some(json!({"$ref": SKIPPED_REQUIRED_PARAMETER})), None),
        "Parameter" => (Some(json!({"$ref": SKIPPED_PARAMETER})), Some("The parameter is skipped.")),
        "Operation" | "Request Body" | "Encoding" => (None, None),
        "Response" => (None, Some("The response is skipped.")),
        "Header" => (None, Some("The header is skipped.")),
        "Path Item" => (None, Some("The path is skipped.")),
        "Security Scheme" => (None, Some("The security scheme is skipped.")),
        _ => (None, Some("The value is skipped.")),
    }
}

fn is_required(parameter: &Value) -> bool {
    // A parameter that is not even an object is treated as required, because its author may have meant a required parameter.
    parameter.get("required").map_or(!parameter.is_object(), |required| *required != Value::Bool(false))
}

/// Returns the value for a required key that is missing or was removed. Returns `None` if the object is invalid without the key.
pub(super) fn for_required_key(object: &ObjectKind, key: &Key) -> Option<Value> {
    match key.name {
        _ if key.is_prose => Some(Value::from("")),
        "responses" if object.name == "Operation" => Some(json!({})),
        "info" if object.name == "OpenAPI" => Some(json!({"title": "", "version": ""})),
        _ => None,
    }
}
