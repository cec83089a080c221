//! Formats that are nearly known ones.

use crate::check::value::type_name;
use crate::finding::{Code, Findings};
use crate::lint::{Linted, sites};
use crate::resolve::document::SchemaType;
use crate::suggestion::nearest;

/// The formats that copperplate makes something of.
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

/// Formats of the OpenAPI registry and of JSON Schema that are known elsewhere, and that look like slips of known ones.
const ELSEWHERE: &[&str] = &[
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

/// What people write for a known format.
const ALIASES: &[(&str, &str)] = &[
    ("base64", "byte"),
    ("guid", "uuid"),
    ("mail", "email"),
    ("iso8601", "date-time"),
    ("long", "int64"),
    ("url", "uri"),
];

/// No format is nearly one that is checked.
pub(crate) fn near_misses(linted: &Linted<'_>, findings: &mut Findings) {
    for schema in sites::schemas(linted.document) {
        let Some((format, known)) = schema.format.as_deref().and_then(|format| Some((format, meant(format)?))) else {
            continue;
        };
        findings.add(
            Code::DoubtfulFormat,
            &schema.pointer.join("format"),
            format!("Nothing is checked for the format `{format}`, which is none that is known."),
            format!("Did you mean `{known}`?"),
        );
    }
}

/// Formats of texts, which say nothing of anything else.
const OF_TEXT: &[&str] =
    &["uuid", "date", "date-time", "time", "byte", "binary", "ipv4", "ipv6", "uri", "email", "hostname", "password"];

/// No format of texts stands beside another type.
pub(crate) fn foreign(linted: &Linted<'_>, findings: &mut Findings) {
    for schema in sites::schemas(linted.document) {
        let Some(kind) = schema.kind.filter(|kind| *kind != SchemaType::String) else { continue };
        let Some(format) = schema.format.as_deref().filter(|format| OF_TEXT.contains(format)) else { continue };
        findings.add(
            Code::DoubtfulFormat,
            &schema.pointer.join("format"),
            format!(
                "Nothing is checked for the format `{format}`: it is for a string, and this is {}.",
                type_name(kind)
            ),
            "Compare both with the page: write `type: string`, or delete the format.",
        );
    }
}

/// The known format that `format` is probably meant to be.
fn meant(format: &str) -> Option<&'static str> {
    if KNOWN.contains(&format) || ELSEWHERE.contains(&format) {
        return None;
    }
    let letters =
        |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let plain = letters(format);
    let alias = ALIASES.iter().find(|(alias, _)| *alias == plain).map(|(_, known)| *known);
    let spelt = || KNOWN.iter().copied().find(|known| letters(known) == plain);
    // A short word is near too many others.
    alias.or_else(spelt).or_else(|| nearest(format, KNOWN.iter().copied(), 4).filter(|_| format.len() > 4))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::places_in_schemas;

    #[test]
    fn slips_of_known_formats_are_told() {
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
            assert_eq!(meant(format), Some(known), "{format}");
        }
        assert_eq!(
            places_in_schemas("doubtful-format", "A: {items: {type: string, format: datetime}}"),
            ["/A/items/format"]
        );
    }

    #[test]
    fn formats_of_texts_are_for_texts() {
        assert_eq!(places_in_schemas("doubtful-format", "A: {type: integer, format: date}"), ["/A/format"]);
        for fits in ["{type: string, format: date}", "{format: date}", "{type: string, format: int64}"] {
            assert_eq!(places_in_schemas("doubtful-format", &format!("A: {fits}")), [""; 0], "{fits}");
        }
    }

    #[test]
    fn other_formats_are_left_alone() {
        for format in
            KNOWN.iter().chain(ELSEWHERE).chain(&["ObjectId", "cidr", "unix-time", "phone", "color", "money", "x"])
        {
            assert_eq!(meant(format), None, "{format}");
        }
        assert_eq!(places_in_schemas("doubtful-format", "A: {type: string, format: cidr}"), [""; 0]);
    }
}
