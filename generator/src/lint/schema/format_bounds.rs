//! Finds bounds that contradict the `format` of their schema, or that have no effect because of the `format`.

use serde_json::Number;

use crate::finding::{Code, Findings, Focus};
use crate::json::number;
use crate::lint::context::Context;
use crate::resolve::document::{Schema, SchemaType};

/// Formats, each with the minimum and the maximum length of its strings. The maximum is `None` if there is no limit.
const LENGTHS: &[(&str, u64, Option<u64>)] = &[
    ("uuid", 36, Some(36)),
    ("date", 10, Some(10)),
    ("date-time", 20, None),
    ("ipv4", 7, Some(15)),
    ("ipv6", 2, Some(45)),
];

/// Reports each `minLength` and `maxLength` that excludes every string with the `format` of the schema.
pub(crate) fn lengths(context: &Context<'_>, findings: &mut Findings) {
    for schema in &context.schemas {
        let may_be_string = matches!(schema.kind, None | Some(SchemaType::String));
        let format = schema.format.as_deref().filter(|_| may_be_string);
        let Some((name, least, most)) = LENGTHS.iter().find(|(name, ..)| format == Some(*name)) else { continue };
        let conflict = match (schema.max_length, schema.min_length, most) {
            (Some(max), ..) if max < *least => Some(("maxLength", max, least, "at least")),
            (_, Some(min), Some(most)) if min > *most => Some(("minLength", min, most, "at most")),
            _ => None,
        };
        if let Some((keyword, bound, size, side)) = conflict {
            let side = if Some(*least) == *most { "exactly" } else { side };
            let message =
                format!("`{keyword}` is {bound}, but strings with the format `{name}` have {side} {size} characters.");
            let remedy = "Correct the bound or the format, according to the API documentation.";
            findings.add(Code::ImpossibleSchema, &schema.pointer.join(keyword), message, remedy);
            relate_format(schema, findings);
        }
    }
}

/// Reports each `minimum` and `maximum` that is outside the range of the schema's integer `format`, such as `int32`.
pub(crate) fn ranges(context: &Context<'_>, findings: &mut Findings) {
    for schema in context.schemas.iter().filter(|schema| schema.kind == Some(SchemaType::Integer)) {
        let Some((format, ends)) = range(schema) else { continue };
        for (keyword, bound) in bounds(schema) {
            let side = number::compare_to_range(bound, ends);
            if side.is_eq() {
                continue;
            }
            let is_above = side.is_gt();
            let (end, limit) = if is_above { ("maximum", ends.1) } else { ("minimum", ends.0) };
            // A minimum below the range, or a maximum above it, has no effect. The exceptions are `int32` and `uint64`: their
            // Rust type becomes wider, and the bound applies. A minimum above the range, or a maximum below it, excludes every
            // value.
            let excludes_all = is_above == (keyword == "minimum");
            let (code, effect) = match (excludes_all, format) {
                (true, _) => (Code::ImpossibleSchema, "No value satisfies both the bound and the format."),
                (false, "int32" | "uint64") => (Code::DoubtfulKeyword, "The bound applies, and the format is ignored."),
                (false, _) => (Code::DoubtfulKeyword, "The bound has no effect."),
            };
            let message = format!("`{keyword}` is {bound}, but the {end} of `{format}` is {limit}. {effect}");
            let remedy = match format {
                "int32" => "Write `format: int64`, or correct the bound.",
                _ => "Delete the format, or correct the bound.",
            };
            findings.add(code, &schema.pointer.join(keyword), message, remedy);
            relate_format(schema, findings);
        }
    }
}

/// Reports each integer in an `enum` that is outside the range of the schema's `format`, such as `int32`.
pub(crate) fn listed(context: &Context<'_>, findings: &mut Findings) {
    for schema in context.schemas.iter().filter(|schema| schema.kind == Some(SchemaType::Integer)) {
        let Some((format, ends)) = range(schema) else { continue };
        let listed = schema.enum_values.iter().flatten().enumerate();
        let listed = listed.filter_map(|(index, value)| Some((index, value.as_number()?)));
        for (index, number) in listed.filter(|(_, number)| number::compare_to_range(number, ends).is_ne()) {
            let message = format!("`enum` has {number}, but `{format}` ranges from {} to {}.", ends.0, ends.1);
            let remedy = "Correct the value or the format, according to the API documentation.";
            findings.add(Code::DoubtfulKeyword, &schema.pointer.join("enum").join(index), message, remedy);
            relate_format(schema, findings);
        }
    }
}

/// Returns the format of `schema`, with the smallest and the largest integer of the format, if it is `int32`, `int64` or
/// `uint64`. Returns `None` for any other format.
fn range(schema: &Schema) -> Option<(&str, (i128, i128))> {
    let format = schema.format.as_deref()?;
    Some((format, number::format_range(format)?))
}

/// Changes the excerpt of the last finding in `findings`: it underlines the value of the keyword, and also shows the `format` of
/// `schema`.
fn relate_format(schema: &Schema, findings: &mut Findings) {
    findings.set_focus(Focus::Value);
    findings.add_related(&schema.pointer.join("format"), Focus::Value, "the format");
}

fn bounds(schema: &Schema) -> impl Iterator<Item = (&'static str, &Number)> {
    let minimum = schema.minimum.iter().map(|bound| ("minimum", bound));
    minimum.chain(schema.maximum.iter().map(|bound| ("maximum", bound)))
}

#[cfg(test)]
mod tests {
    use crate::lint::tests::places_in_schemas;

    #[test]
    fn lengths_that_contradict_the_format_are_reported() {
        let found = |schema: &str| places_in_schemas("impossible-schema", &format!("A: {schema}"));
        assert_eq!(found("{type: string, format: uuid, maxLength: 32}"), ["/A/maxLength"]);
        assert_eq!(found("{type: string, format: date, minLength: 11}"), ["/A/minLength"]);
        assert_eq!(found("{type: string, format: date-time, maxLength: 19}"), ["/A/maxLength"]);
        for valid in [
            "{type: string, format: uuid, maxLength: 36, minLength: 36}",
            "{type: string, format: date-time, maxLength: 20, minLength: 30}",
            "{type: string, format: mine, maxLength: 1}",
            "{type: integer, format: uuid, maxLength: 1}",
        ] {
            assert_eq!(found(valid), [""; 0], "{valid}");
        }
    }

    #[test]
    fn bounds_beyond_the_range_of_the_format_are_reported() {
        let found = |id: &str, schema: &str| places_in_schemas(id, &format!("A: {schema}"));
        for (schema, place) in [
            ("{type: integer, format: int32, maximum: 3000000000}", "/A/maximum"),
            ("{type: integer, format: int64, minimum: -99999999999999999999}", "/A/minimum"),
            ("{type: integer, format: uint64, minimum: -5}", "/A/minimum"),
            ("{type: integer, format: int32, enum: [1, 3000000000]}", "/A/enum/1"),
        ] {
            assert_eq!(found("doubtful-keyword", schema), [place]);
            assert_eq!(found("impossible-schema", schema), [""; 0]);
        }
        let above = "{type: integer, format: int32, minimum: 3000000000}";
        assert_eq!(found("impossible-schema", above), ["/A/minimum"]);
        let within = "{type: integer, format: int32, minimum: -2147483648, maximum: 2147483647}";
        assert_eq!(found("doubtful-keyword", within), [""; 0]);
    }
}
