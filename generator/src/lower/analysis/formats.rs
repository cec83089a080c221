//! The formats that constrain values.

use crate::ir::Format;

/// Returns whether the format `name` rejects some values of its JSON type. For example, `date` rejects the string `today`.
pub(crate) fn constrains_values(name: &str) -> bool {
    string_format(name).is_some() || name == "int32"
}

/// Returns the format that strings are validated against; `None` for `binary`, `password` and unknown formats.
pub(crate) fn string_format(name: &str) -> Option<Format> {
    Some(match name {
        "date-time" => Format::DateTime,
        "date" => Format::Date,
        "time" => Format::Time,
        "duration" => Format::Duration,
        "uuid" => Format::Uuid,
        "ipv4" => Format::Ipv4,
        "ipv6" => Format::Ipv6,
        "uri" => Format::Uri,
        "uri-reference" => Format::UriReference,
        "email" => Format::Email,
        "hostname" => Format::Hostname,
        "byte" => Format::Byte,
        "json-pointer" => Format::JsonPointer,
        "idn-email" => Format::IdnEmail,
        "iri" => Format::Iri,
        "iri-reference" => Format::IriReference,
        "uri-template" => Format::UriTemplate,
        _ => return None,
    })
}
