//! The formats that constrain values.

use crate::ir::Format;

/// Whether a format decides which values of its type are valid.
pub(crate) fn constrains_values(name: &str) -> bool {
    string_format(name).is_some() || name == "int32"
}

/// The format that strings are validated against; `None` for `binary`, `password` and formats that are not known.
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
        _ => return None,
    })
}
