//! Bounds that a format meets never, or always.

use serde_json::Number;

use crate::check::value::number;
use crate::finding::{Code, Findings, Focus};
use crate::lint::{Linted, sites};
use crate::resolve::document::{Schema, SchemaType};

/// Formats, and how long their texts are: the least, and the most where there is one.
const LENGTHS: &[(&str, u64, Option<u64>)] = &[
    ("uuid", 36, Some(36)),
    ("date", 10, Some(10)),
    ("date-time", 20, None),
    ("ipv4", 7, Some(15)),
    ("ipv6", 2, Some(45)),
];

/// A text of the format of each schema has an allowed length.
pub(crate) fn lengths(linted: &Linted<'_>, findings: &mut Findings) {
    for schema in sites::schemas(linted.document) {
        let is_text = matches!(schema.kind, None | Some(SchemaType::String));
        let format = schema.format.as_deref().filter(|_| is_text);
        let Some((name, least, most)) = LENGTHS.iter().find(|(name, ..)| format == Some(*name)) else { continue };
        let fault = match (schema.max_length, schema.min_length, most) {
            (Some(max), ..) if max < *least => Some(("maxLength", max, least, "at least")),
            (_, Some(min), Some(most)) if min > *most => Some(("minLength", min, most, "at most")),
            _ => None,
        };
        if let Some((keyword, bound, size, side)) = fault {
            let size = if Some(*least) == *most { format!("{size}") } else { format!("{side} {size}") };
            let message =
                format!("`{keyword}` is {bound}, and a text of the format `{name}` is {size} characters long.");
            let remedy = "Compare both with the page: either the bound or the format is another one.";
            findings.add(Code::ImpossibleSchema, &schema.pointer.join(keyword), message, remedy);
            point_at_both(schema, findings);
        }
    }
}

/// The bounds of each integer are within what its format can hold.
pub(crate) fn ranges(linted: &Linted<'_>, findings: &mut Findings) {
    for schema in sites::schemas(linted.document).into_iter().filter(|schema| schema.kind == Some(SchemaType::Integer))
    {
        let Some((format, ends)) = range(schema) else { continue };
        for (keyword, bound) in bounds(schema) {
            let side = number::compare_to_range(bound, ends);
            if side.is_eq() {
                continue;
            }
            let is_above = side.is_gt();
            let limit = if is_above { format!("ends at {}", ends.1) } else { format!("begins at {}", ends.0) };
            // A bound on its own side is idle, and one on the other leaves nothing. A wider type than the format's is taken where one
            // of the bounds asks for it.
            let leaves_nothing = is_above == (keyword == "minimum");
            let (code, effect) = match (leaves_nothing, format) {
                (true, _) => (Code::ImpossibleSchema, "no value meets both"),
                (false, "int32" | "uint64") => (Code::DoubtfulKeyword, "the bound holds, and not the format"),
                (false, _) => (Code::DoubtfulKeyword, "the bound decides nothing"),
            };
            let message = format!("`{keyword}` is {bound}, and `{format}` {limit}: {effect}.");
            let remedy = match format {
                "int32" => "Write `format: int64`, or correct the bound.",
                _ => "Delete the format, or correct the bound.",
            };
            findings.add(code, &schema.pointer.join(keyword), message, remedy);
            point_at_both(schema, findings);
        }
    }
}

/// The listed integers of each schema are within what its format can hold.
pub(crate) fn listed(linted: &Linted<'_>, findings: &mut Findings) {
    for schema in sites::schemas(linted.document).into_iter().filter(|schema| schema.kind == Some(SchemaType::Integer))
    {
        let Some((format, ends)) = range(schema) else { continue };
        let listed = schema.enum_values.iter().flatten().enumerate();
        let listed = listed.filter_map(|(index, value)| Some((index, value.as_number()?)));
        for (index, number) in listed.filter(|(_, number)| number::compare_to_range(number, ends).is_ne()) {
            let message = format!("`enum` lists {number}, and `{format}` is from {} to {}.", ends.0, ends.1);
            let remedy = "Compare both with the page: either the value or the format is another one.";
            findings.add(Code::DoubtfulKeyword, &schema.pointer.join("enum").join(index), message, remedy);
            point_at_both(schema, findings);
        }
    }
}

/// The format of an integer that has a range, and its ends.
fn range(schema: &Schema) -> Option<(&str, (i128, i128))> {
    let format = schema.format.as_deref()?;
    Some((format, number::format_range(format)?))
}

/// The finding is about a value and the format beside it.
fn point_at_both(schema: &Schema, findings: &mut Findings) {
    findings.focus(Focus::Value);
    findings.relate(&schema.pointer.join("format"), Focus::Value, "the format");
}

fn bounds(schema: &Schema) -> impl Iterator<Item = (&'static str, &Number)> {
    let minimum = schema.minimum.iter().map(|bound| ("minimum", bound));
    minimum.chain(schema.maximum.iter().map(|bound| ("maximum", bound)))
}

#[cfg(test)]
mod tests {
    use crate::lint::tests::places_in_schemas;

    #[test]
    fn lengths_that_a_format_never_has_are_told() {
        let told = |schema: &str| places_in_schemas("impossible-schema", &format!("A: {schema}"));
        assert_eq!(told("{type: string, format: uuid, maxLength: 32}"), ["/A/maxLength"]);
        assert_eq!(told("{type: string, format: date, minLength: 11}"), ["/A/minLength"]);
        assert_eq!(told("{type: string, format: date-time, maxLength: 19}"), ["/A/maxLength"]);
        for fits in [
            "{type: string, format: uuid, maxLength: 36, minLength: 36}",
            "{type: string, format: date-time, maxLength: 20, minLength: 30}",
            "{type: string, format: mine, maxLength: 1}",
            "{type: integer, format: uuid, maxLength: 1}",
        ] {
            assert_eq!(told(fits), [""; 0], "{fits}");
        }
    }

    #[test]
    fn bounds_that_a_format_cannot_hold_are_told() {
        let told = |id: &str, schema: &str| places_in_schemas(id, &format!("A: {schema}"));
        for (schema, place) in [
            ("{type: integer, format: int32, maximum: 3000000000}", "/A/maximum"),
            ("{type: integer, format: int64, minimum: -99999999999999999999}", "/A/minimum"),
            ("{type: integer, format: uint64, minimum: -5}", "/A/minimum"),
            ("{type: integer, format: int32, enum: [1, 3000000000]}", "/A/enum/1"),
        ] {
            assert_eq!(told("doubtful-keyword", schema), [place]);
            assert_eq!(told("impossible-schema", schema), [""; 0]);
        }
        let above = "{type: integer, format: int32, minimum: 3000000000}";
        assert_eq!(told("impossible-schema", above), ["/A/minimum"]);
        let within = "{type: integer, format: int32, minimum: -2147483648, maximum: 2147483647}";
        assert_eq!(told("doubtful-keyword", within), [""; 0]);
    }
}
