//! The sections of `components` for the targets of references to other files.

use crate::load::grammar::kind::ObjectKind;

/// Returns the section of `components` for a type of object: `schemas` for the Schema Object. Returns `None` for objects that
/// have no section, and for objects that a client does not use.
pub(super) fn section(object: &ObjectKind) -> Option<&'static str> {
    match object.name {
        "Schema" => Some("schemas"),
        "Response" => Some("responses"),
        "Parameter" => Some("parameters"),
        "Example" => Some("examples"),
        "Request Body" => Some("requestBodies"),
        "Header" => Some("headers"),
        "Security Scheme" => Some("securitySchemes"),
        _ => None,
    }
}

/// Returns the consequence of a broken reference to an `object`, as a sentence for the finding: "Every value is valid for this
/// schema." Returns `None` if the consequence is that the whole operation is skipped.
pub(super) fn consequence(object: &ObjectKind) -> Option<&'static str> {
    match object.name {
        "Schema" => Some("Every value is valid for this schema."),
        "Parameter" | "Request Body" => None,
        _ => Some("The referenced object is skipped."),
    }
}
