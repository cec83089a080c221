//! Finds values of `format` that are misspelt, or that do not apply to the type of their schema.

use crate::check::value::type_name;
use crate::finding::{Code, Findings};
use crate::lint::context::Context;
use crate::resolve::document::SchemaType;
use crate::suggestion::nearest;

/// The formats that copperplate supports.
const KNOWN: &[&str] = &[
    "uuid",
    "date",
    "date-time",
    "time",
    "duration",
    "byte",
    "binary",
    "ipv4",
    "ipv6",
    "uri",
    "email",
    "hostname",
    "int32",
    "int64",
    "float",
    "double",
    "password",
];

/// Formats that copperplate ignores, from the OpenAPI registry and JSON Schema. These names are correct, although some of them
/// are similar to supported formats.
const IGNORED: &[&str] = &[
    "base64url",
    "char",
    "date-time-local",
    "decimal",
    "decimal128",
    "double-int",
    "float16",
    "float32",
    "float64",
    "http-date",
    "idn-email",
    "idn-hostname",
    "int8",
    "int16",
    "int24",
    "int128",
    "iri",
    "iri-reference",
    "time-local",
    "uint",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "uint128",
    "uri-reference",
    "uri-template",
    "urn",
];

/// Common wrong names of formats, each with the supported format that is meant.
const ALIASES: &[(&str, &str)] = &[
    ("base64", "byte"),
    ("guid", "uuid"),
    ("mail", "email"),
    ("iso8601", "date-time"),
    ("long", "int64"),
    ("url", "uri"),
];

/// Reports formats that are similar to a supported format, but not equal.
pub(crate) fn misspelt(context: &Context<'_>, findings: &mut Findings) {
    for schema in &context.schemas {
        let Some((format, near)) = schema.format.as_deref().and_then(|format| Some((format, similar(format)?))) else {
            continue;
        };
        findings.add(
            Code::DoubtfulFormat,
            &schema.pointer.join("format"),
            format!("`{format}` is not a known format, so values are not checked against it."),
            format!("Did you mean `{near}`?"),
        );
    }
}

/// The formats that apply only to strings.
const FOR_STRINGS: &[&str] =
    &["uuid", "date", "date-time", "time", "byte", "binary", "ipv4", "ipv6", "uri", "email", "hostname", "password"];

/// Reports formats for strings in schemas with a type other than string.
pub(crate) fn foreign(context: &Context<'_>, findings: &mut Findings) {
    for schema in &context.schemas {
        let Some(kind) = schema.kind.filter(|kind| *kind != SchemaType::String) else { continue };
        let Some(format) = schema.format.as_deref().filter(|format| FOR_STRINGS.contains(format)) else { continue };
        let except = if format == "password" { " except that values are not printed" } else { "" };
        findings.add(
            Code::DoubtfulFormat,
            &schema.pointer.join("format"),
            format!(
                "The format `{format}` has no effect{except}: it applies to a string, but the type here is {}.",
                type_name(kind)
            ),
            "Write `type: string` or delete `format`, according to the API documentation.",
        );
    }
}

/// Returns the supported format that the author of the document probably meant by `format`; `None` if no supported format is
/// similar.
fn similar(format: &str) -> Option<&'static str> {
    if KNOWN.contains(&format) || IGNORED.contains(&format) {
        return None;
    }
    let letters =
        |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let plain = letters(format);
    let alias = ALIASES.iter().find(|(alias, _)| *alias == plain).map(|(_, known)| *known);
    let in_other_notation = || KNOWN.iter().copied().find(|known| letters(known) == plain);
    // A name of at most four letters is similar to too many formats.
    let near = || nearest(format, KNOWN.iter().copied(), 4).filter(|_| format.len() > 4);
    alias.or_else(in_other_notation).or_else(near)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::places_in_schemas;

    #[test]
    fn misspelt_formats_are_reported() {
        for (format, known) in [
            ("datetime", "date-time"),
            ("date_time", "date-time"),
            ("Date-Time", "date-time"),
            ("guid", "uuid"),
            ("URL", "uri"),
            ("emial", "email"),
            ("uuid4", "uuid"),
            ("bytes", "byte"),
        ] {
            assert_eq!(similar(format), Some(known), "{format}");
        }
        assert_eq!(
            places_in_schemas("doubtful-format", "A: {items: {type: string, format: datetime}}"),
            ["/A/items/format"]
        );
    }

    #[test]
    fn formats_for_strings_with_other_types_are_reported() {
        assert_eq!(places_in_schemas("doubtful-format", "A: {type: integer, format: date}"), ["/A/format"]);
        for valid in ["{type: string, format: date}", "{format: date}", "{type: string, format: int64}"] {
            assert_eq!(places_in_schemas("doubtful-format", &format!("A: {valid}")), [""; 0], "{valid}");
        }
    }

    #[test]
    fn other_formats_are_not_reported() {
        for format in
            KNOWN.iter().chain(IGNORED).chain(&["ObjectId", "cidr", "unix-time", "phone", "color", "money", "x"])
        {
            assert_eq!(similar(format), None, "{format}");
        }
        assert_eq!(places_in_schemas("doubtful-format", "A: {type: string, format: cidr}"), [""; 0]);
    }
}
